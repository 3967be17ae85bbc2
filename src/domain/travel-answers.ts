import type { Done, Refused } from '../engine/flow.ts';
import { refused } from './actor.ts';
import type { Assignment, Context } from './model.ts';
import { assignmentOf } from './offer-answers.ts';
import {
  type ArrivalAnswer,
  answerArrival,
  answerDayBefore,
  confirmItinerary,
  type DayBefore,
  readCard,
  reportWrongLeg,
  tellDelay,
} from './travel.ts';

/** The member's side of the journey, as its conversations give it. */
type Subject = { readonly data: { readonly assignmentId?: number }; readonly context: Context };
type Scope<A> = Subject & { readonly answers: A; readonly now: Date };

export function confirmLegs(scope: Scope<object>): Done | Refused {
  return withOwn(scope, (assignment, by) => confirmItinerary(assignment, by, scope.now));
}

/** `leg` is `l1`, `l2` … or `all`; absent when the member cannot take the journey at all. */
export function reportLeg(scope: Scope<{ readonly answer?: string; readonly leg?: string }>): Done | Refused {
  const { leg } = scope.answers;
  const number = leg?.startsWith('l') ? Number(leg.slice(1)) : 'all';
  return withOwn(scope, (assignment, by) => reportWrongLeg(assignment, number, by));
}

export function cardRead(scope: Scope<object>): Done | Refused {
  return withOwn(scope, readCard);
}

export function recordDayBefore(scope: Scope<{ readonly answer?: DayBefore }>): Done | Refused {
  const { answer } = scope.answers;
  return answer
    ? withOwn(scope, (assignment, by) => answerDayBefore(assignment, answer, by))
    : refused('unfinished');
}

/** A delay, before anybody knows how long. */
export function recordDelay(scope: Scope<object>): Done | Refused {
  return withOwn(scope, tellDelay);
}

/** `late` is the delay in hours, `h6`. */
export function recordArrival(
  scope: Scope<{ readonly answer?: ArrivalAnswer; readonly late?: string | null }>,
): Done | Refused {
  const { answer, late } = scope.answers;
  const hours = late ? Number(late.slice(1)) : null;
  return answer
    ? withOwn(scope, (assignment, by) => answerArrival(assignment, answer, hours, by, scope.now))
    : refused('unfinished');
}

/** Why the journey cannot be confirmed any more: `gone`, or `answered`; null while it can. */
export function whyNoItinerary(scope: Subject): string | null {
  const status = assignmentOf(scope)?.travel?.status;
  if (status === undefined) return 'gone';
  return status === 'proposed' || status === 'changed' ? null : 'answered';
}

/** Why there is no departure to ask about: `gone` (released, on hold …), `changed`; null while there is. */
export function whyNoDeparture(scope: Subject): string | null {
  const assignment = assignmentOf(scope);
  if (!assignment?.travel || !['agreed', 'clearing', 'ready_to_travel'].includes(assignment.status))
    return 'gone';
  return ['confirmed', 'ticketed', 'cleared'].includes(assignment.travel.status) ? null : 'changed';
}

/** Why arrival is no question any more: `gone`, `arrived`; null while the member is on the way. */
export function whyNoArrival(scope: Subject): string | null {
  const assignment = assignmentOf(scope);
  if (!assignment?.travel) return 'gone';
  if (['ready_to_travel', 'travelling'].includes(assignment.status)) return null;
  return ['arrived', 'on_mission', 'ended', 'completed'].includes(assignment.status) ? 'arrived' : 'gone';
}

function withOwn(
  scope: Subject,
  command: (assignment: Assignment, by: number) => Done | Refused,
): Done | Refused {
  const assignment = assignmentOf(scope);
  const by = scope.context.person?.id;
  return assignment && by !== undefined ? command(assignment, by) : refused('not_open');
}
