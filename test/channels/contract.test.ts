import { describe, expect, test } from 'vitest';
import { limits } from '../../src/channels/limits.ts';
import { hearing } from './hearing.ts';
import { choicesOf, delivery, rendered } from './messages.ts';
import { type Provider, providers } from './providers.ts';
import { closedPort, type RecordingServer, type Reply, recordingServer } from './recording-server.ts';

/** The same promises for every channel, kept by its real SDK over real HTTP. */
describe.each(providers)('$name', (provider) => {
  async function start(faulty?: Reply) {
    const server = await recordingServer((request) =>
      faulty !== undefined && provider.isSend(request) ? faulty : provider.well(request),
    );
    return { server, channel: provider.build(server.url, hearing()) };
  }

  test('a text leaves as it is', async () => {
    const { server, channel } = await start();
    const outcome = await channel.send(delivery(provider.address, rendered('Muraho, Claudine! É ok?', 0)));
    expect(outcome).toEqual({ kind: 'sent', providerId: expect.stringMatching(/77$|^1700000000\.000100$/) });
    expect(left(provider, server)).toEqual([
      { text: 'Muraho, Claudine! É ok?', shown: 'nothing', tokens: [] },
    ]);
  });

  test.each([2, 5, 12])('%i choices can all be reached, by press or by number', async (count) => {
    const { server, channel } = await start();
    expect((await channel.send(delivery(provider.address, rendered('Which one?', count)))).kind).toBe('sent');
    const [message, ...more] = left(provider, server);
    expect(more).toEqual([]);
    const tokens = choicesOf(count).map(({ token }) => token);
    const { buttons, list } = limits[provider.name];
    const shown = count <= buttons.max ? 'buttons' : list !== null && count <= list.max ? 'list' : 'nothing';
    expect(message?.shown).toBe(shown);
    if (shown === 'nothing') expect(message?.text).toContain(`\n${count}. Choice ${count}`);
    else expect(message).toEqual({ text: 'Which one?', shown, tokens });
  });

  test('10,000 characters leave in parts that fit, in order, the choices last', async () => {
    const { server, channel } = await start();
    const text = `${'Uru rugendo ni rurerure cyane. '.repeat(320)}\n\nEnd of it?`;
    expect((await channel.send(delivery(provider.address, rendered(text, 2)))).kind).toBe('sent');
    const parts = left(provider, server);
    expect(parts.length).toBeGreaterThan(2);
    expect(parts.every((part) => part.text.length <= limits[provider.name].text)).toBe(true);
    expect(
      parts
        .map((part) => part.text)
        .join(' ')
        .replace(/\s+/g, ' '),
    ).toBe(text.replace(/\s+/g, ' '));
    expect(parts.map(({ shown }) => shown)).toEqual([...parts.slice(1).map(() => 'nothing'), 'buttons']);
  });

  test('when a later part fails, the next attempt goes on from there', async () => {
    const { server, channel } = await start();
    let sends = 0;
    server.answer = (request) => {
      if (provider.isSend(request)) sends += 1;
      return provider.isSend(request) && sends === 2 ? provider.throttled : provider.well(request);
    };
    const text = Array.from({ length: 300 }, (_, index) => `Uru rugendo rwa ${index}. `).join('');
    const row = delivery(provider.address, rendered(text, 0));
    expect((await channel.send(row)).kind).toBe('throttled');
    expect((await channel.send(row)).kind).toBe('sent');
    const texts = left(provider, server).map((part) => part.text);
    // The part that was refused is the only one that was tried twice.
    expect(texts.length - new Set(texts).size).toBe(1);
    expect(texts[1]).toBe(texts[2]);
  });

  test('right-to-left and zero-width characters go through unharmed', async () => {
    const { server, channel } = await start();
    const text = 'مرحبا Claudine \u200d\u200f 👩🏾‍⚕️ agaciro';
    await channel.send(delivery(provider.address, rendered(text, 0)));
    expect(left(provider, server)[0]?.text).toBe(text);
  });

  test.each([
    ['unreachable', 'unreachable'],
    ['misconfigured', 'misconfigured'],
    ['rejected', 'rejected'],
    ['throttled', 'throttled'],
  ] as const)('a %s answer is a value', async (answer, kind) => {
    const { channel } = await start(provider[answer]);
    expect((await channel.send(delivery(provider.address, rendered('Muraho', 0)))).kind).toBe(kind);
  });

  test('who blocked us, or is gone, is told apart from our mistakes', async () => {
    const { channel } = await start(provider.blocked);
    const { kind } = await channel.send(delivery(provider.address, rendered('Muraho', 0)));
    expect(kind).toBe(provider.name === 'slack' ? 'unreachable' : 'blocked');
  });

  test('a server error, or a connection reset after the request left, is unknown', async () => {
    for (const reply of [{ status: 500, text: '<html>oops</html>' }, 'reset'] as const) {
      const { server, channel } = await start(reply);
      expect((await channel.send(delivery(provider.address, rendered('Muraho', 0)))).kind).toBe('unknown');
      // No SDK may try again by itself: that is how messages are sent twice.
      expect(server.requests.filter(provider.isSend).length).toBe(1);
    }
  });

  test('a refused connection is provably not sent', async () => {
    const channel = provider.build(await closedPort(), hearing());
    const outcome = await channel.send(delivery(provider.address, rendered('Muraho', 0)));
    expect(outcome).toEqual({ kind: 'not_sent', detail: 'ECONNREFUSED' });
  });

  test('no detail of an outcome quotes an address', async () => {
    for (const reply of [provider.blocked, provider.unreachable, provider.rejected, provider.misconfigured]) {
      const { channel } = await start(reply);
      const outcome = await channel.send(delivery(provider.address, rendered('Muraho', 0)));
      expect(JSON.stringify(outcome)).not.toContain(provider.address.replace('whatsapp:', ''));
    }
  });
});

function left(provider: Provider, server: RecordingServer) {
  return server.requests.filter(provider.isSend).map((request) => provider.read(request, server.requests));
}
