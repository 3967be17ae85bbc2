import type { Lang } from '../engine/message.ts';
import { addDays, addMonths, lastDay, partsOf, weekdayOf } from './calendar-day.ts';
import { ahead, behind, links, markers, monthEdges, relative, turns, weeks } from './day-phrases.ts';
import { type At, dayAt, lengthAt, monthAt, skip, type Tokens, weekdayAt } from './day-words.ts';
import { feastAt } from './feasts.ts';
import type { DayParts, Mention } from './mention.ts';
import { fullYear, monthYearAt, relativeMonthAt, yearAt } from './month-grammar.ts';
import { longestAt } from './phrases.ts';

/** Finds everything in a message that speaks of days, longest first at each place. */
export function mentionsIn(tokens: Tokens, lang: Lang, today: string): readonly Mention[] {
  const found: Mention[] = [];
  for (let at = 0; at < tokens.length; ) {
    const mention = mentionAt(tokens, at, lang, today);
    if (mention) {
      found.push(mention);
      at = mention.to;
    } else at++;
  }
  return joinWeekdays(found);
}

export function mentionAt(tokens: Tokens, at: number, lang: Lang, today: string): Mention | undefined {
  let best: Mention | undefined;
  for (const read of readers) {
    const mention = read(tokens, at, lang, today);
    if (mention && (!best || mention.to > best.to)) best = mention;
  }
  return best;
}

type Read = (tokens: Tokens, at: number, lang: Lang, today: string) => Mention | undefined;

const readers: readonly Read[] = [
  readTimeOfDay,
  readRelative,
  readCounted,
  readSpan,
  (tokens, at, lang, today) => {
    const day = readDay(tokens, at, lang, today);
    return day && { is: 'day', from: at, to: day.to, parts: day.parts };
  },
  readFeast,
  readNth,
  (tokens, at, lang, today) => {
    const month = monthYearAt(tokens, at, lang, today);
    if (!month || (month.shy && month.parts.year === undefined && !standsAsMonth(tokens, at, month.to)))
      return undefined;
    return { is: 'month', from: at, to: month.to, parts: month.parts };
  },
  (tokens, at, lang) => {
    const length = lengthAt(tokens, at, lang);
    if (!length) return undefined;
    const { to, ...amount } = length;
    return { is: 'length', from: at, to, ...amount };
  },
];

/** "I may come" is no month; "in may", "may and june" and a lone "may" are. */
function standsAsMonth(tokens: Tokens, at: number, to: number): boolean {
  const before = tokens[at - 1]?.text ?? '';
  const after = tokens[to]?.text ?? '';
  if (/^(?:i|we|it|you|he|she|they|that|which|dates?|uku|ya|wa)$/.test(before)) return false;
  if (/^(?:be|come|not|have|need|go|arrive|also|only|i|well)$/.test(after)) return false;
  return true;
}

const numericSep = /^[/.-]$/;

type Day = At<{ readonly parts: DayParts }>;

/** A day by figures, by day and month in either order, or by a weekday with or without them. */
function readDay(tokens: Tokens, at: number, lang: Lang, today: string): Day | undefined {
  let next = at;
  let turn = turnAt(tokens, next, lang);
  if (turn) next = turn.to;
  const weekday = weekdayAt(tokens, next, lang);
  if (turn && !weekday) return undefined;
  if (weekday) {
    const shortAlone = (tokens[next]?.text.length ?? 0) <= 3 && weekday.to === next + 1;
    next = weekday.to;
    const behind = turnAt(tokens, next, lang);
    if (behind) {
      turn = behind;
      next = behind.to;
    }
    const rest = coreAt(tokens, next, lang, today, true);
    if (rest) return { to: rest.to, parts: { ...rest.parts, weekday: weekday.weekday } };
    const week = weeksOn(tokens, next);
    if (week) return { to: week.to, parts: { weekday: weekday.weekday, later: week.weeks } };
    // "mar", "sat", "mer": too short to be a day in the middle of other words.
    if (shortAlone && tokens.length > 2) return undefined;
    return { to: next, parts: { weekday: weekday.weekday, ...(turn && { turn: turn.value }) } };
  }
  const core = coreAt(tokens, next, lang, today, false);
  if (core?.parts.month === undefined || core.parts.year !== undefined) return core;
  // "Le 1er avril prochain": the next one is what is meant anyway.
  const coming = turnAt(tokens, core.to, lang);
  return coming && coming.value !== 'last' ? { ...core, to: coming.to } : core;
}

