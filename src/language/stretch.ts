import type { Lang } from '../engine/message.ts';
import { addDays, addMonths, daysBetween, partsOf, weekdayOf } from './calendar-day.ts';
import type { Tokens } from './day-words.ts';
import { type Joiner, joinerBetween } from './joiners.ts';
import type { Mention } from './mention.ts';
import { type DateRange, type Edge, join } from './range-ends.ts';
import { daysOf } from './resolve-day.ts';
import type { Found } from './settle.ts';

type Made = { readonly found: Found<DateRange> } | { readonly why: string };

/** The stretch that the mentions of a message make. */
export function stretch(all: readonly Mention[], tokens: Tokens, lang: Lang, today: string): Made {
  const ends = all.filter(({ is }) => is !== 'time' && is !== 'length');
  // "Du 19 au 30 avril (2 semaines)": the length says again what the ends say.
  const points = ends.length === 2 ? ends : all.filter(({ is }) => is !== 'time');
  const [first, second, third] = points;
  if (!first) return { why: 'not_a_range' };
  if (third) return monthsInRow(points, tokens, lang, today);
  if (!second) return alone(first, today);
  const length = first.is === 'length' ? first : second.is === 'length' ? second : undefined;
  const start = length === first ? second : first;
  const [from, to] = [first.from, second.to];
  if (length?.is === 'length') {
    if (start.is !== 'day' && start.is !== 'days') return { why: 'not_a_range' };
    // "3 to 4 weeks" is a length, and no day in it.
    if (
      start.is === 'day' &&
      start.parts.month === undefined &&
      start.parts.weekday === undefined &&
      start.to === start.from + 1
    )
      return { why: 'not_a_range' };
    const days = daysOf(start, lang, today);
    if (!days) return { why: 'not_a_date' };
    const values = days.values.map((day) => ({ from: day, to: endOf(day, length) }));
    return { found: { from, to, values, sure: false } };
  }
  const joiner = between(tokens, first, second, lang);
  if (joiner === 'or') return either(first, second, today);
  const [left, right] = [edgesOf(first, today), endOfMonth(first, second) ?? edgesOf(second, today)];
  const pairs = left.flatMap((start) => right.map((end) => join(start, end, today)));
  const good = pairs.flatMap((pair) => ('values' in pair ? pair.values : []));
  if (good.length === 0)
    return { why: pairs.map((pair) => ('why' in pair ? pair.why : ''))[0] ?? 'not_a_range' };
  // Two months side by side are one stretch; two days with "and" between may be just two days.
  const whole = first.is === 'month' && second.is === 'month';
  const sure =
    (joiner === 'to' || (joiner === 'and' && whole) || (joiner === 'none' && sideBySide(first, second))) &&
    (first.is !== 'span' || first.whole) &&
    // "To the end of January" is its last day.
    (second.is !== 'span' || second.whole || second.day === second.last) &&
    [first, second].every((point) => point.is !== 'day' || !point.parts.dayOrYear || lang === 'en');
  if (joiner === 'and' && whole && monthsApart(first, second) !== 1) return { why: 'not_a_range' };
  // The middle of a month is no day that anybody named.
  const ask =
    [first, second].some((point) => point.is === 'span' && point.middle !== undefined) ||
    pairs.some((pair) => 'values' in pair && pair.ask) ||
    good.some((range) => isOtherWeekday(first, range.from) || isOtherWeekday(second, range.to));
  // "3 weeks between August and October" names no stretch.
  const said = all.find(({ is }) => is === 'length');
  if (said?.is === 'length' && good.every((range) => isShorter(said, range))) return { why: 'not_a_range' };
  return { found: { from, to, values: good, sure, ...(ask && { ask: true as const }) } };
}

/** "Du *lundi* 6", where the sixth is a Tuesday. */
function isOtherWeekday(point: Mention, day: string): boolean {
  if (point.is !== 'day' || point.parts.day === undefined) return false;
  return point.parts.weekday !== undefined && point.parts.weekday !== weekdayOf(day);
}

/** "Juin, juillet, août": one stretch, unless "or" stands between. */
function monthsInRow(points: readonly Mention[], tokens: Tokens, lang: Lang, today: string): Made {
  const [first, last] = [points[0], points.at(-1)];
  const inRow = points.every((point, at) => {
    const before = points[at - 1];
    if (point.is !== 'month') return false;
    if (!before) return true;
    const joined = joinerBetween(tokens, before.to, point.from, lang);
    return monthsApart(before, point) === 1 && joined !== 'or' && joined !== 'to';
  });
  if (!inRow || first?.is !== 'month' || last?.is !== 'month') return { why: 'not_a_range' };
  const made = join(first.parts, last.parts, today);
  return 'values' in made
    ? { found: { from: first.from, to: last.to, values: made.values, sure: true } }
    : { why: made.why };
}

