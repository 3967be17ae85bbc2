import type pg from 'pg';
import type { Address } from '../app/ports.ts';
import type { Queue } from '../app/queue.ts';
import type { Budgets } from './budgets.ts';
import type { Seals } from './seal.ts';

/** An unknown outcome holds up its address no longer than this from when the row was taken (rule 15). Machine time. */
export const blockSeconds = 120;
/** Whoever tried says that the call is over: then it counts as taken this long ago at least, as long as a call may last. */
const callSeconds = 25;
/** A send that may or may not have happened is asked about after this, and again every so often. */
const askSeconds = 5;

/**
 * SQL: the person has said STOP, and this row is nothing that they asked for. A duty officer's safety alert, the one
 * exception of rule 14, is known by its key.
 */
export const isSilenced = (row: string, person: string): string =>
  `(${person}.opted_out_at IS NOT NULL AND ${row}.class <> 'reply' AND ${row}.key NOT LIKE 'safety\\_alert.%')`;

/** Writes down what became of rows. `coordinators` hear by whom a message was not wanted any more. */
export function openSettle(
  db: pg.Pool,
  seals: Seals,
  budgets: Budgets,
  coordinators: Address | null,
): Queue['settle'] {
  const post = coordinators && [
    coordinators.channel,
    coordinators.account,
    seals.index(`address ${coordinators.channel}`, coordinators.address),
  ];
  return async (changes, now) => {
    const rows = changes.map(({ row, change }) => ({
      id: row.id,
      attempt: row.attempts,
      state: change.state,
      due_at: 'dueAt' in change ? change.dueAt.toISOString() : null,
      provider_id: 'providerId' in change ? change.providerId : null,
      detail: 'detail' in change ? change.detail : 'reason' in change ? change.reason : null,
      repeat: 'mayRepeat' in change,
      free:
        change.state === 'cancelled' ||
        (change.state === 'held' && !change.counted) ||
        (change.state === 'queued' && change.uncounted === true),
    }));
    await db.query({
      name: 'settle',
      text: settleSql,
      values: [JSON.stringify(rows), now, ...(post ?? [null, null, null])],
    });
    for (const { row, change } of changes) {
      if (change.state === 'queued' && change.pauseMs) budgets.pause(row.accountId, change.pauseMs);
    }
  };
}

// A receipt may have come before the answer to our own request: then the row is already further on, or there, and has
// the provider's id. An answer that
// comes late, when somebody else tries already, says nothing about that try; but what was sent was sent.
// STOP finds only what waits. What was on its way then, and comes back, is cancelled here, and told like the rest of it.
const settleSql = `
WITH x AS (
  SELECT g.id, g.attempt, g.due_at, g.provider_id, g.repeat, g.free,
    CASE WHEN o.id IS NULL THEN g.state ELSE 'cancelled' END AS state, CASE WHEN o.id IS NULL THEN g.detail ELSE 'opted_out' END AS detail
  FROM jsonb_to_recordset($1) AS g(id bigint, attempt int, state text, due_at timestamptz, provider_id text, detail text, repeat boolean, free boolean)
  LEFT JOIN ledger k ON k.id = g.id AND g.state IN ('queued', 'held') LEFT JOIN person o ON o.id = k.person_id AND ${isSilenced('k', 'o')}
),
moved AS (
  UPDATE ledger l SET provider_id = coalesce(x.provider_id, l.provider_id),
    leased_until = CASE WHEN x.state = 'unknown' THEN clock_timestamp() + interval '${askSeconds} seconds' END,
    blocks_until = CASE WHEN x.state = 'unknown' AND l.state = 'sending'
      THEN least(l.blocks_until, clock_timestamp() + interval '${blockSeconds - callSeconds} seconds') ELSE l.blocks_until END,
    state = CASE WHEN l.state IN ('sending', 'unknown') OR (l.state = 'queued' AND x.state = 'sent') THEN x.state ELSE l.state END,
    reason = CASE WHEN l.state NOT IN ('sending', 'unknown') THEN l.reason WHEN x.repeat THEN 'may_repeat'
      WHEN l.reason = 'may_repeat' AND x.state IN ('queued', 'sent', 'unknown') THEN l.reason ELSE x.detail END,
    due_at = coalesce(x.due_at, l.due_at),
    sent_at = CASE WHEN x.state = 'sent' THEN coalesce(l.sent_at, $2) ELSE l.sent_at END,
    attempts = CASE WHEN x.free THEN l.attempts - 1 ELSE l.attempts END
  FROM x WHERE l.id = x.id AND (l.attempts = x.attempt OR x.state = 'sent') AND NOT (l.state = 'sent' AND x.state = 'sent')
  RETURNING l.id, l.person_id, l.turn_id, l.class, l.key, x.state, x.detail, l.state = x.state AS applied
),
phoned AS (
  SELECT phone_instead(m.person_id, m.class, m.key, m.turn_id, (SELECT c.id FROM conversation c JOIN account a ON a.id = c.account_id
    WHERE a.channel = $3 AND a.provider_id = $4 AND c.address_index = $5), $2)
  FROM moved m WHERE m.applied AND m.state = 'cancelled' AND m.detail = 'opted_out'
),
history AS (
  SELECT id, state, detail, 1 AS step FROM moved WHERE applied
  -- Rule 16 knows no way from a send to cancelled but through the queue.
  UNION ALL SELECT id, 'queued', NULL, 0 FROM moved WHERE applied AND state = 'cancelled'
)
INSERT INTO transition (ledger_id, at, state, detail)
  SELECT id, $2, state, detail FROM history WHERE (SELECT count(*) FROM phoned) >= 0 ORDER BY id, step`;
