import type { Twilio } from 'twilio';
import type { Sent } from '../edge.ts';
import type { Found, Question } from '../lookup.ts';
import { recipientOf } from './address.ts';
import { formsOf } from './forms.ts';

// Our clock is not the provider's, whose dates besides are whole seconds.
const before = 5_000;

/**
 * Asks Twilio whether a message of unknown outcome went out: the messages to that address since the attempt that are
 * not known to be others, compared by their body. Of one that is there in part, the parts are kept, so that they do
 * not go again. A Content may show no body in the list; then nobody can tell. The list may lag by 20 seconds, so
 * `absent` counts only when asked later than that.
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
    const oldestFirst = recent.filter(({ sid }) => !taken.has(sid)).reverse();
    const forms = formsOf(question);
    const known = forms.some((form) => form.length > 1) ? await sent.parts(ledgerId) : 0;
    const found = forms.map((form) => ({ form, sids: inOrder(form.slice(known), oldestFirst) }));
    for (const { form, sids } of found) {
      const last = sids.at(-1);
      if (last !== undefined && known + sids.length === form.length)
        return { kind: 'found', providerId: last };
    }
    const [most = []] = found.map(({ sids }) => sids).toSorted((a, b) => b.length - a.length);
    for (const [index, sid] of most.entries()) await sent.keepPart(ledgerId, known + index, sid);
    const silent = oldestFirst.some(({ body }) => body === null || body === '');
    return silent ? { kind: 'cannot_tell', detail: 'content_without_body' } : { kind: 'absent' };
  } catch {
    return { kind: 'cannot_tell', detail: 'list_failed' };
  }
}

/** The messages that say these parts, one after the other from the first; others between them do not matter. */
function inOrder(
  parts: readonly string[],
  messages: readonly { readonly sid: string; readonly body: string }[],
): readonly string[] {
  const sids: string[] = [];
  for (const { sid, body } of messages) if (body === parts[sids.length]) sids.push(sid);
  return sids;
}
