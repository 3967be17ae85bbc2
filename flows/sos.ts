import { type Danger, raiseSos, tellDanger } from '../src/domain/sos.ts';
import { defineFlow, type Slot } from '../src/engine/flow.ts';
import { choice, whereabouts, yesNo } from '../src/language/slots.ts';

/**
 * Danger: numbers first, one question at a time, and somebody is told before any of them is answered.
 *
 * The texts' facts: 112 emergency, 111 fire, 3512 gender-based violence and 116 children are from a press list of
 * November 2016; 912 for ambulances stands on the same list, its use not confirmed. To be checked again every year;
 * last looked at: never since. The conduct complaint form "We Are All In" is IOM's own, found in 2026; missions do
 * not investigate, and nothing about abuse is asked or repeated here.
 */
type Told = {
  readonly answers: { readonly kind?: Danger; readonly sure?: 'yes' | 'no' };
  readonly data: { readonly unsure?: boolean };
};

/** Words that may have been a call for help get one question first; the word SOS gets none. */
const isPlain = ({ data }: Told) => data.unsure !== true;
const isCalm = ({ answers }: Told) => answers.sure === 'no';
const isMistake = ({ answers }: Told) => answers.kind === 'mistake';
const isAbuse = ({ answers }: Told) => answers.kind === 'abuse';

/**
 * Whatever is written in danger is an answer: who bleeds is not asked to choose from a list again. The words stay in
 * the conversation, where the ticket leads; the coordinators' channel hears only that there are some.
 */
function danger(): Slot<Danger> {
  const kinds = choice('medical', 'accident', 'security', 'lost', 'abuse', 'mistake');
  const plain = yesNo();
  return {
    ...kinds,
    read(typed, scope) {
      if (!/\p{L}/u.test(typed)) return { kind: 'unclear', why: 'no_such_choice' };
      const said = plain.read(typed, scope);
      // A bare "no" may take the alarm back, and is asked; "no, he is bleeding" is not.
      if (said.kind === 'value' && said.value === 'no' && !/\p{L}\P{L}+\p{L}/u.test(typed))
        return { kind: 'ambiguous', candidates: ['mistake'] };
      return { kind: 'value', value: 'words', confidence: 'certain' };
    },
    show: (kind) => kind,
  };
}

export const sos = defineFlow({
  id: 'sos',
  version: 1,
  start: 'sure',
  slots: {
    sure: yesNo(),
    kind: danger(),
    where: whereabouts(),
  },
  steps: {
    sure: { kind: 'ask', slot: 'sure', unless: isPlain, next: [{ when: isCalm, go: 'calm' }, 'raise'] },
    calm: { kind: 'end' },
    raise: { kind: 'do', run: raiseSos, next: 'kind' },
    kind: { kind: 'ask', slot: 'kind', next: 'tell' },
    tell: {
      kind: 'do',
      run: tellDanger,
      next: [{ when: isMistake, go: 'mistake' }, { when: isAbuse, go: 'abuse' }, 'where'],
    },
    where: {
      kind: 'ask',
      slot: 'where',
      optional: true,
      variant: ({ answers }: Told) => (answers.kind === 'words' ? 'words' : ''),
      next: 'told',
    },
    told: { kind: 'hand_over', reason: 'sos' },
    abuse: { kind: 'hand_over', reason: 'psea' },
    mistake: { kind: 'end' },
  },
});
