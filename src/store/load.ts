import type pg from 'pg';
import type { Address, ChannelName } from '../app/ports.ts';
import type { KeptSession, Loaded, LoadRequest } from '../app/store.ts';
import type {
  Application,
  Assignment,
  Call,
  Context,
  HostContact,
  Member,
  Mission,
  Need,
  Person,
  Staff,
  Window,
} from '../domain/model.ts';
import type { Lang } from '../engine/message.ts';
import { newSession, type Open, sessionFrom } from '../engine/session.ts';
import { type Seals, unseal } from './seal.ts';

/** One round trip: the conversation, its person, and the small part of the programme that flows may read. */
export async function load(
  db: pg.Pool,
  seals: Seals,
  accountId: number,
  request: LoadRequest,
): Promise<Loaded> {
  const { address, alias, key, repliesTo, now } = request;
  const addressIndex = seals.index(`address ${address.channel}`, address.address);
  const aliasIndex = alias === undefined ? null : seals.index(`address ${address.channel}`, alias);
  const names = aliasIndex ? [addressIndex, aliasIndex] : [addressIndex];
  const values = [accountId, names, key, repliesTo, now];
  const { rows } = await db.query<Raw>({ name: 'load', text: sql, values });
  const raw = rows[0];
  if (!raw) throw new Error('the load statement answers one row, always');
  return read(raw, seals, request, accountId, { addressIndex, aliasIndex });
}

/** The account, channel and address of a conversation, for loading it without an event. */
export async function addressOf(
  db: pg.Pool,
  seals: Seals,
  id: number,
): Promise<(Address & { readonly accountId: number; readonly lang: Lang }) | null> {
  const { rows } = await db.query<{
    account_id: number;
    channel: ChannelName;
    provider_id: string;
    address: string;
    data_key: Buffer | null;
    lang: Lang;
  }>({
    name: 'address',
    text: `SELECT c.account_id, a.channel, a.provider_id, c.address, c.data_key, c.lang
      FROM conversation c JOIN account a ON a.id = c.account_id WHERE c.id = $1`,
    values: [id],
  });
  const row = rows[0];
  if (!row?.data_key) return null;
  const address = unseal(seals.unwrap(row.data_key), row.address);
  return {
    channel: row.channel,
    account: row.provider_id,
    address,
    accountId: row.account_id,
    lang: row.lang,
  };
}

type Raw = {
  seen: boolean;
  conversation: {
    id: number;
    revision: number;
    lang: Lang;
    session: string;
    person_id: number | null;
    last_inbound_at: string | null;
    /** When it has to be asked again who is speaking, on a shared phone. */
    known_until: string | null;
    ticket: string | null;
  } | null;
  conversation_key: Buffer | null;
  person:
    | (Omit<Person, 'optedOut' | 'consents'> & { optedOut: boolean; consents: Person['consents'] })
    | null;
  person_key: Buffer | null;
  member: Member | null;
  windows: Window[] | null;
  calls: { mission: Mission; needs: Need[]; application: Application | null }[] | null;
  assignments: { assignment: RawAssignment; key: string }[] | null;
  host: {
    contact: HostContact;
    placements: { assignment: RawAssignment; key: string }[] | null;
    sharing: NonNullable<NonNullable<Context['host']>['sharing']>['contacts'] | null;
    director: Loaded['ready']['director'];
  } | null;
  staff: Staff | null;
  codes: Loaded['ready']['codes'] | null;
  opens: (Omit<Open, 'id' | 'at'> & { id: number; at: string })[] | null;
  about: number | null;
};

export type RawAssignment = Omit<Assignment, 'readiness' | 'travel' | 'memberName'> & {
  readonly readiness:
    | (Omit<NonNullable<Assignment['readiness']>, 'notes'> & { readonly notes: string | null })
    | null;
  readonly travel:
    | (Omit<NonNullable<Assignment['travel']>, 'legs' | 'pickup' | 'lodging'> & {
        readonly plan: string | null;
      })
    | null;
  readonly name: string | null;
};

