import { aroundWords } from './around.ts';
import { isNumberWord } from './day-words.ts';
import { nearIndex } from './near.ts';
import { numberFromWords, numberVocabulary } from './number-words.ts';
import type { Found } from './settle.ts';
import { keyOf, type Token } from './tokens.ts';

/** Letters typed for figures: `1O`, `l5`. Other letters stay. */
export function mend(text: string): string {
  return text.replace(/(?<![\p{L}\p{N}])(?=[\dOoIl]*\d)[\dOoIl]{2,7}(?![\p{L}\p{N}])/gu, (all) =>
    all.replace(/[Oo]/g, '0').replace(/[Il]/g, '1'),
  );
}

export function numberAt(
  tokens: readonly Token[],
  at: number,
  lang: 'rw' | 'fr' | 'en',
): Found<number> | undefined {
  const token = tokens[at];
  if (!token) return undefined;
  const digits = token.value === undefined ? undefined : digitsAt(tokens, at, token.value);
  const spoken = roundAt(tokens, at) ?? digits ?? wordsAt(tokens, at, lang);
  if (!spoken) return undefined;
  const half = halfAt(tokens, spoken.to);
  if (half === undefined) return spoken;
  return { ...spoken, to: half, values: spoken.values.map((value) => value + 0.5), sure: false };
}

