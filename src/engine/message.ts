/**
 * The words in which the engine hears and speaks. Nothing here knows a provider:
 * adapters translate to and from these types, and everything inside believes them.
 */

export const languages = ['rw', 'fr', 'en'] as const;
export type Lang = (typeof languages)[number];

export type MediaKind =
  | 'image'
  | 'document'
  | 'voice'
  | 'audio'
  | 'video'
  | 'sticker'
  | 'contact'
  | 'unknown';

/** What a person did on an address, as the engine reads it. */
export type Said =
  | { readonly kind: 'text'; readonly text: string }
  /** A choice of ours was pressed. `token` is the text that {@link tokenOf} made. */
  | { readonly kind: 'press'; readonly token: string; readonly title?: string }
  | { readonly kind: 'media'; readonly media: MediaKind; readonly caption?: string }
  | { readonly kind: 'location'; readonly latitude: number; readonly longitude: number };

/**
 * So many characters of a message are read: all that most messengers deliver. Some deliver ten times as many, which are no
 * answer to anything, and some readers would take seconds over them.
 */
export const longestRead = 4_096;

/** Words that work at any moment, by their English names (domain rule "global words"). */
export const globalWords = [
  'help',
  'menu',
  'back',
  'skip',
  'cancel',
  'restart',
  'stop',
  'start',
  'human',
  'language',
  'mydata',
  'sos',
  'list',
  'withdraw',
  'change',
  'accept',
] as const;
export type GlobalWord = (typeof globalWords)[number];

/**
 * What a reader makes of one message.
 * - `certain` values are used after an echo, `likely` ones are asked first.
 * - `ambiguous` carries one to four concrete candidates to ask back with.
 * - `unclear` says why in a word that ends a text key (`too_early`, `not_a_date` …).
 * - `other` is not an answer to this question at all.
 */
export type Reading<T> =
  | { readonly kind: 'value'; readonly value: T; readonly confidence: 'certain' | 'likely' }
  | { readonly kind: 'ambiguous'; readonly candidates: readonly T[] }
  | { readonly kind: 'unclear'; readonly why: string }
  | {
      readonly kind: 'other';
      readonly other: GlobalWord | 'question' | 'distress';
      /** The answer that a text with a call for help in it also is: kept, whatever follows (rule 10). */
      readonly value?: T;
      /** It tells of abuse: a narrower way, and no word of it is kept. */
      readonly abuse?: true;
    };

/**
 * A value to put into a text. Plain strings and numbers go in as they are; the rest is written in the
 * reader's own language when the text is rendered, which may be weeks after the turn that made it.
 */
export type Param =
  | string
  | number
  /** A calendar day, `YYYY-MM-DD`. */
  | { readonly date: string }
  /** Two days, `YYYY-MM-DD`, and all between. */
  | { readonly from: string; readonly to: string }
  /** A month, `YYYY-MM`. */
  | { readonly month: string }
  /** An instant (ISO) shown as a wall-clock day and time in a time zone, default Africa/Kigali. */
  | { readonly instant: string; readonly zone?: string }
  /** Data that exists in three languages (hospital, mission title). */
  | { readonly text: Readonly<Record<Lang, string>> }
  /** ISO 3166-1 alpha-2, written as "in <country>" when `in` is true. */
  | { readonly country: string; readonly in?: true }
  /** A code of the professions table. */
  | { readonly profession: string }
  /** Another text of ours, for example the label of a choice. */
  | { readonly key: string; readonly params?: Params }
  /** A person's name, filled in when the message leaves: the waiting row holds no personal value. */
  | { readonly person: number }
  /** Part of a travel plan, filled in likewise. */
  | { readonly travel: number; readonly field: 'legs' | 'pickup' | 'lodging' }
  /** One line each. */
  | { readonly lines: readonly Param[] };
export type Params = { readonly [name: string]: Param };

/**
 * One choice of a question. Without `label` its words are the text `<step>.choices.<id>`.
 * `id` is stable over versions and at most 24 characters of A-Z a-z 0-9 _ -.
 */
export type Option = { readonly id: string; readonly label?: Param; readonly description?: Param };

/** A text by its key, with its values. Keys are `<flow>.<step>.<what>`, e.g. `registration.city.text`. */
export type Part = { readonly key: string; readonly params?: Params };

/**
 * One message to one address: texts joined by an empty line, then the choices of its question.
 * `question` is what answers refer to (see token.ts); a message without one expects no answer.
 */
export type Message = {
  readonly parts: readonly Part[];
  readonly options?: readonly Option[];
  readonly question?: string;
  /** Where the question stands, for the tokens of its choices. */
  readonly at?: { readonly flow: string; readonly step: string };
};
