import { addDays, hoursAfter } from './days.ts';
import { awaitsDirector, awaitsHost } from './host.ts';
import type { Line } from './late.ts';
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

/** Days before the first working day on which some item is due, the last of them aside: it has a line of its own. */
export const dueDays = [75, 70, 45, 21] as const;
const lastDueDays = 14;

/** When the hospital is reminded, as lines of the calendar. */
export const hostLines: readonly Line<Assignment>[] = [
  // The focal point twice, then those above; counted anew where the question was held (a week of mourning, a ticket).
  ...ladder('placement', [36, 96, 144], {
    flow: 'placement',
    since: (a) => a.offeredAt,
    due: (a, days) => (awaitsHost(a) ? hoursAfter(a.offeredAt, days * 24) : null),
  }),
  {
    line: 'placement.sign_late',
    due: (a) => (awaitsDirector(a) && a.focalYesAt ? hoursAfter(a.focalYesAt, 48) : null),
    late: 'fire',
  },
  // At T-60, or at once where both said yes later than that: the instant is then past.
  {
    line: 'readiness.open',
    due: (a) => (isUntouched(a) ? kigali(addDays(a.startsOn, -60), '09:00') : null),
    late: 'fire',
  },
  ...ladder('readiness', [36, 96, 144], {
    flow: 'readiness',
    since: (a) => kigali(opensOn(a), '00:00'),
    due: (a, days) => (isUntouched(a) ? kigali(addDays(opensOn(a), days), '09:00') : null),
  }),
  ...dueDays.map(
    (days): Line<Assignment> => ({
      line: `readiness.due${days}`,
      due: (a) => dueAt(a, days),
      late: { combine: 'readiness.due' },
    }),
  ),
  {
    line: 'readiness.not_ready',
    due: (a) => (isUnsubmitted(a) && missing(a).length > 0 ? kigali(lastDueOn(a), '17:00') : null),
    late: 'fire',
  },
  ...itemRules.map(
    ({ code }): Line<Assignment> => ({
      line: `readiness.ask.${code}`,
      due(a) {
        const item = a.readiness?.items[code];
        return hasChecklist(a) && item?.answer === 'ask' ? askAgainAt(item).toISOString() : null;
      },
      late: { combine: 'readiness.ask' },
    }),
  ),
  {
    line: 'readiness.sign_late',
    due: (a) => (hasChecklist(a) && has(a, ['submitted']) ? signBy(a) : null),
    late: 'fire',
  },
  {
    line: 'readiness.recheck',
    due: (a) => recheckAt(a, '09:00'),
    late: { skipFrom: firstDay },
  },
  {
    line: 'readiness.recheck_late',
    due: (a) => recheckAt(a, '17:00'),
    late: { skipFrom: firstDay },
    asked: { flow: 'recheck', since: (a) => recheckAt(a, '09:00'), hours: 8, from: 'written' },
  },
];

type Question = {
  readonly flow: string;
  readonly since: (assignment: Assignment) => string | null;
  readonly due: (assignment: Assignment, days: number) => string | null;
};

/** Reminders after two and five days, and the word to those above after seven; `hours` from when the question really came. */
function ladder(
  name: string,
  hours: readonly [number, number, number],
  { flow, since, due }: Question,
): readonly Line<Assignment>[] {
  const steps = [2, 5, 7] as const;
  return steps.map((days, nth): Line<Assignment> => {
    const next = steps[nth + 1];
    return {
      line: `${name}.day${days}`,
      due: (a) => due(a, days),
      late: next === undefined ? 'fire' : { skipAt: `${name}.day${next}` },
      asked: { flow, since, hours: hours[nth] ?? 0, from: 'sent' },
    };
  });
}

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

/** What was confirmed is asked about once more, a week before. */
function recheckAt(assignment: Assignment, time: string): string | null {
  return hasChecklist(assignment) && has(assignment, ['confirmed'])
    ? kigali(addDays(assignment.startsOn, -7), time)
    : null;
}

function firstDay({ startsOn }: Assignment): string {
  return kigali(startsOn, '00:00');
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
