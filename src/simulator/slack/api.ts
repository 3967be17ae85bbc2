import type { Context, Hono } from 'hono';
import { answerWithFaults, viaOf } from '../api-faults.ts';
import { simulatedAccounts } from '../product.ts';
import type { World } from '../world.ts';
import { blocksTooLong, checkBlocks } from './blocks.ts';
import type { Sockets } from './sockets.ts';
import {
  describeView,
  newView,
  type Refused,
  refuseView,
  replaceView,
  useTrigger,
  withIds,
} from './views.ts';
import {
  type Block,
  describeMessage,
  dmOf,
  findConversation,
  nextTs,
  refreshMessage,
  type SlackMessage,
  type SlackState,
  showMessage,
  type View,
} from './workspace.ts';

type Args = Readonly<Record<string, unknown>>;
type Result = Readonly<Record<string, unknown>> | Refused;
type Method = (world: World, state: SlackState, args: Args) => Result | Promise<Result>;

const complaints = {
  throttled: (seconds: number) =>
    Response.json(
      { ok: false, error: 'ratelimited' },
      { status: 429, headers: { 'retry-after': String(seconds) } },
    ),
  broken: () => new Response('Internal Server Error', { status: 500 }),
};

/** Mounts the Web API under /slack/api, and the answers to interactions under /slack/response. */
export function slackApi(app: Hono, world: World, state: SlackState, sockets: Sockets): void {
  app.on(['GET', 'POST'], '/slack/api/:method', async (c) => {
    const method = c.req.param('method');
    const { args, raw } = await readArgs(c);
    const recorded = world.tap.record({
      provider: 'slack',
      via: viaOf(c),
      method,
      http: c.req.method,
      path: `/api/${method}`,
      contentType: (c.req.header('content-type') ?? '').split(';')[0] ?? '',
      params: raw,
    });
    const response = await answerWithFaults(
      world,
      c,
      { channel: 'slack', method, complaints, recorded },
      async () => {
        const result = refuseToken(c, method) ?? (await run(method, args));
        if ('error' in result && typeof result.error === 'string') {
          const messages = result['messages'];
          return Response.json({
            ok: false,
            error: result.error,
            ...(messages ? { response_metadata: { messages } } : {}),
          });
        }
        return Response.json({ ok: true, ...result });
      },
    );
    return response;
  });

  async function run(method: string, args: Args): Promise<Result> {
    if (method === 'apps.connections.open') return { url: await sockets.url() };
    return (await methods[method]?.(world, state, args)) ?? { error: 'unknown_method' };
  }

  app.post('/slack/response/:token', async (c) => {
    const place = state.responses.get(c.req.param('token'));
    if (!place || place.uses >= 5 || Date.now() - place.at > 30 * 60_000) return c.text('used_url', 404);
    const body: unknown = await c.req.json().catch(() => null);
    world.tap.record({
      provider: 'slack',
      via: viaOf(c),
      method: 'response_url',
      http: 'POST',
      path: '/response',
      contentType: 'application/json',
      params: isRecord(body) ? body : {},
    });
    if (!isRecord(body)) return c.text('invalid_payload', 400);
    const problem = refuseBody(body);
    const target = place.messageTs === null ? undefined : state.messages.get(place.messageTs);
    if (problem && body['delete_original'] !== true) return c.text(problem.error, 400);
    place.uses += 1;
    if (target && body['delete_original'] === true) {
      target.deleted = true;
      refreshMessage(world, target);
    } else if (target && body['replace_original'] === true) {
      changeMessage(target, body);
      refreshMessage(world, target);
    } else {
      const message = newMessage(
        world,
        state,
        place.channel,
        body,
        body['response_type'] === 'in_channel' ? null : place.user,
      );
      showMessage(world, state, message, 'product');
    }
    return c.text('ok');
  });

  app.get('/slack/files/:id/:name', (c) => {
    const file = state.files.get(c.req.param('id'));
    if (!file) return c.notFound();
    // Without a token Slack answers 200 and a page to sign in.
    if (!/^Bearer xoxb-/.test(c.req.header('authorization') ?? ''))
      return c.html('<!DOCTYPE html><title>Sign in</title>');
    return new Response(new Uint8Array(file.bytes), { headers: { 'content-type': file.contentType } });
  });
}

function refuseToken(c: Context, method: string): Refused | null {
  const token = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1];
  if (!token) return { error: 'not_authed' };
  const wanted = method === 'apps.connections.open' ? 'xapp-' : 'xoxb-';
  if (token.startsWith(wanted)) return null;
  return { error: /^xox|^xapp/.test(token) ? 'not_allowed_token_type' : 'invalid_auth' };
}

