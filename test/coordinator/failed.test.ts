import { expect, test } from 'vitest';
import { slackScene } from './scene.ts';

/** A message to the first member that ended as a dead letter. */
async function failedMessage() {
  const scene = await slackScene();
  const { rows } = await scene.db.query<{ id: string }>(
    `INSERT INTO ledger (conversation_id, person_id, lane, class, key, lang, plain, state, reason, due_at, tried_at, created_at)
     SELECT p.preferred_id, p.id, 'proactive', 'service', 'desk.activated.text', p.lang,
       '{"key": "desk.activated.text", "params": {"code": "D-00001"}}', 'failed', 'rejected: 400 Bad Request: nonsense', $1, $1, $1
     FROM person p JOIN member m ON m.person_id = p.id ORDER BY m.id LIMIT 1 RETURNING id`,
    ['2027-02-01T09:00:00Z'],
  );
  return { ...scene, id: Number(rows[0]?.id) };
}

test('a dead letter is shown without its words, and sent again once', async () => {
  const { command, press, db, id, sees } = await failedMessage();
  const page = await command('claire', '/failed');
  expect(page.text).toMatch(
    /D-\d+ \(\w+ \w\.\) · desk: activated · telegram · 2027-02-01 09:00 UTC · rejected/,
  );
  expect(page.text).not.toContain('roster');
  expect(page.choices.map(({ label }) => label)).toEqual(['Send again']);

  expect((await press('claire', 'Send again')).choices.map(({ label }) => label)).toEqual([
    'Confirm',
    'Cancel',
  ]);
  expect((await press('claire', 'Confirm')).text).toContain('On its way again');
  const { rows } = await db.query('SELECT state, attempts FROM ledger WHERE replaces = $1', [id]);
  expect(rows).toMatchObject([{ state: expect.stringMatching(/sent|delivered/), attempts: 1 }]);
  expect((await sees('5001')).filter(({ text }) => text.includes('D-00001'))).toHaveLength(1);
  expect((await command('claire', '/failed')).text).toContain('Every message has arrived');
});

test('the home tab counts them, and only who may send them again', async () => {
  const { act, home, command } = await failedMessage();
  await act('U0CLAIRE', 'open-home');
  expect((await home('claire'))?.text).toContain('Messages that did not arrive (1)');
  await act('U0ODILE', 'open-home');
  expect((await home('odile'))?.text).not.toContain('did not arrive');
  expect((await command('odile', '/failed')).text).toContain('Every message has arrived');
});

test('two coordinators at once send it once', async () => {
  const { desk, actor, db, id } = await failedMessage();
  const [claire, eric] = [await actor('claire'), await actor('eric')];
  const both = await Promise.all([
    desk.deadLetters.again.confirm({ id }, claire, 'one'),
    desk.deadLetters.again.confirm({ id }, eric, 'two'),
  ]);
  expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
  expect((await db.query('SELECT count(*)::int AS n FROM ledger WHERE replaces = $1', [id])).rows).toEqual([
    { n: 1 },
  ]);
});

test('whoever wants no messages is not written to by this door', async () => {
  const { desk, actor, db, id } = await failedMessage();
  await db.query(
    'UPDATE person SET opted_out_at = now() WHERE id = (SELECT person_id FROM ledger WHERE id = $1)',
    [id],
  );
  expect(await desk.deadLetters.again.confirm({ id }, await actor('claire'), 'one')).toEqual({
    ok: false,
    why: 'opted_out',
  });
  expect((await db.query('SELECT count(*)::int AS n FROM ledger WHERE replaces = $1', [id])).rows).toEqual([
    { n: 0 },
  ]);
});
