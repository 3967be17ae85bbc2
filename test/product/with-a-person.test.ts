import { expect, test } from 'vitest';
import { releaseFromPerson } from '../../src/store/with-a-person.ts';
import { member, simulatedProduct } from '../support/simulated-product.ts';

const chat = '700000001';
const about = { code: 'A-0087', hospital: 'Kabgayi Hospital' };

/** A member who asked for a person; K-0001 is theirs. */
async function askedForAPerson() {
  const product = await simulatedProduct();
  const { call, say, settle } = product;
  await call('POST', 'people', { channel: 'telegram', address: chat, name: 'Aline', locale: 'en' });
  await call('POST', 'people', { channel: 'slack', address: 'U0CLAIRE', name: 'Claire' });
  await call('POST', 'seed', {
    coordinators: [{ name: 'Claire Mukamana', address: 'U0CLAIRE', role: 'coord_rw' }],
  });
  const [person = 0] = await product.seed([{ ...member, channel: 'telegram', address: chat }]);
  for (const text of ['human', 'About my contract']) {
    await say('telegram', chat, text);
    await settle();
  }
  const before = (await product.sees('telegram', chat)).length;
  return {
    ...product,
    person,
    seen: async () => (await product.sees('telegram', chat)).slice(before).map(({ text }) => text),
    async staff(text: string, ...labels: readonly string[]) {
      await call('POST', 'people/slack/U0CLAIRE/command', { text });
      await settle();
      for (const label of labels) {
        await call('POST', 'people/slack/U0CLAIRE/press', { label });
        await settle();
      }
    },
  };
}

test('while a person answers a chat only what is urgent goes by itself; the rest follows in order when the ticket is closed', async () => {
  const { person, tell, settle, seen, staff, ledger, db, advance } = await askedForAPerson();
  const first = await tell(person, 'offer.ended.text', about);
  const second = await tell(person, 'offer.kept.text', about);
  const urgent = await tell(person, 'arrival.invite.text', { code: 'A-0087' }, { class: 'urgent' });
  await settle();
  const rows = (await ledger()).filter(({ id }) => [first, second, urgent].includes(id));
  expect(rows).toMatchObject([
    { state: 'held', reason: 'with_a_person' },
    { state: 'held', reason: 'with_a_person' },
    { state: expect.stringMatching(/sent|delivered/) },
  ]);
  expect(await seen()).toHaveLength(1);

  // The coordinator's own words go at once, and another day changes nothing.
  await staff('/ticket reply K-0001 Your contract leaves tomorrow.', 'Confirm');
  await advance('P1D');
  expect((await seen()).slice(1)).toEqual([expect.stringContaining('Your contract leaves tomorrow.')]);

  await staff('/ticket close K-0001', 'Confirm');
  expect((await seen()).slice(2)).toEqual([
    expect.stringContaining('ended without an answer'),
    expect.stringContaining('Your yes is kept'),
  ]);
  const { rows: history } = await db.query(
    'SELECT state, detail FROM transition WHERE ledger_id = $1 ORDER BY id',
    [first],
  );
  expect(history.slice(0, 4)).toMatchObject([
    { state: 'sending' },
    { state: 'held', detail: 'with_a_person' },
    { state: 'queued', detail: 'ticket closed' },
    { state: 'sending' },
  ]);
}, 60_000);

test('of several tickets the last one frees the chat, a complaint about conduct holds nothing, a night still does', async () => {
  const { person, tell, settle, ledger, db, call } = await askedForAPerson();
  const stateOf = async (id: number) => {
    const found = (await ledger()).find((row) => row.id === id);
    return found?.reason ?? found?.state;
  };
  await db.query(
    `INSERT INTO ticket (code, conversation_id, person_id, reason, status, opened_at)
     SELECT 'K-' || n, conversation_id, person_id, CASE n WHEN 901 THEN 'psea' ELSE 'question' END, 'assigned', opened_at
     FROM ticket, generate_series(900, 901) n WHERE code = 'K-0001'`,
  );
  const id = await tell(person, 'offer.ended.text', about);
  await settle();
  await db.query("UPDATE ticket SET status = 'closed', closed_at = opened_at WHERE code = 'K-0001'");
  await settle();
  expect(await stateOf(id)).toBe('with_a_person');
  await call('POST', 'clock', { to: '2027-03-02T22:00:00Z' });
  await db.query("UPDATE ticket SET status = 'closed', closed_at = opened_at WHERE code = 'K-900'");
  await settle();
  expect(await stateOf(id)).toBe('quiet_hours');
}, 60_000);

test('what was held at the very moment of closing is found by the next look', async () => {
  const { person, tell, settle, seen, db } = await askedForAPerson();
  await db.query("UPDATE ticket SET status = 'closed'");
  const id = await tell(person, 'offer.ended.text', about);
  await settle();
  expect(await seen()).toHaveLength(1);
  // As if its holding had been written down after the ticket was closed.
  await db.query(
    "UPDATE ledger SET state = 'held', reason = 'with_a_person', due_at = due_at + interval '30 days' WHERE id = $1",
    [id],
  );
  await settle();
  expect(await seen()).toHaveLength(2);
  expect(await releaseFromPerson(db, new Date())).toBe(0);
}, 60_000);
