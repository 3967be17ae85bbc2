import { expect, test } from 'vitest';
import type { Save } from '../../src/app/store.ts';
import { nudgeHours } from '../../src/domain/silence.ts';
import { openSilence } from '../../src/store/silence.ts';
import { loadRequest, testStore, turnOf } from '../support/store.ts';

const said = new Date('2027-03-01T09:00:00Z');
const hoursOn = (hours: number) => new Date(said.getTime() + hours * 3_600_000);

/** Somebody who has just answered a question of this flow. */
async function waitingIn(flow: string) {
  const there = await testStore();
  const answer = async (key: string, at: Date, to = flow) => {
    const loaded = await there.store.load(loadRequest(key, at));
    const stack = [{ flow: to, version: 1, step: 'name', data: {}, answers: {}, trail: [] }];
    const turn = turnOf(loaded, key, at);
    return turn.conversation
      ? { ...turn, conversation: { ...turn.conversation, session: { ...loaded.session, stack } } }
      : turn;
  };
  await there.store.save(await answer('m1', said));
  return { ...there, silence: openSilence(there.db), answer };
}

function nudge({ conversation, since, left }: NonNullable<Save['nudged']>, at: Date): Save {
  return {
    at,
    nudged: { conversation, since, left },
    turn: {
      kind: 'timer',
      flow: 'silence.nudge',
      version: null,
      stepBefore: null,
      stepAfter: null,
      trips: 2,
    },
    deeds: [],
    messages: [
      {
        lane: 'proactive',
        class: 'service',
        key: 'resume.invite.text',
        to: { kind: 'conversation', conversationId: conversation },
        plain: { key: 'resume.invite.text', params: {} },
        opens: { flow: 'resume', version: 1, step: 'answer', data: {} },
      },
    ],
    answered: [],
    keys: new Map(),
  };
}

async function dueOne({ silence }: Pick<Awaited<ReturnType<typeof waitingIn>>, 'silence'>, at: Date) {
  const [one, ...more] = await silence.due(at, 10);
  expect(more).toEqual([]);
  if (!one) throw new Error('nobody is due');
  return one;
}

test('the clock stops at each reminder, and there is none for a flow with reminders of its own', async () => {
  const { silence, timers, store, answer } = await waitingIn('registration');
  expect(await timers.next(said)).toEqual(hoursOn(24));
  expect(await silence.due(hoursOn(23.9), 10)).toEqual([]);
  const first = await dueOne({ silence }, hoursOn(24));
  await store.save(nudge(first, hoursOn(24)));
  expect(await silence.due(hoursOn(71), 10)).toEqual([]);
  expect(await timers.next(hoursOn(24))).toEqual(hoursOn(72));
  await store.save(nudge(await dueOne({ silence }, hoursOn(72)), hoursOn(72)));
  expect(await timers.next(hoursOn(72))).toBeNull();
  await store.save(await answer('m2', hoursOn(80), 'offer'));
  expect(await timers.next(hoursOn(80))).toBeNull();
  expect(await silence.due(hoursOn(800), 10)).toEqual([]);
});

test('two replicas that find the same silence send one reminder', async () => {
  const there = await waitingIn('registration');
  const due = await dueOne(there, hoursOn(24));
  const both = await Promise.all([
    there.store.save(nudge(due, hoursOn(24))),
    there.store.save(nudge(due, hoursOn(24))),
  ]);
  expect(both.map(({ kind }) => kind).toSorted()).toEqual(['duplicate', 'saved']);
  const { rows } = await there.db.query(
    "SELECT count(*)::int AS n FROM ledger WHERE key = 'resume.invite.text'",
  );
  expect(rows).toEqual([{ n: 1 }]);
});

test('a word that came first wins', async () => {
  const there = await waitingIn('registration');
  const due = await dueOne(there, hoursOn(24));
  await there.store.save(await there.answer('m2', hoursOn(24)));
  expect(await there.store.save(nudge(due, hoursOn(24)))).toEqual({ kind: 'duplicate' });
});

test('after a time away both reminders are one, and after a week there is none', async () => {
  const there = await waitingIn('registration');
  expect(await there.silence.due(hoursOn(100), 10)).toMatchObject([{ left: 0 }]);
  await there.silence.letGo(hoursOn(7 * 24 + 1));
  expect(await there.silence.due(hoursOn(7 * 24 + 1), 10)).toEqual([]);
});

test('nobody is reminded who has a newer question of ours to answer, whom we cannot reach, or whose ticket is open', async () => {
  const there = await waitingIn('registration');
  const { db, silence } = there;
  const due = async () => (await silence.due(hoursOn(24), 10)).length;
  const { rows } = await db.query<{ id: string }>('SELECT id FROM conversation');
  const id = rows[0]?.id;
  await db.query(
    `INSERT INTO ledger (conversation_id, lane, class, key, lang, plain, opens, state, due_at, created_at)
     VALUES ($1, 'proactive', 'service', 'offer.invite.text', 'fr', '{}', '{"flow": "offer"}', 'sent', $2, $2)`,
    [id, hoursOn(1)],
  );
  expect(await due()).toBe(0);
  await db.query("UPDATE ledger SET answered_at = created_at WHERE key = 'offer.invite.text'");
  expect(await due()).toBe(1);
  await db.query('UPDATE conversation SET blocked_at = $1', [hoursOn(2)]);
  expect(await due()).toBe(0);
  await db.query('UPDATE conversation SET blocked_at = NULL');
  await db.query(
    "INSERT INTO ticket (code, conversation_id, reason, status, opened_at) VALUES ('K-0001', $1, 'human', 'open', $2)",
    [id, hoursOn(2)],
  );
  expect(await due()).toBe(0);
});

test('the table of reminders counts upwards', () => {
  for (const hours of Object.values(nudgeHours)) expect(hours).toEqual(hours.toSorted((a, b) => a - b));
});
