import type { Done, Need as Query, Refused } from '../engine/flow.ts';
import type { Lang } from '../engine/message.ts';
import { done, refused } from './actor.ts';
import { planApplication } from './calendar.ts';
import { type Fresh, freshId, freshNeed } from './fresh.ts';
import { applicationLife, next } from './lifecycle.ts';
import { missionFacts } from './mission.ts';
import type { Application, Call, Context, Deed, Value } from './model.ts';

/** What a member says to a call; kept in the session until the summary is confirmed (rule 8). */
export type CallAnswers = {
  readonly answer?: 'interested' | 'maybe' | 'no' | 'question';
  /** Need ids as text, best first; `none` where no post fits. */
  readonly posts?: readonly string[];
  readonly dates?: { readonly from: string; readonly to: string };
  readonly leave?: NonNullable<Application['leave']>;
  readonly motivation?: string | null;
  readonly share?: 'yes' | 'no';
  readonly remind_on?: string;
  readonly reason?: string | null;
  readonly keep?: 'yes' | 'no';
};

type Subject = { readonly data: { readonly missionId?: number }; readonly context: Context };
type Scope = Subject & {
  readonly answers: CallAnswers;
  readonly found: { readonly fresh?: Fresh };
  readonly now: Date;
  readonly lang: Lang;
};

/** At most so many posts in the member's order. */
export const mostPosts = 3;
export const shareVersion = 'share-1';

/** The call a conversation is about, or null when it is not among those this member may answer. */
export function callOf({ data, context }: Subject): Call | null {
  return context.calls.find(({ mission }) => mission.id === data.missionId) ?? null;
}

/** Whether the call takes answers in the ordinary way; after its last day they are kept as `late`. */
export function isCallOpen({ mission }: Call): boolean {
  return mission.status === 'call_open';
}

/** The chosen posts as rows, in the member's order. */
export function chosenNeeds(call: Call, posts: readonly string[] | undefined): Call['needs'] {
  return (posts ?? []).flatMap((id) => call.needs.find((need) => String(need.id) === id) ?? []);
}

/** Days that fit at least one chosen post: inside its range and at least its shortest stay. */
export function datesFit(call: Call, { posts, dates }: Pick<CallAnswers, 'posts' | 'dates'>): boolean {
  if (!dates) return false;
  const needs = chosenNeeds(call, posts);
  const days = Math.round((Date.parse(dates.to) - Date.parse(dates.from)) / 86_400_000) + 1;
  return needs.some(
    ({ earliest, latest, minDays }) => earliest <= dates.from && dates.to <= latest && days >= minDays,
  );
}

/** A row for who never answered, a consent for who is asked to share. */
export function interestNeeds(scope: Subject & { readonly answers: CallAnswers }): readonly Query[] {
  const isNew = callOf(scope)?.application ? 0 : 1;
  const { share, keep } = scope.answers;
  const consents = (share ? 1 : 0) + (keep === 'no' ? 1 : 0);
  return isNew || consents
    ? [freshNeed({ ...(isNew && { application: 1 }), ...(consents && { consent: consents }) })]
    : [];
}

/**
 * "Interested", confirmed: `complete` while the call is open, else `late`, which a coordinator decides on.
 * Refused with `closed` when the call is gone, `unfinished`, `dates` (they fit no chosen post), `offered` when a
 * coordinator is already working with an earlier answer.
 */
export function recordInterest(scope: Scope): Done | Refused {
  const { answers, context } = scope;
  const call = callOf(scope);
  if (!call || !context.person) return refused('closed');
  const { posts, dates, leave, motivation, share } = answers;
  if (!posts || !dates || !leave) return refused('unfinished');
  if (!datesFit(call, answers)) return refused('dates');
  const event = isCallOpen(call) ? 'answer' : 'answer_late';
  const status = next(applicationLife, call.application?.status ?? 'invited', event);
  if (!status) return refused('offered');
  const shared = share ? share === 'yes' : context.person.consents.share_with_host_moh === 'given';
  const needs = chosenNeeds(call, posts).map(({ id }) => id);
  const set = {
    status,
    needs,
    from_day: dates.from,
    to_day: dates.to,
    leave,
    motivation: motivation ?? null,
    share: shared,
    reason: null,
    remind_on: null,
  };
  return done([
    ...write(scope, call, set),
    ...(share ? [consent(scope, 'share_with_host_moh', share === 'yes' ? 'given' : 'refused', 0)] : []),
    happened(scope, call, 'application.interested', {
      status,
      needs,
      from: dates.from,
      to: dates.to,
      shared,
    }),
  ]);
}

