import { isShared } from '../src/domain/host.ts';
import type { Context } from '../src/domain/model.ts';
import { awaitsRecheck, recheck as checkAgain } from '../src/domain/readiness.ts';
import { defineFlow } from '../src/engine/flow.ts';
import type { Params } from '../src/engine/message.ts';
import { yesNo } from '../src/language/slots.ts';

/** A week before: is what the hospital confirmed still true? */

type Told = {
  readonly answers: { readonly still?: 'yes' | 'no' };
  readonly data: { readonly assignmentId?: number };
  readonly context: Context;
};

const facts = ({ data, context }: Told): Params => {
  const assignment = context.host?.assignments.find(({ id }) => id === data.assignmentId);
  return assignment ? { code: assignment.code, from: { date: assignment.startsOn } } : {};
};

export const recheck = defineFlow({
  id: 'recheck',
  version: 1,
  start: 'supervisor',
  slots: { supervisor: yesNo(), lodging: yesNo(), pickup: yesNo() },
  progress: ['supervisor', 'lodging', 'pickup'],
  closed: ({ data, context }: Told) => {
    const assignment = context.host?.assignments.find(({ id }) => id === data.assignmentId);
    return assignment && awaitsRecheck(assignment) ? null : 'over';
  },
  steps: {
    supervisor: { kind: 'ask', slot: 'supervisor', params: facts, next: 'lodging' },
    lodging: { kind: 'ask', slot: 'lodging', next: 'pickup' },
    pickup: { kind: 'ask', slot: 'pickup', next: [{ when: isShared, go: 'who' }, 'save'] },
    who: { kind: 'call', flow: 'host_who', next: 'save' },
    save: { kind: 'do', run: checkAgain, refused: { gone: 'over' }, next: 'done' },
    done: { kind: 'end', variant: ({ answers }: Told) => answers.still ?? 'yes', params: facts },
    over: { kind: 'end' },
  },
});
