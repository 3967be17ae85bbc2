import type { ChannelName } from './ports.ts';

/**
 * What follows from a message that did not arrive, or that waits for the WhatsApp window (rule 16), whether the
 * provider said so at once or in a later receipt. Done by a sweep over the rows themselves, each together with the
 * mark that it is done, so that a crash neither loses nor repeats it.
 */
export type FollowUps = {
  /**
   * Takes rows whose follow-up is not done yet, asks `decide` about each, and writes down all of it in one
   * transaction. Answers how many rows there were.
   */
  run(now: Date, limit: number, decide: (ended: Ended) => readonly Next[]): Promise<number>;
};

/** A row that came to an end, or to a halt. */
export type Ended = {
  readonly id: number;
  /** `held` means that the WhatsApp window is closed. */
  readonly state: 'failed' | 'held';
  readonly channel: ChannelName;
  readonly class: string;
  readonly key: string;
  readonly lang: string;
  /** A provider's code alone, from a receipt; or an outcome and its detail. */
  readonly reason: string;
  readonly form: 'template' | 'plain' | null;
  readonly attempts: number;
  /** Another address of the same person, not blocked, the one used last. */
  readonly elsewhere: number | null;
  /** Of the member's mission or membership, else of the hospital; null for somebody unknown. */
  readonly code: string | null;
  /** It was for the coordinators themselves. */
  readonly internal: boolean;
};

export type Next =
  /** A new row with the same words, in place of this one; `form` null is as it was meant. */
  | { readonly do: 'again'; readonly form: 'template' | 'plain' | null; readonly dueAt: Date }
  | { readonly do: 'elsewhere'; readonly conversationId: number }
  /** The address is marked, as if the provider had told us that we are blocked. */
  | { readonly do: 'block' }
  /** The short template that says that something waits, once for each closed window. */
  | { readonly do: 'notice' }
  /** The coordinators are told, the same thing once a day. */
  | { readonly do: 'tell'; readonly key: string; readonly params: { readonly [name: string]: string } };

export const noticeKey = 'common.notice.text';

const minute = 60_000;
const hour = 60 * minute;
/** Tries of all rows of one message together; after these a person decides. */
const mostTries = 5;

/** How long a message waits that failed for a passing reason, by what the provider's code means for it. */
const waits: { readonly [reaction: string]: number } = {
  too_fast: minute / 2,
  later: 5 * minute,
  misconfigured: 10 * minute,
  // A late word that it arrived after all is waited for.
  unknown: 10 * minute,
  over_quota: 4 * hour,
  // Meta asks for at least a day.
  not_this_marketing: 24 * hour,
};
const otherForms: { readonly [reaction: string]: 'template' | 'plain' } = {
  window_closed: 'template',
  fallback_plain: 'plain',
  fallback_link: 'plain',
  too_long: 'plain',
};

/** `reactionOf` says what a bare provider's code means; null for one that nobody knows. */
export function nextsOf(
  ended: Ended,
  reactionOf: (channel: ChannelName, code: string) => string | null,
  now: Date,
): readonly Next[] {
  if (ended.state === 'held') return waitsForWindow(ended);
  const reaction = reactionIn(ended, reactionOf);
  if (reaction === 'opted_out') return [{ do: 'block' }];
  if (reaction === 'unreachable') return unreachable(ended);
  const form = otherForms[reaction];
  if (form) return ended.form === null ? [{ do: 'again', form, dueAt: now }] : undelivered(ended, reaction);
  const wait = waits[reaction];
  if (wait === undefined || ended.attempts >= mostTries) return undelivered(ended, reaction);
  const dueAt = new Date(now.getTime() + wait * 2 ** Math.max(0, ended.attempts - 1));
  const alarming = reaction === 'misconfigured' || reaction === 'over_quota';
  return [{ do: 'again', form: ended.form, dueAt }, ...(alarming ? undelivered(ended, reaction) : [])];
}

function waitsForWindow({ key, lang }: Ended): readonly Next[] {
  const tell: Next = { do: 'tell', key: 'staff.no_template.text', params: { what: wordsOf(key), lang } };
  return key === noticeKey ? [tell] : [{ do: 'notice' }, tell];
}

/** A reply belongs to the chat that it answers; anything else may reach the person another way. */
function unreachable(ended: Ended): readonly Next[] {
  const { elsewhere, class: kind, code, key, internal } = ended;
  if (elsewhere !== null && kind !== 'reply') return [{ do: 'elsewhere', conversationId: elsewhere }];
  if (code === null || internal) return undelivered(ended, 'unreachable');
  return [{ do: 'tell', key: 'staff.unreachable.text', params: { code, what: wordsOf(key) } }];
}

/** A dead letter for a person to decide. Where the coordinators' own channel fails, telling it would never end. */
function undelivered({ key, internal }: Ended, why: string): readonly Next[] {
  if (internal) return [];
  return [{ do: 'tell', key: 'staff.undelivered.text', params: { what: wordsOf(key), why: plain(why) } }];
}

/** `rejected: fallback_plain:63021`, `63021`, `unreachable: 400 Bad Request: chat not found`, `gave up after 12: …`. */
function reactionIn(
  { reason, channel }: Ended,
  reactionOf: (channel: ChannelName, code: string) => string | null,
): string {
  if (/^\d+$/.test(reason)) return reactionOf(channel, reason) ?? `code ${reason}`;
  const detailed = /^rejected: ([a-z_]+):\d+$/.exec(reason)?.[1];
  if (detailed) return detailed;
  if (reason.startsWith('blocked:')) return 'opted_out';
  return reason.startsWith('unreachable:') ? 'unreachable' : reason.slice(0, 60);
}

/** A text's key as coordinators read it: `day_before.invite.text` → `day before: invite`. */
export function wordsOf(key: string): string {
  return plain(
    key
      .split('.')
      .filter((part) => part !== 'text')
      .join(': '),
  );
}

function plain(word: string): string {
  return word.replaceAll('_', ' ');
}
