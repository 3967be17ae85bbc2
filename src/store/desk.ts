import type pg from 'pg';
import type { ClassOf } from '../app/commit.ts';
import { createDesk, type Desk } from '../app/desk/desk.ts';
import type {
  ApplicantRow,
  Broadcast,
  Coordinator,
  DeadLetter,
  DeskAssignment,
  DeskReads,
  MemberFile,
  MemberLine,
  Ticket,
} from '../app/desk/ports.ts';
import type { ChannelName, Clock } from '../app/ports.ts';
import type { Store } from '../app/store.ts';
import type { Fresh } from '../domain/fresh.ts';
import type { Application, Hospital, Member, Mission, Need, Person, Window } from '../domain/model.ts';
import type { Program } from '../engine/flow.ts';
import { deadLetterSql, type RawDeadLetter, sendAgain } from './dead-letters.ts';
import { countAudience, nameAudience, saveCall, stopRows } from './desk-audience.ts';
import { type RawAssignment, readAssignment } from './load.ts';
import { type Seals, unseal } from './seal.ts';

export type DeskConfig = {
  readonly db: pg.Pool;
  readonly seals: Seals;
  readonly store: Store;
  readonly program: Program;
  readonly classOf: ClassOf;
  readonly clock: Clock;
  readonly committed: () => void;
  /** Our account on each channel: staff are known by their Slack id in this workspace. */
  readonly accounts: Readonly<Record<ChannelName, string>>;
  /** The coordinators' channel in Slack, `C…`. */
  readonly channel: string;
};

/** The coordinators' desk over one pool. */
export function openDesk({ db, seals, accounts, channel, ...rest }: DeskConfig): Desk {
  return createDesk({ ...rest, reads: deskReads(db, seals, rest.store, accounts.slack, channel) });
}

/** How a sealed value travels: with the wrapped key that opens it, as jsonb writes it (`\x…`). */
type Sealed = { readonly key: string | null };

