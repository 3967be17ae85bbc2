import type { Done, Refused } from '../engine/flow.ts';
import { type Actor, done, refused } from './actor.ts';
import { planAssignment } from './calendar.ts';
import { changeAssignment, happened } from './change-assignment.ts';
import { hoursAfter } from './days.ts';
import { type Fresh, freshCode, freshId } from './fresh.ts';
import { allGreen, initialGates, waiverRefusal, withGate } from './gates.ts';
import { applicationLife, assignmentLife, next } from './lifecycle.ts';
import type { Assignment, Deed, DomainEvent, Gate, GateCode, Readiness, Travel } from './model.ts';
import { type OfferFacts, type OfferInput, offerObstacles, windowFor } from './offer-guards.ts';
import { may } from './permissions.ts';

/** Hours a member has to answer an offer. */
export const answerHours = 72;

/**
 * Offers one post to one member: the assignment begins as `proposed`, with its checklist and journey where its mode
 * has them. Member and host are asked at the same time. Needs fresh ids of assignment, readiness and travel, and an
 * assignment code. Refused with the first of {@link offerObstacles}, or `not_allowed`, `cannot_offer`.
 */
export function makeOffer(
  input: OfferInput,
  facts: OfferFacts & { readonly fresh: Fresh },
  actor: Actor,
  now: Date,
): Done | Refused {
  if (!may(actor, 'make_offer')) return refused('not_allowed');
  const [obstacle] = offerObstacles(input, facts);
  if (obstacle) return refused(obstacle);
  const status = next(applicationLife, facts.application.status, 'offer');
  if (!status) return refused('cannot_offer');
  const { application, need, fresh } = facts;
  const window = windowFor(input, facts.windows);
  const assignment = proposed(input, facts, actor, now);
  const { id } = assignment;
  const row: Deed = {
    kind: 'insert',
    table: 'assignment',
    id,
    row: {
      code: assignment.code,
      person_id: assignment.personId,
      application_id: application.id,
      window_id: window?.id ?? null,
      need_id: need.id,
      hospital_id: need.hospital.id,
      mission_id: facts.mission.id,
      starts_on: assignment.startsOn,
      ends_on: assignment.endsOn,
      scope: assignment.scope,
      mode: assignment.mode,
      status: assignment.status,
      focal_yes_at: null,
      offered_at: assignment.offeredAt,
      offer_ends_at: assignment.offerEndsAt,
      coordinator_id: actor.personId,
      gates: assignment.gates,
    },
  };
  const readiness: readonly Deed[] =
    assignment.gates.G10.state === 'not_needed'
      ? []
      : [
          {
            kind: 'insert',
            table: 'readiness',
            id: freshId(fresh, 'readiness'),
            owner: assignment.personId,
            row: { assignment_id: id, status: 'not_started', items: {} },
          },
        ];
  const travel: readonly Deed[] =
    assignment.gates.G9.state === 'not_needed'
      ? []
      : [
          {
            kind: 'insert',
            table: 'travel',
            id: freshId(fresh, 'travel'),
            owner: assignment.personId,
            row: { assignment_id: id, status: 'empty' },
          },
        ];
  const hold: readonly Deed[] = window
    ? [
        {
          kind: 'update',
          table: 'availability',
          id: window.id,
          revision: window.revision,
          set: { status: 'held' },
        },
      ]
    : [];
  return done([
    row,
    ...readiness,
    ...travel,
    ...hold,
    {
      kind: 'update',
      table: 'application',
      id: application.id,
      revision: application.revision,
      set: { status },
    },
    planAssignment(assignment),
    happened('offer.made', assignment, actor.personId),
  ]);
}

/** The member's typed ACCEPT. Refused with `expired` after the 72 hours, `not_open` in any other state. */
export function memberAccepts(assignment: Assignment, by: number, now: Date): Done | Refused {
  if (isOver(assignment, now)) return refused('expired');
  const status = next(assignmentLife, assignment.status, 'member_accept');
  if (!status) return refused('not_open');
  return done([
    ...changeAssignment(assignment, { status }, { application: 'accept' }),
    happened('offer.accepted', assignment, by, { agreed: status === 'agreed' }),
  ]);
}

