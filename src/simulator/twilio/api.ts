import { Buffer } from 'node:buffer';
import type { Context, Hono } from 'hono';
import { answerWithFaults, viaOf } from '../api-faults.ts';
import type { World } from '../world.ts';
import { accountSidOf, newSid, type TwilioMessage, type TwilioState } from './account.ts';
import { type Content, isRecord, refuseContent, rejectTemplate, richest } from './content.ts';
import { twilioError } from './errors.ts';
import { createMessage, describeMessage, listMessages } from './messages.ts';

type Call = { readonly c: Context; readonly form: Record<string, string | string[]>; readonly json: unknown };
type Handler = (call: Call) => Response | Promise<Response>;

const complaints = {
  throttled: (seconds: number) => {
    const response = twilioError(429, 20429);
    response.headers.set('retry-after', String(seconds));
    return response;
  },
  broken: () => twilioError(500, 20500),
};

/**
 * Mounts api, content and messaging under /twilio: set `baseUrl` of these three domains of the Twilio
 * client to `<public url>/twilio`.
 */
export function twilioApi(app: Hono, world: World, state: TwilioState): void {
  const messagesPath = '/twilio/2010-04-01/Accounts/:account';
  const find = (c: Context) => state.messages.get((c.req.param('sid') ?? '').replace(/\.json$/, ''));
  const withMessage =
    (then: (message: TwilioMessage, call: Call) => Response): Handler =>
    (call) => {
      const message = find(call.c);
      return message
        ? then(message, call)
        : twilioError(404, 20404, `The requested resource ${call.c.req.path} was not found`);
    };
  const withContent =
    (then: (content: Content, call: Call) => Response): Handler =>
    (call) => {
      const content = state.contents.get(call.c.req.param('sid') ?? '');
      return content ? then(content, call) : twilioError(404, 20404);
    };

  const route = (http: 'GET' | 'POST' | 'DELETE', path: string, method: string, handle: Handler) =>
    app.on([http], [path], async (c) => {
      const refused = authenticate(world, c);
      const { form, json } = await readBody(c);
      const recorded = world.tap.record({
        provider: 'twilio',
        via: viaOf(c),
        method,
        http,
        path: c.req.path.replace(/^\/twilio/, ''),
        contentType: (c.req.header('content-type') ?? '').split(';')[0] ?? '',
        params: { ...c.req.query(), ...form, ...(isRecord(json) ? json : {}) },
      });
      return answerWithFaults(
        world,
        c,
        { channel: 'whatsapp', method, complaints, recorded },
        () => refused ?? handle({ c, form, json }),
      );
    });

  route('POST', `${messagesPath}/Messages.json`, 'Messages.create', async ({ form }) => {
    const response = createMessage(world, state, form);
    // The callbacks run ahead of the answer, as they sometimes do.
    if (world.faults.take('whatsapp', 'callback-first')) await world.inFlight.quiet(2_000);
    return response;
  });
  route('GET', `${messagesPath}/Messages.json`, 'Messages.list', ({ c }) =>
    listMessages(world, state, c.req.query()),
  );
  route(
    'GET',
    `${messagesPath}/Messages/:sid{\\w+\\.json}`,
    'Messages.fetch',
    withMessage((message) => Response.json(describeMessage(world, message))),
  );
  route(
    'POST',
    `${messagesPath}/Messages/:sid{\\w+\\.json}`,
    'Messages.update',
    withMessage((message, { form }) => {
      if (form['Body'] !== '') return twilioError(400, 20422, 'Body can only be redacted to an empty string');
      message.body = '';
      return Response.json(describeMessage(world, message));
    }),
  );
  route(
    'DELETE',
    `${messagesPath}/Messages/:sid{\\w+\\.json}`,
    'Messages.remove',
    withMessage((message) => {
      state.messages.delete(message.sid);
      return new Response(null, { status: 204 });
    }),
  );
  route(
    'GET',
    `${messagesPath}/Messages/:sid/Media.json`,
    'Media.list',
    withMessage((message) =>
      Response.json({
        media_list: message.media.map(({ sid, contentType }) => ({
          sid,
          parent_sid: message.sid,
          content_type: contentType,
        })),
      }),
    ),
  );
  route(
    'GET',
    `${messagesPath}/Messages/:sid/Media/:media`,
    'Media.fetch',
    withMessage((message, { c }) => {
      const found = message.media.find(({ sid }) => sid === c.req.param('media'));
      if (!found) return twilioError(404, 20404);
      // The real answer too points at a store that wants no password.
      return new Response(null, {
        status: 307,
        headers: { location: `${world.publicUrl()}/twilio/stored/${found.sid}` },
      });
    }),
  );
  route(
    'DELETE',
    `${messagesPath}/Messages/:sid/Media/:media{\\w+\\.json}`,
    'Media.remove',
    withMessage((message, { c }) => {
      const kept = message.media.filter(({ sid }) => `${sid}.json` !== c.req.param('media'));
      if (kept.length === message.media.length) return twilioError(404, 20404);
      state.messages.set(message.sid, { ...message, media: kept });
      return new Response(null, { status: 204 });
    }),
  );
  app.get('/twilio/stored/:media', (c) => {
    const found = [...state.messages.values()]
      .flatMap(({ media }) => media)
      .find(({ sid }) => sid === c.req.param('media'));
    if (!found) return c.notFound();
    return new Response(new Uint8Array(found.bytes), { headers: { 'content-type': found.contentType } });
  });

  route('POST', '/twilio/v1/Content', 'Content.create', ({ json }) => {
    const refused = refuseContent(json);
    if (refused !== null || !isRecord(json)) return twilioError(400, 20001, refused ?? 'Invalid JSON body');
    const content: Content = {
      sid: newSid('HX'),
      friendlyName: typeof json['friendly_name'] === 'string' ? json['friendly_name'] : '',
      language: String(json['language']),
      // Both were checked by refuseContent.
      variables: (json['variables'] ?? {}) as Record<string, string>,
      types: json['types'] as Record<string, Record<string, unknown>>,
      createdAt: world.now(),
      approval: null,
    };
    state.contents.set(content.sid, content);
    return Response.json(describeContent(world, content), { status: 201 });
  });
  route('GET', '/twilio/v1/Content', 'Content.list', ({ c }) =>
    pageOf(world, c, 'contents', '/v1/Content', [...state.contents.values()], (content) =>
      describeContent(world, content),
    ),
  );
  route('GET', '/twilio/v1/ContentAndApprovals', 'ContentAndApprovals.list', ({ c }) =>
    pageOf(world, c, 'contents', '/v1/ContentAndApprovals', [...state.contents.values()], (content) => ({
      ...describeContent(world, content),
      approval_requests: describeApproval(content),
    })),
  );
  route(
    'GET',
    '/twilio/v1/Content/:sid',
    'Content.fetch',
    withContent((content) => Response.json(describeContent(world, content))),
  );
  route(
    'DELETE',
    '/twilio/v1/Content/:sid',
    'Content.remove',
    withContent((content) => {
      state.contents.delete(content.sid);
      return new Response(null, { status: 204 });
    }),
  );
  route(
    'POST',
    '/twilio/v1/Content/:sid/ApprovalRequests/whatsapp',
    'ApprovalRequests.create',
    withContent((content, { json }) => {
      const name = isRecord(json) ? String(json['name'] ?? '') : '';
      const category = isRecord(json) ? String(json['category'] ?? '') : '';
      if (!/^[a-z0-9_]{1,512}$/.test(name))
        return twilioError(400, 20001, 'name may hold only a-z, 0-9 and _');
      if (!/^(UTILITY|MARKETING|AUTHENTICATION)$/.test(category))
        return twilioError(400, 20001, 'category is invalid');
      if (content.approval) return twilioError(400, 20001, 'an approval request exists for this content');
      const reason = rejectTemplate(content);
      const approval = {
        name,
        category,
        contentType: richest(content).name,
        status: 'received' as const,
        rejectionReason: '',
        allowCategoryChange: !(isRecord(json) && json['allow_category_change'] === false),
      };
      content.approval = approval;
      const answer = describeApproval(content);
      // Minutes to two days in truth.
      if (!state.approvals.hold)
        content.approval = {
          ...approval,
          status: reason === null ? 'approved' : 'rejected',
          rejectionReason: reason ?? '',
        };
      return Response.json(answer, { status: 201 });
    }),
  );
  route(
    'GET',
    '/twilio/v1/Content/:sid/ApprovalRequests',
    'ApprovalRequests.fetch',
    withContent((content) =>
      Response.json({
        sid: content.sid,
        account_sid: accountSidOf(world),
        url: `${world.publicUrl()}/twilio/v1/Content/${content.sid}/ApprovalRequests`,
        whatsapp: describeApproval(content),
      }),
    ),
  );

  route('POST', '/twilio/v2/Indicators/Typing.json', 'Typing.create', ({ form }) => {
    if (form['channel'] !== 'whatsapp') return twilioError(400, 20422, 'channel must be whatsapp');
    const message = state.messages.get(String(form['messageId'] ?? ''));
    if (!message?.person || message.direction !== 'inbound') return twilioError(404, 20404);
    // Showing that we type also marks the message as read by us.
    if (message.entry) {
      message.entry.receipts.read = world.now();
      world.changed(message.person, message.entry);
    }
    world.emit({ type: 'typing', channel: 'whatsapp', address: message.person.address });
    return Response.json({ success: true });
  });
}

