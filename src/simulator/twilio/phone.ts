import { randomUUID } from 'node:crypto';
import type { Entry, Person } from '../people.ts';
import { cannot, did, mediaDefaults, ownEntry, type Phone } from '../phone.ts';
import type { World } from '../world.ts';
import {
  accountSidOf,
  newSid,
  senderOf,
  type TwilioMessage,
  type TwilioState,
  whatsappName,
} from './account.ts';
import { courierOf, move, releaseWaiting } from './receipts.ts';
import { callTwilioWebhook } from './webhook.ts';

/** A person with WhatsApp: every deed becomes a signed webhook with the fields of a real one. */
export function whatsappPhone(world: World, state: TwilioState): Phone {
  function arriveAtTwilio(
    person: Person,
    entry: Entry,
    fields: Record<string, string>,
    media: TwilioMessage['media'] = [],
  ) {
    const now = world.now();
    const message: TwilioMessage = {
      sid: entry.id,
      direction: 'inbound',
      from: whatsappName(person),
      to: senderOf(world),
      body: fields['Body'] ?? '',
      status: 'received',
      errorCode: null,
      serviceSid: null,
      media,
      createdAt: now,
      updatedAt: now,
      sentAt: now,
      statusCallback: null,
      listedFrom: Date.now() + world.timing.listLagMs,
      person,
      entry,
    };
    person.lastInboundAt = now;
    world.arrive(person, entry);
    state.messages.set(message.sid, message);
    const digits = /^\+(\d+)$/.exec(person.address)?.[1];
    const isPhoneSeen = digits !== undefined && !(person.hidePhone && person.externalUserId);
    const base = `${world.publicUrl()}/twilio/2010-04-01/Accounts/${accountSidOf(world)}/Messages/${message.sid}/Media`;
    const quoted = person.log.find(({ id }) => id === entry.thread);
    const params: Record<string, string> = {
      AccountSid: accountSidOf(world),
      ApiVersion: '2010-04-01',
      MessageSid: message.sid,
      SmsMessageSid: message.sid,
      SmsSid: message.sid,
      SmsStatus: 'received',
      From: message.from,
      To: message.to,
      Body: '',
      NumMedia: String(media.length),
      NumSegments: '1',
      ReferralNumMedia: '0',
      ProfileName: person.name,
      ChannelMetadata: JSON.stringify({
        type: 'whatsapp',
        data: { context: { ProfileName: person.name, ...(isPhoneSeen ? { WaId: digits } : {}) } },
      }),
      ...(isPhoneSeen ? { WaId: digits } : {}),
      ...(person.externalUserId ? { ExternalUserId: `whatsapp:${person.externalUserId}` } : {}),
      ...(quoted
        ? {
            OriginalRepliedMessageSid: quoted.id,
            OriginalRepliedMessageSender: quoted.from === 'person' ? message.from : message.to,
          }
        : {}),
      ...Object.fromEntries(
        media.flatMap(({ sid, contentType }, index) => [
          [`MediaUrl${index}`, `${base}/${sid}`],
          [`MediaContentType${index}`, contentType],
        ]),
      ),
      ...fields,
    };
    const { url } = world.product.twilioWebhook;
    const handed = world.handed.add({
      channel: 'whatsapp',
      address: person.address,
      deed: message.sid,
      what: 'event',
    });
    courierOf(world).hand(() => world.owe('whatsapp', () => callTwilioWebhook(world, url, params, handed)));
    return did(message.sid);
  }

  return {
    say(person, { text, thread }) {
      const entry = ownEntry(newSid('SM'), world.now(), text, { thread });
      return arriveAtTwilio(person, entry, { Body: text, MessageType: 'text' });
    },

    press(person, entry, choice) {
      if (choice.url !== undefined) return did(choice.url);
      const own = ownEntry(newSid('SM'), world.now(), choice.label, { thread: entry.id });
      const fields: Record<string, string> = choice.list
        ? { ListId: choice.id, ListTitle: choice.label, MessageType: 'interactive' }
        : {
            ButtonPayload: choice.id,
            ButtonText: choice.label,
            MessageType: entry.template === null ? 'interactive' : 'button',
          };
      return arriveAtTwilio(person, own, { Body: choice.label, ...fields });
    },

    send(person, what) {
      const thread = what.thread ?? null;
      if (what.kind === 'location') {
        const place = {
          Latitude: String(what.latitude ?? -1.9441),
          Longitude: String(what.longitude ?? 30.0619),
        };
        const media = { kind: 'location', name: `${place.Latitude},${place.Longitude}`, contentType: '' };
        const entry = ownEntry(newSid('SM'), world.now(), '', { thread, media });
        return arriveAtTwilio(person, entry, {
          ...place,
          MessageType: 'location',
          ...(what.name ? { Label: what.name } : {}),
        });
      }
      const defaults = mediaDefaults[what.kind];
      const contentType = what.contentType ?? defaults.contentType;
      const bytes = Buffer.from(what.content ?? defaults.bytes, 'base64');
      const entry = ownEntry(newSid('MM'), world.now(), what.caption ?? '', {
        thread,
        media: { kind: what.kind, name: what.name ?? defaults.name, contentType },
      });
      const type = what.kind === 'voice' ? 'audio' : what.kind === 'contact' ? 'contacts' : what.kind;
      return arriveAtTwilio(person, entry, { Body: what.caption ?? '', MessageType: type }, [
        { sid: newSid('ME'), contentType, bytes },
      ]);
    },

    // Of edits, deletions and reactions nothing is documented to reach a business: they stay on the phone.
    edit(person, entry, text) {
      if (entry.from !== 'person') return cannot('only own messages can be edited');
      entry.text = text;
      entry.edited = true;
      world.changed(person, entry);
      return did(entry.id);
    },
    remove(person, entry) {
      entry.deleted = true;
      world.changed(person, entry);
      return did(entry.id);
    },
    react(person, entry, emoji) {
      entry.reactions = [...(entry.reactions ?? []), emoji];
      world.changed(person, entry);
      return did(entry.id);
    },

    read(person, entries) {
      if (!person.readReceipts) return;
      for (const { id } of entries) {
        const message = state.messages.get(id);
        if (message?.direction === 'outbound-api') move(world, message, 'read');
      }
    },

    setBlocked(person, blocked) {
      // A block gives the business no event at all.
      person.blocked = blocked;
      return did(randomUUID());
    },

    setOffline(person, offline) {
      if (!offline) releaseWaiting(world, state, person);
    },
  };
}
