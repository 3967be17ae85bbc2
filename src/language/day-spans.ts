import type { Lang } from '../engine/message.ts';
import {
  addDays,
  addMonths,
  dayOf,
  lastDay,
  nextDayNumber,
  nextSuchDay,
  partsOf,
  weekdayOf,
} from './calendar-day.ts';
import { readDay } from './day-dates.ts';
import { links } from './day-phrases.ts';
import type { Tokens } from './day-words.ts';
import { joinerAt } from './joiners.ts';
import type { Mention } from './mention.ts';
import { monthYearAt, yearAt } from './month-grammar.ts';
import { longestAt } from './phrases.ts';
import { type MonthPart, monthParts, weeks, weeksOf, yearEnds } from './span-phrases.ts';

/** Weeks, weekends and parts of a month. Parts of a month are nobody's exact days: `whole` is false. */
export function readSpan(tokens: Tokens, at: number, lang: Lang, today: string): Mention | undefined {
  const of = weekOfAt(tokens, at, lang, today);
  if (of) return of;
  const week = longestAt(weeks, tokens, at, lang);
  if (week) {
    const monday = addDays(today, 1 - weekdayOf(today) + 7 * week.value.ahead);
    const first = week.value.weekend ? addDays(monday, 5) : monday;
    return { is: 'span', from: at, to: at + week.length, first, last: addDays(monday, 6), whole: true };
  }
  const year = longestAt(yearEnds, tokens, at, lang);
  if (year) {
    const given = yearAt(tokens, at + year.length, lang, today);
    const to = given?.to ?? at + year.length;
    return roughly(partOf(year.value, { from: at, to }, given?.year ?? partsOf(today).year, 12));
  }
  const part = longestAt(monthParts, tokens, at, lang);
  if (!part) return undefined;
  let next = at + part.length;
  // "Fin 2029", "early 2029".
  const bare =
    tokens[next]?.text.length === 4 && !isMonthWord(tokens, next)
      ? yearAt(tokens, next, lang, today)
      : undefined;
  const edge = part.value.day === 0 ? 12 : part.value.day === 1 ? 1 : undefined;
  if (bare && edge !== undefined)
    return roughly(partOf(part.value, { from: at, to: bare.to }, bare.year, edge));
  // "À la fin *du mois*", "end of *the month*": this one, or the next where that part of it is over.
  let thisMonth = tokens[next - 1]?.text === 'mois';
  for (
    let round = 0;
    round < 3 && (links.has(tokens[next]?.text ?? '') || isMonthWord(tokens, next));
    round++
  ) {
    if (monthYearAt(tokens, next, lang, today)) break;
    thisMonth ||= isMonthWord(tokens, next);
    next++;
  }
  const month = monthYearAt(tokens, next, lang, today);
  const from = partsOf(today);
  if (month?.parts.month !== undefined) {
    // "Hagati ya Werurwe na Gicurasi": between two months.
    if (part.value.day === 15 && joinerAt(tokens, month.to, lang)?.value === 'and') return undefined;
    const year = month.parts.year ?? (month.parts.month >= from.month ? from.year : from.year + 1);
    return partOf(part.value, { from: at, to: month.to }, year, month.parts.month);
  }
  if (!thisMonth) return undefined;
  const made = partOf(part.value, { from: at, to: next }, from.year, from.month);
  const over = made.is === 'span' && (made.day ?? made.last) < today;
  const later = partsOf(addMonths(`${today.slice(0, 7)}-01`, 1));
  const meant = over ? partOf(part.value, { from: at, to: next }, later.year, later.month) : made;
  return meant.is === 'span' ? { ...meant, unnamed: true } : meant;
}

function roughly(mention: Mention): Mention {
  return mention.is === 'span' ? { ...mention, roughly: true } : mention;
}

function isMonthWord(tokens: Tokens, at: number): boolean {
  return /^(?:mois|month|months|ukwezi|kwezi)$/.test(tokens[at]?.text ?? '');
}

function partOf(
  part: MonthPart,
  place: { readonly from: number; readonly to: number },
  year: number,
  month: number,
): Mention {
  const count = lastDay(year, month);
  const day = (counted: number) => dayOf(year, month, counted <= 0 ? count + counted : counted) ?? '';
  const [first, last] = [day(part.first), day(part.last)];
  if (first === last) return { is: 'days', ...place, days: [first] };
  return {
    is: 'span',
    ...place,
    first,
    last,
    whole: part.exact === true,
    ...(part.day === 15 && { middle: day(15) }),
    ...(part.day !== undefined && { day: day(part.day) }),
  };
}

/** "The week of 10 May", "semaine du 15 février": from Monday to Sunday, or from the day that it is said to start on. */
function weekOfAt(tokens: Tokens, at: number, lang: Lang, today: string): Mention | undefined {
  const hit = longestAt(weeksOf, tokens, at, lang);
  if (!hit) return undefined;
  const found = readDay(tokens, at + hit.length, lang, today);
  const { day, month, year, weekday } = found?.parts ?? {};
  if (!found || day === undefined) return undefined;
  // "La semaine du 8 au 14 mars" says its own end.
  if (joinerAt(tokens, found.to, lang)?.value === 'to' || /[-–—→>]/.test(tokens[found.to]?.sep ?? ''))
    return undefined;
  const named =
    month === undefined
      ? nextDayNumber(day, today, weekday)
      : year === undefined
        ? nextSuchDay(month, day, today)
        : dayOf(year, month, day);
  if (named === undefined) return undefined;
  const monday = addDays(named, 1 - weekdayOf(named));
  const known = month !== undefined && !found.parts.guessed;
  const place = { is: 'span', from: at, to: found.to } as const;
  if (hit.value.weekend) {
    const inside = named > addDays(monday, 4);
    return { ...place, first: addDays(monday, 5), last: addDays(monday, 6), whole: known && inside };
  }
  const first = hit.value.starts ? named : monday;
  return { ...place, first, last: addDays(first, 6), whole: known && named === monday };
}
