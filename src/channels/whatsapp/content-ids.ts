import type { Log } from '../../app/ports.ts';
import type { Lang } from '../../engine/message.ts';
import { nameOf } from '../edge.ts';
import type { Contents } from './contents.ts';

export type Wanted = {
  readonly hash: string;
  readonly name: string;
  readonly lang: Lang;
  /** Makes it at Twilio, null where that failed; absent where nothing may be made on demand. */
  readonly make?: () => Promise<string | null>;
  /** Ask the table each time, because approval can be taken away. */
  readonly always?: boolean;
  /** The remembered one turned out not to exist: make it anew. */
  readonly anew?: boolean;
};

export type ContentIds = (wanted: Wanted) => Promise<string | null>;

/**
 * Content ids by hash, asked for once in this process; two messages at once make a missing content only once.
 * Null when there is none, or when the table cannot be read: the message then takes another form.
 */
export function contentIds(contents: Contents, log: Log): ContentIds {
  const known = new Map<string, Promise<string | null>>();
  return (wanted) => {
    const { hash, always, anew } = wanted;
    const before = anew || always ? undefined : known.get(hash);
    if (before) return before;
    const finding = findOrMake(contents, log, wanted).then((sid) => {
      if (sid === null) known.delete(hash);
      return sid;
    });
    known.set(hash, finding);
    return finding;
  };
}

async function findOrMake(
  contents: Contents,
  log: Log,
  { hash, name, lang, make, anew }: Wanted,
): Promise<string | null> {
  const facts = { channel: 'whatsapp', content: name, lang };
  try {
    const found = anew ? null : await contents.find(hash);
    if (found !== null) return found;
  } catch (error) {
    log.error({ ...facts, error: nameOf(error) }, 'content ids cannot be read');
    return null;
  }
  const sid = (await make?.()) ?? null;
  if (sid === null) {
    log.error(facts, 'content is not provisioned');
    return null;
  }
  try {
    await contents.keep(hash, sid, { name, lang });
  } catch (error) {
    // It can be used all the same; at worst another process makes it again.
    log.warn({ ...facts, error: nameOf(error) }, 'content id was not remembered');
  }
  return sid;
}
