import type { Lang } from '../engine/message.ts';
import { daysBetween } from './calendar-day.ts';
import { readCounted, readTimeOfDay } from './day-counts.ts';
import { links, markers, turns } from './day-phrases.ts';
import { type At, dayAt, monthAt, skip, type Tokens, weekdayAt } from './day-words.ts';
import { lengthAt } from './lengths.ts';
import type { DayParts } from './mention.ts';
import { fullYear, monthBehind, relativeMonthAt, yearAt } from './month-grammar.ts';
import { longestAt } from './phrases.ts';
import { weeks } from './span-phrases.ts';

const numericSep = /^[/.-]$/;

type Day = At<{ readonly parts: DayParts }>;

/** A day by figures, by day and month in either order, or by a weekday with or without them. */
export function readDay(tokens: Tokens, at: number, lang: Lang, today: string): Day | undefined {
  // "Next week Thursday", "icyumweru gitaha ku wa kane".
  const week = longestAt(weeks, tokens, at, lang);
  const inWeek = week && !week.value.weekend && weekdayAt(tokens, skip(tokens, at + week.length, 'on'), lang);
  if (week && inWeek) return { to: inWeek.to, parts: { weekday: inWeek.weekday, week: week.value.ahead } };
  let next = at;
  let turn = turnAt(tokens, next, lang);
  if (turn) next = turn.to;
  const weekday = weekdayAt(tokens, next, lang);
  if (turn && !weekday) return undefined;
  if (weekday) {
    const shortAlone = (tokens[next]?.text.length ?? 0) <= 3 && weekday.to === next + 1;
    next = weekday.to;
    const named = namedWeek(tokens, next, lang);
    if (named) return { to: named.to, parts: { weekday: weekday.weekday, week: named.ahead } };
    const behind = turnAt(tokens, next, lang);
    if (behind) {
      turn = behind;
      next = behind.to;
    }
    const rest = coreAt(tokens, next, lang, today, true);
    if (rest) return { to: rest.to, parts: { ...rest.parts, weekday: weekday.weekday } };
    const week = weeksOn(tokens, next);
    if (week) return { to: week.to, parts: { weekday: weekday.weekday, later: week.weeks } };
    const counted = readCounted(tokens, next, lang, today);
    const [on] = counted?.is === 'days' ? counted.days : [];
    const days = on === undefined ? 0 : daysBetween(today, on);
    if (counted && days > 0 && days % 7 === 0)
      return { to: counted.to, parts: { weekday: weekday.weekday, later: days / 7, week: days / 7 } };
    // "mar", "sat", "mer": too short to be a day in the middle of other words.
    if (shortAlone && tokens.length > 2 && !standsAsDay(tokens, next, lang)) return undefined;
    return { to: next, parts: { weekday: weekday.weekday, ...(turn && { turn: turn.value }) } };
  }
  const core = coreAt(tokens, next, lang, today, false);
  if (core?.parts.month === undefined || core.parts.year !== undefined) return core;
  // "Le 1er avril prochain": the next one is what is meant anyway.
  const coming = turnAt(tokens, core.to, lang);
  return coming && coming.value !== 'last' ? { ...core, to: coming.to } : core;
}

/** "Thursday *of next week*", "ku wa kane *w'icyumweru gitaha*". */
function namedWeek(tokens: Tokens, at: number, lang: Lang): At<{ readonly ahead: number }> | undefined {
  for (const start of links.has(tokens[at]?.text ?? '') ? [at, at + 1, at + 2] : [at]) {
    const hit = longestAt(weeks, tokens, start, lang);
    if (hit && !hit.value.weekend) return { ahead: hit.value.ahead, to: start + hit.length };
  }
  return undefined;
}

/** "Sat or sun", "on tue", "ce mer": a short name with a word before or behind it that days have. */
function standsAsDay(tokens: Tokens, to: number, lang: Lang): boolean {
  const [before, after] = [tokens[to - 2]?.text ?? '', tokens[to]?.text ?? ''];
  if (/^(?:on|this|next|coming|for|ce|le|or|ou|and|et|until|till|from|cyangwa)$/.test(before)) return true;
  return /^(?:or|ou|and|to|till|morning|afternoon|evening|matin|soir|cyangwa)$/.test(after)
    ? weekdayAt(tokens, to + 1, lang) !== undefined ||
        /^(?:morning|afternoon|evening|matin|soir)$/.test(after)
    : false;
}

