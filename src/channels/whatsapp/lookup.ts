import type { Twilio } from 'twilio';
import type { Sent } from '../edge.ts';
import type { Found, Question } from '../lookup.ts';
import { recipientOf } from './address.ts';
import { formsOf } from './forms.ts';

// Our clock is not the provider's, whose dates besides are whole seconds.
const before = 5_000;

/**
 * Asks Twilio whether a message of unknown outcome went out: the newest messages to that address since
 * the attempt that are no other row's, compared by their body. A Content may show no body in the list;
 * then nobody can tell. The list may lag by 20 seconds, so `absent` counts only when asked later than that.
 */
export async function lookUp(client: Twilio, from: string, sent: Sent, question: Question): Promise<Found> {
  const { ledgerId, address, since } = question;
  try {
    const listed = await client.messages.list({ to: recipientOf(address), from, limit: 50 });
    const recent = listed.filter(
      ({ dateCreated }) => dateCreated && dateCreated.getTime() >= since.getTime() - before,
    );
    if (recent.length === 0) return { kind: 'absent' };
    const sids = recent.map(({ sid }) => sid);
    const taken = await sent.taken(sids, ledgerId);
    const candidates = recent.filter(({ sid }) => !taken.has(sid));
    const ends = new Set(formsOf(question).map((parts) => parts.at(-1)));
    const same = candidates.find(({ body }) => body && ends.has(body));
    if (same) return { kind: 'found', providerId: same.sid };
    const silent = candidates.some(({ body }) => body === null || body === '');
    return silent ? { kind: 'cannot_tell', detail: 'content_without_body' } : { kind: 'absent' };
  } catch {
    return { kind: 'cannot_tell', detail: 'list_failed' };
  }
}