/** `reason` is one of the reason codes, or null when not given. */
export function memberDeclines(assignment: Assignment, reason: string | null, by: number): Done | Refused {
  const status = next(assignmentLife, assignment.status, 'member_decline');
  if (!status) return refused('not_open');
  const hostKnew = assignment.status === 'host_accepted' || assignment.focalYesAt !== null;
  return done([
    ...changeAssignment(assignment, { status }, { application: 'decline', reason }),
    happened('offer.declined', assignment, by, { reason, hostKnew }),
  ]);
}

/**
 * The member could come at another time: the offer stands until its end, and its reminders stop, since they did
 * answer. A coordinator makes it again with {@link changeDates}.
 */
export function otherDates(
  assignment: Assignment,
  range: { readonly from: string; readonly to: string },
  by: number,
  now: Date,
): Done | Refused {
  if (isOver(assignment, now)) return refused('expired');
  if (!next(assignmentLife, assignment.status, 'member_decline')) return refused('not_open');
  const plan = planAssignment(assignment);
  const quiet: Deed =
    plan.kind === 'plan'
      ? { ...plan, timers: plan.timers.filter(({ line }) => !line.startsWith('offer.remind')) }
      : plan;
  return done([quiet, happened('offer.other_dates', assignment, by, { from: range.from, to: range.to })]);
}

/** When the 72 hours are over. Nothing to do once anybody answered. */
export function expireOffer(assignment: Assignment): readonly Deed[] {
  const status = next(assignmentLife, assignment.status, 'expire');
  if (!status) return [];
  const hostKnew = assignment.status === 'host_accepted' || assignment.focalYesAt !== null;
  return [
    ...changeAssignment(assignment, { status }, { application: 'expire' }),
    happened('offer.expired', assignment, 'system', { hostKnew }),
  ];
}

/** The focal point's yes: kept as a field, for only the director's moves the assignment. */
export function focalAccepts(assignment: Assignment, by: number, now: Date): Done | Refused {
  if (!next(assignmentLife, assignment.status, 'host_accept')) return refused('not_open');
  return done([
    ...changeAssignment(assignment, { focalYesAt: now.toISOString() }),
    happened('placement.focal_accepted', assignment, by),
  ]);
}

/** The director's yes, after their code was checked. */
export function hostAccepts(assignment: Assignment, by: number, now: Date): Done | Refused {
  const status = next(assignmentLife, assignment.status, 'host_accept');
  if (!status) return refused('not_open');
  const focalYesAt = assignment.focalYesAt ?? now.toISOString();
  return done([
    ...changeAssignment(assignment, { status, focalYesAt }),
    happened('placement.confirmed', assignment, by, { agreed: status === 'agreed' }),
  ]);
}

/**
 * A member's yes is kept while a coordinator looks for another host (`memberSaidYes`); one who had not answered is
 * told that the offer fell away.
 */
export function hostRefuses(assignment: Assignment, reason: string | null, by: number): Done | Refused {
  const status = next(assignmentLife, assignment.status, 'host_refuse');
  if (!status) return refused('not_open');
  const memberSaidYes = assignment.status === 'member_accepted';
  return done([
    ...changeAssignment(assignment, { status }),
    happened('placement.refused', assignment, by, { reason, memberSaidYes }),
  ]);
}

/** A coordinator takes an offer or an agreement back. `reason` is a reason code. */
export function releaseAssignment(
  { reason }: { readonly reason: string },
  { assignment }: Facts,
  actor: Actor,
): Done | Refused {
  if (!may(actor, 'release_offer')) return refused('not_allowed');
  const status = next(assignmentLife, assignment.status, 'release');
  if (!status) return refused('wrong_state');
  return done([
    ...changeAssignment(assignment, { status }, { reason }),
    happened('assignment.released', assignment, actor.personId, { reason, from: assignment.status }),
  ]);
}

