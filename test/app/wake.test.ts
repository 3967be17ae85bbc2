import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { describe, expect, test } from 'vitest';
import { type Log, type Measures, Unavailable } from '../../src/app/ports.ts';
import { nudgeSilent, type Silent } from '../../src/app/silence.ts';
import type { Store } from '../../src/app/store.ts';
import { type Due, wake } from '../../src/app/wake.ts';
import { planDraft, warnAfterDays } from '../../src/domain/draft.ts';
import { createWords } from '../../src/locale.ts';
import { createProgram } from '../../src/program.ts';
import { openStore } from '../../src/store/store.ts';
import { openTimers } from '../../src/store/timers.ts';
import { loadRequest, somebody, testStore, turnOf } from '../support/store.ts';

/** Timers on the real database: people who agreed to the notice and fell silent, whose warning is due. */

const words = createWords(fileURLToPath(new URL('../../locales', import.meta.url)));
const program = createProgram(words);
const agreedAt = new Date('2027-03-01T09:00:00Z');
const now = new Date(agreedAt.getTime() + (warnAfterDays * 24 + 1) * 3_600_000);
const post = { channel: 'slack', account: 'T0001', address: 'C0001' } as const;

async function silentPeople(count: number) {
  const { db, seals, url } = await testStore();
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
  const deps = {
    timers: openTimers(db, seals),
    store,
    program,
    classOf: (key: string) => words.classOf(key) ?? 'service',
    clock: { now: () => now },
    log,
    measures,
    committed: () => {},
  };
  return {
    db,
    url,
    seals,
    deps,
    errors,
    /** Who was warned, by person, in the order of the ledger. */
    async warned() {
      const { rows } = await db.query<{ person_id: string }>(
        "SELECT person_id FROM ledger WHERE key = 'resume.warning.text' ORDER BY id",
      );
      return rows.map(({ person_id }) => Number(person_id)).toSorted();
    },
    async alerts() {
      const { rows } = await db.query<{ n: number }>(
        "SELECT count(*)::int AS n FROM ledger WHERE key = 'staff.timer.text' AND person_id IS NULL",
      );
      return rows[0]?.n;
    },
    /** Machine time passes for what was set aside. */
    later: () => db.query("UPDATE timer SET retry_at = retry_at - interval '1 day'"),
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
  ])('%s holds up nobody else, stays, and is told of once', async (_, kind, id, line) => {
    const { db, deps, errors, warned, alerts, later } = await silentPeople(4);
    await db.query('DELETE FROM timer WHERE subject_id = 4');
    await addTimer(db, kind, id, line);
    expect(await wake(deps), 'the broken one does not count').toBe(3);
    expect(await warned()).toEqual([1, 2, 3]);
    expect(errors).toEqual(['a timer could not be fired']);
    expect(await alerts()).toBe(1);
    const { rows } = await db.query('SELECT tries, fired_at FROM timer WHERE line = $1', [line]);
    expect(rows).toEqual([{ tries: 1, fired_at: null }]);

    expect(await wake(deps), 'it is left alone for a while').toBe(0);
    expect(errors).toHaveLength(1);
    await later();
    await wake(deps);
    expect(errors, 'and tried again').toHaveLength(2);
    expect(await alerts(), 'without another alert').toBe(1);
  });

  test('holds up what follows on its own ladder', async () => {
    const { db, deps } = await silentPeople(1);
    await addTimer(db, 'caravan', 1, 'trek.ask', new Date('2027-03-02T09:00:00Z'));
    await addTimer(db, 'caravan', 1, 'trek.late', new Date('2027-03-03T09:00:00Z'));
    await addTimer(db, 'caravan', 1, 'water.ask', new Date('2027-03-04T09:00:00Z'));
    await deps.timers.setAside(await only(deps.timers.due(now, 1)));
    expect((await deps.timers.due(now, 9)).map(({ line }) => line)).toEqual(['water.ask', 'draft.warn']);
  });

  test('because it loses every race is set aside too, and told of when it happens again', async () => {
    const { deps, warned, alerts, later } = await silentPeople(2);
    const store: Store = {
      ...deps.store,
      save: async (wanted) =>
        wanted.messages.some(({ to }) => to?.kind === 'person' && to.personId === 1)
          ? { kind: 'stale' }
          : deps.store.save(wanted),
    };
    await wake({ ...deps, store });
    expect(await warned()).toEqual([2]);
    expect(await alerts()).toBe(0);
    for (let again = 0; again < 3; again += 1) {
      await later();
      await wake({ ...deps, store });
    }
    expect(await alerts()).toBe(1);
  });

  test('because the database is away ends the round, and nothing is held against it', async () => {
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

async function only(found: Promise<readonly Due[]>): Promise<Due> {
  const [one] = await found;
  if (!one) throw new Error('nothing is due');
  return one;
}
