import type { Lang } from '../engine/message.ts';
import { find, index, order, type PhraseIndex, tableIndex, words } from './lexicon.ts';
import { nearIndex } from './near.ts';
import { fold } from './normalise.ts';
import { dayFromWords } from './number-words.ts';

/** What a phrase says of a day, before the rest is guessed from today. Numbers are as typed: the day may not exist. */
export type DayParts = {
  readonly day?: number;
  readonly month?: number;
  readonly year?: number;
  /** 1 for Monday … 7 for Sunday. */
  readonly weekday?: number;
  /** "next", "utaha": with a weekday it may mean the coming one or the one after. */
  readonly next?: true;
  /** A bare day number is a date only behind "le", "tariki ya" and the like. */
  readonly marked?: true;
  /** Typed month first (12/31/2027), which no language here does. */
  readonly monthFirst?: true;
  /** The month's name was a slip of the finger away from a real one. */
  readonly guessed?: true;
};

type Tokens = readonly string[];
type FoundMonth = {
  readonly month: number;
  readonly at: number;
  readonly length: number;
  readonly guessed?: true;
};

const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/;
const dayFirst = /^(\d{1,2})(?: ?[-/.] ?(\d{1,2})(?: ?[-/.] ?(\d{4}|\d{2}))?| (\d{1,2}) (\d{4}))$/;
const monthYear = /^(\d{1,2}) ?[-/.] ?(\d{4})$/;
const ordinalDigits = /^(\d{1,2})(?:st|nd|rd|th|er|re|ier|e|eme)?$/;

/** Takes a bare phrase (see normalise.ts) that names one day or month and nothing else; undefined for any other. */
export function readDayParts(said: string, lang: Lang): DayParts | undefined {
  if (said.length > 80) return undefined;
  return readNumeric(said) ?? readWords(said, lang);
}

export function fullYear(digits: string): number {
  return digits.length === 2 ? 2000 + Number(digits) : Number(digits);
}

function readNumeric(said: string): DayParts | undefined {
  const iso = yearFirst.exec(said);
  if (iso) return { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) };
  const match = dayFirst.exec(said);
  if (match) {
    const [day, month] = [Number(match[1]), Number(match[2] ?? match[4])];
    const digits = match[3] ?? match[5];
    const year = digits === undefined ? {} : { year: fullYear(digits) };
    if (month > 12 && month <= 31 && day <= 12) return { day: month, month: day, monthFirst: true, ...year };
    return { day, month, ...year };
  }
  const short = monthYear.exec(said);
  return short ? { month: Number(short[1]), year: Number(short[2]) } : undefined;
}

function readWords(said: string, lang: Lang): DayParts | undefined {
  const tokens = tokensOf(said);
  if (!tokens.every((token) => isPossible(token, lang))) return undefined;
  const lead = takeLead(tokens, lang);
  const { weekday, next, marked } = lead;
  const known = { ...(weekday && { weekday }), ...(next && { next }), ...(marked && { marked }) };
  if (lead.rest.length === 0) return weekday ? known : undefined;

  const numeric = marked || weekday ? readNumeric(lead.rest.join('/')) : undefined;
  if (numeric) return { ...known, ...numeric };

  const found = findMonth(lead.rest, lang);
  if (!found) {
    const day = readDay(lead.rest, lang);
    return day === undefined ? undefined : { ...known, day };
  }
  const rest = readAround(
    lead.rest.slice(0, found.at).filter(isMeaningful),
    lead.rest.slice(found.at + found.length).filter(isMeaningful),
    lang,
  );
  return rest && { ...known, ...rest, month: found.month, ...(found.guessed && { guessed: true }) };
}

/** Digits part from letters (`5sept2027`) unless they are an ordinal (`1er`, `3rd`). */
function tokensOf(said: string): Tokens {
  return said
    .replace(/(\d)(?!(?:st|nd|rd|th|er|re|ier|e|eme)(?!\p{L}))(?=\p{L})/gu, '$1 ')
    .replace(/(\p{L})(?=\d)/gu, '$1 ')
    .split(/[\s,./\-–—()]+/)
    .filter((token) => token !== '');
}

/** "le lundi", "on Monday the", "kuri uyu wa mbere, tariki ya": whatever may stand before the day itself. */
function takeLead(
  tokens: Tokens,
  lang: Lang,
): { rest: Tokens; weekday?: number; next?: true; marked?: true } {
  let rest = tokens;
  let weekday: number | undefined;
  let next = false;
  let marked = false;
  for (let round = 0; round < 6 && rest.length > 0; round++) {
    const day = weekday === undefined ? longest(weekdays, rest, lang, 4) : undefined;
    if (day && !isMonthHere(rest, day.length, lang)) {
      weekday = day.value;
      rest = rest.slice(day.length);
      continue;
    }
    const following = longest(followingWords, rest, lang, 2);
    if (following && (weekday !== undefined || longest(weekdays, rest.slice(following.length), lang, 4))) {
      next = true;
      rest = rest.slice(following.length);
      continue;
    }
    const marker = longest(markers, rest, lang, 3);
    if (!marker) break;
    marked = true;
    rest = rest.slice(marker.length);
  }
  return { rest, ...(weekday && { weekday }), ...(next && { next }), ...(marked && { marked }) };
}

/** `mar` is mardi and mars: it is the month when no other month follows. */
function isMonthHere(tokens: Tokens, length: number, lang: Lang): boolean {
  const phrase = tokens.slice(0, length).join(' ');
  return (
    find(months, phrase, lang) !== undefined &&
    findMonth(tokens.slice(length), lang) === undefined &&
    tokens.length > 1
  );
}

