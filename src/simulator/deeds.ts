import type { Hono } from 'hono';
import { z } from 'zod';
import { chooseFrom, findPressable } from './choose.ts';
import { readJson } from './clock-routes.ts';
import type { Phones } from './control.ts';
import type { Entry, Person } from './people.ts';
import { describePerson } from './people.ts';
import { cannot, type Deed, did, sendKinds } from './phone.ts';
import type { World } from './world.ts';

type Act = (person: Person, body: unknown) => Deed | Promise<Deed>;

const wanted = z
  .strictObject({
    label: z.string().optional(),
    id: z.string().optional(),
    index: z.int().nonnegative().optional(),
    message: z.string().optional(),
    values: z.record(z.string(), z.unknown()).default({}),
  })
  .refine(({ label, id, index }) => [label, id, index].filter((each) => each !== undefined).length === 1, {
    message: 'give exactly one of label, id, index',
  });

/** What people do: POST /simulator/people/:channel/:address/<deed>. The bodies are told in control.ts. */
export function deedRoutes(
  app: Hono,
  world: World,
  phones: Phones,
  find: (channel: string, address: string) => Person | undefined,
): void {
  const acts = deeds(world, phones);
  app.post('/simulator/people/:channel/:address/:deed', async (c) => {
    const person = find(c.req.param('channel'), c.req.param('address'));
    if (!person) return c.json({ error: 'unknown person' }, 404);
    const act = acts[c.req.param('deed')];
    if (!act) return c.json({ error: `unknown deed; there are ${Object.keys(acts).join(', ')}` }, 404);
    if (person.kind === 'slack-channel')
      return c.json({ error: 'a channel does nothing; act as a member' }, 400);
    const deed = await act(person, await readJson(c));
    return deed.ok ? c.json({ id: deed.id, ...deed.more }, 202) : c.json({ error: deed.error }, deed.status);
  });
}

/** A deed whose body has been read by its schema. */
function reading<S extends z.ZodType>(
  schema: S,
  act: (person: Person, body: z.output<S>) => Deed | Promise<Deed>,
): Act {
  return (person, body) => {
    const read = schema.safeParse(body);
    return read.success ? act(person, read.data) : cannot(z.prettifyError(read.error));
  };
}

const needsMessage = { message: z.string() };
const isBlocked = (person: Person) =>
  person.blocked ? cannot('this person has blocked us; unblock first', 409) : null;

