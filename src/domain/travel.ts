import type { Done, Refused } from '../engine/flow.ts';
import { type Actor, done, refused } from './actor.ts';
import type { Facts } from './assignment.ts';
import { changeTravel, happened, type TravelChange } from './change-assignment.ts';
import { hoursAfter } from './days.ts';
import { withGate } from './gates.ts';
import { readItinerary } from './itinerary.ts';
import { assignmentLife, next, travelLife } from './lifecycle.ts';
import type { Assignment, Deed, Leg, Travel } from './model.ts';
import { may } from './permissions.ts';
import { localDay } from './zones.ts';

export type ItineraryInput = {
  readonly legs: readonly Leg[];
  readonly pickup: { readonly name: string; readonly phone: string } | null;
  readonly lodging: string | null;
};

const rwandanAirports: ReadonlySet<string> = new Set(['KGL', 'KME', 'BTQ', 'GYI', 'RHG']);

/** The coordinator's plan for the journey; the member is asked to confirm it. New legs ask again from the start. */
export function proposeItinerary(
  input: ItineraryInput,
  { assignment }: Facts,
  actor: Actor,
  now: Date,
): Done | Refused {
  if (!may(actor, 'set_travel')) return refused('not_allowed');
  const { travel } = assignment;
  if (!travel || !plannable.includes(assignment.status)) return refused('wrong_state');
  const status = next(travelLife, travel.status, 'propose');
  if (!status) return refused('wrong_state');
  const journey = readItinerary(input.legs);
  if ('why' in journey) return refused(journey.why);
  if (!rwandanAirports.has(input.legs.at(-1)?.to ?? '')) return refused('not_rwanda');
  if (localDay(new Date(journey.arrivesAt), 'Africa/Kigali') > assignment.startsOn)
    return refused('too_late');
  const { pickup, lodging } = input;
  if (pickup && !/^\+\d{8,15}$/.test(pickup.phone)) return refused('pickup_phone');
  const gate = { state: 'in_progress', by: actor.personId, at: now.toISOString() } as const;
  return done([
    ...changeTravel(
      assignment,
      { status, ...journey, pickup, lodging, dayBefore: null, arrival: null },
      { gates: withGate(assignment.gates, 'G9', gate) },
    ),
    happened('itinerary.proposed', assignment, actor.personId, { again: travel.status !== 'empty' }),
  ]);
}

/** "Correct": the journey counts, and its gate is green. Refused with `not_open`. */
export function confirmItinerary(assignment: Assignment, by: number, now: Date): Done | Refused {
  const status = travelNext(assignment, 'confirm');
  if (!status) return refused('not_open');
  const gate = { state: 'green', by, at: now.toISOString() } as const;
  const from = assignment.gates.G9.state;
  return done([
    ...changeTravel(assignment, { status }, { gates: withGate(assignment.gates, 'G9', gate) }),
    happened('itinerary.confirmed', assignment, by, { arrivesAt: assignment.travel?.arrivesAt ?? null }),
    happened('gate.changed', assignment, by, { gate: 'G9', from, to: 'green' }),
  ]);
}

/** A leg is wrong, by its place in the list from 1 (0: the member could not say which), or the whole cannot be taken. */
export function reportWrongLeg(assignment: Assignment, leg: number | 'all', by: number): Done | Refused {
  const status = travelNext(assignment, 'wrong');
  if (!status) return refused('not_open');
  return done([
    ...changeTravel(assignment, { status }),
    happened('itinerary.wrong', assignment, by, { leg }),
  ]);
}

/** The ticket is bought. */
export function recordTicket(_: object, { assignment }: Facts, actor: Actor): Done | Refused {
  if (!may(actor, 'set_travel')) return refused('not_allowed');
  const status = travelNext(assignment, 'ticket');
  if (!status) return refused('wrong_state');
  return done([
    ...changeTravel(assignment, { status }),
    happened('itinerary.ticketed', assignment, actor.personId),
  ]);
}

