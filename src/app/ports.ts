import type { Lang, Said } from '../engine/message.ts';
import type { Rendered } from '../engine/render.ts';

/** What the use cases need from the edges, as types. Edges implement them; main.ts plugs them together. */

export type ChannelName = 'whatsapp' | 'telegram' | 'slack';

/** Programme time (rule 20): the only source of "now" for anything a person can notice. */
export type Clock = { now(): Date };

/** Structured logs: facts with ids, never a body, a name or a number. */
export type Log = {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
};

/** Where an event came from: our account on the channel, and the provider's id of the other side. */
export type Address = { readonly channel: ChannelName; readonly account: string; readonly address: string };

/** Something the provider told us, translated. `key` is the provider's own id of the event (dedupe). */
export type Inbound = Address & {
  readonly key: string;
  /** When it happened by the provider's word, or our arrival time where it does not say. */
  readonly at: Date;
  readonly event:
    | Said
    /** The provider's id of our message that this answers, where it says so (rule 11, 2). */
    | { readonly kind: 'receipt'; readonly receipt: Receipt }
    | { readonly kind: 'blocked' }
    | { readonly kind: 'unblocked' }
    | { readonly kind: 'edited'; readonly text: string }
    | { readonly kind: 'reaction'; readonly emoji: string };
  readonly repliesTo?: string;
  /** Weak hint of the app's language, used only before the person has chosen. */
  readonly langHint?: Lang;
  /** A second name of the same address (WhatsApp phone beside the business-scoped id). */
  readonly alias?: string;
};

export type Receipt = {
  /** Our ledger id when the provider carried it back, else the provider's message id. */
  readonly ledgerId?: string;
  readonly providerId: string;
  readonly state: 'sent' | 'delivered' | 'read' | 'failed';
  /** The provider's error code, for `failed`. */
  readonly code?: string;
};

/**
 * Whoever watches us (src/measures): the use cases hand their deeds over to be run, timed and counted. All words
 * become labels, so each is of a small known set: never an id, a text or anything about a person.
 */
export type Measures = {
  /** `made` is for the work to fill in while it runs. */
  turn(channel: ChannelName, kind: string, work: (made: TurnMade) => Promise<Received>): Promise<Received>;
  /** One call of a provider. `flow` is the one that an answer opens. */
  sending(
    channel: ChannelName,
    about: { readonly kind: string; readonly flow: string | null },
    work: () => Promise<Outcome>,
  ): Promise<Outcome>;
  timer(line: string, work: () => Promise<Fired>): Promise<Fired>;
  receipt(channel: ChannelName, state: Receipt['state']): void;
  /** What adapters count by name: `telegram.ignored.bot`. */
  count(what: string): void;
};

/** `trips` are round trips to the database, of lost races too (rule 7). */
export type TurnMade = { flow: string | null; trips: number };

/**
 * `skipped`: it came too late to be of use. `waiting`: its question came late, and it follows later. `duplicate`:
 * another replica fired it. `stale`: it lost every race; `failed`: it threw; both are tried again. `given_up`: it
 * failed too often, and a person was told.
 */
export type Fired = 'fired' | 'skipped' | 'waiting' | 'duplicate' | 'stale' | 'failed' | 'given_up';

/** How much waits at this moment, as the database knows it. */
export type Standing = {
  readonly queued: number;
  readonly sending: number;
  readonly unknown: number;
  /** By the reason why. */
  readonly held: ReadonlyMap<string, number>;
  /** Seconds of programme time since the oldest queued row was written; 0 when none is queued. */
  readonly oldestQueuedSeconds: number;
  /** By status: open (nobody has it) and assigned. */
  readonly tickets: { readonly open: number; readonly assigned: number };
  readonly timersOverdue: number;
};

/** `kept` and `duplicate` are acknowledged alike; `parked` too (rule 6). */
export type Received = 'kept' | 'duplicate' | 'parked';

/** Commits the event, then resolves. Throws {@link Unavailable} when the database cannot be reached. */
export type Receive = (inbound: Inbound) => Promise<Received>;

/** The only failure of `receive` that an adapter answers with 503 so that the provider comes again. */
export class Unavailable extends Error {
  override name = 'Unavailable';
}

/** The database could not do it this time and may the next: a deadlock, a statement that was cancelled, a full disk. */
export class Passing extends Error {
  override name = 'Passing';
}

export type { Choice, Rendered } from '../engine/render.ts';

