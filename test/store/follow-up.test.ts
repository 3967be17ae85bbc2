import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { type Ended, type Next, nextsOf } from '../../src/app/follow-up.ts';
import { reactionOf } from '../../src/channels/whatsapp/errors.ts';
import type { Deed } from '../../src/domain/model.ts';
import { openFollowUps } from '../../src/store/follow-up.ts';
import { openStore } from '../../src/store/store.ts';
import { loadRequest, somebody, testStore, turnOf } from '../support/store.ts';

const now = new Date('2027-03-01T09:00:00Z');
const post = { channel: 'slack', account: 'T0TEST', address: 'C0COORDINATORS' } as const;
const judge = (ended: Ended) => nextsOf(ended, (_, code) => reactionOf(code), now);

const person: Deed = {
  kind: 'insert',
  table: 'person',
  id: 900,
  row: { name: 'Aline Uwase', lang: 'rw', zone: 'Europe/Berlin' },
};
const key = 'offer.ended.text';
const proactive = {
  lane: 'proactive',
  class: 'service',
  key,
  to: { kind: 'person', personId: 900 },
  plain: { key, params: { code: 'A-0087' } },
} as const;

/** A person, coordinators to tell, and messages to the person that were sent and then failed with these codes. */
async function failing(codes: readonly string[]) {
  const opened = await testStore();
  const { db, seals, queue, url } = opened;
  const store = openStore(db, seals, post);
  const first = await store.load(loadRequest('m1', now));
  await store.save(
    turnOf(first, 'm1', now, { deeds: [person, { kind: 'link', personId: 900 }], messages: [] }),
  );
  const messages = codes.map(() => proactive);
  await store.save(turnOf(await store.load(loadRequest('m2', now)), 'm2', now, { messages }));
  for (const [i, code] of codes.entries()) {
    const [row] = await queue.claim(now, 1);
    if (!row) throw new Error('one row for each code');
    await queue.settle([{ row, change: { state: 'sent', providerId: `SM${i}` } }], now);
    await store.receipt(somebody, `r${i}`, { providerId: `SM${i}`, state: 'failed', code }, now);
  }
  const followUps = openFollowUps(db, seals, post);
  const rows = async (where = 'true') =>
    (
      await db.query(
        `SELECT id::int, replaces::int, state, form, attempts, plain->>'key' AS told, conversation_id::int FROM ledger WHERE ${where} ORDER BY id`,
      )
    ).rows as {
      id: number;
      replaces: number | null;
      state: string;
      form: string | null;
      told: string | null;
      conversation_id: number;
    }[];
  return { ...opened, store, followUps, rows, url };
}

test('two replicas that look at once make one replacement for each failure', async () => {
  const { seals, followUps, rows, url } = await failing(['63016', '63021', '63009']);
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  pool.on('error', () => {}); // the database is dropped by force
  onTestFinished(() => pool.end());
  const other = openFollowUps(pool, seals, post);
  for (let again = 0; again < 2; again += 1)
    await Promise.all([1, 2, 3, 4].map((i) => (i % 2 ? followUps : other).run(now, 2, judge)));
  const replacing = await rows('replaces IS NOT NULL');
  expect(replacing.map(({ form, state }) => [form, state])).toEqual([
    ['template', 'queued'],
    ['plain', 'queued'],
    [null, 'queued'],
  ]);
  expect(await followUps.run(now, 10, judge)).toBe(0);
});

test('a crash half-way leaves nothing behind, and the next look does all of it', async () => {
  const { followUps, rows } = await failing(['63016', '63041']);
  let looked = 0;
  const crashing = (ended: Ended): readonly Next[] => {
    looked += 1;
    if (looked === 2) throw new Error('killed');
    return judge(ended);
  };
  await expect(followUps.run(now, 10, crashing)).rejects.toThrow('killed');
  expect(await rows('replaces IS NOT NULL')).toEqual([]);
  expect(await followUps.run(now, 10, judge)).toBe(2);
  expect(await rows('replaces IS NOT NULL')).toMatchObject([{ form: 'template' }]);
  expect(await rows("plain->>'key' LIKE 'staff.%'")).toMatchObject([{ told: 'staff.undelivered.text' }]);
});

