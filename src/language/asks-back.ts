import type { Lang } from '../engine/message.ts';
import data from './asks-back.json' with { type: 'json' };
import { clausesOf } from './clauses.ts';
import { longestAt, type Phrases, phrases } from './phrases.ts';
import { type Token, tokenise } from './tokens.ts';

/**
 * Whether the message asks something back ("how long is it", "est-ce que c'est payé", "kuki mubaza ibyo"), with or
 * without a question mark. Questions that offer an answer ("can we say Friday?", "why not") are none.
 */
export function asksBack(text: string): boolean {
  if (last.text !== text) last = { text, asks: judge(text) };
  return last.asks;
}

/** A message is judged once though several readers ask. */
let last = { text: '', asks: false };

function judge(text: string): boolean {
  const tokens = tokenise(text);
  const clauses = clausesOf(tokens);
  const marked = mark.test(text);
  for (let at = 0; at < tokens.length; at++) {
    if (longestAt(proposes, tokens, at, 'en')) return false;
    const begins = at === 0 || clauses[at] !== clauses[at - 1];
    // "My wife, who is a nurse": behind a comma these only go on.
    const goesOn =
      begins && at > 0 && relative.has(tokens[at]?.text ?? '') && !/[.!?;:]/.test(tokens[at]?.sep ?? '');
    if (begins && !goesOn && opensQuestion(tokens, afterLeads(tokens, at), marked)) return true;
    if (holdsQuestion(tokens, at, marked)) return true;
  }
  return false;
}

const relative = new Set('qui who which whose where lequel laquelle'.split(' '));

/** A greeting, a "but", a "yes" may stand before a question. */
function afterLeads(tokens: readonly Token[], from: number): number {
  let at = from;
  for (let round = 0; round < 4; round++) {
    const hit = longestAt(leads, tokens, at, 'en');
    if (!hit || longestAt(opens, tokens, at, 'en')?.value === true) break;
    at += hit.length;
  }
  return at;
}

function opensQuestion(tokens: readonly Token[], at: number, marked: boolean): boolean {
  if (at >= tokens.length || longestAt(proposes, tokens, at, 'en')) return false;
  const hit = longestAt(opens, tokens, at, 'en');
  // A word alone may be a name or half a thought ("question", "he"): it needs its mark.
  // "Du 4 au 18 mars, *dites moi*": an answer that waits for a word.
  if (hit && at > 0 && at + hit.length === tokens.length && /^(?:dites|dis)$/.test(tokens[at]?.text ?? ''))
    return marked;
  if (hit) return tokens.length > 1 || marked;
  // "Would 5 May be too late", "is Belgium on the list?"
  const verb = tokens[at]?.text ?? '';
  // "Could be, waiting for my rota" is a maybe.
  const late =
    tokens.length - at > 4 && tokens[at + 1]?.text !== 'be' && (marked ? plain : conditional).test(verb);
  if (late && (marked || tokens.some(({ text: word }) => word === 'be'))) return true;
  // "Was a nurse before": the "I" is often left out.
  return !(verb === 'was' && !marked && /^an?$/.test(tokens[at + 1]?.text ?? '')) && asked(tokens, at);
}

const plain = /^(?:is|are|was|were|does|did|can|could|will|would|should|must)$/;
const conditional = /^(?:would|should|could)$/;

/** "Do you", "is it", "pouvez-vous", "faut-il": the verb before who does it. */
function asked(tokens: readonly Token[], at: number): boolean {
  const [verb, next, third] = [tokens[at]?.text ?? '', tokens[at + 1], tokens[at + 2]?.text ?? ''];
  if (!next) return false;
  const joined = next.sep === '-';
  if (verbs.fr.has(verb) && (who.fr.has(next.text) || (next.text === 't' && who.fr.has(third))))
    return joined || turned.has(verb) || (verb === 'puis' && next.text === 'je');
  if (auxiliary.test(verb)) return /^(?:i|you|we|they|u|people)$/.test(next.text);
  // "Sorry can't this year": without the sign, a denial asks only of somebody.
  if (denial.test(verb) && !people.test(next.text)) return false;
  return verbs.en.has(verb) && who.en.has(next.text) && next.sep === '';
}

