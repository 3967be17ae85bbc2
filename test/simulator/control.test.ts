import { describe, expect, test } from 'vitest';
import type { Control } from '../../src/simulator/product.ts';
import { simulatedAccounts } from '../../src/simulator/product.ts';
import { scene } from './scene.ts';

/** A product's levers that only remember what they were asked. */
function levers(more: Partial<Control> = {}): Control & { readonly asked: unknown[] } {
  let now = new Date('2026-11-23T08:00:00.000Z');
  const asked: unknown[] = [];
  return {
    asked,
    now: () => now,
    moveTo: async (to) => {
      asked.push(['move', to.toISOString()]);
      now = to;
    },
    settle: async () => ({ held: 1 }),
    seed: async (doc) => {
      asked.push(['seed', doc]);
      if (JSON.stringify(doc) === '{}') throw new Error('members is required');
      return { members: 2 };
    },
    ...more,
  };
}

describe('people', () => {
  test('are made once, told about, and made again without losing what was said', async () => {
    const s = await scene();
    const made = await s.person('whatsapp', 'whatsapp:+32470000001', { name: 'Jean', locale: 'fr' });
    expect(made).toMatchObject({
      status: 201,
      body: { channel: 'whatsapp', address: '+32470000001', name: 'Jean', locale: 'fr', blocked: false },
    });
    await s.act('whatsapp', '+32470000001', 'say', { text: 'x' });
    expect(await s.person('whatsapp', '+32470000001', { name: 'Jean H.' })).toMatchObject({
      status: 200,
      body: { name: 'Jean H.', locale: 'fr', messages: 1 },
    });
    const { body } = await s.call('GET', 'people');
    expect(body['people']).toMatchObject([
      { channel: 'slack', address: simulatedAccounts.channel.id, kind: 'slack-channel' },
      { address: '+32470000001' },
    ]);
  });

  test.each([
    [{ channel: 'fax', address: '1' }],
    [{ channel: 'telegram', address: '@aline' }],
    [{ channel: 'whatsapp', address: '0788' }],
    [{ channel: 'slack', address: 'anna' }],
    [{ channel: 'slack', address: 'U1', nonsense: 1 }],
    [{ channel: 'telegram' }],
  ])('%j is a bad body', async (body) => {
    const s = await scene();
    expect(await s.call('POST', 'people', body)).toEqual({
      status: 400,
      body: { error: expect.any(String) },
    });
  });

  test('unknown ones are 404, bad deeds 400', async () => {
    const s = await scene();
    await s.person('telegram', '4001');
    const statuses = [
      await s.act('telegram', '4002', 'say', { text: 'x' }),
      await s.act('pigeon', '4001', 'say', { text: 'x' }),
      await s.call('GET', 'people/telegram/4002/messages'),
      await s.call('GET', 'people/telegram/4001/home'),
      await s.act('telegram', '4001', 'shout', { text: 'x' }),
      await s.act('telegram', '4001', 'edit', { message: '99', text: 'x' }),
      await s.act('telegram', '4001', 'say', { words: 'x' }),
      await s.act('telegram', '4001', 'press', { label: 'a', index: 1 }),
      await s.act('telegram', '4001', 'press', { label: 'none' }),
      await s.act('whatsapp', '4001', 'submit', {}),
    ].map(({ status }) => status);
    expect(statuses).toEqual([404, 404, 404, 404, 404, 404, 400, 400, 400, 404]);
    const broken = await fetch(`${s.url}/simulator/people/telegram/4001/say`, { method: 'POST', body: '{' });
    expect(broken.status).toBe(400);
    await s.act('telegram', '4001', 'block');
    expect((await s.act('telegram', '4001', 'say', { text: 'x' })).status).toBe(409);
  });
});

describe('messages', () => {
  test('follow an id, newest last, with own words only when asked for', async () => {
    const s = await scene();
    await s.person('telegram', '4001');
    const { api } = s.bot();
    await api.sendMessage(4001, 'one');
    await s.act('telegram', '4001', 'say', { text: 'mine' });
    await api.sendMessage(4001, 'two');
    expect((await s.messages('telegram', '4001')).map(({ text }) => text)).toEqual(['one', 'two']);
    expect((await s.messages('telegram', '4001', '?all=true')).map(({ text, from }) => [text, from])).toEqual(
      [
        ['one', 'product'],
        ['mine', 'person'],
        ['two', 'product'],
      ],
    );
    const after = await s.call('GET', 'people/telegram/4001/messages?after=1');
    expect(after.body).toMatchObject({ messages: [{ id: '3', text: 'two' }], next: '3' });
    expect((await s.call('GET', 'people/telegram/4001/messages?after=3')).body).toEqual({
      messages: [],
      next: '3',
    });
    expect((await s.call('GET', 'people/telegram/4001/messages?after=77')).status).toBe(400);
  });

  test('an older message is pressed by its id, the newest without', async () => {
    const s = await scene();
    await s.person('telegram', '4001');
    const { api } = s.bot();
    for (const q of ['a', 'b'])
      await api.sendMessage(4001, q, {
        reply_markup: { inline_keyboard: [[{ text: 'Yes', callback_data: `${q}:yes` }]] },
      });
    await s.act('telegram', '4001', 'press', { label: 'Yes' });
    await s.act('telegram', '4001', 'press', { index: 0, message: '1' });
    await s.act('telegram', '4001', 'press', { id: 'a:yes' });
    const updates = await api.getUpdates({ timeout: 1 });
    expect(updates.map(({ callback_query }) => callback_query?.data)).toEqual(['b:yes', 'a:yes', 'a:yes']);
  });
});

