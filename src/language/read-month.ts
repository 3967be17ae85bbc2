import type { Reading } from '../engine/message.ts';
import { monthOf, partsOf } from './calendar-day.ts';
import { fullYear, readDayParts } from './day-parts.ts';
import { find, index } from './lexicon.ts';
import { bare } from './normalise.ts';
import { certain, likely, type ReadScope, unclear } from './reading.ts';

/**
 * A month, `YYYY-MM`: `09/2027`, `sept 2027`, `mu kwa 9 2027`. Without a year it is the next such month, this one
 * included. A two-digit year and a whole date are asked back; `not_a_month` otherwise.
 */
export function readMonth(text: string, { lang, today }: ReadScope): Reading<string> {
  const said = bare(text);
  const yearFirst = /^(\d{4}) ?[-/.] ?(\d{1,2})$/.exec(said);
  if (yearFirst) return readingOf(monthOf(Number(yearFirst[1]), Number(yearFirst[2])), certain, text);
  const numeric = /^(\d{1,2}) ?[-/. ] ?(\d{4}|\d{2})$/.exec(said);
  if (numeric?.[2] !== undefined) {
    const found = monthOf(fullYear(numeric[2]), Number(numeric[1]));
    return readingOf(found, numeric[2].length === 4 ? certain : likely, text);
  }
  if (find(nextMonth, said, lang)) return readingOf(after(today, 1), likely, text);

  const parts = readDayParts(said, lang);
  if (parts?.month === undefined || parts.monthFirst) return unclear(text, 'not_a_month');
  if (parts.day !== undefined && parts.year === undefined) {
    // "mai 27" is the month of a year as often as the 27th of May.
    return readingOf(monthOf(2000 + parts.day, parts.month), likely, text);
  }
  const from = partsOf(today);
  const year = parts.year ?? (parts.month >= from.month ? from.year : from.year + 1);
  const sure = parts.year !== undefined && parts.day === undefined && !parts.guessed;
  return readingOf(monthOf(year, parts.month), sure ? certain : likely, text);
}

function readingOf(
  month: string | undefined,
  confident: (value: string) => Reading<string>,
  text: string,
): Reading<string> {
  return month === undefined ? unclear(text, 'not_a_month') : confident(month);
}

function after(today: string, count: number): string | undefined {
  const { year, month } = partsOf(today);
  return monthOf(year + Math.floor((month - 1 + count) / 12), ((month - 1 + count) % 12) + 1);
}

const nextMonth = index({ next_month: true });
