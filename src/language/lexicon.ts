import type { Lang } from '../engine/message.ts';
import data from './lexicon.json' with { type: 'json' };
import { fold, spellings } from './normalise.ts';
import { passes, type Sieve, sieveOf } from './sieve.ts';

type Category = {
  [K in keyof typeof data.en &
    keyof typeof data.rw &
    keyof typeof data.fr]: (typeof data.en)[K] extends readonly string[] ? K : never;
}[keyof typeof data.en & keyof typeof data.rw & keyof typeof data.fr];

/** Folded phrase → meaning, one map per language. Built once when a module loads. */
export type PhraseIndex<T> = Readonly<Record<Lang, ReadonlyMap<string, T>>> & { readonly sieve: Sieve };

export type Found<T> = { readonly value: T; readonly lang: Lang };

/** The order in which the languages are tried: the person's own first. */
export const order: Readonly<Record<Lang, readonly Lang[]>> = {
  rw: ['rw', 'fr', 'en'],
  fr: ['fr', 'en', 'rw'],
  en: ['en', 'fr', 'rw'],
};

const langs = order.rw;

/**
 * Words of one's own language that another language spells alike: rw `si` is "not" and `none` is "now". When they mean
 * nothing here in one's own language, they do not mean the other language's word either.
 */
const ownWords = index({ negators: true, but: true, range_to: true, date_markers: true, ambiguous: true });

const askBack = index({ ambiguous: true });

/**
 * Finds a whole phrase, in the person's language first. Kinyarwanda writers use l and r alike, so a miss there is
 * tried again with r.
 */
export function find<T>(phrases: PhraseIndex<T>, bareText: string, lang: Lang): Found<T> | undefined {
  const tries = spellings(bareText);
  if (!tries.some((spelling) => passes(phrases.sieve, spelling))) return undefined;
  for (const language of order[lang]) {
    if (language !== lang && ownWords[lang].has(bareText)) return undefined;
    for (const spelling of tries) {
      const value =
        phrases[language].get(spelling) ??
        (language === 'rw' && spelling.includes('l')
          ? phrases.rw.get(spelling.replaceAll('l', 'r'))
          : undefined);
      if (value !== undefined) return { value, lang: language };
    }
  }
  return undefined;
}

/** Words that stand for more than one thing when they are the whole message, by the person's language. */
export function isAmbiguousAlone(bareText: string, lang: Lang): boolean {
  return askBack[lang].has(bareText);
}

/** Index over categories that are plain lists; an earlier category keeps a phrase that a later one also has. */
export function index<T>(meanings: Partial<Record<Category, T>>): PhraseIndex<T> {
  const made: Record<Lang, Map<string, T>> = { rw: new Map(), fr: new Map(), en: new Map() };
  for (const lang of langs) {
    for (const [category, meaning] of entries(meanings)) {
      for (const phrase of data[lang][category]) add(made[lang], phrase, meaning);
    }
  }
  return sieved(made);
}

/** The phrases of one category in all languages together. */
export function anyLanguage(category: Category): ReadonlySet<string> {
  const { rw, fr, en } = index({ [category]: true });
  return new Set([...rw.keys(), ...fr.keys(), ...en.keys()]);
}

/** Index over a table of the lexicon (`months`, `numbers` …), whose keys are the meanings. */
export function tableIndex<T>(
  table: (lang: Lang) => Readonly<Record<string, readonly string[]>>,
  read: (key: string) => T,
): PhraseIndex<T> {
  const made: Record<Lang, Map<string, T>> = { rw: new Map(), fr: new Map(), en: new Map() };
  for (const lang of langs) {
    for (const [key, phrases] of Object.entries(table(lang))) {
      for (const phrase of phrases) add(made[lang], phrase, read(key));
    }
  }
  return sieved(made);
}

function sieved<T>(made: Readonly<Record<Lang, ReadonlyMap<string, T>>>): PhraseIndex<T> {
  return { ...made, sieve: sieveOf(langs.flatMap((lang) => [...made[lang].keys()])) };
}

export const words = data;

function add<T>(map: Map<string, T>, phrase: string, meaning: T): void {
  const key = fold(phrase);
  if (!map.has(key)) map.set(key, meaning);
}

function entries<T>(record: Partial<Record<Category, T>>): [Category, T][] {
  // Object.entries widens the keys to string; the parameter's type admits no others.
  return Object.entries(record) as [Category, T][];
}
