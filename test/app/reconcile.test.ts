import { expect, test } from 'vitest';
import type { Change, Queue, Row } from '../../src/app/queue.ts';
import { reconciler } from '../../src/app/reconcile.ts';
import { loadRequest, testStore, turnOf } from '../support/store.ts';

const now = new Date('2027-03-01T09:00:00Z');

/** What becomes of a Telegram row whose outcome is unknown for the n-th time. */
async function judged(attempts: number, random = 0.5): Promise<Change | undefined> {
  let change: Change | undefined;
  // The reconciler needs no more of a row that cannot be asked about, nor of a queue.
  const row = { id: 1, channel: 'telegram', attempts, mayRepeat: attempts > 1, times: attempts - 1 } as Row;
  const queue = {
    lost: async () => [row],
    settle: async (changes: Parameters<Queue['settle']>[0]) => {
      change = changes[0]?.change;
    },
  } as unknown as Queue;
  await reconciler({
    queue,
    program: {} as never,
    words: {} as never,
    lookUps: new Map(),
    clock: { now: () => now },
    log: { info() {}, warn() {}, error() {} },
    random: () => random,
  })();
  return change;
}

const waitOf = async (attempts: number, random?: number) => {
  const change = await judged(attempts, random);
  return change?.state === 'queued' ? (change.dueAt.getTime() - now.getTime()) / 1000 : null;
};

test('who cannot be asked gets it again soon, then ever later, for half an hour', async () => {
  const waits = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => waitOf(n)));
  expect(waits).toEqual([0, 14, 28, 56, 112, 224, 448, 896, null]);
  const total = waits.reduce<number>((sum, wait) => sum + (wait ?? 0), 0);
  expect(total / 60).toBeGreaterThan(25);
  expect(total / 60).toBeLessThan(35);
  expect([await waitOf(4, 0), await waitOf(4, 1)], 'not all at the same moment').toEqual([28, 84]);
  expect(await judged(9)).toEqual({ state: 'failed', reason: 'outcome unknown again and again' });
});

async function repeating() {
  const opened = await testStore();
  const { store, queue, db } = opened;
  await store.save(turnOf(await store.load(loadRequest('m1', now)), 'm1', now));
  const [first] = await queue.claim(now, 1);
  if (!first) throw new Error('one row waits');
  await queue.settle([{ row: first, change: { state: 'unknown', detail: '500' } }], now);
  const dueAt = new Date(now.getTime() + 224_000);
  const change: Change = {
    state: 'queued',
    dueAt,
    detail: 'outcome unknown, sent once more',
    mayRepeat: true,
  };
  await queue.settle([{ row: first, change }], now);
  const row = async () =>
    (await db.query('SELECT state, reason FROM ledger WHERE id = $1', [first.id])).rows[0];
  return { ...opened, row, dueAt };
}

test('a repeat says so until it comes to an end, and then the end is said', async () => {
  const { queue, row, dueAt } = await repeating();
  expect(await row()).toEqual({ state: 'queued', reason: 'may_repeat' });
  const [again] = await queue.claim(dueAt, 1);
  if (!again) throw new Error('it is due');
  expect(await row()).toEqual({ state: 'sending', reason: 'may_repeat' });
  await queue.settle([{ row: again, change: { state: 'failed', reason: 'blocked: 403 Forbidden' } }], dueAt);
  expect(await row()).toEqual({ state: 'failed', reason: 'blocked: 403 Forbidden' });
});

test('a message that waits to be repeated holds up its address for two minutes, not for half an hour', async () => {
  const { queue, store, db } = await repeating();
  await store.save(turnOf(await store.load(loadRequest('m2', now)), 'm2', now));
  expect(await queue.claim(now, 10)).toEqual([]);
  await db.query("UPDATE ledger SET blocks_until = clock_timestamp() - interval '1 second'");
  expect(await queue.claim(now, 10)).toHaveLength(1);
});

test('a call that is known to be over is not waited for; one whose process died is', async () => {
  const { store, queue, db } = await testStore();
  for (const key of ['m1', 'm2']) {
    const address = { ...loadRequest(key, now).address, address: key };
    await store.save(turnOf(await store.load(loadRequest(key, now, address)), key, now));
  }
  const [heard, died] = await queue.claim(now, 2);
  if (!heard || !died) throw new Error('two people wait');
  await queue.settle([{ row: heard, change: { state: 'unknown', detail: 'reset' } }], now);
  await db.query("UPDATE ledger SET leased_until = clock_timestamp() - interval '1 second'");
  const waited = new Map((await queue.lost(now, 10)).map(({ id, waitedMs }) => [id, waitedMs]));
  expect(waited.get(heard.id)).toBeGreaterThanOrEqual(25_000);
  expect(waited.get(heard.id)).toBeLessThan(35_000);
  expect(waited.get(died.id)).toBeLessThan(10_000);
});
