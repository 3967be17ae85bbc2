import { z } from 'zod';
import type { Inbound } from '../../app/ports.ts';
import { type Lang, languages, type MediaKind } from '../../engine/message.ts';
import type { Read } from '../edge.ts';

/**
 * Translates one Update of the Bot API. `now` is used where Telegram gives no time (button presses).
 * Only private chats are conversations; whatever happens in groups is ignored and counted.
 * Unknown kinds of update are ignored, unknown kinds of message are media of kind `unknown`,
 * so that the person hears that it could not be read.
 */
export function readUpdate(update: unknown, account: string, now: Date): Read {
  const parsed = updateShape.safeParse(update);
  if (!parsed.success) return ignored('malformed');
  const { update_id, message, edited_message, callback_query, my_chat_member } = parsed.data;
  const base = { channel: 'telegram', account, key: String(update_id) } as const;
  if (message) return readMessage(base, message);
  if (edited_message) return readEdit(base, edited_message);
  if (callback_query) return readPress(base, callback_query, now);
  if (my_chat_member) return readMembership(base, my_chat_member);
  return ignored('unknown_update');
}

/** The id to answer a button press with, so that its spinner stops; null for everything else. */
export function callbackIdOf(update: unknown): string | null {
  const parsed = callbackShape.safeParse(update);
  return parsed.success ? parsed.data.callback_query.id : null;
}

const personShape = z.object({
  id: z.number(),
  is_bot: z.boolean().optional(),
  language_code: z.string().optional(),
});
const chatShape = z.object({ id: z.number(), type: z.string() });
const messageShape = z.looseObject({
  message_id: z.number(),
  date: z.number(),
  chat: chatShape,
  from: personShape.optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  media_group_id: z.string().optional(),
  location: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
  reply_to_message: z.object({ message_id: z.number() }).optional(),
});
const buttonShape = z.object({ text: z.string(), callback_data: z.string().optional() });
const pressShape = z.object({
  id: z.string(),
  from: personShape,
  data: z.string().optional(),
  // An old message comes as a stub with date 0 and nothing else.
  message: z
    .object({
      message_id: z.number(),
      chat: chatShape,
      reply_markup: z.object({ inline_keyboard: z.array(z.array(buttonShape)).optional() }).optional(),
    })
    .optional(),
});
const membershipShape = z.object({
  chat: chatShape,
  date: z.number(),
  new_chat_member: z.object({ status: z.string() }),
});
const updateShape = z.object({
  update_id: z.number(),
  message: messageShape.optional(),
  edited_message: messageShape.optional(),
  callback_query: pressShape.optional(),
  my_chat_member: membershipShape.optional(),
});
const callbackShape = z.object({ callback_query: z.object({ id: z.string() }) });

type Base = Pick<Inbound, 'channel' | 'account' | 'key'>;
type Message = z.infer<typeof messageShape>;

function readMessage(base: Base, message: Message): Read {
  if (message.chat.type !== 'private') return ignored('not_private');
  if (message.from?.is_bot) return ignored('bot');
  const common = { ...base, ...envelopeOf(message) };
  if (message.text !== undefined)
    return heard({ ...common, event: { kind: 'text', text: withoutBotName(message.text) } });
  if (message.location) return heard({ ...common, event: { kind: 'location', ...message.location } });
  const media = mediaOf(message);
  if (media === null) return ignored('service_message');
  const { caption, media_group_id } = message;
  // An album is one deed but comes as one update per picture. Its bare pictures share a key, so that
  // they are one event; a picture with words keeps its own, so that no words are lost.
  const key = media_group_id !== undefined && caption === undefined ? `album:${media_group_id}` : base.key;
  return heard({
    ...common,
    key,
    event: { kind: 'media', media, ...(caption === undefined ? {} : { caption }) },
  });
}

function readEdit(base: Base, message: Message): Read {
  const text = message.text ?? message.caption;
  if (message.chat.type !== 'private') return ignored('not_private');
  // A live location moves by edits; where somebody walks is not asked for.
  if (text === undefined) return ignored('edit_without_text');
  return heard({ ...base, ...envelopeOf(message), event: { kind: 'edited', text } });
}

function readPress(base: Base, press: z.infer<typeof pressShape>, now: Date): Read {
  const { from, data, message } = press;
  if (data === undefined) return ignored('press_without_data');
  if (message && message.chat.type !== 'private') return ignored('not_private');
  const label = message?.reply_markup?.inline_keyboard
    ?.flat()
    .find(({ callback_data }) => callback_data === data)?.text;
  return heard({
    ...base,
    address: String(message?.chat.id ?? from.id),
    at: now,
    event: { kind: 'press', token: data, ...(label === undefined ? {} : { title: label }) },
    ...(message ? { repliesTo: String(message.message_id) } : {}),
    ...langHintOf(from.language_code),
  });
}

function readMembership(base: Base, change: z.infer<typeof membershipShape>): Read {
  const { status } = change.new_chat_member;
  if (change.chat.type !== 'private') return ignored('not_private');
  if (status !== 'kicked' && status !== 'member') return ignored('membership');
  return heard({
    ...base,
    address: String(change.chat.id),
    at: new Date(change.date * 1000),
    event: { kind: status === 'kicked' ? 'blocked' : 'unblocked' },
  });
}

function envelopeOf({ chat, date, from, reply_to_message: answered }: Message) {
  return {
    address: String(chat.id),
    at: new Date(date * 1000),
    ...(answered ? { repliesTo: String(answered.message_id) } : {}),
    ...langHintOf(from?.language_code),
  };
}

/** Menus of Telegram may write `/help@OurBot`; the name says nothing in a private chat. */
function withoutBotName(text: string): string {
  return text.replace(/^(\/[a-z0-9_]+)@\w+/i, '$1');
}

// In this order: an animation also carries a `document`.
const media: readonly (readonly [string, MediaKind])[] = [
  ['photo', 'image'],
  ['animation', 'video'],
  ['document', 'document'],
  ['voice', 'voice'],
  ['audio', 'audio'],
  ['video', 'video'],
  ['video_note', 'video'],
  ['sticker', 'sticker'],
  ['contact', 'contact'],
];

// Things Telegram writes into a chat by itself; nobody waits for an answer to them.
const serviceMessages = [
  'pinned_message',
  'message_auto_delete_timer_changed',
  'write_access_allowed',
  'chat_background_set',
  'forum_topic_created',
  'forum_topic_edited',
  'forum_topic_closed',
  'forum_topic_reopened',
];

/** Null for a service message. */
function mediaOf(message: Message): MediaKind | null {
  const known = media.find(([field]) => message[field] !== undefined);
  if (known) return known[1];
  return serviceMessages.some((field) => message[field] !== undefined) ? null : 'unknown';
}

function langHintOf(code: string | undefined): { langHint?: Lang } {
  const langHint = languages.find((lang) => lang === code?.slice(0, 2).toLowerCase());
  return langHint === undefined ? {} : { langHint };
}

function heard(inbound: Inbound): Read {
  return { kind: 'inbound', inbound };
}

function ignored(why: string): Read {
  return { kind: 'ignored', why };
}
