import { describe, expect, test } from 'vitest';
import type { Deed } from '../../src/domain/model.ts';
import { loadRequest, somebody, testStore, turnOf } from '../support/store.ts';

const now = new Date('2027-03-01T09:00:00Z');

test('a new address, its turn and its answer are saved together', async () => {
  const { store, db } = await testStore();
  const first = await store.load(loadRequest('m1', now));
  expect(first.place.id).toBeNull();
  expect(await store.save(turnOf(first, 'm1', now))).toMatchObject({ kind: 'saved', queued: 1 });
  const second = await store.load(loadRequest('m2', now));
  expect(second).toMatchObject({ seen: false, session: { asked: 1, lang: 'fr' }, lastInboundAt: now });
  const { rows } = await db.query('SELECT state, lane FROM ledger');
  expect(rows).toEqual([{ state: 'queued', lane: 'reply' }]);
});

test('the same event twice changes the world once', async () => {
  const { store, db } = await testStore();
  const loaded = await store.load(loadRequest('m1', now));
  await store.save(turnOf(loaded, 'm1', now));
  expect((await store.load(loadRequest('m1', now))).seen).toBe(true);
  expect(await store.save(turnOf(await store.load(loadRequest('m2', now)), 'm1', now))).toEqual({
    kind: 'duplicate',
  });
  const { rows } = await db.query(
    'SELECT (SELECT count(*)::int FROM turn) AS turns, (SELECT count(*)::int FROM ledger) AS rows',
  );
  expect(rows).toEqual([{ turns: 1, rows: 1 }]);
});

test('two turns that race for one conversation: one is saved, the other is told to load again', async () => {
  const { store, db } = await testStore();
  await store.save(turnOf(await store.load(loadRequest('m0', now)), 'm0', now));
  const [a, b] = await Promise.all([store.load(loadRequest('m1', now)), store.load(loadRequest('m2', now))]);
  const saved = await Promise.all([store.save(turnOf(a, 'm1', now)), store.save(turnOf(b, 'm2', now))]);
  expect(saved.map(({ kind }) => kind).sort()).toEqual(['saved', 'stale']);
  const { rows } = await db.query(
    'SELECT (SELECT count(*)::int FROM turn) AS turns, (SELECT count(*)::int FROM ledger) AS rows, (SELECT count(*)::int FROM seen) AS seen',
  );
  expect(rows, 'the loser left nothing behind').toEqual([{ turns: 2, rows: 2, seen: 2 }]);
});

test('two first messages of one address make one conversation', async () => {
  const { store, db } = await testStore();
  const [a, b] = await Promise.all([store.load(loadRequest('m1', now)), store.load(loadRequest('m2', now))]);
  const saved = await Promise.all([store.save(turnOf(a, 'm1', now)), store.save(turnOf(b, 'm2', now))]);
  expect(saved.map(({ kind }) => kind).sort()).toEqual(['saved', 'stale']);
  const { rows } = await db.query('SELECT count(*)::int AS n FROM conversation');
  expect(rows).toEqual([{ n: 1 }]);
});

