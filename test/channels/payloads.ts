import { readFileSync } from 'node:fs';

/** A recorded provider payload by its file name; invented people, trimmed to what matters. */
export function payload(channel: 'telegram' | 'whatsapp' | 'slack', name: string): Record<string, unknown> {
  const file = new URL(`../payloads/${channel}/${name}.json`, import.meta.url);
  // The files are ours and hold one object each.
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
}

/** The same for form payloads, whose values are all texts. */
export function formPayload(name: string): Record<string, string> {
  return payload('whatsapp', name) as Record<string, string>; // as above
}