/** `raw` is as it came; in `args` nested values are parsed. */
async function readArgs(c: Context): Promise<{ args: Args; raw: Record<string, unknown> }> {
  const raw: Record<string, unknown> = { ...c.req.query() };
  if (c.req.method === 'POST') {
    const type = c.req.header('content-type') ?? '';
    if (type.startsWith('application/json')) {
      const body: unknown = await c.req.json().catch(() => null);
      if (isRecord(body)) Object.assign(raw, body);
    } else Object.assign(raw, Object.fromEntries(new URLSearchParams(await c.req.text())));
  }
  delete raw['token'];
  const args: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(raw)) args[name] = nested.has(name) ? unpack(value) : value;
  return { args, raw };
}

const nested: ReadonlySet<string> = new Set(['blocks', 'attachments', 'metadata', 'view']);
function unpack(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown) => (value === undefined || value === null ? '' : String(value));
const isTrue = (value: unknown) => value === true || value === 'true' || value === '1';

/** What is wrong with the words and blocks of a message. */
function refuseBody(args: Args): Refused | null {
  const hasBlocks = args['blocks'] !== undefined && args['blocks'] !== '';
  const blocks = Array.isArray(args['blocks']) ? args['blocks'] : [];
  if (args['markdown_text'] !== undefined && (hasBlocks || text(args['text']) !== ''))
    return { error: 'markdown_text_conflict' };
  if (text(args['markdown_text']).length > 12_000) return { error: 'msg_too_long' };
  if (hasBlocks && !Array.isArray(args['blocks'])) return { error: 'invalid_blocks_format' };
  if (text(args['text']) === '' && text(args['markdown_text']) === '' && blocks.length === 0)
    return { error: 'no_text' };
  const messages = checkBlocks(blocks, 'message');
  if (messages.length > 0) return { error: 'invalid_blocks', messages };
  if (blocksTooLong(blocks)) return { error: 'msg_blocks_too_long' };
  const { metadata } = args;
  if (metadata !== undefined) {
    if (!isRecord(metadata)) return { error: 'invalid_metadata_format' };
    if (typeof metadata['event_type'] !== 'string' || !isRecord(metadata['event_payload']))
      return { error: 'invalid_metadata_schema' };
    if (JSON.stringify(metadata).length > 8_000) return { error: 'metadata_too_large' };
  }
  return null;
}

function newMessage(
  world: World,
  state: SlackState,
  channel: string,
  args: Args,
  onlyFor: string | null,
): SlackMessage {
  return {
    ts: nextTs(world, state),
    channel,
    user: null,
    // Above 40,000 characters Slack cuts without a word.
    text: text(args['markdown_text'] ?? args['text']).slice(0, 40_000),
    blocks: namedBlocks(args['blocks']),
    threadTs: args['thread_ts'] === undefined ? null : text(args['thread_ts']),
    metadata: args['metadata'],
    onlyFor,
    edited: false,
    deleted: false,
  };
}

function changeMessage(message: SlackMessage, args: Args): void {
  if (args['text'] !== undefined || args['markdown_text'] !== undefined)
    message.text = text(args['markdown_text'] ?? args['text']);
  // Without new blocks, the old ones go when there is new text.
  message.blocks = args['blocks'] === undefined ? [] : namedBlocks(args['blocks']);
  message.edited = true;
}

// withIds answers what it was given, with names added.
const namedBlocks = (blocks: unknown) =>
  withIds({ blocks: Array.isArray(blocks) ? blocks : [] })['blocks'] as readonly Block[];

/** A conversation that can be written to, or why not. */
function findTarget(world: World, args: Args) {
  if (text(args['channel']) === '') return { error: 'channel_not_found' };
  const found = findConversation(world, text(args['channel']));
  if (!found) return { error: /^[UW]/.test(text(args['channel'])) ? 'user_not_found' : 'channel_not_found' };
  if (found.owner.blocked) return { error: found.isDm ? 'user_disabled' : 'is_archived' };
  return found;
}

function findOwn(
  world: World,
  state: SlackState,
  args: Args,
  verb: 'update' | 'delete',
): SlackMessage | Refused {
  const message = state.messages.get(text(args['ts']));
  const conversation = findConversation(world, text(args['channel']));
  if (!conversation) return { error: 'channel_not_found' };
  if (!message || message.deleted || message.channel !== conversation.id || message.onlyFor !== null)
    return { error: 'message_not_found' };
  return message.user === null ? message : { error: `cant_${verb}_message` };
}

