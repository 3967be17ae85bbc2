import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';

/**
 * Rates of our accounts at the providers, shared by all replicas through PostgreSQL (promise 7): every send takes
 * the next place on its account's line of time, and waits for it. Places are a little wider apart than the rate
 * asks for, so that a process that stalled for a moment does not push two seconds' worth into one.
 */
export type Budgets = {
  /** Resolves when it is the caller's turn; at once without a rate. */
  turn(accountId: number, perSecond: number | undefined): Promise<void>;
  /** The provider asked for silence. */
  pause(accountId: number, ms: number): void;
};

/** Of the provider's rate; promise 7 asks for 97 %. */
const use = 0.985;
/** Places are taken together by callers that come within one tick. */
export function openBudgets(db: pg.Pool): Budgets {
  const queues = new Map<
    number,
    { waiting: ((at: number) => void)[]; failed: ((error: unknown) => void)[] }
  >();

  async function reserve(accountId: number, perSecond: number): Promise<void> {
    const queue = queues.get(accountId);
    if (!queue) return;
    queues.delete(accountId);
    const gapMs = 1000 / (perSecond * use);
    try {
      const { rows } = await db.query<{ wait_ms: number }>({
        name: 'reserve',
        text: `INSERT INTO budget AS b (account_id, next_at) VALUES ($1, clock_timestamp() + $2 * interval '1 millisecond')
          ON CONFLICT (account_id) DO UPDATE SET next_at = greatest(b.next_at, clock_timestamp()) + $2 * interval '1 millisecond'
          RETURNING extract(epoch FROM (next_at - $2 * interval '1 millisecond' - clock_timestamp()))::float8 * 1000 AS wait_ms`,
        values: [accountId, gapMs * queue.waiting.length],
      });
      const first = performance.now() + Math.max(0, rows[0]?.wait_ms ?? 0);
      queue.waiting.forEach((go, i) => go(first + i * gapMs));
    } catch (error) {
      for (const fail of queue.failed) fail(error);
    }
  }

  return {
    async turn(accountId, perSecond) {
      if (perSecond === undefined) return;
      const at = await new Promise<number>((go, fail) => {
        const queue = queues.get(accountId);
        if (queue) {
          queue.waiting.push(go);
          queue.failed.push(fail);
          return;
        }
        queues.set(accountId, { waiting: [go], failed: [fail] });
        setImmediate(() => void reserve(accountId, perSecond));
      });
      const wait = at - performance.now();
      if (wait > 0.5) await pause(wait);
    },
    pause(accountId, ms) {
      db.query(
        `INSERT INTO budget AS b (account_id, next_at) VALUES ($1, clock_timestamp() + $2 * interval '1 millisecond')
         ON CONFLICT (account_id) DO UPDATE SET next_at = greatest(b.next_at, excluded.next_at)`,
        [accountId, ms],
      ).catch(() => {}); // the row that was throttled waits anyway; this only spares the others a refusal
    },
  };
}
