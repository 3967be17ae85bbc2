import type { Named, Scope, Slot } from '../engine/flow.ts';
import { addDays } from './calendar-day.ts';
import type { DateRange } from './range-ends.ts';
import { readDate } from './read-date.ts';
import { readDateRange } from './read-date-range.ts';
import { readMonth } from './read-month.ts';
import { readScope, within } from './slots.ts';

/** Slots of the calendar. Days are `YYYY-MM-DD`, months `YYYY-MM`, both of the person's own calendar. */

/** A day, `'today'`, or what the flow knows; undefined means no limit. */
export type Limit = 'today' | Named<string | undefined>;
export type DayLimits = { readonly notBefore?: Limit; readonly notAfter?: Limit };

/** One day; always said back with the month in words. `too_early`, `too_late`, `not_a_date`, `needs_day`. */
export function day(limits: DayLimits = {}): Slot<string> {
  return {
    kind: 'day',
    echo: true,
    read: (text, scope) => within(readDate(text, readScope(scope)), (value) => outside(value, limits, scope)),
    show: (value) => ({ date: value }),
  };
}

/** `too_early`, `too_late`, `range_too_short`, `needs_end`, `ends_before_start`, `not_a_date`, `not_a_range`. */
export function dayRange({
  minDays = 1,
  ...limits
}: DayLimits & { readonly minDays?: number } = {}): Slot<DateRange> {
  return {
    kind: 'day_range',
    echo: true,
    read: (text, scope) =>
      within(readDateRange(text, readScope(scope)), ({ from, to }) => {
        const wrong = outside(from, limits, scope) ?? outside(to, limits, scope);
        return wrong ?? (addDays(from, minDays - 1) > to ? 'range_too_short' : null);
      }),
    show: ({ from, to }) => ({ from, to }),
  };
}

/** `too_early`, `too_late`, `not_a_month`. Limits are days; a month passes when any of its days would. */
export function month(limits: DayLimits = {}): Slot<string> {
  return {
    kind: 'month',
    echo: true,
    read: (text, scope) =>
      within(readMonth(text, readScope(scope)), (value) => {
        const { first, last } = bounds(limits, scope);
        return first && value < first.slice(0, 7)
          ? 'too_early'
          : last && value > last.slice(0, 7)
            ? 'too_late'
            : null;
      }),
    show: (value) => ({ month: value }),
  };
}

/** The day so many days from the person's today, for limits such as "at most 18 months ahead". */
export function daysAhead(days: number): Named<string> {
  return ({ today }) => addDays(today, days);
}

function outside(value: string, limits: DayLimits, scope: Scope): 'too_early' | 'too_late' | null {
  const { first, last } = bounds(limits, scope);
  return first && value < first ? 'too_early' : last && value > last ? 'too_late' : null;
}

function bounds({ notBefore, notAfter }: DayLimits, scope: Scope) {
  return { first: limitOf(notBefore, scope), last: limitOf(notAfter, scope) };
}

function limitOf(limit: Limit | undefined, scope: Scope): string | undefined {
  return limit === 'today' ? scope.today : limit?.(scope);
}
