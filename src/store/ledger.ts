import type pg from 'pg';
import type { ChannelName } from '../app/ports.ts';
import type { Change, Queue, Row } from '../app/queue.ts';
import type { DataKey } from '../app/store.ts';
import type { Message } from '../engine/message.ts';
import { reachable } from './away.ts';
import { type Budgets, openBudgets } from './budgets.ts';
import { isUnder, type Seals, unseal } from './seal.ts';

/** Machine time a taken row may take before somebody else asks what became of it; beyond every SDK's timeout. */
const leaseSeconds = 25;
/** A send that may or may not have happened is asked about after this, and again every so often. */
const askSeconds = 5;
/** An unknown outcome holds up its address no longer than this (rule 15). */
const blockSeconds = 120;

/**
 * The ledger as deliveries see it. `perSecond` is each channel's rate, `paced` the channels that want a pace in
 * every chat; a channel that is in neither is not held back.
 */
export function openQueue(
  db: pg.Pool,
  seals: Seals,
  perSecond: { readonly [channel in ChannelName]?: number } = {},
  paced: readonly ChannelName[] = [],
): Queue {
  const budgets: Budgets = openBudgets(db);
  return {
    claim: (now, limit) => reachable(() => take(db, seals, claimSql(limit), `claim_${limit}`, [now, paced])),
    lost: (now, limit) => reachable(() => take(db, seals, lostSql, 'lost', [now, limit])),
    turn: (row) => reachable(() => budgets.turn(row.accountId, perSecond[row.channel])),
    settle: (changes, now) => reachable(() => settle(db, budgets, changes, now)),
    known: (providerIds) =>
      reachable(async () => {
        const { rows } = await db.query<{ provider_id: string }>(
          'SELECT provider_id FROM ledger WHERE provider_id = ANY ($1)',
          [providerIds],
        );
        return new Set(rows.map(({ provider_id: id }) => id));
      }),
    async counts() {
      const { rows } = await db.query<{ held: number; retrying: number; unknown: number }>(
        `SELECT count(*) FILTER (WHERE state = 'held')::int AS held, count(*) FILTER (WHERE state = 'queued')::int AS retrying,
           count(*) FILTER (WHERE state = 'unknown')::int AS unknown FROM ledger WHERE state IN ('held', 'queued', 'unknown')`,
      );
      return { held: rows[0]?.held ?? 0, retrying: rows[0]?.retrying ?? 0, unknown: rows[0]?.unknown ?? 0 };
    },
    async personName(personId) {
      const { rows } = await db.query<{ name: string | null; data_key: Buffer | null }>(
        'SELECT name, data_key FROM person WHERE id = $1',
        [personId],
      );
      const row = rows[0];
      return row?.name && row.data_key ? unseal(seals.unwrap(row.data_key), row.name) : null;
    },
    async travelPlan(assignmentId) {
      const { rows } = await db.query<{ plan: string | null; data_key: Buffer | null }>(
        'SELECT t.plan, p.data_key FROM travel t JOIN assignment a ON a.id = t.assignment_id JOIN person p ON p.id = a.person_id WHERE a.id = $1',
        [assignmentId],
      );
      const row = rows[0];
      if (!row?.plan || !row.data_key) return {};
      return JSON.parse(unseal(seals.unwrap(row.data_key), row.plan)) as { [key: string]: unknown };
    },
  };
}

type Taken = {
  id: string;
  conversation_id: string;
  lang: Row['lang'];
  class: string;
  key: string;
  lane: string;
  attempts: number;
  message: string | null;
  plain: Row['plain'];
  opens: Row['opens'];
  form: Row['form'];
  may_repeat: boolean;
  was_held: boolean;
  opted_out: boolean;
  with_person: boolean;
  awaited: boolean;
  tried_at: Date;
  waited_ms: number;
  channel: ChannelName;
  account: string;
  account_id: number;
  address: string;
  data_key: Buffer;
  last_inbound_at: Date | null;
  flow: string | null;
  zone: string | null;
  host: boolean;
};

