import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { type Logger, LogLevel, WebClient } from '@slack/web-api';
import { Bot } from 'grammy';
import twilio from 'twilio';
import { afterEach, expect, vi } from 'vitest';
import type { describeEntry } from '../../src/simulator/people.ts';
import { type Control, simulatedAccounts, type Timing } from '../../src/simulator/product.ts';
import { createSimulator } from '../../src/simulator/simulator.ts';
import type { RecordedRequest } from '../../src/simulator/tap.ts';

export type Hook = {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly form: Record<string, string>;
};
type Reply = { readonly status?: number; readonly body?: unknown; readonly text?: string } | 'hang up';

export const authToken = 'a-twilio-token-of-the-tests';
export const signingSecret = 'a-slack-secret-of-the-tests';
export const telegramSecret = 'a-telegram-secret';

/** The Slack SDKs print what they are refused. */
export const silent: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  setName() {},
  getLevel: () => LogLevel.ERROR,
};

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/**
 * The stand-ins on a port of their own, a product that just writes down what reaches it, and the real SDKs
 * pointed at them. `reply` says how the product answers; without it, 200 and nothing.
 */
export async function scene(
  more: {
    reply?: (hook: Hook) => Reply | Promise<Reply>;
    timing?: Partial<Timing>;
    control?: Control;
    telegramWebhook?: boolean;
  } = {},
) {
  const hooks: Hook[] = [];
  const clock = { time: new Date('2026-11-23T08:00:00.000Z'), now: () => clock.time };
  const reply = { now: more.reply ?? ((): Reply => ({})) };
  const product = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const body = Buffer.concat(chunks).toString();
      const hook = {
        path: request.url ?? '',
        headers: request.headers,
        body,
        form: Object.fromEntries(new URLSearchParams(body)),
      };
      hooks.push(hook);
      const answer = await reply.now(hook);
      if (answer === 'hang up') return request.socket.destroy();
      response.writeHead(answer.status ?? 200, {
        'content-type': answer.text === undefined ? 'application/json' : 'text/plain',
      });
      return response.end(answer.text ?? (answer.body === undefined ? '' : JSON.stringify(answer.body)));
    });
  });
  const productUrl = await listen(product);
  let url = '';
  const simulator = createSimulator({
    clock,
    publicUrl: () => url,
    product: {
      ...(more.telegramWebhook
        ? { telegramWebhook: { url: `${productUrl}/telegram`, secret: telegramSecret } }
        : {}),
      twilioWebhook: { url: `${productUrl}/whatsapp`, authToken },
      slack: {
        eventsUrl: `${productUrl}/slack/events`,
        interactivityUrl: `${productUrl}/slack/interactivity`,
        commandsUrl: `${productUrl}/slack/commands`,
        signingSecret,
      },
      ...(more.control ? { control: more.control } : {}),
    },
    timing: { slackRetryMs: [1, 2, 3], telegramRetryMs: () => 1, ...more.timing },
  });
  const served = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const server = serve({ fetch: simulator.app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
      url = `http://127.0.0.1:${port}`;
      resolve(server);
    });
  });
  endings.push(() => {
    simulator.close();
    // Streams and held calls would keep the servers open.
    if ('closeAllConnections' in served) served.closeAllConnections();
    product.closeAllConnections();
    served.close();
    product.close();
  });

  async function call(method: string, path: string, body?: unknown) {
    const response = await fetch(`${url}/simulator/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    // Every answer of the control API is an object.
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }
  const at = (channel: string, address: string) => `people/${channel}/${encodeURIComponent(address)}`;
  return {
    url,
    productUrl,
    clock,
    hooks,
    simulator,
    call,
    answers(next: (hook: Hook) => Reply | Promise<Reply>) {
      reply.now = next;
    },
    person: (channel: string, address: string, facts: object = {}) =>
      call('POST', 'people', { channel, address, ...facts }),
    act: (channel: string, address: string, deed: string, body: object = {}) =>
      call('POST', `${at(channel, address)}/${deed}`, body),
    messages: async (channel: string, address: string, query = '') =>
      // The shape that control.ts promises; the tests check the rest.
      (await call('GET', `${at(channel, address)}/messages${query}`)).body['messages'] as ReturnType<
        typeof describeEntry
      >[],
    get: async (channel: string, address: string, what: string) =>
      (await call('GET', `${at(channel, address)}/${what}`)).body,
    requests: async (query = '') =>
      (await call('GET', `requests${query}`)).body['requests'] as RecordedRequest[],
    /** Waits for a webhook of the product that satisfies. */
    hook: (wanted: (hook: Hook) => boolean): Promise<Hook> =>
      vi.waitFor(
        () => {
          const found = hooks.find(wanted);
          expect(found).toBeDefined();
          return found as Hook;
        },
        { timeout: 5_000, interval: 5 },
      ),
    bot: () =>
      new Bot(simulatedAccounts.telegramToken, {
        client: { apiRoot: `${url}/telegram`, timeoutSeconds: 60 },
      }),
    twilio(timeoutMs = 5_000) {
      const client = twilio(simulatedAccounts.accountSid, authToken, { timeout: timeoutMs });
      for (const domain of [client.api, client.content, client.messaging]) domain.baseUrl = `${url}/twilio`;
      return client;
    },
    slack: () =>
      new WebClient(simulatedAccounts.botToken, {
        slackApiUrl: `${url}/slack/api/`,
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
        logger: silent,
        timeout: 5_000,
      }),
  };
}
export type Scene = Awaited<ReturnType<typeof scene>>;

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // address() is a string only for a pipe.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
