import type { Handed } from '../simulator/handed.ts';
import type { ChannelName } from '../simulator/people.ts';
import type { RecordedRequest } from '../simulator/tap.ts';
import type { Kill } from './replicas.ts';
import { type Place, placeOf, type Reference } from './script.ts';
import type { Seen, Who } from './stand-ins.ts';
import type { Done } from './talker.ts';

/** One call of a replica that asked a provider to send something, as the stand-ins saw it. */
export type Send = {
  readonly channel: ChannelName;
  readonly address: string;
  /**
   * What makes two sends the same message. WhatsApp and Slack carry our ledger id (in the callback's address, in the
   * metadata). Telegram carries nothing, so there it is chat, words and buttons; a question asked again has other
   * buttons, since its token counts the askings.
   */
  readonly key: string;
  /** The provider's id of what it made; null when it made nothing. */
  readonly made: string | null;
  readonly via: string | null;
  /** Machine time, ms. */
  readonly at: number;
  readonly answeredAt: number | null;
  /** The sender got to know what came of it. */
  readonly isKnown: boolean;
};

const methods = ['sendMessage', 'Messages.create', 'chat.postMessage'];
const channels = { telegram: 'telegram', twilio: 'whatsapp', slack: 'slack' } as const;

export function sendsOf(requests: readonly RecordedRequest[]): Send[] {
  return requests
    .filter(({ method }) => methods.includes(method))
    .map(({ id, provider, params, at, answeredAt, made, via, status, heard }) => {
      const channel = channels[provider];
      const text = (name: string) => String(params[name] ?? '');
      const address = text(channel === 'telegram' ? 'chat_id' : channel === 'slack' ? 'channel' : 'To');
      return {
        channel,
        address: address.replace(/^whatsapp:/, '').replace(/^D/, 'U'),
        // What is not ledgered (an answer to a command) is each time another message.
        key: `${channel} ${address} ${keyOf(channel, params) ?? `#${id}`}`,
        made,
        via,
        at: Date.parse(at),
        answeredAt: answeredAt === null ? null : Date.parse(answeredAt),
        // A 500 says nothing: it may or may not have been done.
        isKnown: heard && status !== null && status < 500,
      };
    });
}

function keyOf(channel: ChannelName, params: RecordedRequest['params']): string | undefined {
  if (channel === 'whatsapp') return new URL(String(params['StatusCallback'])).search;
  if (channel === 'telegram') return JSON.stringify([params['text'], params['reply_markup']]);
  const metadata = JSON.parse(String(params['metadata'] ?? '{}')) as { event_payload?: { id?: string } }; // we wrote it
  return metadata.event_payload?.id;
}

/** How soon before the end of a process or of the database its writing down of an answer may have been cut off. */
const recordMs = 1_500;
/** What a process had put on its way when it was killed arrives a moment later. */
const underWayMs = 500;

/** Sends that were not answered, were broken off or answered by a 5xx, or whose sender was killed before the answer. */
export function unanswered(sends: readonly Send[], kills: readonly Kill[]): ReadonlySet<Send> {
  return new Set(sends.filter((send) => !send.isKnown || kills.some((kill) => isUnderWay(send, kill))));
}

export function isUnderWay({ via, at, answeredAt }: Send, kill: Kill): boolean {
  return kill.name === via && at <= kill.at + underWayMs && (answeredAt ?? kill.at) >= kill.at;
}

/**
 * Those, and the ones that were answered so shortly before their sender was killed, or before and while the database
 * was away, that the answer may not have been written down: what nobody of ours can know.
 */
export function unknownOutcomes(
  sends: readonly Send[],
  kills: readonly Kill[],
  outages: readonly Outage[],
): ReadonlySet<Send> {
  const open = unanswered(sends, kills);
  const cut = ({ via, at, answeredAt }: Send) =>
    kills.some(
      (kill) =>
        kill.name === via && at <= kill.at + underWayMs && (answeredAt ?? kill.at) > kill.at - recordMs,
    ) || outages.some(({ from, to }) => at <= to && (answeredAt ?? to) > from - recordMs);
  return new Set(sends.filter((send) => open.has(send) || cut(send)));
}
export type Outage = { readonly from: number; readonly to: number };

/** A message that people saw more than once: every send beyond the first that made something. */
export function copiesIn(
  sends: readonly Send[],
): { readonly copy: Send; readonly before: readonly Send[] }[] {
  const groups = new Map<string, Send[]>();
  const copies: { copy: Send; before: Send[] }[] = [];
  for (const send of sends) {
    if (send.made === null) continue;
    const group = groups.get(send.key) ?? [];
    if (group.length > 0) copies.push({ copy: send, before: [...group] });
    groups.set(send.key, [...group, send]);
  }
  return copies;
}

