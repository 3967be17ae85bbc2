import type { Lang } from '../engine/message.ts';
import { roleAt } from './around.ts';
import { clausesOf } from './clauses.ts';
import { endsAt } from './patterns.ts';
import { type Hit, longestAt } from './phrases.ts';
import { isReported } from './reported.ts';
import { keyOf, type Token } from './tokens.ts';
import {
  afterNo,
  asking,
  beside,
  isCut,
  mendedAnswer,
  type Part,
  parts,
  pondering,
  sayings,
  sorry,
  spokenShort,
  timing,
} from './yes-no-words.ts';

type Count = Record<
  | Part
  | 'not'
  | 'negated'
  | 'hedge'
  | 'unknown'
  | 'but'
  | 'pondering'
  | 'asking'
  | 'remarks'
  // Times in another part of the message, and unknown words before the answer.
  | 'aside'
  | 'early',
  number
>;

export function countOf(
  tokens: readonly Token[],
  lang: Lang,
): { count: Count; first: string | undefined; freeNo: boolean } {
  const count: Count = {
    said_yes: 0,
    said_no: 0,
    yes: 0,
    no: 0,
    maybe: 0,
    wish: 0,
    regret: 0,
    praise: 0,
    later: 0,
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
    aside: 0,
    early: 0,
  };
  let first: string | undefined;
  let freeNo = true;
  let lastNot = Number.NEGATIVE_INFINITY;
  let lastMaybe = -1;
  const clauses = clausesOf(tokens);
  const timed: number[] = [];
  const unknownIn = new Map<number, number>();
  const answering = new Set<number>();
  const strange = (at: number) => unknownIn.set(clauses[at] ?? 0, (unknownIn.get(clauses[at] ?? 0) ?? 0) + 1);
  const fixed = tokens.map((token) => mendedAnswer(token));
  for (let at = 0; at < fixed.length; ) {
    const role = roleAt(fixed, at, lang);
    const found = meantAt(fixed, at, lang);
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
    // "My colleague said yes" answers nothing.
    if (hit && (saying.has(hit.value) || fixed[at - 1]?.text === 'que') && isReported(hit.value, fixed, at)) {
      count.asking++;
      strange(at);
      at += hit.length;
      continue;
    }
    // "Count me in then": nothing hangs on it.
    if (hit?.value === 'sharp' && at > 0 && at === fixed.length - 1 && fixed[at]?.text === 'then') {
      at++;
      continue;
    }
    // "Absolutely, my bag is *half* packed"
    if (
      hit?.value === 'sharp' &&
      answering.size > 0 &&
      !answering.has(clauses[at] ?? 0) &&
      nearly.has(fixed[at]?.text ?? '')
    ) {
      strange(at);
      at += hit.length;
      continue;
    }
    // "No, my contract ends before that": a limit far behind a no is part of its reason.
    if (hit?.value === 'sharp' && first === 'said_no' && at > 2 && limits.has(fixed[at]?.text ?? '')) {
      count.hesitant++;
      at += hit.length;
      continue;
    }
    if (hit && !short && hit.length >= (role?.value === 'filler' ? role.length : 0)) {
      if (hit.value === 'said_no') freeNo &&= isFree(fixed, at);
      // "I do not confirm", "ntabwo nzaboneka": the denial belongs to what follows it closely.
      const denied = hit.value === 'yes' && at - lastNot <= 3;
      if (denied) count.negated++;
      else count[plainly(hit.value, fixed.slice(at, at + 1), lang)]++;
      if (hit.value === 'no' && hanging.test(keyOf(fixed, at, at + hit.length))) count.early++;
      if (!silent.has(hit.value)) first ??= plainly(hit.value, fixed.slice(at, at + 1), lang);
      if (hit.value === 'maybe') lastMaybe = at + hit.length;
      if (!silent.has(hit.value)) answering.add(clauses[at] ?? 0);
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
    if (asking.has(word)) count.asking++;
    if (timing.has(word) || fixed[at]?.value !== undefined) timed.push(clauses[at] ?? 0);
    if (first === undefined && !sorry.has(word) && !beside.has(word)) count.early++;
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
  for (const clause of timed) {
    if (answering.size === 0 || answering.has(clause)) count.asking++;
    else count.aside++;
  }
  return { count, first, freeNo };
}

const saying: ReadonlySet<Part> = new Set<Part>(['said_yes', 'said_no', 'yes']);

const nearly = new Set('half almost nearly mostly presque'.split(' '));
const limits = new Set('before after until avant apres mbere nyuma when quand'.split(' '));

const silent: ReadonlySet<Part> = new Set<Part>(['hesitant', 'praise']);

/** "Je n'ai pas …", "I don't …": what is denied is still to come. */
const hanging =
  /(?:^|[ '])(?:ai|suis|am|have|did|do|is|it|est|sont) (?:pas|not)$|(?:do|did|have|is|are|was)n'?t$|^simfite$/;

/** "Yes please" is a plain yes too, for it begins with one. */
function plainly(part: Part, opening: readonly Token[], lang: Lang): Part {
  const alone = partAt(opening, 0, lang)?.value;
  return (part === 'yes' && alone === 'said_yes') || (part === 'no' && alone === 'said_no') ? alone : part;
}

/** French "non" and Kinyarwanda "oya" always answer; English "no" also counts nouns ("no visa yet"). */
function isFree(tokens: readonly Token[], at: number): boolean {
  if (tokens[at]?.text !== 'no') return true;
  const next = tokens[at + 1];
  return next === undefined || next.sep !== '' || afterNo.has(next.text);
}

/** A wish and a regret with nothing behind them answer too. */
function meantAt(tokens: readonly Token[], at: number, lang: Lang): Hit<Part> | undefined {
  const hit = partAt(tokens, at, lang);
  if (hit?.value === 'wish') return { ...hit, value: 'yes' };
  return hit?.value === 'regret' ? { ...hit, value: 'no' } : hit;
}

/** What somebody may say before the "but" that opens the answer. */
export const conceding: ReadonlySet<Part> = new Set<Part>(['wish', 'regret', 'praise']);

/** The longest answer that begins at a token, of the phrases and of the patterns. */
export function partAt(tokens: readonly Token[], at: number, lang: Lang): Hit<Part> | undefined {
  const phrase = longestAt(parts, tokens, at, lang);
  let best = phrase;
  for (const { to, value } of endsAt(sayings, tokens, at))
    if (to - at > (best?.length ?? 0) || (to - at === best?.length && conceding.has(value.part)))
      best = { value: value.part, length: to - at, lang: value.lang };
  if (best === undefined) return undefined;
  if (best.length > 1 && isCut(tokens, at, best.length)) return partAt(tokens.slice(at, at + 1), 0, lang);
  // "*Je viens* d'accoucher", "*no* joke": the longer saying answers nothing.
  const role = roleAt(tokens, at, lang);
  return role?.value === 'filler' && role.length > best.length ? undefined : best;
}
