import type { Lang } from '../engine/message.ts';
import { type Tokens, table } from './day-words.ts';
import { longestAt } from './phrases.ts';

/** What stands between two dates: `to` makes a stretch of them, `or` a choice, `and` either. */
export type Joiner = 'to' | 'or' | 'and' | 'none';

export function joinerBetween(tokens: Tokens, from: number, to: number, lang: Lang): Joiner {
  let joiner: Joiner = 'none';
  for (let at = from; at <= to && at < tokens.length; ) {
    const sep = tokens[at]?.sep ?? '';
    if (/[-–—→>]/.test(sep)) joiner = 'to';
    else if (joiner === 'none' && /[&+]/.test(sep)) joiner = 'and';
    if (at === to) break;
    const hit = joinerAt(tokens, at, lang);
    if (hit?.value === 'or') return 'or';
    if (hit?.value === 'to' || (hit && joiner === 'none')) joiner = hit.value;
    at += hit?.length ?? 1;
  }
  return joiner;
}

/** A word that joins two days, at one place. */
export function joinerAt(tokens: Tokens, at: number, lang: Lang) {
  const hit = longestAt(joiners, tokens, at, lang);
  // French "à" is an article in English.
  return hit && hit.lang !== lang && hit.length === 1 && tokens[at]?.text.length === 1 ? undefined : hit;
}

const joiners = table<'to' | 'or' | 'and'>({
  rw: [
    [
      'kugeza|kugeza ku|kugeza ku wa|kugeza kuwa|kugeza kuri|kugeza tariki|kugeza mu|kugera|kugera ku|kugera ku wa|kugera tariki|kugeza ku itariki|kugeza ku itariki ya|kugeza tariki ya|gusoza|ukageza',
      'to',
    ],
    ['cyangwa|canke|cg|cgse|wenda|cyangwa wenda', 'or'],
    ["na|n'|no|kandi", 'and'],
  ],
  fr: [
    ["au|a|jusqu' au|jusquau|jusqu' a|jusqu' en|jusque|jusqu au|puis jusqu' au", 'to'],
    ['ou|ou bien|soit|peut etre|voire|sinon|ou alors|ou peut etre|ou encore|ou plutot', 'or'],
    ['et|et le|au soir|au matin', 'and'],
  ],
  en: [
    ['to|until|untill|till|til|thru|through|up to|up until|tot|bis', 'to'],
    ['or|or maybe|maybe|perhaps|possibly|or else|or even|otherwise|if not', 'or'],
    ['and|and the', 'and'],
  ],
});