function deeds(world: World, phones: Phones): Readonly<Record<string, Act>> {
  const phone = (person: Person) => phones[person.channel];
  const onMessage = (person: Person, id: string, then: (entry: Entry) => Deed | Promise<Deed>) => {
    const entry = person.log.find((each) => each.id === id);
    return entry ? then(entry) : cannot(`no message ${id}`, 404);
  };
  /** Whoever acts has seen what is on the screen. */
  const sees = (person: Person) => markRead(world, phones, person, null);

  return {
    say: reading(
      z.strictObject({
        text: z.string().min(1).max(65_536),
        thread: z.string().optional(),
        channel: z.string().optional(),
      }),
      (person, { text, thread, channel }) => {
        sees(person);
        return (
          isBlocked(person) ??
          phone(person).say(person, { text, thread: thread ?? null, slackChannel: channel ?? null })
        );
      },
    ),

    press: reading(wanted, (person, { message, values, ...wish }) => {
      const slack = person.channel === 'slack' ? phones.slack : null;
      const [modal, home] = [slack?.modal(person), slack?.home(person)];
      const inModal = chooseFrom(slack?.choicesIn(modal) ?? [], wish);
      const inHome = chooseFrom(slack?.choicesIn(home) ?? [], wish);
      if (slack && modal && inModal && (message === undefined || message === 'modal'))
        return slack.pressView(person, modal, inModal, values);
      if (slack && home && inHome && message === 'home') return slack.pressView(person, home, inHome, values);
      sees(person);
      if (message !== undefined)
        return onMessage(person, message, (entry) => {
          const choice = chooseFrom(entry.choices, wish);
          if (!choice)
            return cannot(
              `no such choice; there are ${entry.choices.map(({ label }) => label).join(', ') || 'none'}`,
            );
          return isBlocked(person) ?? phone(person).press(person, entry, choice);
        });
      const found = findPressable(person.log, wish);
      if (found) return isBlocked(person) ?? phone(person).press(person, found.entry, found.choice);
      if (slack && home && inHome) return slack.pressView(person, home, inHome, values);
      const newest = person.log.findLast(({ choices }) => choices.length > 0);
      return cannot(
        `no such choice; the newest are ${newest?.choices.map(({ label }) => label).join(', ') ?? 'none'}`,
      );
    }),

    send: reading(
      z.strictObject({
        kind: z.enum(sendKinds),
        caption: z.string().optional(),
        name: z.string().optional(),
        contentType: z.string().optional(),
        content: z.base64().optional(),
        latitude: z.number().optional(),
        longitude: z.number().optional(),
        phone: z.string().optional(),
        thread: z.string().optional(),
      }),
      (person, what) => {
        sees(person);
        return isBlocked(person) ?? phone(person).send(person, what);
      },
    ),

    command: reading(
      z.strictObject({ text: z.string().min(2), channel: z.string().optional() }),
      (person, { text, channel }) => {
        if (person.channel === 'slack')
          return isBlocked(person) ?? phones.slack.command(person, text, channel ?? null);
        if (person.channel === 'telegram' && text.startsWith('/'))
          return isBlocked(person) ?? phones.telegram.say(person, { text, thread: null, slackChannel: null });
        return cannot('WhatsApp has no commands');
      },
    ),
    submit: reading(
      z.strictObject({ view: z.string().optional(), values: z.record(z.string(), z.unknown()).default({}) }),
      (person, { view, values }) =>
        person.channel === 'slack'
          ? phones.slack.submit(person, view ?? null, values)
          : cannot('only Slack has modals'),
    ),
    close: reading(z.object({}), (person) =>
      person.channel === 'slack' ? phones.slack.close(person) : cannot('only Slack has modals'),
    ),
    'open-home': reading(z.object({}), (person) => {
      if (person.channel !== 'slack') return cannot('only Slack has a home tab');
      phones.slack.openHome(person);
      return did(person.address);
    }),

    react: reading(
      z.strictObject({ ...needsMessage, emoji: z.string().min(1).max(60) }),
      (person, { message, emoji }) =>
        onMessage(person, message, (entry) => phone(person).react(person, entry, emoji)),
    ),
    edit: reading(z.strictObject({ ...needsMessage, text: z.string().min(1) }), (person, { message, text }) =>
      onMessage(person, message, (entry) => phone(person).edit(person, entry, text)),
    ),
    delete: reading(z.strictObject(needsMessage), (person, { message }) =>
      onMessage(person, message, (entry) => phone(person).remove(person, entry)),
    ),

    read: reading(z.strictObject({ message: z.string().optional() }), (person, { message }) => {
      if (message !== undefined && !person.log.some(({ id }) => id === message))
        return cannot(`no message ${message}`, 404);
      markRead(world, phones, person, message ?? null);
      return did(message ?? person.log.at(-1)?.id ?? '');
    }),
    offline: reading(z.strictObject({ offline: z.boolean().default(true) }), (person, { offline }) =>
      setOffline(world, phones, person, offline),
    ),
    online: reading(z.object({}), (person) => setOffline(world, phones, person, false)),
    block: reading(z.object({}), (person) => setBlocked(world, phones, person, true)),
    unblock: reading(z.object({}), (person) => setBlocked(world, phones, person, false)),
  };
}

/** Marks what the product wrote as read, up to a message or all of it, and tells the provider. */
function markRead(world: World, phones: Phones, person: Person, upTo: string | null): void {
  const end = upTo === null ? person.log.length : person.log.findIndex(({ id }) => id === upTo) + 1;
  const unread = person.log
    .slice(0, end)
    .filter(({ from, receipts }) => from === 'product' && receipts.read === null);
  if (person.channel === 'whatsapp')
    for (const entry of unread) {
      if (!person.readReceipts) continue;
      entry.receipts.read = world.now();
      world.changed(person, entry);
    }
  phones[person.channel].read(person, unread);
}

function setOffline(world: World, phones: Phones, person: Person, offline: boolean): Deed {
  person.offline = offline;
  phones[person.channel].setOffline(person, offline);
  world.emit({ type: 'person', person: describePerson(person) });
  return did(person.address);
}

function setBlocked(world: World, phones: Phones, person: Person, blocked: boolean): Deed {
  if (person.blocked === blocked) return did(person.address);
  const deed = phones[person.channel].setBlocked(person, blocked);
  world.emit({ type: 'person', person: describePerson(person) });
  return deed;
}
