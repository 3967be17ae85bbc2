import type { Context, Deed, Recipient, Value } from '../domain/model.ts';
import type { Need } from '../engine/flow.ts';
import type { Lang, Message, Params } from '../engine/message.ts';
import type { Open, Session } from '../engine/session.ts';
import type { Address, ChannelName, Receipt } from './ports.ts';

/** What the use cases need of the database. `src/store` is the only implementation: PostgreSQL, for tests too. */
export type Store = {
  /** Everything one turn reads, in one round trip (rule 7). */
  load(request: LoadRequest): Promise<Loaded>;
  /** The same for a known conversation, without an event. */
  loadConversation(id: number, now: Date): Promise<Loaded | null>;
  /** A named query that a command asked for (rule 7). */
  query(need: Need, now: Date, loaded?: Loaded): Promise<{ readonly value: unknown; readonly trips: number }>;
  /** Everything, or nothing (rules 7, 8). */
  save(wanted: Save): Promise<Saved>;
  /** Moves a ledger row forward by the provider's word; anything backwards is ignored (promise 4). */
  receipt(address: Address, key: string, receipt: Receipt, now: Date): Promise<boolean>;
  /** The provider says the person blocked us, or let us in again. */
  block(address: Address, key: string, blocked: boolean, now: Date): Promise<boolean>;
};

/** An address as the store knows it; opaque to everybody else. */
export type Place = {
  /** Null while the address has never written. */
  readonly id: number | null;
  readonly revision: number;
  readonly accountId: number;
  readonly channel: ChannelName;
  readonly addressIndex: Buffer;
  readonly aliasIndex: Buffer | null;
  readonly address: string;
  readonly key: DataKey;
  /** Only for a new address: its key as it will be kept. */
  readonly wrappedKey?: Buffer;
};

/** Opens the values sealed for one person or one conversation. */
export type DataKey = { readonly id: string; readonly secret: Buffer };

export type LoadRequest = {
  readonly address: Address;
  /** Its other name, where the provider gave one. */
  readonly alias?: string;
  /** The provider's event id. */
  readonly key: string;
  /** The provider's id of the message this answers. */
  readonly repliesTo: string | null;
  readonly now: Date;
  /** For an address that has never written. */
  readonly lang: Lang;
};

export type Loaded = {
  /** This very event was taken in before. */
  readonly seen: boolean;
  readonly place: Place;
  readonly personId: number | null;
  readonly lastInboundAt: Date | null;
  /** An open ticket: a person answers, flows are silent (rule 14). */
  readonly ticket: string | null;
  readonly session: KeptSession;
  readonly context: Context;
  readonly opens: readonly Open[];
  readonly personKey: DataKey | null;
  /** The question of the message that this one quotes. */
  readonly about: string | null;
  /** Answers to named queries that came along with the load, so that they cost no further trip. */
  readonly ready: {
    /** Codes waiting for this person; `index` is the keyed hash, in hex. */
    readonly codes: readonly {
      readonly id: number;
      readonly revision: number;
      readonly purpose: string;
      readonly assignmentId: number;
      readonly expiresAt: string;
      readonly tries: number;
      readonly index: string;
    }[];
    /** Who signs for this host's hospital. */
    readonly director: {
      readonly hospitalId: number;
      readonly personId: number;
      readonly elsewhere: boolean;
    } | null;
  };
};

/** The engine's session, and the ticket whose silence the person has lifted with MENU. */
export type KeptSession = Session & { readonly passed?: string };

export type Saved =
  | {
      readonly kind: 'saved';
      readonly turn: number;
      readonly conversation: number | null;
      readonly queued: number;
    }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'stale' };

export type Save = {
  readonly at: Date;
  readonly seen?: { readonly account: number; readonly key: string };
  readonly conversation?: {
    readonly place: Place;
    readonly personId: number | null;
    readonly lang: Lang;
    readonly session: KeptSession;
    /** Null for turns that the person did not make. */
    readonly lastInboundAt: Date | null;
  };
  readonly turn: {
    readonly kind: string;
    /** What was said; kept sealed. */
    readonly event?: string;
    readonly flow: string | null;
    readonly version: number | null;
    readonly stepBefore: string | null;
    readonly stepAfter: string | null;
    readonly trips: number;
    /** A turn that could not be applied: kept for a person to look at, changing nothing (rule 6). */
    readonly parked?: Place;
  };
  readonly deeds: readonly Deed[];
  readonly messages: readonly Outgoing[];
  readonly answered: readonly { readonly open: string; readonly option?: string }[];
  /** Data keys that the deeds need and the store may have at hand, by person id; others are looked up. */
  readonly keys: ReadonlyMap<number, DataKey>;
  /** The timer that caused this, fired in the same transaction. */
  readonly fired?: number;
  /** A reminder to go on in a conversation whose person said nothing `since`; so many may follow. */
  readonly nudged?: { readonly conversation: number; readonly since: Date; readonly left: number };
};

export type Outgoing = {
  readonly lane: 'urgent' | 'reply' | 'proactive';
  readonly class: string;
  readonly key: string;
  /** Absent: to the conversation of this turn. */
  readonly to?: Recipient | { readonly kind: 'conversation'; readonly conversationId: number };
  /** In-session messages carry values of the person: kept sealed. */
  readonly message?: Message;
  /** Proactive ones carry none. */
  readonly plain?: { readonly key: string; readonly params: Params };
  readonly opens?: {
    readonly flow: string;
    readonly version: number;
    readonly step: string;
    readonly data: { readonly [key: string]: Value };
  };
};
