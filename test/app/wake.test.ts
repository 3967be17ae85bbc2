import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { describe, expect, test } from 'vitest';
import { type Log, type Measures, Passing, Unavailable } from '../../src/app/ports.ts';
import { nudgeSilent, type Silent } from '../../src/app/silence.ts';
import type { Store } from '../../src/app/store.ts';
import { wake } from '../../src/app/wake.ts';
import { planDraft, warnAfterDays } from '../../src/domain/draft.ts';
import { createWords } from '../../src/locale.ts';
import { createProgram } from '../../src/program.ts';
import { openStore } from '../../src/store/store.ts';
import { openTimers } from '../../src/store/timers.ts';
import { simulatedProduct } from '../support/simulated-product.ts';
import { loadRequest, somebody, testStore, turnOf } from '../support/store.ts';

/** Timers on the real database: people who agreed to the notice and fell silent, whose warning is due. */

const words = createWords(fileURLToPath(new URL('../../locales', import.meta.url)));
const program = createProgram(words);
const agreedAt = new Date('2027-03-01T09:00:00Z');
const post = { channel: 'slack', account: 'T0001', address: 'C0001' } as const;

async function silentPeople(count: number) {
  const { db, seals } = await testStore();
  const store = openStore(db, seals, post);
  for (let n = 1; n <= count; n += 1) {
    const address = { ...somebody, address: `+3247000000${n}` };
    const loaded = await store.load(loadRequest(`m${n}`, agreedAt, address));
    const row = { name: 'Aline Uwase', lang: 'fr', zone: 'Europe/Brussels' };
    await store.save(
      turnOf(loaded, `m${n}`, agreedAt, {
        deeds: [
          { kind: 'insert', table: 'person', id: n, row },
          { kind: 'link', personId: n },
          planDraft(n, agreedAt.toISOString()),
        ],
        messages: [],
      }),
    );
  }
  const errors: string[] = [];
  const log: Log = { info: () => {}, warn: () => {}, error: (_, message) => errors.push(message) };
  const measures = { timer: (_: string, work: () => Promise<unknown>) => work() } as Measures; // all that is asked of it
  const began = agreedAt.getTime() + (warnAfterDays * 24 + 1) * 3_600_000;
  const clock = { at: new Date(began), now: () => clock.at };
  const deps = {
    timers: openTimers(db, seals),
    store,
    program,
    classOf: (key: string) => words.classOf(key) ?? 'service',
    clock,
    log,
    measures,
    committed: () => {},
  };
  return {
    db,
    deps,
    errors,
    /** Who was warned, by person, in the order of the ledger. */
    async warned() {
      const { rows } = await db.query<{ person_id: string }>(
        "SELECT person_id FROM ledger WHERE key = 'resume.warning.text' ORDER BY id",
      );
      return rows.map(({ person_id }) => Number(person_id)).toSorted();
    },
    async told() {
      const { rows } = await db.query<{ key: string }>(
        "SELECT key FROM ledger WHERE key LIKE 'staff.timer%' ORDER BY id",
      );
      return rows.map(({ key }) => key);
    },
    async standing(line: string) {
      const { rows } = await db.query(
        'SELECT tries, fired_at IS NOT NULL AS done FROM timer WHERE line = $1 ORDER BY id',
        [line],
      );
      return rows;
    },
    /** Programme time passes. */
    later(minutes: number) {
      clock.at = new Date(clock.at.getTime() + minutes * 60_000);
    },
  };
}

const addTimer = (db: pg.Pool, kind: string, id: number, line: string, dueAt = agreedAt) =>
  db.query('INSERT INTO timer (subject_kind, subject_id, line, due_at) VALUES ($1, $2, $3, $4)', [
    kind,
    id,
    line,
    dueAt,
  ]);

