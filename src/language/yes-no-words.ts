import type { Lang } from '../engine/message.ts';
import answers from './answers.json' with { type: 'json' };
import { aroundWords } from './around.ts';
import { find, index, words } from './lexicon.ts';
import { nearIndex } from './near.ts';
import { isEmoji } from './normalise.ts';
import { type Patterns, patterns, patternWords } from './patterns.ts';
import { type Phrases, phrases, wordsOf } from './phrases.ts';
import { type Token, withText } from './tokens.ts';

/** The words of yes, no and maybe: whole messages, phrases inside sentences, pictures. */

export type YesNo = 'yes' | 'no' | 'maybe';

/**
 * A `wish` ("I'd love to") is a yes alone, a `regret` ("j'aurais aimé") a no, and `praise` ("great idea") nothing; a "but"
 * behind any of them opens the answer. What is put off ("maybe next year") is a maybe, but leaves a no a no.
 */
export type Part =
  | 'said_yes'
  | 'said_no'
  | 'yes'
  | 'no'
  | 'maybe'
  | 'wish'
  | 'regret'
  | 'praise'
  | 'later'
  | 'sharp'
  | 'hesitant';

/** One slip of the finger in a long word; never one that would lose a negation, for no negation is one letter. */
export function mendedAnswer(token: Token): Token {
  const { text, value } = token;
  if (value !== undefined || known.has(text) || aroundWords.has(text)) return token;
  const squeezed = /(\p{L})\1\1/u.test(text) ? text.replace(/(\p{L})\1{2,}/gu, '$1') : text;
  if (squeezed !== text && known.has(squeezed)) return withText(token, squeezed);
  const straight = text.replaceAll('l', 'r');
  if (straight !== text && known.has(straight)) return withText(token, straight);
  const near = nearWords(squeezed);
  const [only] = near;
  return near.length === 1 && only !== undefined && only[0] === text[0] ? withText(token, only) : token;
}

/** What the pictures in a message say, if they say anything. */
export function moodOf(text: string): YesNo | 'mixed' | undefined {
  if (!/\P{ASCII}/u.test(text)) return undefined;
  let mood: YesNo | 'mixed' | undefined;
  for (const sign of text.match(/\p{Extended_Pictographic}/gu) ?? []) {
    const value = find(exact, sign, 'en')?.value;
    if (value === undefined) continue;
    mood = mood === undefined || mood === value ? value : 'mixed';
  }
  return mood;
}

export function contradicts(text: string, value: YesNo): boolean {
  const mood = isEmoji(text) ? undefined : moodOf(text);
  return mood !== undefined && mood !== value;
}

export const exact = index<YesNo>({ yes: 'yes', no: 'no', maybe: 'maybe' });
export const neither = index({ unsure: true });
const langs: readonly Lang[] = ['rw', 'fr', 'en'];

function* entries(): Generator<readonly [Lang, string, Part]> {
  for (const lang of langs) {
    const own = answers[lang];
    for (const phrase of words[lang].unsure) yield [lang, phrase, 'sharp'];
    for (const part of ['said_yes', 'said_no'] as const)
      for (const word of own[part].split(' ')) yield [lang, word, part];
    for (const part of ['maybe', 'no', 'yes'] as const) {
      for (const phrase of [...own[part].split('|'), ...words[lang][part]]) {
        yield [lang, phrase, part];
        // "Don't think so": the "I" is often left out.
        const short = /^i (?=\S+ \S+ \S+)/.test(phrase) ? phrase.slice(2) : undefined;
        if (short !== undefined) yield [lang, short, part];
      }
    }
    for (const part of ['sharp', 'hesitant'] as const)
      for (const phrase of own[part].split('|')) yield [lang, phrase, part];
    for (const phrase of words[lang].but) yield [lang, phrase, 'sharp'];
  }
  // "nta kibazo", "aucun souci", "zero problem" and their mixtures: no trouble means yes.
  for (const none of noTrouble) for (const trouble of troubles) yield ['fr', `${none} ${trouble}`, 'yes'];
}

