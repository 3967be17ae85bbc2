import type pg from 'pg';
import type { Silence } from '../app/silence.ts';
import { nudgeLapsesAfterHours, nudgeTimes } from '../domain/silence.ts';
import { reachable } from './away.ts';

/**
 * Conversations that stopped in the middle, found by their own columns: no turn writes a timer for it. Those that may
 * be reminded are few, however many people there are, and have a partial index (conversation_unfinished).
 */
export function openSilence(db: pg.Pool): Silence {
  return {
    due: (now, limit) =>
      reachable(async () => {
        const { rows } = await db.query<{ id: string; flow: string; left: number; since: Date }>({
          name: 'silent',
          text: dueSql,
          values: [now, JSON.stringify(nudgeTimes), limit],
        });
        return rows.map(({ id, flow, left, since }) => ({ conversation: Number(id), flow, left, since }));
      }),
    letGo: (now) =>
      reachable(async () => {
        const before = new Date(now.getTime() - nudgeLapsesAfterHours * 3_600_000);
        await db.query({
          name: 'let_go',
          text: 'UPDATE conversation SET nudges_left = 0 WHERE nudges_left > 0 AND last_inbound_at < $1',
          values: [before],
        });
      }),
  };
}

/** When the next reminder falls due after `now`. It may find that nobody is to be reminded any more. */
export async function nextNudge(db: pg.Pool, now: Date): Promise<Date | null> {
  const { rows } = await db.query<{ at: Date | null }>({
    name: 'next_nudge',
    text: `SELECT min(due) AS at FROM (${timesSql}) t WHERE due > $1`,
    values: [now, JSON.stringify(nudgeTimes)],
  });
  return rows[0]?.at ?? null;
}

// Every reminder that is still to come. The table is the domain's: $2.
const timesSql = `
SELECT c.id, c.flow, c.person_id, c.blocked_at, c.last_inbound_at, x.left, c.last_inbound_at + x.hours * interval '1 hour' AS due
FROM conversation c JOIN jsonb_to_recordset($2::jsonb) AS x(flow text, "left" int, hours int) ON x.flow = c.flow AND x.left <= c.nudges_left
WHERE c.nudges_left > 0`;

// Of two that are due the later, so that after a time away nobody is reminded twice. A person at work on a ticket, or
// a question of ours that came after their last word and waits for an answer, comes first.
const dueSql = `
SELECT t.id, t.flow, min(t.left) - 1 AS left, t.last_inbound_at AS since
FROM (${timesSql}) t LEFT JOIN person p ON p.id = t.person_id
WHERE t.due <= $1 AND t.blocked_at IS NULL AND p.opted_out_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM ticket k WHERE k.conversation_id = t.id AND k.status IN ('open', 'assigned'))
  AND NOT EXISTS (SELECT 1 FROM ledger l WHERE l.conversation_id = t.id AND l.opens IS NOT NULL AND l.answered_at IS NULL
    AND l.opens->>'flow' <> 'resume' AND l.created_at > t.last_inbound_at AND l.state NOT IN ('failed', 'cancelled'))
GROUP BY t.id, t.flow, t.last_inbound_at ORDER BY min(t.due), t.id LIMIT $3`;