async function take(
  db: pg.Pool,
  seals: Seals,
  text: string,
  name: string,
  values: readonly unknown[],
): Promise<readonly Row[]> {
  const { rows } = await db.query<Taken>({ name, text, values: [...values] });
  return rows.map((row) => {
    const key = seals.unwrap(row.data_key);
    return {
      id: Number(row.id),
      conversationId: Number(row.conversation_id),
      to: { channel: row.channel, account: row.account, address: unseal(key, row.address) },
      lang: row.lang,
      class: row.class,
      key: row.key,
      lane: row.lane,
      attempts: row.attempts,
      ...wordsOf(row, key, seals),
      opens: row.opens,
      lastInboundAt: row.last_inbound_at,
      zone: row.zone,
      host: row.host,
      // Who answered the notice that something waits is not too busy to read it.
      busySince: row.flow !== null && row.lane === 'proactive' && !row.awaited ? row.last_inbound_at : null,
      channel: row.channel,
      accountId: row.account_id,
      form: row.form,
      triedAt: row.tried_at,
      waitedMs: row.waited_ms,
      mayRepeat: row.may_repeat,
      wasHeld: row.was_held,
      optedOut: row.opted_out,
      withPerson: row.with_person,
    };
  });
}

/** What the row says: a reply under the conversation's key, a proactive message under our own, a broadcast's in the open. */
function wordsOf({ message, plain }: Taken, key: DataKey, seals: Seals): Pick<Row, 'message' | 'plain'> {
  if (message === null) return { message: null, plain };
  if (!isUnder(seals.own, message))
    return { message: JSON.parse(unseal(key, message)) as Message, plain: null };
  return { message: null, plain: JSON.parse(unseal(seals.own, message)) as Row['plain'] };
}

/** What a row needs to be sent, after `moved` has taken it. An erased address has no key: there is nobody to send to. */
const shape = `
SELECT m.id, m.conversation_id, m.lang, m.class, m.key, m.lane, m.attempts, m.message, m.plain, m.opens, m.form, m.tried_at,
  coalesce(m.reason = 'may_repeat', false) AS may_repeat,
  extract(epoch FROM clock_timestamp() - m.blocks_until)::float8 * 1000 + ${blockSeconds * 1000} AS waited_ms,
  m.opens IS NOT NULL AND EXISTS (SELECT 1 FROM transition t WHERE t.ledger_id = m.id AND t.state = 'held') AS was_held,
  c.flow IS NOT NULL AND m.lane = 'proactive' AND EXISTS (
    SELECT 1 FROM transition t WHERE t.ledger_id = m.id AND t.state = 'held' AND t.detail = 'window_closed') AS awaited,
  a.id AS account_id, a.channel, a.provider_id AS account, c.address, c.data_key, c.last_inbound_at, c.flow, p.zone,
  p.opted_out_at IS NOT NULL AS opted_out,
  EXISTS (SELECT 1 FROM ticket k WHERE k.conversation_id = c.id AND k.status IN ('open', 'assigned') AND k.reason <> 'psea') AS with_person,
  EXISTS (SELECT 1 FROM host_contact h WHERE h.person_id = p.id AND h.to_day IS NULL) AS host
FROM moved m JOIN conversation c ON c.id = m.conversation_id AND c.data_key IS NOT NULL
JOIN account a ON a.id = c.account_id LEFT JOIN person p ON p.id = c.person_id`;

/** A chat gets one message a second, and up to this many at once after a pause (generic cell rate; machine time). */
const burst = 3;
/** Rows of an account whose next free place is further away are left alone: taken, they would outlive their lease. */
const farSeconds = 3;

