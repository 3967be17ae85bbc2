import type { Done, Need, Refused } from '../engine/flow.ts';
import { hasAgreed, updatePerson } from './consent.ts';
import { type Fresh, freshCode, freshId, freshNeed } from './fresh.ts';
import type { Context, Deed, Member } from './model.ts';
import { workingDaysAfter } from './working-days.ts';
import { zoneOf } from './zones.ts';

/** Where the project looks first; people elsewhere may register too. */
export const projectCountries: readonly string[] = ['BE', 'DE', 'FR', 'GB', 'NL'];

/** Below this a coordinator looks first; no minimum has been agreed, so nobody is refused for it. */
export const fewYears = 2;

/** A registration is answered within so many working days. */
export const decisionDays = 10;

/** What the conversation collected; kept in the session until the summary is confirmed (rule 8). */
export type Registration = {
  readonly name?: string;
  readonly country?: string;
  readonly city?: string | null;
  readonly link?: 'rwandan' | 'dual' | 'origin' | 'other' | 'prefer_not';
  /** A code of the professions table. */
  readonly profession_code?: string;
  readonly profession_text?: string | null;
  readonly specialty?: string | null;
  readonly years?: number;
  readonly licensed?: 'yes' | 'no' | 'expired';
  readonly levels?: Member['levels'];
  readonly taken_part?: 'yes' | 'no';
  readonly taken_year?: number | null;
  readonly email?: string | null;
  readonly source?: string | null;
  readonly when?: 'dates' | 'not_yet' | 'online';
};

type Scope = {
  readonly answers: Registration;
  readonly context: Context;
  readonly found: { readonly fresh?: Fresh; readonly same?: number };
  readonly now: Date;
  readonly today: string;
};

/** `same` counts people with this phone, e-mail or name: a suspicion for a coordinator, never a merge. */
export function registrationNeeds({ answers, context }: Pick<Scope, 'answers' | 'context'>): readonly Need[] {
  const { name, email } = answers;
  return [
    freshNeed({ member: 1 }),
    {
      query: 'same',
      args: { phone: context.person?.phone ?? null, email: email ?? null, name: name ?? null },
    },
  ];
}

/**
 * The confirmed summary becomes a member in `submitted`. The answers get `code` and `decide_by` for the last message.
 * Refused with `no_consent` when the notice was never agreed to or taken back meanwhile, `registered` when there is
 * a member already, `unfinished` when a required answer is missing.
 */
export function submitRegistration({ answers, context, found, now, today }: Scope): Done | Refused {
  const { person } = context;
  if (!person || !hasAgreed(context)) return { ok: false, why: 'no_consent' };
  if (context.member) return { ok: false, why: 'registered' };
  const { name, country, link, profession_code: profession, years, licensed, levels } = answers;
  if (!name || !country || !link || !profession || years === undefined || !licensed || !levels) {
    return { ok: false, why: 'unfinished' };
  }
  const id = freshId(found.fresh, 'member');
  const code = freshCode(found.fresh, 'member');
  const flags = flagsOf(answers);
  const decideBy = workingDaysAfter(today, decisionDays);
  const member: Deed = {
    kind: 'insert',
    table: 'member',
    id,
    owner: person.id,
    row: {
      person_id: person.id,
      code,
      status: 'submitted',
      country,
      city: answers.city ?? null,
      profession,
      profession_text: profession === 'OTHER' ? (answers.profession_text ?? null) : null,
      specialty: answers.specialty ?? null,
      years,
      licensed,
      levels: { rw: levels.rw, fr: levels.fr, en: levels.en },
      nationality_group: link === 'origin' ? 'rwandan_origin_other_passport' : link,
      taken_part: takenPart(answers),
      source: answers.source ?? null,
      flags,
      submitted_at: now.toISOString(),
    },
  };
  const event: Deed = {
    kind: 'event',
    event: {
      name: 'member.submitted',
      subject: { kind: 'person', id: person.id },
      by: person.id,
      data: {
        member: id,
        code,
        profession,
        country,
        years,
        flags,
        decideBy,
        possibleDuplicates: others(found.same, person.phone),
      },
    },
  };
  const named = updatePerson(person, { name, email: answers.email ?? person.email, zone: zoneOf(country) });
  return { ok: true, deeds: [named, member, event], answers: { code, decide_by: decideBy } };
}

/** What a coordinator should look at; never a reason for the bot to refuse. */
export function flagsOf(answers: Registration): readonly string[] {
  const { country, link, years, licensed, levels, when } = answers;
  const silent = levels ? [levels.rw, levels.fr, levels.en].filter((level) => level === 0).length : 0;
  const found: readonly (readonly [string, boolean])[] = [
    ['outside_project_countries', country !== undefined && !projectCountries.includes(country)],
    ['other_link', link === 'other'],
    ['few_years', years !== undefined && years < fewYears],
    ['teaching_or_online', licensed === 'no' || licensed === 'expired'],
    ['two_languages_missing', silent >= 2],
    ['took_part_before', answers.taken_part === 'yes'],
    ['online_only', when === 'online'],
  ];
  return found.filter(([, applies]) => applies).map(([flag]) => flag);
}

/** The person's own row has the phone already, the name and the e-mail not yet. */
function others(same = 0, phone: string | null): number {
  return Math.max(0, phone === null ? same : same - 1);
}

function takenPart({ taken_part: said, taken_year: year }: Registration): string | null {
  if (said !== 'yes') return said ?? null;
  return year ? `yes ${year}` : 'yes';
}
