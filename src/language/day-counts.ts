import type { Lang } from '../engine/message.ts';
import { addDays, addMonths, daysBetween, partsOf, weekdayOf } from './calendar-day.ts';
import { figuresAt } from './clock-grammar.ts';
import { ahead, behind, links, relative } from './day-phrases.ts';
import { type At, amountAt, skip, type Tokens, weekdayAt } from './day-words.ts';
import { feastAt } from './feasts.ts';
import { joinerAt } from './joiners.ts';
import { lengthAt } from './lengths.ts';
import type { Mention } from './mention.ts';
import { monthBehind, yearAt } from './month-grammar.ts';
import { longestAt } from './phrases.ts';
import { saaAt } from './saa-clock.ts';

/** Days that are counted from today or inside a month: "tomorrow", "in 3 weeks", "the last Friday of June", feasts. */

export function readRelative(tokens: Tokens, at: number, lang: Lang, today: string): Mention | undefined {
  const hit = longestAt(relative, tokens, at, lang);
  // "none" is now in Kinyarwanda and nought in English.
  if (hit && hit.lang !== lang && tokens[at]?.text === 'none') return undefined;
  return (
    hit && {
      is: 'days',
      from: at,
      to: at + hit.length,
      days: hit.value.map((count) => addDays(today, count)),
      // "Le surlendemain": of which day?
      ...(/lendemain$/.test(tokens[at + hit.length - 1]?.text ?? '') && { roughly: true as const }),
    }
  );
}

/** "in 3 days", "dans deux semaines", "nyuma y'iminsi itatu", "2 weeks from now", "il y a 5 jours". */
export function readCounted(
  tokens: Tokens,
  at: number,
  lang: Lang,
  today: string,
  sense?: number,
): Mention | undefined {
  const before = longestAt(ahead, tokens, at, lang);
  const behindWord = at + (before?.length ?? 0);
  const start = before ? skip(tokens, behindWord, ...precisely) : behindWord;
  const first = amountAt(tokens, start, lang);
  const either = first && joinerAt(tokens, first.to, lang);
  if (first && either && either.value !== 'and') {
    // "In two or three weeks": both.
    const second = readCounted(tokens, first.to + either.length, lang, today, before?.value);
    const last = amountAt(tokens, first.to + either.length, lang)?.count ?? 0;
    const [day] = second?.is === 'days' ? second.days : [];
    const apart = day === undefined ? 0 : daysBetween(today, day);
    if (second?.is === 'days' && day !== undefined && last > 0 && apart % last === 0)
      return { ...second, from: at, days: [addDays(today, (apart / last) * first.count), day] };
  }
  const length = lengthAt(tokens, start, lang) ?? (before && oneAt(tokens, start));
  if (!length) return undefined;
  // "A fortnight today", "three weeks tomorrow", "a week on Friday".
  const base = before ? undefined : baseDayAt(tokens, length.to, lang, today);
  if (base && length.days !== undefined && length.days % 7 === 0) {
    return { is: 'days', from: at, to: base.to, days: [addDays(base.day, length.days)] };
  }
  const after = longestAt(behind, tokens, length.to, lang);
  const sign = before?.value ?? after?.value ?? sense;
  if (sign === undefined) return undefined;
  const day =
    length.days !== undefined
      ? addDays(today, sign * length.days)
      : addMonths(today, sign * (length.months ?? 0));
  const to = length.to + (after?.length ?? 0);
  const idiom = isIdiom(tokens, length) ? [addDays(day, -sign)] : [];
  const roughly =
    /aine$/.test(tokens[skip(tokens, start, 'une', 'la')]?.text ?? '') || (length.months ?? 0) >= 12;
  return { is: 'days', from: at, to, days: [...idiom, day], ...(roughly && { roughly }) };
}

/** "Hashize *icyumweru*": one of them, and no month by its number (*ukwezi kwa gatatu*). */
function oneAt(
  tokens: Tokens,
  at: number,
): At<{ readonly days?: number; readonly months?: number }> | undefined {
  const length = singles.get(tokens[at]?.text ?? '');
  const goesOn = /^(?:kwa|cya|cy'|cyo|wa|w'|gi|ki|ku|gu)/.test(tokens[at + 1]?.text ?? '');
  return length && !goesOn ? { ...length, to: at + 1 } : undefined;
}

const singles: ReadonlyMap<string, { readonly days?: number; readonly months?: number }> = new Map([
  ['icyumweru', { days: 7 }],
  ['ukwezi', { months: 1 }],
  ['umwaka', { months: 12 }],
]);

const precisely = ['exactly', 'exactement', 'precisely', 'just', 'another'];

/** French "dans quinze jours" is two weeks as often as fifteen days, "huit jours" one week. */
function isIdiom(tokens: Tokens, { days, to }: At<{ readonly days?: number }>): boolean {
  return (days === 15 || days === 8) && /^jours?$/.test(tokens[to - 1]?.text ?? '');
}

