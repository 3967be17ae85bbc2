import { Api } from 'grammy';
import { Hono } from 'hono';
import type { Channel } from '../../app/ports.ts';
import { type Edge, readSafely, take } from '../edge.ts';
import { acknowledge, megabyte, readBody, readJson, sameSecret, tooLarge } from '../http.ts';
import { limits } from '../limits.ts';
import { partSender } from '../parts.ts';
import { outcomeOfFailure } from './classify.ts';
import { type PollState, poller, wantedUpdates } from './poll.ts';
import { callbackIdOf, readUpdate } from './read.ts';
import { answerPress, sendTo, showTyping } from './send.ts';

export type TelegramConfig = Edge & {
  /** `<bot id>:<secret>`; the bot id is the channel account. */
  readonly token: string;
  /** Root of the Bot API without a trailing slash, e.g. `https://api.telegram.org`. */
  readonly apiRoot: string;
  readonly mode:
    | {
        readonly kind: 'polling';
        readonly holdSeconds?: number;
        readonly pauseMs?: number;
        readonly refusedMs?: number;
      }
    /** `secret`: 1-256 of A-Z a-z 0-9 _ -. With `publicBaseUrl`, `start` registers the webhook there. */
    | { readonly kind: 'webhook'; readonly secret: string; readonly publicBaseUrl?: string };
  /** Hears how polling goes. */
  readonly polled?: (state: PollState) => void;
};

export type Telegram = Channel & {
  /** POST /webhooks/telegram in webhook mode, else null. */
  readonly routes: Hono | null;
  /** Polls, or registers the webhook. In polling mode call it only while holding the poller's lease. */
  start(): Promise<void>;
  stop(): Promise<void>;
};

export function telegram({ token, apiRoot, mode, polled, ...edge }: TelegramConfig): Telegram {
  const account = token.split(':')[0] ?? '';
  const api = new Api(token, { apiRoot, timeoutSeconds: 20 });
  const sendParts = partSender(edge.sent);

  async function handle(update: unknown): Promise<boolean> {
    const read = readSafely(edge, 'telegram', () => readUpdate(update, account, edge.clock.now()));
    const kept = await take(edge, read, 'telegram');
    const callbackId = kept ? callbackIdOf(update) : null;
    if (callbackId !== null) {
      // Not awaited: the spinner must not delay the acknowledgement of what is already kept.
      void answerPress(api, callbackId).then((how) => edge.count(`telegram.press_${how}`));
    }
    return kept;
  }

  const polling =
    mode.kind === 'polling'
      ? // A call that waits for updates needs more time than one that sends.
        poller({
          ...mode,
          api: new Api(token, { apiRoot, timeoutSeconds: 45 }),
          handle,
          log: edge.log,
          polled,
        })
      : null;

  return {
    name: 'telegram',
    account,
    limits: limits.telegram,
    send: (delivery) => sendTo(api, sendParts, delivery),
    typing: (address) => showTyping(api, address),
    routes: mode.kind === 'webhook' ? webhook(edge, mode.secret, handle) : null,
    async start() {
      if (polling) return polling.start();
      if (mode.kind !== 'webhook' || mode.publicBaseUrl === undefined) return;
      const url = `${mode.publicBaseUrl.replace(/\/+$/, '')}/webhooks/telegram`;
      const options = { secret_token: mode.secret, allowed_updates: wantedUpdates, max_connections: 100 };
      try {
        await api.setWebhook(url, options);
      } catch (error) {
        // An earlier registration may still hold; the product must start all the same.
        const { kind } = outcomeOfFailure(error);
        edge.log.error({ channel: 'telegram', outcome: kind }, 'the webhook was not registered');
      }
    },
    async stop() {
      await polling?.stop();
    },
  };
}

function webhook(edge: Edge, secret: string, handle: (update: unknown) => Promise<boolean>): Hono {
  const routes = new Hono();
  routes.post('/webhooks/telegram', async (c) => {
    if (!sameSecret(c.req.header('x-telegram-bot-api-secret-token'), secret)) return c.text('forbidden', 403);
    const body = await readBody(c, megabyte);
    if (body === null) return tooLarge(c);
    const update = readJson(body);
    if (update === undefined) {
      // It knew the secret, so it is Telegram's; refusing it would only bring the same bytes again.
      edge.log.warn({ channel: 'telegram', bytes: body.length }, 'webhook body is no JSON');
      return acknowledge(c, true);
    }
    return acknowledge(c, await handle(update));
  });
  return routes;
}