function read(
  raw: Raw,
  seals: Seals,
  request: LoadRequest,
  accountId: number,
  { addressIndex, aliasIndex }: { readonly addressIndex: Buffer; readonly aliasIndex: Buffer | null },
): Loaded {
  const conversationKey = raw.conversation_key && seals.unwrap(raw.conversation_key);
  const personKey = raw.person_key && seals.unwrap(raw.person_key);
  const { conversation: c } = raw;
  const open = (value: string | null): string | null =>
    value === null || !personKey ? null : unseal(personKey, value);
  const person = raw.person && {
    ...raw.person,
    name: open(raw.person.name),
    phone: open(raw.person.phone),
    email: open(raw.person.email),
  };
  const member = raw.member && {
    ...raw.member,
    city: open(raw.member.city),
    specialty: open(raw.member.specialty),
    professionText: open(raw.member.professionText),
    nationalityGroup: open(raw.member.nationalityGroup) ?? '',
  };
  const calls: Call[] = (raw.calls ?? []).map(({ application, ...call }) => ({
    ...call,
    application: application && { ...application, motivation: open(application.motivation) },
  }));
  const fresh = conversationKey ? null : seals.newKey();
  const key = conversationKey ?? fresh?.key;
  if (!key) throw new Error('an address without a key was erased');
  return {
    seen: raw.seen,
    place: {
      id: c?.id ?? null,
      revision: c?.revision ?? 0,
      accountId,
      channel: request.address.channel,
      addressIndex,
      aliasIndex,
      address: request.address.address,
      key,
      ...(fresh && { wrappedKey: fresh.wrapped }),
    },
    personId: c?.person_id ?? null,
    lastInboundAt: c?.last_inbound_at ? new Date(c.last_inbound_at) : null,
    ticket: c?.ticket ?? null,
    session: c
      ? { ...(sessionFrom(unseal(key, c.session)) as KeptSession), lang: c.lang }
      : newSession(request.lang),
    context: {
      conversation: { id: c?.id ?? 0, channel: request.address.channel },
      person,
      member,
      windows: raw.windows ?? [],
      calls,
      assignments: (raw.assignments ?? []).map((row) => readAssignment(row, seals, 'member')),
      host: raw.host && {
        contact: raw.host.contact,
        assignments: (raw.host.placements ?? []).map((row) => readAssignment(row, seals, 'host')),
        ...(raw.host.sharing &&
          raw.host.sharing.length > 1 && {
            sharing: { contacts: raw.host.sharing, knownUntil: c?.known_until ?? null },
          }),
      },
      staff: raw.staff,
      codes: (raw.codes ?? []).map(({ index: _, purpose, ...code }) => ({
        ...code,
        purpose: purpose as Context['codes'][number]['purpose'],
      })), // written by our own commands
    },
    opens: (raw.opens ?? []).map((row) => ({ ...row, id: String(row.id), at: Date.parse(row.at) })),
    personKey,
    about: raw.about === null ? null : `o${raw.about}`,
    ready: { codes: raw.codes ?? [], director: raw.host?.director ?? null },
  };
}

/** From these states on the host knows who is coming; before, a profile without a name. */
const namedToHost = new Set([
  'agreed',
  'clearing',
  'ready_to_travel',
  'travelling',
  'arrived',
  'on_mission',
  'ended',
  'completed',
  'hold',
]);

export function readAssignment(
  { assignment, key }: { assignment: RawAssignment; key: string | null },
  seals: Seals,
  reader: 'member' | 'host' | 'staff',
): Assignment {
  const { name, readiness, travel, ...rest } = assignment;
  // jsonb writes bytea as \x…
  const dataKey = key === null ? null : seals.unwrap(Buffer.from(key.slice(2), 'hex'));
  const open = (value: string | null): string | null =>
    value === null || !dataKey ? null : unseal(dataKey, value);
  const plan = JSON.parse(open(travel?.plan ?? null) ?? '{}') as Partial<
    Pick<NonNullable<Assignment['travel']>, 'legs' | 'pickup' | 'lodging'>
  >;
  return {
    ...rest,
    memberName: reader !== 'host' || namedToHost.has(rest.status) ? open(name) : null,
    readiness: readiness && {
      ...readiness,
      notes: JSON.parse(open(readiness.notes) ?? '{}') as NonNullable<Assignment['readiness']>['notes'],
    },
    travel: travel && {
      id: travel.id,
      revision: travel.revision,
      assignmentId: travel.assignmentId,
      status: travel.status,
      departsAt: travel.departsAt,
      arrivesAt: travel.arrivesAt,
      dayBefore: travel.dayBefore,
      arrival: travel.arrival,
      legs: plan.legs ?? [],
      pickup: plan.pickup ?? null,
      lodging: plan.lodging ?? null,
    },
  };
}

/** How long an unanswered proactive question can still be answered. A reminder to go on, until the next word. */
export const openedFor = '60 days';

