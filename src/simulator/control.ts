/*
 * The control API, JSON over HTTP. {address} is URL-encoded: `+250788000001` or a business-scoped id
 * `RW.abc` (WhatsApp), the numeric user id (Telegram), `U…` (Slack; `C…` names a Slack channel, which can
 * be read but does nothing). Errors are {"error"}: 400 bad body, 404 unknown person or message, 409 not now.
 *
 * GET    /simulator/clock                     {"now"}
 * POST   /simulator/clock                     {"to": iso} | {"advance": "P3DT2H"} → {"now"}
 * POST   /simulator/people                    {channel, address, name?, locale?, externalUserId?, hidePhone?,
 *          readReceipts?, started? (Telegram: pressed Start, default true), channels? (Slack: ids, null = all)}
 *          → 201 with the person, 200 when already known (what is named is taken over)
 * GET    /simulator/people                    {"people": [Person]}
 * GET    /simulator/people/:channel/:address  Person
 *   Person {channel, address, kind: person|slack-channel, name, locale, started, blocked, offline,
 *           externalUserId, hidePhone, readReceipts, channels, lastInboundAt, messages: count}
 *
 * POST   /simulator/people/:channel/:address/…          all answer 202 {"id"}: the provider's id of the deed
 *   say      {text, thread?, channel?}        thread: id of the message quoted (WhatsApp, Telegram) or of the
 *                                             thread's first (Slack); channel: Slack channel, default the DM
 *   press    {label | id | index from 0, message?, values?}
 *                                             message: id, or "home"/"modal" (Slack); default the open modal,
 *                                             then the newest message that offers it, then the home tab
 *   send     {kind: image|document|voice|audio|video|sticker|location|contact, caption?, name?,
 *             contentType?, content? (base64), latitude?, longitude?, phone?, thread?}
 *   command  {text: "/name words", channel?}  Slack; answers after the product's acknowledgement
 *   submit   {view? (id or callback_id), values}   Slack; values by block id, action id or label; options by
 *                                             value or label; answers {"id", "errors"?} after the acknowledgement
 *   close    {}                               Slack: the modal on top
 *   open-home {}                              Slack: app_home_opened
 *   react    {message, emoji}     edit {message, text}     delete {message}
 *   read     {message?}                       reads everything up to it, default all
 *   offline  {offline?: bool = true}          online {}        block {}        unblock {}
 *   When Slack could not reach the product, or it failed, command, submit and press answer {"id", "problem"}.
 *
 * GET    …/messages?after=ID&all=true         {"messages": [Message], "next": ID|null}, newest last; only what the
 *          product (and the provider) wrote, with all=true also the person's own. `next` is the `after` to come.
 *   Message {id, at, from: product|person|provider, text, choices: [{id, label, description?, url?}],
 *            listButton?, template: name|null, thread: id|null, receipts: {sent, delivered, read: iso|null},
 *            media?: {kind, name, contentType}, channel? (Slack), ephemeral?, edited?, deleted?, reactions?}
 *   Only WhatsApp has receipts beyond sent. A WhatsApp message shows once it is delivered.
 * GET    …/home[?peek=true]                   {"home": View|null}. Opens the tab (app_home_opened) and waits up to a
 *          second for what the product publishes; with peek nothing happens but the reading.
 * GET    …/modal                              {"modal": View|null}, the one on top
 *   View {id, callback_id, title, submit, close, text, choices, errors: {block: text}, blocks,
 *         fields: [{block, action, type, label, isOptional, options: [{value, label}], initial}]}
 *
 * POST   /simulator/faults                    {channel, fault, times? = 1 | for? (seconds or ISO duration, machine
 *          time), method?, ms? = 1000 (lag, slow-after-accept), retryAfter? = 1 (429)} → 201; see faults.ts for the kinds.
 *          Faults of calls strike sends (sendMessage, Messages.create, chat.postMessage) unless method names
 *          another or "*".
 * GET    /simulator/faults                    {"faults"}          DELETE /simulator/faults
 * POST   /simulator/settle                    counts of the product, or 504 {"error", "inFlight"} after 30 s
 * POST   /simulator/seed                      passed to the product
 * GET    /simulator/stream                    server-sent events, one JSON each, `event:` is its type:
 *          person {person} · message, changed {channel, address, message} · typing, home, modal {channel, address}
 *          · clock {now}
 * GET    /simulator/requests?provider=&method=&after=   {"requests": [RecordedRequest], "next"}, see tap.ts
 * DELETE /simulator/requests
 * GET    /simulator/handed?after=             {"handed": [Handed], "next"}: what people did and the receipts that have changed
 *          since, how often each was put before the product, when it was acknowledged, see handed.ts
 * POST   /simulator/approvals                 {hold?: bool} keeps new template approvals "received";
 *          {content: HX… or template name, status} decides one
 * POST   /simulator/slack/refresh             asks Socket Mode connections to reconnect
 */
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import { clockRoutes, readJson, wordsOf } from './clock-routes.ts';
import { deedRoutes } from './deeds.ts';
import { addDuration } from './duration.ts';
import { faultKinds } from './faults.ts';
import { channelNames, describeEntry, describePerson } from './people.ts';
import type { Phone } from './phone.ts';
import { newPerson, personAsked, updatePerson } from './register.ts';
import { settle } from './settle.ts';
import type { SlackPhone } from './slack/phone.ts';
import type { Sockets } from './slack/sockets.ts';
import { showView } from './slack/views.ts';
import type { View } from './slack/workspace.ts';
import type { TwilioState } from './twilio/account.ts';
import type { World } from './world.ts';

