import { randomBytes } from 'node:crypto';
import type { Entry, Person, SeenChoice } from '../people.ts';
import { simulatedAccounts } from '../product.ts';
import type { World } from '../world.ts';

/** A message as Slack keeps it, beside the entries on the phones that see it. */
export type SlackMessage = {
  readonly ts: string;
  readonly channel: string;
  /** Null for the app's own. */
  readonly user: string | null;
  text: string;
  blocks: readonly Block[];
  readonly threadTs: string | null;
  readonly metadata: unknown;
  readonly onlyFor: string | null;
  edited: boolean;
  deleted: boolean;
  files?: readonly unknown[];
};
export type Block = Readonly<Record<string, unknown>>;
export type View = {
  readonly id: string;
  readonly rootId: string;
  readonly previousId: string | null;
  hash: string;
  /** As the app gave it. */
  body: Readonly<Record<string, unknown>>;
  errors: Readonly<Record<string, string>>;
};
type Trigger = { readonly user: string; readonly at: number; used: boolean };
type ResponseUrl = {
  readonly channel: string;
  readonly user: string;
  readonly at: number;
  uses: number;
  messageTs: string | null;
};

export type SlackState = {
  readonly messages: Map<string, SlackMessage>;
  readonly files: Map<
    string,
    { readonly bytes: Buffer; readonly contentType: string; readonly info: Record<string, unknown> }
  >;
  readonly homes: Map<string, View>;
  /** Open modals by user, the one on top last. */
  readonly modals: Map<string, View[]>;
  readonly triggers: Map<string, Trigger>;
  readonly responses: Map<string, ResponseUrl>;
  lastTs: { second: number; micro: number };
};

export function createSlackState(): SlackState {
  return {
    messages: new Map(),
    files: new Map(),
    homes: new Map(),
    modals: new Map(),
    triggers: new Map(),
    responses: new Map(),
    lastTs: { second: 0, micro: 0 },
  };
}

export const newSlackId = (prefix: string) =>
  `${prefix}${randomBytes(6).toString('hex').toUpperCase().slice(0, 10)}`;
export const newHash = () => `${Date.now()}.${randomBytes(4).toString('hex')}`;

/** A message id: programme time to the second and a running number, unique in the workspace and ascending. */
export function nextTs(world: World, state: SlackState): string {
  const now = Math.floor(world.now().getTime() / 1000);
  const { second, micro } = state.lastTs;
  state.lastTs = now > second ? { second: now, micro: 1 } : { second, micro: micro + 1 };
  return `${state.lastTs.second}.${String(state.lastTs.micro).padStart(6, '0')}`;
}

/** Every member has one direct conversation with the app. */
export const dmOf = (user: string) => `D${user.slice(1)}`;

/** A conversation by its id, or by the id of a user (their direct conversation). */
export function findConversation(
  world: World,
  id: string,
): { readonly id: string; readonly isDm: boolean; readonly owner: Person } | undefined {
  const isDm = /^[DUW]/.test(id);
  const names = id.startsWith('D') ? [`U${id.slice(1)}`, `W${id.slice(1)}`] : [id];
  const owner = names.map((name) => world.find('slack', name)).find((person) => person !== undefined);
  if (!owner || (!isDm && owner.kind !== 'slack-channel')) return undefined;
  return { id: isDm ? dmOf(owner.address) : owner.address, isDm, owner };
}

/** Whose screens show a conversation: the channel's own log, and its members'. */
export function viewersOf(world: World, channel: string, onlyFor: string | null): readonly Person[] {
  const conversation = findConversation(world, channel);
  if (!conversation) return [];
  if (onlyFor !== null) return [world.find('slack', onlyFor) ?? []].flat();
  if (conversation.isDm) return [conversation.owner];
  const members = [...world.people.values()].filter(
    ({ channel: on, kind, channels }) =>
      on === 'slack' && kind === 'person' && (channels === null || channels.includes(channel)),
  );
  return [conversation.owner, ...members];
}

/** Puts a message on every screen that shows its conversation. */
export function showMessage(
  world: World,
  state: SlackState,
  message: SlackMessage,
  from: Entry['from'],
): void {
  state.messages.set(message.ts, message);
  for (const person of viewersOf(world, message.channel, message.onlyFor))
    world.arrive(person, entryOf(world, message, from));
}

/** Brings the screens up to date after a change of the message. */
export function refreshMessage(world: World, message: SlackMessage): void {
  for (const person of viewersOf(world, message.channel, message.onlyFor)) {
    const entry = person.log.find(({ id }) => id === message.ts);
    if (!entry) continue;
    entry.text = visibleText(message);
    entry.choices = choicesOf(message.blocks);
    entry.blocks = message.blocks;
    if (message.edited) entry.edited = true;
    if (message.deleted) entry.deleted = true;
    world.changed(person, entry);
  }
}

