import { Hono } from 'hono';
import twilio from 'twilio';
import type { Caught } from '../../app/catch-up.ts';
import type { Channel } from '../../app/ports.ts';
import { type Edge, type Read, readSafely, take } from '../edge.ts';
import { megabyte, readBody, tooLarge } from '../http.ts';
import { limits } from '../limits.ts';
import type { Found, Question } from '../lookup.ts';
import { partSender } from '../parts.ts';
import { catchUp } from './catch-up.ts';
import type { Contents } from './contents.ts';
import { lookUp } from './lookup.ts';
import { readInbound, readStatus } from './read.ts';
import { sender } from './send.ts';
import { type Form, isSigned, publicUrlOf, readForm } from './signature.ts';
import { type Provisioning, provisioning } from './templates.ts';

export type WhatsAppConfig = Edge & {
  readonly accountSid: string;
  readonly authToken: string;
  /** The other token while tokens are being rotated; signatures of both are accepted. */
  readonly secondaryAuthToken?: string;
  /** `whatsapp:+…`, our sender and the channel account. */
  readonly sender: string;
  /** As Twilio reaches us, path prefix included; signatures are checked against it. */
  readonly publicBaseUrl: string;
  /** Roots of Twilio's three hosts; absent: the real ones. */
  readonly baseUrls?: { readonly api: string; readonly content: string; readonly messaging: string };
  readonly contents: Contents;
  readonly provision: 'auto' | 'manual';
};

export type WhatsApp = Channel & {
  /** POST /webhooks/whatsapp and /webhooks/whatsapp/status. */
  readonly routes: Hono;
  /** Whether a message of unknown outcome went out. */
  lookUp(question: Question): Promise<Found>;
  readonly templates: Provisioning;
  /** Hands in what Twilio took since then and could not deliver; to be run every few minutes and at start. */
  catchUp(since: Date, most?: number): Promise<Caught>;
};

/** Missed messages taken in by one look; the rest is for the next, minutes later. */
const mostAtOnce = 2000;

export function whatsapp(config: WhatsAppConfig): WhatsApp {
  const { sender: from, publicBaseUrl, contents, provision, log } = config;
  const client = clientOf(config);
  const statusUrl = publicUrlOf(publicBaseUrl, '/webhooks/whatsapp/status');
  return {
    name: 'whatsapp',
    account: from,
    limits: limits.whatsapp,
    send: sender({ client, from, statusUrl, contents, provision, sendParts: partSender(config.sent), log }),
    async typing(_address, inboundKey) {
      const indicator = { channel: 'whatsapp', messageId: inboundKey };
      await client.messaging.v2.typingIndicator.create(indicator).catch(() => undefined);
    },
    routes: webhooks(config),
    lookUp: (question) => lookUp(client, from, config.sent, question),
    templates: provisioning(client),
    catchUp: (since, most = mostAtOnce) =>
      catchUp(
        client,
        from,
        { since, until: config.clock.now(), most },
        (read) => take(config, read, 'whatsapp'),
        (error) => log.warn({ channel: 'whatsapp', error }, 'missed messages could not be listed'),
      ),
  };
}

/** Twilio's client as the whole product uses it: it never repeats a call by itself. */
export function clientOf({
  accountSid,
  authToken,
  baseUrls,
}: Pick<WhatsAppConfig, 'accountSid' | 'authToken' | 'baseUrls'>) {
  const client = twilio(accountSid, authToken, { autoRetry: false, timeout: 15_000 });
  if (baseUrls) {
    client.api.baseUrl = baseUrls.api;
    client.content.baseUrl = baseUrls.content;
    client.messaging.baseUrl = baseUrls.messaging;
  }
  return client;
}

function webhooks(config: WhatsAppConfig): Hono {
  const { sender: account, publicBaseUrl, authToken, secondaryAuthToken, clock } = config;
  const tokens = secondaryAuthToken === undefined ? [authToken] : [authToken, secondaryAuthToken];
  const routes = new Hono();

  const webhook = (
    path: string,
    translate: (form: Form, query: URLSearchParams, now: Date) => Read,
  ): void => {
    routes.post(path, async (c) => {
      const body = await readBody(c, megabyte);
      if (body === null) return tooLarge(c);
      const url = publicUrlOf(publicBaseUrl, c.req.raw.url);
      const form = readForm(body.toString('utf8'));
      if (!isSigned(tokens, c.req.header('x-twilio-signature'), url, form)) {
        config.count('whatsapp.bad_signature');
        return c.text('forbidden', 403);
      }
      const query = new URL(url).searchParams;
      const read = readSafely(config, 'whatsapp', () => translate(form, query, clock.now()));
      // An empty 204: any other content would be read as instructions for a reply.
      return (await take(config, read, 'whatsapp')) ? c.body(null, 204) : c.text('try again', 503);
    });
  };
  webhook('/webhooks/whatsapp', (form, _query, now) => readInbound(form, account, now));
  webhook('/webhooks/whatsapp/status', (form, query, now) => readStatus(form, query, account, now));
  return routes;
}
