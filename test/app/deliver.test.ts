import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { deliverer } from '../../src/app/deliver.ts';
import type { Address, Channel, ChannelName, Outcome } from '../../src/app/ports.ts';
import { createMeasures } from '../../src/measures/measures.ts';
import { createMetrics } from '../../src/measures/metrics.ts';
import { createSpans } from '../../src/measures/traces.ts';
import { loadRequest, testStore, turnOf } from '../support/store.ts';

const now = new Date('2027-03-01T09:00:00Z');
const measures = createMeasures(createMetrics(), createSpans());

/** A WhatsApp that does not answer, a Telegram that does, and who was written to. */
async function halfDead() {
  const { store, queue, db } = await testStore();
  const sends: { channel: ChannelName; address: string }[] = [];
  let open: (() => void)[] = [];
  const channelOf = (name: ChannelName): Channel => ({
    name,
    account: 'ours',
    limits: { text: 1600, buttons: { max: 3, label: 20 }, list: null },
    send({ ledgerId, address }) {
      sends.push({ channel: name, address });
      const sent: Outcome = { kind: 'sent', providerId: `p${ledgerId}` };
      if (name === 'telegram') return Promise.resolve(sent);
      return new Promise((answer) => open.push(() => answer(sent)));
    },
  });
  const names = ['whatsapp', 'telegram'] as const;
  const sending = deliverer({
    queue,
    program: {} as never, // in-session messages need none
    words: { render: () => ({ text: 'Muraho', choices: [], listButton: '' }), template: () => null },
    channels: new Map(names.map((name) => [name, channelOf(name)])),
    clock: { now: () => now },
    log: { info() {}, warn() {}, error() {} },
    measures,
    random: () => 0.5,
  });
  const answer = () => {
    const asked = open;
    open = [];
    for (const go of asked) go();
  };
  onTestFinished(async () => {
    const stopped = sending.stop();
    answer();
    await stopped;
  });
  const write = async (channel: ChannelName, address: string, lane: 'reply' | 'urgent' = 'reply') => {
    const to: Address = { channel, account: 'ours', address };
    const turn = turnOf(
      await store.load(loadRequest(`${channel} ${address}`, now, to)),
      `${channel} ${address}`,
      now,
    );
    await store.save({ ...turn, messages: turn.messages.map((message) => ({ ...message, lane })) });
  };
  const sentOn = (channel: ChannelName) => sends.filter((send) => send.channel === channel).length;
  return { sending, write, sentOn, sends, answer, db };
}

test('a provider that does not answer holds up no other channel, and leaves places for what is urgent', async () => {
  const { sending, write, sentOn, sends, answer } = await halfDead();
  for (let i = 0; i < 90; i += 1) await write('whatsapp', `+3247000${i}`);
  sending.kick();
  await vi.waitFor(() => expect(sentOn('whatsapp')).toBe(72));
  await pause(200);
  expect(sentOn('whatsapp'), 'no more than its own places').toBe(72);

  for (let i = 0; i < 30; i += 1) await write('telegram', String(i));
  const began = performance.now();
  sending.kick();
  await vi.waitFor(() => expect(sentOn('telegram')).toBe(30));
  expect(performance.now() - began).toBeLessThan(1_500);

  await write('whatsapp', '+32479999999', 'urgent');
  sending.kick();
  await vi.waitFor(() => expect(sends.at(-1)?.address).toBe('+32479999999'));
  expect(sentOn('whatsapp')).toBe(73);

  await vi.waitFor(
    () => {
      answer();
      expect(sentOn('whatsapp')).toBe(91);
    },
    { interval: 100 },
  );
});
