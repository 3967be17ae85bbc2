import type { Lang, Reading } from '../engine/message.ts';
import { roleAt } from './around.ts';
import { weekdayOf } from './calendar-day.ts';
import { mentionsIn } from './day-grammar.ts';
import { partsOfDayIn } from './day-parts.ts';
import {
  isAtWork,
  isEndOfElse,
  isFormer,
  isJourneyOfOthers,
  isOccasion,
  isRefused,
  isSomeWeekday,
  isTelling,
} from './day-remarks.ts';
import { dayAt } from './day-words.ts';
import { errands } from './doubtful.ts';
import { type Joiner, joinerBetween } from './joiners.ts';
import { isAmbiguousAlone } from './lexicon.ts';
import { lifeClauses } from './life-clauses.ts';
import type { DayParts, Mention } from './mention.ts';
import { withLaterMonth } from './month-corrections.ts';
import { bare } from './normalise.ts';
import { likely, type ReadScope, unclear } from './reading.ts';
import { daysOf } from './resolve-day.ts';
import { type Found, settle } from './settle.ts';
import { corrected } from './taken-back.ts';
import { type Token, tokenise } from './tokens.ts';

/**
 * One calendar day, `YYYY-MM-DD`, in a message of any kind: "svp le 5 mai", "in three weeks", "ku wa gatanu utaha".
 * Day first in all three languages; a day that only makes sense month first is asked back. Without a year it is the
 * next such day. `not_a_date` for days that do not exist, `needs_day` for a mere month or week, `one_day` for two
 * ends of a stretch. Past days are read like any other: limits are the slot's affair.
 */
export function readDate(text: string, { lang, today, cautious }: ReadScope): Reading<string> {
  const tokens = tokenise(text);
  const all = withAlternatives(withLaterMonth(mentionsIn(tokens, lang, today), tokens, lang), tokens, lang);
  const mentions = all.filter(
    (one) =>
      !isTelling(one, tokens) &&
      !isJourneyOfOthers(one, tokens) &&
      !isEndOfElse(one, all, tokens, lang) &&
      !isFormer(one, all, tokens) &&
      !isInLife(one, all, tokens, lang) &&
      !isRefused(one, tokens, lang),
  );
  if (mentions.length === 0) return unclear(text, 'not_a_date');
  const aside = all
    .filter((one) => !mentions.includes(one))
    .map(({ from, to }) => ({ from, to: roleAt(tokens, to, lang)?.value === 'but' ? to + 1 : to }));
  if (isOccasion(tokens) || isSomeWeekday(mentions) || isAtWork(mentions, tokens, lang))
    return unclear(text, 'not_a_date');
  // "From 15 January" is a day to begin with, if one was asked.
  const opens = tokens.some(({ text: word }) => opening.has(word));
  const past = tokens.some(({ text: word }) => over.has(word));
  const days: Found<string>[] = [];
  for (const mention of mentions) {
    if (mention.is !== 'day' && mention.is !== 'days') continue;
    const found = daysOf(mention, lang, today, cautious);
    // One impossible day spoils the answer: what was meant is anybody's guess.
    if (!found) return unclear(text, 'not_a_date');
    // "I arrived on 28 November" is hardly next year's.
    const doubted = opens || (past && (found.values[0] ?? '') > today);
    days.push(doubted ? { ...found, sure: false } : found);
  }
  if (tokens.some(({ text: word }) => exceptions.has(word))) return unclear(text, 'not_a_date');
  // "End of May": one day is meant, or none in particular.
  if (days.length === 0)
    for (const mention of mentions)
      if (mention.is === 'span' && mention.day !== undefined)
        days.push({ from: mention.from, to: mention.to, values: [mention.day], sure: false, ask: true });
  if (days.length === 0)
    return unclear(
      text,
      mentions.some(({ is }) => is !== 'time' && is !== 'length') ? 'needs_day' : 'not_a_date',
    );
  const between = days.length > 1 ? /^(?:between|entre|hagati)$/ : /^(?:between|entre)$/;
  if (tokens.some(({ text: word }) => between.test(word))) return unclear(text, 'not_a_date');
  const { kept } = corrected(days, tokens, lang);
  const remarks = remarkedWeekdays(mentions, kept);
  for (const [at, day] of kept.entries()) {
    const before = kept[at - 1];
    if (before && joinerBetween(tokens, before.to, day.from, lang) === 'to')
      return unclear(text, 'not_a_date');
  }
  // Where a full date stands, "Monday" or "le 5" beside it is a remark.
  const times = mentions.filter(({ is }) => is === 'time').map((time) => withHedge(time, tokens, lang));
  const spans = [...days, ...aside, ...times, ...partsOfDayIn(tokens, days, lang)];
  // rw "none" and "ubu" mean now, and much else.
  const reading = settle(
    days.filter((day) => !remarks.includes(day) && !isSaidAgain(day, days, kept, mentions)),
    {
      tokens,
      lang,
      text,
      why: 'not_a_date',
      also: spans,
      personal: true,
      timely: true,
      beside: { doubtful: errands },
    },
  );
  return reading.kind === 'value' && isAmbiguousAlone(bare(text), lang) ? likely(reading.value) : reading;
}

