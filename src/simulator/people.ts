export type ChannelName = 'whatsapp' | 'telegram' | 'slack';
export const channelNames = ['whatsapp', 'telegram', 'slack'] as const;

/** Something to press under a message. `slack` and `list` are what the provider sends back beside the id. */
export type SeenChoice = {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly url?: string;
  readonly list?: true;
  readonly slack?: {
    readonly type: string;
    readonly blockId: string;
    readonly actionId: string;
    readonly option?: unknown;
  };
};

/** One message on a phone. `id` is the provider's own: message_id, SM…, ts. Times are programme time. */
export type Entry = {
  readonly id: string;
  at: Date;
  /** `provider` is the channel's own voice ("/x failed"). */
  readonly from: 'product' | 'person' | 'provider';
  text: string;
  choices: SeenChoice[];
  /** The word that opens a WhatsApp list. */
  listButton?: string;
  template: string | null;
  thread: string | null;
  receipts: { sent: Date | null; delivered: Date | null; read: Date | null };
  media?: { readonly kind: string; readonly name: string; readonly contentType: string };
  /** Slack: the conversation it stands in, and who alone sees it. */
  readonly slackChannel?: string;
  readonly onlyFor?: string;
  /** Slack: who wrote it, and its layout, for the page to draw. */
  readonly author?: string;
  blocks?: readonly unknown[];
  edited?: true;
  deleted?: true;
  reactions?: string[];
};

/** A person with a phone on one channel, or a Slack channel (`kind`), which only listens. */
export type Person = {
  readonly channel: ChannelName;
  readonly address: string;
  readonly kind: 'person' | 'slack-channel';
  name: string;
  locale: string;
  /** Telegram: has pressed Start, so the bot may write first. */
  started: boolean;
  blocked: boolean;
  offline: boolean;
  /** WhatsApp: the business-scoped id beside the phone; with `hidePhone` it stands in From. */
  externalUserId: string | null;
  hidePhone: boolean;
  readReceipts: boolean;
  /** Slack: the channels this member is in; null means all. */
  channels: readonly string[] | null;
  /** WhatsApp: opens the 24-hour window. Programme time. */
  lastInboundAt: Date | null;
  /** In order of arrival on the phone. */
  readonly log: Entry[];
};

/** WhatsApp addresses are kept without their scheme, so that both spellings name one person. */
export function addressKey(channel: ChannelName, address: string): string {
  return `${channel} ${channel === 'whatsapp' ? address.replace(/^whatsapp:/, '') : address}`;
}

/** What the page and testers see of a person. */
export function describePerson(person: Person) {
  const { log, channels, lastInboundAt, ...rest } = person;
  return { ...rest, channels, lastInboundAt: lastInboundAt?.toISOString() ?? null, messages: log.length };
}

/** What the page and testers see of a message. `from` tells a person's own words in `?all=true`. */
export function describeEntry(entry: Entry) {
  const iso = (at: Date | null) => at?.toISOString() ?? null;
  return {
    id: entry.id,
    at: entry.at.toISOString(),
    from: entry.from,
    text: entry.text,
    choices: entry.choices.map(({ id, label, description, url }) => ({
      id,
      label,
      ...(description === undefined ? {} : { description }),
      ...(url === undefined ? {} : { url }),
    })),
    ...(entry.listButton === undefined ? {} : { listButton: entry.listButton }),
    ...(entry.author === undefined ? {} : { author: entry.author }),
    ...(entry.blocks === undefined ? {} : { blocks: entry.blocks }),
    template: entry.template,
    thread: entry.thread,
    receipts: {
      sent: iso(entry.receipts.sent),
      delivered: iso(entry.receipts.delivered),
      read: iso(entry.receipts.read),
    },
    ...(entry.media === undefined ? {} : { media: entry.media }),
    ...(entry.slackChannel === undefined ? {} : { channel: entry.slackChannel }),
    ...(entry.onlyFor === undefined ? {} : { ephemeral: true }),
    ...(entry.edited === undefined ? {} : { edited: true }),
    ...(entry.deleted === undefined ? {} : { deleted: true }),
    ...(entry.reactions === undefined ? {} : { reactions: entry.reactions }),
  };
}