// One row, whatever is known. What few people have is read by functions of the database, which cost nothing to
// those who have none of it; the two names of an address are looked up one by one, each by its own index. The values
// hide in `given`: where PostgreSQL sees them it plans anew for each turn, which takes longer than the reading.
const sql = `
WITH given AS MATERIALIZED (SELECT $1::int AS account, $2::bytea[] AS names, $3::text AS key, $4::text AS about, $5::timestamptz AS now),
c AS MATERIALIZED (SELECT * FROM conversation WHERE id = (SELECT min(id) FROM (
  SELECT id FROM conversation WHERE account_id = (SELECT account FROM given) AND address_index = ANY ((SELECT names FROM given)::bytea[])
  UNION ALL SELECT id FROM conversation WHERE account_id = (SELECT account FROM given) AND alias_index = ANY ((SELECT names FROM given)::bytea[])) known))
SELECT
  EXISTS (SELECT 1 FROM seen WHERE account_id = (SELECT account FROM given) AND key = (SELECT key FROM given)) AS seen,
  CASE WHEN c.id IS NOT NULL THEN jsonb_build_object('id', c.id, 'revision', c.revision, 'lang', c.lang, 'session', c.session, 'person_id', c.person_id,
     'last_inbound_at', c.last_inbound_at, 'known_until', c.linked_at + interval '12 hours',
     'ticket', (SELECT t.code FROM ticket t WHERE t.conversation_id = c.id AND t.status IN ('open', 'assigned') LIMIT 1)) END AS conversation,
  c.data_key AS conversation_key, p.data_key AS person_key,
  CASE WHEN p.id IS NOT NULL THEN jsonb_build_object('id', p.id, 'revision', p.revision, 'name', p.name, 'phone', p.phone, 'email', p.email, 'lang', p.lang,
     'zone', p.zone, 'optedOut', p.opted_out_at IS NOT NULL,
     'consents', coalesce((SELECT jsonb_object_agg(k.purpose, k.state ORDER BY k.id) FROM consent k WHERE k.person_id = p.id), '{}')) END AS person,
  CASE WHEN m.id IS NOT NULL THEN jsonb_build_object('id', m.id, 'revision', m.revision, 'code', m.code, 'personId', m.person_id, 'status', m.status,
     'country', m.country, 'city', m.city, 'profession', m.profession, 'professionText', m.profession_text, 'specialty', m.specialty,
     'years', m.years, 'licensed', m.licensed, 'levels', m.levels, 'nationalityGroup', m.nationality_group, 'flags', m.flags) END AS member,
  (SELECT jsonb_agg(jsonb_build_object('id', w.id, 'revision', w.revision, 'fromDay', w.from_day, 'toDay', w.to_day, 'minDays', w.min_days,
     'maxDays', w.max_days, 'flexibleDays', w.flexible_days, 'mode', w.mode, 'hoursPerWeek', w.hours_per_week, 'certainty', w.certainty,
     'noticeWeeks', w.notice_weeks, 'status', w.status) ORDER BY w.from_day)
   FROM availability w WHERE w.person_id = c.person_id AND w.status IN ('open', 'held', 'used', 'stale')) AS windows,
  CASE WHEN m.id IS NOT NULL AND EXISTS (SELECT 1 FROM mission WHERE status IN ('call_open', 'selection', 'confirmed', 'preparing', 'in_progress', 'cancelled', 'postponed'))
    THEN calls_of(c.person_id) END AS calls,
  CASE WHEN EXISTS (SELECT 1 FROM assignment a WHERE a.person_id = c.person_id) THEN assignments_of(c.person_id) END AS assignments,
  CASE WHEN EXISTS (SELECT 1 FROM host_contact h WHERE h.person_id = c.person_id AND h.to_day IS NULL) THEN host_of(c.person_id, c.id) END AS host,
  (SELECT jsonb_build_object('id', s.id, 'revision', s.revision, 'personId', s.person_id, 'role', s.role, 'country', s.country)
   FROM staff s WHERE s.person_id = c.person_id) AS staff,
  (SELECT jsonb_agg(jsonb_build_object('id', o.id, 'revision', o.revision, 'purpose', o.purpose, 'assignmentId', o.assignment_id,
     'expiresAt', o.expires_at, 'tries', o.tries, 'index', encode(o.code_index, 'hex')) ORDER BY o.id)
   FROM one_time_code o WHERE o.person_id = c.person_id AND o.used_at IS NULL) AS codes,
  (SELECT jsonb_agg(jsonb_build_object('id', l.id, 'flow', l.opens->'flow', 'version', l.opens->'version', 'step', l.opens->'step',
     'data', l.opens->'data', 'at', coalesce(l.sent_at, l.created_at)) ORDER BY l.id)
   FROM (SELECT l.* FROM ledger l WHERE l.conversation_id = c.id AND l.opens IS NOT NULL AND l.answered_at IS NULL
     AND NOT (l.opens->>'flow' = 'resume' AND coalesce(l.sent_at, l.created_at) <= c.last_inbound_at)
     AND l.state IN ('sending', 'unknown', 'sent', 'delivered', 'read') AND l.created_at > (SELECT now FROM given) - interval '${openedFor}'
     ORDER BY l.id DESC LIMIT 10) l) AS opens,
  (SELECT l.id FROM ledger l WHERE l.conversation_id = c.id AND l.provider_id = (SELECT about FROM given) AND l.opens IS NOT NULL LIMIT 1) AS about
FROM (SELECT 1) one LEFT JOIN c ON true LEFT JOIN person p ON p.id = c.person_id LEFT JOIN member m ON m.person_id = c.person_id
`;