const auxiliary = /^(?:do|have|had|may)$/;
const denial = /n'?t$/;
const people = /^(?:i|you|u|we|they|he|she|it|there)$/;

/** Verbs that stand before their "vous" in questions alone, also without the hyphen. */
const turned = new Set(
  'pouvez pourriez pourrez avez aurez etes serez savez voulez devez acceptez prenez faut dois'.split(' '),
);

function holdsQuestion(tokens: readonly Token[], at: number, marked: boolean): boolean {
  if (at === tokens.length - 1 && orNot(tokens)) return true;
  // "Le 5 mai est-il possible ?"
  if (
    marked &&
    tokens[at]?.sep === '-' &&
    inverted.test(tokens[at]?.text ?? '') &&
    verbs.fr.has(tokens[at - 1]?.text ?? '')
  )
    return true;
  if (longestAt(holds, tokens, at, 'en')) return !isOnlyReported(tokens, at) && (tokens.length > 1 || marked);
  const ending = at === tokens.length - 1 && at > 0 && marked;
  return ending && ends.has(tokens[at]?.text ?? '') && !isOnlyReported(tokens, at);
}

function isOnlyReported(tokens: readonly Token[], at: number): boolean {
  for (let before = Math.max(0, at - reported); before < at; before++)
    if (knows.has(tokens[before]?.text ?? '')) return true;
  return false;
}

/** "Je ne sais pas à quelle heure": so far behind the verb, a question is only reported. */
const reported = 4;

/** "Il faut un visa ou pas": a choice put to the other. */
function orNot(tokens: readonly Token[]): boolean {
  if (tokens.length <= 3) return false;
  const [before, last] = [tokens.at(-2)?.text ?? '', tokens.at(-1)?.text ?? ''];
  const choice =
    /^(?:ou pas|ou non|or not|cyangwa oya|ou moi|ou vous|ou nous|or me|or you|or us|cyangwa njye|cyangwa mwe)$/.test(
      `${before} ${last}`,
    );
  return choice && !/^(?:oui|non|yes|no|yego|oya|je|j'|i|whether)$/.test(tokens[0]?.text ?? '');
}

const inverted = /^(?:il|elle|ils|elles|on|ce|vous|je|t)$/;

const mark = /[?？]/;

const langs: readonly Lang[] = ['rw', 'fr', 'en'];

/** All three languages are looked through: people mix them, and a question is one whoever asks. */
function table(part: 'opens' | 'holds' | 'leads' | 'proposes'): Phrases<true> {
  return phrases<true>(
    langs.flatMap((lang) => {
      const own: Partial<Record<typeof part, string>> = data[lang];
      const joined = own[part] ?? '';
      const list = part === 'holds' ? holding(joined) : joined.split('|');
      return list.filter((phrase) => phrase !== '').map((phrase) => [lang, phrase, true] as const);
    }),
  );
}

/** Words first, parted by spaces, then phrases. */
function holding(joined: string): readonly string[] {
  const [words = '', ...list] = joined.split('|');
  return [...words.split(' '), ...list];
}

const opens = table('opens');
const holds = table('holds');
const leads = table('leads');
const proposes = table('proposes');
const knows = new Set(langs.flatMap((lang) => data[lang].knows.split(' ')));
const ends = new Set(langs.flatMap((lang) => data[lang].ends.split(' ')));
const verbs = { fr: new Set(data.fr.asks.split(' ')), en: new Set(data.en.asks.split(' ')) };
const who = { fr: new Set(data.fr.who.split(' ')), en: new Set(data.en.who.split(' ')) };
