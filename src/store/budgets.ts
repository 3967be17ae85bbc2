import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';

/**
 * Rates of our accounts at the providers, shared by all replicas through PostgreSQL (promise 7): every send takes
 * the next place on its account's line of time, and waits for it. Places are a little wider apart than the rate
 * asks for, so that a process that stalled for a moment does not push two seconds' worth into one.
 */
export type Budgets = {
  /**
   * Resolves when it is the caller's turn; at once without a rate. False, at once, when that is too far away. What was
   * known before a long wait may have changed: `still` is asked shortly before the turn, and its false gives that up.
   */
  turn(accountId: number, perSecond: number | undefined, still?: () => Promise<boolean>): Promise<boolean>;
  /** Nobody's turn comes any more: whoever waits hears at once that it is too far away. */
  stop(): void;
  /** The provider asked for silence. */
  pause(accountId: number, ms: number): void;
};

/** Well within the lease of a taken row, or another replica would take it for lost while it waits here. */
const longestWaitMs = 15_000;
/** Of the provider's rate; promise 7 asks for 97 %. */
const use = 0.99;
/** How late a place may be used: about what `use` leaves free in a second. */
const slackMs = 16;
/** A wait of more than this is a long one. */
const longWaitMs = 200;
/** So long before its turn a caller is asked whether it still wants it, so that the answer does not make it late. */
const aheadMs = 60;
/** Who missed a place asks for one this much later for each time, so that a slow answer costs no second one. */
const leadMs = 25;
/** A process that misses this many is too busy to send fast anyway. */
const mostMissed = 6;

type Caller = {
  readonly leadMs: number;
  readonly go: (at: number) => void;
  readonly fail: (error: unknown) => void;
};

export function openBudgets(db: pg.Pool): Budgets {
  /** Places are taken together by callers that come within one tick. */
  const callers = new Map<number, Caller[]>();
  const local = localTime(db);
  const stopped = new AbortController();
  setMaxListeners(0, stopped.signal); // as many as wait

  async function reserve(accountId: number, perSecond: number): Promise<void> {
    const together = callers.get(accountId) ?? [];
    callers.delete(accountId);
    const gapMs = 1000 / (perSecond * use);
    try {
      await local.ready();
      const { rows } = await db.query<{ place: number; server: number }>({
        name: 'reserve',
        text: `INSERT INTO budget AS b (account_id, next_at) VALUES ($1, clock_timestamp() + ($2::float8 + $3::float8) * interval '1 millisecond')
          ON CONFLICT (account_id) DO UPDATE
            SET next_at = greatest(b.next_at, clock_timestamp() + $3::float8 * interval '1 millisecond') + $2::float8 * interval '1 millisecond'
          RETURNING extract(epoch FROM next_at)::float8 * 1000 - $2::float8 AS place, extract(epoch FROM clock_timestamp())::float8 * 1000 AS server`,
        values: [accountId, gapMs * together.length, Math.max(...together.map((caller) => caller.leadMs))],
      });
      const [answer] = rows;
      if (!answer) throw new Error('a reservation answers one row, always');
      local.learn(answer.server);
      const first = local.of(answer.place);
      for (const [i, { go }] of together.entries()) go(first + i * gapMs);
    } catch (error) {
      for (const { fail } of together) fail(error);
    }
  }

  function place(accountId: number, perSecond: number, lead: number): Promise<number> {
    return new Promise((go, fail) => {
      const caller = { leadMs: lead, go, fail };
      const together = callers.get(accountId);
      if (together) {
        together.push(caller);
        return;
      }
      callers.set(accountId, [caller]);
      setImmediate(() => void reserve(accountId, perSecond));
    });
  }

  return {
    async turn(accountId, perSecond, still) {
      if (perSecond === undefined) return true;
      for (let missed = 0; ; missed += 1) {
        const at = await place(accountId, perSecond, missed * leadMs);
        let wait = at - performance.now();
        if (wait > longestWaitMs || stopped.signal.aborted) return false;
        if (still && wait > longWaitMs) {
          if (!(await waited(wait - aheadMs, stopped.signal)) || !(await still())) return false;
          wait = at - performance.now();
        }
        if (wait > 0.5 && !(await waited(wait, stopped.signal))) return false;
        // A process that stalled has missed its place: used now, it would come on top of the places of others.
        if (performance.now() - at <= slackMs || missed === mostMissed) return true;
      }
    },
    stop: () => stopped.abort(),
    pause(accountId, ms) {
      db.query(
        `INSERT INTO budget AS b (account_id, next_at) VALUES ($1, clock_timestamp() + $2::float8 * interval '1 millisecond')
         ON CONFLICT (account_id) DO UPDATE SET next_at = greatest(b.next_at, excluded.next_at)`,
        [accountId, ms],
      ).catch(() => {}); // the row that was throttled waits anyway; this only spares the others a refusal
    },
  };
}

/** False when it was cut short. */
function waited(ms: number, signal: AbortSignal): Promise<boolean> {
  return pause(ms, true, { signal }).catch(() => false);
}

/**
 * The server's time in this process's own: by the answer that came back fastest within the last minute, since a slow
 * one tells a time that has passed.
 */
function localTime(db: pg.Pool) {
  const windowMs = 30_000;
  let began = Number.NEGATIVE_INFINITY;
  let [current, previous] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const learn = (server: number) => {
    const now = performance.now();
    if (now - began > windowMs) {
      previous = now - began > 2 * windowMs ? Number.POSITIVE_INFINITY : current;
      current = Number.POSITIVE_INFINITY;
      began = now;
    }
    current = Math.min(current, now - server);
  };
  let asked: Promise<void> | null = null;
  const ask = async () => {
    for (let i = 0; i < 3; i += 1) {
      const { rows } = await db.query<{ server: number }>(
        'SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS server',
      );
      learn(rows[0]?.server ?? Number.NaN);
    }
  };
  return {
    learn,
    of: (server: number) => server + Math.min(current, previous),
    /** Before the first place, a few answers to choose from. */
    ready: () => {
      asked ??= ask();
      asked.catch(() => {
        asked = null;
      });
      return asked;
    },
  };
}
