import type { Lang } from '../engine/message.ts';
import { order } from './lexicon.ts';
import { keyOf, type Token, tokenise } from './tokens.ts';

/** Phrases of the three languages, looked up over tokens. */
export type Phrases<T> = {
  readonly by: Readonly<Record<Lang, ReadonlyMap<string, T>>>;
  /** The first words of all phrases: most words of a message begin none. */
  readonly firsts: ReadonlySet<string>;
  /** The beginnings of phrases of two words and more: where none goes on, the search ends. */
  readonly openings: ReadonlySet<string>;
};

export type Hit<T> = { readonly value: T; readonly length: number; readonly lang: Lang };

/** Of two entries for the same words the earlier one counts. */
export function phrases<T>(entries: Iterable<readonly [lang: Lang, phrase: string, meaning: T]>): Phrases<T> {
  const by: Record<Lang, Map<string, T>> = { rw: new Map(), fr: new Map(), en: new Map() };
  const openings = new Set<string>();
  const firsts = new Set<string>();
  const add = (lang: Lang, key: string, meaning: T) => {
    if (!by[lang].has(key)) by[lang].set(key, meaning);
    const end = key.indexOf(' ');
    firsts.add(end < 0 ? key : key.slice(0, end));
    for (let end = key.indexOf(' '); end > 0; end = key.indexOf(' ', end + 1))
      openings.add(key.slice(0, end));
  };
  for (const [lang, phrase, meaning] of entries) {
    const key = keyOf(tokenise(phrase));
    if (key === '') continue;
    add(lang, key, meaning);
    // Many leave the apostrophe out: "dont", "jai", "numukozi".
    const without = key.replace(/' ?/g, '');
    if (without !== key && without.length > 3) add(lang, without, meaning);
  }
  return { by, firsts, openings };
}

/** The longest phrase that begins at a token, in the person's own language first. */
export function longestAt<T>(
  table: Phrases<T>,
  tokens: readonly Token[],
  at: number,
  lang: Lang,
): Hit<T> | undefined {
  let key = tokens[at]?.text;
  if (key === undefined || !table.firsts.has(key)) return undefined;
  let found: Hit<T> | undefined;
  for (let length = 1; ; length++) {
    for (const language of order[lang]) {
      const value = table.by[language].get(key);
      if (value === undefined) continue;
      found = { value, length, lang: language };
      break;
    }
    const next = tokens[at + length];
    if (!next || !table.openings.has(key)) return found;
    key = `${key} ${next.text}`;
  }
}

/** All tokens of all phrases: the vocabulary within which a slip of the finger is looked for. */
export function wordsOf(...tables: readonly Phrases<unknown>[]): ReadonlySet<string> {
  const words = new Set<string>();
  for (const { by } of tables) {
    for (const map of [by.rw, by.fr, by.en]) {
      for (const phrase of map.keys()) for (const word of phrase.split(' ')) words.add(word);
    }
  }
  return words;
}
