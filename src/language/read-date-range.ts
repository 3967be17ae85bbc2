import type { Lang, Reading } from '../engine/message.ts';
import { roleAt } from './around.ts';
import { mentionAt } from './day-grammar.ts';
import { isAtWork, isElsewhere, isFeastOff, isOccasion } from './day-remarks.ts';
import { dayAt, type Tokens } from './day-words.ts';
import { errands } from './doubtful.ts';
import { joinerAt } from './joiners.ts';
import type { DayParts, Mention } from './mention.ts';
import type { DateRange } from './range-ends.ts';
import { pointsIn } from './range-points.ts';
import { exceptions } from './read-date.ts';
import { ambiguous, likely, type ReadScope, unclear } from './reading.ts';
import { settle } from './settle.ts';
import { stretch } from './stretch.ts';
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
  if (reading.kind !== 'value') return reading;
  const guessed =
    (cautious && isFilled(pointsIn(tokens, lang, today))) || beginsOld(text, reading.value, today);
  return guessed ? likely(reading.value) : reading;
}

/** "Du 3 mai au 20 avril 2027": the first year was put in by us, and is in the past. */
function beginsOld(text: string, { from, to }: DateRange, today: string): boolean {
  return from < today && to >= today && !new RegExp(`(?:20|[/.-])${from.slice(2, 4)}(?!\\d)`).test(text);
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
    if (role?.value === 'not' && !taken && isNamedAt(tokens, at + role.length, lang, today)) {
      const stands = readStretch(tokens.slice(0, at), text, lang, today);
      const single = pointsIn(tokens.slice(at), lang, today).length === 1;
      // "3 to 20 May, not 10 May": one end mended, or one day left out.
      if (stands.kind === 'value') return single ? likely(stands.value) : stands;
    }
    if (joiner?.value !== 'or' && !taken) continue;
    // "6 to 24 March, sorry I meant May": the days stay.
    if (taken && pointsIn(tokens, lang, today).some(({ from, to }) => from < at && at < to)) continue;
    const [before, behind] = [tokens.slice(0, at), tokens.slice(at + (joiner?.length ?? role?.length ?? 1))];
    const right = readStretch(behind, text, lang, today, monthIn(before, lang, today));
    if (right.kind !== 'value') continue;
    if (joiner?.value !== 'or') return right;
    const left = readStretch(before, text, lang, today, monthIn(behind, lang, today));
    if (left.kind === 'value')
      return left.value === right.value ? left : ambiguous([left.value, right.value]);
  }
  return undefined;
}

function isNamedAt(tokens: Tokens, at: number, lang: Lang, today: string): boolean {
  return (mentionAt(tokens, at, lang, today) ?? dayAt(tokens, at, lang)) !== undefined;
}

/** The month that one of two stretches has, for the other that leaves it out: "3-14 or 10-21 May". */
function monthIn(tokens: Tokens, lang: Lang, today: string): DayParts {
  for (const point of pointsIn(tokens, lang, today)) {
    if (point.is !== 'day' || point.parts.month === undefined) continue;
    const { month, year } = point.parts;
    return { month, ...(year !== undefined && { year }) };
  }
  return {};
}

function withMonth(points: readonly Mention[], lent: DayParts): readonly Mention[] {
  const bare = points.every((point) => point.is !== 'day' || point.parts.month === undefined);
  if (!bare || lent.month === undefined) return points;
  return points.map((point) =>
    point.is === 'day' && point.parts.day !== undefined
      ? { ...point, parts: { ...lent, ...point.parts } }
      : point,
  );
}

function readStretch(
  tokens: Tokens,
  text: string,
  lang: Lang,
  today: string,
  lent: DayParts = {},
): Reading<DateRange> {
  const all = pointsIn(tokens, lang, today);
  const named = all.length < 3 ? all : all.filter((one, at) => !isFeastOff(one, at, tokens, lang));
  const { kept: points, dropped } = corrected(withMonth(named, lent), tokens, lang);
  if (points.length === 0) return unclear(text, 'not_a_range');
  // "Sauf en août": every other time, which is no stretch.
  if (tokens.some(({ text: word }) => exceptions.has(word) || /^week(?:day|end)s$/.test(word)))
    return unclear(text, 'not_a_range');
  if (isAtWork(points, tokens, lang) || isElsewhere(tokens, lang) || isOccasion(tokens))
    return unclear(text, 'not_a_range');
  const made = isOpen(tokens, points) ? { why: 'needs_end' } : stretch(points, tokens, lang, today);
  if ('why' in made) return unclear(text, made.why);
  const feasts = all.filter((one) => !named.includes(one));
  const spans = [
    made.found,
    ...dropped,
    ...feasts,
    ...points.filter(({ is }) => is === 'time' || is === 'length'),
  ];
  return settle([made.found], {
    tokens,
    lang,
    text,
    also: spans,
    beside: { words: connecting, doubtful: errands },
    why: 'not_a_range',
    personal: true,
    timely: true,
    harmless: ['until', ...(isLimited(tokens, spans) ? [] : (['block'] as const))],
  });
}

/** "From June onwards", "guhera mu kwa gatandatu", "jusqu'en juin": one end only. */
function isOpen(tokens: Tokens, points: readonly Mention[]): boolean {
  const real = points.filter(({ is }) => is !== 'time');
  const [only] = real;
  return (
    real.length === 1 && !(only?.is === 'span' && only.whole) && tokens.some(({ text }) => oneEnded.has(text))
  );
}

const oneEnded = new Set(
  "from starting since onwards onward kuva guhera uhereye kugeza kugera gukomeza partir des depuis jusqu' jusqu'au jusque jusquau until till til beginning through".split(
    ' ',
  ),
);

/** "Before", "after", "at least" beside a stretch make another thing of it. */
const limits = new Set(
  'before after avant apres mbere least most few several quelques plusieurs every chaque buri tous toutes sauf except moins'.split(
    ' ',
  ),
);
const connecting = new Set('from between entre kuva guhera hagati du pendant durant for during'.split(' '));

function isLimited(tokens: Tokens, spans: readonly { from: number; to: number }[]): boolean {
  return tokens.some(
    ({ text }, at) => limits.has(text) && !spans.some(({ from, to }) => from <= at && at < to),
  );
}
