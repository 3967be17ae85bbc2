import type { GlobalWord, Lang, MediaKind, Option, Param, Params, Reading } from './message.ts';

/**
 * A conversation as data. Its only functions are small and named: guards, readers, commands.
 * The engine never looks inside `context`, `answers` or `deeds`; flows and the shell do.
 */

export type Answers = { readonly [slot: string]: unknown };

/** What a guard, a reader or a command may look at. Nothing in it changes while a turn is computed. */
export type Scope = {
  readonly answers: Answers;
  /** What the frame was started with: a mission, an offer, a readiness item. */
  readonly data: Answers;
  /**
   * Loaded before the turn (rule 7). `never`, so that every guard, reader and command may name the context it
   * reads as its own parameter type; the engine itself cannot look inside.
   */
  readonly context: never;
  /** Results of the named queries a command asked for. */
  readonly found: { readonly [query: string]: unknown };
  readonly lang: Lang;
  readonly now: Date;
  /** The person's own calendar day, `YYYY-MM-DD`. */
  readonly today: string;
};

/**
 * A function over a scope. Parameters compare bivariantly, so that a guard may name just the answers and
 * the context it reads, `({ answers }: { answers: { years?: number } }) => …`, and still fit. Answers, data
 * and found values must be named as optional; the context need not be.
 */
export type Named<R> = { of(scope: Scope): R }['of'];

export type Guard = Named<boolean>;
/** Where to go: one step, or guarded branches closed by a fallback. */
export type Next<K extends string = string> =
  | K
  | readonly [...(readonly { readonly when: Guard; readonly go: K }[]), K];

/** Reads and shows one typed value. `kind` names its default texts (`common.unclear.<why>`). */
export type Slot<T = unknown> = {
  readonly kind: string;
  /** Typed text only; numbers and labels of options are read before it by the engine (rule 9). */
  read(text: string, scope: Scope): Reading<T>;
  /** The choices shown with the question. */
  options?(scope: Scope): readonly Option[];
  /** The value behind a pressed option; without it, the option's id is the value. */
  fromOption?(id: string, scope: Scope): T;
  /** How the value is written back to the person. */
  show(value: T, scope: Scope): Param;
  /** Say a typed value back in words before going on (dates, numbers that cost something). */
  readonly echo?: true;
  /** Kinds of media that are an answer; all others are refused unread (rule 5). */
  readonly accepts?: readonly MediaKind[];
  fromMedia?(media: MediaKind): T;
  /** Where a shared place is an answer. */
  fromLocation?(latitude: number, longitude: number): T;
  /**
   * Takes almost any words, so that reading something says little: a `short` name of a person or a town, or `long` words
   * of one's own. Only a field that is named is changed to such an answer.
   */
  readonly free?: 'short' | 'long';
  /** Free words in which a question is what was asked for ("what is it about?"). */
  readonly takesQuestions?: true;
  /** Answered by a yes or a no, which by themselves do not say to what. */
  readonly short?: true;
  /** The kind of slot whose answer this one makes exact: words that fit both are meant for this one. */
  readonly narrows?: string;
  /** Its exact phrase looks like a global word (`ACCEPT A-0087`), so its reader comes before those (not SOS, STOP). */
  readonly first?: true;
  /** Its choices lead somewhere, as a menu's do: they are no answers to say back, to keep or to have changed. */
  readonly leads?: true;
};

/** What a command wants to happen, or why it will not. `deeds` are opaque here: the shell saves them. */
export type Done = {
  readonly ok: true;
  readonly deeds: readonly unknown[];
  /** Merged into the frame's answers, for the texts and guards that follow. */
  readonly answers?: Answers;
  readonly lang?: Lang;
};
export type Refused = { readonly ok: false; readonly why: string };
export type Command = Named<Done | Refused>;
/** A query the shell runs before the command can decide; costs one more round trip (rule 7). */
export type Need = { readonly query: string; readonly args: Answers };

type Ask<K extends string, S extends string> = {
  readonly kind: 'ask';
  readonly slot: S;
  readonly next: Next<K>;
  readonly optional?: true;
  /** Passed over silently when true. */
  readonly unless?: Guard;
  /** A part of the text key, so that one step can ask about one of many things: `<step>.<variant>.text`. */
  readonly variant?: Named<string>;
  readonly params?: Named<Params>;
};
export type Step<K extends string = string, S extends string = string> =
  | Ask<K, S>
  | {
      readonly kind: 'say';
      readonly next: Next<K>;
      readonly variant?: Named<string>;
      readonly params?: Named<Params>;
    }
  | { readonly kind: 'decide'; readonly next: Next<K> }
  /** Puts computed values among the answers. No effect outside the session, so not a barrier. */
  | { readonly kind: 'set'; readonly values: Named<Answers>; readonly next: Next<K> }
  /** The summary: every answer on the way here, then confirm, change one of them, or cancel. */
  | { readonly kind: 'review'; readonly next: Next<K>; readonly params?: Named<Params> }
  /** Runs a domain command. A barrier for *back*. A refusal goes to its own step, named by `why`. */
  | {
      readonly kind: 'do';
      readonly run: Command;
      readonly needs?: Named<readonly Need[]>;
      readonly next: Next<K>;
      readonly refused?: { readonly [why: string]: K };
    }
  /** Another flow in the middle of this one; its answers come back under this step's name. */
  | { readonly kind: 'call'; readonly flow: string; readonly data?: Named<Answers>; readonly next: Next<K> }
  /** Ends here and opens a ticket for a person. */
  | { readonly kind: 'hand_over'; readonly reason: string; readonly params?: Named<Params> }
  | {
      readonly kind: 'end';
      /** Ends without a word. */
      readonly silent?: true;
      /** The last word of its turn: what it interrupted stays open, but is not asked again at once. */
      readonly last?: true;
      readonly variant?: Named<string>;
      readonly params?: Named<Params>;
      /** The flow that follows at once on the same address. */
      readonly then?: Named<{ readonly flow: string; readonly data?: Answers } | null>;
    };