function authenticate(world: World, c: Context): Response | null {
  const [scheme, encoded = ''] = (c.req.header('authorization') ?? '').split(' ');
  const [user = '', password = ''] = Buffer.from(encoded, 'base64').toString().split(/:(.*)/);
  const account = c.req.param('account') ?? accountSidOf(world);
  const isKnown =
    user === accountSidOf(world) ? password === world.product.twilioWebhook.authToken : user.startsWith('SK');
  if (scheme !== 'Basic' || !isKnown) return twilioError(401, 20003);
  return account === accountSidOf(world) ? null : twilioError(404, 20404);
}

async function readBody(c: Context): Promise<{ form: Record<string, string | string[]>; json: unknown }> {
  if (c.req.method !== 'POST') return { form: {}, json: null };
  if ((c.req.header('content-type') ?? '').startsWith('application/json'))
    return { form: {}, json: await c.req.json().catch(() => null) };
  const form: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(await c.req.text())) {
    const before = form[name];
    form[name] = before === undefined ? value : [before, value].flat();
  }
  return { form, json: null };
}

const seconds = (at: Date) => at.toISOString().replace(/\.\d+Z$/, 'Z');

function describeContent(world: World, content: Content) {
  const url = `${world.publicUrl()}/twilio/v1/Content/${content.sid}`;
  return {
    sid: content.sid,
    account_sid: accountSidOf(world),
    friendly_name: content.friendlyName,
    language: content.language,
    variables: content.variables,
    types: content.types,
    url,
    date_created: seconds(content.createdAt),
    date_updated: seconds(content.createdAt),
    links: { approval_create: `${url}/ApprovalRequests/whatsapp`, approval_fetch: `${url}/ApprovalRequests` },
  };
}

