import type pg from 'pg';
import { describe, expect, test } from 'vitest';
import { retain } from '../../src/app/retention.ts';
import { keptSince } from '../../src/domain/retention.ts';
import { openRetention } from '../../src/store/retention.ts';
import { loadRequest, somebody, testStore, turnOf } from '../support/store.ts';

const said = new Date('2027-03-01T09:00:00Z');
const daysOn = (days: number) => new Date(said.getTime() + days * 86_400_000);
const log = { info() {}, warn() {}, error() {} };

/** A known person's chat with a turn at each of these days, and the answers to them. */
async function chat(...days: number[]) {
  const there = await testStore();
  const person = {
    kind: 'insert',
    table: 'person',
    id: 900,
    row: { name: 'Aline Uwase', lang: 'fr', zone: 'Europe/Berlin' },
  } as const;
  for (const [n, day] of days.entries()) {
    const loaded = await there.store.load(loadRequest(`m${n}`, daysOn(day)));
    const deeds = n === 0 ? [person, { kind: 'link', personId: 900 } as const] : [];
    await there.store.save(turnOf(loaded, `m${n}`, daysOn(day), { deeds }));
  }
  await there.db.query("UPDATE ledger SET state = 'delivered'");
  const retention = openRetention(there.db);
  return {
    ...there,
    retention,
    retainAt: (day: number) => retain({ retention, clock: { now: () => daysOn(day) }, log }),
  };
}

async function left(db: pg.Pool) {
  const { rows } = await db.query(
    `SELECT (SELECT count(*)::int FROM turn) AS turns, (SELECT count(event)::int FROM turn) AS said, (SELECT count(*)::int FROM ledger) AS messages,
       (SELECT count(message)::int FROM ledger) AS words, (SELECT count(*)::int FROM transition) AS history, (SELECT count(*)::int FROM seen) AS seen`,
  );
  return rows[0];
}

test('words and event ids go after 90 days, what happened after a year, and a second run finds nothing more', async () => {
  const { db, retainAt } = await chat(0, 10, 100);
  await retainAt(89);
  expect(await left(db)).toEqual({ turns: 3, said: 3, messages: 3, words: 3, history: 3, seen: 3 });
  await retainAt(95);
  await retainAt(95);
  expect(await left(db)).toEqual({ turns: 3, said: 2, messages: 3, words: 2, history: 3, seen: 2 });
  await retainAt(366);
  expect(await left(db)).toEqual({ turns: 2, said: 0, messages: 2, words: 0, history: 2, seen: 0 });
  await retainAt(466);
  expect(await left(db)).toEqual({ turns: 0, said: 0, messages: 0, words: 0, history: 0, seen: 0 });
});

test('replicas that run it at once all succeed, and do it once', async () => {
  const { db, retention } = await chat(0, 1, 2, 3);
  const now = daysOn(95);
  const counts = await Promise.all(
    Array.from({ length: 4 }, () => retention.contents(keptSince('contents', now), now)),
  );
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(8);
  expect(await left(db)).toMatchObject({ said: 0, words: 0 });
});

test('more than one batch', async () => {
  const { db, retainAt } = await chat(0);
  await db.query(
    `INSERT INTO turn (at, kind, event, trips) SELECT $1::timestamptz + n * interval '1 second', 'text', 'x.y', 2 FROM generate_series(1, 4500) n`,
    [said],
  );
  await retainAt(95);
  expect(await left(db)).toMatchObject({ turns: 4501, said: 0 });
  await retainAt(400);
  expect(await left(db)).toMatchObject({ turns: 0 });
});

test('a message that never left has no words to leave with: it is given up, and its history says so', async () => {
  const { db, retainAt } = await chat(0);
  await db.query("UPDATE ledger SET state = 'held', reason = 'window_closed'");
  await retainAt(91);
  const { rows } = await db.query(
    'SELECT l.state, l.reason, t.state AS last, t.detail FROM ledger l JOIN transition t ON t.ledger_id = l.id ORDER BY t.id DESC LIMIT 1',
  );
  expect(rows).toEqual([{ state: 'cancelled', reason: 'too_old', last: 'cancelled', detail: 'too_old' }]);
});

