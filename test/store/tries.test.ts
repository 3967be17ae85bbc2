import { expect, test, vi } from 'vitest';
import { changeOf } from '../../src/app/outcome.ts';
import type { Outcome } from '../../src/app/ports.ts';
import type { Change, Row } from '../../src/app/queue.ts';
import { tellMisconfigured } from '../../src/store/follow-up.ts';
import { openStore } from '../../src/store/store.ts';
import { loadRequest, testStore, turnOf } from '../support/store.ts';

const now = new Date('2027-03-01T09:00:00Z');
const day = 24 * 3_600_000;

/** One message, and a provider that always answers the same. */
async function trying() {
  const opened = await testStore();
  const { store, queue, db } = opened;
  await store.save(turnOf(await store.load(loadRequest('m1', now)), 'm1', now));
  let at = now;
  const attempt = async (outcome: Outcome): Promise<{ row: Row; change: Change }> => {
    await db.query('DELETE FROM budget'); // pauses are machine time, which is not waited for here
    const [row] = await queue.claim(at, 1);
    if (!row) throw new Error('it is due');
    const change = changeOf(outcome, row, at, () => 0.5);
    await queue.settle([{ row, change }], at);
    if (change.state === 'queued' && change.pauseMs)
      await vi.waitFor(async () => expect((await db.query('SELECT 1 FROM budget')).rowCount).toBe(1));
    if ('dueAt' in change) at = change.dueAt;
    return { row, change };
  };
  return { ...opened, attempt, later: (ms: number) => (at = new Date(at.getTime() + ms)) };
}

test('a refusal for speed is no try, and the next one waits longer', async () => {
  const { attempt } = await trying();
  const tooFast: Outcome = { kind: 'throttled', scope: 'account', retryAfterMs: null };
  const pauses = [];
  for (let i = 0; i < 4; i += 1) {
    const { row, change } = await attempt(tooFast);
    pauses.push([row.attempts, change.state === 'queued' && change.pauseMs]);
  }
  expect(pauses).toEqual([
    [1, 1000],
    [1, 2000],
    [1, 4000],
    [1, 8000],
  ]);
});

test('a refused account makes no dead letter within a day, and is silent meanwhile', async () => {
  const { attempt, queue, db, later } = await trying();
  const refused: Outcome = { kind: 'misconfigured', detail: 'http_401' };
  for (let i = 0; i < 20; i += 1) expect((await attempt(refused)).row.attempts).toBe(1);
  expect(
    (await db.query("SELECT 1 FROM budget WHERE next_at > clock_timestamp() + interval '4 minutes'"))
      .rowCount,
  ).toBe(1);
  expect(await queue.claim(new Date(now.getTime() + day), 10)).toEqual([]);
  later(day);
  expect((await attempt(refused)).change).toMatchObject({ state: 'failed' });
});

test('what could not be sent is tried for a day', async () => {
  const { attempt } = await trying();
  let change: Change | null = null;
  let tries = 0;
  let last = now;
  while (change === null || change.state === 'queued') {
    if (change) last = change.dueAt;
    change = (await attempt({ kind: 'not_sent', detail: 'ECONNREFUSED' })).change;
    tries += 1;
  }
  expect(change).toEqual({ state: 'failed', reason: `gave up after ${tries}: ECONNREFUSED` });
  expect(last.getTime() - now.getTime()).toBeGreaterThan(day);
  expect(last.getTime() - now.getTime()).toBeLessThan(day + 3_600_000);
});

test('what was held for days has its day from the first time it could not be sent, whatever nights come between', async () => {
  const { attempt, db, later } = await trying();
  const unsent: Outcome = { kind: 'not_sent', detail: 'ECONNREFUSED' };
  later(3 * day);
  await attempt(unsent);
  later(day / 2);
  expect((await attempt(unsent)).change.state).toBe('queued');
  await db.query(
    "INSERT INTO transition (ledger_id, at, state, detail) SELECT id, $1, 'held', 'quiet_hours' FROM ledger",
    [new Date(now.getTime() + 4 * day)],
  );
  later(day);
  expect((await attempt(unsent)).change.state).toBe('failed');
});

test('the coordinators are told once a day which account is refused', async () => {
  const { db, seals } = await testStore();
  const post = { channel: 'slack', account: 'T0TEST', address: 'C0COORDINATORS' } as const;
  const store = openStore(db, seals, post);
  await store.save(turnOf(await store.load(loadRequest('m1', now)), 'm1', now));
  for (const at of [now, now, new Date(now.getTime() + day + 1)])
    await tellMisconfigured(db, seals, post, 'telegram', at);
  const { rows } = await db.query("SELECT plain->'params' AS params FROM ledger WHERE class = 'urgent'");
  expect(rows).toEqual([{ params: { channel: 'telegram' } }, { params: { channel: 'telegram' } }]);
});
