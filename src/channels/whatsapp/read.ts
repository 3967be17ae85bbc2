import type { Inbound, Receipt } from '../../app/ports.ts';
import type { MediaKind, Said } from '../../engine/message.ts';
import type { Read } from '../edge.ts';
import { addressOf } from './address.ts';
import type { Form } from './signature.ts';

/**
 * Translates an inbound message of Twilio. There is no timestamp in it, so `now` is when it happened.
 *
 * The address is the business-scoped user id where there is one, else the phone; with both, the phone is
 * the alias. A message of a kind that WhatsApp does not hand on comes empty: media `unknown`.
 */
export function readInbound(form: Form, account: string, now: Date): Read {
  const key = one(form, 'MessageSid') ?? one(form, 'SmsMessageSid');
  const from = one(form, 'From');
  const address = one(form, 'ExternalUserId') ?? from;
  if (key === null || address === null) return { kind: 'ignored', why: 'malformed' };
  const repliesTo = one(form, 'OriginalRepliedMessageSid');
  const inbound: Inbound = {
    channel: 'whatsapp',
    account,
    address: addressOf(address),
    key,
    at: now,
    event: readSaid(form),
    ...(from !== null && from !== address ? { alias: addressOf(from) } : {}),
    ...(repliesTo === null ? {} : { repliesTo }),
  };
  return { kind: 'inbound', inbound };
}

/**
 * Translates a status callback. `query` is that of the callback address we gave: `m` is the ledger id,
 * `part` marks an earlier part of a split message, of which only a failure matters: its success says
 * nothing about the row. States before `sent` count as sent, since Twilio has the message (rule 17).
 */
export function readStatus(form: Form, query: URLSearchParams, account: string, now: Date): Read {
  const sid = one(form, 'MessageSid');
  const status = one(form, 'MessageStatus') ?? one(form, 'SmsStatus');
  const address = one(form, 'ExternalUserId') ?? one(form, 'To');
  if (sid === null || status === null || address === null) return { kind: 'ignored', why: 'malformed' };
  const state = states.get(status);
  if (state === undefined) return { kind: 'ignored', why: 'unknown_status' };
  if (query.has('part') && state !== 'failed') return { kind: 'ignored', why: 'earlier_part' };
  const ledgerId = query.get('m');
  const code = one(form, 'ErrorCode');
  const receipt: Receipt = {
    providerId: sid,
    state,
    ...(ledgerId ? { ledgerId } : {}),
    ...(state === 'failed' && code !== null ? { code } : {}),
  };
  const event = { kind: 'receipt', receipt } as const;
  const inbound: Inbound = {
    channel: 'whatsapp',
    account,
    address: addressOf(address),
    key: `${sid}:${status}`,
    at: now,
    event,
  };
  return { kind: 'inbound', inbound };
}

const states: ReadonlyMap<string, Receipt['state']> = new Map([
  ['accepted', 'sent'],
  ['scheduled', 'sent'],
  ['queued', 'sent'],
  ['sending', 'sent'],
  ['sent', 'sent'],
  ['partially_delivered', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'read'],
  ['failed', 'failed'],
  ['undelivered', 'failed'],
  ['canceled', 'failed'],
] as const);

function readSaid(form: Form): Said {
  // Told apart by the field itself: the type is `interactive` in a session and may be another in a template.
  const token = one(form, 'ButtonPayload') ?? one(form, 'ListId');
  if (token !== null) {
    const title = one(form, 'ButtonText') ?? one(form, 'ListTitle') ?? one(form, 'Body');
    return { kind: 'press', token, ...(title === null ? {} : { title }) };
  }
  const body = one(form, 'Body');
  if (Number(one(form, 'NumMedia') ?? 0) > 0) {
    const media = mediaOf(one(form, 'MediaContentType0') ?? '', one(form, 'MessageType'));
    return { kind: 'media', media, ...(body === null ? {} : { caption: body }) };
  }
  const latitude = numberOf(one(form, 'Latitude'));
  const longitude = numberOf(one(form, 'Longitude'));
  if (latitude !== null && longitude !== null) return { kind: 'location', latitude, longitude };
  return body === null ? { kind: 'media', media: 'unknown' } : { kind: 'text', text: body };
}

// First match counts. Voice notes are the only ogg, and stickers the only webp, that WhatsApp sends.
const mediaTypes: readonly (readonly [RegExp, MediaKind])[] = [
  [/^image\/webp\b/, 'sticker'],
  [/^image\//, 'image'],
  [/^audio\/ogg\b/, 'voice'],
  [/^audio\//, 'audio'],
  [/^video\//, 'video'],
  [/^text\/(x-)?vcard\b/, 'contact'],
  [/^(application|text)\//, 'document'],
];

function mediaOf(contentType: string, messageType: string | null): MediaKind {
  if (messageType === 'sticker') return 'sticker';
  return mediaTypes.find(([type]) => type.test(contentType.toLowerCase()))?.[1] ?? 'unknown';
}

function numberOf(text: string | null): number | null {
  const number = Number(text ?? Number.NaN);
  return Number.isFinite(number) ? number : null;
}

/** A field that is there and not blank; of a repeated one the first. */
function one(form: Form, name: string): string | null {
  const value = form[name];
  const first = Array.isArray(value) ? value[0] : value;
  return first === undefined || first.trim() === '' ? null : first;
}
