import type { GlobalWord, Lang } from '../engine/message.ts';
import { words } from './lexicon.ts';
import { type Patterns, patterns, patternWords } from './patterns.ts';
import { type Phrases, phrases, wordsOf } from './phrases.ts';
import spokenData from './spoken-commands.json' with { type: 'json' };
import { type Token, tokenise } from './tokens.ts';

/** The ways to ask for a command, from lexicon.json and spoken-commands.json, and the courtesies around them. */

const langs: readonly Lang[] = ['rw', 'fr', 'en'];

/** What thumbs leave out ("u", "msg", "jveux"), written out where a command is looked for. */
export function writtenOut(text: string): string {
  // Most messages hold none of these: a quick look at their tokens spares the long one at every place of the text.
  if (!vanishing.test(text) && !tokenise(text).some((token) => shortTokens.has(token.text))) return text;
  return text.replace(shortened, (word) => short.get(word.toLowerCase()) ?? word);
}

const short: ReadonlyMap<string, string> = new Map(Object.entries(spokenData.short));
/** Signs that join what stands on both sides of them once a message is cut. */
const vanishing = /[`´‘ʼ′\u200b-\u200f\u2060\ufeff]|\u20e3/;
const shortTokens: ReadonlySet<string> = new Set(
  [...short.keys()].flatMap((word) => tokenise(word).slice(0, 1)).map(({ text }) => text),
);
const shortened = new RegExp(
  `(?<![\\p{L}\\p{N}'’])(?:${[...short.keys()].join('|')})(?![\\p{L}\\p{N}'’])`,
  'giu',
);

/** Bare words with two meanings: dropping this dialogue and ending all messages are very different wishes. */
export const twofold: Readonly<Record<string, readonly GlobalWord[]>> = {
  hagarika: ['cancel', 'stop'],
  reka: ['cancel', 'stop'],
  quit: ['cancel', 'stop'],
  arreter: ['cancel', 'stop'],
  arrete: ['cancel', 'stop'],
  'hagarika byose': ['cancel', 'stop'],
  'arrete tout': ['cancel', 'stop'],
  'arreter tout': ['cancel', 'stop'],
  'arretez tout': ['cancel', 'stop'],
  'stop everything': ['cancel', 'stop'],
  subira: ['back', 'restart'],
};

export const spoken: Phrases<readonly GlobalWord[]> = phrases(spokenPhrases());

export const spokenPatterns: Patterns<GlobalWord> = patterns(
  langs.flatMap((lang) =>
    // Object.entries widens the keys to string; the file has no others than commands.
    (Object.entries(spokenData[lang].patterns) as [GlobalWord, string][]).flatMap(([word, joined]) =>
      joined.split(';').map((pattern) => [pattern, word] as const),
    ),
  ),
);

export const spokenWords: ReadonlySet<string> = new Set([
  ...wordsOf(spoken),
  ...patternWords(spokenPatterns),
]);

const polite = langs.flatMap((lang) =>
  [...words[lang].greetings, ...words[lang].thanks].map((phrase) => [lang, phrase, true] as const),
);

export const courtesy: Phrases<true> = phrases<true>([
  ...polite,
  ...langs.flatMap((lang) =>
    spokenData[lang].courtesy.split('|').map((phrase) => [lang, phrase, true] as const),
  ),
]);

/** Courtesy without wishes: what may stand beside a command where another answer was asked for. */
export const politeness: Phrases<true> = phrases<true>([
  ...polite,
  ...['please', 'pls', 'plz'].map((word) => ['en', word, true] as const),
  ...['svp', 'stp', "s' il vous plait", "s' il te plait"].map((word) => ['fr', word, true] as const),
  ...['nyamuneka', 'nyabuneka', 'mwihangane'].map((word) => ['rw', word, true] as const),
]);

export const courteousWords: ReadonlySet<string> = wordsOf(courtesy);

/** "*No* emergency", "*non* stop": a single word denied without a sign between. Who cries for help denies nothing. */
export function isDenied(tokens: readonly Token[], at: number): boolean {
  const { text = '', sep = '' } = tokens[at] ?? {};
  const before = between.has(tokens[at - 1]?.text ?? '') ? at - 2 : at - 1;
  return denials.has(tokens[before]?.text ?? '') && !/[,.;:!?…]/.test(sep) && !cries.has(text);
}

const denials = new Set('no non not nope oya nta ntabwo ntago pas jamais never'.split(' '));
const between = new Set('more real such'.split(' '));
const cries = new Set(
  'tabara ntabara mutabare muntabare ndatabaza nimuntabare mfasha mumfashe mwamfasha munfashe ufashe'.split(
    ' ',
  ),
);

function* spokenPhrases(): Generator<readonly [Lang, string, readonly GlobalWord[]]> {
  for (const lang of langs) {
    for (const [phrase, meanings] of Object.entries(twofold)) yield [lang, phrase, meanings];
    const own = words[lang];
    const rows: readonly (readonly [GlobalWord, readonly string[]])[] = [
      ['sos', own.sos],
      ['stop', [...own.optout, ...own.stop_wish]],
      ['menu', own.menu],
      ['restart', own.restart],
      ['human', own.human],
      ['mydata', own.mydata],
      ['withdraw', own.withdraw],
      ['list', own.list],
      ['back', own.back],
      ['skip', own.skip],
      ['cancel', own.cancel],
      ['change', own.change],
      ['help', own.help],
      ['start', own.resubscribe],
      ['language', own.language.switch],
    ];
    for (const [word, list] of rows) for (const phrase of list) yield [lang, phrase, [word]];
    const { courtesy: _, patterns: __, ...also } = spokenData[lang];
    // Object.entries widens the keys to string; the file has no others than commands and courtesy.
    for (const [word, joined] of Object.entries(also) as [GlobalWord, string][]) {
      for (const phrase of joined.split('|')) yield [lang, phrase, [word]];
    }
  }
}
