import type { Done, Refused } from '../engine/flow.ts';
import { languages } from '../engine/message.ts';
import { type Actor, done, refused } from './actor.ts';
import { releaseForMission } from './assignment.ts';
import { planMission } from './calendar.ts';
import { type Fresh, freshCode, freshId } from './fresh.ts';
import { missionLife, needLife, next } from './lifecycle.ts';
import type { Assignment, Deed, DomainEvent, Hospital, Mission, Need, Value } from './model.ts';
import { isSecond, may } from './permissions.ts';

export type NeedInput = Pick<
  Need,
  | 'department'
  | 'profession'
  | 'posts'
  | 'scope'
  | 'mode'
  | 'objectives'
  | 'languages'
  | 'earliest'
  | 'latest'
  | 'minDays'
  | 'maxDays'
  | 'lodging'
>;

/** A hospital asks for people: `submitted`, for the ministry to validate. Needs a fresh need id and code. */
export function createNeed(
  input: NeedInput,
  { hospital, fresh }: { readonly hospital: Hospital; readonly fresh: Fresh },
  actor: Actor,
  now: Date,
): Done | Refused {
  if (!may(actor, 'create_need')) return refused('not_allowed');
  const wrong = needFaults.find(({ holds }) => !holds(input, now.toISOString().slice(0, 10)));
  if (wrong) return refused(wrong.why);
  const id = freshId(fresh, 'need');
  const code = freshCode(fresh, 'need');
  const {
    department,
    profession,
    posts,
    scope,
    mode,
    objectives,
    languages: spoken,
    earliest,
    latest,
    minDays,
    maxDays,
    lodging,
  } = input;
  return done([
    {
      kind: 'insert',
      table: 'need',
      id,
      row: {
        code,
        hospital_id: hospital.id,
        mission_id: null,
        department,
        profession,
        posts,
        scope,
        mode,
        objectives,
        languages: spoken,
        earliest,
        latest,
        min_days: minDays,
        max_days: maxDays,
        lodging,
        status: 'submitted',
        created_by: actor.personId,
      },
    },
    needEvent('need.created', { id, code, hospital, profession, posts }, actor.personId),
  ]);
}

/** The ministry's yes to a need. */
export function validateNeed(_: object, { need }: { readonly need: Need }, actor: Actor): Done | Refused {
  if (!may(actor, 'validate_need')) return refused('not_allowed');
  const status = next(needLife, need.status, 'validate');
  if (!status) return refused('wrong_state');
  return done([updateNeed(need, { status }), needEvent('need.validated', need, actor.personId)]);
}

/** Back to the hospital with a question; the ministry's words travel outside the event. */
export function returnNeed(_: object, { need }: { readonly need: Need }, actor: Actor): Done | Refused {
  if (!may(actor, 'validate_need')) return refused('not_allowed');
  const status = next(needLife, need.status, 'return');
  if (!status) return refused('wrong_state');
  return done([updateNeed(need, { status }), needEvent('need.returned', need, actor.personId)]);
}

export type MissionInput = Pick<
  Mission,
  'title' | 'opensOn' | 'closesOn' | 'startsOn' | 'endsOn' | 'countries'
>;

/** One dated call over validated needs, which it publishes. Needs a fresh mission id and code. */
export function createMission(
  input: MissionInput,
  { needs, fresh }: { readonly needs: readonly Need[]; readonly fresh: Fresh },
  actor: Actor,
): Done | Refused {
  if (!may(actor, 'create_mission')) return refused('not_allowed');
  const { title, opensOn, closesOn, startsOn, endsOn, countries } = input;
  if (!isTitled(title)) return refused('title_missing');
  if (needs.length === 0) return refused('no_needs');
  if (countries.length === 0) return refused('no_countries');
  if (!(opensOn <= closesOn && closesOn < startsOn && startsOn <= endsOn))
    return refused('dates_out_of_order');
  if (needs.some(({ status }) => next(needLife, status, 'attach') === null))
    return refused('need_not_validated');
  const id = freshId(fresh, 'mission');
  const code = freshCode(fresh, 'mission');
  const row = {
    code,
    title,
    status: 'draft',
    opens_on: opensOn,
    closes_on: closesOn,
    starts_on: startsOn,
    ends_on: endsOn,
    countries,
    approvals: [],
    created_by: actor.personId,
  };
  return done([
    { kind: 'insert', table: 'mission', id, row },
    ...needs.map((need) => updateNeed(need, { status: 'published', mission_id: id })),
    missionEvent('mission.created', { id, code, ...input }, actor.personId, {
      needs: needs.map(({ code: need }) => need),
    }),
  ]);
}

/** Two persons, one of the coordinators and one of the ministry, in either order. The second approval decides. */
export function approveMission(
  _: object,
  { mission }: { readonly mission: Mission },
  actor: Actor,
  now: Date,
): Done | Refused {
  if (!may(actor, 'approve_mission')) return refused('not_allowed');
  const status = next(missionLife, mission.status, 'approve');
  if (!status) return refused('wrong_state');
  if (mission.approvals.some(({ personId, role }) => personId === actor.personId || role === actor.role)) {
    return refused('already_approved');
  }
  const approvals = [
    ...mission.approvals,
    { personId: actor.personId, role: actor.role, at: now.toISOString() },
  ];
  const both = approvals.length === approvingRoles.length;
  return done([
    updateMission(mission, { approvals, ...(both && { status }) }),
    missionEvent(both ? 'mission.approved' : 'mission.approval_given', mission, actor.personId, {
      role: actor.role,
    }),
  ]);
}

