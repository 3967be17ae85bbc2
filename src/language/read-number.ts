import type { Reading } from '../engine/message.ts';
import { aroundWords, restOf } from './around.ts';
import { isNumberWord } from './day-words.ts';
import { joinerBetween } from './joiners.ts';
import { nearIndex } from './near.ts';
import { bare } from './normalise.ts';
import { numberFromWords, numberVocabulary } from './number-words.ts';
import { certain, likely, type ReadScope, unclear } from './reading.ts';
import { type Found, settle } from './settle.ts';
import { keyOf, type Token, tokenise } from './tokens.ts';

/**
 * A whole number in digits or in words, not negative, with what people write around it ("about 5 years"). `not_whole`
 * for a fraction, `not_a_number` for anything else; limits are the slot's affair. `1.500` and `1,500` are likely 1500,
 * since all three languages write both; "5 or 6" is asked back.
 */
export function readWholeNumber(text: string, scope: ReadScope): Reading<number> {
  const read = readNumber(text, scope);
  const asked = scope.cautious && read.kind === 'value' && namesUnit(text);
  const reading = asked ? likely(read.value) : read;
  const values =
    reading.kind === 'value' ? [reading.value] : reading.kind === 'ambiguous' ? reading.candidates : [];
  return values.some((value) => !Number.isInteger(value)) ? unclear(text, 'not_whole') : reading;
}

/** As {@link readWholeNumber}, with fractions, which are always asked back. */
export function readNumber(text: string, { lang }: ReadScope): Reading<number> {
  // A minus sign, a share of something (3/5), a time, an ordinal range: no plain number.
  if (/(?:^|\s)[-−]\s*\d/.test(text) || /\d\s*[/:]\s*\d/.test(text)) return unclear(text, 'not_a_number');
  const none = zeroOf(text, lang);
  if (none) return none;
  const mended = mend(text);
  const tokens = tokenise(mended);
  const found: Found<number>[] = [];
  for (let at = 0; at < tokens.length; ) {
    const number = numberAt(tokens, at, lang);
    if (number) {
      found.push({ ...number, sure: number.sure && mended === text });
      at = number.to;
    } else at++;
  }
  if (found.length === 0) return unclear(text, 'not_a_number');
  if (found.length > 2) return unclear(text, 'not_a_number');
  const [first, second] = found;
  if (first && second) {
    const joiner = joinerBetween(tokens, first.to, second.from, lang);
    const between = tokens
      .slice(0, first.from)
      .some((token) => /^(?:entre|between|hagati|from|de)$/.test(token.text));
    const pair =
      joiner === 'or' || joiner === 'to' || (joiner === 'and' && between) || sameWord(tokens, first, second);
    const rest = restOf(tokens, [{ from: first.from, to: second.to }], lang, units);
    if (!pair && !rest.roles.has('instead') && !rest.roles.has('not')) return unclear(text, 'not_a_number');
    return settle(found, rest, {
      text,
      why: 'not_a_number',
      harmless: ['until', ...(between ? (['block'] as const) : [])],
    });
  }
  const rest = restOf(tokens, found, lang, units);
  // "2 ou 3" was handled above; "5+" and "5%" are not quite five.
  const reading = settle(found, rest, { text, why: 'not_a_number' });
  const loose = /\d\s*[+%~]|~\s*\d/.test(text);
  return loose && reading.kind === 'value' ? likely(reading.value) : reading;
}

/** "cinq (5)": the same number twice. */
function sameWord(_tokens: readonly Token[], first: Found<number>, second: Found<number>): boolean {
  return first.values[0] === second.values[0];
}

const zeroWords: Readonly<Record<'rw' | 'fr' | 'en', ReadonlySet<string>>> = {
  rw: new Set(['nta na kimwe', "nta n'umwe", "nta n'imwe", 'nta na rimwe', 'ntayo', 'nta gihe']),
  fr: new Set([
    'aucun',
    'aucune',
    'pas du tout',
    'rien',
    'pas un seul',
    'pas une seule',
    "je n'en ai pas",
    'aucune experience',
  ]),
  en: new Set(['none at all', 'not any', 'not one', 'no experience']),
};

function zeroOf(text: string, lang: 'rw' | 'fr' | 'en'): Reading<number> | undefined {
  const said = bare(text);
  return zeroWords[lang].has(said) ||
    (lang !== 'rw' && [zeroWords.fr, zeroWords.en].some((set) => set.has(said)))
    ? likely(0)
    : undefined;
}

/** Letters typed for figures: `1O`, `l5`. Other letters stay. */
function mend(text: string): string {
  return text.replace(/(?<![\p{L}\p{N}])(?=[\dOoIl]*\d)[\dOoIl]{2,7}(?![\p{L}\p{N}])/gu, (all) =>
    all.replace(/[Oo]/g, '0').replace(/[Il]/g, '1'),
  );
}

