import { z } from 'zod';
import { channelNames, type Person } from './people.ts';

const shapes: Readonly<Record<Person['channel'], RegExp>> = {
  whatsapp: /^(\+\d{6,15}|[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128})$/,
  telegram: /^[1-9]\d{0,15}$/,
  slack: /^[UWCG][A-Z0-9]{1,20}$/,
};

/** A person as asked for. Everything but channel and address may be left out. */
export const personAsked = z
  .strictObject({
    channel: z.enum(channelNames),
    address: z.string().transform((address) => address.replace(/^whatsapp:/, '')),
    name: z.string().max(100).optional(),
    locale: z.string().max(20).optional(),
    started: z.boolean().optional(),
    externalUserId: z
      .string()
      .regex(/^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/)
      .nullable()
      .optional(),
    hidePhone: z.boolean().optional(),
    readReceipts: z.boolean().optional(),
    channels: z.array(z.string()).nullable().optional(),
  })
  .refine(({ channel, address }) => shapes[channel].test(address), {
    message: 'address does not fit the channel',
    path: ['address'],
  });

export type PersonAsked = z.infer<typeof personAsked>;

/** A new person with a phone. A Slack address that begins with C or G is a channel. */
export function newPerson(asked: PersonAsked): Person {
  const { channel, address } = asked;
  const isBsuid = channel === 'whatsapp' && !address.startsWith('+');
  return {
    channel,
    address,
    kind: channel === 'slack' && /^[CG]/.test(address) ? 'slack-channel' : 'person',
    name: asked.name ?? `Person ${address.slice(-4)}`,
    locale: asked.locale ?? 'en',
    started: asked.started ?? true,
    blocked: false,
    offline: false,
    externalUserId: asked.externalUserId ?? (isBsuid ? address : null),
    hidePhone: asked.hidePhone ?? isBsuid,
    readReceipts: asked.readReceipts ?? true,
    channels: asked.channels ?? null,
    lastInboundAt: null,
    log: [],
  };
}

/** Takes over what was asked for again; what was not named stays. */
export function updatePerson(person: Person, asked: PersonAsked): void {
  person.name = asked.name ?? person.name;
  person.locale = asked.locale ?? person.locale;
  person.started = asked.started ?? person.started;
  person.externalUserId = asked.externalUserId ?? person.externalUserId;
  person.hidePhone = asked.hidePhone ?? person.hidePhone;
  person.readReceipts = asked.readReceipts ?? person.readReceipts;
  if (asked.channels !== undefined) person.channels = asked.channels;
}
