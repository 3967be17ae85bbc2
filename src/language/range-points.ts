import type { Lang } from '../engine/message.ts';
import { mentionAt } from './day-grammar.ts';
import { isTelling } from './day-remarks.ts';
import { dayAt, type Tokens } from './day-words.ts';
import { joinerAt, joinerBetween } from './joiners.ts';
import type { Mention } from './mention.ts';
import { withLaterMonth } from './month-corrections.ts';

/** Mentions of time, and bare day numbers beside a joining word: "3 au 20 mai", "May 3 - 20". */
export function pointsIn(tokens: Tokens, lang: Lang, today: string): readonly Mention[] {
  const points: Mention[] = [];
  for (let at = 0; at < tokens.length; ) {
    const mention = mentionAt(tokens, at, lang, today);
    const bare = mention && mention.is !== 'length' ? undefined : dayAt(tokens, at, lang, 4);
    const joins = bare !== undefined && joinsAt(tokens, bare.to, lang);
    if (mention && !joins) {
      points.push(mention);
      at = mention.to;
      continue;
    }
    const before = points.at(-1);
    const behind = before?.is === 'day' && joinerBetween(tokens, before.to, at, lang) === 'to';
    if (bare && (tokens[at]?.value !== undefined || bare.ordinal || joins) && (joins || behind)) {
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
  const meant = withLaterMonth(points, tokens, lang);
  return meant.filter((one) => meant.length < 2 || !isTelling(one, tokens));
}

function joinsAt(tokens: Tokens, at: number, lang: Lang): boolean {
  if (at >= tokens.length) return false;
  return joinerAt(tokens, at, lang) !== undefined || /[-–—→>]/.test(tokens[at]?.sep ?? '');
}

/** "May 3 to 20, 2027". */
function yearBehind(tokens: Tokens, at: number): number | undefined {
  const token = tokens[at];
  return token?.value !== undefined && token.text.length === 4 ? token.value : undefined;
}
