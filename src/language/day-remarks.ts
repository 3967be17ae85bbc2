import type { Lang } from '../engine/message.ts';
import { roleAt } from './around.ts';
import { clausesOf } from './clauses.ts';
import { type Tokens, table } from './day-words.ts';
import { feasts } from './feasts.ts';
import type { Mention } from './mention.ts';
import { isOfOthers } from './others.ts';
import { longestAt } from './phrases.ts';

/** Days that are named in a message without being an answer. They are accounted for, and answer nothing. */

/** "Le 5 ou le 6, *je confirme demain*", "I'll let you know on Monday": when the answer will come. "…, *je reprends le 27*": work. */
export function isTelling(mention: Mention, tokens: Tokens): boolean {
  if (!isNamed(mention)) return false;
  const counted = mention.is === 'days' || (mention.is === 'day' && mention.parts.day === undefined);
  const clauses = clausesOf(tokens);
  return tokens.some(({ text }, at) => {
    if (clauses[at] !== clauses[mention.from]) return false;
    if (resumes.has(text) && clauses[at] !== 0) return true;
    if (!counted || tells.has(text)) return counted;
    const elsewhere = clauses[at] !== 0 || addressed.test(tokens[at - 1]?.text ?? '');
    return at < mention.from && confirms.test(text) && elsewhere;
  });
}

const resumes = new Set('reprends reprendre retravaille resume recommence'.split(' '));
const confirms =
  /^(?:confirm|confirme|confirmerai|confirming|verifie|verifierai|check|dis|ecris|envoie|reviens|contacte|appelle|previens|message|text|write)$/;
