import type { Lang } from '../engine/message.ts';
import { addMonths, partsOf } from './calendar-day.ts';
import { links, relativeMonths, relativeYears, yearLinks } from './day-phrases.ts';
import { type At, dayAt, monthAt, monthNameAt, skip, type Tokens } from './day-words.ts';
import type { DayParts } from './mention.ts';
import { longestAt } from './phrases.ts';

const numericSep = /^[/.-]$/;

export type MonthYear = At<{ readonly parts: DayParts; readonly shy?: true }>;

/** A month, and its year where one follows: "mai 2027", "ukwa gatanu umwaka utaha", "du mois prochain", "09/2027". */
export function monthYearAt(tokens: Tokens, at: number, lang: Lang, today: string): MonthYear | undefined {
  const [a, b] = [tokens[at], tokens[at + 1]];
  if (a?.value !== undefined) {
    if (b?.value === undefined || !/^[/.-]?$/.test(b.sep)) return undefined;
    if (a.text.length <= 2 && b.text.length === 4 && a.value >= 1 && a.value <= 12 && !a.ordinal)
      return { to: at + 2, parts: { month: a.value, year: b.value } };
    if (
      a.text.length === 4 &&
      b.text.length <= 2 &&
      b.value >= 1 &&
      b.value <= 12 &&
      !numericSep.test(tokens[at + 2]?.sep ?? '')
    )
      return { to: at + 2, parts: { month: b.value, year: a.value } };
    const named = a.text.length === 4 ? monthNameAt(tokens, at + 1, lang) : undefined;
    return named && isYear(a.value)
      ? { to: named.to, parts: { month: named.month, year: a.value } }
      : undefined;
  }
  const relative = relativeMonthAt(tokens, at, lang, today);
  if (relative) return relative;
  const month = monthAt(tokens, at, lang);
  if (!month) return undefined;
  const year = yearAt(tokens, month.to, lang, today) ?? pastYear(tokens, at, month, today);
  const shy = month.shy && { shy: true as const };
  const guessed = month.guessed && { guessed: true as const };
  return {
    to: year?.to ?? month.to,
    parts: { month: month.month, ...(year && { year: year.year }), ...guessed },
    ...shy,
  };
}

/** "Last June", "juin dernier": the latest one that is over. */
function pastYear(
  tokens: Tokens,
  at: number,
  { month, to }: At<{ readonly month: number }>,
  today: string,
): At<{ readonly year: number }> | undefined {
  const behind = /^(?:dernier|passe|gishize|gushize)$/.test(tokens[to]?.text ?? '');
  if (!behind && (tokens[at - 1]?.text !== 'last' || tokens[at - 2]?.text === 'the')) return undefined;
  const now = partsOf(today);
  return { year: month < now.month ? now.year : now.year - 1, to: behind ? to + 1 : to };
}

/** A month behind a day, with the words that join them: "5 *of May*", "8 *z'ukwa gatatu*". */
export function monthBehind(
  tokens: Tokens,
  at: number,
  lang: Lang,
  today: string,
): At<{ readonly parts: DayParts }> | undefined {
  let next = at;
  for (let round = 0; round < 3; round++) {
    const month = monthYearAt(tokens, next, lang, today);
    if (month && !(next > at && month.to === next)) return { to: month.to, parts: month.parts };
    if (!links.has(tokens[next]?.text ?? '')) return undefined;
    next++;
  }
  return undefined;
}

export function relativeMonthAt(
  tokens: Tokens,
  at: number,
  lang: Lang,
  today: string,
): MonthYear | undefined {
  const hit = longestAt(relativeMonths, tokens, at, lang);
  // "Septembre, j'ai pas cours *ce mois-là*" points back.
  if (!hit || (hit.value === 0 && tokens[at]?.text === 'ce' && tokens[at + hit.length]?.text === 'la'))
    return undefined;
  const { year, month } = partsOf(addMonths(`${today.slice(0, 7)}-01`, hit.value));
  return { to: at + hit.length, parts: { month, year } };
}

export function yearAt(
  tokens: Tokens,
  at: number,
  lang: Lang,
  today: string,
): At<{ readonly year: number }> | undefined {
  let next = at;
  for (let round = 0; round < 4; round++) {
    const relative = longestAt(relativeYears, tokens, next, lang);
    if (relative) return { year: Number(today.slice(0, 4)) + relative.value, to: next + relative.length };
    const token = tokens[next];
    const spoken = spokenYear(tokens, next);
    if (spoken) return spoken;
    if (token?.value !== undefined) {
      if (token.ordinal || (/[-–→>]/.test(token.sep) && (next > at || token.spaced))) return undefined;
      if (token.text.length === 4 && isYear(token.value) && !timeBehind(tokens, next))
        return { year: token.value, to: next + 1 };
      const short = token.text.length === 2 && !followsRange(tokens, next) && !/[→–>]/.test(token.sep);
      if (short && (token.sep === "'" || token.sep === '/' || next === at)) {
        // Behind a bare month two digits may be a day: that is for who asked.
        if (token.sep === "'" || token.sep === '/' || tokens[at - 2]?.value !== undefined || next > at) {
          return token.value >= 20 && token.value <= 60
            ? { year: 2000 + token.value, to: next + 1 }
            : undefined;
        }
      }
      return undefined;
    }
    if (!yearLinks.has(token?.text ?? '')) return undefined;
    next++;
  }
  return undefined;
}

/** "deux mille vingt-sept", "twenty twenty seven", "two thousand and twenty seven". */
function spokenYear(tokens: Tokens, at: number): At<{ readonly year: number }> | undefined {
  const [a = '', b = ''] = [tokens[at]?.text, tokens[at + 1]?.text];
  const next =
    (a === 'deux' && b === 'mille') || (a === 'two' && b === 'thousand')
      ? skip(tokens, at + 2, 'and')
      : a === 'twenty' && b === 'twenty'
        ? at + 1
        : undefined;
  if (next === undefined) return undefined;
  const tail = dayAt(tokens, next, a === 'deux' ? 'fr' : 'en', 2);
  return tail && tail.day >= 20 ? { year: 2000 + tail.day, to: tail.to } : undefined;
}

/** "mai 20 - 27" and "5 mai 20:00": the two digits belong to what follows. */
function followsRange(tokens: Tokens, at: number): boolean {
  const next = tokens[at + 1];
  return timeBehind(tokens, at) || (next?.value !== undefined && /^[-–→:.]$/.test(next.sep));
}

function timeBehind(tokens: Tokens, at: number): boolean {
  return /^(?:h|hrs?|am|pm|heures?)$/.test(tokens[at + 1]?.text ?? '') || tokens[at + 1]?.sep === ':';
}

export function isYear(value: number): boolean {
  return value >= 1900 && value <= 2199;
}

export function fullYear(digits: string): number {
  return digits.length === 2 ? 2000 + Number(digits) : Number(digits);
}
