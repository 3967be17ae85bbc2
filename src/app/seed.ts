import { z } from 'zod';
import type { Deed } from '../domain/model.ts';
import { zoneOf } from '../domain/zones.ts';
import { languages } from '../engine/message.ts';
import type { Address, ChannelName, Clock } from './ports.ts';
import type { Store } from './store.ts';

/**
 * A programme to begin with: who coordinates, which contacts hospitals have or may become, which members are
 * known already. For stand-ins, demonstrations and tests; real people come through the conversations.
 * Hospitals are named as in the product's own list.
 */
export const seedDocument = z.strictObject({
  coordinators: z
    .array(
      z.strictObject({
        name: z.string().min(2),
        /** Slack user id. */
        address: z.string().min(2),
        role: z.enum(['coord_rw', 'coord_country', 'moh', 'duty', 'dpo', 'psea', 'admin']),
        country: z.string().length(2).optional(),
        locale: z.enum(languages).default('en'),
      }),
    )
    .default([]),
  invitations: z
    .array(
      z.strictObject({
        hospital: z.string(),
        role: z.enum(['focal', 'dg', 'deputy', 'supervisor', 'logistics']),
        /** What the contact types; kept as a keyed hash. */
        code: z.string().min(4).max(24),
        days: z.number().int().min(1).max(365).default(14),
      }),
    )
    .default([]),
  hosts: z
    .array(
      z.strictObject({
        hospital: z.string(),
        role: z.enum(['focal', 'dg', 'deputy', 'supervisor', 'logistics']),
        name: z.string().min(2),
        channel: z.enum(['whatsapp', 'telegram']),
        address: z.string().min(2),
        locale: z.enum(languages),
      }),
    )
    .default([]),
  members: z
    .array(
      z.strictObject({
        name: z.string().min(2),
        channel: z.enum(['whatsapp', 'telegram', 'slack']),
        address: z.string().min(2),
        locale: z.enum(languages),
        country: z.string().length(2),
        profession: z.string(),
        years: z.number().int().min(0).max(60),
        levels: z.strictObject({ rw: z.number(), fr: z.number(), en: z.number() }),
        licensed: z.enum(['yes', 'no', 'expired']).default('yes'),
        status: z.enum(['submitted', 'active']).default('active'),
        /** Consent to mission calls. */
        calls: z.boolean().default(true),
        window: z.strictObject({ from: z.iso.date(), to: z.iso.date() }).optional(),
      }),
    )
    .default([]),
});
export type SeedDocument = z.infer<typeof seedDocument>;

export type SeedStore = Store & {
  hospitalId(name: string): Promise<number | null>;
  invite(invitation: { hospitalId: number; role: string; code: string; expiresAt: Date }): Promise<void>;
};

type Deps = {
  readonly store: SeedStore;
  readonly clock: Clock;
  readonly accounts: Readonly<Record<ChannelName, string>>;
};

/** Answers how many of each were new. Throws with a sentence when a hospital is not known; people are added once. */
export async function seed(deps: Deps, document: SeedDocument): Promise<Record<string, number>> {
  const counts = { coordinators: 0, invitations: 0, hosts: 0, members: 0 };
  for (const { hospital, role, code, days } of document.invitations) {
    const expiresAt = new Date(deps.clock.now().getTime() + days * 86_400_000);
    await deps.store.invite({ hospitalId: await hospitalOf(deps, hospital), role, code, expiresAt });
    counts.invitations += 1;
  }
  for (const { name, address, role, country = null, locale } of document.coordinators) {
    counts.coordinators += await addPerson(
      deps,
      { channel: 'slack', address, name, locale, zone: 'Africa/Kigali' },
      ['staff'],
      (person, [id = 0]) => [
        { kind: 'insert', table: 'staff', id, row: { person_id: person, role, country } },
      ],
    );
  }
  for (const { hospital, role, name, channel, address, locale } of document.hosts) {
    const hospitalId = await hospitalOf(deps, hospital);
    const today = deps.clock.now().toISOString().slice(0, 10);
    counts.hosts += await addPerson(
      deps,
      { channel, address, name, locale, zone: 'Africa/Kigali' },
      ['host_contact'],
      (person, [id = 0]) => [
        {
          kind: 'insert',
          table: 'host_contact',
          id,
          row: { person_id: person, hospital_id: hospitalId, role, from_day: today },
        },
      ],
    );
  }
  for (const member of document.members) counts.members += await addMember(deps, member);
  return counts;
}

