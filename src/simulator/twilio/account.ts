import { createHmac, randomBytes } from 'node:crypto';
import type { Entry, Person } from '../people.ts';
import { simulatedAccounts } from '../product.ts';
import type { World } from '../world.ts';
import type { Content } from './content.ts';

export type Status = 'queued' | 'sent' | 'delivered' | 'read' | 'failed' | 'undelivered' | 'received';

/** A row of Twilio's Messages list. Dates are programme time. */
export type TwilioMessage = {
  readonly sid: string;
  readonly direction: 'inbound' | 'outbound-api';
  readonly from: string;
  readonly to: string;
  body: string;
  status: Status;
  errorCode: number | null;
  readonly serviceSid: string | null;
  readonly media: readonly { readonly sid: string; readonly contentType: string; readonly bytes: Buffer }[];
  readonly createdAt: Date;
  updatedAt: Date;
  sentAt: Date | null;
  readonly statusCallback: string | null;
  /** Machine time from which the list shows it. */
  readonly listedFrom: number;
  readonly person: Person | undefined;
  readonly entry: Entry | undefined;
};

export type TwilioState = {
  /** Oldest first. */
  readonly messages: Map<string, TwilioMessage>;
  readonly contents: Map<string, Content>;
  /** Messages that wait for a phone that is offline, in order. */
  readonly waiting: Map<Person, TwilioMessage[]>;
  readonly approvals: { hold: boolean };
};

export function createTwilioState(): TwilioState {
  return { messages: new Map(), contents: new Map(), waiting: new Map(), approvals: { hold: false } };
}

export const newSid = (prefix: 'SM' | 'MM' | 'ME' | 'HX') => `${prefix}${randomBytes(16).toString('hex')}`;
export const accountSidOf = (world: World) =>
  world.product.twilioWebhook.accountSid ?? simulatedAccounts.accountSid;
export const senderOf = (world: World) => world.product.twilioWebhook.sender ?? simulatedAccounts.sender;

/**
 * X-Twilio-Signature of a form: HMAC-SHA1 over the URL and the sorted pairs without separators. The
 * connection overrides behind # are neither sent nor signed.
 */
export function signForm(authToken: string, url: string, params: Readonly<Record<string, string>>): string {
  const pairs = Object.keys(params)
    .sort()
    .map((name) => name + params[name]);
  return createHmac('sha1', authToken)
    .update((url.split('#')[0] ?? '') + pairs.join(''))
    .digest('base64');
}

/** Where we write to this person: the number, or the business-scoped id when the number is hidden. */
export function whatsappName(person: Person): string {
  return `whatsapp:${person.hidePhone && person.externalUserId ? person.externalUserId : person.address}`;
}
