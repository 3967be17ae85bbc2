import pg from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openBudgets } from '../../src/store/budgets.ts';
import { openQueue } from '../../src/store/ledger.ts';
import { loadRequest, somebody, testStore, turnOf } from '../support/store.ts';

const now = new Date('2027-03-01T09:00:00Z');

/** A second replica's connections. */
function anotherPool(url: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  pool.on('error', () => {}); // the database is dropped by force
  onTestFinished(() => pool.end());
  return pool;
}

/** The most that happened within any second. */
function mostInASecond(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  return Math.max(...sorted.map((from) => sorted.filter((at) => at >= from && at < from + 1000).length));
}

test('all replicas together stay below the rate in every second, and reach it', async () => {
  const { url, db } = await testStore();
  const replicas = [openBudgets(db), openBudgets(anotherPool(url))];
  const times: number[] = [];
  const began = performance.now();
  await Promise.all(
    Array.from({ length: 120 }, async (_, i) => {
      expect(await replicas[i % 2]?.turn(1, 50)).toBe(true);
      times.push(performance.now());
    }),
  );
  expect(mostInASecond(times)).toBeLessThanOrEqual(50);
  expect(performance.now() - began, '120 at 50 a second').toBeLessThan(5_000);
});

test('a refusal for speed silences the account for everybody, and no other account', async () => {
  const { url, db } = await testStore();
  const [one, other] = [openBudgets(db), openBudgets(anotherPool(url))];
  one.pause(1, 1_200);
  await vi.waitFor(async () =>
    expect((await db.query('SELECT 1 FROM budget WHERE account_id = 1')).rowCount).toBe(1),
  );
  const began = performance.now();
  expect(await other.turn(2, 50)).toBe(true);
  expect(performance.now() - began).toBeLessThan(900);
  expect(await other.turn(1, 50)).toBe(true);
  expect(performance.now() - began).toBeGreaterThan(1_000);
});

test('what would wait longer than its lease is given back, and its account is not asked for meanwhile', async () => {
  const { db, seals, store } = await testStore();
  const queue = openQueue(db, seals, { whatsapp: 80 });
  await store.save(turnOf(await store.load(loadRequest('m1', now)), 'm1', now));
  const [row] = await queue.claim(now, 10);
  if (!row) throw new Error('one row waits');
  await queue.settle(
    [
      {
        row,
        change: {
          state: 'queued',
          dueAt: new Date(now.getTime() + 60_000),
          detail: 'throttled',
          pauseMs: 60_000,
        },
      },
    ],
    now,
  );
  await vi.waitFor(async () => expect((await db.query('SELECT 1 FROM budget')).rowCount).toBe(1));
  expect(await queue.turn(row)).toBe(false);
  expect(await queue.claim(new Date(now.getTime() + 120_000), 10)).toEqual([]);
});

test('whoever waits for a turn is given back when the process ends', async () => {
  const { db } = await testStore();
  const budgets = openBudgets(db);
  budgets.pause(1, 10_000);
  await vi.waitFor(async () => expect((await db.query('SELECT 1 FROM budget')).rowCount).toBe(1));
  const began = performance.now();
  const waiting = [budgets.turn(1, 50), budgets.turn(1, 50)];
  setTimeout(() => budgets.stop(), 200);
  expect(await Promise.all(waiting)).toEqual([false, false]);
  expect(await budgets.turn(1, 50)).toBe(false);
  expect(performance.now() - began).toBeLessThan(2_000);
});

test('a row that has to wait silences nobody else', async () => {
  const { db, store, queue } = await testStore();
  await store.save(turnOf(await store.load(loadRequest('m1', now)), 'm1', now));
  const [row] = await queue.claim(now, 10);
  if (!row) throw new Error('one row waits');
  const dueAt = new Date(now.getTime() + 4 * 3_600_000);
  await queue.settle(
    [{ row, change: { state: 'held', dueAt, reason: 'over_quota:63018', counted: true } }],
    now,
  );
  expect((await db.query('SELECT state, attempts FROM ledger')).rows).toEqual([
    { state: 'held', attempts: 1 },
  ]);
  await store.save(turnOf(await store.load(loadRequest('m2', now)), 'm2', now));
  expect(await queue.claim(now, 10), 'the same address, the same account').toHaveLength(1);
  expect((await db.query('SELECT 1 FROM budget')).rowCount).toBe(0);
});

async function chat(paced: readonly ('whatsapp' | 'telegram' | 'slack')[], messages: number) {
  const { db, seals, store, url } = await testStore();
  const replicas = [openQueue(db, seals, {}, paced), openQueue(anotherPool(url), seals, {}, paced)];
  for (let i = 0; i < messages; i += 1)
    await store.save(turnOf(await store.load(loadRequest(`m${i}`, now)), `m${i}`, now));
  /** Takes and sends, by any replica, until nothing may leave; answers how many left. */
  const drain = async () => {
    for (let sent = 0; ; sent += 1) {
      const queue = replicas[sent % 2];
      const [row] = (await queue?.claim(now, 10)) ?? [];
      if (!row) return sent;
      await queue?.settle([{ row, change: { state: 'sent', providerId: `SM${row.id}` } }], now);
    }
  };
  return { db, store, drain };
}

test('a chat takes three messages at once, then one a second, over all replicas', async () => {
  const { drain, db } = await chat(['whatsapp'], 6);
  const began = performance.now();
  expect(await drain()).toBe(3);
  let sent = 3;
  await vi.waitFor(
    async () => {
      sent += await drain();
      expect(sent).toBe(6);
    },
    { timeout: 8_000, interval: 100 },
  );
  expect(performance.now() - began).toBeGreaterThan(2_500);
  expect((await db.query("SELECT count(*)::int AS n FROM ledger WHERE state = 'sent'")).rows).toEqual([
    { n: 6 },
  ]);
});

test('an urgent message does not wait for the pace, and other channels have none', async () => {
  const paced = await chat(['whatsapp'], 4);
  expect(await paced.drain()).toBe(3);
  const key = 'arrival.host.nobody.text';
  const urgent = { lane: 'urgent', class: 'urgent', key, plain: { key, params: {} } } as const;
  await paced.store.save(
    turnOf(await paced.store.load(loadRequest('u', now)), 'u', now, { messages: [urgent] }),
  );
  expect(await paced.drain()).toBe(1);
  const { rows } = await paced.db.query("SELECT lane FROM ledger WHERE state = 'queued'");
  expect(rows).toEqual([{ lane: 'reply' }]);

  const free = await chat(['telegram', 'slack'], 5);
  expect(somebody.channel).toBe('whatsapp');
  expect(await free.drain()).toBe(5);
});
