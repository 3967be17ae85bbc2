import type pg from 'pg';
import type { LiveVersion } from '../app/live-versions.ts';
import { openedFor } from './load.ts';

/** Every version somebody is in, or would be in by answering a message that stands open at this moment. */
export async function readLiveVersions(db: pg.Pool, now: Date): Promise<readonly LiveVersion[]> {
  const { rows } = await db.query<{ name: string; sessions: number; messages: number }>(sql, [now]);
  return rows.map(({ name, sessions, messages }) => ({ ...split(name), sessions, messages }));
}

function split(name: string): { readonly flow: string; readonly version: number } {
  const at = name.lastIndexOf('@');
  return { flow: name.slice(0, at), version: Number(name.slice(at + 1)) };
}

// Both parts read a partial index of what is open, and nothing of a million people who are not talking.
const sql = `
SELECT name, sum(sessions)::int AS sessions, sum(messages)::int AS messages FROM (
  SELECT unnest(flows) AS name, 1 AS sessions, 0 AS messages FROM conversation WHERE flows <> '{}'
  UNION ALL
  SELECT (opens->>'flow') || '@' || (opens->>'version'), 0, 1 FROM ledger
    WHERE opens IS NOT NULL AND answered_at IS NULL AND state NOT IN ('failed', 'cancelled')
      AND created_at > $1::timestamptz - interval '${openedFor}'
) live GROUP BY name ORDER BY name`;
