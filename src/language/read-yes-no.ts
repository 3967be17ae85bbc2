import type { Lang, Reading } from '../engine/message.ts';
import answers from './answers.json' with { type: 'json' };
import { aroundWords, roleAt } from './around.ts';
import { find, index, isAmbiguousAlone, words } from './lexicon.ts';
import { nearIndex } from './near.ts';
import { bare, isEmoji } from './normalise.ts';
import { longestAt, type Phrases, phrases, wordsOf } from './phrases.ts';
import { certain, likely, type ReadScope, unclear } from './reading.ts';
import { asks, type Token, tokenise } from './tokens.ts';

export type YesNo = 'yes' | 'no' | 'maybe';

/**
 * Whole phrases before words: "nta kibazo", "pas de souci" and "why not" say yes with a negation in them, "bien sûr que
 * non" says no with a yes in it. In a longer message every word must agree: a "but", a condition, a question or a
 * second, opposite answer makes it unclear, a hedge makes it a maybe, an unknown word makes it likely. Emoji, two-letter
 * words of another language and words that often mean something else are asked back too.
 */
export function readYesNo(text: string, { lang }: ReadScope): Reading<YesNo> {
  const said = bare(text);
  if (find(neither, said, lang)) return unclear(text, 'not_yes_or_no');
  const whole = find(exact, said, lang);
  if (whole) {
    const borrowed = whole.lang !== lang && said.length <= 2;
    const sure =
      !borrowed &&
      !isEmoji(text) &&
      !isAmbiguousAlone(said, lang) &&
      !asks(text) &&
      !contradicts(text, whole.value);
    return sure ? certain(whole.value) : likely(whole.value);
  }
  return weigh(tokenise(text), text, lang);
}

/**
 * Only what a whole message of the lexicon says, never a sentence: for places where a yes must not be read into words
 * that are about something else.
 */
export function plainYesNo(text: string, lang: Lang): Reading<YesNo> {
  const said = bare(text);
  const found = find(exact, said, lang);
  if (!found) return unclear(text, 'not_yes_or_no');
  const borrowed = found.lang !== lang && said.length <= 2;
  return borrowed || isEmoji(text) || isAmbiguousAlone(said, lang)
    ? likely(found.value)
    : certain(found.value);
}

type Part = 'said_yes' | 'said_no' | 'yes' | 'no' | 'maybe' | 'sharp' | 'hesitant';

type Count = Record<Part | 'not' | 'negated' | 'hedge' | 'unknown' | 'but' | 'pondering' | 'asking', number>;

const story = 12;

function weigh(tokens: readonly Token[], text: string, lang: Lang): Reading<YesNo> {
  const no = unclear<YesNo>(text, 'not_yes_or_no');
  if (tokens.length === 0 || tokens.length > 40) return no;
  const { count, first, freeNo } = countOf(tokens, lang);
  if (count.sharp > 0 || count.but > 0 || count.unknown > story) return no;
  if (asks(text) && tokens.length > 1) return no;
  const yes = count.yes + count.said_yes;
  const not = count.no + count.said_no + count.negated;
  const mood = moodOf(text);
  if (mood === 'mixed' || (mood === 'no' && yes > 0) || (mood === 'yes' && not > 0)) return no;
  const ponders = count.pondering >= 2 && count.unknown === 0;
  // "Not yet" is a no for today only.
  const soft = /(?:pas encore|not yet|ntibiraba)/.test(bare(text));
  const calm = !soft && count.unknown === 0 && count.hesitant === 0 && mood !== 'maybe';

  if (count.maybe > 0) {
    if (yes > 0 && not > 0) return no;
    if (count.unknown > 4 || first === 'said_no' || first === 'no') return no;
    return calm && yes + not === 0 && count.not === 0 ? certain('maybe') : likely('maybe');
  }
  if (yes > 0 && not > 0) return no;
  if (count.hedge > 0) return yes + not > 0 && count.unknown <= 4 ? likely('maybe') : no;
  if (not > 0) {
    if (count.said_no > 0 && first === 'said_no') {
      // "no passport" is no answer; "no, …", "no I …", "non …", "oya …" are.
      const sure = count.hesitant === 0 && freeNo && count.asking === 0 && count.unknown <= 3;
      return sure || (calm && freeNo) ? certain('no') : likely('no');
    }
    // French needs two words for one denial: "je ne confirme pas".
    if (count.not > 0 && (count.negated !== 1 || count.not > 2)) return no;
    // Without a plain no, a part of a sentence ("je n'ai pas reçu le document") proves little.
    return calm ? certain('no') : count.unknown <= 1 ? likely('no') : no;
  }
  if (yes > 0) {
    // A denial far from what it may deny: "yes, I do not mind which".
    if (count.not > 0) return no;
    const plain =
      first === 'said_yes' &&
      count.unknown <= 2 &&
      count.asking === 0 &&
      count.hesitant === 0 &&
      mood !== 'maybe';
    if (calm || plain) return certain('yes');
    return count.said_yes > 0 || count.unknown <= 1 ? likely('yes') : no;
  }
  return ponders ? likely('maybe') : no;
}

