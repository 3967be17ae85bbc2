import {
  addDays,
  addMonths,
  dayOf,
  daysBetween,
  lastDay,
  nextDayNumber,
  nextSuchDay,
  partsOf,
} from './calendar-day.ts';
import type { DayParts } from './mention.ts';

/** One end of a stretch; `last` is its last day where the end is a stretch itself, `rolls` a mere weekday. */
export type Edge = DayParts & { readonly last?: DayParts; readonly rolls?: true };

export type DateRange = { readonly from: string; readonly to: string };

/** The stretches that two ends may mean; `ask` where even a single one must be asked back. */
export type Joined =
  | { readonly values: readonly DateRange[]; readonly ask?: true }
  | { readonly why: string };

/** The stretch between two ends, what one leaves out taken from the other, the year from today. */
export function join(left: Edge, rightEdge: Edge, today: string): Joined {
  const right: DayParts = rightEdge.last ?? rightEdge;
  if (left.monthFirst || right.monthFirst) return monthFirst(left, right, today);
  if (left.month === undefined && right.month === undefined) return daysAlone(left, right, today);
  const [from, to] = ends(left, right, today);
  if (from === undefined || to === undefined) return { why: 'not_a_date' };
  // "Monday to Friday" said on a Monday: the Friday behind that Monday.
  if (rightEdge.rolls && from > to && addDays(to, 7) >= from) return one({ from, to: addDays(to, 7) });
  const years = left.year !== undefined || right.year !== undefined;
  const turned = years ? from > to : from.slice(0, 4) !== to.slice(0, 4) && daysBetween(from, to) > longest;
  if (!turned || left.day === undefined || right.day === undefined)
    return from > to ? { why: 'ends_before_start' } : one({ from, to });
  return backwards(left, right, { from, to }, today);
}

/** Nobody stays longer: two days so far apart are in the wrong order. */
const longest = 240;

const one = (range: DateRange): Joined => ({ values: [range] });

/** Where one end leaves out its month and the order is wrong, the months may differ ("20 to 3 July"). */
function backwards(left: Edge, right: DayParts, { from, to }: DateRange, today: string): Joined {
  if (left.month !== undefined && right.month !== undefined) {
    // With their years typed one of the two is a slip, and nobody knows which.
    if (left.year !== undefined || right.year !== undefined) return { why: 'ends_before_start' };
    const [start, end] = ends(right, left, today);
    const swapped =
      start !== undefined && end !== undefined && start <= end ? [{ from: start, to: end }] : [];
    return { values: swapped.length > 0 ? swapped : [{ from, to }], ask: true };
  }
  const last = right.month === undefined ? addMonths(from, 1) : to.slice(0, 4) > from.slice(0, 4) ? from : to;
  const { year, month } = partsOf(last);
  const end = dayOf(year, month, right.day ?? 1);
  const before = partsOf(addMonths(`${last.slice(0, 7)}-01`, -1));
  const start = right.month === undefined ? from : dayOf(before.year, before.month, left.day ?? 1);
  const apart = start !== undefined && end !== undefined ? [{ from: start, to: end }] : [];
  const same = dayOf(year, month, left.day ?? 1);
  const swapped =
    right.month !== undefined && end !== undefined && same !== undefined ? [{ from: end, to: same }] : [];
  return apart.length > 0 ? { values: [...apart, ...swapped], ask: true } : { why: 'ends_before_start' };
}

/** "From the 3rd to the 20th": the next such days. */
function daysAlone(left: Edge, right: DayParts, today: string): Joined {
  if (left.day === undefined || right.day === undefined) return { why: 'not_a_range' };
  const from = nextDayNumber(left.day, today);
  const to = from && nextDayNumber(right.day, from);
  return from === undefined || to === undefined
    ? { why: 'not_a_date' }
    : { values: [{ from, to }], ask: true };
}

/** `07/13/2027 to 07/30/2027`: month first, so the other end is too where it can be. */
function monthFirst(left: Edge, right: DayParts, today: string): Joined {
  const straight = ({ monthFirst: _, ...parts }: DayParts): DayParts => parts;
  const swapped = ({ monthFirst: first, day, month, ...parts }: DayParts): DayParts =>
    first || day === undefined || month === undefined
      ? { ...parts, ...(day !== undefined && { day }), ...(month !== undefined && { month }) }
      : { ...parts, day: month, month: day };
  const made = [
    [swapped(left), swapped(right)],
    [straight(left), straight(right)],
  ].flatMap(([a = {}, b = {}]) => {
    const [from, to] = ends(a, b, today);
    return from !== undefined && to !== undefined && from <= to && daysBetween(from, to) < longest
      ? [{ from, to }]
      : [];
  });
  return made.length > 0 ? { values: made, ask: true } : { why: 'not_a_date' };
}

/** First and last day, in whatever order; undefined for days that do not exist. */
function ends(
  left: DayParts,
  right: DayParts,
  today: string,
): readonly [string | undefined, string | undefined] {
  const endMonth = right.month ?? left.month ?? 0;
  const startMonth = left.month ?? endMonth;
  const startsBy = (year: number) => dayOf(year, startMonth, left.day ?? 1);
  const endsBy = (year: number) => dayOf(year, endMonth, right.day ?? lastDay(year, endMonth));
  const given = right.year ?? left.year;
  if (given === undefined) {
    // A month that has begun is still this year's: its end is what counts.
    const soon = left.day === undefined && startMonth === partsOf(today).month;
    const from = soon ? startsBy(partsOf(today).year) : nextSuchDay(startMonth, left.day ?? 1, today);
    if (from === undefined) return [undefined, undefined];
    const { year } = partsOf(from);
    const same = endsBy(year);
    return [from, same !== undefined && same >= from ? same : endsBy(year + 1)];
  }
  if (left.year !== undefined && right.year !== undefined) return [startsBy(left.year), endsBy(right.year)];
  if (right.year !== undefined) {
    // "20 December to 10 January 2028" starts the year before.
    const [same, to] = [startsBy(right.year), endsBy(right.year)];
    const turns = same !== undefined && to !== undefined && same > to && startMonth !== endMonth;
    return [turns ? startsBy(right.year - 1) : same, to];
  }
  const [from, same] = [startsBy(given), endsBy(given)];
  const turns = same !== undefined && from !== undefined && same < from && startMonth !== endMonth;
  return [from, turns ? endsBy(given + 1) : same];
}