/**
 * An approved WhatsApp template that says the same: its text key, the values of its variables in order, and
 * what it is made from where it has to be provisioned first.
 */
export type Template = {
  readonly key: string;
  readonly lang: Lang;
  readonly variables: readonly string[];
  /** With `{{1}}` … for the variables. */
  readonly body: string;
  readonly category: 'UTILITY' | 'MARKETING';
  readonly options: readonly { readonly id: string; readonly title: string }[];
};

export type Delivery = {
  readonly ledgerId: string;
  readonly address: string;
  readonly lang: Lang;
  readonly message: Rendered;
  /** Only WhatsApp cares: false means 24 h have passed since the person last wrote. */
  readonly windowOpen: boolean;
  readonly template?: Template;
};

/** What became of a send. A broken connection after the request left is `unknown`, never `unreachable`. */
export type Outcome =
  | { readonly kind: 'sent'; readonly providerId: string }
  /** Our account is too fast: all of it falls silent. Null where the provider names no time. */
  | { readonly kind: 'throttled'; readonly scope: 'account'; readonly retryAfterMs: number | null }
  /** This message alone has to wait. */
  | {
      readonly kind: 'throttled';
      readonly scope: 'row';
      readonly retryAfterMs: number;
      readonly detail: string;
    }
  /** Provably not sent, worth trying again. */
  | { readonly kind: 'not_sent'; readonly detail: string }
  | { readonly kind: 'unknown'; readonly detail: string }
  | { readonly kind: 'unreachable'; readonly detail: string }
  | { readonly kind: 'blocked'; readonly detail: string }
  | { readonly kind: 'window_closed' }
  | { readonly kind: 'rejected'; readonly detail: string }
  /** The provider does not take our account as it is set up: all of it stops. */
  | { readonly kind: 'misconfigured'; readonly detail: string };

/** What a channel can show; data for the flow check and for the fallback from buttons to list to numbers. */
export type Limits = {
  /** Characters of one message. Longer texts are split by the channel, keeping the choices on the last part. */
  readonly text: number;
  readonly buttons: { readonly max: number; readonly label: number };
  readonly list: { readonly max: number; readonly label: number; readonly description: number } | null;
};

export type Channel = {
  readonly name: ChannelName;
  /** Our account there: bot id, WhatsApp sender (`whatsapp:+…`), Slack team id. */
  readonly account: string;
  readonly limits: Limits;
  send(delivery: Delivery): Promise<Outcome>;
  /** Makes sure that a template exists and is approved, where that may be done unasked (stand-ins). */
  provision?(template: Template): Promise<void>;
  /** Best effort: shows that an answer is being written. Never throws. */
  typing?(address: string, inboundKey: string): Promise<void>;
};

/** What a call of {@link SlackDesk} gives; `error` is Slack's own word, e.g. `expired_trigger_id`. */
export type DeskAnswer<T = object> =
  | ({ readonly ok: true } & T)
  | { readonly ok: false; readonly error: string; readonly retryAfterMs?: number };

/**
 * The coordinators' surfaces in Slack that are not ledgered (rules 18, 29). Blocks and views are Block Kit
 * JSON; words of people in them must be `plain_text`, or escaped. `to` is `U…`, `C…` or `C…:<thread ts>`.
 */
export type SlackDesk = {
  post(message: {
    readonly to: string;
    readonly text: string;
    readonly blocks?: readonly object[];
    readonly thread?: string;
  }): Promise<DeskAnswer<{ readonly channel: string; readonly ts: string }>>;
  update(message: {
    readonly channel: string;
    readonly ts: string;
    readonly text: string;
    readonly blocks?: readonly object[];
  }): Promise<DeskAnswer>;
  ephemeral(message: {
    readonly channel: string;
    readonly user: string;
    readonly text: string;
    readonly blocks?: readonly object[];
  }): Promise<DeskAnswer>;
  open(modal: {
    readonly triggerId: string;
    readonly view: object;
  }): Promise<DeskAnswer<{ readonly viewId: string; readonly hash: string }>>;
  /** With `hash`, refuses (`hash_conflict`) when the view changed since. */
  updateView(modal: {
    readonly viewId: string;
    readonly hash?: string;
    readonly view: object;
  }): Promise<DeskAnswer<{ readonly viewId: string; readonly hash: string }>>;
  publish(home: { readonly user: string; readonly view: object }): Promise<DeskAnswer>;
};
