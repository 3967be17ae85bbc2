import { expireOffer } from './assignment.ts';
import {
  type ApplicationLine,
  type AssignmentLine,
  applicationLines,
  assignmentLines,
  type Line,
  type MissionLine,
  missionLines,
} from './calendar.ts';
import { happened } from './change-assignment.ts';
import { callEnded, missionFacts } from './mission.ts';
import type { Application, Assignment, Deed, Mission } from './model.ts';
import { hostLines } from './readiness-calendar.ts';
import { fireHostLine } from './readiness-fire.ts';
import { markDeparted } from './travel.ts';

/**
 * What a due timer does. Nothing when its line does not apply any more: the subject may have changed since the
 * timer was set. Throws for a line that no table knows, which is a timer of another build.
 */
export function fireAssignment(line: string, assignment: Assignment, now: Date): readonly Deed[] {
  if (!isDue([...assignmentLines, ...hostLines], line, assignment, now)) return [];
  const fire = ownLines[line as AssignmentLine] ?? fireHostLine[line]; // a line of neither table is undefined, and throws below
  if (!fire) throw new Error(`nobody knows what "${line}" does`);
  return fire(assignment, now);
}

export function fireMission(line: string, mission: Mission, now: Date): readonly Deed[] {
  return isDue(missionLines, line, mission, now) ? (missionDeeds[line as MissionLine]?.(mission) ?? []) : []; // isDue knows the line
}

/** With the mission it is about, for the words of the reminder. */
export function fireApplication(
  line: string,
  application: Application,
  mission: Mission,
  now: Date,
): readonly Deed[] {
  if (!isDue(applicationLines, line, application, now)) return [];
  return applicationDeeds[line as ApplicationLine]?.(application, mission) ?? []; // isDue knows the line
}

function isDue<S>(lines: readonly Line<S>[], name: string, subject: S, now: Date): boolean {
  const found = lines.find(({ line }) => line === name);
  if (!found) throw new Error(`nobody knows what "${name}" does`);
  const due = found.due(subject);
  return due !== null && Date.parse(due) <= now.getTime();
}

const ownLines: Readonly<Record<AssignmentLine, (assignment: Assignment, now: Date) => readonly Deed[]>> = {
  'offer.remind24': (a) => [happened('offer.remind_due', a, 'system', { hours: 24 })],
  'offer.remind60': (a) => [happened('offer.remind_due', a, 'system', { hours: 60 })],
  'offer.expire72': (a) => expireOffer(a),
  'travel.itinerary': (a) => [
    happened(a.travel?.status === 'empty' ? 'itinerary.missing' : 'itinerary.remind_due', a, 'system'),
  ],
  'travel.card': (a) => [happened('travel.card_due', a, 'system')],
  'travel.day_before': (a) => [happened('travel.day_before_due', a, 'system', leaving(a))],
  'travel.day_before_silent': (a) => [happened('travel.day_before_silent', a, 'system', leaving(a))],
  'travel.departed': (a) => markDeparted(a),
  'arrival.ask': (a) => [happened('arrival.due', a, 'system')],
  'arrival.remind': (a) => [happened('arrival.remind_due', a, 'system')],
  'arrival.duty': (a) => [happened('arrival.not_answered', a, 'system')],
  first_day: (a) => [happened('first_day.due', a, 'system')],
};

const missionDeeds: Readonly<Record<MissionLine, (mission: Mission) => readonly Deed[]>> = {
  'call.close': callEnded,
};

const applicationDeeds: Readonly<
  Record<ApplicationLine, (application: Application, mission: Mission) => readonly Deed[]>
> = {
  'call.remind': ({ id, personId }, mission) => [
    {
      kind: 'event',
      event: {
        name: 'application.remind_due',
        subject: { kind: 'application', id },
        by: 'system',
        data: { ...missionFacts(mission), personId, open: mission.status === 'call_open' },
      },
    },
  ],
};

function leaving({ travel }: Assignment) {
  return {
    departsOn: travel?.legs[0]?.departs.slice(0, 10) ?? null,
    flight: travel?.legs[0]?.number ?? null,
  };
}