async function addMember(deps: Deps, member: SeedDocument['members'][number]): Promise<number> {
  const { name, channel, address, locale, country, window } = member;
  const tables = ['member', 'consent', 'consent', 'consent', 'availability'] as const;
  return addPerson(
    deps,
    { channel, address, name, locale, zone: zoneOf(country) },
    tables,
    (person, [id = 0, c1 = 0, c2 = 0, c3 = 0, w = 0], code) => {
      const consent = (row: number, purpose: string, given: boolean): Deed => ({
        kind: 'insert',
        table: 'consent',
        id: row,
        row: {
          person_id: person,
          purpose,
          state: given ? 'given' : 'refused',
          text_version: 'seed',
          lang: locale,
        },
      });
      const { profession, years, levels, licensed, status } = member;
      const row = {
        code,
        person_id: person,
        status,
        country,
        profession,
        years,
        licensed,
        levels,
        nationality_group: 'prefer_not',
        flags: [],
      };
      return [
        { kind: 'insert', table: 'member', id, owner: person, row },
        consent(c1, 'service_messages', true),
        consent(c2, 'profile_processing', true),
        consent(c3, 'mission_calls', member.calls),
        ...(window
          ? [
              {
                kind: 'insert',
                table: 'availability',
                id: w,
                row: {
                  person_id: person,
                  from_day: window.from,
                  to_day: window.to,
                  flexible_days: 0,
                  mode: 'either',
                  certainty: 'firm',
                  status: 'open',
                },
              } as const,
            ]
          : []),
      ];
    },
  );
}

type Someone = {
  readonly channel: ChannelName;
  readonly address: string;
  readonly name: string;
  readonly locale: 'rw' | 'fr' | 'en';
  readonly zone: string;
};

async function addPerson(
  { store, clock, accounts }: Deps,
  { channel, address: id, name, locale, zone }: Someone,
  tables: readonly string[],
  more: (person: number, ids: readonly number[], code: string) => readonly Deed[],
): Promise<number> {
  const now = clock.now();
  const address: Address = { channel, account: accounts[channel], address: id };
  const loaded = await store.load({ address, key: '', repliesTo: null, now, lang: locale });
  if (loaded.personId !== null) return 0;
  const counts: { [table: string]: number } = { person: 1 };
  for (const table of tables) counts[table] = (counts[table] ?? 0) + 1;
  const { value } = await store.query({ query: 'fresh', args: counts }, now);
  const fresh = value as {
    [table: string]: number[];
  } & { codes: { member?: string[] } };
  const person = fresh['person']?.[0] ?? 0;
  const ids = tables.map((table) => fresh[table]?.shift() ?? 0);
  const saved = await store.save({
    at: now,
    conversation: {
      place: loaded.place,
      personId: null,
      lang: locale,
      session: { ...loaded.session, lang: locale },
      lastInboundAt: null,
    },
    turn: { kind: 'seed', flow: null, version: null, stepBefore: null, stepAfter: null, trips: 2 },
    deeds: [
      { kind: 'insert', table: 'person', id: person, owner: person, row: { name, lang: locale, zone } },
      { kind: 'link', personId: person },
      ...more(person, ids, fresh.codes.member?.[0] ?? ''),
    ],
    messages: [],
    answered: [],
    keys: new Map(),
  });
  if (saved.kind !== 'saved') throw new Error(`${name} could not be added: ${saved.kind}`);
  return 1;
}

async function hospitalOf({ store }: Deps, name: string): Promise<number> {
  const id = await store.hospitalId(name);
  if (id === null) throw new Error(`no hospital is called "${name}"`);
  return id;
}
