import type { Context } from '../src/domain/model.ts';
import { assignmentOf } from '../src/domain/offer-answers.ts';
import type { ArrivalAnswer } from '../src/domain/travel.ts';
import { recordArrival, recordDelay, whyNoArrival } from '../src/domain/travel-answers.ts';
import { defineFlow, type Slot } from '../src/engine/flow.ts';
import type { Params } from '../src/engine/message.ts';
import { listening } from '../src/language/listening.ts';
import { choice, yesNo } from '../src/language/slots.ts';

/** Two hours after the planned landing: are you there, and was somebody there for you? */
type Told = {
  readonly answers: { readonly answer?: ArrivalAnswer; readonly late?: string | null };
  readonly data: { readonly assignmentId?: number };
  readonly context: Context;
};

const isDelayed = ({ answers }: Told) => answers.answer === 'delayed';
const isAlone = ({ answers }: Told) => answers.answer === 'nobody';
const isHereAfterAll = ({ answers }: Told) => answers.late === 'here';
const knowsNoHours = ({ answers }: Told) => answers.late === null;
const isMet = ({ answers }: Told) => answers.answer === 'met';
const placeParams = (scope: Told): Params => {
  const assignment = assignmentOf(scope);
  return {
    code: assignment?.code ?? '',
    hospital: assignment?.need.hospital.name ?? '',
    pickup: assignment ? { travel: assignment.id, field: 'pickup' } : '',
  };
};

/** A bare "yes" does not say whether somebody was there, a bare "no" not why: both are asked back. */
function howArrived(): Slot<'met' | 'nobody' | 'delayed' | 'not_travelling'> {
  const ways = choice('met', 'nobody', 'delayed', 'not_travelling');
  const said = yesNo();
  return {
    ...ways,
    read(typed, scope) {
      const reading = said.read(typed, scope);
      if (reading.kind !== 'value') return ways.read(typed, scope);
      return {
        kind: 'ambiguous',
        candidates: reading.value === 'yes' ? ['met', 'nobody'] : ['delayed', 'not_travelling'],
      };
    },
    show: (value) => ({ key: `arrival.answer.choices.${value}` }),
  };
}

export const arrival = defineFlow({
  id: 'arrival',
  version: 2,
  start: 'answer',
  closed: whyNoArrival,
  slots: {
    answer: listening(howArrived()),
    late: listening(choice('h3', 'h6', 'h12', 'h24', 'here')),
  },
  steps: {
    answer: {
      kind: 'ask',
      slot: 'answer',
      params: placeParams,
      next: [{ when: isDelayed, go: 'delay' }, 'save'],
    },
    // Told before anything else is asked: somebody waits at the airport, and the hours may never come.
    delay: { kind: 'do', run: recordDelay, refused: { not_open: 'already' }, next: 'late' },
    late: {
      kind: 'ask',
      slot: 'late',
      optional: true,
      params: placeParams,
      next: [{ when: isHereAfterAll, go: 'here' }, { when: knowsNoHours, go: 'unknown' }, 'save'],
    },
    here: { kind: 'set', values: () => ({ answer: undefined, late: undefined }), next: 'answer' },
    save: {
      kind: 'do',
      run: recordArrival,
      refused: { not_open: 'already', unfinished: 'late' },
      next: [
        { when: isMet, go: 'welcome' },
        { when: isAlone, go: 'nobody' },
        { when: isDelayed, go: 'delayed' },
        'not_travelling',
      ],
    },
    welcome: { kind: 'end', params: placeParams },
    nobody: { kind: 'hand_over', reason: 'nobody_at_arrival', params: placeParams },
    delayed: { kind: 'end', params: placeParams },
    unknown: { kind: 'end', params: placeParams },
    not_travelling: { kind: 'hand_over', reason: 'not_travelling' },
    already: { kind: 'end' },
  },
});
