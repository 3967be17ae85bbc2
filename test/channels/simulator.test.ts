import { describe, expect, test, vi } from 'vitest';
import { limits } from '../../src/channels/limits.ts';
import { approvalNameOf } from '../../src/channels/whatsapp/templates.ts';
import { programmeNow } from './hearing.ts';
import { choicesOf, delivery, rendered } from './messages.ts';
import { people, withSimulator } from './with-simulator.ts';

const reminder = {
  key: 'travel.reminder.text',
  lang: 'rw',
  category: 'UTILITY',
  body: 'Urugendo {{1}} ruri hafi cyane, witegure.',
  variables: ['M-0012'],
  options: [{ id: 'yes', title: 'Yego' }],
} as const;

/** The real SDKs against the stand-ins over real HTTP, as the product runs with nothing configured. */
describe.each(['telegram', 'whatsapp', 'slack'] as const)('%s and its stand-in', (channel) => {
  const { address } = people[channel];

  test('what a person says is heard once, also when it comes twice', async () => {
    const { ear, act, fault, simulator } = await withSimulator();
    await fault(channel, 'duplicate');
    await act(channel, 'say', { text: 'Muraho <b> & *neza*' });
    await simulator.quiet(5000);
    expect(ear.heard).toMatchObject([
      { channel, address, event: { kind: 'text', text: 'Muraho <b> & *neza*' } },
    ]);
    expect(ear.counted).toContain(`${channel}.duplicate`);
  });

  test.each([2, 5, 12])(
    'one of %i choices can be pressed, or typed where there are no buttons',
    async (count) => {
      const { ear, channels, act, sees, simulator } = await withSimulator();
      await act(channel, 'say', { text: 'Muraho' });
      await simulator.quiet(5000);
      const outcome = await channels[channel].send(delivery(address, rendered('Which one? <a> & b', count)));
      const [seen] = await sees(channel);
      const { buttons, list } = limits[channel];
      if (count > Math.max(buttons.max, list?.max ?? 0)) {
        expect(seen?.text.endsWith(`${count}. Choice ${count}`)).toBe(true);
        return;
      }
      expect(seen).toMatchObject({ text: 'Which one? <a> & b' });
      expect(seen?.choices.map(({ label }) => label)).toEqual(choicesOf(count).map(({ label }) => label));
      await act(channel, 'press', { label: 'Choice 2', message: seen?.id });
      await ear.until(() => ear.heard.some(({ event }) => event.kind === 'press'));
      const press = ear.heard.find(({ event }) => event.kind === 'press');
      expect(press).toMatchObject({ address, event: { token: 'q7:demo.pick:c2', title: 'Choice 2' } });
      expect(press?.repliesTo).toBe(outcome.kind === 'sent' ? outcome.providerId : null);
    },
  );

  test('a connection that breaks after the message was taken is unknown, and the message was sent once', async () => {
    const { channels, act, fault, sees, simulator } = await withSimulator();
    await act(channel, 'say', { text: 'Muraho' });
    await simulator.quiet(5000);
    await fault(channel, 'drop-after-accept');
    const row = delivery(address, rendered('Only once', 0));
    expect((await channels[channel].send(row)).kind).toBe('unknown');
    const seen = await sees(channel);
    expect(seen.map(({ text }) => text)).toEqual(['Only once']);
    if (channel === 'telegram') return;
    const question = { ...row, since: programmeNow };
    expect((await channels[channel].lookUp(question)).kind).toBe('found');
    const other = { ...question, ledgerId: '99999', message: rendered('Never sent', 0) };
    expect((await channels[channel].lookUp(other)).kind).toBe('absent');
  });

  test.each([0, 1, 2])('a long message that breaks off at part %i goes on behind it', async (broken) => {
    if (channel === 'telegram') return; // cannot be asked
    const { ear, channels, act, fault, sees, simulator } = await withSimulator();
    await act(channel, 'say', { text: 'Muraho' });
    await simulator.quiet(5000);
    const size = limits[channel].text;
    const text = [1, 2, 3].map((n) => `${n} ${'rurerure '.repeat(size / 12)}`).join('\n\n');
    const row = delivery(address, rendered(text, 0));
    for (let part = 0; part < broken; part += 1)
      await ear.sent.keepPart(row.ledgerId, part, `earlier ${part}`);
    await fault(channel, 'drop-after-accept');
    expect((await channels[channel].send(row)).kind).toBe('unknown');
    const found = await channels[channel].lookUp({ ...row, since: programmeNow });
    expect(found.kind).toBe(broken === 2 ? 'found' : 'absent');
    if (broken < 2) expect((await channels[channel].send(row)).kind).toBe('sent');
    const seen = await sees(channel);
    expect(seen.map(({ text }) => text.slice(0, 1))).toEqual(['1', '2', '3'].slice(broken));
  });

  test('a rate limit and a broken server are told apart', async () => {
    const { channels, act, fault, simulator } = await withSimulator();
    await act(channel, 'say', { text: 'Muraho' });
    await simulator.quiet(5000);
    await fault(channel, '429', { retryAfter: 3 });
    expect((await channels[channel].send(delivery(address, rendered('A', 0)))).kind).toBe('throttled');
    await fault(channel, '500');
    expect((await channels[channel].send(delivery(address, rendered('B', 0)))).kind).toBe('unknown');
  });

  test('while the database is away the event comes again, where the provider knows how', async () => {
    const { ear, act, simulator } = await withSimulator();
    ear.unavailable = 1;
    await act(channel, 'say', { text: 'Muraho' });
    await simulator.quiet(5000);
    // Twilio does not repeat what was refused: its message list is what the reconciler is for.
    expect(ear.heard.length).toBe(channel === 'whatsapp' ? 0 : 1);
  });

  test('media are heard as what they are', async () => {
    const { ear, act, simulator } = await withSimulator();
    await act(channel, 'send', { kind: 'image', caption: 'diploma' });
    await act(channel, 'send', { kind: 'document' });
    await simulator.quiet(5000);
    expect(ear.heard.map(({ event }) => event)).toMatchObject([
      { kind: 'media', media: 'image', caption: 'diploma' },
      { kind: 'media', media: 'document' },
    ]);
  });
});

