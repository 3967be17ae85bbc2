import type pg from 'pg';
import type { ChannelName } from '../app/ports.ts';
import type { Change, Queue, Row } from '../app/queue.ts';
import type { DataKey } from '../app/store.ts';
import type { Message } from '../engine/message.ts';
import { isUnder, type Seals, unseal } from './seal.ts';

/** Machine time a taken row may take before somebody else asks what became of it. */
const leaseSeconds = 25;
/** A send that may or may not have happened is looked at again after this. */
const resendSeconds = 5;
/** An unknown outcome holds up its address no longer than this (rule 15). */
const unknownSeconds = 120;

export function openQueue(db: pg.Pool, seals: Seals): Queue {
  return {
    claim: (now, limit) => claim(db, seals, now, limit),
    settle: (row, change, now) => settle(db, row, change, now),
    recover: (now) => recover(db, now),
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
      return row?.plan && row.data_key
        ? (JSON.parse(unseal(seals.unwrap(row.data_key), row.plan)) as { [key: string]: unknown })
        : {};
    },
  };
}

type Claimed = {
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
  channel: ChannelName;
  account: string;
  address: string;
  data_key: Buffer | null;
  last_inbound_at: Date | null;
  flow: string | null;
  zone: string | null;
  host: boolean;
};

async function claim(db: pg.Pool, seals: Seals, now: Date, limit: number): Promise<readonly Row[]> {
  const { rows } = await db.query<Claimed>({ name: 'claim', text: claimSql, values: [now, limit] });
  return rows.flatMap((row) => {
    // Without its key the address was erased: there is nobody to send to.
    if (!row.data_key) return [];
    const key = seals.unwrap(row.data_key);
    const busy = row.flow !== null && row.lane === 'proactive';
    return [
      {
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
        busySince: busy ? row.last_inbound_at : null,
        channel: row.channel,
      },
    ];
  });
}

/** What the row says: a reply under the conversation's key, a proactive message under our own, a broadcast's in the open. */
function wordsOf({ message, plain }: Claimed, key: DataKey, seals: Seals): Pick<Row, 'message' | 'plain'> {
  if (message === null) return { message: null, plain };
  if (!isUnder(seals.own, message))
    return { message: JSON.parse(unseal(key, message)) as Message, plain: null };
  return { message: null, plain: JSON.parse(unseal(seals.own, message)) as Row['plain'] };
}

// One row an address: the oldest of its most urgent lane, unless something of that address is on its way.
const claimSql = `
WITH due AS (
  SELECT DISTINCT ON (l.conversation_id) l.id
  FROM ledger l
  WHERE l.state IN ('queued', 'held') AND l.due_at <= $1
    AND NOT EXISTS (SELECT 1 FROM ledger b WHERE b.conversation_id = l.conversation_id AND b.state IN ('sending', 'unknown'))
  ORDER BY l.conversation_id, array_position(ARRAY['urgent', 'reply', 'proactive'], l.lane), l.id
),
taken AS (SELECT l.id FROM ledger l JOIN due USING (id) WHERE l.state IN ('queued', 'held') ORDER BY l.id LIMIT $2 FOR UPDATE OF l SKIP LOCKED),
moved AS (
  UPDATE ledger l SET state = 'sending', reason = NULL, attempts = attempts + 1, leased_until = clock_timestamp() + interval '${leaseSeconds} seconds'
  FROM taken WHERE l.id = taken.id RETURNING l.*
),
history AS (INSERT INTO transition (ledger_id, at, state) SELECT id, $1, 'sending' FROM moved)
SELECT m.id, m.conversation_id, m.lang, m.class, m.key, m.lane, m.attempts, m.message, m.plain, m.opens,
  a.channel, a.provider_id AS account, c.address, c.data_key, c.last_inbound_at, c.flow, p.zone,
  EXISTS (SELECT 1 FROM host_contact h WHERE h.person_id = p.id AND h.to_day IS NULL) AS host
FROM moved m JOIN conversation c ON c.id = m.conversation_id JOIN account a ON a.id = c.account_id LEFT JOIN person p ON p.id = c.person_id`;

async function settle(db: pg.Pool, row: Row, change: Change, now: Date): Promise<void> {
  const detail = 'detail' in change ? change.detail : 'reason' in change ? change.reason : null;
  await db.query({
    name: 'settle',
    // A receipt may have come before the answer to our own request: then the row is already further on.
    text: `
      WITH moved AS (
        UPDATE ledger SET provider_id = coalesce($4, provider_id),
          leased_until = CASE WHEN $2 = 'unknown' THEN clock_timestamp() + interval '${resendSeconds} seconds' END,
          state = CASE WHEN state IN ('sending', 'unknown') THEN $2 ELSE state END,
          reason = CASE WHEN state IN ('sending', 'unknown') THEN $5 ELSE reason END,
          due_at = coalesce($3, due_at),
          sent_at = CASE WHEN $2 = 'sent' THEN coalesce(sent_at, $6) ELSE sent_at END,
          attempts = CASE WHEN $2 = 'held' THEN attempts - 1 ELSE attempts END
        WHERE id = $1 RETURNING id)
      INSERT INTO transition (ledger_id, at, state, detail) SELECT id, $6, $2, $5 FROM moved`,
    values: [
      row.id,
      change.state,
      'dueAt' in change ? change.dueAt : null,
      'providerId' in change ? change.providerId : null,
      detail,
      now,
    ],
  });
}

/**
 * A row whose sender died is of unknown outcome. On Telegram, which cannot be asked, it is sent once more
 * (rule 17); elsewhere it stays unknown until a receipt or a person settles it, and stops holding up its
 * address after two minutes.
 */
async function recover(db: pg.Pool, now: Date): Promise<number> {
  const { rowCount } = await db.query({
    name: 'recover',
    text: `
      WITH lost AS (
        UPDATE ledger l SET leased_until = clock_timestamp() + interval '${unknownSeconds} seconds',
          state = CASE
            WHEN a.channel = 'telegram' AND l.reason IS DISTINCT FROM 'may_repeat' THEN 'queued'
            WHEN l.state = 'sending' THEN 'unknown'
            ELSE 'failed' END,
          reason = CASE WHEN a.channel = 'telegram' THEN 'may_repeat' ELSE 'outcome_unknown' END
        FROM conversation c JOIN account a ON a.id = c.account_id
        WHERE l.conversation_id = c.id AND l.state IN ('sending', 'unknown') AND l.leased_until < clock_timestamp() RETURNING l.id, l.state, l.reason)
      INSERT INTO transition (ledger_id, at, state, detail) SELECT id, $1, state, reason FROM lost`,
    values: [now],
  });
  return rowCount ?? 0;
}