test('an open question of an assignment that is alive outlasts the year, and no longer', async () => {
  const { db, retainAt } = await chat(0);
  await db.query(
    `INSERT INTO assignment (id, code, person_id, application_id, need_id, hospital_id, mission_id, starts_on, ends_on, scope, mode, status, offered_at, offer_ends_at, coordinator_id, gates)
    VALUES (87, 'A-0087', 900, 1, 1, 1, 1, '2028-06-01', '2028-07-01', 'supervised', 'physical', 'agreed', $1, $1, 1, '{}')`,
    [said],
  );
  await db.query(
    `UPDATE ledger SET opens = '{"flow": "itinerary", "version": 1, "step": "answer", "data": {"assignmentId": 87}}'`,
  );
  await retainAt(400);
  expect(await left(db)).toMatchObject({ messages: 1, history: 1 });
  await db.query("UPDATE assignment SET status = 'closed'");
  await retainAt(400);
  expect(await left(db)).toMatchObject({ messages: 0, history: 0 });
});

describe('chats of strangers', () => {
  /** Somebody of whom only the address is known, who wrote once. */
  async function stranger() {
    const there = await testStore();
    await there.store.save(turnOf(await there.store.load(loadRequest('m1', said)), 'm1', said));
    const retention = openRetention(there.db);
    const chats = async () =>
      (await there.db.query('SELECT count(*)::int AS n FROM conversation')).rows[0].n as number; // the column above
    return {
      ...there,
      chats,
      forget: (day: number) => retention.strangers(keptSince('strangers', daysOn(day))),
    };
  }

  test('go on the 30th day after the last word, with all that was said; the audit stays', async () => {
    const { db, store, chats, forget } = await stranger();
    await db.query(
      "INSERT INTO audit (turn_id, at, actor, what, subject) SELECT id, at, 'system', 'x.happened', 'conversation 1' FROM turn",
    );
    expect(await forget(29.9)).toBe(0);
    expect(await chats()).toBe(1);
    expect(await forget(30)).toBe(1);
    expect(await left(db)).toMatchObject({ turns: 0, messages: 0, history: 0 });
    expect((await db.query('SELECT what FROM audit')).rows).toEqual([{ what: 'x.happened' }]);
    const again = await store.load(loadRequest('m2', daysOn(30)));
    expect(again.place.id).toBeNull();
  });

  test('stay while their person is known', async () => {
    const { db, chats, forget } = await stranger();
    await db.query("INSERT INTO person (id, lang, zone, created_at) VALUES (1, 'fr', 'Europe/Berlin', $1)", [
      said,
    ]);
    await db.query('UPDATE conversation SET person_id = 1');
    expect(await forget(300)).toBe(0);
    expect(await chats()).toBe(1);
  });

  test('a word that comes while its chat is forgotten begins a new one', async () => {
    const { store, chats, forget } = await stranger();
    const loaded = await store.load(loadRequest('m2', daysOn(30)));
    await forget(30);
    expect(await store.save(turnOf(loaded, 'm2', daysOn(30)))).toEqual({ kind: 'stale' });
    expect(
      (await store.save(turnOf(await store.load(loadRequest('m2', daysOn(30))), 'm2', daysOn(30)))).kind,
    ).toBe('saved');
    expect(await chats()).toBe(1);
  });

  test('two replicas at once forget each chat once', async () => {
    const { store, chats, forget } = await stranger();
    for (let n = 0; n < 20; n += 1) {
      const address = { ...somebody, address: `+3247000010${n}` };
      await store.save(turnOf(await store.load(loadRequest(`n${n}`, said, address)), `n${n}`, said));
    }
    const counts = await Promise.all([forget(30), forget(30), forget(30)]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(21);
    expect(await chats()).toBe(0);
  });
});

describe('a draft', () => {
  test('is not erased when a word came in between, and a turn that was loaded before cannot bring an erased person back', async () => {
    const { store, db } = await chat(0);
    const loaded = await store.load(loadRequest('m8', daysOn(31)));
    const erase = (silentSince: Date) =>
      store.save({
        at: daysOn(30),
        turn: {
          kind: 'timer',
          flow: 'draft.erase',
          version: null,
          stepBefore: null,
          stepAfter: null,
          trips: 2,
        },
        deeds: [{ kind: 'erase', personId: 900, silentSince: silentSince.toISOString() }],
        messages: [],
        answered: [],
        keys: new Map(),
      });
    expect(await erase(daysOn(-1))).toEqual({ kind: 'stale' });
    expect((await erase(said)).kind).toBe('saved');
    expect(await store.save(turnOf(loaded, 'm8', daysOn(31)))).toEqual({ kind: 'stale' });
    const { rows } = await db.query('SELECT person_id FROM conversation');
    expect(rows).toEqual([{ person_id: null }]);
  });
});
