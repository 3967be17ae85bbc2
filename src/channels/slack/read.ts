import { z } from 'zod';
import type { Inbound } from '../../app/ports.ts';
import type { MediaKind } from '../../engine/message.ts';
import type { Read } from '../edge.ts';
import { dateOfTs, readSlackText } from './text.ts';

/** Everything of Slack that is not part of a person's conversation with us belongs to the coordinators' front end. */
export type SlackRead = Read | { readonly kind: 'coordinator' };

/** Who we are in the workspace: the team is the account, and our own messages are not heard. */
export type SlackIdentity = { readonly teamId: string; readonly botUserId: string; readonly botId: string };

/** Translates an `event_callback` envelope: direct messages and reactions in them, and people who leave. */
export function readEvent(body: unknown, us: SlackIdentity, now: Date): SlackRead {
  const parsed = envelopeShape.safeParse(body);
  if (!parsed.success) return ignored('malformed');
  const { event, event_id, team_id, authorizations } = parsed.data;
  const team = authorizations?.[0]?.team_id ?? team_id;
  if (team && team !== us.teamId) return ignored('other_team');
  const base = { channel: 'slack', account: us.teamId, key: event_id } as const;
  if (event.type === 'message') return readMessage(base, event, us, now);
  if (event.type === 'reaction_added') return readReaction(base, event, us, now);
  if (event.type === 'user_change') return readUserChange(base, event, now);
  return { kind: 'coordinator' };
}

/** Translates `block_actions` whose action is one of our choices; everything else is the coordinators'. */
export function readAction(body: unknown, us: SlackIdentity, now: Date): SlackRead {
  const parsed = actionShape.safeParse(body);
  const action = parsed.success ? parsed.data.actions[0] : undefined;
  if (!parsed.success || !action?.action_id.startsWith(choicePrefix)) return { kind: 'coordinator' };
  const { user, message, container } = parsed.data;
  // A person of another company may press in a shared channel, but is nobody here.
  if (user.team_id !== undefined && user.team_id !== us.teamId) return ignored('other_team');
  const token = action.value ?? action.selected_option?.value;
  if (token === undefined) return ignored('press_without_value');
  const title = action.text?.text ?? action.selected_option?.text?.text;
  const ts = message?.ts ?? container?.message_ts;
  return heard({
    channel: 'slack',
    account: us.teamId,
    address: user.id,
    key: `${action.action_ts}:${user.id}:${token}`,
    at: dateOfTs(action.action_ts) ?? now,
    event: { kind: 'press', token, ...(title === undefined ? {} : { title }) },
    ...(ts === undefined ? {} : { repliesTo: ts }),
  });
}

/** Action ids of the choices of a conversation begin so; the coordinators' must not. */
export const choicePrefix = 'choice';

const fileShape = z.object({ mimetype: z.string().optional(), subtype: z.string().optional() });
const innerMessageShape = z.object({
  user: z.string().optional(),
  bot_id: z.string().optional(),
  text: z.string().optional(),
  ts: z.string().optional(),
});
const eventShape = z.object({
  type: z.string(),
  subtype: z.string().optional(),
  channel_type: z.string().optional(),
  // A channel's id in most events, the whole channel in some that are not ours.
  channel: z.unknown().optional(),
  // An id in most events, the whole profile in `user_change`.
  user: z.union([z.string(), z.looseObject({ id: z.string(), deleted: z.boolean().optional() })]).optional(),
  user_team: z.string().optional(),
  bot_id: z.string().optional(),
  text: z.string().optional(),
  ts: z.string().optional(),
  event_ts: z.string().optional(),
  thread_ts: z.string().optional(),
  files: z.array(fileShape).optional(),
  message: innerMessageShape.optional(),
  previous_message: innerMessageShape.optional(),
  reaction: z.string().optional(),
  item: z.object({ channel: z.string().optional(), ts: z.string().optional() }).optional(),
});
const envelopeShape = z.object({
  event_id: z.string(),
  team_id: z.string().nullish(),
  authorizations: z.array(z.object({ team_id: z.string().nullish() })).nullish(),
  event: eventShape,
});
const titleShape = z.object({ text: z.string() });
const actionShape = z.object({
  type: z.literal('block_actions'),
  user: z.object({ id: z.string(), team_id: z.string().optional() }),
  container: z.object({ message_ts: z.string().optional() }).optional(),
  message: z.object({ ts: z.string() }).optional(),
  actions: z.array(
    z.object({
      action_id: z.string(),
      action_ts: z.string(),
      value: z.string().optional(),
      text: titleShape.optional(),
      selected_option: z.object({ value: z.string(), text: titleShape.optional() }).nullish(),
    }),
  ),
});

