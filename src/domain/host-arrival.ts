import type { Done, Refused } from '../engine/flow.ts';
import { startWork } from './assignment.ts';
import { planAssignment } from './calendar.ts';
import { happened } from './change-assignment.ts';
import { acting, type Who } from './host.ts';
import type { Assignment, Context, Deed } from './model.ts';

/** What the host saw, set against what the member said. */
type Scope = {
  readonly answers: { readonly who?: Who; readonly arrived?: 'yes' | 'no'; readonly started?: 'yes' | 'no' };
  readonly data: { readonly assignmentId?: number };
  readonly context: Context;
};

/**
 * "Has … arrived?" A yes ends the questions to a silent member, who counts as seen by the host; whenever host and member
 * disagree a coordinator looks. Refuses `gone`.
 */
export function hostSaysArrived(scope: Scope): Done | Refused {
  const assignment = subject(scope);
  const by = acting(scope)?.personId;
  const { arrived } = scope.answers;
  if (!assignment || by === undefined || !arrived) return { ok: false, why: 'gone' };
  const said = assignment.travel?.arrival ?? null;
  const memberArrived = said === 'met' || said === 'nobody' || assignment.status === 'arrived';
  const denied = said === 'delayed' || said === 'not_travelling';
  const differs = arrived === 'yes' ? denied : memberArrived;
  return {
    ok: true,
    deeds: [
      ...(arrived === 'yes'
        ? [quiet(assignment), happened('arrival.seen_by_host', assignment, by, { said })]
        : []),
      ...(differs
        ? [happened('arrival.disagreement', assignment, by, { host: arrived, said })]
        : arrived === 'no'
          ? [happened('arrival.not_seen', assignment, by, { said })]
          : []),
    ],
  };
}

/** "Did the first day take place?" A yes begins the mission; a no is a coordinator's to look at. Refuses `gone`. */
export function hostSaysStarted(scope: Scope): Done | Refused {
  const assignment = subject(scope);
  const by = acting(scope)?.personId;
  const { started } = scope.answers;
  if (!assignment || by === undefined || !started) return { ok: false, why: 'gone' };
  if (started === 'no') return { ok: true, deeds: [happened('first_day.missed', assignment, by)] };
  const begun = startWork(assignment, by);
  return begun.ok ? begun : { ok: false, why: 'gone' };
}

function subject({ data, context }: Scope): Assignment | undefined {
  return context.host?.assignments.find(({ id }) => id === data.assignmentId);
}

/** Whom the host has seen nobody needs to look for. */
function quiet(assignment: Assignment): Deed {
  const plan = planAssignment(assignment);
  return plan.kind === 'plan'
    ? { ...plan, timers: plan.timers.filter(({ line }) => !line.startsWith('arrival.')) }
    : plan;
}