describe('Telegram and its stand-in', () => {
  test('long polling hears the same', async () => {
    const { ear, act } = await withSimulator({ telegram: 'polling' });
    ear.unavailable = 1;
    await act('telegram', 'say', { text: 'Muraho' });
    await ear.until(() => ear.heard.length === 1);
    expect(ear.counted).toContain('telegram.unavailable');
  });

  test('a block is heard, and met on sending', async () => {
    const { ear, channels, act } = await withSimulator();
    await act('telegram', 'block');
    await ear.until(() => ear.heard.some(({ event }) => event.kind === 'blocked'));
    expect((await channels.telegram.send(delivery('5001', rendered('Muraho', 0)))).kind).toBe('blocked');
    await act('telegram', 'unblock');
    await ear.until(() => ear.heard.some(({ event }) => event.kind === 'unblocked'));
  });

  test('a correction is heard as one', async () => {
    const { ear, act, simulator } = await withSimulator();
    const { id } = await act('telegram', 'say', { text: 'ndi umuforomo' });
    await simulator.quiet(5000);
    await act('telegram', 'edit', { message: id, text: 'ndi umuganga' });
    await ear.until(() => ear.heard.some(({ event }) => event.kind === 'edited'));
  });
});

describe('WhatsApp and its stand-in', () => {
  const { address } = people.whatsapp;

  test('a message that repeats an earlier one and never left is not found in its place', async () => {
    const { ear, channels, act, fault, simulator } = await withSimulator();
    await act('whatsapp', 'say', { text: 'Muraho' });
    await simulator.quiet(5000);
    const first = await channels.whatsapp.send(delivery(address, rendered('Which one?', 2)));
    if (first.kind === 'sent') ear.held.add(first.providerId);
    await fault('whatsapp', '500');
    const second = delivery(address, rendered('Which one?', 2));
    expect((await channels.whatsapp.send(second)).kind).toBe('unknown');
    expect(await channels.whatsapp.lookUp({ ...second, since: programmeNow })).toEqual({ kind: 'absent' });
  });

  test('receipts carry the ledger id, even those that overtake the answer', async () => {
    const { ear, channels, act, fault, sees, simulator } = await withSimulator();
    await act('whatsapp', 'say', { text: 'Muraho' });
    await simulator.quiet(5000);
    await fault('whatsapp', 'callback-first');
    const row = delivery(address, rendered('Which one?', 2));
    const outcome = await channels.whatsapp.send(row);
    await sees('whatsapp');
    await act('whatsapp', 'read');
    await simulator.quiet(5000);
    const receipts = ear.heard.flatMap(({ event }) => (event.kind === 'receipt' ? [event.receipt] : []));
    expect(new Set(receipts.map(({ state }) => state))).toEqual(new Set(['sent', 'delivered', 'read']));
    for (const receipt of receipts) {
      expect(receipt).toMatchObject({
        ledgerId: row.ledgerId,
        providerId: outcome.kind === 'sent' ? outcome.providerId : '',
      });
    }
  });

  test.each([
    ['a text', {}, 0],
    ['buttons', {}, 2],
    ['a list', {}, 5],
    ['numbered lines', {}, 12],
    ['a template', { windowOpen: false, template: reminder }, 2],
  ] as const)('%s of unknown outcome is found, as soon as the list shows it', async (_, more, count) => {
    const { channels, act, fault, simulator } = await withSimulator();
    await act('whatsapp', 'say', { text: 'Muraho' });
    await simulator.quiet(5000);
    await fault('whatsapp', 'lag', { ms: 300 });
    await fault('whatsapp', 'drop-after-accept', { method: 'Messages.create' });
    const row = delivery(address, rendered('*Which* one?', count), more);
    expect((await channels.whatsapp.send(row)).kind).toBe('unknown');
    const question = { ...row, since: programmeNow };
    expect((await channels.whatsapp.lookUp(question)).kind).toBe('absent');
    await vi.waitFor(async () => expect((await channels.whatsapp.lookUp(question)).kind).toBe('found'), 5000);
  });

  test('outside the window a text fails by callback, and an approved template arrives', async () => {
    const { ear, channels, sees, act, simulator } = await withSimulator();
    await channels.whatsapp.send(delivery(address, rendered('Muraho', 0)));
    await simulator.quiet(5000);
    expect(ear.heard.map(({ event }) => event)).toMatchObject([
      { kind: 'receipt', receipt: { state: 'failed', code: '63016' } },
    ]);
    const row = delivery(address, rendered('…', 0), { windowOpen: false, template: reminder });
    expect((await channels.whatsapp.send(row)).kind).toBe('sent');
    expect(await sees('whatsapp')).toMatchObject([
      {
        text: 'Urugendo M-0012 ruri hafi cyane, witegure.',
        template: approvalNameOf(reminder),
        choices: [{ id: 'yes', label: 'Yego' }],
      },
    ]);
    // The option id of a template says which choice, the quoted message which question (rule 11).
    const [seen] = await sees('whatsapp');
    await act('whatsapp', 'press', { label: 'Yego', message: seen?.id });
    await ear.until(() => ear.heard.some(({ event }) => event.kind === 'press'));
    expect(ear.heard.find(({ event }) => event.kind === 'press')).toMatchObject({
      repliesTo: seen?.id,
      event: { token: 'yes' },
    });
  });

  test('a person whose phone is hidden is heard and answered by the business-scoped id', async () => {
    const { ear, channels, control, simulator } = await withSimulator();
    await control('people', { channel: 'whatsapp', address: 'BE.9031120', name: 'Aline' });
    await control('people/whatsapp/BE.9031120/say', { text: 'Bonjour' });
    await simulator.quiet(5000);
    expect(ear.heard[0]).toMatchObject({ address: 'BE.9031120' });
    expect((await channels.whatsapp.send(delivery('BE.9031120', rendered('Bonjour, Aline', 0)))).kind).toBe(
      'sent',
    );
    await simulator.quiet(5000);
    const { messages } = await control('people/whatsapp/BE.9031120/messages');
    expect(messages).toMatchObject([{ text: 'Bonjour, Aline' }]);
  });

  test('what was refused while the database was away is fetched from Twilio, oldest first and once', async () => {
    const { ear, channels, act, simulator } = await withSimulator();
    ear.unavailable = 1;
    await act('whatsapp', 'say', { text: 'Muraho' });
    await simulator.quiet(5000);
    await act('whatsapp', 'say', { text: 'ndi umuforomo' });
    await simulator.quiet(5000);
    ear.unavailable = 1;
    const since = new Date(programmeNow.getTime() - 60_000);
    expect(await channels.whatsapp.catchUp(since)).toMatchObject({ kind: 'interrupted', messages: 0 });
    expect(await channels.whatsapp.catchUp(since)).toMatchObject({ kind: 'done', messages: 2 });
    expect(await channels.whatsapp.catchUp(since)).toMatchObject({ kind: 'done', messages: 2 });
    expect(ear.heard.map(({ address: from, event }) => [from, event])).toEqual([
      [address, { kind: 'text', text: 'ndi umuforomo' }],
      [address, { kind: 'text', text: 'Muraho' }],
    ]);
  });

  test('typing is shown on the message that is being answered', async () => {
    const { channels, ear, act, control, simulator } = await withSimulator();
    await act('whatsapp', 'say', { text: 'Muraho' });
    await simulator.quiet(5000);
    await channels.whatsapp.typing?.(address, ear.heard[0]?.key ?? '');
    const { requests } = await control('requests?provider=twilio');
    expect(requests).toMatchObject([{ method: 'Typing.create', status: 200 }]);
  });
});

