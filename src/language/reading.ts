import type { Lang, Reading } from '../engine/message.ts';
import { asksBack } from './asks-back.ts';

/** What a reader may know about the person who wrote: never the clock, which is why the day comes in. */
export type ReadScope = {
  readonly lang: Lang;
  /** The person's own calendar day, `YYYY-MM-DD`. */
  readonly today: string;
  /** Country of residence, ISO 3166-1 alpha-2: the default of telephone numbers. */
  readonly country?: string;
  /**
   * Ask back whatever was filled in or mended: a year, a slip of the finger, somebody's own unit. Questions of flows do,
   * since a conversation can ask at once; without it such values are certain and only said back.
   */
  readonly cautious?: boolean;
};

/** A reader gives a value or says why it cannot; it never throws, whatever the text. */
export type Reader<T> = (text: string, scope: ReadScope) => Reading<T>;

export const certain = <T>(value: T): Reading<T> => ({ kind: 'value', value, confidence: 'certain' });

export const likely = <T>(value: T): Reading<T> => ({ kind: 'value', value, confidence: 'likely' });

/** Asks back with at most four candidates: more do not fit on buttons, and nobody reads them. */
export const ambiguous = <T>(candidates: readonly T[]): Reading<T> => ({
  kind: 'ambiguous',
  candidates: candidates.slice(0, 4),
});

/** A question in return is not a bad answer: it must not count towards the three misses. */
export function unclear<T>(text: string, why: string): Reading<T> {
  const tail = text.slice(-300).trimEnd();
  const marked = /[?？]$/.test(tail) && (tail.match(/\p{L}+/gu)?.length ?? 0) > 1;
  return marked || asksBack(text) ? { kind: 'other', other: 'question' } : { kind: 'unclear', why };
}
