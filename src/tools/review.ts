import { type Lang, languages } from '../engine/message.ts';
import { fallbackOf, hashOf, sourceOf, type Words } from '../locale.ts';

/**
 * How far a translation is. `stale`: it was reviewed, and since then its source or it itself has changed; the check
 * fails until somebody reads it again. `unreviewed` is only counted (rule 24).
 */
export type Translated = 'missing' | 'fallback' | 'unreviewed' | 'reviewed' | 'stale';

export function translatedOf(words: Words, lang: Lang, key: string): Translated {
  const text = words.raw(lang, key);
  if (text === undefined) return 'missing';
  if (fallbackOf(text) !== undefined) return 'fallback';
  const review = words.reviewOf(lang, key);
  if (!review) return 'unreviewed';
  return changedSince(words, lang, key) === null ? 'reviewed' : 'stale';
}

/** What is not any more as the reviewer saw it; null when all is, or when nobody reviewed it. */
export function changedSince(words: Words, lang: Lang, key: string): 'source' | 'text' | null {
  const review = words.reviewOf(lang, key);
  if (!review) return null;
  if (review.source !== hashOf(words.raw(sourceOf[lang], key) ?? '')) return 'source';
  return review.text === hashOf(words.raw(lang, key) ?? '') ? null : 'text';
}

/** Every key of any language, in the order of the English files, then those that English lacks. */
export function allKeys(words: Words): readonly string[] {
  const order: readonly Lang[] = ['en', ...languages];
  return [...new Set(order.flatMap((lang) => words.keys(lang)))];
}

/** The file, without its ending, in which a text stands: `registration`, `registration.v1`. */
export function fileOf(key: string): string {
  return /^[^.]+(?:\.v\d+)?(?=\.)/.exec(key)?.[0] ?? key;
}
