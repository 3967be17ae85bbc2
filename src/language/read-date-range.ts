import type { Lang, Reading } from '../engine/message.ts';
import { addDays, dayOf, lastDay, nextSuchDay, partsOf } from './calendar-day.ts';
import { type DayParts, readDayParts } from './day-parts.ts';
import { find, index } from './lexicon.ts';
import { bare } from './normalise.ts';
import { certain, likely, type ReadScope, unclear } from './reading.ts';

export type DateRange = { readonly from: string; readonly to: string };

/**
 * Two days, the first not after the second: "du 3 au 20 mai 2027", "kuva ku wa 3 kugeza ku wa 20 Gicurasi 2027",
 * `3/5/2027 - 20/5/2027`, "May to July 2027" (whole months). What the first day leaves out is taken from the second.
 * `needs_end` for a single date, `ends_before_start`, `not_a_date` for days that do not exist, else `not_a_range`.
 */
export function readDateRange(text: string, { lang, today }: ReadScope): Reading<DateRange> {
  const said = bare(text).replace(opening, '');
  if (said.length > 120) return unclear(text, 'not_a_range');
  const whole = readDayParts(said, lang);
  if (whole && !hasRangeOfDays(said, whole)) return oneDate(whole, text, today);
  for (const separator of separators) {
    for (const match of said.matchAll(separator)) {
      const left = readSide(said.slice(0, match.index), lang, today);
      const right = readSide(said.slice(match.index + match[0].length), lang, today);
      if (left && right) return join(left, right, text, today);
    }
  }
  return unclear(text, find(single, said, lang) ? 'needs_end' : 'not_a_range');
}

/** A whole month is a range, a lone day is not. */
function oneDate(parts: DayParts, text: string, today: string): Reading<DateRange> {
  if (parts.month === undefined || parts.day !== undefined) return unclear(text, 'needs_end');
  return join(parts, parts, text, today);
}

/** `3-5` is two days when a month follows elsewhere, never here: "3-20 mai" does not parse as one date. */
function hasRangeOfDays(said: string, { day, month, year }: DayParts): boolean {
  return /^\d{1,2} ?- ?\d{1,2}$/.test(said) && day !== undefined && month !== undefined && year === undefined;
}

function readSide(phrase: string, lang: Lang, today: string): DayParts | undefined {
  const side = bare(phrase).replace(opening, '');
  const offset = find(single, side, lang);
  return offset ? partsOf(addDays(today, offset.value)) : readDayParts(side, lang);
}

function join(left: DayParts, right: DayParts, text: string, today: string): Reading<DateRange> {
  if (left.monthFirst || right.monthFirst) return unclear(text, 'not_a_date');
  const endMonth = right.month ?? left.month;
  const startMonth = left.month ?? endMonth;
  if (startMonth === undefined || endMonth === undefined) return unclear(text, 'not_a_range');
  const startsBy = (year: number) => dayOf(year, startMonth, left.day ?? 1);
  const endsBy = (year: number) => dayOf(year, endMonth, right.day ?? lastDay(year, endMonth));

  const given = right.year ?? left.year;
  let from: string | undefined;
  let to: string | undefined;
  if (given === undefined) {
    from = nextSuchDay(startMonth, left.day ?? 1, today);
    if (from !== undefined) {
      const { year } = partsOf(from);
      const same = endsBy(year);
      to = same !== undefined && same >= from ? same : endsBy(year + 1);
    }
  } else if (left.year !== undefined && right.year !== undefined) {
    [from, to] = [startsBy(left.year), endsBy(right.year)];
  } else if (right.year !== undefined) {
    // "20 December to 10 January 2028" starts the year before.
    const same = startsBy(right.year);
    to = endsBy(right.year);
    from = same !== undefined && to !== undefined && same > to ? startsBy(right.year - 1) : same;
  } else {
    from = startsBy(given);
    const same = endsBy(given);
    to = same !== undefined && from !== undefined && same < from ? endsBy(given + 1) : same;
  }
  if (from === undefined || to === undefined) return unclear(text, 'not_a_date');
  if (from > to) return unclear(text, 'ends_before_start');
  const sure =
    given !== undefined &&
    left.day !== undefined &&
    right.day !== undefined &&
    !left.guessed &&
    !right.guessed;
  return sure ? certain({ from, to }) : likely({ from, to });
}

const opening =
  /^(?:(?:kuva|guhera|uhereye)(?: ku itariki ya| ku itariki| ku wa| kuwa| tariki ya| tariki| ku)?|hagati ya|depuis le|depuis|a partir du|a partir de|entre le|entre|du|de|from the|from|between the|between|starting|since):? |^(?:hagati y'|d') ?/;

/** Strong separators first: "na", "et" and a hyphen also stand inside dates. */
const separators = [
  /(?: |, ?)(?:\/ ?)?(?:kugeza:?|kugera) (?:(?:ku wa|kuwa|ku itariki ya|ku itariki|tariki ya|tariki|taliki|kuri|ku) )?/g,
  / (?:jusqu'au|jusquau|jusqu'a|until|till|til|through|thru|up to|au|to) /g,
  / ?(?:->|→|–|—) ?/g,
  / - /g,
  / (?=\d{1,2}[/.-]\d{1,2}[/.-]\d)/g,
  / (?:et le|et|and the|and|a|na) /g,
  /-/g,
] as const;

const single = index<number>({ today: 0, now: 0, tomorrow: 1, day_after_tomorrow: 2 });
