import type { Lang } from '../engine/message.ts';
import { roleAt } from './around.ts';
import type { Tokens } from './day-words.ts';
import type { Mention } from './mention.ts';

/** "6 to 24 March, *sorry I meant May*": the days keep their numbers and change their month. */
export function withLaterMonth(mentions: readonly Mention[], tokens: Tokens, lang: Lang): readonly Mention[] {
  const last = mentions.at(-1);
  const before = mentions.at(-2);
  if (last?.is !== 'month' || before?.is !== 'day' || before.parts.month === undefined) return mentions;
  const taken = tokens.some(
    (_, at) => at >= before.to && at < last.from && roleAt(tokens, at, lang)?.value === 'instead',
  );
  if (!taken) return mentions;
  const others = mentions.slice(0, -1);
  return others.map((one) => {
    if (one.is !== 'day') return one;
    const to = one === before ? last.to : one.to;
    return one.parts.month === undefined
      ? { ...one, to }
      : { ...one, to, parts: { ...one.parts, ...last.parts } };
  });
}
