import { describe, expect, test, vi } from 'vitest';
import { telegram } from '../../../src/channels/telegram/telegram.ts';
import { hearing } from '../hearing.ts';
import { payload } from '../payloads.ts';
import { telegramToken } from '../providers.ts';
import { type Recorded, type Reply, recordingServer } from '../recording-server.ts';

const refusedMs = 30;

type Poll = { readonly offset: number };

/** A Telegram that answers each poll by `polls` in turn, and then with nothing. */
async function start(polls: ((poll: Poll) => Reply)[]) {
  const offsets: number[] = [];
  const server = await recordingServer((request: Recorded) => {
    if (!request.path.endsWith('/getUpdates')) return { json: { ok: true, result: true } };
    const poll = JSON.parse(request.body) as Poll; // made by the SDK
    offsets.push(poll.offset);
    return polls.shift()?.(poll) ?? { json: { ok: true, result: [] } };
  });
  const ear = hearing();
  const mode = { kind: 'polling', holdSeconds: 0, pauseMs: 1, refusedMs } as const;
  const states: string[] = [];
  const polled = (state: string) => states.push(state);
  const channel = telegram({ ...ear, token: telegramToken, apiRoot: server.url, mode, polled });
  return { server, ear, channel, offsets, states };
}

const batch = (...updates: object[]): Reply => ({ json: { ok: true, result: updates } });
const text = (update_id: number, from: number, words: string) => ({
  update_id,
  message: {
    message_id: update_id,
    date: 1,
    text: words,
    chat: { id: from, type: 'private' },
    from: { id: from, is_bot: false },
  },
});
const failure = (error_code: number, description: string, parameters = {}): Reply => ({
  status: error_code,
  json: { ok: false, error_code, description, parameters },
});

describe('the Telegram poller', () => {
  test('confirms an update only after it is kept', async () => {
    const { ear, channel, offsets } = await start([() => batch(text(10, 1, 'a'), text(11, 1, 'b'))]);
    await channel.start();
    await ear.until(() => ear.heard.length === 2);
    await channel.stop();
    expect(offsets.slice(0, 1)).toEqual([0]);
    expect(offsets.slice(1).every((offset) => offset === 12)).toBe(true);
  });

  test('while the database is away the same updates are fetched again, none lost and none twice', async () => {
    const updates = [text(20, 1, 'a'), text(21, 2, 'b'), text(22, 1, 'c')];
    const serve = ({ offset }: Poll) => batch(...updates.filter(({ update_id }) => update_id >= offset));
    const { ear, channel, offsets } = await start(Array.from({ length: 5 }, () => serve));
    ear.unavailable = 1;
    await channel.start();
    await ear.until(() => ear.heard.length === 3);
    await ear.until(() => ear.counted.filter((what) => what.endsWith('kept')).length === 3);
    await channel.stop();
    expect(ear.counted).toContain('telegram.unavailable');
    expect(offsets.slice(0, 2)).toEqual([0, 0]);
    // One person's messages keep their order.
    const words = ear.heard
      .filter(({ address }) => address === '1')
      .map(({ event }) => (event.kind === 'text' ? event.text : ''));
    expect(words).toEqual(['a', 'c']);
  });

  test('another poller, a rate limit and a broken server pass; polling goes on', async () => {
    const { ear, channel } = await start([
      () => failure(409, 'Conflict: terminated by other getUpdates request'),
      () => failure(429, 'Too Many Requests: retry after 0', { retry_after: 0 }),
      () => ({ status: 502, text: '<html>bad gateway</html>' }),
      () => 'reset',
      () => batch(payload('telegram', 'text')),
    ]);
    await channel.start();
    await ear.until(() => ear.heard.length === 1);
    await channel.stop();
    expect(ear.logged.map(({ facts }) => ('why' in facts ? facts.why : null))).toEqual([
      'conflict',
      '429',
      'HttpError',
      'HttpError',
    ]);
  });

  test.each([401, 404])(
    'a token that is refused (%i) is tried again, slowly, and told once',
    async (code) => {
      const refusal = () => failure(code, 'Unauthorized');
      const { ear, channel, offsets, states } = await start([
        refusal,
        refusal,
        refusal,
        () => batch(text(10, 1, 'a')),
      ]);
      const started = performance.now();
      await channel.start();
      await ear.until(() => ear.logged.length === 2);
      await channel.stop();
      expect(performance.now() - started).toBeGreaterThan(3 * refusedMs - 5);
      expect(offsets.slice(0, 4)).toEqual([0, 0, 0, 0]);
      expect(ear.logged.map(({ level }) => level)).toEqual(['error', 'info']);
      expect(states).toEqual(['down', 'up', 'off']);
    },
  );

  test('our own other replica is no trouble, somebody else with our token is', async () => {
    const conflict = () => failure(409, 'Conflict: terminated by other getUpdates request');
    const own = await start([...Array.from({ length: 15 }, () => conflict), () => batch(text(10, 1, 'a'))]);
    await own.channel.start();
    await vi.waitFor(() => expect(own.states).toEqual(['up']));
    const other = await start(Array.from({ length: 5_000 }, () => conflict));
    await other.channel.start();
    await vi.waitFor(() => expect(other.states).toEqual(['down']));
    await own.channel.stop();
    await other.channel.stop();
  });

  test('an error that nobody thought of does not end it, and is told once', async () => {
    const { ear, channel, states } = await start([
      () => ({ json: { ok: true, result: [null] } }),
      () => ({ json: { ok: true, result: [null] } }),
      () => batch(text(10, 1, 'a')),
    ]);
    await channel.start();
    await ear.until(() => ear.logged.length === 2);
    await channel.stop();
    expect(ear.logged.map(({ level }) => level)).toEqual(['error', 'info']);
    expect(states).toEqual(['down', 'up', 'off']);
  });

  test('a webhook that could not be taken away is tried again, or every poll would be refused', async () => {
    const { ear, channel, server } = await start([]);
    const well = server.answer;
    let set = true;
    let tries = 0;
    server.answer = (request) => {
      if (request.path.endsWith('/deleteWebhook')) {
        tries += 1;
        if (tries === 1) return { status: 502, text: 'bad gateway' };
        set = false;
      }
      if (request.path.endsWith('/getUpdates') && set) return failure(409, 'Conflict: webhook is active');
      if (request.path.endsWith('/getUpdates') && ear.heard.length === 0) return batch(text(10, 1, 'a'));
      return well(request);
    };
    await channel.start();
    await ear.until(() => ear.heard.length === 1);
    await channel.stop();
    expect(tries).toBe(2);
  });

  test('who lost the lease in the middle of a refusal stops at once, and may begin again', async () => {
    const { ear, channel, states } = await start([
      () => failure(401, 'Unauthorized'),
      () => batch(text(10, 1, 'a')),
    ]);
    await channel.start();
    await ear.until(() => ear.logged.length === 1);
    await channel.stop();
    await channel.start();
    await vi.waitFor(() => expect(states).toContain('up'));
    await channel.stop();
    expect(ear.heard).toHaveLength(1);
    expect(states).toEqual(['down', 'off', 'up', 'off']);
  });

  test('stop ends a poll that is being held', async () => {
    const { server, ear, channel } = await start([]);
    const held = new Promise<void>((resolve) => {
      server.answer = ({ path }) => {
        if (!path.endsWith('/getUpdates')) return { json: { ok: true, result: true } };
        resolve();
        return new Promise<Reply>(() => undefined);
      };
    });
    await channel.start();
    await held;
    await channel.stop();
    expect(ear.logged).toEqual([]);
  });
});
