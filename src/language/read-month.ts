import type { Lang, Reading } from '../engine/message.ts';
import { monthOf, partsOf } from './calendar-day.ts';
import { mentionsIn } from './day-grammar.ts';
import type { Tokens } from './day-words.ts';
import { dated } from './doubtful.ts';
import { joinerBetween } from './joiners.ts';
import type { Mention } from './mention.ts';
import { fullYear } from './month-grammar.ts';
import { exceptions } from './read-date.ts';
import { type ReadScope, unclear } from './reading.ts';
import { daysOf } from './resolve-day.ts';
import { type Found, settle } from './settle.ts';
import { tokenise } from './tokens.ts';

/**
 * A month, `YYYY-MM`: `09/2027`, `09/27`, "expires sept 2027", "mu kwa 9 umwaka utaha". Without a year it is the next
 * such month, this one included. Two small numbers (`05/06`) may be month and year or day and month, and are asked
 * back. `not_a_month` otherwise.
 */
export function readMonth(text: string, { lang, today, cautious }: ReadScope): Reading<string> {
  const tokens = tokenise(text);
  const short = shortIn(tokens, today);
  const found = short
    ? [short]
    : withSharedYear(mentionsIn(tokens, lang, today), tokens, lang).flatMap(
        (mention) => monthsOf(mention, lang, today) ?? [],
      );
  if (
    found.some(({ values }) => values.length === 0) ||
    tokens.some(({ text: word }) => exceptions.has(word))
  )
    return unclear(text, 'not_a_month');
  if (cautious && isFilled(tokens))
    for (const [at, one] of found.entries()) found[at] = { ...one, sure: false };
  return settle(found, {
    tokens,
    lang,
    text,
    why: 'not_a_month',
    personal: true,
    timely: true,
    also: expiredSince(found, tokens),
    beside: { doubtful: dated },
    harmless: ['until'],
  });
}

/** "May or June *2030*". */
function withSharedYear(mentions: readonly Mention[], tokens: Tokens, lang: Lang): readonly Mention[] {
  return mentions.map((one, at) => {
    const next = mentions[at + 1];
    if (one.is !== 'month' || next?.is !== 'month' || one.parts.year !== undefined) return one;
    if (next.parts.year === undefined || joinerBetween(tokens, one.to, next.from, lang) !== 'or') return one;
    return { ...one, parts: { ...one.parts, year: next.parts.year } };
  });
}

/** "Périmé *depuis* mai 2025". */
function expiredSince(found: readonly Found<string>[], tokens: Tokens) {
  return found.flatMap(({ from }) =>
    /^(?:depuis|since)$/.test(tokens[from - 1]?.text ?? '') ? [{ from: from - 1, to: from }] : [],
  );
}

/** Whether the month or its century was put in by us: no year of four digits, or a whole date where a month was asked. */
function isFilled(tokens: Tokens): boolean {
  const numbers = tokens.filter(({ value }) => value !== undefined);
  return !numbers.some(({ text }) => text.length === 4) || numbers.length > 2;
}

/** `09/27`, `9-28`, `09 27`: two numbers that stand alone. */
function shortIn(tokens: Tokens, today: string): Found<string> | undefined {
  const at = tokens.findIndex(({ value }) => value !== undefined);
  const [a, b] = [tokens[at], tokens[at + 1]];
  const joined = /^(0[1-9]|1[0-2])([2-5]\d)$/.exec(a?.text ?? '');
  if (joined && tokens.length === 1) {
    const found = monthOf(fullYear(joined[2] ?? ''), Number(joined[1]));
    return found === undefined ? undefined : { from: at, to: at + 1, values: [found], sure: false };
  }
  if (a?.value === undefined || b?.value === undefined || a.text.length > 2 || b.text.length !== 2)
    return undefined;
  if (
    a.value < 1 ||
    a.value > 12 ||
    !/^[-/.]?$/.test(b.sep) ||
    tokens[at + 2]?.value !== undefined ||
    b.ordinal
  )
    return undefined;
  const span = { from: at, to: at + 2 };
  const month = monthOf(fullYear(b.text), a.value);
  if (month === undefined) return undefined;
  if (b.value > 12) return { ...span, values: [month], sure: b.value >= 20 };
  const next = nextMonth(b.value, today);
  return { ...span, values: next === undefined ? [month] : [month, next], sure: true };
}

function monthsOf(mention: Mention, lang: Lang, today: string): Found<string> | undefined {
  const { from, to } = mention;
  const span = { from, to };
  switch (mention.is) {
    case 'month': {
      const { month, year } = mention.parts;
      const found = year === undefined ? nextMonth(month ?? 0, today) : monthOf(year, month ?? 0);
      return { ...span, values: found === undefined ? [] : [found], sure: true };
    }
    case 'day': {
      const { day, month, dayOrYear, monthFirst } = mention.parts;
      if (month === undefined) return undefined;
      if (dayOrYear && day !== undefined && day >= 24) {
        return {
          ...span,
          values: [`20${day}-${String(month).padStart(2, '0')}`],
          sure: true,
        };
      }
      const days = daysOf(mention, lang, today);
      return {
        ...span,
        values: days?.values.map((value) => value.slice(0, 7)) ?? [],
        sure: mention.parts.year !== undefined,
        ...(monthFirst && { ask: true as const }),
      };
    }
    case 'days':
      return {
        ...span,
        values: [...new Set(mention.days.map((day) => day.slice(0, 7)))],
        sure: !mention.roughly,
      };
    case 'span':
      return { ...span, values: [mention.first.slice(0, 7)], sure: !mention.whole && !mention.roughly };
    default:
      return undefined;
  }
}

function nextMonth(month: number, today: string): string | undefined {
  const from = partsOf(today);
  return monthOf(month >= from.month ? from.year : from.year + 1, month);
}
