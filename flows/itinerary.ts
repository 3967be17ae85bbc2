import { openGates } from '../src/domain/gates.ts';
import type { Context } from '../src/domain/model.ts';
import { assignmentOf } from '../src/domain/offer-answers.ts';
import { confirmLegs, reportLeg, whyNoItinerary } from '../src/domain/travel-answers.ts';
import { defineFlow } from '../src/engine/flow.ts';
import type { Option, Params } from '../src/engine/message.ts';
import { choice, choiceOf, text } from '../src/language/slots.ts';

/** The member checks the journey that a coordinator proposed. A correction never changes a leg by itself. */
type Told = {
  readonly answers: { readonly answer?: 'correct' | 'wrong' | 'cannot'; readonly leg?: string };
  readonly data: { readonly assignmentId?: number };
  readonly context: Context;
};

const isCorrect = ({ answers }: Told) => answers.answer === 'correct';
const isWrong = ({ answers }: Told) => answers.answer === 'wrong';

/** `SN 467 BRU–KGL`, short enough for a button. */
const legOptions = (scope: Told): readonly Option[] => [
  ...(assignmentOf(scope)?.travel?.legs ?? []).map(({ number, from, to }, i) => ({
    id: `l${i + 1}`,
    label: `${number} ${from}–${to}`.slice(0, 20),
  })),
  { id: 'all', label: { key: 'itinerary.leg.choices.all' } },
];
const journeyParams = (scope: Told): Params => {
  const assignment = assignmentOf(scope);
  return {
    code: assignment?.code ?? '',
    legs: assignment ? { travel: assignment.id, field: 'legs' } : '',
  };
};
/** What is still to be done besides the journey itself. */
const restParams = (scope: Told): Params => {
  const assignment = assignmentOf(scope);
  const open = assignment ? openGates(assignment.gates).filter((code) => code !== 'G9') : [];
  return { ...journeyParams(scope), open: { lines: open.map((code) => ({ key: `offer.gates.${code}` })) } };
};
const whatIsLeft = (scope: Told) => {
  const assignment = assignmentOf(scope);
  return assignment && openGates(assignment.gates).some((code) => code !== 'G9') ? 'open' : 'complete';
};

export const itinerary = defineFlow({
  id: 'itinerary',
  version: 1,
  start: 'answer',
  closed: whyNoItinerary,
  slots: {
    answer: choice('correct', 'wrong', 'cannot'),
    leg: choiceOf('leg', legOptions),
    what: text({ max: 500 }),
    why: text({ max: 500 }),
  },
  steps: {
    answer: {
      kind: 'ask',
      slot: 'answer',
      params: journeyParams,
      next: [{ when: isCorrect, go: 'confirm' }, { when: isWrong, go: 'leg' }, 'why'],
    },
    confirm: { kind: 'do', run: confirmLegs, refused: { not_open: 'changed' }, next: 'confirmed' },
    confirmed: { kind: 'end', variant: whatIsLeft, params: restParams },

    leg: { kind: 'ask', slot: 'leg', next: 'what' },
    what: { kind: 'ask', slot: 'what', next: 'report' },
    report: { kind: 'do', run: reportLeg, refused: { not_open: 'changed' }, next: 'reported' },
    reported: { kind: 'hand_over', reason: 'itinerary_wrong' },

    why: { kind: 'ask', slot: 'why', optional: true, next: 'report_all' },
    report_all: { kind: 'do', run: reportLeg, refused: { not_open: 'changed' }, next: 'reported_all' },
    reported_all: { kind: 'hand_over', reason: 'itinerary_refused' },

    changed: { kind: 'end' },
  },
});