export type Flow = {
  readonly id: string;
  readonly version: number;
  readonly start: string;
  readonly slots: { readonly [slot: string]: Slot };
  readonly steps: { readonly [step: string]: Step };
  /** Ask steps in order, for "3/14". Absent: no progress shown. */
  readonly progress?: readonly string[];
  /** Slots whose answers are void, and asked for again, once this slot has another answer: another country, another city. */
  readonly voids?: { readonly [slot: string]: readonly string[] | undefined };
  /** Why this conversation has lost its subject (offer withdrawn …), ends the text key `<flow>.closed.<why>`. */
  readonly closed?: Named<string | null>;
  /**
   * Its question only brings to mind what is open below it: words about a conversation (back, cancel, menu …) mean
   * that one, and pass it by.
   */
  readonly reminds?: true;
  /** Steps besides the start at which a proactive message may open it (rule 12). */
  readonly entries?: readonly string[];
  /** Where its texts live when it is not the newest version: `registration.v1`. */
  readonly texts?: string;
};

/** Keeps step, slot and branch names honest at compile time; returns the flow unchanged. */
export function defineFlow<K extends string, S extends string>(
  flow: Omit<Flow, 'start' | 'slots' | 'steps' | 'progress' | 'voids' | 'entries'> & {
    readonly start: NoInfer<K>;
    readonly slots: Readonly<Record<S, Slot>>;
    readonly steps: Readonly<Record<K, Step<NoInfer<K>, NoInfer<S>>>>;
    readonly progress?: readonly NoInfer<K>[];
    readonly voids?: { readonly [slot in NoInfer<S>]?: readonly NoInfer<S>[] };
    readonly entries?: readonly NoInfer<K>[];
  },
): Flow {
  return flow;
}

/**
 * How a message takes an earlier answer back: a `clear` mark does so by itself, a `polite` one opens other sentences
 * too, `change` wants the name of a field.
 */
export type Correction = { readonly mark: 'clear' | 'polite' | 'change' | null; readonly rest: string };
/** What follows the name of a field; `plain` when nothing but a space stands between. */
export type Field = { readonly value: string; readonly plain?: true };

/** One way of reading a message as two. `name` when the tail is a few words that belong to no sentence. */
export type Split = {
  readonly head: string;
  readonly tail: string;
  readonly by: 'line' | 'sign' | 'word';
  readonly name: boolean;
};

/**
 * A question of the person's own. `plain` when no statement looks like it. `answer` is an approved text, `stale` where
 * nobody vouches for it any more, null where there is none.
 */
export type Asked = {
  readonly plain: boolean;
  readonly answer: { readonly key: string } | 'stale' | null;
};

/** Everything the engine needs besides the session: flows, and pure functions over words. */
export type Program = {
  flow(id: string, version: number): Flow | undefined;
  newest(id: string): Flow | undefined;
  /** The flow for a person who writes while nothing is open; `said` is what they typed, if they did. */
  entry(
    context: unknown,
    said?: { readonly text: string; readonly lang: Lang },
  ): { readonly flow: string; readonly data?: Answers };
  /**
   * System flows behind global words. A word without one is not offered here. `said` is the whole message (it may
   * name a language or a code), empty when a choice was pressed. A `stop` that was only a guess has `data.unsure`
   * added by the engine: its flow then asks first.
   */
  word(
    word: GlobalWord,
    context: unknown,
    said: string,
  ): { readonly flow: string; readonly data?: Answers } | null;
  readonly reading: {
    isSos(text: string, lang: Lang): boolean;
    isStop(text: string, lang: Lang): boolean;
    /** A cry for help in the first person, heard where nothing is asked (rule 10). */
    distress?(text: string, lang: Lang): 'danger' | 'abuse' | null;
    /** A greeting, thanks or a farewell and nothing else: no bad answer. */
    courtesy?(text: string, lang: Lang): 'greeting' | 'thanks' | 'goodbye' | null;
    /** Whole messages only. Null when the text is no global word. */
    global(text: string, lang: Lang): Reading<GlobalWord> | null;
    /** A global word said as a sentence ("can I talk to a person"), for messages that answer nothing. Null otherwise. */
    spoken?(text: string, lang: Lang): Reading<GlobalWord> | null;
    /** The index of the option meant by a number or a label, or null. */
    choice(text: string, labels: readonly string[], lang: Lang): number | null;
    /** "Yes" and "no" in any words, for the engine's own questions. Without it only labels and numbers are read. */
    yesNo?(text: string, lang: Lang): 'yes' | 'no' | null;
    /** The mark with which a message takes an earlier answer back, and what is left of it. */
    correction?(text: string, lang: Lang): Correction;
    /** Where a message may hold two answers. */
    splits?(text: string, lang: Lang): readonly Split[];
    /** What follows the name of a field, given by its label or its kind, at the beginning of a text. */
    field?(text: string, label: string | null, kind: string, lang: Lang): Field | null;
  };
  /** Whether a message asks something of its own, and the answer to it. Null for statements. */
  question?(text: string, lang: Lang, context: unknown, today: string): Asked | null;
  /** The words of a label in one language. */
  write(lang: Lang, param: Param): string;
  /** Whether a text with this key exists. */
  has(key: string): boolean;
};
