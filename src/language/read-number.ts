import type { Lang, Reading } from '../engine/message.ts';
import { aroundWords, restOf, roleAt } from './around.ts';
import { isNumberWord } from './day-words.ts';
import { counted } from './doubtful.ts';
import { joinerBetween } from './joiners.ts';
import { nearIndex } from './near.ts';
import { numberFromWords, numberVocabulary } from './number-words.ts';
import { longestAt, phrases } from './phrases.ts';
import { certain, likely, type ReadScope, unclear } from './reading.ts';
import { type Found, settle } from './settle.ts';
import { corrected } from './taken-back.ts';
import { asks, keyOf, type Token, tokenise } from './tokens.ts';

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
  if (/(?:^|\s)[-−]\s*\d/.test(text) || /\d\s*[/:]\s*\d|\d\s*%/.test(text))
    return unclear(text, 'not_a_number');
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
  const none = zeroOf(tokens, found, text, lang);
  if (none) return none;
  const details = detailsIn(found, tokens);
  const main = found.filter((one) => !details.includes(one));
  const { kept } = corrected(main, tokens, lang);
  const [first, second] = kept;
  if (!first || kept.length > 2) return unclear(text, 'not_a_number');
  const between = tokens.slice(0, first.from).some((token) => opening.test(token.text));
  if (second && first.values[0] !== second.values[0]) {
    const joiner = joinerBetween(tokens, first.to, second.from, lang);
    const pair = joiner === 'or' || joiner === 'to' || (joiner === 'and' && between);
    if (!pair) return unclear(text, 'not_a_number');
  }
  const reading = settle(main, {
    tokens,
    lang,
    text,
    why: 'not_a_number',
    also: [...details, ...countedThings(main, tokens, lang)],
    beside: { words: units, doubtful: counted },
    harmless: ['until', ...(second && between ? (['block'] as const) : [])],
  });
  // "5+" is not quite five.
  const loose = /\d\s*[+~]|~\s*\d/.test(text);
  return loose && reading.kind === 'value' ? likely(reading.value) : reading;
}

const opening = /^(?:entre|between|hagati|from|de)$/;
const detailing = new Set(
  'dont including incl of which notamment harimo barimo with avec since depuis'.split(' '),
);

/** "8 ans *dont 3 en néonat*", "42 people (*27 women, 15 men*)", "12 years, since 2014": they say more about the first number. */
function detailsIn(found: readonly Found<number>[], tokens: readonly Token[]): readonly Found<number>[] {
  const [first, ...others] = found;
  if (!first) return [];
  const opens = (at: number) => detailing.has(tokens[at]?.text ?? '') || tokens[at]?.sep.includes('(');
  let inDetail = false;
  let last = first.to;
  return others.filter((one) => {
    for (let at = last; at <= one.from; at++) inDetail ||= opens(at) === true;
    last = one.to;
    return inDetail && one.values[0] !== first.values[0];
  });
}

/** "72 *participants*", "14yrs *nhs*": the noun behind a number is what was counted, whatever it is. */
function countedThings(
  found: readonly Found<number>[],
  tokens: readonly Token[],
  lang: Lang,
): readonly { readonly from: number; readonly to: number }[] {
  return found.flatMap(({ to }) => {
    const token = tokens[to];
    const counted =
      token && token.value === undefined && !shares.has(token.text) && !roleAt(tokens, to, lang);
    return counted ? [{ from: to, to: to + 1 }] : [];
  });
}

const shares = new Set('quart quarts tiers thirds third percent pourcent pour'.split(' '));

const nothing = phrases<true>(
  (
    [
      [
        'rw',
        "nta na kimwe|nta n' umwe|nta n' imwe|nta na rimwe|ntayo|nta gihe|nta numwe|nta bwo mfite|nta nimwe|nta bumenyi",
      ],
      [
        'fr',
        "aucun|aucune|pas du tout|rien|rien du tout|pas un seul|pas une seule|je n' en ai pas|j' en ai pas|aucune experience|zero pointe|personne",
      ],
      ['en', 'none|none at all|not any|not one|no experience|nil|nobody|i have none|nought'],
    ] as const
  ).flatMap(([lang, joined]) => joined.split('|').map((phrase) => [lang, phrase, true] as const)),
);

/** "None", "aucun", "nta n'umwe", with no more than courtesy around it. rw "none" is now, and no answer. */
function zeroOf(
  tokens: readonly Token[],
  found: readonly Found<number>[],
  text: string,
  lang: Lang,
): Reading<number> | undefined {
  const hit = longestAt(nothing, tokens, 0, lang);
  if (
    !hit ||
    asks(text) ||
    found.some(({ to }) => to > hit.length) ||
    (tokens[0]?.text === 'none' && lang === 'rw')
  )
    return undefined;
  const rest = restOf(tokens, [{ from: 0, to: hit.length }], lang, { words: units });
  if (rest.unknown > 0 || rest.roles.has('not') || rest.roles.has('block') || rest.roles.has('or'))
    return undefined;
  return rest.roles.has('but') || rest.roles.has('hedge') ? likely(0) : certain(0);
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
    // "Deux infirmiers et une sage-femme" counts the midwife too; elsewhere "une" only stands before its noun.
    const counts = /^(?:et|and|plus)$/.test(tokens[at - 1]?.text ?? '');
    if (articles.has(key) && !counts && tokens.length > length + 2) return undefined;
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

/** Whether a number stands beside a unit: the unit is the writer's own, which a question about weeks must not overlook. */
export function namesUnit(text: string): boolean {
  return tokenise(text).some(({ text: word }) => namedUnits.has(word));
}

const namedUnits = new Set(
  'day days week weeks month months year years yrs hour hours jour jours semaine semaines mois an ans annee annees heure heures iminsi umunsi ibyumweru icyumweru amezi ukwezi imyaka umwaka amasaha isaha'.split(
    ' ',
  ),
);
