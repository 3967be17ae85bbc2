import { setMaxListeners } from 'node:events';
import { Hono } from 'hono';
import { pathOf } from './api-faults.ts';
import { controlApi, type Phones } from './control.ts';
import { type Product, providerTiming, simulatedAccounts, type Timing } from './product.ts';
import { newPerson } from './register.ts';
import { type Settled, settle } from './settle.ts';
import { slackApi } from './slack/api.ts';
import { slackPhone } from './slack/phone.ts';
import { createPush } from './slack/push.ts';
import { createSockets } from './slack/sockets.ts';
import { createSlackState } from './slack/workspace.ts';
import { telegramApi } from './telegram/api.ts';
import { createTelegramState } from './telegram/bot.ts';
import { telegramPhone } from './telegram/phone.ts';
import { createTwilioState } from './twilio/account.ts';
import { twilioApi } from './twilio/api.ts';
import { whatsappPhone } from './twilio/phone.ts';
import { createWorld } from './world.ts';

export type Simulator = {
  /** Provider endpoints under /telegram, /twilio and /slack, the control API under /simulator. No other path. */
  readonly app: Hono;
  /** True when nothing is on its way to the product, false when `timeoutMs` passed first. */
  quiet(timeoutMs: number): Promise<boolean>;
  /** As `POST /simulator/settle`. */
  settle(): Promise<Settled>;
  /** Ends every wait, stream and connection. */
  close(): void;
};

/**
 * Stand-ins for the servers of Telegram, Twilio and Slack, and the phones of people who use them. State is
 * in memory. `publicUrl` is the base, without a trailing slash, at which `app` is served; a function where
 * it is known only after listening.
 */
export function createSimulator(settings: {
  readonly clock: { now(): Date };
  readonly product: Product;
  readonly publicUrl: string | (() => string);
  /** Shortens the providers' patience, for tests. */
  readonly timing?: Partial<Timing>;
  /** How many calls of the product `GET /simulator/requests` remembers; 5,000 when absent. */
  readonly remembered?: number;
  /** Called with an error that no stand-in expected. */
  readonly onBug?: (error: unknown) => void;
}): Simulator {
  const { publicUrl, product } = settings;
  const closing = new AbortController();
  // Every wait hears of the end, and there may be hundreds.
  setMaxListeners(0, closing.signal);
  const world = createWorld({
    now: () => settings.clock.now(),
    product,
    timing: { ...providerTiming, ...settings.timing },
    publicUrl: typeof publicUrl === 'string' ? () => publicUrl : publicUrl,
    closing: closing.signal,
    remembered: settings.remembered,
    onBug:
      settings.onBug ??
      ((error) => {
        throw error;
      }),
  });
  const telegram = createTelegramState(world);
  const twilio = createTwilioState();
  const slack = createSlackState();
  const sockets = createSockets(world);
  const push = createPush(world, sockets);
  const phones: Phones = {
    telegram: telegramPhone(world, telegram),
    whatsapp: whatsappPhone(world, twilio),
    slack: slackPhone(world, slack, push),
  };
  for (const { id, name } of product.slack.channels ?? [simulatedAccounts.channel])
    world.addPerson(newPerson({ channel: 'slack', address: id, name }));

  const app = new Hono({ getPath: pathOf });
  telegramApi(app, world, telegram);
  twilioApi(app, world, twilio);
  slackApi(app, world, slack, sockets);
  app.route('/', controlApi(world, phones, { twilio, sockets }));
  return {
    app,
    quiet: (timeoutMs) => world.inFlight.quiet(timeoutMs),
    settle: () => settle(world),
    close: () => closing.abort(),
  };
}