/** The member has read the final card. */
export function readCard(assignment: Assignment, by: number): Done | Refused {
  if (!assignment.travel || !settled.includes(assignment.travel.status)) return refused('not_open');
  return done([happened('travel.card_read', assignment, by)]);
}

export type DayBefore = NonNullable<Travel['dayBefore']>;

/** Still travelling as planned? A no or a later goes to the coordinators at once. Refused with `not_open`. */
export function answerDayBefore(assignment: Assignment, answer: DayBefore, by: number): Done | Refused {
  if (!assignment.travel || !settled.includes(assignment.travel.status)) return refused('not_open');
  return done([
    ...changeTravel(assignment, { dayBefore: answer }),
    happened('travel.day_before_answered', assignment, by, { answer }),
  ]);
}

/** Two hours after take-off nobody has said otherwise. */
export function markDeparted(assignment: Assignment): readonly Deed[] {
  const status = next(assignmentLife, assignment.status, 'depart');
  const travelling = travelNext(assignment, 'depart');
  if (!status || !travelling) return [];
  return [
    ...changeTravel(assignment, { status: travelling }, { status }),
    happened('travel.departed', assignment, 'system'),
  ];
}

export type ArrivalAnswer = NonNullable<Travel['arrival']>;

/**
 * What the member says on arrival. `met` and `nobody` both mean they are there; `nobody` also tells coordinators
 * and host at once. `delayed` moves the question by so many hours; `not_travelling` is a coordinator's to settle.
 * Refused with `not_open` when the journey is not under way, `unfinished` for a delay without its length.
 */
export function answerArrival(
  assignment: Assignment,
  answer: ArrivalAnswer,
  delayHours: number | null,
  by: number,
  now: Date,
): Done | Refused {
  const { travel } = assignment;
  const arrived = next(assignmentLife, assignment.status, 'arrive');
  if (!travel || !arrived) return refused('not_open');
  if (answer === 'delayed' && delayHours === null) return refused('unfinished');
  const isThere = answer === 'met' || answer === 'nobody';
  const arrivesAt = answer === 'delayed' ? later(travel, delayHours ?? 0, now) : travel.arrivesAt;
  const set: TravelChange = {
    arrival: answer,
    ...(isThere && { status: next(travelLife, travel.status, 'arrive') ?? travel.status }),
    ...(answer === 'delayed' && arrivesAt && { arrivesAt }),
  };
  return done([
    ...changeTravel(assignment, set, isThere ? { status: arrived } : {}),
    happened('arrival.answered', assignment, by, { answer, arrivesAt }),
  ]);
}

/**
 * Late, and not known by how much: coordinators and hospital hear of it, and the arrival is asked about as planned
 * until the hours are given. Refused with `not_open`.
 */
export function tellDelay(assignment: Assignment, by: number): Done | Refused {
  if (!assignment.travel || !next(assignmentLife, assignment.status, 'arrive')) return refused('not_open');
  return done([
    ...changeTravel(assignment, { arrival: 'delayed' }),
    happened('arrival.delayed', assignment, by),
  ]);
}

/** Who is late counts from the planned arrival, or from now when that has passed. */
function later({ arrivesAt }: Travel, hours: number, now: Date): string {
  const planned = arrivesAt === null ? 0 : Date.parse(arrivesAt);
  return hoursAfter(new Date(Math.max(planned, now.getTime())).toISOString(), hours);
}

function travelNext(
  { travel }: Assignment,
  event: Parameters<typeof next<Travel['status'], (typeof travelLife)[number]['event']>>[2],
) {
  return travel ? next(travelLife, travel.status, event) : null;
}

const plannable: readonly Assignment['status'][] = ['agreed', 'clearing', 'ready_to_travel', 'hold'];
const settled: readonly Travel['status'][] = ['confirmed', 'ticketed', 'cleared'];