type Base = Pick<Inbound, 'channel' | 'account' | 'key'>;
type SlackEvent = z.infer<typeof eventShape>;

function readMessage(base: Base, event: SlackEvent, us: SlackIdentity, now: Date): SlackRead {
  // Messages in channels and groups are read by the coordinators' front end, if at all.
  if (event.channel_type !== 'im') return { kind: 'coordinator' };
  if (event.subtype === 'message_changed') return readEdit(base, event, us, now);
  if (event.subtype !== undefined && event.subtype !== 'file_share') return ignored('subtype');
  if (event.bot_id !== undefined || typeof event.user !== 'string' || event.user === us.botUserId)
    return ignored('bot');
  if (event.user_team !== undefined && event.user_team !== us.teamId) return ignored('other_team');
  const text = readSlackText(event.text ?? '');
  const file = event.files?.[0];
  return heard({
    ...base,
    address: event.user,
    at: dateOfTs(event.ts) ?? now,
    event: file
      ? { kind: 'media', media: mediaOf(file), ...(text === '' ? {} : { caption: text }) }
      : { kind: 'text', text },
    ...(event.thread_ts === undefined ? {} : { repliesTo: event.thread_ts }),
  });
}

function readEdit(
  base: Base,
  { message, previous_message, event_ts }: SlackEvent,
  us: SlackIdentity,
  now: Date,
): SlackRead {
  if (message?.user === undefined || message.bot_id !== undefined || message.user === us.botUserId)
    return ignored('bot');
  // A link that unfolds comes as an edit that changed no word.
  if (message.text === undefined || message.text === previous_message?.text)
    return ignored('edit_without_change');
  return heard({
    ...base,
    address: message.user,
    at: dateOfTs(event_ts) ?? now,
    event: { kind: 'edited', text: readSlackText(message.text) },
  });
}

function readReaction(base: Base, event: SlackEvent, us: SlackIdentity, now: Date): SlackRead {
  // Reactions in channels (somebody takes a ticket, say) are the coordinators' business.
  if (!event.item?.channel?.startsWith('D')) return { kind: 'coordinator' };
  if (typeof event.user !== 'string' || event.user === us.botUserId || event.reaction === undefined)
    return ignored('bot');
  return heard({
    ...base,
    address: event.user,
    at: dateOfTs(event.event_ts) ?? now,
    event: { kind: 'reaction', emoji: event.reaction },
    ...(event.item.ts === undefined ? {} : { repliesTo: event.item.ts }),
  });
}

function readUserChange(base: Base, event: SlackEvent, now: Date): SlackRead {
  if (typeof event.user !== 'object' || event.user.deleted !== true) return { kind: 'coordinator' };
  return heard({
    ...base,
    address: event.user.id,
    at: dateOfTs(event.event_ts) ?? now,
    event: { kind: 'blocked' },
  });
}

const mediaTypes: readonly (readonly [RegExp, MediaKind])[] = [
  [/^image\//, 'image'],
  [/^audio\//, 'audio'],
  [/^video\//, 'video'],
  [/^text\/(x-)?vcard\b/, 'contact'],
  [/^(application|text)\//, 'document'],
];

function mediaOf({ mimetype = '', subtype }: z.infer<typeof fileShape>): MediaKind {
  // A clip recorded in Slack says so.
  if (subtype === 'slack_audio') return 'voice';
  return mediaTypes.find(([type]) => type.test(mimetype))?.[1] ?? 'unknown';
}

function heard(inbound: Inbound): SlackRead {
  return { kind: 'inbound', inbound };
}

function ignored(why: string): SlackRead {
  return { kind: 'ignored', why };
}
