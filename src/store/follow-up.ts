import type pg from 'pg';
import { type Ended, type FollowUps, type Next, noticeKey } from '../app/follow-up.ts';
import type { Address, ChannelName } from '../app/ports.ts';
import type { Seals } from './seal.ts';

/** `coordinators` is the address of their channel. */
export function openFollowUps(db: pg.Pool, seals: Seals, coordinators: Address): FollowUps {
  const index = seals.index(`address ${coordinators.channel}`, coordinators.address);
  return {
    async run(now, limit, decide) {
      const { rows: waiting } = await db.query({ name: 'unhandled', text: unhandledSql });
      if (waiting.length === 0) return 0;
      const client = await db.connect();
      try {
        await client.query('BEGIN');
        const { rows: posts } = await client.query<{ id: string }>(
          `SELECT c.id FROM conversation c JOIN account a ON a.id = c.account_id
           WHERE a.channel = $1 AND a.provider_id = $2 AND c.address_index = $3`,
          [coordinators.channel, coordinators.account, index],
        );
        const post = posts[0]?.id ?? null;
        const { rows } = await client.query<{ it: Ended }>(endedSql, [limit, post]);
        for (const { it } of rows)
          for (const next of decide(it)) await steps[next.do](client, it, next as never, now, post); // each step takes its own kind
        await client.query('UPDATE ledger SET handled_at = $2 WHERE id = ANY($1)', [
          rows.map(({ it }) => it.id),
          now,
        ]);
        await client.query('COMMIT');
        return rows.length;
      } catch (error) {
        await client.query('ROLLBACK').catch(() => {}); // the first error tells more
        throw error;
      } finally {
        client.release();
      }
    },
  };
}

/** What is said once is looked for and said one at a time, or two replicas would each find that nobody has. */
const onceLock = 1_128_352_846;

const unhandled = `handled_at IS NULL AND (state = 'failed' OR (state = 'held' AND reason = 'window_closed'))`;
/** Nearly always there is nothing: no transaction is opened to find that out. */
const unhandledSql = `SELECT 1 FROM ledger WHERE ${unhandled} LIMIT 1`;

const endedSql = `
SELECT jsonb_build_object('id', l.id, 'state', l.state, 'channel', a.channel, 'class', l.class, 'key', l.key, 'lang', l.lang,
  'reason', coalesce(l.reason, ''), 'form', l.form, 'attempts', l.attempts, 'internal', l.conversation_id IS NOT DISTINCT FROM $2::bigint,
  'elsewhere', (SELECT x.id FROM conversation x WHERE x.person_id = l.person_id AND x.id <> l.conversation_id AND x.blocked_at IS NULL
    AND x.data_key IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ledger f WHERE f.id = l.replaces AND f.conversation_id = x.id)
    ORDER BY x.last_inbound_at DESC NULLS LAST LIMIT 1),
  'code', coalesce((SELECT m.code FROM member m WHERE m.person_id = l.person_id),
    (SELECT h.code FROM host_contact y JOIN hospital h ON h.id = y.hospital_id WHERE y.person_id = l.person_id ORDER BY y.id DESC LIMIT 1))) AS it
FROM (SELECT * FROM ledger WHERE ${unhandled} ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED) l
JOIN conversation c ON c.id = l.conversation_id JOIN account a ON a.id = c.account_id`;

type Step<N> = (
  client: pg.PoolClient,
  ended: Ended,
  next: N,
  now: Date,
  post: string | null,
) => Promise<void>;
type Of<D extends Next['do']> = Extract<Next, { readonly do: D }>;

