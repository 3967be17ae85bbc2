import { type Danger, raiseSos, tellDanger } from '../src/domain/sos.ts';
import { defineFlow, type Slot } from '../src/engine/flow.ts';
import type { Lang } from '../src/engine/message.ts';
import { distressIn } from '../src/language/distress.ts';
import { choice, type Whereabouts, whereabouts, yesNo } from '../src/language/slots.ts';

/**
 * Danger: numbers first, one question at a time, and somebody is told before any of them is answered.
 *
 * The texts' facts: 112 emergency, 111 fire, 3512 gender-based violence and 116 children are from a press list of
 * November 2016; 912 for ambulances stands on the same list, its use not confirmed. To be checked again every year;
 * last looked at: never since. The conduct complaint form "We Are All In" is IOM's own, found in 2026; missions do
 * not investigate, and nothing about abuse is asked or repeated here.
 */
type Told = {
  readonly answers: {
    readonly kind?: Danger;
    readonly sure?: 'yes' | 'no';
    readonly where?: Whereabouts | null;
  };
  /** `abuse`: what was heard elsewhere told of it. */
  readonly data: { readonly unsure?: boolean; readonly abuse?: boolean };
  readonly lang: Lang;
};

/** Words that may have been a call for help get one question first; the word SOS gets none. */
const isPlain = ({ data }: Told) => data.unsure !== true;
const isToldAbuse = ({ data }: Told) => data.abuse === true;
const isCalmAbuse = (scope: Told) => isToldAbuse(scope) && isCalm(scope);
/** Said where only a place was asked: it goes the narrow way as well. */
const tellsAbuse = ({ answers: { where } }: Told) =>
  where != null && 'words' in where && distressIn(where.words) === 'abuse';
const isCalm = ({ answers }: Told) => answers.sure === 'no';
const isMistake = ({ answers }: Told) => answers.kind === 'mistake';
const isAbuse = ({ answers }: Told) => answers.kind === 'abuse';

/**
 * Whatever is written in danger is an answer: who bleeds is not asked to choose from a list again. The words stay in
 * the conversation, where the ticket leads; the coordinators' channel hears only that there are some. Words of abuse
 * are that choice, before they are any words: it goes a narrower way, and no more is asked about them.
 */
function danger(): Slot<Danger> {
  const kinds = choice('medical', 'accident', 'security', 'lost', 'abuse', 'mistake');
  const plain = yesNo();
  return {
    ...kinds,
    read(typed, scope) {
      if (!/\p{L}/u.test(typed)) return { kind: 'unclear', why: 'no_such_choice' };
      if (distressIn(typed) === 'abuse') return { kind: 'value', value: 'abuse', confidence: 'certain' };
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
  version: 2,
  start: 'sure',
  slots: {
    sure: yesNo(),
    kind: danger(),
    where: whereabouts(),
  },
  steps: {
    sure: {
      kind: 'ask',
      slot: 'sure',
      unless: isPlain,
      next: [
        { when: isCalmAbuse, go: 'conduct' },
        { when: isCalm, go: 'calm' },
        // Nothing of it goes to the coordinators' channel, so nobody is paged either.
        { when: isToldAbuse, go: 'abuse' },
        'raise',
      ],
    },
    calm: { kind: 'end' },
    conduct: { kind: 'end' },
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
      next: [{ when: tellsAbuse, go: 'abuse' }, 'told'],
    },
    told: { kind: 'hand_over', reason: 'sos' },
    abuse: { kind: 'hand_over', reason: 'psea' },
    mistake: { kind: 'end' },
  },
});