function countOf(
  tokens: readonly Token[],
  lang: Lang,
): { count: Count; first: string | undefined; freeNo: boolean } {
  const count: Count = {
    said_yes: 0,
    said_no: 0,
    yes: 0,
    no: 0,
    maybe: 0,
    sharp: 0,
    hesitant: 0,
    not: 0,
    negated: 0,
    hedge: 0,
    unknown: 0,
    but: 0,
    pondering: 0,
    asking: 0,
  };
  let first: string | undefined;
  let freeNo = true;
  let lastNot = Number.NEGATIVE_INFINITY;
  let lastMaybe = -1;
  const fixed = tokens.map((token) => corrected(token));
  for (let at = 0; at < fixed.length; ) {
    const role = roleAt(fixed, at, lang);
    const found = longestAt(parts, fixed, at, lang);
    // rw "si" is "not" and no French "si": a word of one's own language is not another language's answer.
    const hit =
      found &&
      role &&
      role.lang === lang &&
      found.lang !== lang &&
      role.value !== 'filler' &&
      found.length <= role.length
        ? undefined
        : found;
    const short =
      hit &&
      hit.length === 1 &&
      (fixed[at]?.text.length ?? 0) <= 2 &&
      !spokenShort.has(fixed[at]?.text ?? '');
    // "I don't know if I can": what hangs on the "if" was not said.
    if (lastMaybe === at && /^(?:if|whether|si|niba|ko|que|that)$/.test(fixed[at]?.text ?? '')) {
      count.hesitant++;
      break;
    }
    // "Oui si mon chef accepte": a condition, unless it stands alone or doubled.
    if (
      fixed[at]?.text === 'si' &&
      hit?.length === 1 &&
      at + 1 < fixed.length &&
      fixed[at + 1]?.text !== 'si'
    ) {
      count.sharp++;
      at++;
      continue;
    }
    if (hit && !short && hit.length >= (role?.value === 'filler' ? role.length : 0)) {
      if (hit.value === 'said_no') freeNo &&= isFree(fixed, at);
      // "I do not confirm", "ntabwo nzaboneka": the denial belongs to what follows it closely.
      const denied = hit.value === 'yes' && at - lastNot <= 3;
      if (denied) count.negated++;
      else count[hit.value]++;
      if (hit.value !== 'hesitant') first ??= hit.value;
      if (hit.value === 'maybe') lastMaybe = at + hit.length;
      at += hit.length;
      continue;
    }
    if (role && !sorry.has(fixed[at]?.text ?? '')) {
      if (role.value === 'not') count.not++;
      else if (role.value === 'hedge') count.hedge++;
      else if (
        role.value === 'but' ||
        role.value === 'or' ||
        role.value === 'instead' ||
        role.value === 'block'
      )
        count.but++;
      if (role.value === 'not') {
        first ??= 'not';
        lastNot = at + role.length;
      }
      at += role.length;
      continue;
    }
    const word = fixed[at]?.text ?? '';
    if (asking.has(word) || fixed[at]?.value !== undefined) count.asking++;
    if (pondering.has(word)) count.pondering++;
    else if (!sorry.has(word) && !beside.has(word) && (word.length > 1 || fixed[at]?.value !== undefined))
      count.unknown++;
    at++;
  }
  return { count, first, freeNo };
}

