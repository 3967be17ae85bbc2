import { describe, expect, test } from 'vitest';
import { flows } from '../../flows/index.ts';
import { nudgeHours } from '../../src/domain/silence.ts';
import { simulatedProduct } from '../support/simulated-product.ts';

/** People who stop answering, on the real product with a clock that is moved by hours and weeks. */

const reminder = 'Hello again. We were in the middle of something';
const warning = 'Your registration is not finished';

/** Somebody on Telegram, who writes English and starts on 2 March 2027, 10:00 UTC. */
async function scene(channel = 'telegram', address = '4711') {
  const product = await simulatedProduct();
  const { call, db } = product;
  const person = `people/${channel}/${encodeURIComponent(address)}`;
  await call('POST', 'people', { channel, address, name: 'Aline Uwase', locale: 'en' });
  const says = async (...texts: string[]) => {
    for (const text of texts) {
      await call('POST', `${person}/say`, { text });
      await product.settle();
    }
  };
  const sees = async () => {
    const { messages } = await call('GET', `${person}/messages`);
    return messages as { text: string; at: string; template: string | null; choices: { label: string }[] }[]; // documented in control.ts
  };
  return {
    ...product,
    says,
    sees,
    async presses(label: string) {
      await call('POST', `${person}/press`, { label });
      await product.settle();
    },
    /** Hours since the last word at which messages that begin so came, rounded. */
    async hoursOf(beginning: string, since: string) {
      const all = await sees();
      return all
        .filter(({ text }) => text.startsWith(beginning))
        .map(({ at }) => Math.round((Date.parse(at) - Date.parse(since)) / 3_600_000));
    },
    async now() {
      return String((await call('GET', 'clock'))['now']);
    },
    async counts() {
      const { rows } = await db.query(
        `SELECT (SELECT count(*)::int FROM conversation WHERE last_inbound_at IS NOT NULL) AS chats, (SELECT count(*)::int FROM turn WHERE conversation_id IS NOT NULL) AS turns,
           (SELECT count(*)::int FROM ledger l JOIN conversation c ON c.id = l.conversation_id WHERE c.last_inbound_at IS NOT NULL) AS messages,
           (SELECT count(*)::int FROM transition t WHERE NOT EXISTS (SELECT 1 FROM ledger l WHERE l.id = t.ledger_id)) AS orphans`,
      );
      return rows[0];
    },
  };
}

/** As far as the second question of the registration. */
async function registering(channel?: string, address?: string) {
  const there = await scene(channel, address);
  await there.says('hello', 'Health worker abroad', 'I agree', 'yes', 'Aline Uwase');
  return { ...there, since: await there.now() };
}

test('every conversation has its place in the table of reminders', () => {
  expect([...new Set(flows.map(({ id }) => id))].toSorted()).toEqual(Object.keys(nudgeHours).toSorted());
});

describe('somebody who never agreed to be known', () => {
  test('is reminded once, after a day, and forgotten after 30', async () => {
    const { says, hoursOf, now, advance, counts, sees, db } = await scene();
    await says('hello');
    const since = await now();
    await advance('P10D');
    expect(await hoursOf(reminder, since)).toEqual([24]);
    expect((await sees()).at(-1)?.choices.map(({ label }) => label)).toEqual(['Continue', 'Not now']);
    await advance('P19D');
    expect(await counts()).toMatchObject({ chats: 1 });
    await advance('P1DT1H');
    expect(await counts()).toEqual({ chats: 0, turns: 0, messages: 0, orphans: 0 });
    const { rows } = await db.query(
      'SELECT count(*)::int AS n FROM conversation WHERE created_at = to_timestamp(0)',
    );
    expect(rows, 'the coordinators’ own channel stays').toEqual([{ n: 1 }]);
    await says('hello');
    expect((await sees()).at(-1)?.text).toContain('Who are you?');
  });

  test('is not reminded after STOP, nor after words that follow it', async () => {
    const { says, hoursOf, now, advance } = await scene();
    await says('hello', 'STOP', 'thank you');
    await advance('P5D');
    expect(await hoursOf(reminder, await now())).toEqual([]);
  });

  test('loses a ticket that was closed; an open one stays, with nothing of theirs', async () => {
    const { says, advance, counts, db } = await scene();
    await says('hello', 'human', 'A question about flights');
    await advance('P31D');
    expect(await counts()).toMatchObject({ chats: 0, turns: 0 });
    const { rows } = await db.query('SELECT status, conversation_id, person_id FROM ticket');
    expect(rows).toEqual([{ status: 'open', conversation_id: null, person_id: null }]);
  });
});

