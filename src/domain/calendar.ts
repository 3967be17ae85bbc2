import { addDays, hoursAfter } from './days.ts';
import type { Asked, Line } from './late.ts';
import type {
  Application,
  Assignment,
  AssignmentStatus,
  Deed,
  Mission,
  PlannedTimer,
  Travel,
} from './model.ts';
import { hostLines } from './readiness-calendar.ts';
import { atLocal } from './zones.ts';

/**
 * When something falls due, as a table (rule 22). `due` is null while the line does not apply, and depends on the
 * subject alone, never on the present: a moved date moves its timers, and a timer that has fired is wanted again at
 * the same instant, which the store recognises and leaves alone. What firing does is in
 * fire.ts, what being late does in late.ts; the hospital's own lines are in readiness-calendar.ts.
 *
 * T is the first working day, D the day of departure by the clocks of the place of departure.
 */
/** The night may hold an offer up; half a day later it has been read. */
const offered: Asked<Assignment> = { flow: 'offer', since: (a) => a.offeredAt, hours: 12, from: 'sent' };
/** Safety: whether the question left or not, somebody hears of the silence. */
const askedOnArrival = {
  flow: 'arrival',
  since: (a: Assignment) => hoursFrom(a.travel?.arrivesAt, 2),
  from: 'written',
} as const;

export const assignmentLines = [
  {
    line: 'offer.remind24',
    due: (a) => (unanswered(a) ? hoursAfter(a.offeredAt, 24) : null),
    late: { skipAt: 'offer.remind60' },
    asked: offered,
  },
  {
    line: 'offer.remind60',
    due: (a) => (unanswered(a) ? hoursAfter(a.offeredAt, 60) : null),
    late: { skipAt: 'offer.expire72' },
    asked: offered,
  },
  { line: 'offer.expire72', due: (a) => (unanswered(a) ? a.offerEndsAt : null), late: 'fire' },
  {
    line: 'travel.itinerary',
    due: (a) =>
      in_(preparing, a) && isUnsettled(a.travel) ? kigali(addDays(a.startsOn, -30), '09:00') : null,
    late: { skipFrom: leaves },
    // A journey proposed shortly before is not reminded of at once.
    asked: {
      flow: 'itinerary',
      since: (a) => kigali(addDays(a.startsOn, -31), '09:00'),
      hours: 24,
      from: 'sent',
    },
  },
  {
    line: 'travel.card',
    due: (a) => (isLeaving(a) ? onDeparture(a, -3, '09:00') : null),
    late: { skipFrom: leaves },
  },
  {
    line: 'travel.day_before',
    due: (a) => (isLeaving(a) && a.travel?.dayBefore === null ? onDeparture(a, -1, '09:00') : null),
    late: { skipFrom: leaves },
  },
  {
    line: 'travel.day_before_silent',
    due: (a) => (isLeaving(a) && a.travel?.dayBefore === null ? onDeparture(a, -1, '15:00') : null),
    late: { skipFrom: leaves },
    asked: {
      flow: 'day_before',
      since: (a) => onDeparture(a, -1, '09:00'),
      hours: 6,
      from: 'written',
    },
  },
  {
    line: 'travel.departed',
    due: (a) =>
      a.status === 'ready_to_travel' && leavesOnTime(a) ? hoursFrom(a.travel?.departsAt, 2) : null,
    late: 'fire',
  },
  {
    line: 'arrival.ask',
    due: (a) => (isOnTheWay(a) ? hoursFrom(a.travel?.arrivesAt, 2) : null),
    late: 'fire',
  },
  {
    line: 'arrival.remind',
    due: (a) => (isOnTheWay(a) ? hoursFrom(a.travel?.arrivesAt, 4) : null),
    late: 'fire',
    asked: { ...askedOnArrival, hours: 2 },
  },
  {
    line: 'arrival.duty',
    due: (a) => (isOnTheWay(a) ? hoursFrom(a.travel?.arrivesAt, 8) : null),
    late: 'fire',
    asked: { ...askedOnArrival, hours: 6 },
  },
  {
    line: 'first_day',
    due: (a) => (beginsWork(a) ? kigali(a.startsOn, '17:00') : null),
    late: { skipFrom: (a) => kigali(addDays(a.endsOn, 1), '00:00') },
  },
] as const satisfies readonly Line<Assignment>[];
export type AssignmentLine = (typeof assignmentLines)[number]['line'];