test('the same thing is told once a day', async () => {
  const { followUps, rows, db } = await failing(['63041', '63041', '63041']);
  await followUps.run(now, 2, judge);
  await followUps.run(now, 2, judge);
  expect(await rows("plain->>'key' LIKE 'staff.%'")).toHaveLength(1);
  await db.query('UPDATE ledger SET handled_at = NULL WHERE state = $1', ['failed']);
  const tomorrow = new Date(now.getTime() + 25 * 3_600_000);
  await followUps.run(tomorrow, 10, judge);
  expect(await rows("plain->>'key' LIKE 'staff.%'")).toHaveLength(2);
});

test('an address that cannot be reached: the person’s other address, and after that the telephone', async () => {
  const { store, followUps, rows, db, queue } = await failing(['63024']);
  const telegram = { channel: 'telegram', account: '7000000001', address: '5001' } as const;
  const there = await store.load(loadRequest('t1', now, telegram));
  await store.save(turnOf(there, 't1', now, { deeds: [{ kind: 'link', personId: 900 }], messages: [] }));
  await followUps.run(now, 10, judge);
  const [elsewhere] = await rows('replaces IS NOT NULL');
  const { rows: chats } = await db.query<{ channel: string }>(
    'SELECT a.channel FROM conversation c JOIN account a ON a.id = c.account_id WHERE c.id = $1',
    [elsewhere?.conversation_id],
  );
  expect(chats).toEqual([{ channel: 'telegram' }]);

  const [row] = await queue.claim(now, 1);
  if (!row) throw new Error('it waits at the other address');
  await queue.settle([{ row, change: { state: 'failed', reason: 'unreachable: 400 chat not found' } }], now);
  await followUps.run(now, 10, judge);
  expect(await rows('replaces IS NOT NULL'), 'not back and forth').toHaveLength(1);
  expect(await rows("plain->>'key' LIKE 'staff.%'")).toHaveLength(1);
});

test('whoever blocked us is marked and not tried elsewhere; their next word clears it', async () => {
  const { store, followUps, rows, db } = await failing(['63033']);
  await followUps.run(now, 10, judge);
  const blocked = async () =>
    (await db.query('SELECT blocked_at IS NOT NULL AS is FROM conversation WHERE person_id = 900')).rows;
  expect(await blocked()).toEqual([{ is: true }]);
  expect(await rows("replaces IS NOT NULL OR plain->>'key' LIKE 'staff.%'")).toEqual([]);
  await store.save(turnOf(await store.load(loadRequest('m9', now)), 'm9', now));
  expect(await blocked()).toEqual([{ is: false }]);
});

test.each(['before', 'after'])(
  'what arrived after all, %s it was to go again, does not go again',
  async (when) => {
    const { store, queue, followUps, rows } = await failing(['30410']);
    if (when === 'after') await followUps.run(now, 10, judge);
    await store.receipt(somebody, 'late', { providerId: 'SM0', state: 'delivered' }, now);
    await store.receipt(somebody, 'later', { providerId: 'SM0', state: 'read' }, now);
    if (when === 'before') expect(await followUps.run(now, 10, judge)).toBe(0);
    expect((await rows('replaces IS NOT NULL')).map(({ state }) => state)).toEqual(
      when === 'after' ? ['cancelled'] : [],
    );
    expect(await rows("state = 'failed'"), 'a failure is final').toHaveLength(1);
    expect(await queue.claim(new Date(now.getTime() + 3_600_000), 10)).toEqual([]);
  },
);