function openView(world: World, state: SlackState, args: Args, isPush: boolean): Result {
  const refused = refuseView(args['view'], 'modal');
  if (refused) return refused;
  const trigger = useTrigger(state, args['trigger_id'], world.timing.triggerMs);
  if ('error' in trigger) return trigger;
  const stack = isPush ? (state.modals.get(trigger.user) ?? []) : [];
  if (stack.length >= 3) return { error: 'push_limit_reached' };
  if (isPush && stack.length === 0) return { error: 'not_found' };
  // refuseView has made sure that it is an object.
  const view = newView(args['view'] as Args, stack.at(-1));
  state.modals.set(trigger.user, [...stack, view]);
  world.emit({ type: 'modal', channel: 'slack', address: trigger.user });
  return { view: describeView(view) };
}

function findView(state: SlackState, args: Args): { user: string; view: View } | undefined {
  for (const [user, views] of state.modals) {
    const view = views.find(
      ({ id, body }) =>
        id === args['view_id'] ||
        (args['external_id'] !== undefined && body['external_id'] === args['external_id']),
    );
    if (view) return { user, view };
  }
  return undefined;
}

const methods: Readonly<Record<string, Method>> = {
  'auth.test': () => ({
    url: `https://${simulatedAccounts.teamDomain}.slack.com/`,
    team: 'Intumwa',
    user: 'intumwa',
    team_id: simulatedAccounts.teamId,
    user_id: simulatedAccounts.botUserId,
    bot_id: simulatedAccounts.botId,
    is_enterprise_install: false,
  }),
  'team.info': () => ({
    team: { id: simulatedAccounts.teamId, name: 'Intumwa', domain: simulatedAccounts.teamDomain },
  }),

  'chat.postMessage'(world, state, args) {
    const target = findTarget(world, args);
    if ('error' in target) return target;
    const refused = refuseBody(args);
    if (refused) return refused;
    if (args['thread_ts'] !== undefined && !state.messages.has(text(args['thread_ts'])))
      return { error: 'thread_not_found' };
    const message = newMessage(world, state, target.id, args, null);
    showMessage(world, state, message, 'product');
    return { channel: target.id, ts: message.ts, message: describeMessage(message, true) };
  },
  'chat.postEphemeral'(world, state, args) {
    const target = findTarget(world, args);
    if ('error' in target) return target;
    const user = world.find('slack', text(args['user']));
    if (!user) return { error: 'user_not_in_channel' };
    const refused = refuseBody(args);
    if (refused) return refused;
    const message = newMessage(world, state, target.id, args, user.address);
    showMessage(world, state, message, 'product');
    return { message_ts: message.ts };
  },
  'chat.update'(world, state, args) {
    const message = findOwn(world, state, args, 'update');
    if ('error' in message) return message;
    const refused = refuseBody(args);
    if (refused) return refused;
    if (text(args['text']).length > 4000) return { error: 'msg_too_long' };
    changeMessage(message, args);
    refreshMessage(world, message);
    return {
      channel: message.channel,
      ts: message.ts,
      text: message.text,
      message: describeMessage(message, true),
    };
  },
  'chat.delete'(world, state, args) {
    const message = findOwn(world, state, args, 'delete');
    if ('error' in message) return message;
    message.deleted = true;
    refreshMessage(world, message);
    return { channel: message.channel, ts: message.ts };
  },

  'conversations.open'(world, _state, args) {
    const user = world.find('slack', text(args['users']));
    if (user?.kind !== 'person') return { error: 'user_not_found' };
    return { no_op: false, already_open: false, channel: { id: dmOf(user.address) } };
  },
  'conversations.info'(world, _state, args) {
    const found = findConversation(world, text(args['channel']));
    if (!found || /^[UW]/.test(text(args['channel']))) return { error: 'channel_not_found' };
    const { id, isDm, owner } = found;
    return isDm
      ? { channel: { id, is_im: true, user: owner.address, is_archived: false } }
      : {
          channel: {
            id,
            name: owner.name,
            is_channel: true,
            is_im: false,
            is_private: false,
            is_member: true,
            is_archived: owner.blocked,
          },
        };
  },
  'conversations.join': (world, _state, args) =>
    findConversation(world, text(args['channel']))
      ? { channel: { id: text(args['channel']) } }
      : { error: 'channel_not_found' },
  'conversations.members'(world, _state, args) {
    const id = text(args['channel']);
    if (!findConversation(world, id)) return { error: 'channel_not_found' };
    const members = [...world.people.values()].filter(
      ({ channel, kind, channels }) =>
        channel === 'slack' && kind === 'person' && (channels === null || channels.includes(id)),
    );
    return {
      members: [simulatedAccounts.botUserId, ...members.map(({ address }) => address)],
      response_metadata: { next_cursor: '' },
    };
  },
  'conversations.history': (world, state, args) =>
    history(world, state, args, ({ threadTs }) => threadTs === null),
  'conversations.replies'(world, state, args) {
    const root = text(args['ts']);
    if (!state.messages.has(root)) return { error: 'thread_not_found' };
    const result = history(world, state, args, ({ ts, threadTs }) => ts === root || threadTs === root);
    const found = 'messages' in result ? result['messages'] : undefined;
    // A thread is told from its beginning.
    return Array.isArray(found) ? { ...result, messages: found.reverse() } : result;
  },

  'users.info'(world, _state, args) {
    const user = world.find('slack', text(args['user']));
    if (user?.kind !== 'person') return { error: 'user_not_found' };
    return { user: describeUser(user) };
  },

  'views.open': (world, state, args) => openView(world, state, args, false),
  'views.push': (world, state, args) => openView(world, state, args, true),
  'views.update'(world, state, args) {
    const refused = refuseView(args['view'], 'modal');
    if (refused) return refused;
    const found = findView(state, args);
    if (!found) return { error: 'not_found' };
    if (args['hash'] !== undefined && args['hash'] !== found.view.hash) return { error: 'hash_conflict' };
    replaceView(found.view, args['view'] as Args);
    world.emit({ type: 'modal', channel: 'slack', address: found.user });
    return { view: describeView(found.view) };
  },
  'views.publish'(world, state, args) {
    const user = world.find('slack', text(args['user_id']));
    if (user?.kind !== 'person') return { error: 'user_not_found' };
    const refused = refuseView(args['view'], 'home');
    if (refused) return refused;
    const before = state.homes.get(user.address);
    if (args['hash'] !== undefined && before && args['hash'] !== before.hash)
      return { error: 'hash_conflict' };
    const view = before ?? newView(args['view'] as Args, undefined);
    if (before) replaceView(before, args['view'] as Args);
    state.homes.set(user.address, view);
    world.emit({ type: 'home', channel: 'slack', address: user.address });
    return { view: describeView(view) };
  },
};

