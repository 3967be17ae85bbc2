import { randomUUID } from 'node:crypto';
import type { Entry, Person } from '../people.ts';
import { cannot, did, mediaDefaults, ownEntry, type Phone, type Sending } from '../phone.ts';
import type { World } from '../world.ts';
import { botUser, chatOf, messageOf, newCallbackId, type TelegramState, unixSeconds, userOf } from './bot.ts';

/** A person with Telegram: every deed becomes an update in the bot's queue. */
export function telegramPhone(world: World, state: TelegramState): Phone {
  const laneOf = (person: Person) => `chat ${person.address}`;

  function write(person: Person, entry: Entry, fields: Record<string, unknown>) {
    // Writing to a bot is what Start does.
    person.started = true;
    world.arrive(person, entry);
    const quoted = person.log.find(({ id }) => id === entry.thread);
    state.updates.push(
      'message',
      {
        message_id: Number(entry.id),
        from: userOf(person),
        chat: chatOf(person),
        date: unixSeconds(entry.at),
        ...(quoted ? { reply_to_message: messageOf(state, person, quoted) } : {}),
        ...fields,
      },
      laneOf(person),
      world.handed.add({ channel: 'telegram', address: person.address, deed: entry.id, what: 'event' }),
    );
    return did(entry.id);
  }

  function setMembership(person: Person, blocked: boolean) {
    const status = (kicked: boolean) => ({
      user: botUser(),
      ...(kicked ? { status: 'kicked', until_date: 0 } : { status: 'member' }),
    });
    state.updates.push(
      'my_chat_member',
      {
        chat: chatOf(person),
        from: userOf(person),
        date: unixSeconds(world.now()),
        old_chat_member: status(!blocked),
        new_chat_member: status(blocked),
      },
      `member ${person.address}`,
    );
  }

  return {
    say(person, { text, thread }) {
      const entry = ownEntry(String(state.nextMessageId++), world.now(), text, { thread });
      const command = /^\/\w+/.exec(text)?.[0];
      const entities = command
        ? { entities: [{ type: 'bot_command', offset: 0, length: command.length }] }
        : {};
      return write(person, entry, { text, ...entities });
    },

    press(person, entry, choice) {
      if (choice.url !== undefined) return did(choice.url);
      // A button of a reply keyboard just types its label.
      if (!state.markups.has(entry.id))
        return this.say(person, { text: choice.label, thread: null, slackChannel: null });
      const id = newCallbackId();
      state.presses.set(id, Date.now());
      const isInaccessible = entry.deleted === true;
      state.updates.push(
        'callback_query',
        {
          id,
          from: userOf(person),
          message: isInaccessible
            ? { chat: chatOf(person), message_id: Number(entry.id), date: 0 }
            : messageOf(state, person, entry),
          chat_instance: String(Number(person.address) * 7 + 11),
          data: choice.id,
        },
        `press ${person.address}`,
        world.handed.add({ channel: 'telegram', address: person.address, deed: id, what: 'event' }),
      );
      return did(id);
    },

    send(person, what) {
      const id = String(state.nextMessageId++);
      const { fields, media } = mediaFields(state, person, what);
      const entry = ownEntry(id, world.now(), what.caption ?? '', { thread: what.thread ?? null, media });
      return write(person, entry, {
        ...fields,
        ...(what.caption === undefined || what.kind === 'location' || what.kind === 'contact'
          ? {}
          : { caption: what.caption }),
      });
    },

    edit(person, entry, text) {
      if (entry.from !== 'person') return cannot('only own messages can be edited');
      entry.text = text;
      entry.edited = true;
      world.changed(person, entry);
      // Edits of messages older than a day are not sent.
      if (world.now().getTime() - entry.at.getTime() < 24 * 3_600_000)
        state.updates.push(
          'edited_message',
          { ...messageOf(state, person, entry), edit_date: unixSeconds(world.now()) },
          laneOf(person),
        );
      return did(entry.id);
    },

    remove(person, entry) {
      // Telegram never tells a bot.
      entry.deleted = true;
      world.changed(person, entry);
      return did(entry.id);
    },

    react(person, entry, emoji) {
      // Bots are told of reactions only as administrators of groups, never in a private chat.
      entry.reactions = [...(entry.reactions ?? []), emoji];
      world.changed(person, entry);
      return did(entry.id);
    },

    read() {
      // Telegram has no read receipts for bots.
    },

    setBlocked(person, blocked) {
      person.blocked = blocked;
      setMembership(person, blocked);
      return did(randomUUID());
    },

    setOffline() {
      // The server keeps messages for a phone that is away; the bot notices nothing.
    },
  };
}

function mediaFields(state: TelegramState, person: Person, what: Sending) {
  const defaults = mediaDefaults[what.kind];
  const name = what.name ?? defaults.name;
  const contentType = what.contentType ?? defaults.contentType;
  const media = { kind: what.kind, name, contentType };
  if (what.kind === 'location')
    return {
      media,
      fields: { location: { latitude: what.latitude ?? -1.9441, longitude: what.longitude ?? 30.0619 } },
    };
  if (what.kind === 'contact') {
    const isOwn = what.phone === undefined;
    const { first_name } = userOf(person);
    return {
      media,
      fields: {
        contact: {
          phone_number: what.phone ?? '250788000000',
          first_name: what.name ?? first_name,
          ...(isOwn ? { user_id: Number(person.address) } : {}),
        },
      },
    };
  }
  const fileId = `F${randomUUID().replaceAll('-', '')}`;
  const bytes = Buffer.from(what.content ?? defaults.bytes, 'base64');
  state.files.set(fileId, { bytes, path: `${what.kind}s/file_${state.files.size}`, contentType });
  const file = { file_id: fileId, file_unique_id: `u${fileId}`, file_size: bytes.length };
  const fields: Record<Exclude<Sending['kind'], 'location' | 'contact'>, Record<string, unknown>> = {
    image: {
      photo: [
        { ...file, file_id: `${fileId}s`, file_unique_id: `u${fileId}s`, width: 90, height: 67 },
        { ...file, width: 1280, height: 960 },
      ],
    },
    document: { document: { ...file, file_name: name, mime_type: contentType } },
    voice: { voice: { ...file, duration: 4, mime_type: 'audio/ogg' } },
    audio: { audio: { ...file, duration: 30, mime_type: contentType, file_name: name } },
    video: { video: { ...file, width: 640, height: 360, duration: 5, mime_type: contentType } },
    sticker: {
      sticker: {
        ...file,
        type: 'regular',
        width: 512,
        height: 512,
        is_animated: false,
        is_video: false,
        emoji: '👍',
      },
    },
  };
  return { media, fields: fields[what.kind] };
}
