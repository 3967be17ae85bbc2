import type { Lang } from '../engine/message.ts';
import { aroundWords } from './around.ts';
import { order, words } from './lexicon.ts';
import { farIndex, nearIndex } from './near.ts';
import { dayFromWords, numberFromWords } from './number-words.ts';
import { longestAt, type Phrases, phrases, wordsOf } from './phrases.ts';
import { passes, sieveOf } from './sieve.ts';
import { keyOf, type Token } from './tokens.ts';

/** The vocabulary of the calendar: months, weekdays, days as words, amounts of time. Places are token positions. */

export type Tokens = readonly Token[];
export type At<T> = T & { readonly to: number };

const langs: readonly Lang[] = ['rw', 'fr', 'en'];

export function table<T>(rows: Readonly<Record<Lang, readonly (readonly [string, T])[]>>): Phrases<T> {
  return phrases(
    langs.flatMap((lang) =>
      rows[lang].flatMap(([joined, meaning]) =>
        joined.split('|').map((phrase) => [lang, phrase, meaning] as const),
      ),
    ),
  );
}

/** Months of the neighbours' languages too: people in Belgium, Germany and the Netherlands mix them in. */
const foreignMonths: readonly (readonly [string, number])[] = [
  ['januar', 1],
  ['februari|februar', 2],
  ['maart|marz', 3],
  ['mei', 5],
  ['juni', 6],
  ['juli', 7],
  ['augustus', 8],
  ['oktober|okt', 10],
  ['dezember|dez', 12],
];

const months = phrases<number>([
  ...langs.flatMap((lang) =>
    Object.entries(words[lang].months).flatMap(([month, names]) =>
      names.map((name) => [lang, name, Number(month)] as const),
    ),
  ),
  ...foreignMonths.flatMap(([names, month]) => names.split('|').map((name) => ['en', name, month] as const)),
]);
const monthNames = wordsOf(months);
/** Without its first letter a month looks like any infinitive: *kubanza* is no December. */
const nearMonths = nearIndex([...monthNames].filter((name) => !/^k[uw]/.test(name)));
const farMonths = farIndex(monthNames, 7);

const dayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
export const weekdays = phrases<number>(
  langs.flatMap((lang) =>
    Object.entries(words[lang].weekdays).flatMap(([day, names]) =>
      names.map((name) => [lang, name, dayNames.indexOf(day) + 1] as const),
    ),
  ),
);
const nearWeekdays = nearIndex([...wordsOf(weekdays)].filter((word) => /day$|di$|^dimanche$/.test(word)));

/** `uku` is "this" and `mat` a typing slip as often as a month: such words need a number beside them. */
const shy = new Set(['kwakira', 'kwakila', 'sept', 'may', 'mars', 'march', 'juin']);

function isShy(word: string): boolean {
  return word.length <= 3 && word !== 'mai';
}

/** A month by its name. `bare` months may stand without a number beside them. */
export function monthNameAt(tokens: Tokens, at: number, lang: Lang): MonthName | undefined {
  if (last.tokens !== tokens || last.at !== at || last.lang !== lang)
    last = { tokens, at, lang, found: monthNamed(tokens, at, lang) };
  return last.found;
}

type MonthName = At<{ readonly month: number; readonly guessed?: true; readonly shy?: true }>;

/** Every grammar of days asks for a month at each place. */
let last: {
  readonly tokens: Tokens;
  readonly at: number;
  readonly lang: Lang;
  readonly found: MonthName | undefined;
} = { tokens: [], at: 0, lang: 'en', found: undefined };

function monthNamed(tokens: Tokens, at: number, lang: Lang): MonthName | undefined {
  const text = tokens[at]?.text;
  if (text === undefined || tokens[at]?.value !== undefined) return undefined;
  const known = exactMonth(text, lang);
  if (known !== undefined) {
    return { month: known, to: at + 1, ...((isShy(text) || shy.has(text)) && { shy: true as const }) };
  }
  const glued = gluedOrdinal.exec(text)?.[1];
  const counted = glued === undefined ? undefined : dayFromWords(glued, 'rw');
  if (counted !== undefined && counted >= 1 && counted <= 12) return { month: counted, to: at + 1 };
  if (text.length < 4 || aroundWords.has(text) || isNumberWord(text)) return undefined;
  const names = nearMonths(text);
  if (names.length === 0 && text.length < 7) return undefined;
  const near = new Set(names.map((name) => exactMonth(name, lang)));
  const [only] = near;
  if (near.size === 1 && only !== undefined) return { month: only, to: at + 1, guessed: true };
  if (near.size > 0 || text.length < 7) return undefined;
  const farther = farMonths(text);
  if (farther.length === 0) return undefined;
  const far = new Set(farther.map((name) => exactMonth(name, lang)));
  const [meant] = far;
  return far.size === 1 && meant !== undefined ? { month: meant, to: at + 1, guessed: true } : undefined;
}

const gluedOrdinal = /^(?:[zy]|mu)?u?kwa((?:mbe|kab|gat|kan|kar|mun|cye|cum).+|kane)$/;

/** The month that a word names, letters typed twice aside. */
export function exactMonth(text: string, lang: Lang): number | undefined {
  const found = knownMonth(text, lang);
  return found ?? (doubled.test(text) ? knownMonth(text.replace(doubles, '$1'), lang) : undefined);
}

const doubled = /(.)\1/;
const doubles = /(.)\1+/g;

