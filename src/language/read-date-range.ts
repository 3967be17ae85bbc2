import type { Lang, Reading } from '../engine/message.ts';
import { roleAt } from './around.ts';
import { addDays, addMonths, partsOf } from './calendar-day.ts';
import { mentionAt } from './day-grammar.ts';
import { dayAt, type Tokens } from './day-words.ts';
import { busy } from './doubtful.ts';
import { type Joiner, joinerAt, joinerBetween } from './joiners.ts';
import type { Mention } from './mention.ts';
import { type DateRange, type Edge, join } from './range-ends.ts';
import { daysOf, exceptions } from './read-date.ts';
import { ambiguous, likely, type ReadScope, unclear } from './reading.ts';
import { type Found, settle } from './settle.ts';
import { corrected } from './taken-back.ts';
import { tokenise } from './tokens.ts';

/**
 * A stretch of days, both ends included: "du 3 au 20 mai 2027", "kuva ku wa 3 kugeza ku wa 20 Gicurasi 2027",
 * `3/5/2027 - 20/5/2027`, "May to July 2027" (whole months), "next week", "2 weeks from 3 May". What the first day
 * leaves out is taken from the second. Parts of a month ("début mai") and lengths are asked back. `needs_end` for a
 * single date, `ends_before_start`, `not_a_date` for days that do not exist, else `not_a_range`.
 */
export function readDateRange(text: string, { lang, today, cautious }: ReadScope): Reading<DateRange> {
  const tokens = tokenise(text);
  const reading = alternatives(tokens, text, lang, today) ?? readStretch(tokens, text, lang, today);
  return cautious && reading.kind === 'value' && isFilled(pointsIn(tokens, lang, today))
    ? likely(reading.value)
    : reading;
}

/** Whether a year, or the days of whole months, were put in by us. */
function isFilled(points: readonly Mention[]): boolean {
  const named = points.flatMap((point) => (point.is === 'day' || point.is === 'month' ? [point] : []));
  const years = named.some(({ parts }) => parts.year !== undefined);
  return (
    named.length > 0 &&
    (!years || named.some((point) => point.is === 'month' || point.parts.guessed === true))
  );
}

/** Two stretches with "or" between are asked back; one taken back ("du 3, non, du 5 au 14 mai") leaves the other. */
function alternatives(
  tokens: Tokens,
  text: string,
  lang: Lang,
  today: string,
): Reading<DateRange> | undefined {
  for (let at = 1; at < tokens.length - 1; at++) {
    const joiner = joinerAt(tokens, at, lang);
    const role = roleAt(tokens, at, lang);
    const taken =
      role?.value === 'instead' || (role?.value === 'not' && /^(?:non|no|oya)$/.test(tokens[at]?.text ?? ''));
    // "10-24 May, not 12-24": what follows is denied, whole or not.
    const next = at + (role?.length ?? 1);
    const denies = mentionAt(tokens, next, lang, today) ?? dayAt(tokens, next, lang);
    if (role?.value === 'not' && !taken && denies !== undefined) {
      const stands = readStretch(tokens.slice(0, at), text, lang, today);
      if (stands.kind === 'value') return stands;
    }
    if (joiner?.value !== 'or' && !taken) continue;
    const right = readStretch(tokens.slice(at + (joiner?.length ?? role?.length ?? 1)), text, lang, today);
    if (right.kind !== 'value') continue;
    if (joiner?.value !== 'or') return right;
    const left = readStretch(tokens.slice(0, at), text, lang, today);
    if (left.kind === 'value')
      return left.value === right.value ? left : ambiguous([left.value, right.value]);
  }
  return undefined;
}

function readStretch(tokens: Tokens, text: string, lang: Lang, today: string): Reading<DateRange> {
  const { kept: points, dropped } = corrected(pointsIn(tokens, lang, today), tokens, lang);
  // "Sauf en août": every other time, which is no stretch.
  if (tokens.some(({ text: word }) => exceptions.has(word))) return unclear(text, 'not_a_range');
  const made = isOpen(tokens, points) ? { why: 'needs_end' } : stretch(points, tokens, lang, today);
  if ('why' in made) return unclear(text, made.why);
  const spans = [made.found, ...dropped, ...points.filter(({ is }) => is === 'time' || is === 'length')];
  return settle([made.found], {
    tokens,
    lang,
    text,
    also: spans,
    beside: { words: connecting, doubtful: busy },
    why: 'not_a_range',
    harmless: ['until', ...(isLimited(tokens, spans) ? [] : (['block'] as const))],
  });
}

/** "From June onwards", "guhera mu kwa gatandatu", "jusqu'en juin": one end only. */
function isOpen(tokens: Tokens, points: readonly Mention[]): boolean {
  const real = points.filter(({ is }) => is !== 'time');
  return real.length === 1 && real[0]?.is !== 'span' && tokens.some(({ text }) => oneEnded.has(text));
}

const oneEnded = new Set(
  "from starting since onwards onward kuva guhera uhereye kugeza kugera gukomeza partir des depuis jusqu' jusqu'au jusque jusquau until till til beginning through".split(
    ' ',
  ),
);

