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
import { newSession, type Open } from '../engine/session.ts';
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
  contact: HostContact | null;
  placements: { assignment: RawAssignment; key: string }[] | null;
  sharing: {
    knownUntil: string | null;
    contacts: NonNullable<NonNullable<Context['host']>['sharing']>['contacts'] | null;
  } | null;
  staff: Staff | null;
  codes: Loaded['ready']['codes'] | null;
  director: Loaded['ready']['director'];
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
      ? { ...(JSON.parse(unseal(key, c.session)) as KeptSession), lang: c.lang }
      : newSession(request.lang),
    context: {
      conversation: { id: c?.id ?? 0, channel: request.address.channel },
      person,
      member,
      windows: raw.windows ?? [],
      calls,
      assignments: (raw.assignments ?? []).map((row) => readAssignment(row, seals, 'member')),
      host: raw.contact && {
        contact: raw.contact,
        assignments: (raw.placements ?? []).map((row) => readAssignment(row, seals, 'host')),
        ...(raw.sharing?.contacts &&
          raw.sharing.contacts.length > 1 && {
            sharing: { contacts: raw.sharing.contacts, knownUntil: raw.sharing.knownUntil },
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
    ready: { codes: raw.codes ?? [], director: raw.director },
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

/** How long an unanswered proactive question can still be answered. */
export const openedFor = '60 days';

const over = `('released', 'closed', 'completed', 'host_refused')`;

// One row, whatever is known. The parts of the programme hang on the conversation's person.
const sql = `
WITH c AS (SELECT * FROM conversation WHERE account_id = $1 AND (address_index = ANY($2) OR alias_index = ANY($2)) ORDER BY id LIMIT 1)
SELECT
  EXISTS (SELECT 1 FROM seen WHERE account_id = $1 AND key = $3) AS seen,
  (SELECT jsonb_build_object('id', c.id, 'revision', c.revision, 'lang', c.lang, 'session', c.session, 'person_id', c.person_id,
     'last_inbound_at', c.last_inbound_at,
     'ticket', (SELECT t.code FROM ticket t WHERE t.conversation_id = c.id AND t.status IN ('open', 'assigned') LIMIT 1)) FROM c) AS conversation,
  (SELECT c.data_key FROM c) AS conversation_key,
  (SELECT p.data_key FROM c JOIN person p ON p.id = c.person_id) AS person_key,
  (SELECT jsonb_build_object('id', p.id, 'revision', p.revision, 'name', p.name, 'phone', p.phone, 'email', p.email, 'lang', p.lang,
     'zone', p.zone, 'optedOut', p.opted_out_at IS NOT NULL,
     'consents', coalesce((SELECT jsonb_object_agg(x.purpose, x.state) FROM (
        SELECT DISTINCT ON (purpose) purpose, state FROM consent WHERE person_id = p.id ORDER BY purpose, id DESC) x), '{}'))
   FROM c JOIN person p ON p.id = c.person_id) AS person,
  (SELECT jsonb_build_object('id', m.id, 'revision', m.revision, 'code', m.code, 'personId', m.person_id, 'status', m.status,
     'country', m.country, 'city', m.city, 'profession', m.profession, 'professionText', m.profession_text, 'specialty', m.specialty,
     'years', m.years, 'licensed', m.licensed, 'levels', m.levels, 'nationalityGroup', m.nationality_group, 'flags', m.flags)
   FROM c JOIN member m ON m.person_id = c.person_id) AS member,
  (SELECT jsonb_agg(jsonb_build_object('id', w.id, 'revision', w.revision, 'fromDay', w.from_day, 'toDay', w.to_day, 'minDays', w.min_days,
     'maxDays', w.max_days, 'flexibleDays', w.flexible_days, 'mode', w.mode, 'hoursPerWeek', w.hours_per_week, 'certainty', w.certainty,
     'noticeWeeks', w.notice_weeks, 'status', w.status) ORDER BY w.from_day)
   FROM c JOIN availability w ON w.person_id = c.person_id WHERE w.status IN ('open', 'held', 'used', 'stale')) AS windows,
  (SELECT jsonb_agg(jsonb_build_object('mission', mi.mission,
     'needs', (SELECT coalesce(jsonb_agg(n.need ORDER BY n.id), '[]') FROM need_json n WHERE n.mission_id = mi.id AND n.profession = m.profession AND n.status IN ('validated', 'published')),
     'application', (SELECT a.application FROM application_json a WHERE a.mission_id = mi.id AND a.person_id = c.person_id)))
   FROM c JOIN member m ON m.person_id = c.person_id JOIN mission_json mi ON mi.status IN ('call_open', 'selection')
     OR (mi.status IN ('confirmed', 'preparing', 'in_progress', 'cancelled', 'postponed') AND EXISTS (
       SELECT 1 FROM application a WHERE a.mission_id = mi.id AND a.person_id = c.person_id))) AS calls,
  (SELECT jsonb_agg(jsonb_build_object('assignment', a.assignment, 'key', a.data_key) ORDER BY a.id)
   FROM c JOIN assignment_json a ON a.person_id = c.person_id WHERE a.status NOT IN ${over}) AS assignments,
  (SELECT jsonb_build_object('id', h.id, 'revision', h.revision, 'personId', h.person_id, 'role', h.role,
     'hospital', jsonb_build_object('id', x.id, 'code', x.code, 'name', x.name, 'district', x.district))
   FROM c JOIN host_contact h ON h.person_id = c.person_id JOIN hospital x ON x.id = h.hospital_id
   WHERE h.to_day IS NULL ORDER BY h.id DESC LIMIT 1) AS contact,
  (SELECT jsonb_build_object('knownUntil', c.linked_at + interval '12 hours', 'contacts',
     (SELECT jsonb_agg(DISTINCT jsonb_build_object('personId', x.person_id, 'role', x.role)) FROM host_contact h
      JOIN host_contact x ON x.hospital_id = h.hospital_id AND x.to_day IS NULL
      JOIN consent k ON k.person_id = x.person_id AND k.conversation_id = c.id
      WHERE h.person_id = c.person_id AND h.to_day IS NULL)) FROM c WHERE c.person_id IS NOT NULL) AS sharing,
  (SELECT jsonb_agg(jsonb_build_object('assignment', a.assignment, 'key', a.data_key) ORDER BY a.id)
   FROM c JOIN host_contact h ON h.person_id = c.person_id AND h.to_day IS NULL
   JOIN assignment_json a ON a.hospital_id = h.hospital_id WHERE a.status NOT IN ${over}) AS placements,
  (SELECT jsonb_build_object('hospitalId', h.hospital_id, 'personId', h.person_id, 'elsewhere', p.preferred_id IS NOT NULL AND p.preferred_id <> c.id)
   FROM c JOIN host_contact me ON me.person_id = c.person_id AND me.to_day IS NULL
   JOIN host_contact h ON h.hospital_id = me.hospital_id AND h.to_day IS NULL AND h.role IN ('dg', 'deputy')
   JOIN person p ON p.id = h.person_id ORDER BY h.role = 'dg' DESC, h.id DESC LIMIT 1) AS director,
  (SELECT jsonb_build_object('id', s.id, 'revision', s.revision, 'personId', s.person_id, 'role', s.role, 'country', s.country)
   FROM c JOIN staff s ON s.person_id = c.person_id) AS staff,
  (SELECT jsonb_agg(jsonb_build_object('id', o.id, 'revision', o.revision, 'purpose', o.purpose, 'assignmentId', o.assignment_id,
     'expiresAt', o.expires_at, 'tries', o.tries, 'index', encode(o.code_index, 'hex')) ORDER BY o.id)
   FROM c JOIN one_time_code o ON o.person_id = c.person_id WHERE o.used_at IS NULL) AS codes,
  (SELECT jsonb_agg(jsonb_build_object('id', l.id, 'flow', l.opens->'flow', 'version', l.opens->'version', 'step', l.opens->'step',
     'data', l.opens->'data', 'at', coalesce(l.sent_at, l.created_at)) ORDER BY l.id)
   FROM (SELECT l.* FROM c JOIN ledger l ON l.conversation_id = c.id WHERE l.opens IS NOT NULL AND l.answered_at IS NULL
     AND l.state IN ('sending', 'unknown', 'sent', 'delivered', 'read') AND l.created_at > $5::timestamptz - interval '${openedFor}'
     ORDER BY l.id DESC LIMIT 10) l) AS opens,
  (SELECT l.id FROM ledger l JOIN c ON c.id = l.conversation_id WHERE l.provider_id = $4 AND l.opens IS NOT NULL LIMIT 1) AS about
`;
