import type { Context, Hono } from 'hono';
import { answerWithFaults, untilGone, viaOf } from '../api-faults.ts';
import type { Entry, Person } from '../people.ts';
import type { World } from '../world.ts';
import { botUser, messageOf, type TelegramState, unixSeconds } from './bot.ts';
import { type Parsed, parseHtml, parseMarkdownV2 } from './html.ts';
import { readKeyboard } from './keyboard.ts';

type Params = Readonly<Record<string, unknown>>;
type Result =
  | { readonly ok: true; readonly result: unknown }
  | {
      readonly ok: false;
      readonly error_code: number;
      readonly description: string;
      readonly parameters?: Record<string, number>;
    };

const done = (result: unknown): Result => ({ ok: true, result });
const refuse = (error_code: number, description: string): Result => ({ ok: false, error_code, description });
const bad = (why: string) => refuse(400, `Bad Request: ${why}`);

/** Mounts the Bot API under /telegram: point grammY's `apiRoot` at `<public url>/telegram`. */
export function telegramApi(app: Hono, world: World, state: TelegramState): void {
  app.get('/telegram/file/:bot{bot[^/]+}/:path{.+}', (c) => {
    const file = [...state.files.values()].find(({ path }) => path === c.req.param('path'));
    if (!file) return c.json({ ok: false, error_code: 404, description: 'Not Found' }, 404);
    return new Response(new Uint8Array(file.bytes), {
      headers: { 'content-type': 'application/octet-stream' },
    });
  });
  app.on(['GET', 'POST'], '/telegram/:bot{bot[^/]+}/:method', async (c) => {
    const method = c.req.param('method');
    const params = await readParams(c);
    const recorded = world.tap.record({
      provider: 'telegram',
      via: viaOf(c),
      method,
      http: c.req.method,
      path: `/${method}`,
      contentType: (c.req.header('content-type') ?? '').split(';')[0] ?? '',
      params,
    });
    const complaints = {
      throttled: (seconds: number) =>
        Response.json(
          {
            ok: false,
            error_code: 429,
            description: `Too Many Requests: retry after ${seconds}`,
            parameters: { retry_after: seconds },
          },
          { status: 429, headers: { 'retry-after': String(seconds) } },
        ),
      broken: () =>
        Response.json({ ok: false, error_code: 500, description: 'Internal Server Error' }, { status: 500 }),
    };
    const response = await answerWithFaults(
      world,
      c,
      { channel: 'telegram', method, complaints, recorded },
      async () => {
        const result = await answer(c, method, params);
        return Response.json(result, { status: result.ok ? 200 : result.error_code });
      },
    );
    return response;
  });

  async function answer(c: Context, method: string, params: Params): Promise<Result> {
    const token = (c.req.param('bot') ?? '').slice(3);
    if (!/^\d+:[\w-]+$/.test(token)) return refuse(404, 'Not Found');
    if (!/^\d+:[\w-]{20,}$/.test(token)) return refuse(401, 'Unauthorized');
    if (method === 'getUpdates') return getUpdates(state, params, untilGone(world, c));
    // Method names are not case-sensitive on the server.
    const known = Object.entries(methods).find(([name]) => name.toLowerCase() === method.toLowerCase());
    return known ? known[1](world, state, params) : refuse(404, 'Not Found: method not found');
  }
}

async function readParams(c: Context): Promise<Params> {
  const params: Record<string, unknown> = { ...c.req.query() };
  const type = c.req.header('content-type') ?? '';
  if (type.startsWith('application/json')) {
    const body: unknown = await c.req.json().catch(() => null);
    if (isRecord(body)) Object.assign(params, body);
  } else if (type !== '') {
    const body = await c.req.parseBody().catch(() => ({}));
    for (const [name, value] of Object.entries(body))
      params[name] = typeof value === 'string' ? unpack(value) : `attach://${name}`;
  }
  return params;
}