const steps: { readonly [D in Next['do']]: Step<Of<D>> } = {
  async again(client, { id }, { form, dueAt }, now) {
    await replaceRow(client, id, { form, dueAt, conversationId: null }, now);
  },
  async elsewhere(client, { id }, { conversationId }, now) {
    await replaceRow(client, id, { form: null, dueAt: now, conversationId }, now);
  },
  async block(client, { id }, _next, now) {
    await client.query(
      'UPDATE conversation c SET blocked_at = $2 FROM ledger l WHERE l.id = $1 AND c.id = l.conversation_id AND c.blocked_at IS NULL',
      [id, now],
    );
  },
  async notice(client, { id }, _next, now) {
    await client.query('SELECT pg_advisory_xact_lock($1)', [onceLock]);
    await client.query(
      `WITH made AS (
         INSERT INTO ledger (conversation_id, person_id, lane, class, key, lang, plain, state, due_at, created_at)
         SELECT c.id, l.person_id, l.lane, l.class, $2, l.lang, $3, 'queued', $4, $4
         FROM ledger l JOIN (SELECT id, last_inbound_at FROM conversation) c ON c.id = l.conversation_id
         WHERE l.id = $1 AND NOT EXISTS (SELECT 1 FROM ledger n WHERE n.conversation_id = l.conversation_id AND n.key = $2
           AND n.state NOT IN ('failed', 'cancelled') AND n.created_at >= coalesce(c.last_inbound_at, '-infinity')) RETURNING id)
       INSERT INTO transition (ledger_id, at, state) SELECT id, $4, 'queued' FROM made`,
      [id, noticeKey, { key: noticeKey, params: {} }, now],
    );
  },
  async tell(client, ended, { key, params }, now, post) {
    if (post === null) return;
    await client.query('SELECT pg_advisory_xact_lock($1)', [onceLock]);
    const urgent = ended.class === 'urgent';
    await client.query(
      `WITH made AS (
         INSERT INTO ledger (conversation_id, lane, class, key, lang, plain, state, due_at, created_at)
         SELECT c.id, $2, $3, $4, c.lang, $5, 'queued', $6, $6 FROM conversation c
         WHERE c.id = $1 AND NOT EXISTS (SELECT 1 FROM ledger t WHERE t.conversation_id = c.id AND t.key = $4 AND t.plain = $5
           AND t.created_at > $6::timestamptz - interval '1 day') RETURNING id)
       INSERT INTO transition (ledger_id, at, state) SELECT id, $6, 'queued' FROM made`,
      [post, urgent ? 'urgent' : 'proactive', urgent ? 'urgent' : 'service', key, { key, params }, now],
    );
  },
};

/** Tells the coordinators, once a day, that a provider does not take our account as it is set up. */
export async function tellMisconfigured(
  db: pg.Pool,
  seals: Seals,
  coordinators: Address,
  channel: ChannelName,
  now: Date,
): Promise<void> {
  const key = 'staff.misconfigured.text';
  await db.query(
    `WITH made AS (
       INSERT INTO ledger (conversation_id, lane, class, key, lang, plain, state, due_at, created_at)
       SELECT c.id, 'urgent', 'urgent', $4, c.lang, $5, 'queued', $6, $6 FROM conversation c JOIN account a ON a.id = c.account_id
       WHERE a.channel = $1 AND a.provider_id = $2 AND c.address_index = $3 AND pg_try_advisory_xact_lock(${onceLock})
         AND NOT EXISTS (SELECT 1 FROM ledger t WHERE t.conversation_id = c.id AND t.key = $4 AND t.plain = $5
           AND t.created_at > $6::timestamptz - interval '1 day') RETURNING id)
     INSERT INTO transition (ledger_id, at, state) SELECT id, $6, 'queued' FROM made`,
    [
      coordinators.channel,
      coordinators.account,
      seals.index(`address ${coordinators.channel}`, coordinators.address),
      key,
      { key, params: { channel } },
      now,
    ],
  );
}

/**
 * The same words in a new row, in place of one that failed; nothing when another has taken its place already.
 * Answers whether it was made.
 */
export async function replaceRow(
  client: Pick<pg.PoolClient, 'query'>,
  id: number,
  changed: {
    readonly form: 'template' | 'plain' | null;
    readonly dueAt: Date;
    /** Null: where it was meant to go. */
    readonly conversationId: number | null;
    /** Forgets how often it was tried: a person decided. */
    readonly anew?: boolean;
  },
  now: Date,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `WITH made AS (
       INSERT INTO ledger (conversation_id, turn_id, person_id, lane, class, key, lang, message, plain, opens, broadcast_id, form, attempts, state, due_at, created_at, replaces)
       SELECT coalesce($2, conversation_id), turn_id, person_id, lane, class, key, lang, message, plain, opens, broadcast_id, $3,
         CASE WHEN $4 THEN 0 ELSE attempts END, 'queued', $5, $6, id
       FROM ledger l WHERE id = $1 AND state = 'failed'
         AND (class = 'reply' OR NOT EXISTS (SELECT 1 FROM person p WHERE p.id = l.person_id AND p.opted_out_at IS NOT NULL))
       ON CONFLICT (replaces) DO NOTHING RETURNING id)
     INSERT INTO transition (ledger_id, at, state) SELECT id, $6, 'queued' FROM made`,
    [id, changed.conversationId, changed.form, changed.anew ?? false, changed.dueAt, now],
  );
  return rowCount === 1;
}

/** Lets go what waited for the window: a template may now say it. Answers how many. */
export async function releaseHeld(db: Pick<pg.Pool, 'query'>, now: Date): Promise<number> {
  const { rowCount } = await db.query(
    `WITH freed AS (
       UPDATE ledger SET state = 'queued', reason = NULL, handled_at = NULL, due_at = $1
       WHERE state = 'held' AND reason = 'window_closed' RETURNING id)
     INSERT INTO transition (ledger_id, at, state, detail) SELECT id, $1, 'queued', 'template approved' FROM freed`,
    [now],
  );
  return rowCount ?? 0;
}
