import { addDays, dayOf, lastDay, nextSuchDay, partsOf } from './calendar-day.ts';
import type { DayParts } from './mention.ts';

/** One end of a stretch; `last` is its last day where the end is a stretch itself, `rolls` a mere weekday. */
export type Edge = DayParts & { readonly last?: DayParts; readonly rolls?: true };

export type DateRange = { readonly from: string; readonly to: string };

/** The stretch between two ends, what one leaves out taken from the other, the year from today. */
export function join(left: Edge, rightEdge: Edge, today: string): DateRange | { readonly why: string } {
  const right: DayParts = rightEdge.last ?? rightEdge;
  if (left.monthFirst || right.monthFirst) return { why: 'not_a_date' };
  const endMonth = right.month ?? left.month;
  const startMonth = left.month ?? endMonth;
  if (startMonth === undefined || endMonth === undefined) return { why: 'not_a_range' };
  const startsBy = (year: number) => dayOf(year, startMonth, left.day ?? 1);
  const endsBy = (year: number) => dayOf(year, endMonth, right.day ?? lastDay(year, endMonth));

  const given = right.year ?? left.year;
  let from: string | undefined;
  let to: string | undefined;
  if (given === undefined) {
    // A month that has begun is still this year's: its end is what counts.
    const soon = left.day === undefined && startMonth === partsOf(today).month;
    from = soon ? startsBy(partsOf(today).year) : nextSuchDay(startMonth, left.day ?? 1, today);
    if (from !== undefined) {
      const { year } = partsOf(from);
      const same = endsBy(year);
      to = same !== undefined && same >= from ? same : endsBy(year + 1);
      // "20 to 3 May" is a slip, not eleven months.
      if (startMonth === endMonth && to !== undefined && to.slice(0, 4) !== from.slice(0, 4))
        return { why: 'ends_before_start' };
    }
  } else if (left.year !== undefined && right.year !== undefined) {
    [from, to] = [startsBy(left.year), endsBy(right.year)];
  } else if (right.year !== undefined) {
    // "20 December to 10 January 2028" starts the year before.
    const same = startsBy(right.year);
    to = endsBy(right.year);
    const turns = same !== undefined && to !== undefined && same > to && startMonth !== endMonth;
    from = turns ? startsBy(right.year - 1) : same;
  } else {
    from = startsBy(given);
    const same = endsBy(given);
    const turns = same !== undefined && from !== undefined && same < from && startMonth !== endMonth;
    to = turns ? endsBy(given + 1) : same;
  }
  if (from === undefined || to === undefined) return { why: 'not_a_date' };
  // "Monday to Friday" said on a Monday: the Friday behind that Monday.
  if (rightEdge.rolls && from > to && addDays(to, 7) >= from) to = addDays(to, 7);
  return from > to ? { why: 'ends_before_start' } : { from, to };
}
