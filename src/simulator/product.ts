/** The product's own levers, in process or over HTTP (see remote.ts). All times are programme time. */
export type Control = {
  now(): Date;
  /** Asks whoever owns the clock, where that is another process: it may have been moved there. */
  refresh?(): Promise<void>;
  /** Steps through every due instant up to `to`, settling at each (rule 21). */
  moveTo(to: Date): Promise<void>;
  /** Resolves when nothing is queued or due; the counts say what waits for a reason (held, unknown …). */
  settle(): Promise<Record<string, number>>;
  /** Throws an error with a readable message when the document is refused. */
  seed(doc: unknown): Promise<unknown>;
};

/** Where the product listens, and the secrets it shares with its providers. */
export type Product = {
  /** Without it updates wait for getUpdates, or for the product's own setWebhook. */
  readonly telegramWebhook?: { readonly url: string; readonly secret: string };
  readonly twilioWebhook: {
    readonly url: string;
    readonly authToken: string;
    /** Default {@link simulatedAccounts}.accountSid. */
    readonly accountSid?: string;
    /** `whatsapp:+…`, default {@link simulatedAccounts}.sender. */
    readonly sender?: string;
  };
  readonly slack: {
    /** Used while no Socket Mode connection is open. */
    readonly eventsUrl: string;
    readonly interactivityUrl: string;
    readonly commandsUrl: string;
    readonly signingSecret: string;
    /** Channels of the workspace; default is one, {@link simulatedAccounts}.channel. */
    readonly channels?: readonly { readonly id: string; readonly name: string }[];
  };
  readonly control?: Control;
};

/** Who we are at the three stand-ins, unless configured otherwise. Any well-formed token is accepted. */
export const simulatedAccounts = {
  telegramToken: '7000000001:simulated-telegram-token-for-tests',
  telegramUsername: 'IntumwaBot',
  accountSid: 'AC00000000000000000000000000000001',
  sender: 'whatsapp:+14155238886',
  teamId: 'T0INTUMWA',
  teamDomain: 'intumwa',
  appId: 'A0INTUMWA',
  botUserId: 'U0INTUMWA',
  botId: 'B0INTUMWA',
  botToken: 'xoxb-simulated-bot-token',
  appToken: 'xapp-simulated-app-token',
  channel: { id: 'C0COORDINATORS', name: 'coordinators' },
} as const;

/** How patient the stand-ins are, in milliseconds of machine time (rule 20). Tests shorten it. */
export type Timing = {
  readonly telegramAckMs: number;
  /** Wait before the n-th new try of a failed webhook, n from 1. */
  readonly telegramRetryMs: (failures: number) => number;
  readonly twilioAckMs: number;
  readonly slackAckMs: number;
  /** Waits before the three new tries of an event. */
  readonly slackRetryMs: readonly [number, number, number];
  readonly triggerMs: number;
  /** Between two steps of a message's life (queued, sent, delivered). */
  readonly receiptMs: number;
  /** How long Twilio's list of messages does not show a new one. */
  readonly listLagMs: number;
  readonly settleMs: number;
};

export const providerTiming: Timing = {
  telegramAckMs: 60_000,
  telegramRetryMs: (failures) => (failures <= 1 ? 0 : Math.min(2 ** (failures - 1) * 1000, 60_000)),
  twilioAckMs: 15_000,
  slackAckMs: 3_000,
  slackRetryMs: [0, 60_000, 300_000],
  triggerMs: 3_000,
  receiptMs: 0,
  listLagMs: 0,
  settleMs: 30_000,
};