type Made = { readonly found: Found<DateRange> } | { readonly why: string };

/** "Before", "after", "at least" beside a stretch make another thing of it. */
const limits = new Set(
  'before after avant apres mbere least most every chaque buri tous toutes sauf except moins'.split(' '),
);
const connecting = new Set('from between entre kuva guhera hagati du pendant durant for during'.split(' '));

function isLimited(tokens: Tokens, spans: readonly { from: number; to: number }[]): boolean {
  return tokens.some(
    ({ text }, at) => limits.has(text) && !spans.some(({ from, to }) => from <= at && at < to),
  );
}

/** Mentions of time, and bare day numbers beside a joining word: "3 au 20 mai", "May 3 - 20". */
function pointsIn(tokens: Tokens, lang: Lang, today: string): readonly Mention[] {
  const points: Mention[] = [];
  for (let at = 0; at < tokens.length; ) {
    const mention = mentionAt(tokens, at, lang, today);
    const bare = dayAt(tokens, at, lang, 4);
    const joins = (to: number) => {
      const joined = joinerAt(tokens, to, lang) !== undefined || /[-–—→>]/.test(tokens[to]?.sep ?? '');
      return to < tokens.length && joined;
    };
    if (mention && !(mention.is === 'length' && bare && joins(bare.to))) {
      points.push(mention);
      at = mention.to;
      continue;
    }
    const before = points.at(-1);
    const behind = before?.is === 'day' && joinerBetween(tokens, before.to, at, lang) === 'to';
    if (
      bare &&
      (tokens[at]?.value !== undefined || bare.ordinal || joins(bare.to)) &&
      (joins(bare.to) || behind)
    ) {
      const year = behind ? yearBehind(tokens, bare.to) : undefined;
      points.push({
        is: 'day',
        from: at,
        to: bare.to + (year === undefined ? 0 : 1),
        parts: { day: bare.day, ...(year !== undefined && { year }) },
      });
      at = points.at(-1)?.to ?? at + 1;
    } else at++;
  }
  return points;
}

/** "May 3 to 20, 2027". */
function yearBehind(tokens: Tokens, at: number): number | undefined {
  const token = tokens[at];
  return token?.value !== undefined && token.text.length === 4 ? token.value : undefined;
}

function stretch(all: readonly Mention[], tokens: Tokens, lang: Lang, today: string): Made {
  const ends = all.filter(({ is }) => is !== 'time' && is !== 'length');
  // "Du 19 au 30 avril (2 semaines)": the length says again what the ends say.
  const points = ends.length === 2 ? ends : all.filter(({ is }) => is !== 'time');
  const [first, second, third] = points;
  if (!first || third) return { why: 'not_a_range' };
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
  const [left, right] = [edgesOf(first, today), edgesOf(second, today)];
  const pairs = left.flatMap((start) => right.map((end) => join(start, end, today)));
  const good = pairs.flatMap((pair) => ('from' in pair ? [pair] : []));
  if (good.length === 0)
    return { why: pairs.map((pair) => ('why' in pair ? pair.why : ''))[0] ?? 'not_a_range' };
  // Two months side by side are one stretch; two days with "and" between may be just two days.
  const whole = first.is === 'month' && second.is === 'month';
  const sure =
    (joiner === 'to' || (joiner === 'and' && whole) || (joiner === 'none' && sideBySide(first, second))) &&
    [first, second].every((point) => point.is !== 'span' || point.whole) &&
    [first, second].every((point) => point.is !== 'day' || !point.parts.dayOrYear || lang === 'en');
  if (joiner === 'and' && whole && monthsApart(first, second) !== 1) return { why: 'not_a_range' };
  // The middle of a month is no day that anybody named.
  const ask = [first, second].some((point) => point.is === 'span' && point.middle !== undefined);
  return { found: { from, to, values: good, sure, ...(ask && { ask: true as const }) } };
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
  if (joiner !== 'and') return joiner;
  const opened = tokens
    .slice(0, first.to)
    .some(({ text }) => /^(?:entre|between|hagati|from|kuva|guhera|du)$/.test(text));
  return opened ? 'to' : joiner;
}

function alone(point: Mention, today: string): Made {
  const { from, to } = point;
  if (point.is === 'span') {
    return { found: { from, to, values: [{ from: point.first, to: point.last }], sure: point.whole } };
  }
  if (point.is !== 'month') return { why: point.is === 'length' ? 'not_a_range' : 'needs_end' };
  const range = join(point.parts, point.parts, today);
  return 'from' in range ? { found: { from, to, values: [range], sure: true } } : { why: range.why };
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

/** The days that a mention may begin with; as an end, a stretch counts with its last day. */
function edgesOf(point: Mention, today: string): readonly Edge[] {
  switch (point.is) {
    case 'days':
      return point.days.map(partsOf);
    case 'span':
      return [
        point.middle === undefined
          ? { ...partsOf(point.first), last: partsOf(point.last) }
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
