import { App, webApi } from '@slack/bolt';
import type { Hono } from 'hono';
import type { Channel, Log, SlackDesk } from '../../app/ports.ts';
import { type Edge, nameOf } from '../edge.ts';
import { limits } from '../limits.ts';
import type { Found, Question } from '../lookup.ts';
import { partSender } from '../parts.ts';
import { outcomeOfFailure } from './classify.ts';
import { desk } from './desk.ts';
import { dispatcher } from './dispatch.ts';
import { quietLogger } from './logger.ts';
import type { SlackIdentity } from './read.ts';
import { requests } from './requests.ts';
import { rooms } from './rooms.ts';
import { lookUp, sendTo } from './send.ts';
import { socket } from './socket.ts';

export type SlackConfig = Edge &
  SlackIdentity & {
    readonly botToken: string;
    /** `https://slack.com/api/` when absent. */
    readonly slackApiUrl?: string;
    readonly mode:
      | { readonly kind: 'http'; readonly signingSecret: string }
      | { readonly kind: 'socket'; readonly appToken: string };
    /** Machine time in milliseconds, for signatures. */
    readonly machineNow?: () => number;
  };

export type Slack = Channel & {
  /** Where the coordinators' front end hangs its listeners. Action ids must not begin with `choice`. */
  readonly bolt: App;
  readonly desk: SlackDesk;
  /** POST /webhooks/slack/events, /interactivity and /commands in HTTP mode, else null. */
  readonly routes: Hono | null;
  /** Whether a message of unknown outcome went out. */
  lookUp(question: Question): Promise<Found>;
  /** Opens the socket in Socket Mode; nothing to do in HTTP mode. */
  start(): Promise<void>;
  stop(): Promise<void>;
};

export function slack(config: SlackConfig): Slack {
  const { botToken, slackApiUrl, mode, teamId, botUserId, botId, machineNow = Date.now, ...edge } = config;
  const us = { teamId, botUserId, botId };
  const clientOptions = clientOptionsOf(slackApiUrl, edge.log);
  const client = new webApi.WebClient(botToken, clientOptions);
  const bolt = boltApp(botToken, us, clientOptions, edge.log);
  const dispatch = dispatcher(edge, us, bolt);
  const known = rooms(client);
  const sendParts = partSender(edge.sent);
  const listening = mode.kind === 'socket' ? socket(mode.appToken, slackApiUrl, dispatch, edge.log) : null;
  return {
    name: 'slack',
    account: teamId,
    limits: limits.slack,
    send: (delivery) => sendTo(client, known, sendParts, delivery),
    bolt,
    desk: desk(client, known),
    routes: mode.kind === 'http' ? requests(edge, mode.signingSecret, dispatch, machineNow) : null,
    lookUp: (question) => lookUp(client, known, edge.sent, question),
    async start() {
      await listening?.start();
    },
    async stop() {
      await listening?.stop();
    },
  };
}

/** Asks Slack who the token belongs to; what main.ts needs before it can build the channel. */
export async function identify(
  botToken: string,
  slackApiUrl: string | undefined,
  log: Log,
): Promise<SlackIdentity | { readonly failed: ReturnType<typeof outcomeOfFailure> }> {
  try {
    const { team_id, user_id, bot_id } = await new webApi.WebClient(
      botToken,
      clientOptionsOf(slackApiUrl, log),
    ).auth.test();
    return { teamId: team_id ?? '', botUserId: user_id ?? '', botId: bot_id ?? '' };
  } catch (error) {
    return { failed: outcomeOfFailure(error) };
  }
}

/** Retries are the ledger's: the SDK's own ten would post twice after a broken connection. */
function clientOptionsOf(slackApiUrl: string | undefined, log: Log): webApi.WebClientOptions {
  return {
    retryConfig: { retries: 0 },
    timeout: 10_000,
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    logger: quietLogger(log),
    ...(slackApiUrl === undefined ? {} : { slackApiUrl }),
  };
}

/** The one Bolt app, without a receiver of its own: Bolt's acknowledge before anything is kept. */
function boltApp(
  token: string,
  { botId, botUserId }: SlackIdentity,
  clientOptions: webApi.WebClientOptions,
  log: Log,
): App {
  const { logger, ...options } = clientOptions;
  const bolt = new App({
    token,
    botId,
    botUserId,
    tokenVerificationEnabled: false,
    ignoreSelf: true,
    convoStore: false,
    receiver: { init: () => undefined, start: async () => undefined, stop: async () => undefined },
    ...(logger === undefined ? {} : { logger }),
    clientOptions: options,
  });
  bolt.error(async (error) => {
    log.error({ channel: 'slack', error: nameOf(error), code: error.code }, 'a listener failed');
  });
  return bolt;
}
