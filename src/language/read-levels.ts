import type { Lang, Reading } from '../engine/message.ts';
import { find, tableIndex, words } from './lexicon.ts';
import { bare } from './normalise.ts';
import { certain, type ReadScope, unclear } from './reading.ts';

/** 0 none, 1 basic, 2 good, 3 fluent. */
export type Level = 0 | 1 | 2 | 3;
export type Levels = Readonly<Record<Lang, Level>>;

/**
 * Three digits in the order Kinyarwanda, French, English (`332`, `3 3 2`, `3,3,2`), or each behind its language
 * (`fr 3, en 2, rw 3`) in any order. `not_three_levels` otherwise.
 */
export function readLevels(text: string, { lang }: ReadScope): Reading<Levels> {
  const said = bare(text);
  const plain = /^([0-3])\W{0,3}([0-3])\W{0,3}([0-3])$/.exec(said);
  if (plain) return levelsOf(text, level(plain[1]), level(plain[2]), level(plain[3]));
  const named = new Map<Lang, Level | undefined>();
  const pairs = [...said.slice(0, 120).matchAll(/(\p{L}+)\s*[:=]?\s*([0-3])(?!\d)/gu)];
  for (const [, name = '', digit] of pairs) {
    const language = find(names, name, lang)?.value;
    if (language) named.set(language, level(digit));
  }
  return pairs.length === 3
    ? levelsOf(text, named.get('rw'), named.get('fr'), named.get('en'))
    : unclear(text, 'not_three_levels');
}

function levelsOf(text: string, rw?: Level, fr?: Level, en?: Level): Reading<Levels> {
  return rw === undefined || fr === undefined || en === undefined
    ? unclear(text, 'not_three_levels')
    : certain({ rw, fr, en });
}

function level(digit: string | undefined): Level | undefined {
  return digit === '0' ? 0 : digit === '1' ? 1 : digit === '2' ? 2 : digit === '3' ? 3 : undefined;
}

const names = tableIndex(
  (lang) => ({ rw: words[lang].language.rw, fr: words[lang].language.fr, en: words[lang].language.en }),
  (key): Lang => (key === 'rw' || key === 'fr' ? key : 'en'),
);