describe('the clock', () => {
  test('is read and moved forward, never back', async () => {
    const control = levers();
    const s = await scene({ control });
    expect((await s.call('GET', 'clock')).body).toEqual({ now: '2026-11-23T08:00:00.000Z' });
    expect((await s.call('POST', 'clock', { advance: 'P3DT2H' })).body).toEqual({
      now: '2026-11-26T10:00:00.000Z',
    });
    expect((await s.call('POST', 'clock', { to: '2026-12-01T00:00:00+02:00' })).body).toEqual({
      now: '2026-11-30T22:00:00.000Z',
    });
    for (const bad of [
      { advance: 'P99999Y' },
      { advance: 'P999999999Y' },

      { to: '2026-01-01T00:00:00Z' },
      { advance: '3 days' },
      { advance: 'P' },
      { to: 'tomorrow' },
      {},
    ])
      expect((await s.call('POST', 'clock', bad)).status).toBe(400);
    expect(control.asked).toHaveLength(2);
  });

  test('waits for what is on its way before it moves', async () => {
    const control = levers();
    const s = await scene({ control });
    await s.person('whatsapp', '+32470000001');
    const order: string[] = [];
    let arrived = () => {};
    const held = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    s.answers(async () => {
      await held;
      order.push(`answered at ${control.now().toISOString()}`);
      return {};
    });
    await s.act('whatsapp', '+32470000001', 'say', { text: 'x' });
    const moved = s.call('POST', 'clock', { advance: 'P1D' });
    arrived();
    await moved;
    expect(order).toEqual(['answered at 2026-11-23T08:00:00.000Z']);
  });
});

describe('settle', () => {
  test('answers the counts of the product when both have come to rest', async () => {
    const rounds: number[] = [];
    const control = levers({
      async settle() {
        rounds.push(s.hooks.length);
        // The product sends something the first time: its receipts must be waited for too.
        if (rounds.length === 1)
          await s.twilio().messages.create({
            to: 'whatsapp:+32470000001',
            from: simulatedAccounts.sender,
            body: 'x',
            statusCallback: `${s.productUrl}/status`,
          });
        return { held: 2, unknown: 0 };
      },
    });
    const s = await scene({ control });
    await s.person('whatsapp', '+32470000001');
    await s.act('whatsapp', '+32470000001', 'say', { text: 'x' });
    expect(await s.call('POST', 'settle')).toEqual({ status: 200, body: { held: 2, unknown: 0 } });
    // The inbound before the first round, sent and delivered before the second.
    expect(rounds).toEqual([1, 3]);
  });

  test('gives up with 504 and says what is still owed', async () => {
    const s = await scene({ timing: { settleMs: 50 } });
    await s.person('telegram', '4001');
    await s.act('telegram', '4001', 'say', { text: 'nobody polls' });
    expect(await s.call('POST', 'settle')).toMatchObject({
      status: 504,
      body: { error: expect.any(String), inFlight: { telegram: 1, whatsapp: 0, slack: 0 } },
    });
  });
});

test('seed is passed on, and a refusal comes back as 400', async () => {
  const control = levers();
  const s = await scene({ control });
  expect(await s.call('POST', 'seed', { members: [1, 2] })).toEqual({ status: 200, body: { members: 2 } });
  expect(await s.call('POST', 'seed', {})).toEqual({ status: 400, body: { error: 'members is required' } });
});

test('the page hears what happens while it happens', async () => {
  const s = await scene();
  await s.person('telegram', '4001');
  const stream = await fetch(`${s.url}/simulator/stream`);
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  let heard = (await reader?.read())?.value ?? '';
  const { api } = s.bot();
  await api.sendChatAction(4001, 'typing');
  await api.sendMessage(4001, 'live');
  while (!heard.includes('"live"')) heard += (await reader?.read())?.value ?? '';
  expect(heard).toContain('event: typing');
  expect(heard).toMatch(
    /event: message\ndata: \{"type":"message","channel":"telegram","address":"4001","message":\{"id":"1"/,
  );
  await reader?.cancel();
});

test('calls of the product are recorded without secrets', async () => {
  const s = await scene();
  await s.person('telegram', '4001');
  await s.bot().api.sendMessage(4001, 'x');
  await s.slack().auth.test();
  const requests = await s.requests();
  expect(requests).toMatchObject([
    {
      provider: 'telegram',
      method: 'sendMessage',
      contentType: 'application/json',
      params: { chat_id: 4001, text: 'x' },
      status: 200,
    },
    { provider: 'slack', method: 'auth.test', status: 200 },
  ]);
  expect(JSON.stringify(requests)).not.toMatch(/simulated-(telegram|bot)-token/);
  expect(await s.requests('?provider=slack')).toHaveLength(1);
  expect(await s.requests(`?after=${requests[1]?.id}`)).toEqual([]);
});
