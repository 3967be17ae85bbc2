import type { Context } from '../src/domain/model.ts';
import { assignmentOf } from '../src/domain/offer-answers.ts';
import { cardRead, whyNoDeparture } from '../src/domain/travel-answers.ts';
import { defineFlow } from '../src/engine/flow.ts';
import type { Params } from '../src/engine/message.ts';
import { choice } from '../src/language/slots.ts';

/** Three days before departure: everything on one card, and "I have read it". */
type Told = {
  readonly answers: { readonly answer?: 'read' | 'question' };
  readonly data: { readonly assignmentId?: number };
  readonly context: Context;
};

const hasQuestion = ({ answers }: Told) => answers.answer === 'question';
const cardParams = (scope: Told): Params => ({ code: assignmentOf(scope)?.code ?? '' });

export const travelCard = defineFlow({
  id: 'travel_card',
  version: 1,
  start: 'answer',
  closed: whyNoDeparture,
  slots: { answer: choice('read', 'question') },
  steps: {
    answer: {
      kind: 'ask',
      slot: 'answer',
      params: cardParams,
      next: [{ when: hasQuestion, go: 'question' }, 'read'],
    },
    read: { kind: 'do', run: cardRead, refused: { not_open: 'changed' }, next: 'thanks' },
    thanks: { kind: 'end' },
    question: { kind: 'hand_over', reason: 'travel_question' },
    changed: { kind: 'end' },
  },
});
