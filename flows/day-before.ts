import type { Context } from '../src/domain/model.ts';
import { assignmentOf } from '../src/domain/offer-answers.ts';
import type { DayBefore } from '../src/domain/travel.ts';
import { recordDayBefore, whyNoDeparture } from '../src/domain/travel-answers.ts';
import { defineFlow } from '../src/engine/flow.ts';
import type { Params } from '../src/engine/message.ts';
import { distressIn } from '../src/language/distress.ts';
import { listening } from '../src/language/listening.ts';
import { choice, text } from '../src/language/slots.ts';

/** The day before departure: still travelling as planned? Anything but yes reaches the coordinators at once. */
type Told = {
  readonly answers: { readonly answer?: DayBefore };
  readonly data: { readonly assignmentId?: number };
  readonly context: Context;
};

const isLater = ({ answers }: Told) => answers.answer === 'later';
const isNo = ({ answers }: Told) => answers.answer === 'no';
const codeParams = (scope: Told): Params => ({ code: assignmentOf(scope)?.code ?? '' });

export const dayBefore = defineFlow({
  id: 'day_before',
  version: 1,
  start: 'answer',
  closed: whyNoDeparture,
  slots: {
    answer: listening(choice('yes', 'later', 'no')),
    when: text({ max: 300, distress: distressIn }),
    reason: text({ max: 300, distress: distressIn }),
  },
  steps: {
    answer: { kind: 'ask', slot: 'answer', params: codeParams, next: 'save' },
    // Saved before anything else is asked: who wrote "no" and then nothing must be called at once.
    save: {
      kind: 'do',
      run: recordDayBefore,
      refused: { not_open: 'changed', unfinished: 'answer' },
      next: [{ when: isLater, go: 'when' }, { when: isNo, go: 'reason' }, 'good'],
    },
    good: { kind: 'end', params: codeParams },
    when: { kind: 'ask', slot: 'when', optional: true, next: 'later' },
    later: { kind: 'hand_over', reason: 'travel_later' },
    reason: { kind: 'ask', slot: 'reason', optional: true, next: 'not_coming' },
    not_coming: { kind: 'hand_over', reason: 'not_travelling' },
    changed: { kind: 'end' },
  },
});
