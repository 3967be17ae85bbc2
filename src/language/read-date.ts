import type { Reading } from '../engine/message.ts';
import { addDays, dayOf, nextSuchDay, partsOf, weekdayOf } from './calendar-day.ts';
import { type DayParts, readDayParts } from './day-parts.ts';
import { find, index, isAmbiguousAlone } from './lexicon.ts';
import { bare } from './normalise.ts';
import { ambiguous, certain, likely, type ReadScope, unclear } from './reading.ts';

/**
 * One calendar day, `YYYY-MM-DD`. Day first in all three languages; a day that only makes sense month first is asked
 * back. Without a year it is the next such day. `not_a_date` for days that do not exist, `needs_day` for a mere month.
 * Past days are read like any other: limits are the slot's affair.
 */
export function readDate(text: string, scope: ReadScope): Reading<string> {
  const said = bare(text);
  const offset = find(relative, said, scope.lang);
  if (offset) {
    const days = offset.value.map((count) => addDays(scope.today, count));
    const [only] = days;
    if (only === undefined || days.length > 1) return ambiguous(days);
    return isAmbiguousAlone(said, scope.lang) ? likely(only) : certain(only);
  }
  const parts = readDayParts(said, scope.lang);
  return parts ? readingOf(parts, text, scope) : unclear(text, 'not_a_date');
}

function readingOf(parts: DayParts, text: string, { today }: ReadScope): Reading<string> {
  const { day, month, year, weekday } = parts;
  if (day === undefined) {
    if (month !== undefined || weekday === undefined) return unclear(text, 'needs_day');
    const coming = addDays(today, ((weekday - weekdayOf(today) + 6) % 7) + 1);
    return parts.next ? ambiguous([coming, addDays(coming, 7)]) : likely(coming);
  }
  if (month === undefined) {
    const found = parts.marked || weekday !== undefined ? nextDayNumber(day, today) : undefined;
    return found === undefined ? unclear(text, 'not_a_date') : likely(found);
  }
  const found = year === undefined ? nextSuchDay(month, day, today) : dayOf(year, month, day);
  if (found === undefined) return unclear(text, 'not_a_date');
  if (parts.monthFirst) return ambiguous([found]);
  const wrongWeekday = weekday !== undefined && weekday !== weekdayOf(found);
  return year === undefined || wrongWeekday || parts.guessed ? likely(found) : certain(found);
}

/** The next 31st may be two months away. */
function nextDayNumber(day: number, today: string): string | undefined {
  const from = partsOf(today);
  for (let ahead = 0; ahead < 3; ahead++) {
    const month = from.month + ahead;
    const found = dayOf(from.year + Math.floor((month - 1) / 12), ((month - 1) % 12) + 1, day);
    if (found !== undefined && found >= today) return found;
  }
  return undefined;
}

/** Days from today. Kinyarwanda `ejo` is yesterday and tomorrow, `ejobundi` two days either way: asked with both dates. */
const relative = index<readonly number[]>({
  tomorrow_or_yesterday: [1, -1],
  two_days_from_or_before: [2, -2],
  today: [0],
  now: [0],
  tomorrow: [1],
  day_after_tomorrow: [2],
  yesterday: [-1],
  day_before_yesterday: [-2],
});