function numberAt(tokens: readonly Token[], at: number, lang: 'rw' | 'fr' | 'en'): Found<number> | undefined {
  const token = tokens[at];
  if (!token) return undefined;
  const digits = token.value === undefined ? undefined : digitsAt(tokens, at, token.value);
  const spoken = digits ?? roundAt(tokens, at) ?? wordsAt(tokens, at, lang);
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
    if (articles.has(key) && tokens.length > length + 2) return undefined;
    return { from: at, to: at + length, values: [value], sure: true };
  }
  return undefined;
}

const articles = new Set(['un', 'une', 'one']);

function thousands(phrase: string, lang: 'rw' | 'fr' | 'en'): number | undefined {
  const match = /^(?:(.+) )?(?:mille|thousand)(?: (.+))?$/.exec(phrase) ?? undefined;
  if (!match) return /^igihumbi$/.test(phrase) ? 1000 : undefined;
  const count = match[1] === undefined ? 1 : numberFromWords(match[1], lang);
  const rest = match[2] === undefined ? 0 : numberFromWords(match[2], lang);
  return count === undefined || rest === undefined ? undefined : count * 1000 + rest;
}

/** "une dizaine", "a couple", "half a dozen": round numbers, always asked back. */
function roundAt(tokens: readonly Token[], at: number): Found<number> | undefined {
  for (const [phrase, value] of round) {
    const length = phrase.split(' ').length;
    if (keyOf(tokens, at, Math.min(tokens.length, at + length)) === phrase)
      return { from: at, to: at + length, values: [value], sure: false };
  }
  return undefined;
}

const round: readonly (readonly [string, number])[] = [
  ['half a dozen', 6],
  ['une demi douzaine', 6],
  ['a couple of', 2],
  ['a couple', 2],
  ['couple of', 2],
  ['a dozen', 12],
  ['dozen', 12],
  ['une dizaine', 10],
  ['une douzaine', 12],
  ['une quinzaine', 15],
  ['une vingtaine', 20],
  ['une trentaine', 30],
  ['une quarantaine', 40],
  ['une cinquantaine', 50],
  ['une centaine', 100],
];

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
  if (isNumberWord(text) || text === 'mille' || text === 'thousand' || text === 'igihumbi') return text;
  if (text.length < 5 || aroundWords.has(text)) return /^(?:and|et|na|n'|a)$/.test(text) ? text : undefined;
  const near = nearNumbers(text);
  return near.length === 1 && near[0]?.[0] === text[0] ? near[0] : undefined;
}

const nearNumbers = nearIndex(numberVocabulary);

const units = new Set(
  'week weeks semaine semaines ibyumweru icyumweru byumweru amezi ukwezi mezi personne personnes people persons person posts post poste postes abantu umuntu staff members membres infirmiers infirmieres nurses nurse doctors medecins trainings sessions session seances enfants formations stagiaires total ouvrees ouvrables amasaha isaha minutes min full-time clinique clinical hopital hospital practice pratique hospitalier seulement abakozi abaforomo abaganga in field domaine domain euros'.split(
    ' ',
  ),
);

const between = /\s*(?:[-–—/;,&+]|->|→|\s(?:a|au|et|to|and|until|up to|na|kugeza ku|kugeza|jusqu'a)\s|\s)\s*/;
const numberWord =
  /(?:^|\s)(?:min|max|minimum|maximum|entre|between|de|du|from|kuva kuri|kuva ku|kuva|hagati ya)\s/g;

/** Two whole numbers in the order typed: `30 60`, `30-60`, `de 30 à 60`, `kuva 30 kugeza 60`. */
export function readTwoNumbers(text: string, scope: ReadScope): Reading<readonly [number, number]> {
  const said = ` ${bare(text)} `
    .replace(numberWord, ' ')
    .replace(/\s(?:jours?|days?|iminsi)(?=\s)/g, ' ')
    .trim();
  const parts = said.split(between).filter((part) => part !== '');
  const [first, second] = parts.length === 2 ? parts.map((part) => exactNumber(part, scope)) : [];
  return first === undefined || second === undefined
    ? unclear(text, 'not_two_numbers')
    : certain([first, second]);
}

/** Whether a number stands beside a unit: the unit is the writer's own, which a question about weeks must not overlook. */
export function namesUnit(text: string): boolean {
  return tokenise(text).some(({ text: word }) => namedUnits.has(word));
}

const namedUnits = new Set(
  'day days week weeks month months year years yrs hour hours jour jours semaine semaines mois an ans annee annees heure heures iminsi umunsi ibyumweru icyumweru amezi ukwezi imyaka umwaka amasaha isaha'.split(
    ' ',
  ),
);

function exactNumber(said: string, { lang }: ReadScope): number | undefined {
  if (/^\d{1,7}$/.test(said)) return Number(said);
  if (said === 'none' && lang !== 'en') return undefined;
  return numberFromWords(said, lang);
}
