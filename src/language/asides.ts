import type { Lang } from '../engine/message.ts';
import data from './asides.json' with { type: 'json' };
import { clausesOf } from './clauses.ts';
import { type Hit, longestAt, phrases } from './phrases.ts';
import { type Token, tokenise } from './tokens.ts';

/**
 * What a message says of something else than the writer's own answer: what the assistant wrote ("you wrote 5 May"), what
 * is only supposed ("if I were free on 3 May"), what once was, when an office closes and what a flight costs.
 */
type Aside = 'quote' | 'unreal' | 'past' | 'thing' | 'house' | 'news' | 'deed' | 'told';

const langs: readonly Lang[] = ['rw', 'fr', 'en'];
const asides = phrases<Aside>(
  langs.flatMap((lang) =>
    // Object.entries widens the keys to string; the file has no others than these.
    (Object.entries(data[lang]) as [Aside, string][]).flatMap(([aside, joined]) =>
      joined
        .split('|')
        // "On m a dit": the apostrophe became a space.
        .flatMap((phrase) => [phrase, phrase.replaceAll("'", ' ')])
        .map((phrase) => [lang, phrase, aside] as const),
    ),
  ),
);

type Mark = { readonly at: number; readonly hit: Hit<Aside> };

/** Whether what stands at a place is said aside. */
export function isAside(tokens: readonly Token[], from: number, contact = false): boolean {
  if (isForwarded(tokens)) return true;
  const marks = marksIn(tokens);
  if (marks.length === 0) return false;
  const clauses = clausesOf(tokens);
  const clause = clauses[from];
  return marks.some(({ at, hit }) => {
    if (clauses[at] !== clause) return false;
    if (hit.value === 'told') return false;
    if (behind.has(hit.value)) return at < from;
    if (hit.value === 'past') return true;
    if (hit.value === 'house' && !contact) return false;
    const mine = tokens.some(({ text }, place) => clauses[place] === clause && isOwn(text, place, tokens));
    return !mine && (hit.value === 'news' || isSubject(tokens, clauses, at));
  });
}

const behind: ReadonlySet<Aside> = new Set<Aside>(['quote', 'unreal', 'deed']);

/** "*They told me* 5 May": true perhaps, and worth a question. */
export function isTold(tokens: readonly Token[], from: number): boolean {
  const clauses = clausesOf(tokens);
  return marksIn(tokens).some(
    ({ at, hit }) => hit.value === 'told' && at < from && clauses[at] === clauses[from],
  );
}

/** "Fwd: info session on 22 April" */
function isForwarded(tokens: readonly Token[]): boolean {
  return /^(?:fwd|fw|tr|forwarded)$/.test(tokens[0]?.text ?? '') && tokens[1]?.sep.includes(':') === true;
}

/** A message without what it repeats or only supposes, for answers that are not found at one place. */
export function withoutQuotes(tokens: readonly Token[]): readonly Token[] {
  if (isForwarded(tokens)) return [];
  const said = marksIn(tokens).filter(({ hit: { value } }) => repeated.has(value));
  if (said.length === 0) return tokens;
  const clauses = clausesOf(tokens);
  const ends = (from: number) => {
    const end = tokens.findIndex(
      ({ text }, at) => at > from && (clauses[at] !== clauses[from] || concluding.has(text)),
    );
    return end < 0 ? tokens.length : end;
  };
  const spans = said.map(({ at }) => ({ from: at, to: ends(at) }));
  return tokens.filter((_, at) => !spans.some(({ from, to }) => from <= at && at < to));
}

const repeated: ReadonlySet<Aside> = new Set<Aside>(['quote', 'unreal', 'told']);
const concluding = new Set('so then donc alors rero'.split(' '));

/** The same of a place in the text, for readers that cut no words. */
export function isAsideIn(text: string, from: number): boolean {
  if (!/\p{L}/u.test(text.slice(0, from))) return false;
  // A word stands for the value, since numbers and addresses are many tokens.
  const tokens = tokenise(`${text.slice(0, from)} x`);
  return isAside(tokens, tokens.length - 1, true);
}

/** "*The office* opens at 9": one of the first words, and no "for" or "after" before it. */
function isSubject(tokens: readonly Token[], clauses: readonly number[], at: number): boolean {
  const start = clauses.indexOf(clauses[at] ?? 0);
  const before = tokens.slice(start, at);
  const near = before.slice(-2);
  if (near.some(({ text }) => relating.has(text))) return false;
  return at - start <= farthest || near.some(({ text }) => being.test(text));
}

const farthest = 3;
const relating = new Set(
  'for pour before avant after apres nyuma mbere with avec without sans at by from my mon ma mes during pendant in en dans au to'.split(
    ' ',
  ),
);
const being = /^(?:is|was|c'|est|etait|ni)$/;

/** A first person; in Kinyarwanda it is in the verb (*nzaza*, *mfite*). */
function isOwn(text: string, at: number, tokens: readonly Token[]): boolean {
  if (own.has(text)) return !thinking.test(tokens[at + 1]?.text ?? '');
  return rwandan.test(text);
}

/** "The deadline is 20 March *I think*." */
const thinking = /^(?:crois|pense|suppose|think|guess|believe|saw|read)$/;
const own = new Set(
  "i i'm im i'll ill i've ive i'd we we're we'll we've me us je j' j'ai jai jarrive moi nous njye njyewe twe ndi".split(
    ' ',
  ),
);
const rwandan = /^(?:nz|nd|mf|mb|tuz)(?!ege)[a-z]{3,}$/;

function marksIn(tokens: readonly Token[]): readonly Mark[] {
  if (last.tokens === tokens) return last.marks;
  const marks: Mark[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const hit = longestAt(asides, tokens, at, 'en');
    // "Oui *si vous dites* oui" sets a condition and repeats nothing.
    if (hit && !/^(?:si|if)$/.test(tokens[at - 1]?.text ?? '')) marks.push({ at, hit });
  }
  last = { tokens, marks };
  return marks;
}

/** A message is searched once though every value in it is asked about. */
let last: { readonly tokens: readonly Token[]; readonly marks: readonly Mark[] } = { tokens: [], marks: [] };