/** A call closes when its last day ends in Kigali. */
export const missionLines = [
  {
    line: 'call.close',
    due: (m) => (m.status === 'call_open' ? kigali(addDays(m.closesOn, 1), '00:00') : null),
    late: 'fire',
  },
] as const satisfies readonly Line<Mission>[];
export type MissionLine = (typeof missionLines)[number]['line'];

/** "Maybe later" is asked again on the day the member chose. */
export const applicationLines = [
  {
    line: 'call.remind',
    due: (a) => (a.status === 'maybe' && a.remindOn !== null ? kigali(a.remindOn, '10:00') : null),
    late: 'fire',
  },
] as const satisfies readonly Line<Remindable>[];
export type ApplicationLine = (typeof applicationLines)[number]['line'];
type Remindable = Pick<Application, 'status' | 'remindOn'>;

export function planAssignment(assignment: Assignment): Deed {
  return {
    kind: 'plan',
    subject: { kind: 'assignment', id: assignment.id },
    timers: wanted([...assignmentLines, ...hostLines], assignment),
  };
}

export function planMission(mission: Mission): Deed {
  return {
    kind: 'plan',
    subject: { kind: 'mission', id: mission.id },
    timers: wanted(missionLines, mission),
  };
}

export function planApplication(application: Remindable & { readonly id: number }): Deed {
  return {
    kind: 'plan',
    subject: { kind: 'application', id: application.id },
    timers: wanted(applicationLines, application),
  };
}

function wanted<S>(lines: readonly Line<S>[], subject: S): readonly PlannedTimer[] {
  return lines.flatMap(({ line, due }) => {
    const dueAt = due(subject);
    return dueAt === null ? [] : [{ line, dueAt }];
  });
}

const preparing: readonly AssignmentStatus[] = ['agreed', 'clearing', 'ready_to_travel'];

function in_(statuses: readonly AssignmentStatus[], { status }: Assignment): boolean {
  return statuses.includes(status);
}

function unanswered(assignment: Assignment): boolean {
  return in_(['proposed', 'host_accepted'], assignment);
}

function isUnsettled(travel: Travel | null): boolean {
  return travel !== null && ['empty', 'proposed', 'changed'].includes(travel.status);
}

/** The journey is agreed on and has not begun. */
function isLeaving(assignment: Assignment): boolean {
  const { travel } = assignment;
  return (
    in_(preparing, assignment) &&
    travel !== null &&
    ['confirmed', 'ticketed', 'cleared'].includes(travel.status)
  );
}

/** Who leaves later has not left yet; when they arrive is still asked about. */
function leavesOnTime(assignment: Assignment): boolean {
  return isExpected(assignment) && assignment.travel?.dayBefore !== 'later';
}

function isExpected({ travel }: Assignment): boolean {
  return travel !== null && travel.dayBefore !== 'no' && travel.arrival !== 'not_travelling';
}

function isOnTheWay(assignment: Assignment): boolean {
  const { travel } = assignment;
  return (
    in_(['ready_to_travel', 'travelling'], assignment) &&
    isExpected(assignment) &&
    (travel?.arrival === null || travel?.arrival === 'delayed')
  );
}

/** When the journey begins; the first working day where none is known. */
function leaves({ travel, startsOn }: Assignment): string {
  return travel?.departsAt ?? kigali(startsOn, '00:00');
}

function beginsWork(assignment: Assignment): boolean {
  return (
    assignment.status === 'arrived' ||
    (assignment.mode === 'virtual' && assignment.status === 'ready_to_travel')
  );
}

function onDeparture({ travel, zone }: Assignment, days: number, time: string): string | null {
  const day = travel?.legs[0]?.departs.slice(0, 10);
  return day === undefined ? null : atLocal(addDays(day, days), time, zone).toISOString();
}

function hoursFrom(instant: string | null | undefined, hours: number): string | null {
  return instant ? hoursAfter(instant, hours) : null;
}

function kigali(day: string, time: string): string {
  return atLocal(day, time, 'Africa/Kigali').toISOString();
}