export function deskReads(
  db: pg.Pool,
  seals: Seals,
  store: Pick<Store, 'query'>,
  team: string,
  channel: string,
): DeskReads {
  const open = (key: string | null, value: string | null): string | null =>
    key === null || value === null ? null : unseal(seals.unwrap(Buffer.from(key.slice(2), 'hex')), value);
  const all = async <T>(text: string, values: readonly unknown[] = []): Promise<readonly T[]> => {
    const { rows } = await db.query<{ it: T }>(text, [...values]);
    return rows.map(({ it }) => it);
  };
  const one = async <T>(text: string, ...values: readonly unknown[]): Promise<T | null> =>
    (await all<T>(text, values))[0] ?? null;

  let known: Promise<number> | null = null;
  const account = () => {
    known ??= accountOf(db, team);
    known.catch(() => {
      known = null;
    });
    return known;
  };
  /** Where coordinators are told things; null until something has been said there. */
  const coordinators = async () => {
    const index = seals.index('address slack', channel);
    return one<number>(
      'SELECT id AS it FROM conversation WHERE account_id = $1 AND address_index = $2',
      await account(),
      index,
    ).then((id) => (id === null ? null : Number(id)));
  };

  const lineOf = ({ key, ...line }: MemberLine & Sealed): MemberLine => ({
    ...line,
    name: open(key, line.name),
  });
  const letterOf = ({ key_, ...letter }: RawDeadLetter): DeadLetter => ({
    ...letter,
    name: open(key_, letter.name),
  });
  const assignmentsWhere = async (
    where: string,
    ...values: readonly unknown[]
  ): Promise<readonly DeskAssignment[]> => {
    const rows = await all<RawDeskAssignment>(
      `SELECT jsonb_build_object('assignment', a.assignment, 'key', a.data_key, 'memberCode', m.code, 'country', m.country) AS it
       FROM assignment_json a JOIN member m ON m.person_id = a.person_id WHERE ${where}`,
      values,
    );
    return rows.map(({ memberCode, country, ...row }) => ({
      ...readAssignment(row, seals, 'staff'),
      memberCode,
      country,
    }));
  };

  return {
    async staff(slackUser) {
      const index = seals.index('address slack', slackUser);
      const row = await one<Coordinator & Sealed>(
        `SELECT jsonb_build_object('personId', p.id, 'role', s.role, 'country', s.country, 'name', p.name, 'key', p.data_key) AS it
         FROM conversation c JOIN staff s ON s.person_id = c.person_id JOIN person p ON p.id = s.person_id
         WHERE c.account_id = $1 AND c.address_index = $2`,
        await account(),
        index,
      );
      if (!row) return null;
      const { key, ...staff } = row;
      return { ...staff, name: open(key, staff.name) };
    },
    account,
    fresh: async (counts, now) => (await store.query({ query: 'fresh', args: counts }, now)).value as Fresh, // what that query answers

    hospitals: () =>
      all<Hospital>(`SELECT ${hospitalJson} AS it FROM hospital h WHERE h.status = 'active' ORDER BY h.name`),
    hospital: (code) => one<Hospital>(`SELECT ${hospitalJson} AS it FROM hospital h WHERE h.code = $1`, code),
    need: (code) => one<Need>('SELECT need AS it FROM need_json WHERE code = $1', code),
    needs: (statuses) =>
      all<Need>('SELECT need AS it FROM need_json WHERE status = ANY($1) ORDER BY id', [statuses]),
    missionNeeds: (id) =>
      all<Need>('SELECT need AS it FROM need_json WHERE mission_id = $1 ORDER BY id', [id]),
    mission: (code) => one<Mission>('SELECT mission AS it FROM mission_json WHERE code = $1', code),
    missionById: (id) => one<Mission>('SELECT mission AS it FROM mission_json WHERE id = $1', id),
    missions: () =>
      all(
        `SELECT jsonb_build_object('mission', m.mission,
           'posts', (SELECT coalesce(sum(n.posts), 0) FROM need n WHERE n.mission_id = m.id),
           'interested', (SELECT count(*) FROM application a WHERE a.mission_id = m.id AND a.status IN ('complete', 'late', 'shortlisted', 'waitlisted', 'expired'))) AS it
         FROM mission_json m WHERE m.status NOT IN ('closed', 'cancelled') ORDER BY m.id DESC LIMIT 30`,
      ),

    async member(code) {
      const row = await one<MemberFile & Sealed>(
        `SELECT jsonb_build_object('key', p.data_key,
           'person', jsonb_build_object('id', p.id, 'revision', p.revision, 'name', p.name, 'phone', NULL, 'email', NULL, 'lang', p.lang,
             'zone', p.zone, 'optedOut', p.opted_out_at IS NOT NULL,
             'consents', coalesce((SELECT jsonb_object_agg(x.purpose, x.state) FROM (
               SELECT DISTINCT ON (purpose) purpose, state FROM consent WHERE person_id = p.id ORDER BY purpose, id DESC) x), '{}')),
           'member', jsonb_build_object('id', m.id, 'revision', m.revision, 'code', m.code, 'personId', m.person_id, 'status', m.status,
             'country', m.country, 'city', NULL, 'profession', m.profession, 'professionText', NULL, 'specialty', NULL, 'years', m.years,
             'licensed', m.licensed, 'levels', m.levels, 'nationalityGroup', '', 'flags', m.flags),
           'windows', coalesce((SELECT jsonb_agg(jsonb_build_object('id', w.id, 'revision', w.revision, 'fromDay', w.from_day, 'toDay', w.to_day,
             'minDays', w.min_days, 'maxDays', w.max_days, 'flexibleDays', w.flexible_days, 'mode', w.mode, 'hoursPerWeek', w.hours_per_week,
             'certainty', w.certainty, 'noticeWeeks', w.notice_weeks, 'status', w.status) ORDER BY w.from_day)
             FROM availability w WHERE w.person_id = p.id AND w.status IN ('open', 'held', 'used', 'stale')), '[]')) AS it
         FROM member m JOIN person p ON p.id = m.person_id WHERE m.code = $1 AND m.status <> 'erased'`,
        code,
      );
      if (!row) return null;
      const person: Person = { ...row.person, name: open(row.key, row.person.name) };
      return {
        person,
        member: row.member satisfies Member,
        windows: row.windows satisfies readonly Window[],
      };
    },
    members: async (status) =>
      (
        await all<MemberLine & Sealed>(
          `SELECT ${lineJson} AS it FROM member m JOIN person p ON p.id = m.person_id WHERE m.status = $1 ORDER BY m.id LIMIT 30`,
          [status],
        )
      ).map(lineOf),

    async application(personId, missionId) {
      const found = await one<Application>(
        'SELECT application AS it FROM application_json WHERE person_id = $1 AND mission_id = $2',
        personId,
        missionId,
      );
      return found && { ...found, motivation: null };
    },
    async applicants(missionId) {
      const rows = await all<ApplicantRow & { readonly member: Sealed }>(
        `SELECT jsonb_build_object('application', a.application, 'missionCode', mi.code,
           'member', ${lineJson} || jsonb_build_object('levels', m.levels, 'licensed', m.licensed)) AS it
         FROM application_json a JOIN mission mi ON mi.id = a.mission_id JOIN member m ON m.person_id = a.person_id JOIN person p ON p.id = a.person_id
         WHERE ($1::bigint IS NULL OR a.mission_id = $1) AND mi.status NOT IN ('closed', 'cancelled')
           AND a.status NOT IN ('invited', 'interested', 'maybe', 'declined', 'withdrawn', 'not_selected') ORDER BY a.id LIMIT 200`,
        [missionId],
      );
      return rows.map(({ application, missionCode, member }) => {
        const { key, ...line } = member;
        return {
          application: { ...application, motivation: null },
          missionCode,
          member: { ...line, name: open(key, line.name) },
        };
      });
    },

    assignment: async (code) => (await assignmentsWhere('a.code = $1', code))[0] ?? null,
    assignments: () =>
      assignmentsWhere(
        `a.status NOT IN ('released', 'host_refused', 'ended', 'completed', 'closed') ORDER BY a.assignment->>'startsOn', a.id LIMIT 50`,
      ),
    assignmentsOf: (personId) => assignmentsWhere('a.person_id = $1 ORDER BY a.id', personId),

    ticket: async (code) => (await tickets(all, open, 't.code = $1', code))[0] ?? null,
    tickets: () =>
      tickets(all, open, `t.status IN ('open', 'assigned') ORDER BY t.reason <> 'psea', t.id LIMIT 30`),

    deadLetters: async (now) =>
      (
        await all<RawDeadLetter>(
          deadLetterSql(`l.created_at > $1::timestamptz - interval '30 days' ORDER BY l.id DESC LIMIT 100`),
          [now],
        )
      ).map(letterOf),
    async deadLetter(id) {
      const row = await one<RawDeadLetter>(deadLetterSql('l.id = $1'), id);
      return row && letterOf(row);
    },
    sendAgain: async (wanted, id) => sendAgain(db, seals, await coordinators(), wanted, id),

    broadcast: (code) => one<Broadcast>(`SELECT ${broadcastJson} AND b.code = $1`, code),
    broadcasts: (statuses) =>
      all<Broadcast>(`SELECT ${broadcastJson} AND b.status = ANY($1) ORDER BY b.id`, [statuses]),
    async progress(id) {
      const { rows } = await db.query<{ state: string; n: number }>(
        `SELECT CASE WHEN answered_at IS NOT NULL THEN 'answered' ELSE state END AS state, count(*)::int AS n FROM ledger l
         WHERE broadcast_id = $1 AND NOT EXISTS (SELECT 1 FROM ledger r WHERE r.replaces = l.id) GROUP BY 1`,
        [id],
      );
      return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
    },
    audience: (missionId) => countAudience(db, missionId),
    audienceNames: (missionId, limit) => nameAudience(db, seals, missionId, limit),
    saveCall: async (wanted, call) => saveCall(db, seals, await coordinators(), wanted, call),
    stopBroadcast: async (wanted, broadcast) => stopRows(db, seals, await coordinators(), wanted, broadcast),
  };
}

