import { expireOffer } from './assignment.ts';
import {
  type ApplicationLine,
  type AssignmentLine,
  applicationLines,
  assignmentLines,
  type MissionLine,
  missionLines,
} from './calendar.ts';
import { happened } from './change-assignment.ts';
import { type Facts, judge, type Line, type Verdict } from './late.ts';
import { callEnded, missionFacts } from './mission.ts';
import type { Application, Assignment, Deed, Mission } from './model.ts';
import { hostLines } from './readiness-calendar.ts';
import { fireHostLine } from './readiness-fire.ts';
import { markDeparted } from './travel.ts';

/**
 * What a due timer does. Nothing when its line does not apply any more: the subject may have changed since the
 * timer was set. Throws for a line that no table knows, which is a timer of another build.
 */
export function fireAssignment(
  line: string,
  assignment: Assignment,
  now: Date,
  /** Lines that it carries in one, itself included. */
  together: readonly string[] = [],
): readonly Deed[] {
  if (!isDue(allLines, line, assignment, now)) return [];
  const fire = ownLines[line as AssignmentLine] ?? fireHostLine[line]; // a line of neither table is undefined, and throws below
  if (!fire) throw new Error(`nobody knows what "${line}" does`);
  const due = together.filter((one) => isDue(allLines, one, assignment, now));
  return fire(assignment, now, due.length > 0 ? due : [line]);
}

/** What becomes of a timer that is due, seen how late it is (rule 21). */
export function judgeAssignment(line: string, assignment: Assignment, facts: Facts, now: Date): Verdict {
  return judge(allLines, line, assignment, facts, now);
}

export type FactsNeeded = {
  readonly ladder: boolean;
  readonly question: { readonly flow: string; readonly since: string } | null;
};

/** Which facts that needs: nearly always none. */
export function factsNeeded(line: string, assignment: Assignment): FactsNeeded {
  const { late, asked } = allLines.find((one) => one.line === line) ?? {};
  const since = asked?.since(assignment) ?? null;
  return {
    ladder: typeof late === 'object' && 'combine' in late,
    question: asked && since !== null ? { flow: asked.flow, since } : null,
  };
}

const allLines: readonly Line<Assignment>[] = [...assignmentLines, ...hostLines];

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

const ownLines: Readonly<Record<AssignmentLine, (typeof fireHostLine)[string]>> = {
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
