import { anyLanguage } from './lexicon.ts';
import { bare } from './normalise.ts';

/** `ACCEPT A-0087`, `ACCEPTER A-0087`, `NDEMERA A-0087`, and the same with WITHDRAW: a word and the code it is about. */
export function readOfferWord(
  text: string,
): { readonly word: 'accept' | 'withdraw'; readonly code: string } | undefined {
  const said = bare(text);
  if (!/\d/.test(said)) return undefined;
  const split = /^(\D+?) ([a-z]\s?-?\s?\d.*)$/.exec(said);
  if (!split?.[1]) return undefined;
  const found = readCode(split[2] ?? '');
  if (found === undefined) return undefined;
  if (accepts.has(split[1])) return { word: 'accept', code: found };
  return withdrawals.has(split[1]) ? { word: 'withdraw', code: found } : undefined;
}

/** A code as people copy it (`a 87`, `A-0087`, `m-2027-3`) in the form we print; undefined when it is none. */
export function readCode(text: string): string | undefined {
  const match = code.exec(bare(text));
  if (!match?.[1] || !match[2]) return undefined;
  const [first = '', second] = match[2].split('-').map((part) => part.trim());
  const letter = match[1].toUpperCase();
  if (second !== undefined) return `${letter}-${first}-${second.padStart(2, '0')}`;
  return `${letter}-${first.padStart(letter === 'D' ? 5 : 4, '0')}`;
}

const code = /^([a-z])\s?-?\s?(\d{4}\s?-\s?\d{1,3}|\d{1,6})$/;
const accepts = anyLanguage('accept');
const withdrawals = anyLanguage('withdraw');