// The most urgent lane first; of one address only its first row, and none while another is on its way. A row
// that waits for a retry goes before those behind it; one that is held blocks nobody (rule 15).
// With the limit written out and the time hidden in `given`, one plan serves every claim: to plan takes longer than to take.
const claimSql = (limit: number) => `
WITH given AS MATERIALIZED (SELECT $1::timestamptz AS now),
paused AS MATERIALIZED (SELECT account_id FROM budget WHERE next_at > clock_timestamp() + interval '${farSeconds} seconds'),
due AS (
  SELECT l.id FROM ledger l
  WHERE l.state IN ('queued', 'held') AND l.due_at <= (SELECT now FROM given)
    AND (l.lane = 'urgent' OR NOT EXISTS (SELECT 1 FROM pace p WHERE p.conversation_id = l.conversation_id
      AND p.next_at > clock_timestamp() + interval '${burst - 1} seconds'))
    AND (NOT EXISTS (SELECT 1 FROM paused) OR NOT EXISTS (SELECT 1 FROM conversation x JOIN paused ON paused.account_id = x.account_id
      WHERE x.id = l.conversation_id))
    AND NOT EXISTS (SELECT 1 FROM ledger b WHERE b.conversation_id = l.conversation_id AND b.id <> l.id
      AND b.state IN ('queued', 'held', 'sending', 'unknown') AND (
      (b.state = 'queued' AND (b.lane > l.lane OR (b.lane = l.lane AND b.id < l.id)))
      OR (b.state = 'held' AND b.due_at <= (SELECT now FROM given) AND (b.lane > l.lane OR (b.lane = l.lane AND b.id < l.id)))
      OR (b.lane >= l.lane AND (b.state = 'sending' OR (b.state = 'unknown' AND b.blocks_until > clock_timestamp())))))
  ORDER BY l.lane DESC, l.due_at, l.id LIMIT ${limit} FOR UPDATE OF l SKIP LOCKED
),
moved AS (
  UPDATE ledger l SET state = 'sending', attempts = attempts + 1, tried_at = $1, reason = CASE WHEN reason = 'may_repeat' THEN reason END,
    leased_until = clock_timestamp() + interval '${leaseSeconds} seconds', blocks_until = clock_timestamp() + interval '${blockSeconds} seconds'
  FROM due WHERE l.id = due.id RETURNING l.*
),
history AS (INSERT INTO transition (ledger_id, at, state) SELECT id, $1, 'sending' FROM moved),
pacing AS (
  INSERT INTO pace AS p (conversation_id, next_at)
    SELECT m.conversation_id, clock_timestamp() + interval '1 second' FROM moved m
    JOIN conversation x ON x.id = m.conversation_id JOIN account y ON y.id = x.account_id
    WHERE y.channel = ANY ($2::text[])
  ON CONFLICT (conversation_id) DO UPDATE SET next_at = greatest(p.next_at, clock_timestamp()) + interval '1 second')
${shape}`;

const lostSql = `
WITH due AS (
  SELECT id FROM ledger WHERE state IN ('sending', 'unknown') AND leased_until < clock_timestamp()
  ORDER BY leased_until LIMIT $2 FOR UPDATE SKIP LOCKED
),
moved AS (
  UPDATE ledger l SET state = 'unknown', leased_until = clock_timestamp() + interval '${leaseSeconds} seconds'
  FROM due, (SELECT $1::timestamptz) now WHERE l.id = due.id RETURNING l.*
)
${shape}`;

async function settle(
  db: pg.Pool,
  budgets: Budgets,
  changes: readonly { readonly row: Row; readonly change: Change }[],
  now: Date,
): Promise<void> {
  const rows = changes.map(({ row, change }) => ({
    id: row.id,
    attempt: row.attempts,
    state: change.state,
    due_at: 'dueAt' in change ? change.dueAt.toISOString() : null,
    provider_id: 'providerId' in change ? change.providerId : null,
    detail: 'detail' in change ? change.detail : 'reason' in change ? change.reason : null,
    repeat: 'mayRepeat' in change,
  }));
  await db.query({ name: 'settle', text: settleSql, values: [JSON.stringify(rows), now] });
  for (const { row, change } of changes) {
    if (change.state === 'queued' && change.detail === 'throttled')
      budgets.pause(row.accountId, change.dueAt.getTime() - now.getTime());
  }
}

// A receipt may have come before the answer to our own request: then the row is already further on. An answer that
// comes late, when somebody else tries already, says nothing about that try; but what was sent was sent.
const settleSql = `
WITH x AS (SELECT * FROM jsonb_to_recordset($1) AS x(id bigint, attempt int, state text, due_at timestamptz, provider_id text, detail text, repeat boolean)),
moved AS (
  UPDATE ledger l SET provider_id = coalesce(x.provider_id, l.provider_id),
    leased_until = CASE WHEN x.state = 'unknown' THEN clock_timestamp() + interval '${askSeconds} seconds' END,
    state = CASE WHEN l.state IN ('sending', 'unknown') OR (l.state = 'queued' AND x.state = 'sent') THEN x.state ELSE l.state END,
    reason = CASE WHEN l.state NOT IN ('sending', 'unknown') THEN l.reason WHEN x.repeat THEN 'may_repeat'
      WHEN l.reason = 'may_repeat' AND x.state <> 'failed' THEN l.reason ELSE x.detail END,
    due_at = coalesce(x.due_at, l.due_at),
    sent_at = CASE WHEN x.state = 'sent' THEN coalesce(l.sent_at, $2) ELSE l.sent_at END,
    attempts = CASE WHEN x.state IN ('held', 'cancelled') THEN l.attempts - 1 ELSE l.attempts END
  FROM x WHERE l.id = x.id AND (l.attempts = x.attempt OR x.state = 'sent') RETURNING l.id, x.state, x.detail, l.state = x.state AS applied)
INSERT INTO transition (ledger_id, at, state, detail) SELECT id, $2, state, detail FROM moved WHERE applied`;
