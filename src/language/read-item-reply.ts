import type { Lang, Reading } from '../engine/message.ts';
import { bare } from './normalise.ts';
import { plainYesNo } from './read-yes-no.ts';
import { certain, type ReadScope, unclear } from './reading.ts';

/** One answer to a line of a checklist: which line where it was named (`R5`), what, and in their own words why. */
export type ItemAnswer = 'yes' | 'partly' | 'no' | 'na' | 'ask';
export type ItemWords = { readonly code?: string; readonly answer?: ItemAnswer; readonly note?: string };

/**
 * `R5 yes guesthouse Kabgayi`, `r5: oui`, `partly, no water yet`, or just `R5`. The answer is the longest beginning that
 * means one; what follows is the note. `not_an_item_answer`.
 */
export function readItemReply(text: string, scope: ReadScope): Reading<ItemWords> {
  const trimmed = text.trim();
  const named = /^r\s?(\d{1,2})(?!\d)[\s:.,=-]*/iu.exec(trimmed);
  const code = named ? { code: `R${Number(named[1])}` } : {};
  const rest = named ? trimmed.slice(named[0].length) : trimmed;
  if (named && rest === '') return certain(code);
  const words = rest.split(/\s+/);
  for (let count = Math.min(words.length, longest); count > 0; count--) {
    const answer = meaning(words.slice(0, count).join(' '), scope, named !== null || words.length > count);
    if (!answer) continue;
    const note = words
      .slice(count)
      .join(' ')
      .replace(/^[\s,;:.-]+/u, '');
    return certain({ ...code, answer, ...(note !== '' && { note }) });
  }
  return unclear(text, 'not_an_item_answer');
}

/** Whether a message with nothing open is an answer to the checklist: it names a line. */
export function namesItem(text: string): boolean {
  return /^\s*r\s?\d{1,2}(?!\d)/iu.test(text);
}

const longest = 5;

function meaning(said: string, scope: ReadScope, numbered: boolean): ItemAnswer | undefined {
  const folded = bare(said.replace(/[,;:.]+$/u, ''));
  for (const lang of [scope.lang, 'en', 'fr', 'rw'] as const) {
    const found = phrases[lang].get(folded);
    if (found) return found;
  }
  const number = numbered ? numbers.get(folded) : undefined;
  if (number) return number;
  const reading = plainYesNo(said, scope.lang);
  return reading.kind === 'value' && reading.value !== 'maybe' && reading.confidence === 'certain'
    ? reading.value
    : undefined;
}

const numbers: ReadonlyMap<string, ItemAnswer> = new Map([
  ['1', 'yes'],
  ['2', 'partly'],
  ['3', 'no'],
  ['4', 'na'],
  ['5', 'ask'],
]);

const phrases: Readonly<Record<Lang, ReadonlyMap<string, ItemAnswer>>> = {
  en: index({
    partly: ['partly', 'partially', 'in part', 'not fully', 'not all', 'almost'],
    na: ['n/a', 'na', 'n a', 'not applicable', 'not needed'],
    ask: [
      'ask',
      'must ask',
      'i must ask',
      'need to ask',
      'i need to ask',
      'not sure',
      'i do not know',
      'i dont know',
    ],
  }),
  fr: index({
    partly: ['en partie', 'partiellement', 'pas tout', 'pas completement', 'presque'],
    na: ['sans objet', 'non applicable', 's/o', 'pas necessaire'],
    ask: ['a demander', 'je dois demander', 'je demande', 'demander', 'je ne sais pas'],
  }),
  rw: index({
    partly: ['igice', 'hari ibibura', 'ntibirarangira'],
    na: ['si ngombwa'],
    ask: ['kubaza', 'ndabaza', 'simbizi', 'simbizi neza'],
  }),
};

function index(
  table: { readonly [answer in ItemAnswer]?: readonly string[] },
): ReadonlyMap<string, ItemAnswer> {
  const made = new Map<string, ItemAnswer>();
  // Object.entries widens the keys to string; the parameter's type admits no others.
  for (const [answer, said] of Object.entries(table) as [ItemAnswer, readonly string[]][]) {
    for (const phrase of said) made.set(bare(phrase), answer);
  }
  return made;
}