/** "Maybe later": asked again on the day chosen. Refused with `closed`, `unfinished`, `offered`. */
export function recordMaybe(scope: Scope): Done | Refused {
  const call = callOf(scope);
  const { remind_on: on } = scope.answers;
  if (!call || !scope.context.person) return refused('closed');
  if (!on) return refused('unfinished');
  const status = next(applicationLife, call.application?.status ?? 'invited', 'maybe');
  if (!status) return refused('offered');
  return done([
    ...write(scope, call, { status, remind_on: on }),
    happened(scope, call, 'application.maybe', { on }),
  ]);
}

/** "Not this time"; with `keep: no` there are no more calls at all. Refused with `closed`, `offered`. */
export function recordNo(scope: Scope): Done | Refused {
  const call = callOf(scope);
  const { reason, keep } = scope.answers;
  if (!call || !scope.context.person) return refused('closed');
  const status = next(applicationLife, call.application?.status ?? 'invited', 'decline_call');
  if (!status) return refused('offered');
  return done([
    ...write(scope, call, { status, reason: reason ?? null, remind_on: null }),
    ...(keep === 'no' ? [consent(scope, 'mission_calls', 'withdrawn', 0)] : []),
    happened(scope, call, 'application.declined', { reason: reason ?? null, keep: keep !== 'no' }),
  ]);
}

/** Interests that the member may take back by their own word; an offer is answered, an agreement needs a person. */
export function withdrawable({ calls }: Pick<Context, 'calls'>): readonly Call[] {
  const free: readonly Application['status'][] = [
    'interested',
    'complete',
    'late',
    'maybe',
    'shortlisted',
    'waitlisted',
    'expired',
  ];
  return calls.filter(({ application }) => application !== null && free.includes(application.status));
}

/** The interest in the mission whose id is the answer `which` is taken back. Refused with `gone`. */
export function withdrawInterest({
  answers,
  context,
}: {
  readonly answers: { readonly which?: string; readonly reason?: string | null };
  readonly context: Context;
}): Done | Refused {
  const call = withdrawable(context).find(({ mission }) => `m${mission.id}` === answers.which);
  const application = call?.application;
  if (!call || !application || !context.person) return refused('gone');
  const status = next(applicationLife, application.status, 'withdraw');
  if (!status) return refused('gone');
  const reason = answers.reason ?? null;
  return done([
    change(application, context.person.id, { status, reason }),
    planApplication({ id: application.id, status, remindOn: application.remindOn }),
    happened({ context }, call, 'application.withdrawn', { reason, was: application.status }),
  ]);
}

function write(
  scope: Scope,
  call: Call,
  set: { readonly [column: string]: Value } & { readonly status: Application['status'] },
): readonly Deed[] {
  const { context, found, now } = scope;
  const personId = context.person?.id ?? 0;
  const { application, mission } = call;
  const id = application?.id ?? freshId(found.fresh, 'application');
  const on = set.remind_on;
  const plan = planApplication({ id, status: set.status, remindOn: typeof on === 'string' ? on : null });
  if (application) return [change(application, personId, set), plan];
  const row = {
    person_id: personId,
    mission_id: mission.id,
    needs: [],
    created_at: now.toISOString(),
    ...set,
  };
  return [{ kind: 'insert', table: 'application', id, owner: personId, row }, plan];
}

function change(
  { id, revision }: Application,
  owner: number,
  set: { readonly [column: string]: Value },
): Deed {
  return { kind: 'update', table: 'application', id, revision, owner, set };
}

function consent(scope: Scope, purpose: string, state: string, n: number): Deed {
  const { context, found, now, lang } = scope;
  return {
    kind: 'insert',
    table: 'consent',
    id: freshId(found.fresh, 'consent', n),
    row: {
      person_id: context.person?.id ?? 0,
      purpose,
      state,
      text_version: shareVersion,
      lang,
      at: now.toISOString(),
      conversation_id: context.conversation.id,
    },
  };
}

function happened(
  { context }: { readonly context: Context },
  { mission }: Call,
  name: string,
  more: { readonly [key: string]: Value },
): Deed {
  const personId = context.person?.id ?? 0;
  const data = { ...missionFacts(mission), personId, member: context.member?.code ?? null, ...more };
  return { kind: 'event', event: { name, subject: { kind: 'person', id: personId }, by: personId, data } };
}