export type Verdict = {
  /** Acknowledged, and without any effect that the person could see until the end. */
  readonly lost: number;
  /** Never acknowledged, and never taken in by asking the provider either (WhatsApp), or still in its queue (Telegram). */
  readonly unrecovered: number;
  readonly twice: number;
  /** Messages accepted by the provider after one that should have followed them. */
  readonly outOfOrder: number;
  /** Deeds applied before one that was done earlier, and acknowledged before they were done. */
  readonly appliedOutOfOrder: number;
};

/**
 * One person's conversation. Each deed brings one message, so with repeated sends taken out there are as many messages
 * as deeds, and each is the script's next one. Fewer: something was lost, in or out. More, or a question asked again
 * without a reason: a deed counted twice. `messages` are the first copies in the order of the provider's acceptance.
 */
export function judgeTalk(
  { done, name }: { readonly done: readonly Done[]; readonly name: string },
  messages: readonly string[],
  handed: ReadonlyMap<string, Handed>,
  reference: Reference,
): Verdict {
  const places = messages
    .map((text) => placeOf(reference, text, name))
    .filter((place): place is Place => place !== null);
  const certain = done.filter(({ uncertain }) => !uncertain);
  const missing = Math.max(0, certain.length - places.length);
  const unacknowledged = certain.filter(({ deed }) => handed.get(deed)?.ackedAt == null).length;

  const seen = new Set<number>();
  let furthest = -1;
  let outOfOrder = 0;
  let repeated = 0;
  for (const { at, again } of places) {
    if (again || seen.has(at)) repeated += 1;
    else if (at < furthest) outOfOrder += 1;
    if (!again) seen.add(at);
    furthest = Math.max(furthest, at);
  }
  // The second of two quick deeds does not fit the first one's question: applied too early, that is asked again.
  const quick = new Set(done.filter(({ afterAck }) => afterAck).map(({ at }) => at - 2));
  const appliedOutOfOrder = places.filter(({ at, again }) => again && quick.has(at)).length;
  const allowed = done.length - certain.length;
  return {
    lost: Math.max(0, missing - unacknowledged),
    unrecovered: Math.min(missing, unacknowledged),
    twice: Math.max(0, places.length - done.length, repeated - allowed - appliedOutOfOrder),
    outOfOrder,
    appliedOutOfOrder,
  };
}

/**
 * Sends above a channel's rate. Every call counts, also one that was refused. A provider counts in seconds of its own
 * and lets a short burst pass, and between our clock and its door lies a network: so a tenth more, and two, are allowed
 * within a second, and nothing above the rate and that same burst over five. What came while the stand-ins stood
 * still is written down at the end of it, so a window with a `stall` in it is longer by that much.
 */
export function aboveRate(times: readonly number[], perSecond: number, stalls: readonly Outage[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  const burst = perSecond * 0.1 + 2;
  const isAbove = (windowMs: number, i: number) => {
    const end = sorted[i] ?? 0;
    const from = sorted.findIndex((at) => at > end - windowMs);
    const stood = stalls
      .filter((stall) => stall.to > end - windowMs && stall.from < end)
      .reduce((sum, stall) => sum + stall.to - stall.from, 0);
    return i - from + 1 > (perSecond * (windowMs + stood)) / 1000 + burst;
  };
  return sorted.filter((_, i) => isAbove(1_000, i) || isAbove(5_000, i)).length;
}

const ranks: readonly string[] = ['queued', 'held', 'sending', 'unknown', 'sent', 'delivered', 'read'];

/**
 * Receipts that we acknowledged and that our ledger does not show any more: its state for that message is below the
 * highest of them. `ledger` has the state by the provider's id; what the provider has and the ledger does not know
 * counts too.
 */
export function receiptsBack(
  receipts: readonly Handed[],
  ledger: ReadonlyMap<string, string>,
): readonly string[] {
  const highest = new Map<string, number>();
  for (const { deed, what, ackedAt } of receipts) {
    if (ackedAt === null) continue;
    highest.set(deed, Math.max(highest.get(deed) ?? 0, ranks.indexOf(what)));
  }
  return [...highest]
    .filter(([id, rank]) => {
      const state = ledger.get(id);
      return state === undefined || (state !== 'failed' && ranks.indexOf(state) < rank);
    })
    .map(([id]) => id);
}

/** What each person saw, in the order in which the provider took it, each message once. */
export function firstCopies(sends: readonly Send[], who: Who, messages: readonly Seen[]): readonly string[] {
  const texts = new Map(messages.map(({ id, text }) => [id, text]));
  const seen = new Set<string>();
  const found: string[] = [];
  for (const { channel, address, made, key } of sends) {
    if (made === null || channel !== who.channel || address !== who.address || seen.has(key)) continue;
    seen.add(key);
    const text = texts.get(made);
    if (text !== undefined) found.push(text);
  }
  return found;
}