function describeApproval({ approval }: Content) {
  if (!approval)
    return {
      type: 'whatsapp',
      name: '',
      category: '',
      content_type: '',
      status: 'unsubmitted',
      rejection_reason: '',
      allow_category_change: true,
    };
  return {
    type: 'whatsapp',
    name: approval.name,
    category: approval.category,
    content_type: approval.contentType,
    status: approval.status,
    rejection_reason: approval.rejectionReason,
    allow_category_change: approval.allowCategoryChange,
  };
}

function pageOf<T>(
  world: World,
  c: Context,
  key: string,
  path: string,
  items: readonly T[],
  describe: (item: T) => unknown,
): Response {
  const size = Math.min(Math.max(Number(c.req.query('PageSize') ?? 50) || 50, 1), 1000);
  const page = Number(c.req.query('Page') ?? 0) || 0;
  const url = (number: number) => `${world.publicUrl()}/twilio${path}?PageSize=${size}&Page=${number}`;
  return Response.json({
    [key]: items.slice(page * size, (page + 1) * size).map(describe),
    meta: {
      key,
      page,
      page_size: size,
      url: url(page),
      first_page_url: url(0),
      previous_page_url: page > 0 ? url(page - 1) : null,
      next_page_url: (page + 1) * size < items.length ? url(page + 1) : null,
    },
  });
}