/** From here members may answer. The broadcast that tells them is a deed of its own. */
export function openCall(
  _: object,
  { mission }: { readonly mission: Mission },
  actor: Actor,
): Done | Refused {
  if (!may(actor, 'open_call')) return refused('not_allowed');
  if (!isTitled(mission.title)) return refused('title_missing');
  return moveMission(mission, 'open', 'mission.call_opened', actor.personId);
}

/** A later last day; who has answered is not bothered. */
export function extendCall(
  { closesOn }: { readonly closesOn: string },
  { mission }: { readonly mission: Mission },
  actor: Actor,
): Done | Refused {
  if (!may(actor, 'extend_call')) return refused('not_allowed');
  const status = next(missionLife, mission.status, 'extend');
  if (!status) return refused('wrong_state');
  if (closesOn <= mission.closesOn) return refused('not_later');
  if (closesOn >= mission.startsOn) return refused('dates_out_of_order');
  return done([
    updateMission(mission, { status, closes_on: closesOn }),
    planMission({ ...mission, status, closesOn }),
    missionEvent('mission.call_extended', { ...mission, closesOn }, actor.personId, {
      was: mission.closesOn,
    }),
  ]);
}

export function closeCall(
  _: object,
  { mission }: { readonly mission: Mission },
  actor: Actor,
): Done | Refused {
  if (!may(actor, 'close_call')) return refused('not_allowed');
  return moveMission(mission, 'close', 'mission.call_closed', actor.personId);
}

/** When the last day has ended. Nothing to do where a coordinator was faster. */
export function callEnded(mission: Mission): readonly Deed[] {
  const result = moveMission(mission, 'close', 'mission.call_closed', 'system');
  return result.ok ? (result.deeds as readonly Deed[]) : []; // the engine keeps deeds opaque; these are our own
}

/** Two persons cancel; every assignment that has not begun is released, and each member and host is told. */
export function cancelMission(
  { reason, second }: { readonly reason: string; readonly second: Actor },
  { mission, assignments }: { readonly mission: Mission; readonly assignments: readonly Assignment[] },
  actor: Actor,
): Done | Refused {
  if (!may(actor, 'cancel_mission')) return refused('not_allowed');
  if (!isSecond('cancel_mission', actor, second)) return refused('second_person');
  const status = next(missionLife, mission.status, 'cancel');
  if (!status) return refused('wrong_state');
  return done([
    updateMission(mission, { status }),
    planMission({ ...mission, status }),
    ...assignments.flatMap((assignment) => releaseForMission(assignment, actor.personId)),
    missionEvent('mission.cancelled', mission, actor.personId, { reason, second: second.personId }),
  ]);
}

function moveMission(
  mission: Mission,
  event: 'open' | 'close',
  name: string,
  by: DomainEvent['by'],
): Done | Refused {
  const status = next(missionLife, mission.status, event);
  if (!status) return refused('wrong_state');
  return done([
    updateMission(mission, { status }),
    planMission({ ...mission, status }),
    missionEvent(name, mission, by),
  ]);
}

/** A mission's title exists in all three languages or it is not shown to anybody (rule 25). */
function isTitled(title: Mission['title']): boolean {
  return languages.every((lang) => title[lang].trim() !== '');
}

function updateNeed(need: Need, set: { readonly [column: string]: Value }): Deed {
  return { kind: 'update', table: 'need', id: need.id, revision: need.revision, set };
}

function updateMission(mission: Mission, set: { readonly [column: string]: Value }): Deed {
  return { kind: 'update', table: 'mission', id: mission.id, revision: mission.revision, set };
}

function needEvent(
  name: string,
  need: Pick<Need, 'id' | 'code' | 'hospital' | 'profession' | 'posts'>,
  by: number,
): Deed {
  const { id, code, hospital, profession, posts } = need;
  return {
    kind: 'event',
    event: {
      name,
      subject: { kind: 'need', id },
      by,
      data: { needId: id, code, hospitalId: hospital.id, hospital: hospital.name, profession, posts },
    },
  };
}

/** What every event about a mission carries. */
export type MissionFacts = Pick<
  Mission,
  'code' | 'title' | 'opensOn' | 'closesOn' | 'startsOn' | 'endsOn'
> & { readonly missionId: number };

export function missionFacts({
  id,
  code,
  title,
  opensOn,
  closesOn,
  startsOn,
  endsOn,
}: MissionInput & Pick<Mission, 'id' | 'code'>): MissionFacts {
  return { missionId: id, code, title, opensOn, closesOn, startsOn, endsOn };
}

function missionEvent(
  name: string,
  mission: MissionInput & Pick<Mission, 'id' | 'code'>,
  by: DomainEvent['by'],
  more: { readonly [key: string]: Value } = {},
): Deed {
  return {
    kind: 'event',
    event: {
      name,
      subject: { kind: 'mission', id: mission.id },
      by,
      data: { ...missionFacts(mission), ...more },
    },
  };
}

const approvingRoles = ['coord_rw', 'moh'] as const;

const needFaults: readonly {
  readonly why: string;
  readonly holds: (need: NeedInput, today: string) => boolean;
}[] = [
  { why: 'posts', holds: ({ posts }) => Number.isInteger(posts) && posts >= 1 && posts <= 10 },
  { why: 'department', holds: ({ department }) => department.trim().length >= 2 },
  { why: 'dates_out_of_order', holds: ({ earliest, latest }) => earliest <= latest },
  { why: 'past', holds: ({ earliest }, today) => earliest >= today },
  { why: 'days', holds: ({ minDays, maxDays }) => minDays >= 1 && minDays <= maxDays && maxDays <= 180 },
  { why: 'languages', holds: ({ languages: spoken }) => spoken.length > 0 },
];
