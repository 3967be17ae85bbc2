import { putOff } from '../src/domain/silence.ts';
import { defineFlow } from '../src/engine/flow.ts';
import { goingOn } from '../src/language/going-on.ts';

/**
 * The answer to a reminder (src/app/silence.ts). Going on says nothing of its own: what was interrupted is asked again,
 * or, where the reminder names a conversation, that one is taken up or begun.
 */
const putsOff = ({ answers }: { answers: { readonly answer?: 'go_on' | 'later' | null } }) =>
  answers.answer !== 'go_on';
const named = ({ data }: { data: { readonly to?: string } }) =>
  data.to === undefined ? null : { flow: data.to };

export const resume = defineFlow({
  id: 'resume',
  version: 1,
  start: 'answer',
  reminds: true,
  slots: { answer: goingOn() },
  steps: {
    // "Skip" and "plus tard" are the same word to some.
    answer: { kind: 'ask', slot: 'answer', optional: true, next: [{ when: putsOff, go: 'rest' }, 'on'] },
    rest: { kind: 'do', run: putOff, next: 'later' },
    later: { kind: 'end', last: true },
    on: { kind: 'end', silent: true, then: named },
  },
});
