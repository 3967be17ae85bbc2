import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Log } from '../app/ports.ts';
import { reachable } from './away.ts';

/** How long a holder may be silent before somebody else takes over: within 15 s (rule 29). Machine time. */
const leaseMs = 12_000;
const renewMs = 4_000;

type Lease = { stop(): Promise<void> };

/**
 * Runs something in exactly one replica at a time: `start` when this process gets the lease, `end` when it loses
 * it or stops. A holder that cannot reach the database ends by itself before anybody else may begin.
 */
export function holdLease(
  db: pg.Pool,
  name: string,
  { start, end, log }: { readonly start: () => void; readonly end: () => Promise<void>; readonly log: Log },
): Lease {
  const holder = randomUUID();
  let holding = false;
  let lastRenewed = 0;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const tick = async () => {
    try {
      const { rowCount } = await db.query({
        name: 'lease',
        text: `INSERT INTO lease AS l (name, holder, until) VALUES ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
          ON CONFLICT (name) DO UPDATE SET holder = $2, until = excluded.until WHERE l.holder = $2 OR l.until < clock_timestamp()`,
        values: [name, holder, leaseMs],
      });
      if (rowCount === 1) lastRenewed = performance.now();
      await become(rowCount === 1);
    } catch {
      // Out of reach of the database, nobody can tell us that another has begun: end before that can be.
      if (performance.now() - lastRenewed > leaseMs - renewMs) await become(false);
    }
    if (!stopped) timer = setTimeout(tick, renewMs);
  };
  const become = async (mine: boolean) => {
    if (mine === holding) return;
    holding = mine;
    log.info({ lease: name, holding }, holding ? 'lease taken' : 'lease lost');
    if (mine) start();
    else await end();
  };
  const first = tick();

  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await first;
      if (!holding) return;
      await become(false);
      await db.query('DELETE FROM lease WHERE name = $1 AND holder = $2', [name, holder]).catch(() => {});
    },
  };
}

/**
 * Does something unless another process is at it: then it answers null. Who dies in the middle, or takes longer, keeps the
 * others away for `forMs` of machine time at most, so what is done must bear being done twice at once.
 */
export async function unlessBusy<T>(
  db: pg.Pool,
  name: string,
  forMs: number,
  work: () => Promise<T>,
): Promise<T | null> {
  const holder = randomUUID();
  const { rowCount } = await reachable(() =>
    db.query({
      name: 'unless_busy',
      text: `INSERT INTO lease AS l (name, holder, until) VALUES ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
        ON CONFLICT (name) DO UPDATE SET holder = $2, until = excluded.until WHERE l.until < clock_timestamp()`,
      values: [name, holder, forMs],
    }),
  );
  if (rowCount !== 1) return null;
  try {
    return await work();
  } finally {
    // Left behind, it ends by itself.
    await db.query('DELETE FROM lease WHERE name = $1 AND holder = $2', [name, holder]).catch(() => {});
  }
}