function digitsAt(tokens: readonly Token[], at: number, value: number): Found<number> | undefined {
  const [token, next] = [tokens[at], tokens[at + 1]];
  if (!token || token.text.length > 7) return undefined;
  const one = { from: at, to: at + 1, values: [value], sure: !token.ordinal };
  if (next?.value === undefined || token.ordinal) {
    const thousand = next && /^(?:mille|thousand|k|ibihumbi|igihumbi)$/.test(next.text);
    return thousand ? { ...one, to: at + 2, values: [value * 1000] } : one;
  }
  // "2,5" is a fraction, "1.500" thousands, "1 500" too; "5, 6" are two numbers.
  if (/^[.,']$/.test(next.sep) && !next.spaced) {
    const grouped = next.text.length === 3 && token.text.length <= 3;
    if (grouped) return { ...one, to: at + 2, values: [value * 1000 + next.value], sure: false };
    if (next.sep !== "'")
      return { ...one, to: at + 2, values: [Number(`${token.text}.${next.text}`)], sure: false };
  }
  if (next.sep === '' && next.spaced && next.text.length === 3 && token.text.length <= 3) {
    return { ...one, to: at + 2, values: [value * 1000 + next.value] };
  }
  return one;
}

function wordsAt(tokens: readonly Token[], at: number, lang: 'rw' | 'fr' | 'en'): Found<number> | undefined {
  // "ku wa gatanu" is a day, "mu kwa kabiri" a month.
  if (/^(?:kwa|ukwa|mukwa|kuwa|wa|tariki|taliki)$/.test(tokens[at - 1]?.text ?? '')) return undefined;
  const start = fixed(tokens[at]?.text ?? '');
  if (start === undefined) return undefined;
  // "none" is nought in English and now in Kinyarwanda; "un" and "a" stand before nouns.
  if (start === 'none' && (lang !== 'en' || tokens.length > 1)) return undefined;
  for (let length = Math.min(6, tokens.length - at); length > 0; length--) {
    const key = tokens
      .slice(at, at + length)
      .map(({ text }) => fixed(text) ?? text)
      .join(' ');
    const value = numberFromWords(key, lang) ?? thousands(key, lang);
    if (value === undefined) continue;
    // "Deux infirmiers et une sage-femme" counts the midwife too; elsewhere "une" only stands before its noun.
    const counts = /^(?:et|and|plus)$/.test(tokens[at - 1]?.text ?? '');
    const half = halfAt(tokens, at + length) !== undefined;
    if (articles.has(key) && !counts && !half && tokens.length > length + 2 && !isOnly(tokens, at))
      return undefined;
    return { from: at, to: at + length, values: [value], sure: true };
  }
  return undefined;
}

const articles = new Set(['un', 'une', 'one']);

/** "*Une seule personne*, moi", "just *one person*, me": counted, where the message or its part begins with it. */
function isOnly(tokens: readonly Token[], at: number): boolean {
  // "One colleague and me" are two.
  if (tokens.length > 6 || tokens.some(({ text }) => joining.test(text))) return false;
  if (at > 1 || (at === 1 && !merely.has(tokens[0]?.text ?? ''))) return false;
  const alone = /^(?:seul|seule|single|only)$/.test(tokens[at + 1]?.text ?? '');
  const next = tokens[at + (alone ? 2 : 1)];
  if (next === undefined) return alone;
  return /[,;.!(]/.test(next.sep)
    ? alone
    : (alone || at > 0 || tokens[at]?.text === 'one') && heads.has(next.text);
}

const joining = /^(?:and|et|plus|with|avec|na|n')$/;
const merely = new Set('juste just only seulement'.split(' '));
const heads = new Set(
  'personne person poste post infirmier infirmiere nurse medecin doctor participant participante candidat candidate collegue colleague semaine week mois month an year'.split(
    ' ',
  ),
);

function thousands(phrase: string, lang: 'rw' | 'fr' | 'en'): number | undefined {
  const match = /^(?:(.+) )?(?:mille|thousand)(?: (.+))?$/.exec(phrase) ?? undefined;
  if (!match) return thousandsRw(phrase);
  const count = match[1] === undefined ? 1 : numberFromWords(match[1], lang);
  const rest = match[2] === undefined ? 0 : numberFromWords(match[2], lang);
  return count === undefined || rest === undefined ? undefined : count * 1000 + rest;
}

/** "Igihumbi", "ibihumbi bibiri". */
function thousandsRw(phrase: string): number | undefined {
  if (phrase === 'igihumbi') return 1000;
  const count = phrase.startsWith('ibihumbi ') ? numberFromWords(phrase.slice(9), 'rw') : undefined;
  return count === undefined ? undefined : count * 1000;
}

/** "une dizaine", "a couple", "half a dozen": round numbers, always asked back. */
function roundAt(tokens: readonly Token[], at: number): Found<number> | undefined {
  if (!roundFirsts.has(tokens[at]?.text ?? '')) return undefined;
  for (let length = 3; length > 0; length--) {
    const value = at + length > tokens.length ? undefined : round.get(keyOf(tokens, at, at + length));
    if (value !== undefined)
      return {
        from: at,
        to: at + length,
        values: [value],
        sure: exact.has(tokens[at + length - 1]?.text ?? ''),
      };
  }
  return undefined;
}

/** A dozen is twelve; a *dizaine* is about ten. */
const exact = new Set('dozen douzaine decade decades decennie decennies'.split(' '));

const round: ReadonlyMap<string, number> = new Map([
  ['half a dozen', 6],
  ['a decade', 10],
  ['decade', 10],
  ['two decades', 20],
  ['2 decades', 20],
  ['une decennie', 10],
  ['deux decennies', 20],
  ['a couple of', 2],
  ['a couple', 2],
  ['couple of', 2],
  ['a dozen', 12],
  ['a good dozen', 12],
  ['dozen', 12],
  ['two dozen', 24],
  ['2 dozen', 24],
  ['une demi douzaine', 6],
  ...(
    [
      ['dizaine', 10],
      ['douzaine', 12],
      ['quinzaine', 15],
      ['vingtaine', 20],
      ['trentaine', 30],
      ['quarantaine', 40],
      ['cinquantaine', 50],
      ['centaine', 100],
    ] as const
  ).flatMap(([name, value]) =>
    ['', 'une ', 'une bonne ', 'une petite ', 'une grosse ', 'la '].map(
      (lead) => [`${lead}${name}`, value] as const,
    ),
  ),
]);

/** Most words begin none of them. */
const roundFirsts: ReadonlySet<string> = new Set(
  [...round.keys()].map((phrase) => phrase.split(' ')[0] ?? ''),
);

/** "et demi", "and a half", "n'igice", also behind the unit: where it ends. */
function halfAt(tokens: readonly Token[], at: number): number | undefined {
  for (const skip of [0, 1]) {
    const rest = keyOf(tokens, at + skip, at + skip + 3);
    if (/^(?:et demie?)(?: |$)/.test(rest)) return at + skip + 2;
    if (/^and a half/.test(rest)) return at + skip + 3;
    if (/^n' igice/.test(rest)) return at + skip + 2;
  }
  return undefined;
}

/** The word itself when numbers are made of it, the number word one slip away, or undefined. */
function fixed(text: string): string | undefined {
  if (
    isNumberWord(text) ||
    text === 'mille' ||
    text === 'thousand' ||
    text === 'igihumbi' ||
    text === 'ibihumbi'
  )
    return text;
  if (text.length < 5 || aroundWords.has(text)) return /^(?:and|et|na|n'|a)$/.test(text) ? text : undefined;
  const near = nearNumbers(text);
  return near.length === 1 && near[0]?.[0] === text[0] ? near[0] : undefined;
}

const nearNumbers = nearIndex(numberVocabulary);
