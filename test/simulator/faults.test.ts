import { HttpError } from 'grammy';
import { describe, expect, test, vi } from 'vitest';
import { simulatedAccounts } from '../../src/simulator/product.ts';
import { type Scene, scene } from './scene.ts';

const jean = '+32470000001';

/** One send on each channel, as a promise that fails the SDK's own way. */
const sends: Record<string, (s: Scene) => Promise<unknown>> = {
  telegram: (s) => s.bot().api.sendMessage(4001, 'x'),
  whatsapp: (s) =>
    s.twilio(300).messages.create({ to: `whatsapp:${jean}`, from: simulatedAccounts.sender, body: 'x' }),
  slack: (s) => s.slack().chat.postMessage({ channel: 'U1', text: 'x' }),
};
const addresses: Record<string, string> = { telegram: '4001', whatsapp: jean, slack: 'U1' };

async function everyone(options: Parameters<typeof scene>[0] = {}) {
  const s = await scene(options);
  for (const [channel, address] of Object.entries(addresses)) await s.person(channel, address);
  await s.act('whatsapp', jean, 'say', { text: 'hello' });
  await s.simulator.quiet(2_000);
  return s;
}
const count = async (s: Scene, channel: string) => {
  await vi.waitFor(async () => expect((await s.call('POST', 'settle')).status).toBe(200));
  return (await s.messages(channel, addresses[channel] ?? '')).length;
};

describe.each(['telegram', 'whatsapp', 'slack'])('%s', (channel) => {
  const send = sends[channel] ?? (() => Promise.reject(new Error('no such channel')));

  test('429 says how long to wait, sends nothing, and passes', async () => {
    const s = await everyone();
    await s.call('POST', 'faults', { channel, fault: '429', retryAfter: 7 });
    const refused = {
      telegram: { error_code: 429, parameters: { retry_after: 7 } },
      whatsapp: { status: 429, code: 20429 },
      slack: { retryAfter: 7 },
    }[channel];
    await expect(send(s)).rejects.toMatchObject(refused ?? {});
    expect(await count(s, channel)).toBe(0);
    await send(s);
    expect(await count(s, channel)).toBe(1);
  });

  test.each([
    ['500', 0],
    ['500-after-accept', 1],
    ['drop-after-accept', 1],
  ])('%s fails, and the person has %i', async (fault, seen) => {
    const s = await everyone();
    await s.call('POST', 'faults', { channel, fault });
    await expect(send(s)).rejects.toThrow();
    expect(await count(s, channel)).toBe(seen);
    expect((await s.call('GET', 'faults')).body['faults']).toMatchObject([{ left: 0 }]);
  });
});

test('a timeout hangs until the caller gives up, and does nothing', async () => {
  const s = await everyone();
  await s.call('POST', 'faults', { channel: 'whatsapp', fault: 'timeout' });
  await expect(sends['whatsapp']?.(s)).rejects.toMatchObject({ code: 'ECONNABORTED' });
  expect(await count(s, 'whatsapp')).toBe(0);
});

test('a broken connection is an HttpError to grammY', async () => {
  const s = await everyone();
  await s.call('POST', 'faults', { channel: 'telegram', fault: 'drop-after-accept', times: 2 });
  for (const _ of [1, 2]) await expect(sends['telegram']?.(s)).rejects.toThrow(HttpError);
  await sends['telegram']?.(s);
  expect(await count(s, 'telegram')).toBe(3);
});

test('faults spare what does not send, unless told otherwise, and last for a time', async () => {
  const s = await everyone();
  await s.call('POST', 'faults', { channel: 'telegram', fault: '500', for: 'PT1H' });
  await s.bot().api.sendChatAction(4001, 'typing');
  for (const _ of [1, 2]) await expect(sends['telegram']?.(s)).rejects.toMatchObject({ error_code: 500 });
  await s.call('DELETE', 'faults');
  await s.call('POST', 'faults', { channel: 'telegram', fault: '500', method: 'sendChatAction' });
  await expect(s.bot().api.sendChatAction(4001, 'typing')).rejects.toMatchObject({ error_code: 500 });
  await sends['telegram']?.(s);
  expect((await s.call('POST', 'faults', { channel: 'telegram', fault: 'gremlins' })).status).toBe(400);
  expect((await s.call('POST', 'faults', { channel: 'telegram', fault: '500', for: 'a while' })).status).toBe(
    400,
  );
});

