import type { Split } from '../engine/flow.ts';
import type { Lang } from '../engine/message.ts';
import { roleAt } from './around.ts';
import { readCourtesy } from './courtesy.ts';
import { monthNameAt } from './day-words.ts';
import { tokenise } from './tokens.ts';

/**
 * The places at which a message may hold two answers, in its order. Signs part answers wherever they stand; words
 * ("and", "until") do so only when the message makes no sense as one. Nothing is parted between two bare numbers, and a
 * thank-you is no answer.
 */
export function splitsOf(text: string, lang: Lang): readonly Split[] {
  if (text.length > longest || !parting.test(text) || !/\p{L}/u.test(text)) return [];
  const found: Split[] = [];
  for (const match of text.matchAll(parts)) {
    const head = text.slice(0, match.index).trim();
    const tail = text.slice(match.index + match[0].length).trim();
    if (!/[\p{L}\p{N}]/u.test(head) || !/[\p{L}\p{N}]/u.test(tail)) continue;
    if (!/\p{L}/u.test(head) && !/\p{L}/u.test(tail)) continue;
    if (isOnlyCourtesy(tail, lang)) continue;
    const sign = /\n/.test(match[0]) ? 'line' : /[,;]/.test(match[0]) ? 'sign' : 'word';
    const whole = sign === 'word' ? withMonth(head, tail, lang) : head;
    if (whole !== null) found.push({ head: whole, tail, by: sign, name: isName(tail, lang) });
    if (found.length >= most) break;
  }
  return found;
}

const longest = 200;
const most = 6;
const words =
  "and then|and|then|et puis|et|puis|na|hanyuma|until|till|up to|through|to|jusqu[’' ]?(?:au|à|a)|au|kugeza ku wa|kugeza ku|kugeza|kugera ku|kugera";
const parts = new RegExp(`\\s*\\n\\s*|\\s*;\\s*|\\s*,\\s+(?:(?:and|et|na)\\s+)?|\\s+(?:${words})\\s+`, 'giu');
const parting = new RegExp(parts.source, 'iu');

/**
 * "From 3 *to 20 May*": a bare day has the month, and the year, of the day behind it. Null where it cannot ("from 28 to 3
 * June"): alone it would be a day of another month.
 */
function withMonth(head: string, tail: string, lang: Lang): string | null {
  const day = /(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|ère|e)?$/iu.exec(head)?.[1];
  const [, last, month = ''] =
    /^(?:the |le )?(\d{1,2})(?:st|nd|rd|th|er|ère|e)?\s+([^,;\n]+)/iu.exec(tail) ?? [];
  if (day === undefined || last === undefined) return head;
  const named = month.replace(/^(?:of |de |d['’])/iu, '');
  if (!monthNameAt(tokenise(named), 0, lang)) return head;
  return Number(day) < Number(last) ? `${head} ${named}` : null;
}

function isOnlyCourtesy(text: string, lang: Lang): boolean {
  if (readCourtesy(text, lang)) return true;
  const tokens = tokenise(text);
  for (let at = 0; at < tokens.length; ) {
    const role = roleAt(tokens, at, lang);
    // "Yes" is courtesy beside a date, and an answer by itself.
    if (role?.value !== 'filler' || answers.has(tokens[at]?.text ?? '')) return false;
    at += role.length;
  }
  return true;
}

const answers = new Set('yes yeah yep ok okay oui yego sure available disponible libre free'.split(' '));

/** A few words, none of which belongs to a sentence: what can stand for a town or a person. */
function isName(text: string, lang: Lang): boolean {
  const tokens = tokenise(text);
  if (tokens.length > 4 || tokens.some(({ value }) => value !== undefined)) return false;
  return tokens.every(({ text: word }, at) => particles.has(word) || !roleAt(tokens, at, lang));
}

const particles = new Set("la le les l' d' de du sur saint sainte den der van upon st i".split(' '));
