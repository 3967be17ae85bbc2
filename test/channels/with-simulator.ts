import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import { Hono } from 'hono';
import { onTestFinished } from 'vitest';
import { slack } from '../../src/channels/slack/slack.ts';
import { telegram } from '../../src/channels/telegram/telegram.ts';
import { whatsapp } from '../../src/channels/whatsapp/whatsapp.ts';
import { simulatedAccounts } from '../../src/simulator/product.ts';
import { createSimulator } from '../../src/simulator/simulator.ts';
import { hearing } from './hearing.ts';
import { memoryContents } from './providers.ts';

type Mode = { readonly telegram?: 'polling' | 'webhook'; readonly slack?: 'http' | 'socket' };

/** One person on each channel, by the address that the stand-ins know and the one that the adapters hear. */
export const people = {
  telegram: { phone: '5001', address: '5001' },
  whatsapp: { phone: '+250788000001', address: '+250788000001' },
  slack: { phone: 'U0CLAUDINE', address: 'U0CLAUDINE' },
} as const;

/** The three channels in front of the three stand-ins on one port, as they run with nothing configured. */
export async function withSimulator(mode: Mode = {}) {
  const app = new Hono();
  const server = await new Promise<ServerType>((resolve) => {
    const started = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(started));
  });
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const url = `http://127.0.0.1:${port}`;
  const accounts = simulatedAccounts;
  const authToken = 'simulated-auth-token';
  const signingSecret = 'simulated-signing-secret';
  const ear = hearing();
  const simulator = createSimulator({
    clock: ear.clock,
    publicUrl: url,
    timing: { telegramRetryMs: () => 1, slackRetryMs: [1, 1, 1], receiptMs: 0 },
    product: {
      twilioWebhook: { url: `${url}/webhooks/whatsapp`, authToken },
      slack: {
        eventsUrl: `${url}/webhooks/slack/events`,
        interactivityUrl: `${url}/webhooks/slack/interactivity`,
        commandsUrl: `${url}/webhooks/slack/commands`,
        signingSecret,
      },
    },
  });
  const channels = {
    telegram: telegram({
      ...ear,
      token: accounts.telegramToken,
      apiRoot: `${url}/telegram`,
      mode:
        mode.telegram === 'polling'
          ? { kind: 'polling', pauseMs: 1 }
          : { kind: 'webhook', secret: 'simulated_secret', publicBaseUrl: url },
    }),
    whatsapp: whatsapp({
      ...ear,
      accountSid: accounts.accountSid,
      authToken,
      sender: accounts.sender,
      publicBaseUrl: url,
      baseUrls: { api: `${url}/twilio`, content: `${url}/twilio`, messaging: `${url}/twilio` },
      contents: memoryContents(),
      provision: 'auto',
    }),
    slack: slack({
      ...ear,
      teamId: accounts.teamId,
      botUserId: accounts.botUserId,
      botId: accounts.botId,
      botToken: accounts.botToken,
      slackApiUrl: `${url}/slack/api/`,
      mode:
        mode.slack === 'socket'
          ? { kind: 'socket', appToken: accounts.appToken }
          : { kind: 'http', signingSecret },
    }),
  };
  app.route('/', simulator.app);
  for (const { routes } of Object.values(channels)) if (routes) app.route('/', routes);
  await channels.telegram.start();
  await channels.slack.start();
  onTestFinished(async () => {
    await channels.telegram.stop();
    // In Socket Mode it waits seconds for a goodbye; the simulator hangs up at once.
    void channels.slack.stop();
    simulator.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  /** A call of the control API; throws on a refusal, which is a mistake of the test. */
  async function control(path: string, body?: object): Promise<Record<string, unknown>> {
    const init =
      body === undefined
        ? {}
        : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const response = await fetch(`${url}/simulator/${path}`, init);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Record<string, unknown>; // documented in control.ts
  }
  const at = (channel: keyof typeof people) =>
    `people/${channel}/${encodeURIComponent(people[channel].phone)}`;
  for (const [channel, { phone }] of Object.entries(people))
    await control('people', { channel, address: phone, name: 'Claudine' });

  return {
    url,
    ear,
    channels,
    simulator,
    control,
    act: (channel: keyof typeof people, deed: string, body: object = {}) =>
      control(`${at(channel)}/${deed}`, body),
    fault: (channel: keyof typeof people, fault: string, more: object = {}) =>
      control('faults', { channel, fault, ...more }),
    /** What the person sees, newest last, once nothing is on its way any more. */
    async sees(channel: keyof typeof people): Promise<Seen[]> {
      await simulator.quiet(5000);
      const { messages } = await control(`${at(channel)}/messages`);
      return messages as Seen[]; // documented in control.ts
    },
  };
}

export type Seen = {
  readonly id: string;
  readonly text: string;
  readonly template: string | null;
  readonly choices: readonly { readonly id: string; readonly label: string }[];
};
