import type { webApi } from '@slack/bolt';
import type { Delivery, Outcome } from '../../app/ports.ts';
import type { Sent } from '../edge.ts';
import { fitTo, type Shown } from '../fit.ts';
import { limits } from '../limits.ts';
import type { Found, Question } from '../lookup.ts';
import type { SendParts } from '../parts.ts';
import { blocksOf } from './blocks.ts';
import { outcomeOfFailure } from './classify.ts';
import type { Room, Rooms } from './rooms.ts';
import { writeSlackText } from './text.ts';

/** `event_type` of the metadata that carries our ledger id; other apps can read it, so it carries nothing else. */
const metadataType = 'intumwa';

/** Sends one ledger row to a person or a channel. */
export async function sendTo(
  client: webApi.WebClient,
  rooms: Rooms,
  sendParts: SendParts,
  { ledgerId, address, message }: Delivery,
): Promise<Outcome> {
  const room = await rooms.find(address);
  if ('failed' in room) return room.failed;
  const { leading, last, choices } = fitTo(message, limits.slack);
  const texts = [...leading, last];
  return sendParts(ledgerId, texts.length, async (index) => {
    const isLast = index === texts.length - 1;
    const shown = isLast ? choices : ({ as: 'nothing' } as const);
    const outcome = await post(
      client,
      room,
      texts[index] ?? '',
      shown,
      isLast ? ledgerId : `${ledgerId}/${index + 1}`,
    );
    // A direct channel may be gone after a merge of workspaces; the next attempt opens it anew.
    if (outcome.kind === 'unreachable') rooms.forget(address);
    return outcome;
  });
}

async function post(
  client: webApi.WebClient,
  { channel, thread }: Room,
  text: string,
  shown: Shown,
  id: string,
): Promise<Outcome> {
  const message = {
    channel,
    text: writeSlackText(text),
    mrkdwn: false,
    unfurl_links: false,
    unfurl_media: false,
    metadata: { event_type: metadataType, event_payload: { id } },
    ...(thread === undefined ? {} : { thread_ts: thread }),
    ...(shown.as === 'nothing' ? {} : { blocks: blocksOf(text, shown) }),
  };
  try {
    // The blocks are ours and of the two kinds that Slack documents; its type wants each spelled out.
    const { ts } = await client.chat.postMessage(message as webApi.ChatPostMessageArguments);
    return ts === undefined
      ? { kind: 'unknown', detail: 'answer_without_ts' }
      : { kind: 'sent', providerId: ts };
  } catch (error) {
    return outcomeOfFailure(error);
  }
}

// Clocks differ a little, and a retry may have left a while after its attempt was written down.
const before = 60_000;

/**
 * Asks Slack whether a message of unknown outcome went out, by the ledger id in its metadata (rule 17). Of one that is
 * there in part, the parts are kept, so that they do not go again.
 */
export async function lookUp(
  client: webApi.WebClient,
  rooms: Rooms,
  sent: Sent,
  { address, ledgerId, since }: Question,
): Promise<Found> {
  const room = await rooms.find(address);
  if ('failed' in room) return { kind: 'cannot_tell', detail: room.failed.kind };
  const oldest = String((since.getTime() - before) / 1000);
  const query = { channel: room.channel, oldest, limit: 200, include_all_metadata: true };
  try {
    const { messages = [] } =
      room.thread === undefined
        ? await client.conversations.history(query)
        : await client.conversations.replies({ ...query, ts: room.thread });
    const ours = messages.flatMap(({ ts, metadata }) => {
      const { id } = (metadata?.event_payload ?? {}) as { id?: unknown }; // any JSON
      if (metadata?.event_type !== metadataType || typeof id !== 'string' || ts === undefined) return [];
      const [row, part] = id.split('/');
      return row === ledgerId ? [{ ts, part }] : [];
    });
    const whole = ours.find(({ part }) => part === undefined);
    if (whole) return { kind: 'found', providerId: whole.ts };
    for (const { ts, part } of ours) await sent.keepPart(ledgerId, Number(part) - 1, ts);
    return { kind: 'absent' };
  } catch (error) {
    return { kind: 'cannot_tell', detail: outcomeOfFailure(error).kind };
  }
}
