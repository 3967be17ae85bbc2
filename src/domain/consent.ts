import type { Done, Need } from '../engine/flow.ts';
import type { Lang } from '../engine/message.ts';
import { planDraft } from './draft.ts';
import { type Fresh, freshId, freshNeed } from './fresh.ts';
import type { ConsentPurpose, Context, Deed, Person } from './model.ts';
import { zoneOf } from './zones.ts';

/** The version of the privacy notice in `hello`. A change of its meaning raises it, so that everybody is asked again. */
export const noticeVersion = 'notice-1';

/** What agreeing to the notice covers; mission calls are a question of their own. */
const noticePurposes = [
  'service_messages',
  'profile_processing',
] as const satisfies readonly ConsentPurpose[];

const releasedPurposes = [...noticePurposes, 'mission_calls'] as const;

type Scope = {
  readonly context: Context;
  readonly found: { readonly fresh?: Fresh };
  readonly now: Date;
  readonly lang: Lang;
};
type CallsScope = Scope & {
  readonly answers: { readonly calls?: 'yes' | 'no'; readonly person_id?: number };
};

/** Whether this person agreed to the notice and did not take it back. */
export function hasAgreed(context: Context): boolean {
  return context.person?.consents.profile_processing === 'given';
}

/** A person row only for who has none: somebody who once withdrew keeps theirs. */
export function consentNeeds({ context }: { context: Context }): readonly Need[] {
  return [freshNeed({ ...(context.person === null && { person: 1 }), consent: noticePurposes.length })];
}

/**
 * Agreeing to the notice: from here on there is a person (rule 1). The answer `person_id` carries the new
 * id to the steps of the same turn, whose context was loaded before it existed.
 */
export function giveConsent({ context, found, now, lang }: Scope): Done {
  const known = context.person;
  const id = known?.id ?? freshId(found.fresh, 'person');
  const person: readonly Deed[] = known
    ? [updatePerson(known, { lang })]
    : [
        {
          kind: 'insert',
          table: 'person',
          id,
          owner: id,
          row: { lang, zone: zoneOf(undefined), created_at: now.toISOString() },
        },
        { kind: 'link', personId: id },
      ];
  const consents = noticePurposes.map((purpose, n) =>
    consentRow(freshId(found.fresh, 'consent', n), id, purpose, 'given', { context, now, lang }),
  );
  const event: Deed = {
    kind: 'event',
    event: {
      name: 'person.consented',
      subject: { kind: 'person', id },
      by: id,
      data: { purposes: noticePurposes, textVersion: noticeVersion, lang },
    },
  };
  const draft = context.member ? [] : [planDraft(id, now.toISOString())];
  return { ok: true, deeds: [...person, ...consents, event, ...draft], answers: { person_id: id } };
}

/** Yes or no to mission calls, recorded either way: "no" blocks nothing and is not asked again at once. */
export function answerCalls({ answers, ...scope }: CallsScope): Done {
  const id = scope.context.person?.id ?? answers.person_id;
  if (id === undefined) throw new Error('mission calls were asked about before anybody agreed to the notice');
  return { ok: true, deeds: callsDeeds(id, answers.calls === 'yes' ? 'given' : 'refused', scope) };
}

export function callsNeeds(): readonly Need[] {
  return [freshNeed({ consent: 1 })];
}

/** No more mission calls; everything else goes on. */
export function withdrawCalls(scope: Scope): Done {
  const { person } = scope.context;
  return { ok: true, deeds: person ? callsDeeds(person.id, 'withdrawn', scope) : [] };
}

/** Somebody under 18 may not take part: what they agreed to ends, and the person goes as soon as it can. */
export function releaseMinor({
  answers,
  ...scope
}: Scope & { readonly answers: { readonly person_id?: number } }): Done {
  const id = scope.context.person?.id ?? answers.person_id;
  if (id === undefined) return { ok: true, deeds: [] };
  const consents = releasedPurposes.map((purpose, n) =>
    consentRow(freshId(scope.found.fresh, 'consent', n), id, purpose, 'withdrawn', scope),
  );
  const event: Deed = {
    kind: 'event',
    event: { name: 'person.too_young', subject: { kind: 'person', id }, by: id, data: {} },
  };
  return { ok: true, deeds: [...consents, event, { kind: 'erase', personId: id }] };
}

export function releaseNeeds(): readonly Need[] {
  return [freshNeed({ consent: releasedPurposes.length })];
}

/** A change of a person's row, guarded by the revision that was loaded. */
export function updatePerson(
  { id, revision }: Person,
  set: { readonly [column: string]: string | null },
): Deed {
  return { kind: 'update', table: 'person', id, revision, owner: id, set };
}

function callsDeeds(id: number, state: 'given' | 'refused' | 'withdrawn', scope: Scope): readonly Deed[] {
  return [
    consentRow(freshId(scope.found.fresh, 'consent'), id, 'mission_calls', state, scope),
    {
      kind: 'event',
      event: {
        name: state === 'given' ? 'person.calls_wanted' : 'person.calls_refused',
        subject: { kind: 'person', id },
        by: id,
        data: { state, textVersion: noticeVersion },
      },
    },
  ];
}

function consentRow(
  id: number,
  personId: number,
  purpose: ConsentPurpose,
  state: 'given' | 'refused' | 'withdrawn',
  { context, now, lang }: Pick<Scope, 'context' | 'now' | 'lang'>,
): Deed {
  return {
    kind: 'insert',
    table: 'consent',
    id,
    row: {
      person_id: personId,
      purpose,
      state,
      text_version: noticeVersion,
      lang,
      at: now.toISOString(),
      conversation_id: context.conversation.id,
    },
  };
}