function baseDayAt(
  tokens: Tokens,
  at: number,
  lang: Lang,
  today: string,
): At<{ readonly day: string }> | undefined {
  const start = skip(tokens, at, 'from', 'on');
  const offset = longestAt(relative, tokens, start, lang);
  const [only, other] = offset?.value ?? [];
  if (offset && only !== undefined && other === undefined)
    return { day: addDays(today, only), to: start + offset.length };
  const weekday = start > at ? weekdayAt(tokens, start, lang) : undefined;
  return (
    weekday && { day: addDays(today, ((weekday.weekday - weekdayOf(today) + 6) % 7) + 1), to: weekday.to }
  );
}

/** "Le premier lundi de mars", "last Friday of June". */
export function readNth(tokens: Tokens, at: number, lang: Lang, today: string): Mention | undefined {
  const start = /^(?:le|the)$/.test(tokens[at]?.text ?? '') ? at + 1 : at;
  const nth =
    nths.get(tokens[start]?.text ?? '') ?? (tokens[start]?.ordinal ? tokens[start]?.value : undefined);
  const weekday = nth === undefined || nth > 5 ? undefined : weekdayAt(tokens, start + 1, lang);
  const month =
    weekday && links.has(tokens[weekday.to]?.text ?? '')
      ? monthBehind(tokens, weekday.to, lang, today)
      : undefined;
  if (nth === undefined || !weekday || month?.parts.month === undefined) return undefined;
  const from = partsOf(today);
  const inYear = (year: number) => {
    const first = `${year}-${String(month.parts.month).padStart(2, '0')}-01`;
    const ahead = (weekday.weekday - weekdayOf(first) + 7) % 7;
    const days = Array.from({ length: 5 }, (_, week) => addDays(first, ahead + 7 * week)).filter(
      (day) => day.slice(0, 7) === first.slice(0, 7),
    );
    return nth === 0 ? days.at(-1) : days[nth - 1];
  };
  const soon = inYear(month.parts.year ?? from.year);
  const day =
    month.parts.year === undefined && soon !== undefined && soon < today ? inYear(from.year + 1) : soon;
  return day === undefined ? undefined : { is: 'days', from: at, to: month.to, days: [day] };
}

export const nths: ReadonlyMap<string, number> = new Map([
  ['first', 1],
  ['second', 2],
  ['third', 3],
  ['fourth', 4],
  ['last', 0],
  ['premier', 1],
  ['deuxieme', 2],
  ['second', 2],
  ['troisieme', 3],
  ['quatrieme', 4],
  ['dernier', 0],
]);

export function readFeast(tokens: Tokens, at: number, lang: Lang, today: string): Mention | undefined {
  const feast = feastAt(tokens, at, lang, today, yearAt);
  return feast && { is: 'days', from: at, to: feast.to, days: [feast.day] };
}

/** `14h`, `14h30`, `14:30`, `2 pm`: beside a date they say nothing about the day. */
export function readTimeOfDay(tokens: Tokens, at: number): Mention | undefined {
  const token = tokens[at];
  const next = tokens[at + 1];
  if (saa.test(token?.text ?? '') && (token?.text !== 'sa' || next?.value !== undefined)) {
    const clock = saaAt(tokens, at, figuresAt);
    if (clock || next) return { is: 'time', from: at, to: clock?.to ?? at + 2 };
  }
  if (fraction.test(token?.text ?? '')) return spokenTime(tokens, at + 1, at);
  if (token?.value === undefined || token.value > 24) return undefined;
  if (/^(?:h|hrs?|heures?|am|pm|a\.m|p\.m)$/.test(next?.text ?? '')) {
    const minutes =
      tokens[at + 2]?.value !== undefined && !tokens[at + 2]?.spaced && tokens[at + 2]?.sep === '';
    return { is: 'time', from: at, to: at + (minutes ? 3 : 2) };
  }
  // "At 20.15".
  const dotted =
    next?.sep === '.' && next.text.length === 2 && (next.value ?? 60) < 60 && tokens[at + 2]?.sep !== '.';
  if (dotted && /^(?:at|a|vers|around)$/.test(tokens[at - 1]?.text ?? ''))
    return { is: 'time', from: at, to: at + 2 };
  if (next?.value !== undefined && next.sep === ':') return { is: 'time', from: at, to: at + 2 };
  return undefined;
}

/** The Kinyarwanda word for an hour, however long it is drawn. */
export const saa = /^i?s+a+$/;
const fraction = /^(?:half|quarter)$/;

/** "Half 6", "quarter past 7". */
function spokenTime(tokens: Tokens, at: number, from: number): Mention | undefined {
  const hour = skip(tokens, at, 'past', 'to');
  const value = tokens[hour]?.value;
  return value !== undefined && value <= 12 ? { is: 'time', from, to: hour + 1 } : undefined;
}