function entryOf(world: World, message: SlackMessage, from: Entry['from']): Entry {
  return {
    id: message.ts,
    at: world.now(),
    from,
    text: visibleText(message),
    choices: choicesOf(message.blocks),
    template: null,
    thread: message.threadTs,
    receipts: { sent: world.now(), delivered: null, read: null },
    slackChannel: message.channel,
    ...(message.user ? { author: message.user } : {}),
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.onlyFor === null ? {} : { onlyFor: message.onlyFor }),
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown) => (Array.isArray(value) ? value.filter(isRecord) : []);

/** Text of a text object, or of anything that holds one. */
export function plain(value: unknown): string {
  if (typeof value === 'string') return unescapeText(value);
  if (!isRecord(value)) return '';
  return plain(value['text'] ?? '');
}

/** `&amp;`, `<url|label>` and date marks as a member reads them. */
export function unescapeText(text: string): string {
  return text
    .replace(/<!date\^\d+\^[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<(https?:[^|>]+)\|([^>]+)>/g, '$2 ($1)')
    .replace(/<(https?:[^>]+)>/g, '$1')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}

/** What a member reads: with blocks, the blocks; `text` is then only for notifications. */
function visibleText(message: SlackMessage): string {
  return message.blocks.length > 0 ? textOfBlocks(message.blocks) : unescapeText(message.text);
}

export function textOfBlocks(blocks: readonly Block[]): string {
  return blocks
    .map((block) => {
      const parts = [plain(block['text']), ...list(block['fields']).map(plain)];
      if (block['type'] === 'context') parts.push(...list(block['elements']).map(plain));
      if (block['type'] === 'input') parts.push(plain(block['label']));
      if (block['type'] === 'rich_text') parts.push(richText(block));
      return parts.filter(Boolean).join('\n');
    })
    .filter(Boolean)
    .join('\n');
}

function richText(node: Record<string, unknown>): string {
  if (typeof node['text'] === 'string') return node['text'];
  return list(node['elements'])
    .map(richText)
    .join(node['type'] === 'rich_text' || node['type'] === 'rich_text_list' ? '\n' : '');
}

/** Everything that can be pressed in these blocks. A select gives one choice for each option. */
export function choicesOf(blocks: readonly Block[]): SeenChoice[] {
  const choices = blocks.flatMap((block) => {
    if (block['type'] !== 'actions' && block['type'] !== 'section') return [];
    const blockId = String(block['block_id'] ?? '');
    const elements =
      block['type'] === 'actions' ? list(block['elements']) : [block['accessory']].filter(isRecord);
    return elements.flatMap((element) => choicesOfElement(element, blockId));
  });
  const ids = choices.map(({ id }) => id);
  // Two buttons may carry the same value: then the action tells them apart.
  return choices.map((choice) =>
    ids.indexOf(choice.id) === ids.lastIndexOf(choice.id)
      ? choice
      : { ...choice, id: `${choice.slack?.actionId}:${choice.id}` },
  );
}

function choicesOfElement(element: Record<string, unknown>, blockId: string): SeenChoice[] {
  const type = String(element['type']);
  const actionId = String(element['action_id'] ?? '');
  if (type === 'button') {
    const value = element['value'];
    const url = typeof element['url'] === 'string' ? { url: element['url'] } : {};
    return [
      {
        id: typeof value === 'string' && value !== '' ? value : actionId,
        label: plain(element['text']),
        ...url,
        slack: { type, blockId, actionId, option: value },
      },
    ];
  }
  const options = [
    ...list(element['options']),
    ...list(element['option_groups']).flatMap((group) => list(group['options'])),
  ];
  return options.map((option) => ({
    id: String(option['value'] ?? ''),
    label: plain(option['text']),
    ...(option['description'] === undefined ? {} : { description: plain(option['description']) }),
    slack: { type, blockId, actionId, option },
  }));
}

/** A message in the shape of the Web API and of events. */
export function describeMessage(message: SlackMessage, withMetadata: boolean) {
  const own = {
    user: simulatedAccounts.botUserId,
    bot_id: simulatedAccounts.botId,
    app_id: simulatedAccounts.appId,
  };
  return {
    type: 'message',
    ...(message.user === null ? own : { user: message.user, client_msg_id: `c-${message.ts}` }),
    text: message.text,
    ts: message.ts,
    team: simulatedAccounts.teamId,
    ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.edited
      ? { edited: { user: message.user ?? simulatedAccounts.botUserId, ts: message.ts } }
      : {}),
    ...(withMetadata && message.metadata !== undefined ? { metadata: message.metadata } : {}),
    ...(message.files ? { files: message.files } : {}),
  };
}

/** A new trigger, good for one modal within three seconds. */
export function newTrigger(state: SlackState, user: string): string {
  const id = `${Date.now()}.${simulatedAccounts.teamId}.${randomBytes(8).toString('hex')}`;
  state.triggers.set(id, { user, at: Date.now(), used: false });
  return id;
}

/** A place to answer an interaction: five times within half an hour. */
export function newResponseUrl(
  world: World,
  state: SlackState,
  channel: string,
  user: string,
  messageTs: string | null,
): string {
  const token = randomBytes(12).toString('hex');
  state.responses.set(token, { channel, user, at: Date.now(), uses: 0, messageTs });
  return `${world.publicUrl()}/slack/response/${token}`;
}