/** French "non" and Kinyarwanda "oya" always answer; English "no" also counts nouns ("no visa yet"). */
function isFree(tokens: readonly Token[], at: number): boolean {
  if (tokens[at]?.text !== 'no') return true;
  const next = tokens[at + 1];
  return next === undefined || next.sep !== '' || afterNo.has(next.text);
}

/** An apology beside an answer takes nothing back. */
const sorry = new Set('sorry desole desolee pardon mumbabarire mbabarira excusez apologies'.split(' '));
/** Whom and what people go and ask before they decide. */
const pondering = new Set(
  "voir avec mari femme chef cheffe employeur patron direction manager boss husband wife employer family famille check ask asking verifier demander reflechir think thinking decide decider first dabord abord d'abord agenda calendar planning schedule reka mbanze ntekereze mbaze ndebe umugabo umugore umukoresha umuryango shebuja bambwire mbitekerezeho dois doit faut need must let reponse".split(
    ' ',
  ),
);

/** What people say yes to, and regrets: they change nothing. */
const beside = new Set(
  'participation presence terms conditions read lu note noted attendance everything all thats unfortunately malheureusement helas sadly trop encore already deja again mission programme project projet proposition offer offre flight vol billet ticket date bahati mbi ikibabaje byose hose'.split(
    ' ',
  ),
);
/** Words of questions and worries: a "yes" before them may only open the talk. */
const asking = new Set(
  'question questions ask wonder wondering know problem issue when how what where which who why combien quand comment quoi ou quel quelle probleme souci savoir pourquoi kubaza ikibazo ryari gute iki kuki week month semaine mois demain tomorrow icyumweru ukwezi'.split(
    ' ',
  ),
);

const spokenShort = new Set('no ok ee ui wi nn si'.split(' '));
const afterNo = new Set(
  "i i'm im i'll we it it's its that that's thats this they my sorry thank thanks not never please sir madam unfortunately sadly je ce c' merci pas ntabwo ntago sinzaza no dear".split(
    ' ',
  ),
);

/** One slip of the finger in a long word; never one that would lose a negation, for no negation is one letter. */
function corrected(token: Token): Token {
  const { text, value } = token;
  if (value !== undefined || known.has(text) || aroundWords.has(text)) return token;
  const squeezed = /(\p{L})\1\1/u.test(text) ? text.replace(/(\p{L})\1{2,}/gu, '$1') : text;
  if (squeezed !== text && known.has(squeezed)) return { ...token, text: squeezed };
  const straight = text.replaceAll('l', 'r');
  if (straight !== text && known.has(straight)) return { ...token, text: straight };
  const near = nearWords(squeezed);
  const [only] = near;
  return near.length === 1 && only !== undefined && only[0] === text[0] ? { ...token, text: only } : token;
}

/** What the pictures in a message say, if they say anything. */
function moodOf(text: string): YesNo | 'mixed' | undefined {
  if (!/\P{ASCII}/u.test(text)) return undefined;
  let mood: YesNo | 'mixed' | undefined;
  for (const sign of text.match(/\p{Extended_Pictographic}/gu) ?? []) {
    const value = find(exact, sign, 'en')?.value;
    if (value === undefined) continue;
    mood = mood === undefined || mood === value ? value : 'mixed';
  }
  return mood;
}

function contradicts(text: string, value: YesNo): boolean {
  const mood = isEmoji(text) ? undefined : moodOf(text);
  return mood !== undefined && mood !== value;
}

const exact = index<YesNo>({ yes: 'yes', no: 'no', maybe: 'maybe' });
const neither = index({ unsure: true });
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

const parts: Phrases<Part> = phrases(entries());
const known = wordsOf(parts);
const nearWords = nearIndex(known);