function knownMonth(text: string, lang: Lang): number | undefined {
  if (!passes(months.firsts, text)) return undefined;
  for (const language of order[lang]) {
    const found = months.by[language].get(text);
    if (found !== undefined) return found;
    if (language !== 'rw' || !text.includes('l')) continue;
    const spelled = months.by.rw.get(text.replaceAll('l', 'r'));
    if (spelled !== undefined) return spelled;
  }
  return undefined;
}

/** `ukwa kabiri`, `z'ukwa 9`, `mu kwezi kwa gatanu`, `mois 9`, `month of May`, `ukwezi kwa Nzeri`. */
export function monthAt(tokens: Tokens, at: number, lang: Lang): MonthName | undefined {
  const named = monthNameAt(tokens, at, lang);
  if (named) return named;
  let next = at;
  while (monthLead.has(tokens[next]?.text ?? '') && next - at < 4) next++;
  if (next === at) return undefined;
  const counts = tokens.slice(at, next).some(({ text }) => monthCounter.has(text));
  const inner = monthNameAt(tokens, next, lang);
  if (inner && tokens.slice(at, next).some(({ text }) => monthWord.has(text))) {
    return { month: inner.month, to: inner.to, ...(inner.guessed && { guessed: true as const }) };
  }
  if (!counts) return undefined;
  const day = dayAt(tokens, next, 'rw', 3);
  return day && day.day <= 12 ? { month: day.day, to: day.to } : undefined;
}

export const monthLead = new Set(
  "z' y' mu mw' ukwa kwa mukwa zukwa yukwa ukwezi kwezi mukwezi k' mois month of de du d' le the".split(' '),
);
const monthCounter = new Set('ukwa kwa mukwa zukwa yukwa mois month'.split(' '));
const monthWord = new Set('ukwezi kwezi mukwezi mois month ukwa kwa mukwa'.split(' '));

/** A weekday, with its words of place: "le lundi", "ku wa mbere". */
export function weekdayAt(
  tokens: Tokens,
  at: number,
  lang: Lang,
): At<{ readonly weekday: number }> | undefined {
  const hit = longestAt(weekdays, tokens, at, lang);
  if (hit) return { weekday: hit.value, to: at + hit.length };
  const text = tokens[at]?.text ?? '';
  if (text.length < 5 || aroundWords.has(text) || /days$/.test(text)) return undefined;
  const names = nearWeekdays(text);
  if (names.length === 0) return undefined;
  const near = new Set(names.map((name) => weekdays.by.fr.get(name) ?? weekdays.by.en.get(name)));
  const [only] = near;
  return near.size === 1 && only !== undefined ? { weekday: only, to: at + 1 } : undefined;
}

/** A day of a month as a number or in words: `5`, `1er`, `cumi na gatanu`, `twenty-first`. */
export function dayAt(
  tokens: Tokens,
  at: number,
  lang: Lang,
  most = 4,
): At<{ readonly day: number; readonly ordinal?: true }> | undefined {
  const token = tokens[at];
  if (!token) return undefined;
  if (token.value !== undefined) {
    if (token.text.length > 2 || token.value < 1 || token.value > 31) return undefined;
    return { day: token.value, to: at + 1, ...(token.ordinal && { ordinal: true as const }) };
  }
  if (!isNumberWord(token.text)) return undefined;
  for (let length = Math.min(most, tokens.length - at); length > 0; length--) {
    const phrase = keyOf(tokens, at, at + length);
    const day = dayFromWords(phrase, lang);
    if (day !== undefined && day >= 1 && day <= 31) {
      const ordinal = numberFromWords(phrase, lang) === undefined ? { ordinal: true as const } : {};
      return { day, to: at + length, ...ordinal };
    }
  }
  return undefined;
}

/** An amount: digits, number words, "a", "une". */
export function amountAt(tokens: Tokens, at: number, lang: Lang): At<{ readonly count: number }> | undefined {
  const token = tokens[at];
  if (!token) return undefined;
  if (token.value !== undefined) return token.value <= 999 ? { count: token.value, to: at + 1 } : undefined;
  if (token.text.length <= 3 && /^(?:a|an|une|un)$/.test(token.text)) {
    return tokens[at + 1]?.text === 'couple'
      ? { count: 2, to: skip(tokens, at + 2, 'of') }
      : { count: 1, to: at + 1 };
  }
  if (!isNumberWord(token.text)) return undefined;
  for (let length = Math.min(5, tokens.length - at); length > 0; length--) {
    const count = numberFromWords(keyOf(tokens, at, at + length), lang);
    if (count !== undefined) return { count, to: at + length };
  }
  return undefined;
}

export function skip(tokens: Tokens, at: number, ...texts: readonly string[]): number {
  return texts.includes(tokens[at]?.text ?? '') ? at + 1 : at;
}

/** Cheap test before phrases are put together. */
export function isNumberWord(text: string): boolean {
  if (passes(numberSieve, text) && (numberWords.has(text) || numberWords.has(text.replaceAll('l', 'r'))))
    return true;
  return text.length >= shortestGlued && gluedNumber.test(text);
}

const shortestGlued = 5;

const gluedNumber = /^(?:twenty|thirty|vingt|trente|mirongw)/;
const numberWords: ReadonlySet<string> = new Set(
  langs
    .flatMap((lang) => [...Object.values(words[lang].numbers), ...Object.values(words[lang].ordinals)].flat())
    .flatMap((phrase) =>
      phrase
        .normalize('NFD')
        .replace(/\p{Mn}/gu, '')
        .toLowerCase()
        .split(/[\s-]/),
    )
    .concat('mirongo', 'magana', 'quatre', 'hundred', 'cent')
    .filter((word) => word !== 'a'),
);
const numberSieve = sieveOf(numberWords);