export type Phones = { readonly whatsapp: Phone; readonly telegram: Phone; readonly slack: SlackPhone };

const faultAsked = z.strictObject({
  channel: z.enum(channelNames),
  fault: z.enum(faultKinds),
  times: z.int().positive().optional(),
  for: z.union([z.number().positive(), z.string()]).optional(),
  method: z.string().optional(),
  ms: z.number().nonnegative().default(1000),
  retryAfter: z.number().nonnegative().default(1),
});
const approvalAsked = z.strictObject({
  hold: z.boolean().optional(),
  content: z.string().optional(),
  status: z.enum(['received', 'pending', 'approved', 'rejected', 'paused', 'disabled']).optional(),
});

/** How long opening the home tab waits for the product to publish it, in milliseconds of machine time. */
const homePatienceMs = 1_000;

/** Everything under /simulator. */
export function controlApi(
  world: World,
  phones: Phones,
  { twilio, sockets }: { twilio: TwilioState; sockets: Sockets },
): Hono {
  const app = new Hono();
  const { control } = world.product;

  if (control)
    clockRoutes(app, control, {
      // What is on its way must arrive at the old time.
      before: async () => void (await world.inFlight.quiet(5_000)),
      after: async (now) => world.emit({ type: 'clock', now: now.toISOString() }),
    });
  else app.get('/simulator/clock', (c) => c.json({ now: world.now().toISOString() }));

  app.post('/simulator/settle', async (c) => {
    const settled = await settle(world);
    return settled.ok
      ? c.json(settled.counts)
      : c.json({ error: settled.error, inFlight: settled.inFlight }, 504);
  });
  app.post('/simulator/seed', async (c) => {
    if (!control) return c.json({ error: 'no product to seed' }, 409);
    try {
      return c.json((await control.seed(await readJson(c))) ?? {});
    } catch (error) {
      return c.json({ error: wordsOf(error) }, 400);
    }
  });

  app.get('/simulator/people', (c) => c.json({ people: [...world.people.values()].map(describePerson) }));
  app.post('/simulator/people', async (c) => {
    const asked = personAsked.safeParse(await readJson(c));
    if (!asked.success) return c.json({ error: z.prettifyError(asked.error) }, 400);
    const known = world.find(asked.data.channel, asked.data.address);
    if (known) updatePerson(known, asked.data);
    const person = known ?? newPerson(asked.data);
    world.addPerson(person);
    return c.json(describePerson(person), known ? 200 : 201);
  });
  app.get('/simulator/people/:channel/:address', (c) => {
    const person = findPerson(world, c.req.param('channel'), c.req.param('address'));
    return person ? c.json(describePerson(person)) : c.json({ error: 'unknown person' }, 404);
  });
  app.get('/simulator/people/:channel/:address/messages', (c) => {
    const person = findPerson(world, c.req.param('channel'), c.req.param('address'));
    if (!person) return c.json({ error: 'unknown person' }, 404);
    const after = c.req.query('after') ?? '';
    const start = after === '' || after === '0' ? 0 : person.log.findIndex(({ id }) => id === after) + 1;
    if (start === 0 && after !== '' && after !== '0') return c.json({ error: `no message ${after}` }, 400);
    const all = c.req.query('all') === 'true';
    const messages = person.log.slice(start).filter(({ from }) => all || from !== 'person');
    return c.json({ messages: messages.map(describeEntry), next: person.log.at(-1)?.id ?? null });
  });
  app.get('/simulator/people/:channel/:address/home', async (c) => {
    const person = findPerson(world, c.req.param('channel'), c.req.param('address'));
    if (person?.channel !== 'slack') return c.json({ error: 'unknown person' }, 404);
    if (c.req.query('peek') !== 'true') await openHome(world, phones.slack, person);
    return c.json({ home: present(phones.slack, phones.slack.home(person)) });
  });
  app.get('/simulator/people/:channel/:address/modal', (c) => {
    const person = findPerson(world, c.req.param('channel'), c.req.param('address'));
    if (person?.channel !== 'slack') return c.json({ error: 'unknown person' }, 404);
    return c.json({ modal: present(phones.slack, phones.slack.modal(person)) });
  });
  deedRoutes(app, world, phones, (channel, address) => findPerson(world, channel, address));

  app.get('/simulator/faults', (c) => c.json({ faults: world.faults.list() }));
  app.delete('/simulator/faults', (c) => {
    world.faults.clear();
    return c.json({ faults: [] });
  });
  app.post('/simulator/faults', async (c) => {
    const asked = faultAsked.safeParse(await readJson(c));
    if (!asked.success) return c.json({ error: z.prettifyError(asked.error) }, 400);
    const { channel, fault, times, for: lasting, method = null, ms, retryAfter } = asked.data;
    const now = new Date();
    const until =
      typeof lasting === 'number'
        ? new Date(now.getTime() + lasting * 1000)
        : lasting === undefined
          ? undefined
          : addDuration(now, lasting);
    if (until === null) return c.json({ error: 'for is seconds or an ISO 8601 duration' }, 400);
    const left = times ?? (until ? Number.POSITIVE_INFINITY : 1);
    world.faults.add({
      channel,
      fault,
      left,
      until: until?.getTime() ?? Number.POSITIVE_INFINITY,
      method,
      ms,
      retryAfter,
    });
    return c.json({ faults: world.faults.list() }, 201);
  });

  app.get('/simulator/requests', (c) => {
    const { provider, method, after } = c.req.query();
    const requests = world.tap.list({
      ...(provider ? { provider } : {}),
      ...(method ? { method } : {}),
      after: Number(after ?? 0) || 0,
    });
    return c.json({ requests, next: requests.at(-1)?.id ?? (Number(after ?? 0) || 0) });
  });
  app.get('/simulator/handed', (c) => {
    const after = Number(c.req.query('after') ?? 0) || 0;
    const handed = world.handed.list(after);
    return c.json({ handed, next: Math.max(after, ...handed.map(({ changed }) => changed)) });
  });
  app.delete('/simulator/requests', (c) => {
    world.tap.clear();
    return c.json({ requests: [] });
  });

  app.post('/simulator/approvals', async (c) => {
    const asked = approvalAsked.safeParse(await readJson(c));
    if (!asked.success) return c.json({ error: z.prettifyError(asked.error) }, 400);
    const { hold, content, status } = asked.data;
    if (hold !== undefined) twilio.approvals.hold = hold;
    if (content === undefined) return c.json({ hold: twilio.approvals.hold });
    const found = [...twilio.contents.values()].filter(
      ({ sid, approval }) => approval && (sid === content || approval.name === content),
    );
    if (found.length === 0) return c.json({ error: `no approval request for ${content}` }, 404);
    for (const { approval } of found) if (approval && status) approval.status = status;
    return c.json({ hold: twilio.approvals.hold });
  });

  app.post('/simulator/slack/refresh', (c) => {
    sockets.refresh();
    return c.json({}, 202);
  });

  app.get('/simulator/stream', (c) =>
    streamSSE(c, async (stream) => {
      const forget = world.listen((happening) => {
        void stream.writeSSE({ event: happening.type, data: JSON.stringify(happening) });
      });
      await new Promise<void>((resolve) => {
        const end = () => resolve();
        stream.onAbort(end);
        world.closing.addEventListener('abort', end, { once: true });
        // Proxies and browsers drop a stream that says nothing.
        void stream.writeSSE({ event: 'hello', data: '{}' });
      });
      forget();
    }),
  );
  return app;
}

function findPerson(world: World, channel: string, address: string) {
  const known = channelNames.find((name) => name === channel);
  return known ? world.find(known, address) : undefined;
}

function present(slack: SlackPhone, view: View | undefined) {
  if (!view) return null;
  const choices = slack.choicesIn(view).map(({ id, label, description, url }) => ({
    id,
    label,
    ...(description === undefined ? {} : { description }),
    ...(url === undefined ? {} : { url }),
  }));
  return { ...showView(view), choices };
}

/** Opens the tab and waits until the product has published it, or shows that it will not. */
function openHome(
  world: World,
  slack: SlackPhone,
  person: Parameters<SlackPhone['openHome']>[0],
): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      forget();
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(finish, homePatienceMs);
    const forget = world.listen((happening) => {
      if (happening.type === 'home' && happening.address === person.address) finish();
    });
    slack.openHome(person);
  });
}