/** Its mission was cancelled. Nothing for an assignment that has ended or is under way: those end one by one. */
export function releaseForMission(assignment: Assignment, by: number): readonly Deed[] {
  const status = next(assignmentLife, assignment.status, 'release');
  if (!status) return [];
  return [
    ...changeAssignment(assignment, { status }, { dropPost: true }),
    happened('assignment.released', assignment, by, { reason: 'project', from: assignment.status }),
  ];
}

/** New dates: offered again to both sides for another 72 hours; gates that dates decide open again. */
export function changeDates(
  { fromDay, toDay }: { readonly fromDay: string; readonly toDay: string },
  { assignment }: Facts,
  actor: Actor,
  now: Date,
): Done | Refused {
  if (!may(actor, 'make_offer')) return refused('not_allowed');
  if (fromDay > toDay) return refused('ends_before_start');
  if (fromDay < assignment.need.earliest || toDay > assignment.need.latest) return refused('outside_post');
  const status = next(assignmentLife, assignment.status, 'change_dates');
  if (!status) return refused('wrong_state');
  const again: Assignment = {
    ...assignment,
    status,
    startsOn: fromDay,
    endsOn: toDay,
    focalYesAt: null,
    offeredAt: now.toISOString(),
    offerEndsAt: hoursAfter(now.toISOString(), answerHours),
    gates: reopened(assignment),
  };
  const { startsOn, endsOn, focalYesAt, offeredAt, offerEndsAt, gates } = again;
  return done([
    ...changeAssignment(assignment, { status, startsOn, endsOn, focalYesAt, offeredAt, offerEndsAt, gates }),
    happened('offer.made', again, actor.personId, { again: true }),
  ]);
}

/** A gate as the coordinator found it. A waiver needs a reason, and for some gates a second person. */
export function setGate(
  input: {
    readonly gate: GateCode;
    readonly state: Exclude<Gate['state'], 'not_needed'>;
    readonly note?: string;
    readonly second?: Actor;
  },
  { assignment }: Facts,
  actor: Actor,
  now: Date,
): Done | Refused {
  const { gate: code, state, note, second } = input;
  const waives = state === 'waived';
  if (!may(actor, waives ? 'waive_gate' : 'set_gate')) return refused('not_allowed');
  if (!gateStates.includes(assignment.status)) return refused('wrong_state');
  if (assignment.gates[code].state === 'not_needed') return refused('not_needed');
  if (waives && !note) return refused('needs_reason');
  const other = second?.personId === actor.personId ? undefined : second;
  const forbidden = waives ? waiverRefusal(code, assignment.scope, other) : null;
  if (forbidden) return refused(forbidden);
  const gate: Gate = { state, by: actor.personId, at: now.toISOString(), ...(note && { note }) };
  return done(turnGate(assignment, code, gate, actor.personId));
}

/** A gate that the programme itself turns: G9 by a confirmed journey, G10 by a confirmed checklist. */
export function turnGate(
  assignment: Assignment,
  code: GateCode,
  gate: Gate,
  by: DomainEvent['by'],
): readonly Deed[] {
  return [
    ...changeAssignment(assignment, { gates: withGate(assignment.gates, code, gate) }),
    happened('gate.changed', assignment, by, {
      gate: code,
      from: assignment.gates[code].state,
      to: gate.state,
    }),
  ];
}

/** Contract and code of conduct are signed: from here the gates are worked on. */
export function startClearing(_: object, { assignment }: Facts, actor: Actor): Done | Refused {
  if (!may(actor, 'sign_contract')) return refused('not_allowed');
  return move(assignment, 'sign', 'assignment.clearing', actor.personId);
}

/** The decision to go, by a person. Refused with `gates_open` while any needed gate is. */
export function readyToTravel(_: object, { assignment }: Facts, actor: Actor): Done | Refused {
  if (!may(actor, 'clear_to_travel')) return refused('not_allowed');
  if (assignment.status === 'clearing' && !allGreen(assignment.gates)) return refused('gates_open');
  return move(assignment, 'clear', 'assignment.ready_to_travel', actor.personId);
}

