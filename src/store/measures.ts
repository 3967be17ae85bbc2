import type pg from 'pg';
import type { Standing } from '../app/ports.ts';
import { readMigrations } from './migrate.ts';

/**
 * What waits, in one statement over the partial indexes of what moves: its cost grows with what waits, never with
 * what was sent before. Rejects when the database cannot be reached.
 */
export async function readStanding(db: pg.Pool, now: Date): Promise<Standing> {
  const { rows } = await db.query<Line>({ name: 'standing', text: standingSql, values: [now] });
  const count = (what: string, label: string) =>
    rows.filter((row) => row.what === what && row.label === label).reduce((sum, { n }) => sum + Number(n), 0);
  const oldest = rows.find(({ what, label }) => what === 'ledger' && label === 'queued')?.oldest;
  const held = new Map<string, number>();
  for (const { label, reason, n } of rows) {
    if (label !== 'held') continue;
    const why = reasonLabel(reason);
    held.set(why, (held.get(why) ?? 0) + Number(n));
  }
  return {
    queued: count('ledger', 'queued'),
    sending: count('ledger', 'sending'),
    unknown: count('ledger', 'unknown'),
    held,
    oldestQueuedSeconds: oldest ? Math.max(0, (now.getTime() - oldest.getTime()) / 1000) : 0,
    tickets: { open: count('ticket', 'open'), assigned: count('ticket', 'assigned') },
    timersOverdue: count('timer', 'overdue'),
  };
}

/** Answers the names of the migrations that the database lacks; made once, asked often. */
export function migrationsMissing(db: pg.Pool): () => Promise<readonly string[]> {
  const wanted = readMigrations().migrationDirectories.map(({ path }) => path);
  return async () => {
    const { rows } = await db.query<{ name: string }>({
      name: 'migrated',
      text: 'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
    });
    const there = new Set(rows.map(({ name }) => name));
    return wanted.filter((name) => !there.has(name));
  };
}

type Line = {
  readonly what: 'ledger' | 'ticket' | 'timer';
  readonly label: string;
  readonly reason: string | null;
  readonly n: string;
  readonly oldest: Date | null;
};

// The oldest by when it was written, not by when it is due: every failed attempt moves that, and a provider that is
// down for hours would look like a short wait. Two parts for the ledger, one for each partial index. That there is a
// complaint about conduct is for its own focal points (C12), and no number on a page of operators.
export const standingSql = `
SELECT 'ledger' AS what, state AS label, CASE state WHEN 'held' THEN reason END AS reason, count(*) AS n, min(created_at) AS oldest
  FROM ledger WHERE state IN ('queued', 'held') GROUP BY 2, 3
UNION ALL SELECT 'ledger', state, NULL, count(*), NULL FROM ledger WHERE state IN ('sending', 'unknown') GROUP BY 2
UNION ALL SELECT 'ticket', status, NULL, count(*), NULL FROM ticket WHERE status IN ('open', 'assigned') AND reason <> 'psea' GROUP BY 2
UNION ALL SELECT 'timer', 'overdue', NULL, count(*), NULL FROM timer
  WHERE fired_at IS NULL AND due_at <= $1 AND (wait_until IS NULL OR wait_until <= $1)`;

/** Reasons to hold are words of ours; whatever else stands there is no label. */
function reasonLabel(reason: string | null): string {
  return reason !== null && /^[a-z_]{1,40}$/.test(reason) ? reason : 'other';
}
