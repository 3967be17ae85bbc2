import type { Lang, Reading } from '../engine/message.ts';
import { withoutQuotes } from './asides.ts';
import { asksBack } from './asks-back.ts';
import { find, isAmbiguousAlone } from './lexicon.ts';
import { bare, isEmoji } from './normalise.ts';
import { certain, likely, type ReadScope, unclear } from './reading.ts';
import { asks, type Token, tokenise } from './tokens.ts';
import { barOf } from './yes-no-bars.ts';
import { conceding, countOf, partAt } from './yes-no-count.ts';
import { afterCorrection, afterExcuse, plain, saysOnly, turns, withoutExcuse } from './yes-no-turns.ts';
import { contradicts, exact, moodOf, neither, type YesNo } from './yes-no-words.ts';

export type { YesNo } from './yes-no-words.ts';

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
  if (asksBack(text)) return { kind: 'other', other: 'question' };
  const typed = tokenise(text);
  const tokens = withoutQuotes(typed);
  const reading = sentence(tokens, text, lang);
  // What was repeated may be the reason, and may be the opposite: "yes I was told it was cancelled".
  const heard = tokens.length < typed.length && reading.kind === 'value';
  return heard ? likely(reading.value) : reading;
}

function sentence(tokens: readonly Token[], text: string, lang: Lang): Reading<YesNo> {
  const conceded = afterConcession(tokens, lang);
  if (conceded) return conclude(conceded.rest, conceded.regret, text, lang);
  const turned = afterCorrection(tokens, lang) ?? afterExcuse(tokens, lang);
  const last = turned && withoutExcuse(turned, lang);
  const reading = weigh(last ?? tokens, text, lang);
  if (!turned || !last || reading.kind !== 'value') return reading;
  // "Non désolée, impossible": the same again corrects nothing.
  const all = weigh(tokens, text, lang);
  if (all.kind === 'value' && all.value === reading.value) return all;
  // "Oui… attendez, non": with nothing else said before, the last word stands.
  const head = tokens.slice(0, tokens.length - turned.length);
  const plainly = saysOnly(head, lang) && (reading.value === 'no' || saysOnly(last, lang));
  return reading.value !== 'maybe' && plainly ? reading : likely(reading.value);
}

/** "I'd love to but I can't": what follows the "but", where nothing before it is an answer of its own. */
function afterConcession(
  tokens: readonly Token[],
  lang: Lang,
): { readonly rest: readonly Token[]; readonly regret: boolean } | undefined {
  if (!tokens.some(({ text }) => turns.has(text))) return undefined;
  let conceded = false;
  let regret = false;
  for (let at = 0; at < tokens.length; ) {
    if (turns.has(tokens[at]?.text ?? '')) {
      const rest = tokens.slice(at + 1);
      // "The project looks wonderful but no."
      const plainly = at > 1 && /^(?:said_)?no$/.test(partAt(rest, 0, lang)?.value ?? '');
      return conceded || plainly ? { rest, regret } : undefined;
    }
    const part = partAt(tokens, at, lang);
    if (part && conceding.has(part.value)) conceded = true;
    else if (part && plain.has(part.value)) return undefined;
    regret ||= part?.value === 'regret';
    at += part?.length ?? 1;
  }
  return undefined;
}

/**
 * Behind a wish only a no or a maybe makes sense, behind a regret any reason; a no for a while ("but I can't in May") is
 * asked back.
 */
function conclude(tokens: readonly Token[], regret: boolean, text: string, lang: Lang): Reading<YesNo> {
  const reading = weigh(tokens, text, lang);
  if (reading.kind === 'value' && reading.value === 'yes') return unclear(text, 'not_yes_or_no');
  if (reading.kind !== 'value') return regret && reading.kind === 'unclear' ? likely('no') : reading;
  const sure =
    reading.value === 'no' &&
    reading.confidence === 'certain' &&
    !tokens.some(({ text: word }) => meanwhile.has(word));
  return sure ? reading : likely(reading.value);
}

const meanwhile = new Set(
  'in on en au mu muri pendant during until till before after then that week month'.split(' '),
);

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

const story = 12;
/** "My boss says no but I want to." */
const insisting = new Set('want would veux voudrais aimerais ndashaka nshaka ndabishaka'.split(' '));
/** "Ask my husband" leaves the answer to others. */
const asking = new Set('ask demandez demande mubaze baza mumubaze'.split(' '));

function weigh(tokens: readonly Token[], text: string, lang: Lang): Reading<YesNo> {
  const no = unclear<YesNo>(text, 'not_yes_or_no');
  if (tokens.length === 0 || tokens.length > 40) return no;
  const { count, first, freeNo } = countOf(tokens, lang);
  // "No but thanks", "oya ariko murakoze": nothing follows that could turn it.
  const idle =
    (first === 'said_no' || first === 'no') &&
    count.yes + count.said_yes + count.maybe + count.unknown + count.remarks === 0;
  const insists = tokens.some(({ text: word }) => insisting.has(word));
  if (idle && !insists && count.but + count.sharp === 1 && count.hedge + count.asking === 0 && !asks(text))
    return likely('no');
  // "On verra selon mes gardes": a maybe stays one on every condition.
  const open = count.maybe > 0 && count.yes + count.said_yes + count.said_no === 0;
  if (open && first === 'maybe' && count.sharp + count.but > 0 && count.unknown <= 4 && !asks(text))
    return likely('maybe');
  if (count.sharp > 0 || count.but > 0 || count.unknown + count.remarks > story) return no;
  if (asks(text) && tokens.length > 1) return no;
  const yes = count.yes + count.said_yes;
  const not = count.no + count.said_no + count.negated;
  const mood = moodOf(text);
  if (mood === 'mixed' || (mood === 'no' && yes > 0) || (mood === 'yes' && not > 0)) return no;
  if (count.later > 0) {
    if (yes > 0) return no;
    if (not === 0) return likely('maybe');
    count.hesitant++;
  }
  const ponders =
    !asking.has(tokens[0]?.text ?? '') && count.pondering >= 2 && count.unknown + count.remarks === 0;
  // "Not yet" is a no for today only.
  const soft = /(?:pas encore|not yet|ntibiraba)/.test(bare(text));
  const calm =
    !soft &&
    count.unknown === 0 &&
    count.asking + count.aside === 0 &&
    count.hesitant === 0 &&
    mood !== 'maybe';

  if (count.maybe > 0) {
    if (yes > 0 && not > 0) return no;
    if (count.unknown > 4 || first === 'said_no' || first === 'no') return no;
    return calm && yes + not === 0 && count.not === 0 ? certain('maybe') : likely('maybe');
  }
  if (yes > 0 && not > 0) return no;
  const bar = yes > 0 ? barOf(tokens, lang) : undefined;
  if (bar === 'against') return no;
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
    if (calm) return certain('no');
    // "Can't, I'm pregnant": what follows a no is its reason.
    const reasoned = first === 'no' && count.early === 0 && count.unknown + count.remarks <= 8;
    return count.unknown <= 1 || reasoned ? likely('no') : no;
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
    if ((calm || plain) && bar === undefined) return certain('yes');
    return count.said_yes > 0 || count.unknown <= 1 ? likely('yes') : no;
  }
  return ponders ? likely('maybe') : no;
}