/** "vendredi en huit", "Friday week": so many weeks behind the coming one. */
function weeksOn(tokens: Tokens, at: number): At<{ readonly weeks: number }> | undefined {
  const [a, b] = [tokens[at]?.text, tokens[at + 1]?.text];
  if (a === 'after' && b === 'next') return { weeks: 1, to: at + 2 };
  if (a === 'en' && b === 'huit') return { weeks: 1, to: at + 2 };
  if (a === 'en' && b === 'quinze') return { weeks: 2, to: at + 2 };
  return a === 'week' && b === undefined ? { weeks: 1, to: at + 1 } : undefined;
}

function coreAt(tokens: Tokens, at: number, lang: Lang, today: string, weekday: boolean): Day | undefined {
  let next = at;
  let marked = weekday;
  for (let round = 0; round < 5; round++) {
    const marker = longestAt(markers, tokens, next, lang);
    if (!marker) break;
    // "Kuva *ku wa mbere*" is from Monday, and not from the first.
    for (let inside = next + (round > 0 ? 0 : 1); inside < next + marker.length; inside++)
      if (weekdayAt(tokens, inside, lang)) return undefined;
    marked = true;
    next += marker.length;
  }
  return (
    numericAt(tokens, next) ??
    dayThenMonth(tokens, next, lang, today) ??
    monthThenDay(tokens, next, lang, today) ??
    (next > at || weekday ? dayAlone(tokens, next, lang, marked) : ordinalAlone(tokens, next, lang))
  );
}

function numericAt(tokens: Tokens, at: number): Day | undefined {
  const [a, b, c] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  if (a?.value === undefined || a.ordinal) return undefined;
  if (a.text.length === 8) return compact(a.text, at);
  if (b?.value === undefined || b.ordinal || b.text.length > 2) return undefined;
  const three = c?.value !== undefined && !c.ordinal && sameSep(b.sep, c.sep);
  if (a.text.length === 4 && three && c.text.length <= 2 && numericSep.test(b.sep)) {
    return { to: at + 3, parts: { year: a.value, month: b.value, day: c.value } };
  }
  if (a.text.length > 2) return undefined;
  if (three && (c.text.length === 4 || (c.text.length === 2 && (b.sep !== '' || a.text.length === 2)))) {
    return { to: at + 3, parts: swapped(a.value, b.value, fullYear(c.text)) };
  }
  if (!numericSep.test(b.sep)) return undefined;
  // "5/9 2027"; but "3-20/5/2027" is a range whose second day is 20/5.
  const goesOn = c?.value !== undefined && c.sep !== '' && numericSep.test(c.sep);
  if (goesOn && (b.sep === '-' || sameSep(b.sep, c.sep))) return undefined;
  if (c?.value !== undefined && c.sep === '' && c.text.length === 4) {
    return { to: at + 3, parts: swapped(a.value, b.value, c.value) };
  }
  // "8.30" is a time, "3-20 mai" and "3-5" are two days; a slash is always a date.
  const after = tokens[at + 2]?.text;
  if (b.sep === '-' || (b.sep === '.' && b.value > 12)) {
    if (b.sep === '.' || tokens.length > 2 || after !== undefined)
      return b.sep === '-' && tokens.length <= 3 && !after
        ? { to: at + 2, parts: swapped(a.value, b.value) }
        : undefined;
  }
  if (b.value > 31 || (b.value > 12 && a.value > 12)) return undefined;
  return { to: at + 2, parts: swapped(a.value, b.value) };
}

function sameSep(a: string, b: string): boolean {
  const one = a.replace(/^(.)\1+$/, '$1');
  return one === b.replace(/^(.)\1+$/, '$1') && /^[/.,-]?$/.test(one);
}

/** 03052027 or 20270503. */
function compact(digits: string, at: number): Day | undefined {
  const [day, month, year] = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4)].map(Number);
  const back = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)].map(Number);
  if (day && month && year && day <= 31 && month <= 12 && year >= 2000 && year < 2100)
    return { to: at + 1, parts: { day, month, year } };
  const [y = 0, m = 0, d = 0] = back;
  if (y >= 2000 && y < 2100 && m >= 1 && m <= 12 && d >= 1 && d <= 31)
    return { to: at + 1, parts: { day: d, month: m, year: y } };
  return undefined;
}