describe('changes of the programme', () => {
  const person: Deed = {
    kind: 'insert',
    table: 'person',
    id: 900,
    row: { name: 'Aline Uwase', lang: 'rw', zone: 'Europe/Berlin' },
  };
  const member: Deed = {
    kind: 'insert',
    table: 'member',
    id: 900,
    owner: 900,
    row: {
      code: 'D-00900',
      person_id: 900,
      status: 'submitted',
      country: 'DE',
      city: 'Köln',
      profession: 'RN_GEN',
      years: 7,
      licensed: 'yes',
      levels: { rw: 3, fr: 2, en: 2 },
      nationality_group: 'dual',
      flags: [],
    },
  };

  test('names are unreadable in the database and readable in the next turn', async () => {
    const { store, db } = await testStore();
    const loaded = await store.load(loadRequest('m1', now));
    await store.save(turnOf(loaded, 'm1', now, { deeds: [person, { kind: 'link', personId: 900 }, member] }));
    const next = await store.load(loadRequest('m2', now));
    expect(next.context.person).toMatchObject({ id: 900, name: 'Aline Uwase', revision: 0 });
    expect(next.context.member).toMatchObject({ code: 'D-00900', city: 'Köln', nationalityGroup: 'dual' });
    const { rows } = await db.query(
      'SELECT p::text || m::text || c::text || t::text AS all FROM person p, member m, conversation c, turn t',
    );
    expect(rows[0].all).not.toMatch(/Aline|Uwase|Köln|dual|32470000001/);
  });

  test('a change based on an old row undoes the whole turn', async () => {
    const { store, db } = await testStore();
    await store.save(
      turnOf(await store.load(loadRequest('m1', now)), 'm1', now, {
        deeds: [person, { kind: 'link', personId: 900 }, member],
      }),
    );
    const stale: Deed = { kind: 'update', table: 'member', id: 900, revision: 7, set: { status: 'active' } };
    const saved = await store.save(
      turnOf(await store.load(loadRequest('m2', now)), 'm2', now, { deeds: [stale] }),
    );
    expect(saved).toEqual({ kind: 'stale' });
    const { rows } = await db.query('SELECT status, (SELECT count(*)::int FROM turn) AS turns FROM member');
    expect(rows).toEqual([{ status: 'submitted', turns: 1 }]);
  });

  test('STOP cancels what waits for the person, but not replies', async () => {
    const { store, db } = await testStore();
    await store.save(
      turnOf(await store.load(loadRequest('m1', now)), 'm1', now, {
        deeds: [person, { kind: 'link', personId: 900 }, member],
      }),
    );
    const call = {
      lane: 'proactive',
      class: 'call',
      key: 'call.invite.text',
      to: { kind: 'person', personId: 900 },
      plain: { key: 'call.invite.text', params: {} },
    } as const;
    await store.save(turnOf(await store.load(loadRequest('m2', now)), 'm2', now, { messages: [call] }));
    const stop: Deed = {
      kind: 'update',
      table: 'person',
      id: 900,
      revision: 0,
      set: { opted_out_at: now.toISOString() },
    };
    await store.save(turnOf(await store.load(loadRequest('m3', now)), 'm3', now, { deeds: [stop] }));
    await store.save(turnOf(await store.load(loadRequest('m4', now)), 'm4', now, { messages: [call] }));
    const { rows } = await db.query('SELECT class, state, reason FROM ledger ORDER BY id');
    expect(rows).toEqual([
      { class: 'reply', state: 'queued', reason: null },
      { class: 'call', state: 'cancelled', reason: 'opted_out' },
      { class: 'reply', state: 'queued', reason: null },
      { class: 'call', state: 'cancelled', reason: 'opted_out' },
    ]);
  });

  test('a plan is the whole wanted set: what moved is set anew, what is gone is taken away', async () => {
    const { store, db } = await testStore();
    const plan = (timers: { line: string; dueAt: string }[]): Deed => ({
      kind: 'plan',
      subject: { kind: 'assignment', id: 5 },
      timers,
    });
    const at = (day: string) => `2027-05-${day}T09:00:00.000Z`;
    await store.save(
      turnOf(await store.load(loadRequest('m1', now)), 'm1', now, {
        deeds: [
          plan([
            { line: 'a', dueAt: at('01') },
            { line: 'b', dueAt: at('02') },
          ]),
        ],
      }),
    );
    await db.query("UPDATE timer SET fired_at = due_at WHERE line = 'a'");
    await store.save(
      turnOf(await store.load(loadRequest('m2', now)), 'm2', now, {
        deeds: [
          plan([
            { line: 'a', dueAt: at('01') },
            { line: 'c', dueAt: at('03') },
          ]),
        ],
      }),
    );
    const { rows } = await db.query('SELECT line, fired_at IS NOT NULL AS fired FROM timer ORDER BY line');
    expect(rows, 'a fired line stays fired at the same instant').toEqual([
      { line: 'a', fired: true },
      { line: 'c', fired: false },
    ]);
    await store.save(
      turnOf(await store.load(loadRequest('m3', now)), 'm3', now, {
        deeds: [plan([{ line: 'a', dueAt: at('20') }])],
      }),
    );
    const moved = await db.query('SELECT line, fired_at IS NOT NULL AS fired FROM timer');
    expect(moved.rows).toEqual([{ line: 'a', fired: false }]);
  });

  test('audit rows name nobody and cannot be changed', async () => {
    const { store, db } = await testStore();
    const event: Deed = {
      kind: 'event',
      event: { name: 'member.submitted', subject: { kind: 'person', id: 900 }, by: 900, data: {} },
    };
    await store.save(
      turnOf(await store.load(loadRequest('m1', now)), 'm1', now, { deeds: [person, member, event] }),
    );
    const { rows } = await db.query('SELECT what, actor, subject FROM audit');
    expect(rows).toMatchObject([{ what: 'member.submitted' }]);
    expect(rows[0].actor, 'a keyed hash, not an id').toMatch(/^[0-9a-f]{32}$/);
    await expect(db.query("UPDATE audit SET what = 'nothing'")).rejects.toThrow('never changed');
    await expect(db.query('DELETE FROM audit')).rejects.toThrow('never changed');
  });
});

