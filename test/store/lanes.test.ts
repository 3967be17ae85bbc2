import { expect, test } from 'vitest';
import type { Outgoing } from '../../src/app/store.ts';
import { loadRequest, testStore, turnOf } from '../support/store.ts';

const now = new Date('2027-03-01T09:00:00Z');
const later = new Date(now.getTime() + 60_000);
const lanes = ['urgent', 'reply', 'proactive'] as const;
type Lane = (typeof lanes)[number];

async function ledger() {
  const { store, queue, db } = await testStore();
  let count = 0;
  const say = async (lane: Lane) => {
    count += 1;
    const key = 'common.help';
    const one: Outgoing = {
      lane,
      class: lane === 'reply' ? 'reply' : 'urgent',
      key,
      plain: { key, params: {} },
    };
    const id = `m${count}`;
    await store.save(turnOf(await store.load(loadRequest(id, now)), id, now, { messages: [one] }));
  };
  const take = async (at = now) => (await queue.claim(at, 10)).map(({ lane }) => lane);
  return { store, queue, db, say, take };
}

test.each(lanes)(
  'a %s row on its way holds up its own lane and lower ones, and no higher one',
  async (lane) => {
    const { say, take } = await ledger();
    await say(lane);
    expect(await take()).toEqual([lane]);
    for (const other of lanes) await say(other);
    const higher = lanes.slice(0, lanes.indexOf(lane));
    const taken: string[] = [];
    for (const _ of lanes) taken.push(...(await take()));
    expect(taken, 'one after the other would each hold up the next').toEqual(higher.slice(0, 1));
  },
);

test('an unknown outcome does the same, for two minutes', async () => {
  const { queue, db, say, take } = await ledger();
  await say('reply');
  const [row] = await queue.claim(now, 1);
  if (!row) throw new Error('one row waits');
  await queue.settle([{ row, change: { state: 'unknown', detail: 'timeout' } }], now);
  for (const lane of lanes) await say(lane);
  expect(await take()).toEqual(['urgent']);
  await db.query("UPDATE ledger SET state = 'sent' WHERE lane = 'urgent'");
  expect(await take(), 'the replies wait').toEqual([]);
  await db.query("UPDATE ledger SET blocks_until = clock_timestamp() - interval '1 second'");
  expect(await take()).toEqual(['reply']);
});

test('a row that waits for another try holds up its own lane and lower ones', async () => {
  const { queue, say, take } = await ledger();
  await say('reply');
  const [row] = await queue.claim(now, 1);
  if (!row) throw new Error('one row waits');
  await queue.settle([{ row, change: { state: 'queued', dueAt: later, detail: 'throttled' } }], now);
  for (const lane of lanes) await say(lane);
  expect(await take()).toEqual(['urgent']);
  expect(await take(later), 'while the urgent one is on its way').toEqual([]);
});
