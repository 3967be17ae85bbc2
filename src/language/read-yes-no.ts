import type { Lang, Reading } from '../engine/message.ts';
import { roleAt } from './around.ts';
import { asksBack } from './asks-back.ts';
import { clausesOf } from './clauses.ts';
import { find, isAmbiguousAlone } from './lexicon.ts';
import { bare, isEmoji } from './normalise.ts';
import { longestAt } from './phrases.ts';
import { certain, likely, type ReadScope, unclear } from './reading.ts';
import { asks, type Token, tokenise } from './tokens.ts';
import {
  afterNo,
  asking,
  beside,
  contradicts,
  exact,
  mendedAnswer,
  moodOf,
  neither,
  type Part,
  parts,
  pondering,
  sorry,
  spokenShort,
  type YesNo,
} from './yes-no-words.ts';

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
  const tokens = tokenise(text);
  const last = afterCorrection(tokens, lang);
  const reading = weigh(last ?? tokens, text, lang);
  return last && reading.kind === 'value' ? likely(reading.value) : reading;
}

/** "Yes.. no wait, no", "oui, pardon, non": what follows the correction, where an answer stands on both sides of it. */
function afterCorrection(tokens: readonly Token[], lang: Lang): readonly Token[] | undefined {
  for (let at = tokens.length - 1; at > 0; at--) {
    const role = roleAt(tokens, at, lang);
    const length = role?.value === 'instead' ? role.length : turning.has(tokens[at]?.text ?? '') ? 1 : 0;
    if (length === 0) continue;
    const answers = (from: number, to: number) =>
      tokens
        .slice(from, to)
        .some((_, index) => plain.has(longestAt(parts, tokens, from + index, lang)?.value));
    if (answers(0, at) && answers(at + length, tokens.length)) return tokens.slice(at + length);
  }
  return undefined;
}

const turning = new Set(
  'wait attends attendez pardon enfin sorry mbabarira mumbabarire oops oups'.split(' '),
);
const plain: ReadonlySet<Part | undefined> = new Set<Part>(['said_yes', 'said_no', 'yes', 'no']);

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

type Count = Record<
  Part | 'not' | 'negated' | 'hedge' | 'unknown' | 'but' | 'pondering' | 'asking' | 'remarks',
  number
>;

const story = 12;

function weigh(tokens: readonly Token[], text: string, lang: Lang): Reading<YesNo> {
  const no = unclear<YesNo>(text, 'not_yes_or_no');
  if (tokens.length === 0 || tokens.length > 40) return no;
  const { count, first, freeNo } = countOf(tokens, lang);
  // "No but thanks", "oya ariko murakoze": nothing follows that could turn it.
  const idle =
    (first === 'said_no' || first === 'no') &&
    count.yes + count.said_yes + count.maybe + count.unknown + count.remarks === 0;
  if (idle && count.but + count.sharp === 1 && count.hedge + count.asking === 0 && !asks(text))
    return likely('no');
  // "On verra selon mes gardes": a maybe stays one on every condition.
  const open = count.maybe > 0 && count.yes + count.said_yes + count.no + count.said_no + count.negated === 0;
  if (open && first === 'maybe' && count.sharp + count.but > 0 && count.unknown <= 4 && !asks(text))
    return likely('maybe');
  if (count.sharp > 0 || count.but > 0 || count.unknown + count.remarks > story) return no;
  if (asks(text) && tokens.length > 1) return no;
  const yes = count.yes + count.said_yes;
  const not = count.no + count.said_no + count.negated;
  const mood = moodOf(text);
  if (mood === 'mixed' || (mood === 'no' && yes > 0) || (mood === 'yes' && not > 0)) return no;
  const ponders = count.pondering >= 2 && count.unknown + count.remarks === 0;
  // "Not yet" is a no for today only.
  const soft = /(?:pas encore|not yet|ntibiraba)/.test(bare(text));
  const calm = !soft && count.unknown === 0 && count.asking === 0 && count.hesitant === 0 && mood !== 'maybe';

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
    remarks: 0,
  };
  let first: string | undefined;
  let freeNo = true;
  let lastNot = Number.NEGATIVE_INFINITY;
  let lastMaybe = -1;
  const clauses = clausesOf(tokens);
  const unknownIn = new Map<number, number>();
  const answering = new Set<number>();
  const strange = (at: number) => unknownIn.set(clauses[at] ?? 0, (unknownIn.get(clauses[at] ?? 0) ?? 0) + 1);
  const fixed = tokens.map((token) => mendedAnswer(token));
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
      else count[plainly(hit.value, fixed.slice(at, at + 1), lang)]++;
      if (hit.value !== 'hesitant') first ??= plainly(hit.value, fixed.slice(at, at + 1), lang);
      if (hit.value === 'maybe') lastMaybe = at + hit.length;
      if (hit.value !== 'hesitant') answering.add(clauses[at] ?? 0);
      at += hit.length;
      continue;
    }
    if (role && role.value !== 'common' && !sorry.has(fixed[at]?.text ?? '')) {
      if (role.value === 'not') count.not++;
      else if (role.value === 'hedge') count.hedge++;
      else if (
        role.value === 'but' ||
        role.value === 'or' ||
        role.value === 'instead' ||
        // "No, recovering since May": a limit takes nothing from a no.
        (role.value === 'block' &&
          first !== 'said_no' &&
          !/^(?:depuis|since|kuva)$/.test(fixed[at]?.text ?? ''))
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
      strange(at);
    at++;
  }
  // "Of course I will, happy to give back": one part that answers with nothing else in it is enough.
  const clear = [...answering].some((clause) => !unknownIn.has(clause));
  for (const [clause, unknown] of unknownIn) {
    // What stands in another part of the message than the answer is a remark; with no answer at all nothing is.
    if (!clear && (answering.size === 0 || answering.has(clause))) count.unknown += unknown;
    else count.remarks += unknown;
  }
  return { count, first, freeNo };
}

/** "Yes please" is a plain yes too, for it begins with one. */
function plainly(part: Part, opening: readonly Token[], lang: Lang): Part {
  const alone = longestAt(parts, opening, 0, lang)?.value;
  return (part === 'yes' && alone === 'said_yes') || (part === 'no' && alone === 'said_no') ? alone : part;
}

/** French "non" and Kinyarwanda "oya" always answer; English "no" also counts nouns ("no visa yet"). */
function isFree(tokens: readonly Token[], at: number): boolean {
  if (tokens[at]?.text !== 'no') return true;
  const next = tokens[at + 1];
  return next === undefined || next.sep !== '' || afterNo.has(next.text);
}