describe('receipts', () => {
  async function sent() {
    const opened = await testStore();
    const { store, queue } = opened;
    await store.save(turnOf(await store.load(loadRequest('m1', now)), 'm1', now));
    const [row] = await queue.claim(now, 10);
    if (!row) throw new Error('nothing to send');
    await queue.settle([{ row, change: { state: 'sent', providerId: 'SM1' } }], now);
    const receipt = (key: string, state: 'sent' | 'delivered' | 'read' | 'failed', ledgerId?: string) =>
      store.receipt(somebody, key, { providerId: 'SM1', state, ...(ledgerId && { ledgerId }) }, now);
    const state = async () => (await opened.db.query('SELECT state FROM ledger')).rows[0].state as string;
    return { ...opened, row, receipt, state };
  }

  test('only move forward, in any order, however often', async () => {
    const { receipt, state } = await sent();
    expect(await receipt('r1', 'read')).toBe(true);
    expect(await receipt('r2', 'delivered')).toBe(true);
    expect(await receipt('r1', 'read'), 'the same receipt again').toBe(false);
    expect(await receipt('r3', 'failed'), 'a failure after delivery is ignored').toBe(true);
    expect(await state()).toBe('read');
  });

  test('one that comes before the answer to our own request is not lost', async () => {
    const { store, queue, db } = await testStore();
    await store.save(turnOf(await store.load(loadRequest('m1', now)), 'm1', now));
    const [row] = await queue.claim(now, 10);
    if (!row) throw new Error('nothing to send');
    await store.receipt(
      somebody,
      'r1',
      { providerId: 'SM9', state: 'delivered', ledgerId: String(row.id) },
      now,
    );
    await queue.settle([{ row, change: { state: 'sent', providerId: 'SM9' } }], now);
    expect((await db.query('SELECT state, provider_id FROM ledger')).rows).toEqual([
      { state: 'delivered', provider_id: 'SM9' },
    ]);
  });

  test('one that says the same as the answer to our own request is written down once', async () => {
    const { store, queue, db } = await testStore();
    await store.save(turnOf(await store.load(loadRequest('m1', now)), 'm1', now));
    const [row] = await queue.claim(now, 10);
    if (!row) throw new Error('nothing to send');
    const receipt = { providerId: 'SM9', state: 'sent', ledgerId: String(row.id) } as const;
    await store.receipt(somebody, 'r1', receipt, now);
    await queue.settle([{ row, change: { state: 'sent', providerId: 'SM9' } }], now);
    const { rows } = await db.query('SELECT state FROM transition ORDER BY id');
    expect(rows.map(({ state }) => state)).toEqual(['queued', 'sending', 'sent']);
  });
});

test('an address is found by either of its two names', async () => {
  const { store, db } = await testStore();
  await store.save(turnOf(await store.load(loadRequest('m1', now)), 'm1', now));
  const both = { ...loadRequest('m2', now, { ...somebody, address: 'BE.abc123' }), alias: somebody.address };
  await store.save(turnOf(await store.load(both), 'm2', now));
  const later = await store.load(loadRequest('m3', now, { ...somebody, address: 'BE.abc123' }));
  expect(later.session.asked).toBe(2);
  expect((await db.query('SELECT count(*)::int AS n FROM conversation')).rows).toEqual([{ n: 1 }]);
});