/** Whether a length is much less than a stretch: then it says something else. */
function isShorter(
  { days, months }: { readonly days?: number; readonly months?: number },
  range: DateRange,
): boolean {
  return (days ?? (months ?? 0) * 30) < 0.6 * daysBetween(range.from, range.to);
}

/** `3/5/2027 20/5/2027`: two whole dates and nothing else. */
function sideBySide(first: Mention, second: Mention): boolean {
  const full = (point: Mention) =>
    point.is === 'day' && point.parts.day !== undefined && point.parts.year !== undefined;
  return full(first) && full(second) && first.to === second.from;
}

function monthsApart(a: Mention, b: Mention): number {
  const month = (point: Mention) => (point.is === 'month' ? (point.parts.month ?? 0) : 0);
  return (month(b) - month(a) + 12) % 12;
}

/** "entre le 3 et le 20 mai", "hagati ya 3 na 20": the opening word turns "and" into "to". */
function between(tokens: Tokens, first: Mention, second: Mention, lang: Lang): Joiner {
  const joiner = joinerBetween(tokens, first.to, second.from, lang);
  const leaves = tokens.some(({ text }, at) => at >= first.to && at < second.from && leaving.has(text));
  // "À la fin du mois" has the joining word in it.
  const joins = joiner === 'none' && /^(?:a|au)$/.test(tokens[second.from]?.text ?? '');
  if (joins || (leaves && joiner !== 'or')) return 'to';
  if (joiner !== 'and') return joiner;
  const opened = tokens
    .slice(0, first.to)
    .some(({ text }) => /^(?:entre|between|hagati|from|kuva|guhera|du)$/.test(text));
  return opened ? 'to' : joiner;
}

/** "Arrive 6 March, *leave* 24 March". */
const leaving = new Set(
  'end ending ends finish leave leaving back return returning depart departing departure retour repars repartirai pars'.split(
    ' ',
  ),
);

function alone(point: Mention, today: string): Made {
  const { from, to } = point;
  if (point.is === 'span') {
    return { found: { from, to, values: [{ from: point.first, to: point.last }], sure: point.whole } };
  }
  if (point.is !== 'month') return { why: point.is === 'length' ? 'not_a_range' : 'needs_end' };
  const range = join(point.parts, point.parts, today);
  return 'values' in range ? { found: { from, to, values: range.values, sure: true } } : { why: range.why };
}

function either(first: Mention, second: Mention, today: string): Made {
  const values = [first, second].flatMap((point) => {
    const made = point.is === 'month' || point.is === 'span' ? alone(point, today) : undefined;
    return made && 'found' in made ? made.found.values : [];
  });
  return values.length === 2
    ? { found: { from: first.from, to: second.to, values, sure: true } }
    : { why: 'not_a_range' };
}

/** "1 June to the end of the month": the month of the first day. */
function endOfMonth(first: Mention, second: Mention): readonly Edge[] | undefined {
  if (second.is !== 'span' || !second.unnamed || first.is !== 'day' || first.parts.month === undefined)
    return undefined;
  const { month, year } = first.parts;
  return [
    {
      month,
      ...(year !== undefined && { year }),
      ...(second.middle !== undefined && { day: partsOf(second.middle).day }),
    },
  ];
}

/** The days that a mention may begin with; as an end, a stretch counts with its last day. */
function edgesOf(point: Mention, today: string): readonly Edge[] {
  switch (point.is) {
    case 'days':
      return point.days.map(partsOf);
    case 'span':
      return [
        point.middle === undefined
          ? { ...partsOf(point.day ?? point.first), last: partsOf(point.last) }
          : partsOf(point.middle),
      ];
    case 'day': {
      const { day, weekday, turn } = point.parts;
      if (day !== undefined || weekday === undefined) return [point.parts];
      const days = daysOf({ ...point, parts: { weekday, ...(turn && { turn }) } }, 'en', today);
      return (days?.values ?? []).map((value) => ({ ...partsOf(value), rolls: true as const }));
    }
    case 'month':
      return [point.parts];
    default:
      return [];
  }
}

function endOf(day: string, { days, months }: { readonly days?: number; readonly months?: number }): string {
  return addDays(days !== undefined ? addDays(day, days) : addMonths(day, months ?? 0), -1);
}