export function holdAssignment(
  { reason }: { readonly reason: string },
  { assignment }: Facts,
  actor: Actor,
): Done | Refused {
  if (!may(actor, 'hold_assignment')) return refused('not_allowed');
  return move(assignment, 'hold', 'assignment.held', actor.personId, { reason });
}

export function resumeAssignment(_: object, { assignment }: Facts, actor: Actor): Done | Refused {
  if (!may(actor, 'hold_assignment')) return refused('not_allowed');
  return move(assignment, 'resume', 'assignment.resumed', actor.personId);
}

/** The host says that the first day took place; work from afar begins without a journey. */
export function startWork(assignment: Assignment, by: number): Done | Refused {
  if (assignment.status === 'ready_to_travel' && assignment.mode !== 'virtual') return refused('wrong_state');
  return move(assignment, 'start', 'assignment.started', by);
}

/** Whether the member's time to answer has run out, even if its timer is late. */
export function isOver(assignment: Assignment, now: Date): boolean {
  const waits = assignment.status === 'proposed' || assignment.status === 'host_accepted';
  return waits && now.getTime() >= Date.parse(assignment.offerEndsAt);
}

export type Facts = { readonly assignment: Assignment };

function move(
  assignment: Assignment,
  event: (typeof assignmentLife)[number]['event'],
  name: string,
  by: number,
  more: { readonly [key: string]: string } = {},
): Done | Refused {
  const status = next(assignmentLife, assignment.status, event);
  if (!status) return refused('wrong_state');
  return done([...changeAssignment(assignment, { status }), happened(name, assignment, by, more)]);
}

/** Itinerary, insurance dates, passport validity and the host's readiness hold for the old days only. */
function reopened({ gates }: Assignment): Assignment['gates'] {
  return dated.reduce(
    (all, code) => (all[code].state === 'not_needed' ? all : withGate(all, code, { state: 'open' })),
    gates,
  );
}

function proposed(
  input: OfferInput,
  facts: OfferFacts & { readonly fresh: Fresh },
  actor: Actor,
  now: Date,
): Assignment {
  const { person, member, application, need, mission, fresh } = facts;
  const window = windowFor(input, facts.windows);
  const offeredAt = now.toISOString();
  const gates = initialGates(need.mode, input.scope);
  const id = freshId(fresh, 'assignment');
  return {
    id,
    revision: 0,
    code: freshCode(fresh, 'assignment'),
    personId: person.id,
    application,
    window,
    zone: person.zone,
    need,
    mission,
    startsOn: input.fromDay,
    endsOn: input.toDay,
    scope: input.scope,
    mode: need.mode,
    status: 'proposed',
    focalYesAt: null,
    offeredAt,
    offerEndsAt: hoursAfter(offeredAt, answerHours),
    coordinatorId: actor.personId,
    gates,
    readiness: gates.G10.state === 'not_needed' ? null : emptyReadiness(freshId(fresh, 'readiness'), id),
    travel: gates.G9.state === 'not_needed' ? null : emptyTravel(freshId(fresh, 'travel'), id),
    profile: { profession: member.profession, years: member.years, levels: member.levels },
    memberName: null,
  };
}

function emptyReadiness(id: number, assignmentId: number): Readiness {
  return { id, revision: 0, assignmentId, status: 'not_started', items: {}, notes: {} };
}

function emptyTravel(id: number, assignmentId: number): Travel {
  return {
    id,
    revision: 0,
    assignmentId,
    status: 'empty',
    legs: [],
    departsAt: null,
    arrivesAt: null,
    pickup: null,
    lodging: null,
    dayBefore: null,
    arrival: null,
  };
}

const dated: readonly GateCode[] = ['G3', 'G4', 'G9', 'G10'];
const gateStates: readonly Assignment['status'][] = [
  'agreed',
  'clearing',
  'ready_to_travel',
  'hold',
  'travelling',
];
