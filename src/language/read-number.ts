import type { Lang, Reading } from '../engine/message.ts';
import { restOf, roleAt } from './around.ts';
import { exactMonth } from './day-words.ts';
import { counted } from './doubtful.ts';
import { joinerBetween } from './joiners.ts';
import { detailsOf, isName, lastingSince } from './number-details.ts';
import { mend, numberAt } from './number-grammar.ts';
import { isOfOthers } from './others.ts';
import { longestAt, phrases } from './phrases.ts';
import { certain, likely, type ReadScope, unclear } from './reading.ts';
import { type Found, settle } from './settle.ts';
import { corrected } from './taken-back.ts';
import { asks, type Token, tokenise } from './tokens.ts';

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

/** "4 days a week", "3 fois": how often, and not how many. */
const often =
  /\d (?:times|fois)(?!\p{L})|inshuro \d|\d (?:dipl[oô]mes|diplomas|degrees)|(?:\p{L} (?:a|per|par) (?:week|day|month|semaine|jour|mois)|mu cyumweru|ku munsi|mu kwezi)(?!\p{L})/iu;

/** "Im 38", "j'ai 38 ans": as likely an age. */
const maybeAge = /^\s*(?:i['’ ]?a?m|j['’ ]?ai) (?:1[89]|[2-6]\d)(?: ans)?[\s.!]*$/iu;

/** "I was 12 when …", "12 minus …": an age once, a sum to be done. */
const aged =
  /(?<!\p{L})(?:i was|j['’ ]avais|nari mfite imyaka|habite au|live at(?: number| no)?|turned|turning) \d+(?! (?:ans|years) (?:d|of|as))|\d (?:minus|moins)(?!\p{L})/iu;

/** As {@link readWholeNumber}, with fractions, which are always asked back. */
export function readNumber(text: string, { lang }: ReadScope): Reading<number> {
  // A minus sign, a power, a share of something (3/5), a time, an ordinal range: no plain number.
  if (/(?:^|\s)[-−]\s*\d/.test(text) || /\d\s*[/:]\s*\d|\d\s*%/.test(text))
    return unclear(text, 'not_a_number');
  if (aged.test(text) || /[¹²³⁰-⁹]/.test(text)) return unclear(text, 'not_a_number');
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
  // "My sister 15 years, me 8": theirs is no second answer.
  const mine = found.filter(({ from }) => !isOfOthers(tokens, from));
  const { main, details } = detailsOf(mine.length > 0 ? mine : found, tokens);
  const theirs = mine.length > 0 ? found.filter((one) => !mine.includes(one)) : [];
  const { kept } = corrected(main, tokens, lang);
  const [first, second] = kept;
  if (!first || kept.length > 2 || isListed(first, tokens) || isName(first, tokens))
    return unclear(text, 'not_a_number');
  const between = tokens.slice(0, first.from).some((token) => opening.test(token.text));
  // "2 children and 2 adults" are four, and nobody has said so.
  const sum =
    second && joinerBetween(tokens, first.to, second.from, lang) === 'and' && second.from - first.to > 1;
  if (sum && first.values[0] === second.values[0] && !between) return unclear(text, 'not_a_number');
  if (second && first.values[0] !== second.values[0]) {
    const joiner = joinerBetween(tokens, first.to, second.from, lang);
    const near = second.from - first.to <= farthest;
    const pair = joiner === 'or' || (joiner === 'to' && near) || (joiner === 'and' && between);
    if (!pair) return unclear(text, 'not_a_number');
  }
  const reading = settle(main, {
    tokens,
    lang,
    text,
    why: 'not_a_number',
    also: [
      ...details,
      ...theirs,
      ...lastingSince(main, tokens),
      ...countedThings(main, tokens, lang),
      ...monthsIn(tokens, lang),
    ],
    personal: !tokens.slice(0, first.from).some(({ text: word }) => selves.has(word)),
    beside: { words: units, ...(ownThings(main, tokens) && { doubtful: counted }) },
    harmless: ['until', ...(second && between ? (['block'] as const) : [])],
  });
  // "5+" is not quite five.
  const loose = maybeAge.test(text) || often.test(text) || /\d\s*[+~]|~\s*\d/.test(text);
  return loose && reading.kind === 'value' ? likely(reading.value) : reading;
}

/** "Deux ans *à Kigali et* trois ans" is no stretch from two to three. */
const farthest = 3;
const opening = /^(?:entre|between|hagati|from|de)$/;

/** "*Me, my husband and* 2 kids": who says so has not counted. */
function isListed({ from }: Found<number>, tokens: readonly Token[]): boolean {
  return (
    /^(?:and|et|na|n'|plus)$/.test(tokens[from - 1]?.text ?? '') &&
    tokens.slice(0, from).some(({ text }) => persons.has(text))
  );
}

/** Who counts themselves in: "me and my wife so 2". */
const selves = new Set("me moi i i'm we we're on nous njye turi tuzaba".split(' '));
const persons = new Set('me moi njye husband wife mari femme umugabo umugore partner conjoint'.split(' '));

/** "2 *kids*", "*room* 12": what is counted or numbered stands near. */
function ownThings(found: readonly Found<number>[], tokens: readonly Token[]): boolean {
  return found.some(({ from, to }) =>
    tokens.slice(Math.max(0, from - 2), to + 2).some(({ text }) => counted.has(text)),
  );
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

/** "12 years *this September*": when it will be so. */
function monthsIn(tokens: readonly Token[], lang: 'rw' | 'fr' | 'en') {
  return tokens.flatMap(({ text, value }, at) =>
    at > 0 && value === undefined && exactMonth(text, lang) !== undefined ? [{ from: at, to: at + 1 }] : [],
  );
}

const shares = new Set('quart quarts tiers thirds third percent pourcent pour'.split(' '));

const nothing = phrases<true>(
  (
    [
      [
        'rw',
        "nta na kimwe|ntawe|nta n' umwe|nta n' imwe|nta na rimwe|ntayo|nta gihe|nta numwe|nta bwo mfite|nta nimwe|nta bumenyi|nta burambe",
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
  // "Rien que moi", "nobody but me": one is left.
  const but = hit && /^(?:que|qu'|but)$/.test(tokens[hit.length]?.text ?? '');
  if (
    !hit ||
    but ||
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