describe('a timer that cannot be fired', () => {
  test.each([
    ['of a line that this build does not know', 'person', 4, 'draft.dance'],
    ['about something that this build does not know', 'caravan', 9, 'call.dance'],
  ])(
    '%s holds up nobody else, is tried again later and later, and then is for a person',
    async (_, kind, id, line) => {
      const { db, deps, errors, warned, told, standing, later } = await silentPeople(4);
      await db.query('DELETE FROM timer WHERE subject_id = 4');
      await addTimer(db, kind, id, line);
      await wake(deps);
      expect(await warned()).toEqual([1, 2, 3]);
      expect(errors).toEqual(['a timer could not be fired']);
      expect(await standing(line)).toEqual([{ tries: 1, done: false }]);

      expect(await wake(deps), 'it is left alone for a while').toBe(0);
      for (const minutes of [1, 5]) {
        later(minutes - 0.1);
        expect(await wake(deps)).toBe(0);
        later(0.2);
        expect(await wake(deps)).toBe(1);
      }
      expect(await told()).toEqual([]);
      later(31);
      await wake(deps);
      expect(await standing(line)).toEqual([{ tries: 3, done: true }]);
      expect(await told()).toEqual(['staff.timer_failed.text']);
      later(10_000);
      expect(await wake(deps)).toBe(0);
    },
  );

  test('holds up what follows on its own ladder, in the same look and the next ones, until it is given up', async () => {
    const { db, deps, warned, standing, later } = await silentPeople(2);
    await addTimer(db, 'person', 1, 'draft.dance');
    await wake(deps);
    expect(await warned(), 'the warning of the first waits behind it').toEqual([2]);
    await wake(deps);
    expect(await standing('draft.warn')).toEqual([
      { tries: 0, done: false },
      { tries: 0, done: true },
    ]);
    for (const minutes of [2, 6, 31]) {
      later(minutes);
      await wake(deps);
    }
    expect(await standing('draft.dance')).toEqual([{ tries: 3, done: true }]);
    expect(await warned()).toEqual([1, 2]);
  });

  test('for want of the database alone is never given up, and people hear that it is late', async () => {
    const { deps, warned, told, standing, later } = await silentPeople(2);
    const store: Store = {
      ...deps.store,
      save: async (wanted) => {
        if (wanted.messages.some(({ to }) => to?.kind === 'person' && to.personId === 1))
          throw new Passing('deadlock');
        return deps.store.save(wanted);
      },
    };
    for (let look = 0; look < 9; look += 1) {
      await wake({ ...deps, store });
      later(61);
    }
    expect(await warned()).toEqual([2]);
    expect(await told()).toEqual(['staff.timer_late.text']);
    expect(await standing('draft.warn')).toMatchObject([{ tries: 9, done: false }, { done: true }]);
    await wake(deps);
    expect(await warned()).toEqual([1, 2]);
  });

  test('because it loses every race is tried again like that, and not for ever in one look', async () => {
    const { deps, warned, standing } = await silentPeople(2);
    const store: Store = {
      ...deps.store,
      save: async (wanted) =>
        wanted.messages.some(({ to }) => to?.kind === 'person' && to.personId === 1)
          ? { kind: 'stale' }
          : deps.store.save(wanted),
    };
    await wake({ ...deps, store });
    expect(await warned()).toEqual([2]);
    expect(await standing('draft.warn')).toMatchObject([{ tries: 1, done: false }, { done: true }]);
  });

  test('because the database is away ends the look, and nothing is held against it', async () => {
    const { db, deps, warned } = await silentPeople(2);
    const store: Store = {
      ...deps.store,
      save: () => Promise.reject(new Unavailable('database: gone')),
    };
    await expect(wake({ ...deps, store })).rejects.toThrow(Unavailable);
    expect((await db.query('SELECT max(tries) AS tries FROM timer')).rows).toEqual([{ tries: 0 }]);
    expect(await wake(deps)).toBe(2);
    expect(await warned()).toEqual([1, 2]);
  });

  test('is begun anew when its day is moved', async () => {
    const { db, deps, standing } = await silentPeople(1);
    await addTimer(db, 'person', 1, 'draft.dance');
    await wake(deps);
    await db.query("UPDATE timer SET due_at = due_at + interval '1 hour' WHERE line = 'draft.dance'");
    expect(await standing('draft.dance')).toEqual([{ tries: 0, done: false }]);
  });
});

test('a reminder that fails holds up no other, and is tried again at the next look', async () => {
  const { deps, errors } = await silentPeople(1);
  const nudged: number[] = [];
  const silent = (conversation: number): Silent => ({ conversation, flow: 'call', left: 0, since: agreedAt });
  const silence = {
    due: async () => [1, 2, 3].filter((id) => !nudged.includes(id)).map(silent),
    letGo: async () => {},
  };
  const store: Pick<Store, 'save'> = {
    save: async ({ nudged: one }) => {
      if (one?.conversation === 1) throw new Error('a bug');
      nudged.push(one?.conversation ?? 0);
      return one?.conversation === 2
        ? { kind: 'duplicate' }
        : { kind: 'saved', turn: 1, conversation: null, queued: 1 };
    },
  };
  expect(await nudgeSilent({ ...deps, store, silence })).toBe(2);
  expect(nudged).toEqual([2, 3]);
  expect(errors).toEqual(['a reminder could not be sent']);
});

test('a timer that nobody knows stops no other in the product, and a person is told', async () => {
  const { call, db, settle } = await simulatedProduct();
  await call('POST', 'people', { channel: 'telegram', address: '4713', name: 'Aline', locale: 'en' });
  for (const text of ['hello', 'Health worker abroad', 'I agree', 'yes']) {
    await call('POST', 'people/telegram/4713/say', { text });
    await settle();
  }
  // As after going back to an older build.
  await db.query(
    `INSERT INTO timer (subject_kind, subject_id, line, due_at)
     SELECT 'person', id, 'draft.of_the_future', now() - interval '1 year' FROM person`,
  );
  await call('POST', 'clock', { advance: 'PT26H' });
  const { rows } = await db.query<{ fired: boolean; told: number; nudged: number }>(
    `SELECT (SELECT bool_and(fired_at IS NOT NULL) FROM timer WHERE line = 'draft.of_the_future') AS fired,
      (SELECT count(*)::int FROM ledger WHERE key = 'staff.timer_failed.text') AS told,
      (SELECT count(*)::int FROM ledger WHERE key LIKE 'resume%') AS nudged`,
  );
  expect(rows).toEqual([{ fired: true, told: 1, nudged: 1 }]);
});