test('a replacement that has left is not taken back by late word', async () => {
  const { store, queue, followUps, rows } = await failing(['30410']);
  await followUps.run(now, 10, judge);
  expect(await queue.claim(new Date(now.getTime() + 3_600_000), 10)).toHaveLength(1);
  await store.receipt(somebody, 'late', { providerId: 'SM0', state: 'delivered' }, now);
  expect((await rows('replaces IS NOT NULL')).map(({ state }) => state)).toEqual(['sending']);
});

test('nobody who said STOP meanwhile gets it in another form', async () => {
  const { followUps, rows, db } = await failing(['63016']);
  await db.query('UPDATE person SET opted_out_at = $1', [now]);
  expect(await followUps.run(now, 10, judge)).toBe(1);
  expect(await rows('replaces IS NOT NULL')).toEqual([]);
});

test('a failed question is not open any more, its replacement is once it was sent', async () => {
  const { store, followUps, db, queue } = await failing(['63009']);
  const opens = { flow: 'offer', version: 1, step: 'answer', data: { assignmentId: 1 } };
  await db.query('UPDATE ledger SET opens = $1', [opens]);
  expect((await store.load(loadRequest('m5', now))).opens).toEqual([]);
  await followUps.run(now, 10, judge);
  const later = new Date(now.getTime() + 6 * 60_000);
  const [row] = await queue.claim(later, 1);
  if (!row) throw new Error('it is due again');
  await queue.settle([{ row, change: { state: 'sent', providerId: 'SM9' } }], later);
  expect((await store.load(loadRequest('m6', later))).opens).toMatchObject([
    { id: String(row.id), flow: 'offer' },
  ]);
});

test('a member on a mission who wants no messages is phoned: for what waits, and for every timer after', async () => {
  const { store, db, rows } = await failing([]);
  await db.query(
    `INSERT INTO assignment (code, person_id, application_id, need_id, hospital_id, mission_id, starts_on, ends_on, scope, mode, status, offered_at, offer_ends_at, coordinator_id, gates)
     VALUES ('A-0087', 900, 1, 1, 1, 1, '2027-05-03', '2027-05-28', 'teaching_only', 'physical', 'ready_to_travel', $1, $1, 1, '{}')`,
    [now],
  );
  const say = async (id: string, key: string, kind: string) =>
    store.save(
      turnOf(await store.load(loadRequest(id, now)), id, now, {
        messages: [{ ...proactive, class: kind, key, plain: { key, params: {} } }],
      }),
    );
  await say('m3', 'itinerary.invite.text', 'service');
  await say('m4', 'call.remind.text', 'call');
  const [{ revision = 0 } = {}] = (await db.query('SELECT revision FROM person WHERE id = 900')).rows;
  const stop: Deed = {
    kind: 'update',
    table: 'person',
    id: 900,
    revision,
    set: { opted_out_at: now.toISOString() },
  };
  await store.save(turnOf(await store.load(loadRequest('m5', now)), 'm5', now, { deeds: [stop] }));
  await say('m6', 'day_before.invite.text', 'service');
  await say('m7', 'arrival.invite.text', 'urgent');

  expect(
    await rows(
      "state = 'queued' AND key IN ('itinerary.invite.text', 'call.remind.text', 'day_before.invite.text', 'arrival.invite.text')",
    ),
  ).toEqual([]);
  const { rows: tasks } = await db.query(
    `SELECT l.lane, l.plain->'params' AS params, a.channel FROM ledger l JOIN conversation c ON c.id = l.conversation_id
     JOIN account a ON a.id = c.account_id WHERE l.plain->>'key' = 'staff.phone_them.text' ORDER BY l.id`,
  );
  expect(tasks).toEqual([
    { lane: 'proactive', channel: 'slack', params: { code: 'A-0087', what: 'itinerary: invite' } },
    { lane: 'proactive', channel: 'slack', params: { code: 'A-0087', what: 'day before: invite' } },
    { lane: 'urgent', channel: 'slack', params: { code: 'A-0087', what: 'arrival: invite' } },
  ]);
});
