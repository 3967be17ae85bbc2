import type { Twilio } from 'twilio';
import type { Inbound } from '../../app/ports.ts';
import type { Read } from '../edge.ts';
import { addressOf } from './address.ts';
import { outcomeOfFailure } from './classify.ts';

const day = 24 * 3_600_000;
const mostAtOnce = 1000;

/**
 * Hands in the messages that Twilio took since `since` and could not deliver to us, oldest first: it does not
 * repeat a webhook that was answered 503 or that met nobody. Those that were kept are recognised by their sid.
 * The list knows the words but not the button, so a press comes as the text of its label. Stops at the first
 * message that is not kept.
 */
export async function catchUp(
  client: Twilio,
  account: string,
  since: Date,
  hand: (read: Read) => Promise<boolean>,
): Promise<{ readonly kind: 'done'; readonly messages: number } | { readonly kind: 'interrupted' }> {
  try {
    // Twilio filters by whole days.
    const dateSentAfter = new Date(since.getTime() - day);
    const listed = await client.messages.list({ to: account, dateSentAfter, limit: mostAtOnce });
    const inbound = listed.filter(
      ({ direction, dateCreated }) => direction === 'inbound' && dateCreated !== null && dateCreated >= since,
    );
    for (const { sid, from, body, numMedia, dateCreated } of inbound.reverse()) {
      const event: Inbound['event'] =
        Number(numMedia) > 0 || body === ''
          ? { kind: 'media', media: 'unknown' }
          : { kind: 'text', text: body };
      const message: Inbound = {
        channel: 'whatsapp',
        account,
        address: addressOf(from),
        key: sid,
        at: dateCreated,
        event,
      };
      if (!(await hand({ kind: 'inbound', inbound: message }))) return { kind: 'interrupted' };
    }
    return { kind: 'done', messages: inbound.length };
  } catch (error) {
    outcomeOfFailure(error);
    return { kind: 'interrupted' };
  }
}