const noTrouble = [
  'nta',
  'pas de',
  "pas d'",
  'aucun',
  'aucune',
  'no',
  'not a',
  'sans',
  'zero',
  'sans aucun',
  'sans aucune',
  'sans le moindre',
  'y a pas de',
  'pas le moindre',
  'without any',
  'without',
  'nta ki',
];
const troubles =
  'kibazo ikibazo bibazo probleme problemes prob probs pb pbs souci soucis problem problems issue issues worries worry objection objections doute doubt inconvenient stress trouble'.split(
    ' ',
  );

export const parts: Phrases<Part> = phrases(entries());

/** Answers with a place in them for this and that: "my boss won't (let|release) me". */
export const sayings: Patterns<{ readonly part: Part; readonly lang: Lang }> = patterns(
  langs.flatMap((lang) =>
    // Object.entries widens the keys to string; the file has no others than parts.
    (Object.entries(answers[lang].patterns) as [Part, string][]).flatMap(([part, joined]) =>
      joined.split(';').map((pattern) => [pattern, { part, lang }] as const),
    ),
  ),
);
const known = new Set([...wordsOf(parts), ...patternWords(sayings)]);
const nearWords = nearIndex(known);

/** An apology beside an answer takes nothing back. */
export const sorry = new Set(
  'sorry desole desolee dsl dsle deso sry srry soz pardon mumbabarire mbabarira excusez apologies'.split(' '),
);
/** Whom and what people go and ask before they decide. */
export const pondering = new Set(
  "parler discuter discuss talk speak consulter consult premier avant tout en need voir avec mari femme chef cheffe employeur patron direction manager boss husband wife employer family famille check ask asking verifier demander reflechir think thinking decide decider first dabord abord d'abord agenda calendar planning schedule reka mbanze ntekereze mbaze ndebe umugabo umugore umukoresha umuryango shebuja bambwire mbitekerezeho dois doit faut need must let reponse".split(
    ' ',
  ),
);

/** What people say yes to, and regrets: they change nothing. */
export const beside = new Set(
  'ibyo banditse x xx xxx politely poliment kindly respectfully regrettably regretfully gracefully simplement simply voyons voyez franchement gonna mwanditse nanditse mwavuze wanditse afraid peur crains round around venue arrivee coming disponibilite availability inscription registration kuza ukuza participation presence terms conditions read lu note noted attendance everything all thats unfortunately malheureusement helas sadly trop encore already deja again mission programme project projet proposition offer offre flight vol billet ticket date bahati mbi ikibabaje byose hose'.split(
    ' ',
  ),
);
/** Words of questions and worries: a "yes" before them may only open the talk. */
export const asking = new Set(
  'told heard cancelled canceled changed postponed refused annule annulee reporte reportee question questions ask wonder wondering know problem issue when how what where which who why combien quand comment quoi ou quel quelle probleme souci savoir pourquoi kubaza ikibazo ryari gute iki kuki'.split(
    ' ',
  ),
);

/** Times, as numbers are: an answer beside them may be one for a while. */
export const timing = new Set('week month semaine mois demain tomorrow icyumweru ukwezi'.split(' '));

export const spokenShort = new Set('yh ye no ok ee ui wi nn si'.split(' '));
export const afterNo = new Set(
  "i i'm im i'll we it it's its that that's thats this they my sorry thank thanks not never please sir madam unfortunately sadly je ce c' merci pas ntabwo ntago sinzaza no dear".split(
    ' ',
  ),
);

/**
 * "No, problem with my phone", "I'm in a meeting": the same words say another thing where a sign parts a denial from what
 * it denies, and where the sentence goes on behind the "in".
 */
export function isCut(tokens: readonly Token[], at: number, length: number): boolean {
  const first = tokens[at]?.text ?? '';
  if (denials.has(first)) return /[,.;:!?…]/.test(tokens[at + 1]?.sep ?? '');
  const last = tokens[at + length - 1]?.text ?? '';
  if (!subjects.has(first) || (last !== 'in' && last !== 'out')) return false;
  const next = tokens[at + length];
  return next !== undefined && next.sep === '' && next.value === undefined && !joining.has(next.text);
}

const denials = new Set('no non not aucun aucune nta pas sans zero without'.split(' '));
const subjects = new Set("i i'm im we we're".split(' '));
/** What may follow "I'm in" when it says yes. */
const joining = new Set(
  'for on thanks thank thx please pls yes yep yeah and if with definitely absolutely totally certainly then too so just sorry but though count no who when dear team guys x'.split(
    ' ',
  ),
);
