import { daysBetween } from './availability.ts';
import { addDays } from './days.ts';
import type { Application, Assignment, Member, Mission, Need, Person, Scope, Window } from './model.ts';

export type OfferInput = {
  readonly fromDay: string;
  readonly toDay: string;
  readonly scope: Scope;
  /** A coordinator may offer less than 90 days after the last mission, knowingly. */
  readonly restOverride?: true;
};

/** What an offer is judged by: rows as loaded. `others` are this member's assignments, past ones too. */
export type OfferFacts = {
  readonly person: Person;
  readonly member: Member;
  readonly application: Application;
  readonly need: Need;
  readonly mission: Mission;
  readonly windows: readonly Window[];
  readonly others: readonly Pick<Assignment, 'startsOn' | 'endsOn' | 'status'>[];
};

/** Every reason why this offer may not be made, in the order a coordinator would mend them. Empty: it may. */
export function offerObstacles(input: OfferInput, facts: OfferFacts): readonly string[] {
  return guards.filter(({ holds }) => !holds(input, facts)).map(({ why }) => why);
}

/** The open window these days lie in, its flexible days included; the tightest where several would do. */
export function windowFor(
  { fromDay, toDay }: Pick<OfferInput, 'fromDay' | 'toDay'>,
  windows: readonly Window[],
): Window | null {
  const fitting = windows.filter(
    ({ status, fromDay: from, toDay: to, flexibleDays }) =>
      status === 'open' && addDays(from, -flexibleDays) <= fromDay && toDay <= addDays(to, flexibleDays),
  );
  return (
    fitting.toSorted((a, b) => daysBetween(a.fromDay, a.toDay) - daysBetween(b.fromDay, b.toDay))[0] ?? null
  );
}

/** Days a member rests between two missions unless a coordinator decides otherwise. */
export const restDays = 90;
const goodLevel = 2;

type OfferGuard = { readonly why: string; readonly holds: (input: OfferInput, facts: OfferFacts) => boolean };

const guards: readonly OfferGuard[] = [
  { why: 'member_not_active', holds: (_, { member }) => member.status === 'active' },
  { why: 'wrong_profession', holds: (_, { member, need }) => member.profession === need.profession },
  {
    why: 'need_not_open',
    holds: (_, { need, mission }) =>
      need.status === 'published' && need.missionId === mission.id && need.taken < need.posts,
  },
  {
    why: 'mission_not_open',
    holds: (_, { mission }) =>
      ['call_open', 'selection', 'confirmed', 'preparing', 'in_progress'].includes(mission.status),
  },
  {
    why: 'outside_post',
    holds: ({ fromDay, toDay }, { need }) =>
      need.earliest <= fromDay && fromDay <= toDay && toDay <= need.latest,
  },
  { why: 'too_short', holds: ({ fromDay, toDay }, { need }) => daysBetween(fromDay, toDay) >= need.minDays },
  { why: 'too_long', holds: ({ fromDay, toDay }, { need }) => daysBetween(fromDay, toDay) <= need.maxDays },
  {
    why: 'not_available',
    holds: (input, facts) =>
      windowFor(input, facts.windows) !== null || isWithinInterest(input, facts.application),
  },
  {
    why: 'language',
    holds: (_, { member, need }) =>
      need.languages.length === 0 || need.languages.some((lang) => member.levels[lang] >= goodLevel),
  },
  {
    why: 'overlap',
    holds: ({ fromDay, toDay }, { others }) =>
      others.filter(isLive).every(({ startsOn, endsOn }) => toDay < startsOn || endsOn < fromDay),
  },
  {
    why: 'too_soon',
    holds: (input, { others }) =>
      input.restOverride === true ||
      others.filter(wasServed).every(({ endsOn }) => addDays(endsOn, restDays) <= input.fromDay),
  },
  // Until credentials are kept here, what the member said of the licence stands for the check of the papers.
  {
    why: 'licence',
    holds: ({ scope }, { member }) => scope === 'teaching_only' || member.licensed === 'yes',
  },
];

/** The dates that the member gave for this very mission count as much as a window. */
function isWithinInterest(
  { fromDay, toDay }: OfferInput,
  { fromDay: from, toDay: to }: Application,
): boolean {
  return from !== null && to !== null && from <= fromDay && toDay <= to;
}

function isLive({ status }: Pick<Assignment, 'status'>): boolean {
  return !['released', 'host_refused', 'ended', 'completed', 'closed'].includes(status);
}

function wasServed({ status }: Pick<Assignment, 'status'>): boolean {
  return ['ended', 'completed', 'closed'].includes(status);
}