/** "Friday, after my *last night* shift": no day at all. */
function isInLife(mention: Mention, all: readonly Mention[], tokens: readonly Token[], lang: Lang): boolean {
  const [first] = all;
  if (first === undefined || first === mention) return false;
  return lifeClauses(tokens, first.to, lang).some(({ from, to }) => from <= mention.from && mention.to <= to);
}

/** "Le 12, non, le 14, je travaille *le 12*": what was taken back is named once more. */
function isSaidAgain(
  day: Found<string>,
  days: readonly Found<string>[],
  kept: readonly Found<string>[],
  mentions: readonly Mention[],
): boolean {
  if (!kept.includes(day)) return false;
  const mention = mentions.find((one) => one.from === day.from);
  // A day number alone has borrowed its month from what stands.
  const from = mention?.is === 'day' && mention.parts.alone ? 8 : 0;
  return days.some(
    (one) =>
      !kept.includes(one) && one.from < day.from && one.values[0]?.slice(from) === day.values[0]?.slice(from),
  );
}

const opening = new Set('partir onwards guhera'.split(' '));
const over = new Set('arrived came went landed nageze nahageze naje'.split(' '));

/** "Sauf le 5 mai", "any day but the 5th": every other day. */
export const exceptions = new Set(
  'exclu exclus exclusive excluded sauf except excepte hormis uretse keretse usibye excluding outside hors'.split(
    ' ',
  ),
);

/** "Le 2 avril 2027, c'est un vendredi": a weekday that says again what the date says. */
function remarkedWeekdays(
  mentions: readonly Mention[],
  days: readonly Found<string>[],
): readonly Found<string>[] {
  const dated = days.filter(({ from, values }) => {
    const mention = mentions.find((one) => one.from === from);
    return values.length === 1 && mention?.is === 'day' && mention.parts.month !== undefined;
  });
  return days.filter(({ from }) => {
    const mention = mentions.find((one) => one.from === from);
    if (mention?.is !== 'day' || mention.parts.day !== undefined || mention.parts.weekday === undefined)
      return false;
    return dated.length === 1 && weekdayOf(dated[0]?.values[0] ?? '') === mention.parts.weekday;
  });
}

/** "Around 7pm" hedges the hour, which was not asked. */
function withHedge({ from, to }: Mention, tokens: readonly Token[], lang: Lang) {
  return { from: roleAt(tokens, from - 1, lang)?.value === 'hedge' ? from - 1 : from, to };
}

/** "Le 5 ou le 6 mai", "5 or 6 May": the first day has the month of the second. */
function withAlternatives(
  mentions: readonly Mention[],
  tokens: readonly Token[],
  lang: Lang,
): readonly Mention[] {
  const made: Mention[] = [];
  for (const mention of mentions) {
    const before = made.at(-1);
    // "5 juin, non, le 7": the second has the month of the first.
    if (
      mention.is === 'day' &&
      mention.parts.alone &&
      before?.is === 'day' &&
      before.parts.month !== undefined
    ) {
      const { day: _, weekday: __, ...rest } = before.parts;
      made.push({
        ...mention,
        parts: { ...rest, alone: true, ...(mention.parts.day && { day: mention.parts.day }) },
      });
      continue;
    }
    if (mention.is === 'day' && mention.parts.month !== undefined) {
      const { day: _, weekday: __, ...rest } = mention.parts;
      if (
        before?.is === 'day' &&
        before.parts.alone &&
        shares(before.parts, mention.parts, joinerBetween(tokens, before.to, mention.from, lang))
      ) {
        made[made.length - 1] = {
          ...before,
          parts: { ...rest, ...(before.parts.day && { day: before.parts.day }) },
        };
      } else {
        for (let at = mention.from - 2; at >= 0 && at >= mention.from - 3; at--) {
          const bare = dayAt(tokens, at, lang, 2);
          const taken = made.some(({ from, to }) => from <= at && at < to);
          if (
            taken ||
            !bare ||
            bare.to > mention.from ||
            joinerBetween(tokens, bare.to, mention.from, lang) !== 'or'
          )
            continue;
          made.push({ is: 'day', from: at, to: bare.to, parts: { ...rest, day: bare.day } });
          break;
        }
      }
    }
    made.push(mention);
  }
  return made;
}

/** "Le 9 *et* le 10 janvier", "le 5 *ou* le 6 mai": whether the first day has the month of the second. */
function shares(first: DayParts, second: DayParts, joiner: Joiner): boolean {
  return joiner === 'or' || (joiner === 'and' && (first.day ?? 0) < (second.day ?? 0));
}
