import type { Answers } from '../engine/flow.ts';
import type { Lang, Message, Params } from '../engine/message.ts';
import type { Address, ChannelName } from './ports.ts';

/** The ledger as deliveries see it (rules 15–17). `src/store/ledger.ts` implements it. */
export type Queue = {
  /**
   * Takes up to `limit` rows that may leave now, at most one for each address and the most urgent lane first,
   * and marks them as being sent. Nobody else gets them until the lease (machine time) runs out. Of channels that are
   * `full` only urgent rows are taken, or none.
   */
  claim(now: Date, limit: number, full?: Full): Promise<readonly Row[]>;
  /**
   * Waits until this row's account may send once more: the rate of all replicas together (promise 7). False when
   * that would take longer than a taken row may: it has to be given back; and when `still`, asked shortly before the
   * turn if that was long in coming, says so.
   */
  turn(row: Row, still?: () => Promise<boolean>): Promise<boolean>;
  /** Gives back whoever waits for a turn: this process ends. */
  endTurns(): void;
  /** Whether the row's person has said STOP since it was taken, and it is no reply (rule 14). */
  silenced(row: Row): Promise<boolean>;
  /** Writes down what became of rows, all in one statement. */
  settle(changes: readonly { readonly row: Row; readonly change: Change }[], now: Date): Promise<void>;
  /** Rows whose sender died or never heard the end, taken to be asked about: nobody else gets them meanwhile. */
  lost(now: Date, limit: number): Promise<readonly Row[]>;
  /** What waits for a reason, by state. */
  counts(): Promise<Record<string, number>>;
  /** Values that a proactive message names but does not carry. */
  personName(personId: number): Promise<string | null>;
  travelPlan(assignmentId: number): Promise<Answers>;
};

/** Channels that have as much on its way as they may. */
export type Full = {
  /** For rows that are not urgent. */
  readonly ordinary: readonly ChannelName[];
  readonly urgent: readonly ChannelName[];
  /** All are, for ordinary rows: only urgent ones are looked for. */
  readonly everywhere: boolean;
};

export type Row = {
  readonly id: number;
  readonly conversationId: number;
  readonly to: Address;
  readonly lang: Lang;
  readonly class: string;
  readonly key: string;
  readonly lane: string;
  readonly attempts: number;
  /** In-session message, already opened; or a proactive one by its key and values. */
  readonly message: Message | null;
  readonly plain: { readonly key: string; readonly params: Params } | null;
  readonly opens: {
    readonly flow: string;
    readonly version: number;
    readonly step: string;
    readonly data: Answers;
  } | null;
  readonly lastInboundAt: Date | null;
  /** The person's; null for a channel of several people, which has no night. */
  readonly zone: string | null;
  readonly host: boolean;
  /** The person wants no messages, and this is none that they asked for (rule 14). */
  readonly silenced: boolean;
  /** The person is in the middle of a flow, and wrote this recently. */
  readonly busySince: Date | null;
  readonly channel: ChannelName;
  readonly accountId: number;
  /** Another form of a message that could not go as it was. */
  readonly form: 'template' | 'plain' | null;
  /** Programme time of the last try, for asking the provider. */
  readonly triedAt: Date;
  /** Programme time when it first came back for the reason of the last time; that of this try when it never did. */
  readonly since: Date;
  /** How often it came back for that reason. */
  readonly times: number;
  /** Machine time since it was taken for that try, ms; at least 25 s once the call is known to be over. */
  readonly waitedMs: number;
  /** It may have gone already and cannot be asked about (Telegram): sent once more, knowingly. */
  readonly mayRepeat: boolean;
  /** One of us is answering a ticket in this chat. */
  readonly withPerson: boolean;
  /** It waited for a reason, so what it says may have been overtaken. */
  readonly wasHeld: boolean;
};

/** What the history says of each repeat after an unknown outcome. */
export const repeated = 'outcome unknown, sent once more';

export type Change =
  | { readonly state: 'sent'; readonly providerId: string }
  | {
      readonly state: 'queued';
      readonly dueAt: Date;
      readonly detail: string;
      readonly mayRepeat?: true;
      /** The provider was not asked, or not about this message: that was no try of it. */
      readonly uncounted?: true;
      /** Nothing of this account may leave for so long (machine time). */
      readonly pauseMs?: number;
    }
  /** Counted where the provider was asked: such a message is not tried for ever. */
  | { readonly state: 'held'; readonly dueAt: Date; readonly reason: string; readonly counted?: true }
  | { readonly state: 'unknown'; readonly detail: string }
  | { readonly state: 'cancelled'; readonly reason: string }
  | { readonly state: 'failed'; readonly reason: string };
