import type { Channel } from '../../src/app/ports.ts';
import type { Edge } from '../../src/channels/edge.ts';
import { slack } from '../../src/channels/slack/slack.ts';
import { telegram } from '../../src/channels/telegram/telegram.ts';
import type { Contents } from '../../src/channels/whatsapp/contents.ts';
import { whatsapp } from '../../src/channels/whatsapp/whatsapp.ts';
import type { Recorded, Reply } from './recording-server.ts';

/** What a message looked like when it left, in the same words for every channel. */
export type Left = {
  readonly text: string;
  readonly shown: 'nothing' | 'buttons' | 'list';
  readonly tokens: string[];
};

export type Provider = {
  readonly name: Channel['name'];
  readonly address: string;
  build(url: string, edge: Edge): Channel;
  /** A provider in good health. */
  well(request: Recorded): Reply;
  /** The request that carries the message itself. */
  isSend(request: Recorded): boolean;
  read(request: Recorded, all: readonly Recorded[]): Left;
  readonly blocked: Reply;
  readonly unreachable: Reply;
  readonly throttled: Reply;
  readonly misconfigured: Reply;
  readonly rejected: Reply;
};

export const telegramToken = '7000000009:token-for-tests-only-of-telegram';
export const accountSid = 'AC00000000000000000000000000000009';
export const authToken = 'test-auth-token';
export const sender = 'whatsapp:+14155238886';
export const slackUs = { teamId: 'T0TEST', botUserId: 'U0BOT', botId: 'B0BOT' };
export const signingSecret = 'test-signing-secret';

/** Content ids in memory, as main.ts would give those of the table. */
export function memoryContents(
  known: Record<string, string> = {},
): Contents & { readonly kept: Map<string, string> } {
  const kept = new Map(Object.entries(known));
  return {
    kept,
    find: async (hash) => kept.get(hash) ?? null,
    keep: async (hash, sid) => {
      kept.set(hash, sid);
    },
  };
}

export function whatsappAt(
  url: string,
  edge: Edge,
  contents = memoryContents(),
  provision: 'auto' | 'manual' = 'auto',
) {
  const baseUrls = { api: url, content: url, messaging: url };
  const publicBaseUrl = 'https://bot.example.org/in';
  return whatsapp({ ...edge, accountSid, authToken, sender, publicBaseUrl, baseUrls, contents, provision });
}

export function slackAt(url: string, edge: Edge) {
  const mode = { kind: 'http', signingSecret } as const;
  return slack({ ...edge, ...slackUs, botToken: 'xoxb-test', slackApiUrl: `${url}/api/`, mode });
}

const refusal = (status: number, body: object): Reply => ({ status, json: body });
const telegramError = (error_code: number, description: string, parameters = {}): Reply =>
  refusal(error_code, { ok: false, error_code, description, parameters });
const twilioError = (status: number, code: number): Reply =>
  refusal(status, { status, code, message: 'To whatsapp:+250788000001 was refused', more_info: '' });
const slackError = (error: string): Reply => ({ json: { ok: false, error } });

type Content = {
  types: {
    'twilio/quick-reply'?: { body: string; actions: { id: string }[] };
    'twilio/list-picker'?: { body: string; items: { id: string }[] };
  };
};
type SlackElement = { type: string; value?: string; options?: { value: string }[] };

/** JSON that a test itself made an SDK send; its shape is what the test is about. */
function parsed<T>(text: string): T {
  return JSON.parse(text) as T;
}

export const providers: readonly Provider[] = [
  {
    name: 'telegram',
    address: '5001',
    build: (url, edge) =>
      telegram({ ...edge, token: telegramToken, apiRoot: url, mode: { kind: 'webhook', secret: 'secret' } }),
    well: () => ({
      json: { ok: true, result: { message_id: 77, date: 1, chat: { id: 5001, type: 'private' } } },
    }),
    isSend: ({ path }) => path.endsWith('/sendMessage'),
    read({ body }) {
      const { text, reply_markup } = parsed<{
        text: string;
        reply_markup?: { inline_keyboard: { callback_data: string }[][] };
      }>(body);
      const tokens = (reply_markup?.inline_keyboard ?? []).flat().map(({ callback_data }) => callback_data);
      return { text, shown: tokens.length > 0 ? 'buttons' : 'nothing', tokens };
    },
    blocked: telegramError(403, 'Forbidden: bot was blocked by the user'),
    unreachable: telegramError(400, 'Bad Request: chat not found'),
    throttled: telegramError(429, 'Too Many Requests: retry after 7', { retry_after: 7 }),
    misconfigured: telegramError(401, 'Unauthorized'),
    rejected: telegramError(400, 'Bad Request: BUTTON_DATA_INVALID'),
  },
  {
    name: 'whatsapp',
    address: 'whatsapp:+250788000001',
    build: (url, edge) => whatsappAt(url, edge),
    well: ({ path }) =>
      path === '/v1/Content'
        ? { status: 201, json: { sid: 'HX00000000000000000000000000000001' } }
        : { status: 201, json: { sid: 'SM00000000000000000000000000000077', status: 'queued' } },
    isSend: ({ path }) => path.endsWith('/Messages.json'),
    read({ body }, all) {
      const form = new URLSearchParams(body);
      if (!form.has('ContentSid')) return { text: form.get('Body') ?? '', shown: 'nothing', tokens: [] };
      const values = parsed<Record<string, string>>(form.get('ContentVariables') ?? '{}');
      const created = all.filter(({ path }) => path === '/v1/Content').at(-1);
      const { types } = parsed<Content>(created?.body ?? '{}');
      const fill = (text: string) => text.replace(/\{\{(\d+)\}\}/g, (_, name: string) => values[name] ?? '');
      const quick = types['twilio/quick-reply'];
      const list = types['twilio/list-picker'];
      const ids = (quick?.actions ?? list?.items ?? []).map(({ id }) => fill(id));
      return { text: fill((quick ?? list)?.body ?? ''), shown: quick ? 'buttons' : 'list', tokens: ids };
    },
    blocked: twilioError(400, 21610),
    unreachable: twilioError(400, 63024),
    throttled: twilioError(429, 20429),
    misconfigured: twilioError(401, 20003),
    rejected: twilioError(400, 20422),
  },
  {
    name: 'slack',
    address: 'U0CLAUDINE',
    build: (url, edge) => slackAt(url, edge),
    well: ({ path }) =>
      path === '/api/conversations.open'
        ? { json: { ok: true, channel: { id: 'D0CLAUDINE' } } }
        : { json: { ok: true, channel: 'D0CLAUDINE', ts: '1700000000.000100' } },
    isSend: ({ path }) => path === '/api/chat.postMessage',
    read({ body }) {
      const form = new URLSearchParams(body);
      const blocks = parsed<{ elements?: SlackElement[] }[]>(form.get('blocks') ?? '[]');
      const elements = blocks.flatMap((block) => block.elements ?? []);
      const tokens = elements.flatMap(({ value, options = [] }) => [
        ...(value ? [value] : []),
        ...options.map((option) => option.value),
      ]);
      const shown = elements.length === 0 ? 'nothing' : elements[0]?.type === 'button' ? 'buttons' : 'list';
      return { text: form.get('text') ?? '', shown, tokens };
    },
    blocked: slackError('user_disabled'),
    unreachable: slackError('channel_not_found'),
    throttled: { status: 429, headers: { 'retry-after': '7' }, json: { ok: false, error: 'ratelimited' } },
    misconfigured: slackError('invalid_auth'),
    rejected: slackError('invalid_blocks'),
  },
];
