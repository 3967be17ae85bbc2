import type { Lang } from '../engine/message.ts';
import { type At, amountAt, type Tokens } from './day-words.ts';

/** Lengths of time in days or months. Places are token positions. */

const dozens: ReadonlyMap<string, number> = new Map([
  ['huitaine', 8],
  ['dizaine', 10],
  ['quinzaine', 15],
  ['vingtaine', 20],
]);

const dayUnit = new Set('day days dys jour jours j jr jrs iminsi umunsi minsi munsi'.split(' '));
const weekUnit = new Set(
  'week weeks wk wks weks semaine semaines sem sems ibyumweru byumweru icyumweru cyumweru'.split(' '),
);
const monthUnit = new Set('month months mth mths mois amezi mezi ukwezi kwezi'.split(' '));
const yearUnit = new Set('year years yr yrs an ans annee annees imyaka myaka umwaka mwaka'.split(' '));

/** Each of these words, and what one of it is. */
const units: ReadonlyMap<string, Length> = new Map<string, Length>([
  ...[...dayUnit].map((word) => [word, { days: 1 }] as const),
  ...[...weekUnit].map((word) => [word, { days: 7 }] as const),
  ...[...monthUnit].map((word) => [word, { months: 1 }] as const),
  ...[...yearUnit].map((word) => [word, { months: 12 }] as const),
]);

/** The words that a length may begin with, amounts aside. */
export const lengthOpenings: readonly string[] = [
  'fortnight',
  'une',
  'la',
  ...dozens.keys(),
  ...units.keys(),
];

export type Length = { readonly days?: number; readonly months?: number };

/** `3 weeks`, `quinze jours`, `iminsi itatu`, `ukwezi kumwe`, `a fortnight`. */
export function lengthAt(tokens: Tokens, at: number, lang: Lang): At<Length> | undefined {
  if (tokens[at]?.text === 'fortnight') return { days: 14, to: at + 1 };
  // "Une quinzaine de jours", "une huitaine".
  const first = tokens[at]?.text;
  const article = first === 'une' || first === 'la' ? at + 1 : at;
  const about = dozens.get(tokens[article]?.text ?? '');
  if (about !== undefined) {
    const end = article + 1;
    const unit = tokens[end]?.text === 'de' && tokens[end + 1]?.text === 'jours' ? end + 2 : undefined;
    if (unit !== undefined) return { days: about, to: unit };
  }
  const amount = amountAt(tokens, at, lang);
  if (amount) {
    const unit = tokens[amount.to]?.text ?? '';
    if (unit === 'fortnight') return { days: 14 * amount.count, to: amount.to + 1 };
    const length = lengthOf(amount.count, unit);
    return length && { ...length, to: amount.to + 1 };
  }
  // Kinyarwanda counts behind the noun.
  const unit = tokens[at]?.text ?? '';
  if (!units.has(unit) || counted.test(unit)) return undefined;
  const behind = amountAt(tokens, at + 1, 'rw');
  const length = behind && lengthOf(behind.count, unit);
  return length && { ...length, to: behind.to };
}

/** Units that stand behind their number. */
const counted = /^(?:days?|weeks?|months?|jours?|semaines?|mois|years?|ans?|annees?)$/;

function lengthOf(count: number, unit: string): Length | undefined {
  const one = units.get(unit);
  if (one?.days !== undefined) return { days: count * one.days };
  return one?.months === undefined ? undefined : { months: count * one.months };
}