function swapped(day: number, month: number, year?: number): DayParts {
  const known = year === undefined ? {} : { year };
  if (month > 12 && month <= 31 && day <= 12) return { day: month, month: day, monthFirst: true, ...known };
  return { day, month, ...known };
}

function dayThenMonth(tokens: Tokens, at: number, lang: Lang, today: string): Day | undefined {
  const day = dayAt(tokens, at, lang);
  // "Mbere ya Nzeri" is before September, "tariki ya mbere" the first.
  const before = /^(?:ya|y'|wa|w'|tariki)$/.test(tokens[at - 1]?.text ?? '');
  if (tokens[at]?.text === 'mbere' && !before) return undefined;
  // French "sept" is seven; "Sept - Oct" are two months.
  if (!day || (tokens[at]?.text === 'sept' && (lang !== 'fr' || /[-–—]/.test(tokens[at + 1]?.sep ?? ''))))
    return undefined;
  for (let end = day.to; ; ) {
    // "vingt et un sept mars": the longest number first, then shorter ones, until a month follows.
    const month = monthBehind(tokens, end, lang, today);
    if (month)
      return { to: month.to, parts: { day: dayOfTokens(tokens, at, end, lang) ?? day.day, ...month.parts } };
    if (--end <= at) return undefined;
    if (dayOfTokens(tokens, at, end, lang) === undefined) return undefined;
  }
}

function dayOfTokens(tokens: Tokens, from: number, to: number, lang: Lang): number | undefined {
  const day = dayAt(tokens.slice(0, to), from, lang);
  return day?.to === to ? day.day : undefined;
}

function monthThenDay(tokens: Tokens, at: number, lang: Lang, today: string): Day | undefined {
  const year = tokens[at]?.text.length === 4 ? tokens[at]?.value : undefined;
  const start = year === undefined ? at : at + 1;
  const relative = relativeMonthAt(tokens, start, lang, today);
  const month = relative ? { ...relative.parts, to: relative.to } : monthAt(tokens, start, lang);
  if (month?.month === undefined) return undefined;
  let next = month.to;
  let marked = relative !== undefined;
  for (let round = 0; round < 3; round++) {
    const marker = longestAt(markers, tokens, next, lang);
    if (!marker) break;
    marked = true;
    next += marker.length;
  }
  const day = dayAt(tokens, next, lang);
  if (!day || (tokens[next]?.value === undefined && !marked && !day.ordinal)) return undefined;
  // "mai - 20" and "mai 3-5" are not for here.
  if (/[-–→/]/.test(tokens[next]?.sep ?? '') && tokens[next]?.sep !== '-') return undefined;
  const ahead = yearAt(tokens, day.to, lang, today);
  const given = year ?? ahead?.year ?? ('year' in month ? month.year : undefined);
  if (
    year === undefined &&
    given === undefined &&
    !day.ordinal &&
    !marked &&
    tokens[next]?.text.length === 2
  ) {
    return { to: day.to, parts: { day: day.day, month: month.month, dayOrYear: true } };
  }
  return {
    to: ahead && year === undefined ? ahead.to : day.to,
    parts: {
      day: day.day,
      month: month.month,
      ...(given !== undefined && { year: given }),
      ...(month.guessed && { guessed: true as const }),
    },
  };
}

function dayAlone(tokens: Tokens, at: number, lang: Lang, marked: boolean): Day | undefined {
  const day = dayAt(tokens, at, lang);
  if (!day || !marked) return undefined;
  // "le 3 semaines", "at 5 pm": an amount or an hour.
  if (lengthAt(tokens, at, lang) || readTimeOfDay(tokens, at)) return undefined;
  return { to: day.to, parts: { day: day.day, alone: true } };
}

function ordinalAlone(tokens: Tokens, at: number, lang: Lang): Day | undefined {
  const token = tokens[at];
  return token?.ordinal && token.text.length <= 2 ? dayAlone(tokens, at, lang, true) : undefined;
}

function turnAt(tokens: Tokens, at: number, lang: Lang) {
  const hit = longestAt(turns, tokens, at, lang);
  return hit && { value: hit.value, to: at + hit.length };
}