describe('on the way to the product', () => {
  test('a duplicate comes twice with the same id', async () => {
    const s = await everyone();
    s.hooks.length = 0;
    for (const channel of Object.keys(addresses))
      await s.call('POST', 'faults', { channel, fault: 'duplicate' });
    for (const [channel, address] of Object.entries(addresses))
      await s.act(channel, address, 'say', { text: 'twice' });
    const updates = await s.bot().api.getUpdates({ timeout: 1 });
    expect(updates).toHaveLength(2);
    expect(updates[0]).toEqual(updates[1]);
    await vi.waitFor(() => expect(s.hooks).toHaveLength(4));
    const sids = s.hooks.filter(({ path }) => path === '/whatsapp').map(({ form }) => form['MessageSid']);
    const events = s.hooks
      .filter(({ path }) => path === '/slack/events')
      .map(({ body }) => JSON.parse(body).event_id);
    expect([sids.length, new Set(sids).size, events.length, new Set(events).size]).toEqual([2, 1, 2, 1]);
  });

  test('reorder lets the next one pass, but not within one Telegram chat', async () => {
    const s = await everyone();
    s.hooks.length = 0;
    for (const channel of ['slack', 'telegram']) {
      await s.call('POST', 'faults', { channel, fault: 'reorder' });
      for (const text of ['first', 'second']) await s.act(channel, addresses[channel] ?? '', 'say', { text });
    }
    await vi.waitFor(() => expect(s.hooks).toHaveLength(2));
    expect(s.hooks.map(({ body }) => JSON.parse(body).event.text)).toEqual(['second', 'first']);
    const updates = await s.bot().api.getUpdates({ timeout: 1 });
    expect(updates.map(({ message }) => message?.text)).toEqual(['first', 'second']);
  });

  test('what waits to be overtaken comes in the end', async () => {
    const s = await everyone();
    await s.call('POST', 'faults', { channel: 'slack', fault: 'reorder' });
    await s.act('slack', 'U1', 'say', { text: 'alone' });
    await s.hook(({ body }) => body.includes('alone'));
  });

  test('lag is in flight until it arrives', async () => {
    const s = await everyone();
    s.hooks.length = 0;
    await s.call('POST', 'faults', { channel: 'whatsapp', fault: 'lag', ms: 60 });
    await s.act('whatsapp', jean, 'say', { text: 'late' });
    expect(s.hooks).toEqual([]);
    await s.call('POST', 'settle');
    expect(s.hooks).toHaveLength(1);
  });

  test('receipts may come before the answer to the send', async () => {
    const s = await everyone();
    s.hooks.length = 0;
    await s.call('POST', 'faults', { channel: 'whatsapp', fault: 'callback-first' });
    const { sid } = await s.twilio().messages.create({
      to: `whatsapp:${jean}`,
      from: simulatedAccounts.sender,
      body: 'x',
      statusCallback: `${s.productUrl}/status`,
    });
    expect(s.hooks.map(({ form }) => [form['MessageSid'], form['MessageStatus']])).toEqual([
      [sid, 'sent'],
      [sid, 'delivered'],
    ]);
  });

  test('the window can be closed at the provider alone', async () => {
    const s = await everyone();
    await s.call('POST', 'faults', { channel: 'whatsapp', fault: 'window-closed' });
    await s.twilio().messages.create({
      to: `whatsapp:${jean}`,
      from: simulatedAccounts.sender,
      body: 'x',
      statusCallback: `${s.productUrl}/status`,
    });
    expect((await s.hook(({ form }) => form['MessageStatus'] === 'failed')).form['ErrorCode']).toBe('63016');
  });
});
