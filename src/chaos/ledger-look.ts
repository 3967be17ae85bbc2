import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';

/**
 * Looks at the states of WhatsApp's ledger rows again and again until it is over. Resolves with how many of them stood
 * further back at one look than at an earlier one. A supplement to the count from what the stand-ins know.
 */
export async function receiptsLookedAt(db: pg.Pool, isOver: () => boolean): Promise<number> {
  const furthest = new Map<string, number>();
  const back = new Set<string>();
  while (!isOver()) {
    await pause(1_000);
    try {
      const { rows } = await db.query<{ id: string; rank: number }>(
        `SELECT id, array_position(ARRAY['sent', 'delivered', 'read'], state) AS rank FROM ledger
         WHERE state IN ('sent', 'delivered', 'read')`,
      );
      for (const { id, rank } of rows) {
        if (rank < (furthest.get(id) ?? 0)) back.add(id);
        furthest.set(id, Math.max(rank, furthest.get(id) ?? 0));
      }
    } catch {
      // The database is away just now.
    }
  }
  return back.size;
}

/** Rows that should have left, or been settled, by now; what is held has a reason to be. */
export async function waiting(db: pg.Pool): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM ledger WHERE state IN ('queued', 'sending', 'unknown')",
  );
  return rows[0]?.n ?? 0;
}

/** Which texts they are, to whom: numbers of our own, nobody's words. */
export async function tellWaiting(db: pg.Pool, say: (line: string) => void): Promise<void> {
  const { rows } = await db.query<{ what: string }>(
    `SELECT concat_ws(' ', count(*), state, key, 'in conversation', conversation_id, 'due', min(due_at)::text) AS what
     FROM ledger WHERE state IN ('queued', 'sending', 'unknown') GROUP BY state, key, conversation_id ORDER BY count(*) DESC LIMIT 12`,
  );
  for (const { what } of rows) say(`still there: ${what}`);
}