type RawDeskAssignment = {
  readonly assignment: RawAssignment;
  readonly key: string | null;
  readonly memberCode: string;
  readonly country: string;
};

const hospitalJson = `jsonb_build_object('id', h.id, 'code', h.code, 'name', h.name, 'district', h.district)`;
const lineJson = `jsonb_build_object('code', m.code, 'status', m.status, 'profession', m.profession, 'country', m.country, 'years', m.years,
  'flags', m.flags, 'name', p.name, 'key', p.data_key)`;
const broadcastJson = `jsonb_build_object('id', b.id, 'revision', b.revision, 'code', b.code, 'missionId', b.mission_id, 'missionCode', m.code,
  'status', b.status, 'createdBy', b.created_by, 'preview', b.preview) AS it FROM broadcast b JOIN mission m ON m.id = b.mission_id WHERE b.kind = 'call'`;

async function tickets(
  all: <T>(text: string, values?: readonly unknown[]) => Promise<readonly T[]>,
  open: (key: string | null, value: string | null) => string | null,
  where: string,
  ...values: readonly unknown[]
): Promise<readonly Ticket[]> {
  const rows = await all<Ticket & Sealed>(
    `SELECT jsonb_build_object('id', t.id, 'revision', t.revision, 'code', t.code, 'conversationId', t.conversation_id, 'personId', t.person_id,
       'reason', t.reason, 'status', t.status, 'flow', t.flow, 'openedAt', t.opened_at, 'name', p.name, 'key', p.data_key,
       'memberCode', m.code, 'country', m.country) AS it
     FROM ticket t LEFT JOIN person p ON p.id = t.person_id LEFT JOIN member m ON m.person_id = t.person_id WHERE ${where}`,
    values,
  );
  return rows.map(({ key, ...ticket }) => ({ ...ticket, name: open(key, ticket.name) }));
}

async function accountOf(db: pg.Pool, team: string): Promise<number> {
  await db.query(`INSERT INTO account (channel, provider_id) VALUES ('slack', $1) ON CONFLICT DO NOTHING`, [
    team,
  ]);
  const { rows } = await db.query<{ id: number }>(
    `SELECT id FROM account WHERE channel = 'slack' AND provider_id = $1`,
    [team],
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error(`no account for the workspace ${team}`);
  return id;
}
