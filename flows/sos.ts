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
const tellsAbuse = ({ answers: { where }, lang }: Told) =>
  where != null && 'words' in where && distressIn(where.words, lang) === 'abuse';
const isCalm = ({ answers }: Told) => answers.sure === 'no';
const isMistake = ({ answers }: Told) => answers.kind === 'mistake';
const isAbuse = ({ answers }: Told) => answers.kind === 'abuse';

export const sos = defineFlow({
  id: 'sos',
  version: 2,
  start: 'sure',
  slots: {
    sure: yesNo(),
    kind: kindOrAbuse(),
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
    where: { kind: 'ask', slot: 'where', optional: true, next: [{ when: tellsAbuse, go: 'abuse' }, 'told'] },
    told: { kind: 'hand_over', reason: 'sos' },
    abuse: { kind: 'hand_over', reason: 'psea' },
    mistake: { kind: 'end' },
  },
});

/** What is happening, by choice; words of abuse are that choice, and no more is asked about them. */
function kindOrAbuse(): Slot<Danger> {
  const kinds = choice('medical', 'accident', 'security', 'lost', 'abuse', 'mistake');
  return {
    ...kinds,
    read: (text, scope) =>
      distressIn(text, scope.lang) === 'abuse'
        ? { kind: 'value', value: 'abuse', confidence: 'certain' }
        : kinds.read(text, scope),
  };
}