/**
 * The last month named, by name or as a Kinyarwanda ordinal (`ukwa kabiri`, `z'ukwa 9`). The last one, because
 * "sept mars" is the 7th of March.
 */
export function findMonth(tokens: Tokens, lang: Lang): FoundMonth | undefined {
  for (let at = tokens.length - 1; at >= 0; at--) {
    const named = find(months, tokens[at] ?? '', lang);
    if (named) return { month: named.value, at, length: 1 };
    const counted = ordinalMonth(tokens, at, lang);
    if (counted) return counted;
  }
  for (let at = tokens.length - 1; at >= 0; at--) {
    const meant = new Set(nearMonths(tokens[at] ?? '').map((name) => find(months, name, lang)?.value));
    const [month] = meant;
    if (month !== undefined && meant.size === 1) return { month, at, length: 1, guessed: true };
  }
  return undefined;
}

function ordinalMonth(tokens: Tokens, at: number, lang: Lang): FoundMonth | undefined {
  if (!/^(?:[zy]'?)?(?:ukwa|kwa|mukwa)$/.test(tokens[at] ?? '')) return undefined;
  for (let length = Math.min(3, tokens.length - at - 1); length > 0; length--) {
    const month = readDay(tokens.slice(at + 1, at + 1 + length), lang === 'rw' ? lang : 'rw');
    if (month === undefined || month < 1 || month > 12) continue;
    const before = /^(?:[zy]'?)?(?:mu|ukwezi|kwezi)$/.test(tokens[at - 1] ?? '') ? 1 : 0;
    return { month, at: at - before, length: 1 + length + before };
  }
  return undefined;
}

function readAround(before: Tokens, after: Tokens, lang: Lang): { day?: number; year?: number } | undefined {
  const tail = after.at(-1) ?? '';
  const hasYear = /^\d{4}$/.test(tail) || (/^\d{2}$/.test(tail) && (before.length > 0 || after.length > 1));
  const year = hasYear ? { year: fullYear(tail) } : {};
  const between = hasYear ? after.slice(0, -1) : after;
  const dayTokens = before.length > 0 ? before : between;
  if (before.length > 0 && between.length > 0) return undefined;
  if (dayTokens.length === 0) return year;
  const day = readDay(dayTokens, lang);
  return day === undefined ? undefined : { day, ...year };
}

function readDay(tokens: Tokens, lang: Lang): number | undefined {
  const phrase = tokens.join(' ');
  const digits = ordinalDigits.exec(phrase);
  return digits ? Number(digits[1]) : dayFromWords(phrase, lang);
}

/** A phrase index with the first words of its phrases: most tokens begin none, which is cheap to see. */
type Openings<T> = { readonly phrases: PhraseIndex<T>; readonly starts: ReadonlySet<string> };

function openings<T>(phrases: PhraseIndex<T>): Openings<T> {
  const all = [phrases.rw, phrases.fr, phrases.en].flatMap((map) => [...map.keys()]);
  return { phrases, starts: new Set(all.map((phrase) => phrase.split(' ')[0] ?? '')) };
}

function longest<T>({ phrases, starts }: Openings<T>, tokens: Tokens, lang: Lang, most: number) {
  if (!starts.has(tokens[0] ?? '')) return undefined;
  for (let length = Math.min(most, tokens.length); length > 0; length--) {
    const phrase = tokens.slice(0, length).join(' ');
    for (const language of order[lang]) {
      const value = phrases[language].get(phrase);
      if (value !== undefined) return { value, length };
    }
  }
  return undefined;
}

const fillers = new Set(
  "of de du d' the le la in en mu muri umwaka wa ya year annee an l'an this ce cette uyu kuri tariki itariki y' z'".split(
    ' ',
  ),
);

function isMeaningful(token: string): boolean {
  return !fillers.has(token);
}

/** One foreign word settles that a sentence is no date, long before it has been taken apart. */
function isPossible(token: string, lang: Lang): boolean {
  return (
    /[\d']/.test(token) ||
    vocabulary.has(token) ||
    vocabulary.has(token.replaceAll('l', 'r')) ||
    find(months, token, lang) !== undefined ||
    nearMonths(token).length > 0 ||
    dayFromWords(token, lang) !== undefined ||
    // "n" and its unit in one word (cumi nimwe).
    (token.startsWith('n') && vocabulary.has(token.slice(1)))
  );
}

const months = tableIndex((lang) => words[lang].months, Number);
const nearMonths = nearIndex([...months.rw.keys(), ...months.fr.keys(), ...months.en.keys()]);
const dayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const weekdays = openings(
  tableIndex(
    (lang) => words[lang].weekdays,
    (key) => dayNames.indexOf(key) + 1,
  ),
);
const followingWords = openings(index({ relative_next: true }));
const markers = openings(
  tableIndex(
    (lang) => ({ marker: [...words[lang].date_markers, 'tariki ya', 'ce', 'this', 'uyu'] }),
    () => true,
  ),
);
const vocabulary: ReadonlySet<string> = new Set([
  ...[weekdays, followingWords, markers]
    .flatMap(({ phrases }) => [...phrases.rw.keys(), ...phrases.fr.keys(), ...phrases.en.keys()])
    .flatMap((phrase) => phrase.split(/[\s-]/)),
  ...[words.rw, words.fr, words.en]
    .flatMap(({ numbers, ordinals }) => [...Object.values(numbers), ...Object.values(ordinals)].flat())
    .flatMap((phrase) => fold(phrase).split(/[\s-]/)),
  ...fillers,
  ...'ukwa kwa mukwa zukwa yukwa mu ukwezi kwezi mirongo na n et and'.split(' '),
]);
