import type { Entry, Person } from '../people.ts';
import type { World } from '../world.ts';
import { accountSidOf, newSid, senderOf, type TwilioMessage, type TwilioState } from './account.ts';
import { type RenderedContent, readVariables, renderContent } from './content.ts';
import { twilioError } from './errors.ts';
import { failMessage, sendMessage } from './receipts.ts';

type Form = Readonly<Record<string, string | readonly string[]>>;
const one = (form: Form, name: string) => {
  const value = form[name];
  return typeof value === 'string' ? value : value?.[0];
};

const windowMs = 24 * 3_600_000;

/** `POST Messages.json`. Most of what WhatsApp refuses is accepted here and fails in the status callback. */
export function createMessage(world: World, state: TwilioState, form: Form): Response {
  const to = one(form, 'To');
  const from = one(form, 'From');
  const service = one(form, 'MessagingServiceSid');
  const body = one(form, 'Body') ?? '';
  const contentSid = one(form, 'ContentSid');
  const statusCallback = one(form, 'StatusCallback') ?? null;
  const mediaUrls = [form['MediaUrl'] ?? []].flat();

  if (!to) return twilioError(400, 21604);
  if (!from && !service) return twilioError(400, 21603);
  if (from && from !== senderOf(world)) return twilioError(400, 63007);
  if (!/^whatsapp:(\+\d{6,15}|[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128})$/.test(to))
    return twilioError(400, 21211, `Invalid 'To' Phone Number: ${to}`);
  if (to === senderOf(world)) return twilioError(400, 63031);
  if (statusCallback !== null && !isCallbackUrl(statusCallback)) return twilioError(400, 21609);
  const content = contentSid === undefined ? undefined : state.contents.get(contentSid);
  if (contentSid !== undefined && !content) return twilioError(400, 21655);
  if (!content && body === '' && mediaUrls.length === 0) return twilioError(400, 21619);
  if (body.length > 1600) return twilioError(400, 21617);
  const variables = readVariables(one(form, 'ContentVariables'));
  if (!variables) return twilioError(400, 21656);

  const person = findRecipient(world, to);
  const now = world.now();
  const isApproved = content?.approval?.status === 'approved';
  const isOpen =
    person?.lastInboundAt != null &&
    now.getTime() - person.lastInboundAt.getTime() < windowMs &&
    !world.faults.take('whatsapp', 'window-closed');
  const rendering = content
    ? renderContent(content, variables, isApproved)
    : {
        ok: true as const,
        rendered: { text: body, listButton: null, choices: [] } satisfies RenderedContent,
      };

  const seen = rendering.ok ? rendering.rendered : null;
  const entry: Entry = {
    id: newSid(mediaUrls.length > 0 ? 'MM' : 'SM'),
    at: now,
    from: 'product',
    text: seen?.text ?? '',
    choices: [...(seen?.choices ?? [])],
    ...(seen?.listButton ? { listButton: seen.listButton } : {}),
    template: isApproved ? (content?.approval?.name ?? null) : null,
    thread: null,
    receipts: { sent: null, delivered: null, read: null },
    ...(mediaUrls[0] === undefined
      ? {}
      : { media: { kind: 'document', name: mediaUrls[0], contentType: '' } }),
  };
  const late = world.faults.list().find(({ channel, fault }) => channel === 'whatsapp' && fault === 'lag');
  const lag = Math.max(world.timing.listLagMs, late?.ms ?? 0);
  const message: TwilioMessage = {
    sid: entry.id,
    direction: 'outbound-api',
    from: from ?? senderOf(world),
    to,
    // With a content and a service the answer has no body yet.
    body: content && service ? '' : entry.text,
    status: 'queued',
    errorCode: null,
    serviceSid: service ?? null,
    media: [],
    createdAt: now,
    updatedAt: now,
    sentAt: null,
    statusCallback,
    listedFrom: Date.now() + lag,
    person,
    entry,
  };
  state.messages.set(message.sid, message);

  const isWindowClosed = !isOpen && !isApproved;
  const problem = !person ? 63024 : isWindowClosed ? 63016 : rendering.ok ? null : rendering.code;
  const answer = describeMessage(world, message);
  world.owe('whatsapp', () =>
    problem === null ? sendMessage(world, state, message) : failMessage(world, message, problem),
  );
  return Response.json(answer, { status: 201 });
}

/** By number first: only a business-scoped id is worth a walk through everybody. */
function findRecipient(world: World, to: string): Person | undefined {
  const direct = world.find('whatsapp', to);
  if (direct || to.startsWith('whatsapp:+')) return direct;
  return [...world.people.values()].find(({ externalUserId }) => `whatsapp:${externalUserId}` === to);
}

/** Twilio refuses host names with an underscore. */
function isCallbackUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return /^https?:$/.test(protocol) && !hostname.includes('_');
}

const rfc2822 = (at: Date | null) => at?.toUTCString().replace('GMT', '+0000') ?? null;

/** A Message as the REST API shows it. */
export function describeMessage(world: World, message: TwilioMessage) {
  const account = accountSidOf(world);
  const uri = `/2010-04-01/Accounts/${account}/Messages/${message.sid}`;
  return {
    account_sid: account,
    api_version: '2010-04-01',
    body: message.body,
    date_created: rfc2822(message.createdAt),
    date_sent: rfc2822(message.sentAt),
    date_updated: rfc2822(message.updatedAt),
    direction: message.direction,
    error_code: message.errorCode,
    error_message: null,
    from: message.from,
    messaging_service_sid: message.serviceSid,
    num_media: String(message.media.length),
    num_segments: message.serviceSid && message.status === 'queued' ? '0' : '1',
    price: null,
    price_unit: null,
    sid: message.sid,
    status: message.status,
    subresource_uris: { media: `${uri}/Media.json` },
    to: message.to,
    uri: `${uri}.json`,
  };
}

/** `GET Messages.json`, newest first, in pages. Date filters are by day and leave out what was not yet sent. */
export function listMessages(
  world: World,
  state: TwilioState,
  query: Readonly<Record<string, string>>,
): Response {
  const size = Math.min(Math.max(Number(query['PageSize'] ?? 50) || 50, 1), 1000);
  const page = Number(query['Page'] ?? 0) || 0;
  const day = (name: string) => query[name]?.slice(0, 10);
  const [on, since, until] = [day('DateSent'), day('DateSent>'), day('DateSent<')];
  const found = [...state.messages.values()].reverse().filter((message) => {
    if (query['To'] && message.to !== query['To']) return false;
    if (query['From'] && message.from !== query['From']) return false;
    if (message.listedFrom > Date.now()) return false;
    if (!on && !since && !until) return true;
    const sent = message.sentAt?.toISOString().slice(0, 10);
    return (
      sent !== undefined && (!on || sent === on) && (!since || sent >= since) && (!until || sent <= until)
    );
  });
  const rows = found.slice(page * size, (page + 1) * size);
  const pageUri = (number: number) => {
    const params = new URLSearchParams({ ...query, PageSize: String(size), Page: String(number) });
    return `/2010-04-01/Accounts/${accountSidOf(world)}/Messages.json?${params}`;
  };
  return Response.json({
    messages: rows.map((message) => describeMessage(world, message)),
    page,
    page_size: size,
    start: page * size,
    end: page * size + Math.max(rows.length - 1, 0),
    uri: pageUri(page),
    first_page_uri: pageUri(0),
    previous_page_uri: page > 0 ? pageUri(page - 1) : null,
    next_page_uri: (page + 1) * size < found.length ? pageUri(page + 1) : null,
  });
}