function history(
  world: World,
  state: SlackState,
  args: Args,
  isWanted: (message: SlackMessage) => boolean,
): Result {
  const conversation = findConversation(world, text(args['channel']));
  if (!conversation || /^[UW]/.test(text(args['channel']))) return { error: 'channel_not_found' };
  const isInclusive = isTrue(args['inclusive']);
  const [oldest, latest] = [text(args['oldest']), text(args['latest'])];
  const after = (ts: string) =>
    oldest === '' || oldest === '0' || Number(ts) > Number(oldest) || (isInclusive && ts === oldest);
  const before = (ts: string) =>
    latest === '' || Number(ts) < Number(latest) || (isInclusive && ts === latest);
  const all = [...state.messages.values()]
    .reverse()
    .filter(
      (message) =>
        message.channel === conversation.id &&
        message.onlyFor === null &&
        !message.deleted &&
        isWanted(message) &&
        after(message.ts) &&
        before(message.ts),
    );
  const limit = Math.min(Math.max(Number(args['limit'] ?? 100) || 100, 1), 999);
  const start = Number(text(args['cursor']).replace('at:', '')) || 0;
  const hasMore = all.length > start + limit;
  return {
    messages: all
      .slice(start, start + limit)
      .map((message) => describeMessage(message, isTrue(args['include_all_metadata']))),
    has_more: hasMore,
    ...(hasMore ? { response_metadata: { next_cursor: `at:${start + limit}` } } : {}),
  };
}

/** A member as users.info and user_change show them. */
export function describeUser({
  address,
  name,
  locale,
  blocked,
}: {
  address: string;
  name: string;
  locale: string;
  blocked: boolean;
}) {
  const handle = name.toLowerCase().replace(/[^a-z0-9]+/g, '.');
  return {
    id: address,
    team_id: simulatedAccounts.teamId,
    name: handle,
    deleted: blocked,
    real_name: name,
    tz: 'Africa/Kigali',
    tz_offset: 7200,
    locale,
    is_bot: false,
    is_restricted: false,
    is_ultra_restricted: false,
    profile: { real_name: name, display_name: name, email: `${handle}@intumwa.example` },
  };
}
