import { type Lang, languages } from '../engine/message.ts';
import type { MemberStatus, Mission, Need, Person } from './model.ts';

/** One person as the audience of a call is judged: no names, only what decides. */
export type Candidate = {
  readonly personId: number;
  readonly memberCode: string;
  readonly status: MemberStatus;
  readonly country: string;
  readonly profession: string;
  readonly lang: Lang;
  readonly optedOut: boolean;
  readonly calls: Person['consents']['mission_calls'];
  /** Of the preferred address, or the one last used; null when none can be reached. */
  readonly channel: 'whatsapp' | 'telegram' | 'slack' | null;
};

/** In the order in which they are asked: first whom the call is not about, then whom it may not reach. */
export const exclusions = [
  'twice',
  'not_on_roster',
  'other_country',
  'other_profession',
  'opted_out',
  'no_consent',
  'unreachable',
] as const;
export type Exclusion = (typeof exclusions)[number];

/** Every candidate ends on one side, with one reason: `counts.total` is the sum of all that follows. */
export type Audience = {
  readonly selected: readonly Candidate[];
  readonly excluded: readonly { readonly candidate: Candidate; readonly why: Exclusion }[];
  readonly counts: {
    readonly total: number;
    readonly selected: number;
    readonly byLang: Readonly<Record<Lang, number>>;
    readonly byChannel: Readonly<Record<string, number>>;
    readonly byCountry: Readonly<Record<string, number>>;
    readonly byExclusion: Readonly<Record<Exclusion, number>>;
  };
};

/** Whom a mission's call goes to: registered or active members who want calls, whose work and country it asks for. */
export function audienceOf(
  candidates: readonly Candidate[],
  mission: Pick<Mission, 'countries'>,
  needs: readonly Pick<Need, 'profession'>[],
): Audience {
  const seen = new Set<number>();
  const professions = new Set(needs.map(({ profession }) => profession));
  const selected: Candidate[] = [];
  const excluded: { candidate: Candidate; why: Exclusion }[] = [];
  for (const candidate of candidates) {
    const why = seen.has(candidate.personId) ? 'twice' : whyNot(candidate, mission.countries, professions);
    seen.add(candidate.personId);
    if (why) excluded.push({ candidate, why });
    else selected.push(candidate);
  }
  return {
    selected,
    excluded,
    counts: {
      total: candidates.length,
      selected: selected.length,
      byLang: { ...zero(languages), ...countBy(selected, ({ lang }) => lang) },
      byChannel: countBy(selected, ({ channel }) => channel ?? ''),
      byCountry: countBy(selected, ({ country }) => country),
      byExclusion: { ...zero(exclusions), ...countBy(excluded, ({ why }) => why) },
    },
  };
}

function whyNot(
  candidate: Candidate,
  countries: readonly string[],
  professions: ReadonlySet<string>,
): Exclusion | null {
  const { status, optedOut, calls, country, profession, channel } = candidate;
  if (status !== 'active' && status !== 'submitted') return 'not_on_roster';
  if (!countries.includes(country)) return 'other_country';
  if (!professions.has(profession)) return 'other_profession';
  if (optedOut) return 'opted_out';
  if (calls !== 'given') return 'no_consent';
  return channel === null ? 'unreachable' : null;
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1;
  return counts;
}

function zero<K extends string>(keys: readonly K[]): Record<K, number> {
  return Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>; // fromEntries forgets the keys
}
