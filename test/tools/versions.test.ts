import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { refusalOf } from '../../src/app/live-versions.ts';
import { migrateSessions } from '../../src/app/migrate-sessions.ts';
import { advance } from '../../src/engine/advance.ts';
import { defineFlow, type Flow } from '../../src/engine/flow.ts';
import { type Migration, migrateSession } from '../../src/engine/migration.ts';
import { newSession, type Session } from '../../src/engine/session.ts';
import { choice, count } from '../../src/language/slots.ts';
import { createWords } from '../../src/locale.ts';
import { createProgram } from '../../src/program.ts';
import { openLiveSessions } from '../../src/store/live-sessions.ts';
import { readLiveVersions } from '../../src/store/live-versions.ts';
import { loadRequest, somebody, testStore, turnOf } from '../support/store.ts';

/** Promise 8: two versions side by side, sessions pinned, moved by a declared migration, never lost by a new build. */

const words = createWords(fileURLToPath(new URL('../../locales', import.meta.url)));

/** Two questions of our own texts, so that any text will do: `form` asks with the words of the menu. */
const first = defineFlow({
  id: 'form',
  version: 1,
  start: 'seat',
  texts: 'host_arrival',
  slots: { seat: choice('yes', 'no', 'later'), guests: count({ min: 1, max: 9 }) },
  steps: {
    seat: { kind: 'ask', slot: 'seat', next: 'guests' },
    guests: { kind: 'ask', slot: 'guests', next: 'done' },
    done: { kind: 'end', silent: true },
  },
});
const second: Flow = defineFlow({
  texts: 'host_arrival',
  id: 'form',
  version: 2,
  start: 'seat',
  slots: { seat: choice('yes', 'no'), guests: count({ min: 1, max: 9 }), when: choice('am', 'pm') },
  steps: {
    seat: { kind: 'ask', slot: 'seat', next: 'party' },
    party: { kind: 'ask', slot: 'guests', next: 'when' },
    when: { kind: 'ask', slot: 'when', next: 'done' },
    done: { kind: 'end', silent: true },
  },
});
const toSecond: Migration = {
  flow: 'form',
  from: 1,
  to: 2,
  steps: { guests: 'party' },
  answers: ({ seat, ...rest }) => ({ ...rest, seat: seat === 'later' ? 'no' : seat }),
};
const withoutAnswers: Migration = { flow: 'form', from: 1, to: 2, steps: { guests: 'party' } };

const both = createProgram(words, [first, second]);
const newBuild = createProgram(words, [second]);

const now = new Date('2026-11-23T08:00:00Z');
const frame = {
  flow: 'form',
  version: 1,
  step: 'seat',
  data: {},
  answers: {},
  trail: [],
  q: 'q1',
  at: now.getTime(),
};
const at = (more: object): Session => ({ ...newSession('en'), asked: 2, stack: [{ ...frame, ...more }] });
const inTheMiddle = at({
  step: 'guests',
  q: 'q2',
  answers: { seat: 'later' },
  trail: ['seat:q1'],
});

describe('two versions side by side', () => {
  const press = (token: string) => ({
    event: { kind: 'press', token } as const,
    at: now.getTime() + 60_000,
    opens: [],
    context: null,
    found: {},
    now: new Date(now.getTime() + 60_000),
    today: '2026-11-23',
  });

  test('a session goes on in the version it began with, a new one begins in the newest', () => {
    const old = advance(both, at({}), press('q1:form.seat:later'));
    expect(old.kind === 'turn' && old.session.stack).toMatchObject([{ version: 1, step: 'guests' }]);
    const begun = advance(both, newSession('en'), { ...press(''), event: { kind: 'begin', flow: 'form' } });
    expect(begun.kind === 'turn' && begun.session.stack).toMatchObject([{ version: 2, step: 'seat' }]);
  });

  test('a build without the version throws, which start-up must have prevented', () => {
    expect(() => advance(newBuild, at({}), press('q1:form.seat:yes'))).toThrow(
      'no flow form@1 in this build',
    );
  });
});

describe('a declared migration', () => {
  test('renames the step, its way back, and the answers; the question keeps its id and old buttons', () => {
    const moved = migrateSession(inTheMiddle, [toSecond], newBuild);
    expect(moved).toEqual({
      ok: true,
      moved: ['form@1'],
      session: {
        ...inTheMiddle,
        stack: [{ ...inTheMiddle.stack[0], version: 2, step: 'party', answers: { seat: 'no' } }],
      },
    });
    expect(inTheMiddle.stack[0]?.version).toBe(1);
  });

  test.each([
    ['nothing is declared', [], at({}), 'form@1.seat', 'this build has no form@1'],
    [
      'its step is not said',
      [{ flow: 'form', from: 1, to: 2 }],
      inTheMiddle,
      'form@1.guests',
      'version 2 has no step "guests", and the migration does not say where to go',
    ],
    [
      'an answer is none any more',
      [withoutAnswers],
      inTheMiddle,
      'form@1.guests',
      'the answer to "seat" is no choice of version 2',
    ],
    [
      'it would wait where nothing is asked',
      [{ ...toSecond, steps: { guests: 'done' } }],
      inTheMiddle,
      'form@1.guests',
      'a question was open, and "done" of version 2 is none',
    ],
    [
      'it waits for another flow',
      [toSecond],
      at({ q: undefined }),
      'form@1.seat',
      'something was called, and "seat" of version 2 calls nothing',
    ],
    ['it leads backwards', [{ ...toSecond, to: 1 }], at({}), 'form@1.seat', 'a migration leads forwards'],
  ] as const)('breaks, and says why, when %s', (_, migrations, session, where, why) => {
    expect(migrateSession(session, migrations, newBuild)).toEqual({ ok: false, at: where, why });
  });

  test('goes over several versions at once, and leaves other conversations alone', () => {
    const third = { ...second, version: 3 };
    const program = createProgram(words, [third]);
    const moved = migrateSession(inTheMiddle, [{ flow: 'form', from: 2, to: 3 }, toSecond], program);
    expect(moved.ok && moved.session.stack[0]).toMatchObject({ version: 3, step: 'party' });
    const empty = newSession('rw');
    expect(migrateSession(empty, [toSecond], newBuild)).toEqual({ ok: true, session: empty, moved: [] });
  });
});

