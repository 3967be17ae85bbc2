import type { Log } from '../../app/ports.ts';
import type { Lang } from '../../engine/message.ts';
import { nameOf } from '../edge.ts';
import type { Contents } from './contents.ts';

/**
 * A content's id at Twilio; `none`: there is none, or it is not approved; `not_now`: it could not be looked up or made
 * at this moment, which says nothing about the next.
 */
export type Found =
  | { readonly kind: 'known'; readonly sid: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'not_now' };

export type Wanted = {
  readonly hash: string;
  readonly name: string;
  readonly lang: Lang;
  /** Makes it at Twilio; absent where nothing may be made on demand. */
  readonly make?: () => Promise<Found>;
  /** Ask the table each time, because approval can be taken away. */
  readonly always?: boolean;
  /** The remembered one turned out not to exist: make it anew. */
  readonly anew?: boolean;
};

export type ContentIds = (wanted: Wanted) => Promise<Found>;

/** Content ids by hash, asked for once in this process; two messages at once make a missing content only once. */
export function contentIds(contents: Contents, log: Log): ContentIds {
  const known = new Map<string, Promise<Found>>();
  return (wanted) => {
    const { hash, always, anew } = wanted;
    const before = anew || always ? undefined : known.get(hash);
    if (before) return before;
    const finding = findOrMake(contents, log, wanted).then((found) => {
      if (found.kind !== 'known') known.delete(hash);
      return found;
    });
    known.set(hash, finding);
    return finding;
  };
}

async function findOrMake(
  contents: Contents,
  log: Log,
  { hash, name, lang, make, anew }: Wanted,
): Promise<Found> {
  const facts = { channel: 'whatsapp', content: name, lang };
  try {
    const sid = anew ? null : await contents.find(hash);
    if (sid !== null) return { kind: 'known', sid };
  } catch (error) {
    log.error({ ...facts, error: nameOf(error) }, 'content ids cannot be read');
    return { kind: 'not_now' };
  }
  const made = (await make?.()) ?? { kind: 'none' };
  if (made.kind !== 'known') {
    log.error({ ...facts, why: made.kind }, 'content is not provisioned');
    return made;
  }
  try {
    await contents.keep(hash, made.sid, { name, lang });
  } catch (error) {
    // It can be used all the same; at worst another process makes it again.
    log.warn({ ...facts, error: nameOf(error) }, 'content id was not remembered');
  }
  return made;
}
