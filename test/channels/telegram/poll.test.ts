import { describe, expect, test } from 'vitest';
import { telegram } from '../../../src/channels/telegram/telegram.ts';
import { hearing } from '../hearing.ts';
import { payload } from '../payloads.ts';
import { telegramToken } from '../providers.ts';
import { type Recorded, type Reply, recordingServer } from '../recording-server.ts';

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
  const mode = { kind: 'polling', holdSeconds: 0, pauseMs: 1 } as const;
  const channel = telegram({ ...ear, token: telegramToken, apiRoot: server.url, mode });
  return { server, ear, channel, offsets };
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

  test('a refused token ends polling with an alert instead of asking for ever', async () => {
    const { ear, channel, offsets } = await start([() => failure(401, 'Unauthorized')]);
    await channel.start();
    await ear.until(() => ear.logged.some(({ level }) => level === 'error'));
    await channel.stop();
    expect(offsets.length).toBe(1);
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
