import type { Lang } from '../engine/message.ts';
import { nths, saa } from './day-counts.ts';
import { ahead, markers, relative, relativeMonths, turns } from './day-phrases.ts';
import { isNumberWord, monthLead, monthNameAt, type Tokens, weekdayAt, weekdays } from './day-words.ts';
import { feasts } from './feasts.ts';
import { lengthOpenings } from './lengths.ts';
import { firstWordsOf } from './phrases.ts';
import { monthParts, weeks, weeksOf, yearEnds } from './span-phrases.ts';

/**
 * Whether anything that speaks of days may begin at a place: a figure, the first word of a phrase, the name of a month or
 * a weekday. Most words of a message are none of these, and the nine grammars of `day-grammar.ts` need not look at them.
 * A grammar that begins with other words must name them here.
 */
export function mayOpen(tokens: Tokens, at: number, lang: Lang): boolean {
  const { text = '', value } = tokens[at] ?? {};
  return (
    value !== undefined ||
    openings.has(text) ||
    isNumberWord(text) ||
    monthNameAt(tokens, at, lang) !== undefined ||
    weekdayAt(tokens, at, lang) !== undefined ||
    saa.test(text)
  );
}

const openings: ReadonlySet<string> = new Set([
  ...firstWordsOf(
    weeks,
    weeksOf,
    yearEnds,
    monthParts,
    turns,
    weekdays,
    markers,
    relative,
    ahead,
    relativeMonths,
    feasts,
  ),
  ...monthLead,
  ...nths.keys(),
  ...lengthOpenings,
  ...'a an un une le the half quarter'.split(' '),
]);