/** Outside JSON bodies, objects and lists arrive as JSON text. */
function unpack(value: string): unknown {
  if (!/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const asText = (value: unknown) => (value === undefined || value === null ? '' : String(value));

async function getUpdates(state: TelegramState, params: Params, gone: Promise<void>): Promise<Result> {
  state.updates.allow(asList(params['allowed_updates']));
  const polled = await state.updates.poll({
    offset: Number(params['offset'] ?? 0),
    limit: Math.min(Math.max(Number(params['limit'] ?? 100), 1), 100),
    timeoutMs: Math.min(Number(params['timeout'] ?? 0), 50) * 1000,
    gone,
  });
  if ('updates' in polled) return done(polled.updates);
  return polled.conflict === 'webhook'
    ? refuse(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      )
    : refuse(
        409,
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
      );
}

const asList = (value: unknown) => (Array.isArray(value) ? value.map(String) : undefined);

/** The chat that a call speaks to, or the refusal that Telegram gives. */
function findChat(world: World, params: Params): Person | Result {
  if (asText(params['chat_id']) === '') return bad('chat_id is empty');
  const person = world.find('telegram', asText(params['chat_id']));
  if (!person) return bad('chat not found');
  if (person.blocked) return refuse(403, 'Forbidden: bot was blocked by the user');
  if (!person.started) return refuse(403, "Forbidden: bot can't initiate conversation with a user");
  return person;
}

const isRefusal = (value: object): value is Result => 'ok' in value;

function parseText(params: Params): Parsed {
  const text = asText(params['text']);
  const mode = asText(params['parse_mode']).toLowerCase();
  const parsed: Parsed =
    mode === 'html'
      ? parseHtml(text)
      : mode === 'markdownv2'
        ? parseMarkdownV2(text)
        : { ok: true, text, entities: [] };
  if (!parsed.ok) return { ok: false, why: `can't parse entities: ${parsed.why}` };
  if (parsed.text.trim() === '') return { ok: false, why: 'message text is empty' };
  if (parsed.text.length > 4096) return { ok: false, why: 'message is too long' };
  return { ...parsed, text: parsed.text.trim() };
}

function findOwnMessage(
  world: World,
  params: Params,
  verb: string,
): { person: Person; entry: Entry } | Result {
  const person = findChat(world, params);
  if (isRefusal(person)) return person;
  const entry = person.log.find(({ id, deleted }) => id === asText(params['message_id']) && !deleted);
  if (!entry) return bad(`message to ${verb} not found`);
  if (entry.from !== 'product' && verb === 'edit') return bad("message can't be edited");
  return { person, entry };
}

function change(world: World, state: TelegramState, params: Params, text: Parsed | null): Result {
  const found = findOwnMessage(world, params, 'edit');
  if (isRefusal(found)) return found;
  if (text && !text.ok) return bad(text.why);
  const keyboard = readKeyboard(params['reply_markup']);
  if (!keyboard.ok) return bad(keyboard.why);
  const { person, entry } = found;
  const sameText = !text || text.text === entry.text;
  const sameMarkup = JSON.stringify(keyboard.markup) === JSON.stringify(state.markups.get(entry.id));
  if (sameText && sameMarkup)
    return bad(
      'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    );
  if (text) entry.text = text.text;
  entry.choices = keyboard.choices;
  entry.edited = true;
  state.markups.set(entry.id, keyboard.markup);
  world.changed(person, entry);
  return done({ ...messageOf(state, person, entry), edit_date: unixSeconds(world.now()) });
}

const methods: Readonly<Record<string, (world: World, state: TelegramState, params: Params) => Result>> = {
  getMe: () =>
    done({
      ...botUser(),
      can_join_groups: false,
      can_read_all_group_messages: false,
      supports_inline_queries: false,
      can_connect_to_business: false,
      has_main_web_app: false,
    }),

  sendMessage(world, state, params) {
    const person = findChat(world, params);
    if (isRefusal(person)) return person;
    const text = parseText(params);
    if (!text.ok) return bad(text.why);
    const keyboard = readKeyboard(params['reply_markup']);
    if (!keyboard.ok) return bad(keyboard.why);
    const quoted = isRecord(params['reply_parameters'])
      ? asText(params['reply_parameters']['message_id'])
      : null;
    if (quoted !== null && !person.log.some(({ id }) => id === quoted)) {
      const isOptional =
        isRecord(params['reply_parameters']) &&
        params['reply_parameters']['allow_sending_without_reply'] === true;
      if (!isOptional) return bad('message to be replied not found');
    }
    const at = world.now();
    const entry: Entry = {
      id: String(state.nextMessageId++),
      at,
      from: 'product',
      text: text.text,
      choices: keyboard.choices,
      template: null,
      thread: quoted,
      receipts: { sent: at, delivered: null, read: null },
    };
    if (keyboard.markup !== undefined) state.markups.set(entry.id, keyboard.markup);
    world.arrive(person, entry);
    return done({
      ...messageOf(state, person, entry),
      ...(text.entities.length > 0 ? { entities: text.entities } : {}),
    });
  },

  editMessageText: (world, state, params) => change(world, state, params, parseText(params)),
  editMessageReplyMarkup: (world, state, params) => change(world, state, params, null),

  deleteMessage(world, _state, params) {
    const found = findOwnMessage(world, params, 'delete');
    if (isRefusal(found)) return found;
    const { person, entry } = found;
    if (world.now().getTime() - entry.at.getTime() > 48 * 3_600_000)
      return bad("message can't be deleted for everyone");
    entry.deleted = true;
    world.changed(person, entry);
    return done(true);
  },

  answerCallbackQuery(_world, state, params) {
    const pressedAt = state.presses.get(asText(params['callback_query_id']));
    if (asText(params['text']).length > 200) return bad('MESSAGE_TOO_LONG');
    if (pressedAt === undefined || Date.now() - pressedAt > 150_000)
      return bad('query is too old and response timeout expired or query ID is invalid');
    state.presses.delete(asText(params['callback_query_id']));
    return done(true);
  },

  sendChatAction(world, _state, params) {
    const person = findChat(world, params);
    if (isRefusal(person)) return person;
    if (!/^(typing|upload_\w+|record_\w+|choose_sticker|find_location)$/.test(asText(params['action'])))
      return bad('wrong parameter action in request');
    world.emit({ type: 'typing', channel: 'telegram', address: person.address });
    return done(true);
  },

  setMyCommands(_world, state, params) {
    const commands = params['commands'];
    if (!Array.isArray(commands)) return bad("can't parse commands: commands must be of type Array");
    if (commands.length > 100) return bad('BOT_COMMANDS_TOO_MUCH');
    for (const command of commands) {
      if (!isRecord(command) || !/^[a-z0-9_]{1,32}$/.test(asText(command['command'])))
        return bad('BOT_COMMAND_INVALID');
      const { length } = asText(command['description']);
      if (length < 1 || length > 256) return bad('BOT_COMMAND_DESCRIPTION_INVALID');
    }
    state.commands.set(JSON.stringify([params['scope'] ?? null, params['language_code'] ?? '']), commands);
    return done(true);
  },
  getMyCommands: (_world, state, params) =>
    done(state.commands.get(JSON.stringify([params['scope'] ?? null, params['language_code'] ?? ''])) ?? []),

  getFile(_world, state, params) {
    const file = state.files.get(asText(params['file_id']));
    if (!file) return bad('wrong file_id or the file is temporarily unavailable');
    if (file.bytes.length > 20 * 1024 * 1024) return bad('file is too big');
    const id = asText(params['file_id']);
    return done({
      file_id: id,
      file_unique_id: `u${id}`,
      file_size: file.bytes.length,
      file_path: file.path,
    });
  },

  setWebhook(_world, state, params) {
    const url = asText(params['url']);
    const secret = params['secret_token'];
    if (secret !== undefined && !/^[\w-]{1,256}$/.test(asText(secret)))
      return bad('secret token contains unallowed characters');
    // The real server wants HTTPS on four ports; a stand-in on one machine cannot ask for that.
    if (url !== '' && !/^https?:\/\/[^\s/]+/.test(url)) return bad('bad webhook: invalid URL specified');
    state.updates.allow(asList(params['allowed_updates']));
    const webhook = url === '' ? null : { url, secret: secret === undefined ? undefined : asText(secret) };
    state.updates.setWebhook(webhook, params['drop_pending_updates'] === true);
    return { ok: true, result: true };
  },
  deleteWebhook(_world, state, params) {
    state.updates.setWebhook(null, params['drop_pending_updates'] === true);
    return done(true);
  },
  getWebhookInfo(_world, state) {
    const { url, pending, lastError, allowed } = state.updates.info();
    return done({
      url,
      has_custom_certificate: false,
      pending_update_count: pending,
      ...(lastError
        ? { last_error_date: unixSeconds(lastError.at), last_error_message: lastError.message }
        : {}),
      ...(url === '' ? {} : { max_connections: 40 }),
      ...(allowed ? { allowed_updates: allowed } : {}),
    });
  },
};