const addressed = /^(?:vous|te|t'|you|u)$/;
const tells = new Set(
  'tell know saurai dirai redirai redis rappelle rappellerai recontacte recontacterai verrai nzababwira ndababwira nzabamenyesha ndabamenyesha'.split(
    ' ',
  ),
);

/** "Ma sœur *part* le 8 avril, mais moi …": the journey of somebody else, where the message goes on about the writer. */
export function isJourneyOfOthers(mention: Mention, tokens: Tokens): boolean {
  if (!isOfOthers(tokens, mention.from)) return false;
  const clauses = clausesOf(tokens);
  const own = clauses[mention.from];
  // "Ma collègue le 8 mars" needs no verb beside "moi le 5".
  const said = tokens.filter((_, at) => clauses[at] === own && at < mention.from);
  const travels = said.length <= 2 || said.some(({ text }) => journeys.has(text));
  return travels && tokens.some(({ text }, at) => clauses[at] !== own && selves.has(text));
}

const journeys = new Set(
  'part arrive vient viendra arrivera partira rentre arrives comes leaves travels flies lands goes coming arriving leaving aza azaza azagera azahagera azagenda ajya'.split(
    ' ',
  ),
);
const selves = new Set("moi me mine i i'm i'll myself je j' njye njyewe jye nzaza nzagera".split(' '));

/** "On nights *till the 14th*, so 15 Jan": the end of something else, where another day answers. */
export function isEndOfElse(mention: Mention, all: readonly Mention[], tokens: Tokens, lang: Lang): boolean {
  const [first, second] = all.filter(isNamed);
  return (
    first === mention &&
    second !== undefined &&
    [1, 2].some((back) => roleAt(tokens, mention.from - back, lang)?.value === 'until')
  );
}

/** "It was 10 March, now the 13th", "changed from 10/3": what the day was before. A mere "now" beside a day is none. */
export function isFormer(mention: Mention, all: readonly Mention[], tokens: Tokens): boolean {
  if (!all.some((one) => one !== mention && isNamed(one)) || !isNamed(mention)) return false;
  if (mention.is === 'days' && mention.to === mention.from + 1 && nows.has(tokens[mention.from]?.text ?? ''))
    return true;
  if (isThought(mention, all, tokens)) return true;
  const before = [1, 2, 3, 4].map((back) => tokens[mention.from - back]?.text ?? '');
  const first = tokens[mention.from]?.text;
  return (
    before.some(
      (text, at) => formers.has(text) && (text !== 'was' || /^(?:it|that|this)$/.test(before[at + 1] ?? '')),
    ) ||
    ([first, ...before].includes('from') && before.some((text) => /^(?:changed|moved)$/.test(text)))
  );
}

/** "*Was thinking* 3 June *but let's go* for the 4th": a plan, and what became of it. */
function isThought(mention: Mention, all: readonly Mention[], tokens: Tokens): boolean {
  const next = all.find((one) => one.from > mention.from && isNamed(one));
  if (
    !next ||
    !tokens.slice(Math.max(0, mention.from - 4), mention.from).some(({ text }) => planned.has(text))
  )
    return false;
  return tokens.slice(mention.to, next.from).some(({ text }) => turned.has(text));
}

const planned = new Set('thinking thought pensais pensait songeais'.split(' '));
const turned = new Set('but mais plutot finalement actually now maintenant'.split(' '));

function isNamed({ is }: Mention): boolean {
  return is === 'day' || is === 'days';
}

const nows = new Set('now maintenant ubu none nonaha'.split(' '));
const formers = new Set(
  'was avait avions etait etais byari yari nari supposed initialement initially originally'.split(' '),
);

/** "Any *Monday in January*": a weekday and a month make no day. */
export function isSomeWeekday(mentions: readonly Mention[]): boolean {
  const weekday = mentions.some((one) => one.is === 'day' && one.parts.day === undefined);
  return weekday && mentions.some(({ is }) => is === 'month') && mentions.every(({ is }) => is !== 'days');
}

/** "*I work* on 14 May", "du 10 au 28 mai *je travaille*", in the part of the message that names the day. */
export function isAtWork(mentions: readonly Mention[], tokens: Tokens, lang: Lang): boolean {
  if (mentions.length === 0) return false;
  const at = tokens.findIndex((_, place) => longestAt(atWork, tokens, place, lang) !== undefined);
  if (at < 0 || tokens.some(({ text }) => coming.has(text) || text === 'until' || text === "jusqu'"))
    return false;
  const clauses = clausesOf(tokens);
  return mentions.every((one) => !isNamed(one) || clauses[one.from] === clauses[at]);
}

const atWork = table<true>({
  rw: [['ndakora|nzaba nkora|nzaba ndi ku kazi', true]],
  fr: [
    [
      "je travaille|je bosse|de garde|a l'hopital|hospitalise|hospitalisee|en clinique|d' astreinte|je taf",
      true,
    ],
  ],
  en: [
    [
      "i work|in hospital|in the hospital|i'm working|im working|i am working|i'll be working|on duty|on call|on shift|i'm on nights",
      true,
    ],
  ],
});

/** "I have *exams* on 5 May", "le 5 mai c'est mon *anniversaire*": what happens that day, where nobody says to come. */
export function isOccasion(tokens: Tokens): boolean {
  if (tokens.some(({ text }) => coming.has(text))) return false;
  // "After my exams" is when somebody comes.
  return tokens.some(
    ({ text }, at) =>
      occasions.has(text) && !tokens.slice(Math.max(0, at - 3), at).some((one) => later.has(one.text)),
  );
}

const later = new Set('after apres nyuma once fois'.split(' '));
const occasions = new Set(
  'ibizamini ikizamini maternity maternite accouche accouchement operation operated operee communion bapteme baptism graduation born navutse appointment embassy ambassade interview exam exams examen examens birthday anniversaire amavuko wedding mariage ubukwe funeral enterrement'.split(
    ' ',
  ),
);
const coming = new Set(
  'arrive arriving arrival arrivee come coming land landing fly flying flight vol viens viendrai arriverai atterris dispo disponible available free libre nzaza nzagera nzahagera so donc but mais ariko'.split(
    ' ',
  ),
);

/** "1 August *is too early*", "le 1er août *c'est complet*": the writer refuses that day. */
export function isRefused(mention: Mention, tokens: Tokens, lang: Lang): boolean {
  const clauses = clausesOf(tokens);
  return tokens.some(
    (_, at) =>
      at >= mention.to &&
      at < mention.to + refusing &&
      clauses[at] === clauses[mention.from] &&
      longestAt(refusals, tokens, at, lang) !== undefined,
  );
}

const refusing = 5;
const refusals = table<true>({
  rw: [['ni kare|ni kare cyane|byaba kare', true]],
  fr: [['trop tot|trop tard|complet|pas possible|impossible|trop juste|tombe mal', true]],
  en: [['too early|too soon|too late|fully booked|is full|is taken|not possible|impossible|no good', true]],
});

/**
 * "Between 20 Dec and 4 Jan, *I get xmas off*": a feast behind both ends, in a part of the message of its own, that says
 * why they suit. Denied or without a word of leave it may be anything.
 */
export function isFeastOff(mention: Mention, at: number, tokens: Tokens, lang: Lang): boolean {
  if (at < 2 || mention.is !== 'days' || !longestAt(feasts, tokens, mention.from, lang)) return false;
  const clauses = clausesOf(tokens);
  const own = clauses[mention.from];
  if (own === clauses[0]) return false;
  const said = tokens.flatMap((_, place) => (clauses[place] === own ? [place] : []));
  return (
    said.some((place) => leave.has(tokens[place]?.text ?? '')) &&
    said.every((place) => !doubting.has(roleAt(tokens, place, lang)?.value ?? ''))
  );
}

const leave = new Set(
  'off free closed leave holiday holidays conge conges libre ferme fermee konji ikiruhuko'.split(' '),
);
const doubting = new Set(['until', 'not', 'block', 'or', 'but', 'instead', 'hedge']);

/** "From 2 to 20 August *I will be in Spain*": away, where the question is about Rwanda. */
export function isElsewhere(tokens: Tokens, lang: Lang): boolean {
  return tokens.some(
    ({ text }, at) =>
      being.has(text) &&
      within.has(tokens[at + 1]?.text ?? '') &&
      tokens[at + 2] !== undefined &&
      tokens[at + 2]?.value === undefined &&
      !roleAt(tokens, at + 2, lang),
  );
}

const being = new Set("be serai serons am i'm suis nzaba ndi".split(' '));
const within = new Set('in en au aux mu muri'.split(' '));
