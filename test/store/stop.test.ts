import { expect, test } from 'vitest';
import { holdOf } from '../../src/app/outcome.ts';
import type { Change, Row } from '../../src/app/queue.ts';
import type { Outgoing } from '../../src/app/store.ts';
import type { Deed } from '../../src/domain/model.ts';
import { openQueue } from '../../src/store/ledger.ts';
import { openStore } from '../../src/store/store.ts';
import { loadRequest, testStore, turnOf } from '../support/store.ts';

const now = new Date('2027-03-01T09:00:00Z');
const later = new Date('2027-03-01T09:10:00Z');
const post = { channel: 'slack', account: 'T0TEST', address: 'C0COORDINATORS' } as const;
const person: Deed = {
  kind: 'insert',
  table: 'person',
  id: 900,
  row: { name: 'Aline Uwase', lang: 'rw', zone: 'Europe/Berlin' },
};

/** Somebody on a mission, one message to them taken to be sent, and their STOP in that moment. */
async function stopped(message: Partial<Outgoing> = {}) {
  const opened = await testStore();
  const { db, seals } = opened;
  const store = openStore(db, seals, post);
  const queue = openQueue(db, seals, {}, [], post);
  await store.save(
    turnOf(await store.load(loadRequest('m1', now)), 'm1', now, {
      deeds: [person, { kind: 'link', personId: 900 }],
      messages: [],
    }),
  );
  await db.query(
    `INSERT INTO assignment (code, person_id, application_id, need_id, hospital_id, mission_id, starts_on, ends_on, scope, mode, status, offered_at, offer_ends_at, coordinator_id, gates)
     VALUES ('A-0087', 900, 1, 1, 1, 1, '2027-05-03', '2027-05-28', 'teaching_only', 'physical', 'ready_to_travel', $1, $1, 1, '{}')`,
    [now],
  );
  const key = message.key ?? 'itinerary.invite.text';
  const one: Outgoing = {
    lane: 'proactive',
    class: 'service',
    key,
    to: { kind: 'person', personId: 900 },
    plain: { key, params: {} },
    ...message,
  };
  await store.save(turnOf(await store.load(loadRequest('m2', now)), 'm2', now, { messages: [one] }));
  const [row] = await queue.claim(now, 1);
  if (!row) throw new Error('one message waits');
  const stop = async () => {
    const [{ revision = 0 } = {}] = (await db.query('SELECT revision FROM person WHERE id = 900')).rows;
    const set = { opted_out_at: now.toISOString() };
    const deeds: Deed[] = [{ kind: 'update', table: 'person', id: 900, revision, set }];
    await store.save(turnOf(await store.load(loadRequest('m3', now)), 'm3', now, { deeds, messages: [] }));
  };
  const fate = async () =>
    (await db.query('SELECT state, reason FROM ledger WHERE id = $1', [row.id])).rows[0] as {
      state: string;
      reason: string | null;
    };
  const phoned = async () =>
    (await db.query(`SELECT plain->'params' AS params FROM ledger WHERE key = 'staff.phone_them.text'`)).rows;
  return { ...opened, queue, row, stop, fate, phoned };
}

const back: readonly Change[] = [
  { state: 'queued', dueAt: later, detail: 'throttled' },
  { state: 'held', dueAt: later, reason: 'quiet_hours' },
];

test.each(back)(
  'a message on its way while its person says STOP does not come back ($state)',
  async (change) => {
    const { db, queue, row, stop, fate, phoned } = await stopped();
    await stop();
    expect(await fate(), 'it may have left already').toMatchObject({ state: 'sending' });
    await queue.settle([{ row, change }], now);
    expect(await fate()).toEqual({ state: 'cancelled', reason: 'opted_out' });
    expect(await queue.claim(later, 10).then((rows) => rows.filter(({ id }) => id === row.id))).toEqual([]);
    expect(await phoned()).toEqual([{ params: { code: 'A-0087', what: 'itinerary: invite' } }]);
    const { rows } = await db.query('SELECT state FROM transition WHERE ledger_id = $1 ORDER BY id', [
      row.id,
    ]);
    expect(rows.map(({ state }) => state)).toEqual(['queued', 'sending', 'queued', 'cancelled']);
  },
);

test('an unknown outcome that turns out as not sent is not sent after STOP', async () => {
  const { db, queue, row, stop, fate } = await stopped();
  await queue.settle([{ row, change: { state: 'unknown', detail: 'timeout' } }], now);
  await stop();
  await db.query("UPDATE ledger SET leased_until = clock_timestamp() - interval '1 second'");
  const [lost] = await queue.lost(now, 10);
  expect(lost?.id).toBe(row.id);
  if (lost)
    await queue.settle([{ row: lost, change: { state: 'queued', dueAt: now, detail: 'never had it' } }], now);
  expect(await fate()).toEqual({ state: 'cancelled', reason: 'opted_out' });
});

test('what slipped back into the queue beside the STOP is stopped when it is taken, or waits for its turn', async () => {
  const { db, queue, row, stop, fate, phoned } = await stopped();
  await queue.settle([{ row, change: { state: 'queued', dueAt: now, detail: 'refused' } }], now);
  const [again] = await queue.claim(now, 1);
  if (!again) throw new Error('it is due again');
  expect([again.silenced, await queue.silenced(again)]).toEqual([false, false]);
  await stop();
  expect(await queue.silenced(again)).toBe(true);
  await db.query("UPDATE ledger SET state = 'queued' WHERE id = $1", [row.id]);
  const taken = await queue.claim(now, 10);
  const change = taken.map((one: Row) => holdOf(one, now)).find((one) => one?.state === 'cancelled');
  expect(change).toEqual({ state: 'cancelled', reason: 'opted_out' });
  const mine = taken.find(({ id }) => id === row.id);
  if (!mine || !change) throw new Error('it is taken, and cancelled');
  await queue.settle([{ row: mine, change }], now);
  expect(await fate()).toEqual({ state: 'cancelled', reason: 'opted_out' });
  expect(await phoned()).toHaveLength(1);
});

test.each([
  ['a reply', { lane: 'reply', class: 'reply', key: 'common.help' }],
  ['a duty officer’s safety alert', { lane: 'urgent', class: 'urgent', key: 'safety_alert.text' }],
] as const)('%s passes', async (_, message) => {
  const { queue, row, stop, fate } = await stopped(message);
  await stop();
  await queue.settle([{ row, change: { state: 'queued', dueAt: later, detail: 'refused' } }], now);
  expect((await fate()).state).toBe('queued');
  expect((await queue.claim(later, 10)).find(({ id }) => id === row.id)).toMatchObject({ silenced: false });
});
