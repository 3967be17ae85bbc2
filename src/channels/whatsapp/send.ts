import type { Twilio } from 'twilio';
import type { Delivery, Log, Outcome } from '../../app/ports.ts';
import { fitAsText, fitTo } from '../fit.ts';
import { limits } from '../limits.ts';
import type { SendParts } from '../parts.ts';
import { recipientOf } from './address.ts';
import { outcomeOfFailure } from './classify.ts';
import { type ContentIds, contentIds, type Found, type Wanted } from './content-ids.ts';
import {
  type Contents,
  createContent,
  hashOf,
  layoutOf,
  templateHash,
  templateVariables,
  type Variables,
} from './contents.ts';
import { outcomeOfCode } from './errors.ts';
import { plainForWhatsApp } from './escape.ts';
import { approveAtOnce, provisioning } from './templates.ts';

export type Sender = {
  readonly client: Twilio;
  /** `whatsapp:+…` */
  readonly from: string;
  /** The address for status callbacks, without query. */
  readonly statusUrl: string;
  readonly contents: Contents;
  /** `auto` makes what is missing at once; `manual` sends numbered text, or holds, and alerts. */
  readonly provision: 'auto' | 'manual';
  readonly sendParts: SendParts;
  readonly log: Log;
};

/** Sends one ledger row: inside the 24 hours as it is, outside as its approved template or not at all. */
export function sender(given: Sender): (delivery: Delivery) => Promise<Outcome> {
  const ids = contentIds(given.contents, given.log);
  return (delivery) =>
    delivery.windowOpen ? sendInSession(given, ids, delivery) : sendTemplate(given, ids, delivery);
}

async function sendInSession(given: Sender, ids: ContentIds, delivery: Delivery): Promise<Outcome> {
  // The marks are taken away first, for the spaces that do it count too.
  const message = { ...delivery.message, text: plainForWhatsApp(delivery.message.text) };
  const fitted = fitTo(message, limits.whatsapp);
  if (fitted.choices.as === 'nothing') return sendTexts(given, delivery, [...fitted.leading, fitted.last]);
  const { layout, variables } = layoutOf(fitted.last, fitted.choices, delivery.lang);
  const make = async (): Promise<Found> => {
    const made = await createContent(given.client, layout);
    return 'sid' in made ? { kind: 'known', sid: made.sid } : { kind: 'not_now' };
  };
  const wanted = {
    hash: hashOf(layout),
    name: layout.name,
    lang: layout.lang,
    ...(given.provision === 'auto' ? { make } : {}),
  };
  if ((await ids(wanted)).kind !== 'known') {
    const { leading, last } = fitAsText(message, limits.whatsapp);
    return sendTexts(given, delivery, [...leading, last]);
  }
  return sendTexts(given, delivery, fitted.leading, () =>
    postContent(given, ids, delivery, wanted, variables),
  );
}

/** Bare texts, and after them a content where there is one. */
function sendTexts(
  given: Sender,
  delivery: Delivery,
  texts: readonly string[],
  content?: () => Promise<Outcome>,
): Promise<Outcome> {
  const count = texts.length + (content ? 1 : 0);
  return given.sendParts(delivery.ledgerId, count, (index) => {
    const text = texts[index];
    if (text === undefined && content) return content();
    return post(given, delivery, { body: text ?? '' }, index === count - 1 ? null : index);
  });
}

async function sendTemplate(given: Sender, ids: ContentIds, delivery: Delivery): Promise<Outcome> {
  const { template } = delivery;
  if (!template) return { kind: 'window_closed' };
  const variables = templateVariables(template);
  const source = { ...template, samples: Object.values(variables) };
  const wanted = {
    hash: templateHash(template),
    name: template.key,
    lang: template.lang,
    ...(given.provision === 'auto'
      ? { make: () => approveAtOnce(provisioning(given.client), source) }
      : { always: true }),
  };
  return postContent(given, ids, delivery, wanted, variables);
}

async function postContent(
  given: Sender,
  ids: ContentIds,
  delivery: Delivery,
  wanted: Wanted,
  variables: Variables,
): Promise<Outcome> {
  const contentVariables = JSON.stringify(variables);
  const found = await ids(wanted);
  // Held until the window opens is for what has no template; what only could not be looked up is tried again.
  if (found.kind === 'not_now') return { kind: 'not_sent', detail: 'content cannot be had now' };
  if (found.kind === 'none') return { kind: 'window_closed' };
  const outcome = await post(given, delivery, { contentSid: found.sid, contentVariables }, null);
  if (!isMissing(outcome) || !wanted.make) return outcome;
  // Somebody deleted it at Twilio, or the stand-in was started afresh. Nothing was sent, so it may be sent now.
  const fresh = await ids({ ...wanted, anew: true });
  if (fresh.kind !== 'known') return outcome;
  return post(given, delivery, { contentSid: fresh.sid, contentVariables }, null);
}

function isMissing(outcome: Outcome): boolean {
  return outcome.kind === 'rejected' && outcome.detail === 'template_broken:21655';
}

type What = { readonly body: string } | { readonly contentSid: string; readonly contentVariables: string };

async function post(
  { client, from, statusUrl }: Sender,
  { ledgerId, address }: Delivery,
  what: What,
  part: number | null,
): Promise<Outcome> {
  const query = new URLSearchParams({ m: ledgerId, ...(part === null ? {} : { part: String(part + 1) }) });
  try {
    const statusCallback = `${statusUrl}?${query}`;
    const { sid, errorCode } = await client.messages.create({
      from,
      to: recipientOf(address),
      statusCallback,
      ...what,
    });
    if (errorCode) return outcomeOfCode(String(errorCode));
    return { kind: 'sent', providerId: sid };
  } catch (error) {
    return outcomeOfFailure(error);
  }
}
