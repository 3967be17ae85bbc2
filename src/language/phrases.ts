import type { Lang } from '../engine/message.ts';
import { order } from './lexicon.ts';
import { passes, type Sieve, sieveOf } from './sieve.ts';
import { keyOf, type Token, tokenise } from './tokens.ts';

/** Phrases of the three languages, looked up over tokens. */
export type Phrases<T> = {
  readonly by: Readonly<Record<Lang, ReadonlyMap<string, T>>>;
  /** Every phrase and every beginning of one: where there is none, the search ends. */
  readonly entries: ReadonlyMap<string, Entry<T>>;
  /** The first words of all phrases: most words of a message begin none. */
  readonly firsts: Sieve;
};

/** What words mean to who writes one language, in that language first; they are looked up at every word of a message. */
type Entry<T> = { [L in Lang]: Meaning<T> | undefined } & { goesOn: boolean };
type Meaning<T> = { readonly value: T; readonly lang: Lang };

export type Hit<T> = { readonly value: T; readonly length: number; readonly lang: Lang };

/** Of two entries for the same words the earlier one counts. */
export function phrases<T>(entries: Iterable<readonly [lang: Lang, phrase: string, meaning: T]>): Phrases<T> {
  const by: Record<Lang, Map<string, T>> = { rw: new Map(), fr: new Map(), en: new Map() };
  const found = new Map<string, Entry<T>>();
  const entryOf = (key: string) => {
    const known = found.get(key);
    if (known) return known;
    const entry: Entry<T> = { rw: undefined, fr: undefined, en: undefined, goesOn: false };
    found.set(key, entry);
    return entry;
  };
  const add = (lang: Lang, key: string, meaning: T) => {
    if (!by[lang].has(key)) by[lang].set(key, meaning);
    entryOf(key);
    for (let end = key.indexOf(' '); end > 0; end = key.indexOf(' ', end + 1))
      entryOf(key.slice(0, end)).goesOn = true;
  };
  for (const [lang, phrase, meaning] of entries) {
    const key = keyOf(tokenise(phrase));
    if (key === '') continue;
    add(lang, key, meaning);
    // Many leave the apostrophe out: "dont", "jai", "numukozi".
    const without = key.replace(/' ?/g, '');
    if (without !== key && without.length > 3) add(lang, without, meaning);
  }
  for (const [key, entry] of found) {
    for (const lang of order.rw) {
      const home = order[lang].find((own) => by[own].has(key));
      const value = home && by[home].get(key);
      if (home && value !== undefined) entry[lang] = { value, lang: home };
    }
  }
  const firsts = sieveOf([...found.keys()].filter((key) => !key.includes(' ')));
  return { by, entries: found, firsts };
}

/** The longest phrase that begins at a token, in the person's own language first. */
export function longestAt<T>(
  table: Phrases<T>,
  tokens: readonly Token[],
  at: number,
  lang: Lang,
): Hit<T> | undefined {
  let key = tokens[at]?.text;
  if (key === undefined || !passes(table.firsts, key)) return undefined;
  let found: Hit<T> | undefined;
  for (let length = 1; ; length++) {
    const entry = table.entries.get(key);
    if (!entry) return found;
    const meant = meaningIn(entry, lang);
    if (meant) found = { value: meant.value, length, lang: meant.lang };
    const next = tokens[at + length];
    if (!next || !entry.goesOn) return found;
    key = `${key} ${next.text}`;
  }
}

/** Whether any phrase goes on behind these words. */
export function goesOn(table: Phrases<unknown>, key: string): boolean {
  return table.entries.get(key)?.goesOn === true;
}

/** What a whole phrase means, in the person's own language first. */
export function meaningOf<T>(table: Phrases<T>, key: string, lang: Lang): T | undefined {
  const entry = table.entries.get(key);
  return entry && meaningIn(entry, lang)?.value;
}

/** By name and not by index, which the engine would look up anew each time. */
function meaningIn<T>(entry: Entry<T>, lang: Lang): Meaning<T> | undefined {
  return lang === 'rw' ? entry.rw : lang === 'fr' ? entry.fr : entry.en;
}

/** The words that begin a phrase: where none of them stands, none of the tables need be asked. */
export function firstWordsOf(...tables: readonly Phrases<unknown>[]): ReadonlySet<string> {
  const firsts = tables.flatMap(({ entries }) => [...entries.keys()]);
  return new Set(firsts.filter((key) => !key.includes(' ')));
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
