import type pg from 'pg';
import type { Clock } from '../app/ports.ts';
import { reachable } from './away.ts';

/** Programme time that can be moved forward (rule 21): machine time plus an offset kept in the database. */
export type MovableClock = Clock & {
  /** Reads the offset again: another replica may have moved it. */
  refresh(): Promise<void>;
  /** Forward only; answers the new time. Moving back is refused with a `RangeError`. */
  moveTo(to: Date): Promise<Date>;
};

export const realClock: Clock = { now: () => new Date() };

export async function openClock(db: pg.Pool): Promise<MovableClock> {
  let offsetMs = 0;
  const refresh = async () => {
    const { rows } = await reachable(() =>
      db.query<{ offset_ms: string }>('SELECT offset_ms FROM clock WHERE id = 1'),
    );
    offsetMs = Number(rows[0]?.offset_ms ?? 0);
  };
  await refresh();
  const now = () => new Date(Date.now() + offsetMs);
  return {
    now,
    refresh,
    async moveTo(to) {
      const ahead = to.getTime() - Date.now();
      if (to < now()) throw new RangeError('the clock only moves forward');
      const { rows } = await db.query<{ offset_ms: string }>(
        'UPDATE clock SET offset_ms = greatest(offset_ms, $1) WHERE id = 1 RETURNING offset_ms',
        [Math.round(ahead)],
      );
      offsetMs = Number(rows[0]?.offset_ms ?? offsetMs);
      return now();
    },
  };
}
