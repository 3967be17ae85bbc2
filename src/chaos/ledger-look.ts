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
