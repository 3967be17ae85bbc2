import type pg from 'pg';
import type { Retention } from '../app/retention.ts';

/** Rows of one transaction: few enough to hold no lock for long. */
const batch = 2_000;
const chatsAtOnce = 200;

/** Deletes and empties by age. Every batch is a transaction of its own, and takes what no other replica is at. */
export function openRetention(db: pg.Pool): Retention {
  return {
    strangers: (before) => untilNone(() => inTransaction(db, (client) => forgetChats(client, before))),
    async contents(before, now) {
      const empty = (table: 'turn' | 'ledger') =>
        untilNone(() => inTransaction(db, (client) => emptyNext(client, table, before, now)));
      return (await empty('turn')) + (await empty('ledger'));
    },
    seen: (before) =>
      untilNone(async () => {
        const { rowCount } = await db.query(
          'DELETE FROM seen WHERE ctid = ANY (ARRAY (SELECT ctid FROM seen WHERE at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED))',
          [before, batch],
        );
        return rowCount ?? 0;
      }),
    traces: async (before) => (await deleteOld(db, 'ledger', before)) + (await deleteOld(db, 'turn', before)),
  };
}

/**
 * A chat that nobody stands behind. The coordinators' own channel has never said a word, and staff are people. A ticket
 * that is still open stays, without the chat: a code and a reason, for whoever answers for it.
 */
async function forgetChats(client: pg.PoolClient, before: Date): Promise<number> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT c.id FROM conversation c WHERE c.person_id IS NULL AND c.last_inbound_at <= $1
       AND NOT EXISTS (SELECT 1 FROM ledger l WHERE l.conversation_id = c.id AND l.state IN ('sending', 'unknown'))
     LIMIT $2 FOR UPDATE OF c SKIP LOCKED`,
    [before, chatsAtOnce],
  );
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return 0;
  for (const text of [
    'DELETE FROM transition t USING ledger l WHERE l.id = t.ledger_id AND l.conversation_id = ANY ($1)',
    'DELETE FROM ledger WHERE conversation_id = ANY ($1)',
    'DELETE FROM turn WHERE conversation_id = ANY ($1)',
    "DELETE FROM ticket WHERE conversation_id = ANY ($1) AND status NOT IN ('open', 'assigned')",
    'DELETE FROM pace WHERE conversation_id = ANY ($1)',
    "DELETE FROM timer WHERE subject_kind = 'conversation' AND subject_id = ANY ($1)",
    'DELETE FROM conversation WHERE id = ANY ($1)',
  ])
    await client.query(text, [ids]);
  return ids.length;
}

/** What holds words, and since when. */
const contents = {
  turn: { since: 'at', empty: 'event = NULL', full: 'r.event IS NOT NULL' },
  ledger: { since: 'created_at', empty: 'message = NULL', full: 'r.message IS NOT NULL' },
} as const;

/**
 * Empties the next rows that are old enough. Ids grow with time, so the first row that is too young ends it; how far it
 * came is written down, or every day would read the whole year again. Answers how many rows it went over.
 */
async function emptyNext(
  client: pg.PoolClient,
  table: keyof typeof contents,
  before: Date,
  now: Date,
): Promise<number> {
  const { since, empty, full } = contents[table];
  await client.query('INSERT INTO forgotten (what, below) VALUES ($1, 0) ON CONFLICT DO NOTHING', [table]);
  const { rows: marks } = await client.query<{ below: string }>(
    'SELECT below FROM forgotten WHERE what = $1 FOR UPDATE',
    [table],
  );
  const { rows } = await client.query<{ first: string; last: string | null; count: number }>(
    `WITH ahead AS (SELECT id, ${since} AS since FROM ${table} WHERE id >= $1 ORDER BY id LIMIT $3)
     SELECT min(id) AS first, max(id) AS last, count(*)::int AS count FROM ahead
     WHERE id < coalesce((SELECT min(id) FROM ahead WHERE since >= $2), 9223372036854775807)`,
    [marks[0]?.below ?? '0', before, batch],
  );
  const old = rows[0];
  if (!old?.last) return 0;
  if (table === 'ledger') await client.query(giveUpSql, [old.first, old.last, now]);
  await client.query(`UPDATE ${table} r SET ${empty} WHERE r.id BETWEEN $1 AND $2 AND ${full}`, [
    old.first,
    old.last,
  ]);
  await client.query('UPDATE forgotten SET below = $2 WHERE what = $1', [table, BigInt(old.last) + 1n]);
  return old.count;
}

// A message that has not left in all that time never will, and has no words any more.
const giveUpSql = `
WITH late AS (
  UPDATE ledger SET state = CASE WHEN state IN ('queued', 'held') THEN 'cancelled' ELSE 'failed' END, reason = 'too_old', handled_at = $3
  WHERE id BETWEEN $1 AND $2 AND state IN ('queued', 'held', 'sending', 'unknown') RETURNING id, state)
INSERT INTO transition (ledger_id, at, state, detail) SELECT id, $3, state, 'too_old' FROM late`;

/** An unanswered question about an assignment that is still alive. */
const isLive = `r.opens IS NOT NULL AND r.answered_at IS NULL AND EXISTS (SELECT 1 FROM assignment a
  WHERE a.id = (r.opens#>>'{data,assignmentId}')::bigint AND a.status NOT IN ('released', 'host_refused', 'completed', 'closed'))`;

/** From the oldest row on, batch by batch, until one is too young. What has to stay is passed over. */
async function deleteOld(db: pg.Pool, table: 'turn' | 'ledger', before: Date): Promise<number> {
  const stays = table === 'ledger' ? isLive : 'false';
  let from = '0';
  let deleted = 0;
  for (;;) {
    const { rows } = await db.query<{ last: string | null; deleted: number }>(
      `WITH ahead AS (SELECT id, ${contents[table].since} AS since FROM ${table} WHERE id > $1 ORDER BY id LIMIT $3),
       old AS (SELECT id FROM ahead WHERE id < coalesce((SELECT min(id) FROM ahead WHERE since >= $2), 9223372036854775807)),
       gone AS (DELETE FROM ${table} r USING old WHERE r.id = old.id AND NOT (${stays}) RETURNING r.id),
       history AS (DELETE FROM transition t USING gone WHERE '${table}' = 'ledger' AND t.ledger_id = gone.id)
       SELECT (SELECT max(id) FROM old) AS last, (SELECT count(*)::int FROM gone) AS deleted`,
      [from, before, batch],
    );
    const row = rows[0];
    if (!row?.last) return deleted;
    from = row.last;
    deleted += row.deleted;
  }
}

async function untilNone(next: () => Promise<number>): Promise<number> {
  let total = 0;
  for (let count = await next(); count > 0; count = await next()) total += count;
  return total;
}

async function inTransaction<T>(db: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await db.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}
