import type { Twilio } from 'twilio';
import type { Template } from '../../app/ports.ts';
import type { Found, Question } from '../lookup.ts';
import { recipientOf } from './address.ts';
import { templateVariables } from './contents.ts';
import { plainForWhatsApp } from './escape.ts';

/** By how much clocks may differ; what was sent before that is an older message that says the same. */
const before = 10_000;

/**
 * Asks Twilio whether a message of unknown outcome went out: the newest messages to that address since
 * the attempt, compared by their body. A Content may show no body in the list; then nobody can tell.
 * The list may lag by 20 seconds, so `absent` counts only when asked later than that.
 */
export async function lookUp(
  client: Twilio,
  from: string,
  { address, since, text, template, known }: Question,
): Promise<Found> {
  try {
    const sent = await client.messages.list({ to: recipientOf(address), from, limit: 20 });
    const candidates = sent.filter(
      ({ dateCreated }) => dateCreated && dateCreated.getTime() >= since.getTime() - before,
    );
    const said = template ? filled(template) : plainForWhatsApp(text);
    const same = candidates.filter(({ body }) => isSame(body, said)).map(({ sid }) => sid);
    const others = same.length > 0 ? await known(same) : none;
    const own = same.find((sid) => !others.has(sid));
    if (own !== undefined) return { kind: 'found', providerId: own };
    const silent = candidates.some(({ body }) => body === null || body === '');
    return silent ? { kind: 'cannot_tell', detail: 'content_without_body' } : { kind: 'absent' };
  } catch {
    return { kind: 'cannot_tell', detail: 'list_failed' };
  }
}

const none: ReadonlySet<string> = new Set();

/** An approved template as Twilio lists it. */
function filled(template: Template): string {
  const variables = templateVariables(template);
  return template.body.replace(/\{\{(\d+)\}\}/g, (mark, index: string) => variables[index] ?? mark);
}

// Above this length the end of a text is as good as the whole.
const telling = 200;

/** The body as it is, with its numbered choices, or the last part of a long one. */
function isSame(body: string | null, text: string): boolean {
  if (body === null || body === '') return false;
  return (
    body === text || body.startsWith(`${text}\n\n1. `) || (body.length >= telling && text.endsWith(body))
  );
}