describe('Slack and its stand-in', () => {
  test('Socket Mode hears the same, and again what was not kept', async () => {
    const { ear, act, channels, sees } = await withSimulator({ slack: 'socket' });
    await act('slack', 'say', { text: 'Muraho' });
    await ear.until(() => ear.heard.length === 1);
    await channels.slack.send(delivery('U0CLAUDINE', rendered('Which one?', 2)));
    const [seen] = await sees('slack');
    await act('slack', 'press', { label: 'Choice 1', message: seen?.id });
    await ear.until(() => ear.heard.some(({ event }) => event.kind === 'press'));
  });

  test('a command of a coordinator is answered, a modal opened, and its form refused with reasons', async () => {
    const { channels, act, control } = await withSimulator();
    const { bolt, desk } = channels.slack;
    bolt.command('/intumwa', async ({ ack, body }) => {
      await ack();
      await desk.open({
        triggerId: body.trigger_id,
        view: {
          type: 'modal',
          callback_id: 'mission.open',
          title: { type: 'plain_text', text: 'Mission' },
          submit: { type: 'plain_text', text: 'Open' },
          blocks: [
            {
              type: 'input',
              block_id: 'title',
              label: { type: 'plain_text', text: 'Title' },
              element: { type: 'plain_text_input', action_id: 'title' },
            },
          ],
        },
      });
    });
    bolt.view('mission.open', ({ ack }) =>
      ack({ response_action: 'errors', errors: { title: 'Too short' } }),
    );
    await act('slack', 'command', { text: '/intumwa mission' });
    const { modal } = await control('people/slack/U0CLAUDINE/modal');
    expect(modal).toMatchObject({ callback_id: 'mission.open' });
    expect(await act('slack', 'submit', { values: { title: 'x' } })).toMatchObject({
      errors: { title: 'Too short' },
    });
  });

  test('the home tab is published when it is opened', async () => {
    const { channels, control } = await withSimulator();
    channels.slack.bolt.event('app_home_opened', async ({ event }) => {
      const text = { type: 'mrkdwn', text: 'Three open tickets' };
      await channels.slack.desk.publish({
        user: event.user,
        view: { type: 'home', blocks: [{ type: 'section', text }] },
      });
    });
    expect((await control('people/slack/U0CLAUDINE/home')).home).toMatchObject({
      text: expect.stringContaining('Three open'),
    });
  });
});
