import type { Lang } from '../engine/message.ts';
import { readCounted, readFeast, readNth, readRelative, readTimeOfDay } from './day-counts.ts';
import { readDay } from './day-dates.ts';
import { mayOpen } from './day-openings.ts';
import { readSpan } from './day-spans.ts';
import type { Tokens } from './day-words.ts';
import { lengthAt } from './lengths.ts';
import type { Mention } from './mention.ts';
import { monthYearAt } from './month-grammar.ts';

/** Finds everything in a message that speaks of days, longest first at each place. */
export function mentionsIn(tokens: Tokens, lang: Lang, today: string): readonly Mention[] {
  const found: Mention[] = [];
  for (let at = 0; at < tokens.length; ) {
    const mention = mentionAt(tokens, at, lang, today);
    if (mention) {
      found.push(mention);
      at = mention.to;
    } else at++;
  }
  return joinWeekdays(found);
}

export function mentionAt(tokens: Tokens, at: number, lang: Lang, today: string): Mention | undefined {
  if (!mayOpen(tokens, at, lang)) return undefined;
  let best: Mention | undefined;
  for (const read of readers) {
    const mention = read(tokens, at, lang, today);
    if (mention && (!best || mention.to > best.to)) best = mention;
  }
  return best;
}

type Read = (tokens: Tokens, at: number, lang: Lang, today: string) => Mention | undefined;

const readers: readonly Read[] = [
  readTimeOfDay,
  readRelative,
  readCounted,
  readSpan,
  (tokens, at, lang, today) => {
    const day = readDay(tokens, at, lang, today);
    return day && { is: 'day', from: at, to: day.to, parts: day.parts };
  },
  readFeast,
  readNth,
  (tokens, at, lang, today) => {
    const month = monthYearAt(tokens, at, lang, today);
    if (!month || (month.shy && month.parts.year === undefined && !standsAsMonth(tokens, at, month.to)))
      return undefined;
    return { is: 'month', from: at, to: month.to, parts: month.parts };
  },
  (tokens, at, lang) => {
    const length = lengthAt(tokens, at, lang);
    if (!length) return undefined;
    const { to, ...amount } = length;
    return { is: 'length', from: at, to, ...amount };
  },
];

/** "I may come" is no month; "in may", "may and june" and a lone "may" are. */
function standsAsMonth(tokens: Tokens, at: number, to: number): boolean {
  const before = tokens[at - 1]?.text ?? '';
  const after = tokens[to]?.text ?? '';
  if (/^(?:i|we|it|you|he|she|they|that|which|dates?|uku|ya|wa)$/.test(before)) return false;
  if (/^(?:be|come|not|have|need|go|arrive|also|only|well)$/.test(after)) return false;
  if (tokens[at]?.text === 'may' && after === 'i') return false;
  return true;
}

/** "12 mai 2027 (mercredi)": a weekday beside a day belongs to it. */
function joinWeekdays(found: readonly Mention[]): readonly Mention[] {
  const joined: Mention[] = [];
  for (const mention of found) {
    const before = joined.at(-1);
    const onlyWeekday = (m: Mention) =>
      m.is === 'day' && m.parts.day === undefined && m.parts.turn === undefined;
    if (mention.is === 'day' && before?.is === 'day' && before.to === mention.from) {
      if (onlyWeekday(mention) && before.parts.day !== undefined && before.parts.weekday === undefined) {
        const { weekday } = mention.parts;
        joined[joined.length - 1] = {
          ...before,
          to: mention.to,
          parts: { ...before.parts, ...(weekday && { weekday }) },
        };
        continue;
      }
    }
    joined.push(mention);
  }
  return joined;
}
