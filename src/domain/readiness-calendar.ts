import { addDays, hoursAfter } from './days.ts';
import { awaitsDirector, awaitsHost } from './host.ts';
import type { Assignment, AssignmentStatus, ReadinessCode, ReadinessStatus } from './model.ts';
import {
  askAgainAt,
  daysBeforeStart,
  hasChecklist,
  type ItemRule,
  itemDueOn,
  itemRules,
  laterDay,
  openRules,
  ruleOf,
} from './readiness-items.ts';
import { atLocal, localDay } from './zones.ts';

/** When the hospital is reminded, as lines of the calendar: `due` is null while a line does not apply. */
export type HostLine = { readonly line: string; readonly due: (assignment: Assignment) => string | null };

/** Days before the first working day on which some item is due, the last of them aside: it has a line of its own. */
export const dueDays = [75, 70, 45, 21] as const;
const lastDueDays = 14;

export const hostLines: readonly HostLine[] = [
  { line: 'placement.day2', due: (a) => (awaitsHost(a) ? hoursAfter(a.offeredAt, 2 * 24) : null) },
  { line: 'placement.day5', due: (a) => (awaitsHost(a) ? hoursAfter(a.offeredAt, 5 * 24) : null) },
  { line: 'placement.day7', due: (a) => (awaitsHost(a) ? hoursAfter(a.offeredAt, 7 * 24) : null) },
  {
    line: 'placement.sign_late',
    due: (a) => (awaitsDirector(a) && a.focalYesAt ? hoursAfter(a.focalYesAt, 48) : null),
  },
  // At T-60, or at once where both said yes later than that: the instant is then past.
  { line: 'readiness.open', due: (a) => (isUntouched(a) ? kigali(addDays(a.startsOn, -60), '09:00') : null) },
  { line: 'readiness.day2', due: (a) => (isUntouched(a) ? kigali(addDays(opensOn(a), 2), '09:00') : null) },
  { line: 'readiness.day5', due: (a) => (isUntouched(a) ? kigali(addDays(opensOn(a), 5), '09:00') : null) },
  { line: 'readiness.day7', due: (a) => (isUntouched(a) ? kigali(addDays(opensOn(a), 7), '09:00') : null) },
  ...dueDays.map((days) => ({ line: `readiness.due${days}`, due: (a: Assignment) => dueAt(a, days) })),
  {
    line: 'readiness.not_ready',
    due: (a) => (isUnsubmitted(a) && missing(a).length > 0 ? kigali(lastDueOn(a), '17:00') : null),
  },
  ...itemRules.map(({ code }) => ({
    line: `readiness.ask.${code}`,
    due: (a: Assignment) => {
      const item = a.readiness?.items[code];
      return hasChecklist(a) && item?.answer === 'ask' ? askAgainAt(item).toISOString() : null;
    },
  })),
  { line: 'readiness.sign_late', due: (a) => (hasChecklist(a) && has(a, ['submitted']) ? signBy(a) : null) },
  {
    line: 'readiness.recheck',
    due: (a) => (hasChecklist(a) && has(a, ['confirmed']) ? kigali(addDays(a.startsOn, -7), '09:00') : null),
  },
  {
    line: 'readiness.recheck_late',
    due: (a) => (hasChecklist(a) && has(a, ['confirmed']) ? kigali(addDays(a.startsOn, -7), '17:00') : null),
  },
];

const preparing: readonly AssignmentStatus[] = ['agreed', 'clearing', 'ready_to_travel'];
const unsubmitted: readonly ReadinessStatus[] = ['not_started', 'open', 'in_progress', 'at_risk'];

function has({ readiness }: Assignment, statuses: readonly ReadinessStatus[]): boolean {
  return readiness !== null && statuses.includes(readiness.status);
}

/** Both sides said yes, and the host has not answered a single item. */
function isUntouched(assignment: Assignment): boolean {
  return preparing.includes(assignment.status) && has(assignment, ['not_started', 'open']);
}

function isUnsubmitted(assignment: Assignment): boolean {
  return preparing.includes(assignment.status) && has(assignment, unsubmitted);
}

/**
 * The blocking items that are due so many days before the start and still need somebody. What fell away after its day
 * is not late: the coordinators hear of it when it happens.
 */
export function lateItems(assignment: Assignment, days: number): readonly ReadinessCode[] {
  return missing(assignment)
    .filter((rule) => daysBeforeStart(rule, assignment.scope) === days)
    .map(({ code }) => code);
}

function missing(assignment: Assignment): readonly ItemRule[] {
  const items = assignment.readiness?.items ?? {};
  return openRules(assignment, items).filter((rule) => {
    const at = items[rule.code]?.at;
    return rule.blocking && (at === undefined || at < kigali(itemDueOn(rule, assignment), '17:00'));
  });
}

function dueAt(assignment: Assignment, days: number): string | null {
  const [first] = isUnsubmitted(assignment) ? lateItems(assignment, days) : [];
  return first ? kigali(itemDueOn(ruleOf(first), assignment), '17:00') : null;
}

/** The day of the items that are due last; later for a hospital that accepted late. */
function lastDueOn(assignment: Assignment): string {
  const days = itemRules
    .filter(({ dueDays }) => dueDays === lastDueDays)
    .map((rule) => itemDueOn(rule, assignment));
  return days[0] ?? addDays(assignment.startsOn, -lastDueDays);
}

function opensOn({ startsOn, focalYesAt }: Assignment): string {
  const nominal = addDays(startsOn, -60);
  const accepted = focalYesAt === null ? nominal : localDay(new Date(focalYesAt), 'Africa/Kigali');
  return laterDay(accepted, nominal);
}

/** The code lives 48 hours from the answer that completed the list. */
function signBy({ readiness }: Assignment): string | null {
  const last = Object.values(readiness?.items ?? {})
    .map(({ at }) => at)
    .sort()
    .at(-1);
  return last === undefined ? null : hoursAfter(last, 48);
}

function kigali(day: string, time: string): string {
  return atLocal(day, time, 'Africa/Kigali').toISOString();
}