describe('somebody in the middle of the registration', () => {
  test('is reminded after 24 and 72 hours, warned on day 23, erased on day 30, and hears no more', async () => {
    const { since, hoursOf, advance, counts, sees, db } = await registering();
    await advance('P22D');
    expect(await hoursOf(reminder, since)).toEqual([24, 72]);
    expect(await hoursOf(warning, since)).toEqual([]);
    await advance('P2D');
    expect(await hoursOf(warning, since)).toEqual([23 * 24]);
    const said = (await sees()).length;
    await advance('P5D');
    expect((await db.query('SELECT data_key IS NULL AS erased FROM person')).rows).toEqual([
      { erased: false },
    ]);
    await advance('P1DT1H');
    const { rows } = await db.query(
      'SELECT data_key, name, phone_index, (SELECT count(*)::int FROM audit WHERE what = $1) AS audited FROM person',
      ['person.draft_erased'],
    );
    expect(rows).toEqual([{ data_key: null, name: null, phone_index: null, audited: 1 }]);
    expect(await counts(), 'the chat goes with its person').toEqual({
      chats: 0,
      turns: 0,
      messages: 0,
      orphans: 0,
    });
    await advance('P30D');
    expect((await sees()).length).toBe(said);
  });

  test('goes on where the warning finds them, and the days are counted anew', async () => {
    const { advance, presses, hoursOf, sees, db, now } = await registering();
    await advance('P24D');
    await presses('Continue');
    expect((await sees()).at(-1)?.text).toContain('Are you 18 or older?');
    const since = await now();
    await advance('P20D');
    expect((await db.query('SELECT data_key IS NULL AS erased FROM person')).rows).toEqual([
      { erased: false },
    ]);
    await advance('P11D');
    const hours = (await hoursOf(warning, since)).filter((at) => at > 0);
    expect(hours).toEqual([23 * 24]);
    expect((await db.query('SELECT data_key IS NULL AS erased FROM person')).rows).toEqual([
      { erased: true },
    ]);
  });

  test('is asked the same question again by any word, and that word counts for nothing else', async () => {
    const { advance, says, sees } = await registering();
    await advance('P1DT1H');
    await says('yes');
    expect((await sees()).at(-1)?.text).toBe('Let us go on.\n\n2/14\nAre you 18 or older?');
    await says('yes');
    expect((await sees()).at(-1)?.text).toContain('Which country do you live in?');
  });

  test('who says "not now" is left alone until they write again', async () => {
    const { advance, presses, says, hoursOf, sees, now } = await registering();
    await advance('P1DT1H');
    await presses('Not now');
    const since = await now();
    await advance('P10D');
    expect((await hoursOf(reminder, since)).filter((at) => at > 0)).toEqual([]);
    await says('yes');
    expect((await sees()).at(-1)?.text).toContain('Which country do you live in?');
    const again = await now();
    await advance('P4D');
    expect((await hoursOf(reminder, again)).filter((at) => at > 0)).toEqual([24, 72]);
  });

  test('a button of a reminder that a word has answered opens nothing any more', async () => {
    const { advance, says, presses, sees } = await registering();
    await advance('P1DT1H');
    await says('menu', 'Close');
    await presses('Not now');
    expect((await sees()).at(-1)?.text).toContain('no longer open');
  });

  test('hears nothing while a person has their ticket, nor after STOP', async () => {
    const { advance, says, hoursOf, since, db } = await registering();
    await says('human', 'I would like to be phoned');
    await advance('P8D');
    expect(await hoursOf(reminder, since)).toEqual([]);
    await db.query("UPDATE ticket SET status = 'closed'");
    await advance('P5D');
    expect(await hoursOf(reminder, since), 'too late to remind').toEqual([]);
    await says('hello', 'STOP');
    await advance('P5D');
    expect(await hoursOf(reminder, since)).toEqual([]);
  });

  test('with an open ticket is neither warned nor erased', async () => {
    const { advance, says, hoursOf, since, db } = await registering();
    await says('human', 'I would like to be phoned');
    await advance('P40D');
    expect(await hoursOf(warning, since)).toEqual([]);
    await db.query("UPDATE ticket SET status = 'closed'");
    await advance('P2D');
    expect(await hoursOf(warning, since)).toHaveLength(1);
  });

  test('after STOP hears no warning, and is erased all the same', async () => {
    const { advance, says, db, sees } = await registering();
    await says('STOP');
    const said = (await sees()).length;
    await advance('P31D');
    expect((await sees()).length).toBe(said);
    expect((await db.query('SELECT data_key IS NULL AS erased FROM person')).rows).toEqual([
      { erased: true },
    ]);
  });

  test('a reminder for the night waits for the morning, and goes nowhere once a word came', async () => {
    const { advance, says, hoursOf, now, db } = await registering();
    await advance('PT12H'); // 22:00 UTC is night in Brussels
    await says('what?');
    const since = await now();
    await advance('P1DT1H');
    const held = await db.query("SELECT state FROM ledger WHERE key = 'resume.invite.text'");
    expect(held.rows).toEqual([{ state: 'held' }]);
    await says('yes');
    await advance('PT9H');
    expect(await hoursOf(reminder, since)).toEqual([]);
    const { rows } = await db.query("SELECT state, reason FROM ledger WHERE key = 'resume.invite.text'");
    expect(rows).toEqual([{ state: 'cancelled', reason: 'answered' }]);
  });

  test('on WhatsApp is reminded by a template, since the window has closed', async () => {
    const { advance, sees, presses } = await registering('whatsapp', '+32470000009');
    await advance('P1DT1H');
    const last = (await sees()).at(-1);
    expect(last?.text).toContain(reminder);
    expect(last?.template).not.toBeNull();
    await presses('Continue');
    expect((await sees()).at(-1)?.text).toContain('Are you 18 or older?');
  });
});

test('raw words are gone after 90 days of a clock that is moved; that something was said stays', async () => {
  const { seed, says, advance, db, tell } = await scene('whatsapp', '+32470000001');
  const [id = 0] = await seed([
    {
      name: 'Aline Uwase',
      channel: 'whatsapp',
      address: '+32470000001',
      locale: 'en',
      country: 'BE',
      profession: 'RN_GEN',
      years: 6,
      levels: { rw: 3, fr: 2, en: 3 },
    },
  ]);
  await says('menu', 'Close');
  await tell(id, 'offer.fell_away.text', {});
  await advance('P91D');
  const { rows } = await db.query(
    `SELECT (SELECT count(*)::int FROM turn WHERE event IS NOT NULL AND at < $1::timestamptz) AS turns, (SELECT count(*)::int FROM ledger WHERE message IS NOT NULL AND created_at < $1::timestamptz) AS messages,
       (SELECT count(*)::int FROM turn WHERE kind = 'text') AS kept, (SELECT count(*)::int FROM seen WHERE at < $1::timestamptz) AS seen`,
    [new Date(Date.parse('2027-03-02T12:00:00Z'))],
  );
  expect(rows).toEqual([{ turns: 0, messages: 0, kept: 2, seen: 0 }]);
});
