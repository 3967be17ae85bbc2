import { isShared } from '../src/domain/host.ts';
import { hostSaysArrived, hostSaysStarted } from '../src/domain/host-arrival.ts';
import type { Context } from '../src/domain/model.ts';
import { defineFlow } from '../src/engine/flow.ts';
import type { Params } from '../src/engine/message.ts';
import { listening } from '../src/language/listening.ts';
import { choice } from '../src/language/slots.ts';

/** What the host saw: has the member arrived, did the first day take place? */

type Told = {
  readonly answers: { readonly arrived?: 'yes' | 'no'; readonly started?: 'yes' | 'no' };
  readonly data: { readonly assignmentId?: number };
  readonly context: Context;
};

const subject = ({ data, context }: Told) =>
  context.host?.assignments.find(({ id }) => id === data.assignmentId);
const facts = (scope: Told): Params => {
  const assignment = subject(scope);
  return assignment ? { code: assignment.code, name: { person: assignment.personId } } : {};
};

export const hostArrival = defineFlow({
  id: 'host_arrival',
  version: 1,
  start: 'arrived',
  entries: ['started'],
  slots: { arrived: listening(choice('yes', 'no')), started: listening(choice('yes', 'no')) },
  closed: (scope: Told) => (subject(scope) ? null : 'over'),
  steps: {
    arrived: {
      kind: 'ask',
      slot: 'arrived',
      params: facts,
      next: [{ when: isShared, go: 'who' }, 'keep_arrived'],
    },
    who: { kind: 'call', flow: 'host_who', next: 'keep_arrived' },
    keep_arrived: { kind: 'do', run: hostSaysArrived, refused: { gone: 'over' }, next: 'done' },
    done: {
      kind: 'end',
      variant: ({ answers }: Told) => answers.arrived ?? answers.started ?? 'yes',
      params: facts,
    },
    started: { kind: 'ask', slot: 'started', params: facts, next: 'keep_started' },
    keep_started: { kind: 'do', run: hostSaysStarted, refused: { gone: 'over' }, next: 'done' },
    over: { kind: 'end' },
  },
});