test('live sessions and messages: counted, tried, moved, and then nobody stands in the way of a new build', async () => {
  const { db, store, seals } = await testStore();
  const people = ['+32470000001', '+32470000002', '+32470000003'];
  const sessions = [inTheMiddle, at({}), at({ answers: { guests: 3 }, step: 'gone' })];
  for (const [i, address] of people.entries()) {
    const loaded = await store.load(loadRequest(`m${i}`, now, { ...somebody, address }));
    const turn = turnOf(loaded, `m${i}`, now);
    const session = sessions[i] ?? newSession('fr');
    const kept = turn.conversation && { ...turn.conversation, session };
    expect((await store.save({ ...turn, ...(kept && { conversation: kept }) })).kind).toBe('saved');
  }
  await db.query(
    `UPDATE ledger SET opens = '{"flow":"form","version":1,"step":"guests","data":{"id":7}}', state = 'sent' WHERE id = (SELECT min(id) FROM ledger)`,
  );

  expect(await readLiveVersions(db, now)).toEqual([{ flow: 'form', version: 1, sessions: 3, messages: 1 }]);
  expect(refusalOf(await readLiveVersions(db, now), both)).toBeNull();
  expect(refusalOf(await readLiveVersions(db, now), newBuild)).toBe(
    'This build lacks form@1 (3 open sessions, 1 unanswered message): start one that has it, or move its people with "npm run intumwa -- flows migrate".',
  );

  const live = openLiveSessions(db, seals);
  const options = { now, lacking: ['form@1'] };
  const before = await db.query('SELECT id, revision, session, flows FROM conversation ORDER BY id');
  const tried = await migrateSessions(live, newBuild, [toSecond], { ...options, dryRun: true });
  const stuck = {
    who: expect.stringMatching(/^conversation \d+$/),
    at: 'form@1.gone',
    why: expect.stringContaining('no step "gone"'),
  };
  expect(tried).toEqual({ sessions: 2, messages: 1, broken: [stuck] });
  const after = await db.query('SELECT id, revision, session, flows FROM conversation ORDER BY id');
  expect(after.rows).toEqual(before.rows);

  expect(await migrateSessions(live, newBuild, [toSecond], { ...options, dryRun: false })).toEqual(tried);
  expect(await readLiveVersions(db, now)).toEqual([
    { flow: 'form', version: 1, sessions: 1, messages: 0 },
    { flow: 'form', version: 2, sessions: 2, messages: 1 },
  ]);
  const again = await store.load(loadRequest('later', now));
  expect(again.session.stack).toMatchObject([{ version: 2, step: 'party', answers: { seat: 'no' } }]);
  expect(again.place.revision).toBe(1);
  const { rows } = await db.query(
    `SELECT flow, version, step_before, step_after FROM turn WHERE kind = 'migrated' ORDER BY id`,
  );
  expect(rows[0]).toEqual({ flow: 'form', version: 2, step_before: 'guests', step_after: 'party' });
  const nothing = await migrateSessions(live, newBuild, [toSecond], { now, dryRun: false, lacking: [] });
  expect(nothing).toEqual({ sessions: 0, messages: 0, broken: [stuck] });
});

test('who writes while they are being moved is left alone', async () => {
  const { db, store, seals } = await testStore();
  const turn = turnOf(await store.load(loadRequest('a', now)), 'a', now);
  if (!turn.conversation) throw new Error('a turn of a conversation');
  await store.save({ ...turn, conversation: { ...turn.conversation, session: inTheMiddle } });
  const live = openLiveSessions(db, seals);
  const racing = {
    ...live,
    moveSession: async (...args: Parameters<typeof live.moveSession>) => {
      await db.query('UPDATE conversation SET revision = revision + 1');
      return live.moveSession(...args);
    },
  };
  const report = await migrateSessions(racing, newBuild, [toSecond], { now, dryRun: false, lacking: [] });
  expect(report.broken).toEqual([expect.objectContaining({ why: 'it moved on meanwhile: run again' })]);
  expect(await readLiveVersions(db, now)).toMatchObject([{ version: 1, sessions: 1 }]);
});

test('a start names the version that its build lacks, in one line, and ends with 1', async () => {
  const { url, db, store } = await testStore();
  const turn = turnOf(await store.load(loadRequest('a', now)), 'a', now);
  if (!turn.conversation) throw new Error('a turn of a conversation');
  await store.save({ ...turn, conversation: { ...turn.conversation, session: at({}) } });
  await db.query("UPDATE conversation SET flows = '{registration@7,menu@1}'");
  const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', main], {
    env: {
      ...process.env,
      PORT: '0',
      DATABASE_URL: url,
      MASTER_KEY: randomBytes(32).toString('base64'),
      LOG_LEVEL: 'silent',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += String(chunk);
  });
  const [code] = await once(child, 'close');
  expect(said).toBe(
    'This build lacks registration@7 (1 open session): start one that has it, or move its people with "npm run intumwa -- flows migrate".\n',
  );
  expect(code).toBe(1);
}, 30_000);
