import { expect, test } from 'vitest';
import { catchUp } from '../../../src/channels/whatsapp/catch-up.ts';
import { clientOf } from '../../../src/channels/whatsapp/whatsapp.ts';
import { simulatedAccounts } from '../../../src/simulator/product.ts';
import { programmeNow } from '../hearing.ts';
import { withSimulator } from '../with-simulator.ts';

const hour = 3_600_000;
const after = (hours: number) => new Date(programmeNow.getTime() + hours * hour);

/** Seven messages within three days, of which none could be kept when it came. */
async function outage() {
  const open = await withSimulator();
  const { ear, act, simulator } = open;
  for (const [index, hours] of [0, 1, 20, 30, 31, 32, 70].entries()) {
    ear.now = after(hours);
    ear.unavailable = 1;
    await act('whatsapp', 'say', { text: `message ${index + 1}` });
    await simulator.quiet(5000);
  }
  ear.now = after(71);
  return open;
}

const words = ({ ear }: Awaited<ReturnType<typeof outage>>) =>
  ear.heard.map(({ event }) => (event.kind === 'text' ? event.text : event.kind));

test('days of messages are taken in, oldest first, in as many looks as it takes', async () => {
  const open = await outage();
  expect(words(open)).toEqual([]);
  const { catchUp: look } = open.channels.whatsapp;
  expect(await look(after(-1), 4)).toEqual({ kind: 'more', through: seconds(after(30)), messages: 4 });
  expect(words(open)).toEqual(['message 1', 'message 2', 'message 3', 'message 4']);
  // It begins with the last one again, whose second may have had another.
  expect(await look(seconds(after(30)), 4)).toMatchObject({
    kind: 'done',
    through: open.ear.now,
    messages: 4,
  });
  expect(words(open).slice(4)).toEqual(['message 5', 'message 6', 'message 7']);
});

test('what cannot be kept is where the next look begins', async () => {
  const open = await outage();
  const { ear, channels } = open;
  let calls = 0;
  const client = clientOf({
    accountSid: simulatedAccounts.accountSid,
    authToken: 'simulated-auth-token',
    baseUrls: { api: `${open.url}/twilio`, content: `${open.url}/twilio`, messaging: `${open.url}/twilio` },
  });
  // In pages of two, and away at the fourth.
  const caught = await catchUp(
    client,
    channels.whatsapp.account,
    { since: after(-1), until: ear.now, most: 100, pageSize: 2 },
    async () => ++calls < 4,
    () => undefined,
  );
  expect(caught).toEqual({ kind: 'interrupted', through: expect.any(Date), messages: 3 });
  expect(caught.through.getTime()).toBeLessThanOrEqual(after(30).getTime());
  expect(caught.through.getTime()).toBeGreaterThanOrEqual(seconds(after(20)).getTime());
});

test('a list that cannot be read is tried again by the next look', async () => {
  const open = await outage();
  await open.fault('whatsapp', '500', { method: 'Messages.list' });
  const { catchUp: look } = open.channels.whatsapp;
  expect(await look(after(-1))).toEqual({ kind: 'interrupted', through: after(-1), messages: 0 });
  expect(await look(after(-1))).toMatchObject({ kind: 'done', messages: 7 });
});

/** Twilio's dates are whole seconds. */
function seconds(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 1000) * 1000);
}