/** "vendredi en huit", "Friday week": so many weeks behind the coming one. */
function weeksOn(tokens: Tokens, at: number): At<{ readonly weeks: number }> | undefined {
  const [a, b] = [tokens[at]?.text, tokens[at + 1]?.text];
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
  if (c?.value !== undefined && c.sep !== '' && numericSep.test(c.sep)) return undefined;
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
  if (!day) return undefined;
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

function monthBehind(tokens: Tokens, at: number, lang: Lang, today: string): Day | undefined {
  let next = at;
  for (let round = 0; round < 3; round++) {
    const month = monthYearAt(tokens, next, lang, today);
    if (month && !(next > at && month.to === next)) return { to: month.to, parts: month.parts };
    if (!links.has(tokens[next]?.text ?? '')) return undefined;
    next++;
  }
  return undefined;
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

function readRelative(tokens: Tokens, at: number, lang: Lang, today: string): Mention | undefined {
  const hit = longestAt(relative, tokens, at, lang);
  // "none" is now in Kinyarwanda and nought in English.
  if (hit && hit.lang !== lang && tokens[at]?.text === 'none') return undefined;
  return (
    hit && {
      is: 'days',
      from: at,
      to: at + hit.length,
      days: hit.value.map((count) => addDays(today, count)),
    }
  );
}

/** "in 3 days", "dans deux semaines", "nyuma y'iminsi itatu", "2 weeks from now", "il y a 5 jours". */
function readCounted(tokens: Tokens, at: number, lang: Lang, today: string): Mention | undefined {
  const before = longestAt(ahead, tokens, at, lang);
  const start = at + (before?.length ?? 0);
  const length = lengthAt(tokens, start, lang);
  if (!length) return undefined;
  // "A fortnight today", "three weeks tomorrow", "a week on Friday".
  const base = before ? undefined : baseDayAt(tokens, length.to, lang, today);
  if (base && length.days !== undefined && length.days % 7 === 0) {
    return { is: 'days', from: at, to: base.to, days: [addDays(base.day, length.days)] };
  }
  const after = longestAt(behind, tokens, length.to, lang);
  const sign = before?.value ?? after?.value;
  if (sign === undefined) return undefined;
  const day =
    length.days !== undefined
      ? addDays(today, sign * length.days)
      : addMonths(today, sign * (length.months ?? 0));
  return { is: 'days', from: at, to: length.to + (after?.length ?? 0), days: [day] };
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

/** Weeks, weekends and parts of a month. Parts of a month are nobody's exact days: `whole` is false. */
function readSpan(tokens: Tokens, at: number, lang: Lang, today: string): Mention | undefined {
  const week = longestAt(weeks, tokens, at, lang);
  if (week) {
    const monday = addDays(today, 1 - weekdayOf(today) + 7 * week.value.ahead);
    const first = week.value.weekend ? addDays(monday, 5) : monday;
    return { is: 'span', from: at, to: at + week.length, first, last: addDays(monday, 6), whole: true };
  }
  const part = longestAt(monthEdges, tokens, at, lang);
  if (!part) return undefined;
  let next = at + part.length;
  for (
    let round = 0;
    round < 3 && (links.has(tokens[next]?.text ?? '') || tokens[next]?.text === 'mois');
    round++
  ) {
    if (monthYearAt(tokens, next, lang, today)) break;
    next++;
  }
  const month = monthYearAt(tokens, next, lang, today);
  if (month?.parts.month === undefined) return undefined;
  const from = partsOf(today);
  const year = month.parts.year ?? (month.parts.month >= from.month ? from.year : from.year + 1);
  const last = lastDay(year, month.parts.month);
  const [first, end] = part.value;
  const day = (count: number) =>
    `${year}-${String(month.parts.month).padStart(2, '0')}-${String(count <= 0 ? last + count : count).padStart(2, '0')}`;
  if (first === end) return { is: 'days', from: at, to: month.to, days: [day(first)] };
  return { is: 'span', from: at, to: month.to, first: day(first), last: day(end), whole: false };
}

/** "Le premier lundi de mars", "last Friday of June". */
function readNth(tokens: Tokens, at: number, lang: Lang, today: string): Mention | undefined {
  const start = skip(tokens, at, 'le', 'the');
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

const nths: ReadonlyMap<string, number> = new Map([
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

function readFeast(tokens: Tokens, at: number, lang: Lang, today: string): Mention | undefined {
  const feast = feastAt(tokens, at, lang, today, (place) => yearAt(tokens, place, lang, today));
  return feast && { is: 'days', from: at, to: feast.to, days: [feast.day] };
}

/** `14h`, `14h30`, `14:30`, `2 pm`: beside a date they say nothing about the day. */
function readTimeOfDay(tokens: Tokens, at: number): Mention | undefined {
  const token = tokens[at];
  const next = tokens[at + 1];
  if (/^i?saa$/.test(token?.text ?? '') && next) return { is: 'time', from: at, to: at + 2 };
  if (token?.value === undefined || token.value > 24) return undefined;
  if (/^(?:h|hrs?|heures?|am|pm|a\.m|p\.m)$/.test(next?.text ?? '')) {
    const minutes =
      tokens[at + 2]?.value !== undefined && !tokens[at + 2]?.spaced && tokens[at + 2]?.sep === '';
    return { is: 'time', from: at, to: at + (minutes ? 3 : 2) };
  }
  if (next?.value !== undefined && next.sep === ':') return { is: 'time', from: at, to: at + 2 };
  return undefined;
}

/** "12 mai 2027 (mercredi)": a weekday beside a day belongs to it. */
function joinWeekdays(found: readonly Mention[]): readonly Mention[] {
  const joined: Mention[] = [];
  for (const mention of found) {
    const before = joined.at(-1);
    const onlyWeekday = (m: Mention) =>
      m.is === 'day' && m.parts.day === undefined && m.parts.turn === undefined;
    if (mention.is === 'day' && before?.is === 'day' && before.to === mention.from) {
      if (onlyWeekday(mention) && before.parts.day !== undefined && before.parts.weekday === undefined) {
        const { weekday } = mention.parts;
        joined[joined.length - 1] = {
          ...before,
          to: mention.to,
          parts: { ...before.parts, ...(weekday && { weekday }) },
        };
        continue;
      }
    }
    joined.push(mention);
  }
  return joined;
}
