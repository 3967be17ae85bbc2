import type { Lang } from '../engine/message.ts';
import { addDays, dayOf, daysBetween, nextDayNumber, nextSuchDay, weekdayOf } from './calendar-day.ts';
import type { DayParts, Mention } from './mention.ts';
import { distinct, type Found } from './settle.ts';

/** The day or days a mention may be; undefined for a day that no calendar has. */
export function daysOf(
  mention: Mention & { readonly is: 'day' | 'days' },
  lang: Lang,
  today: string,
  cautious = false,
): Found<string> | undefined {
  const { from, to } = mention;
  if (mention.is === 'days') return { from, to, values: mention.days, sure: !mention.roughly };
  const resolved = resolve(mention.parts, lang, today);
  const filled = mention.parts.year === undefined || mention.parts.guessed === true;
  return resolved && { from, to, ...resolved, sure: resolved.sure && !(cautious && filled) };
}

type Resolved = Pick<Found<string>, 'values' | 'sure' | 'ask'>;

function resolve(parts: DayParts, lang: Lang, today: string): Resolved | undefined {
  const { day, month, year, weekday } = parts;
  if (day === undefined) return weekday === undefined ? undefined : weekdays(parts, weekday, today);
  if (month === undefined) {
    const found = nextDayNumber(day, today, weekday);
    // "Lundi 18": the weekday says of which month, unless it would be far away.
    const sure = weekday !== undefined && found !== undefined && daysBetween(today, found) < 62;
    return found === undefined ? undefined : { values: [found], sure };
  }
  const found = year === undefined ? nextSuchDay(month, day, today) : dayOf(year, month, day);
  if (found === undefined) return undefined;
  if (parts.monthFirst) return { values: [found], sure: false, ask: true };
  const wrongWeekday = weekday !== undefined && weekday !== weekdayOf(found);
  // One of the two is wrong, and nobody but the writer knows which: a day beside it is offered too.
  if (wrongWeekday) {
    const beside = [addDays(found, -1), addDays(found, 1)].filter((one) => weekdayOf(one) === weekday);
    return { values: [found, ...beside], sure: false, ask: true };
  }
  return { values: [found], sure: !(parts.dayOrYear && lang !== 'en') };
}

/**
 * A bare weekday is the next one, strictly after today. "Next Friday" said on a Monday may be this week's or the next
 * one's; said on a Saturday it can only be one day.
 */
function weekdays({ turn, later, week }: DayParts, weekday: number, today: string): Resolved {
  const coming = addDays(today, ((weekday - weekdayOf(today) + 6) % 7) + 1);
  const inWeek = week === undefined ? [] : [addDays(today, weekday - weekdayOf(today) + 7 * week)];
  // "Monday in two weeks", said on a Wednesday: two weeks behind the coming one, or in the week that two weeks lead to.
  if (later !== undefined && week !== undefined)
    return { values: distinct([...inWeek, addDays(coming, 7 * later)]), sure: true };
  if (week !== undefined) return { values: inWeek, sure: true };
  if (later !== undefined) return { values: [addDays(coming, 7 * later)], sure: true };
  if (turn === 'last')
    return { values: [addDays(today, -(((weekdayOf(today) - weekday + 6) % 7) + 1))], sure: true };
  const sunday = addDays(today, 7 - weekdayOf(today));
  if (turn === 'next' && coming <= sunday) return { values: [coming, addDays(coming, 7)], sure: true };
  return { values: [coming], sure: !(turn === 'this' && weekday === weekdayOf(today)) };
}
