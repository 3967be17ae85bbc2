/**
 * A look before a look-up: most words of a message stand in none of the lists that they are looked up in, and their first,
 * middle and last letters with their length mostly show it. What passes may still be no word of the list.
 *
 * Letters l and r are one here, since Kinyarwanda writers use them alike.
 */
export type Sieve = Uint32Array;

const [l, r] = [108, 114];
/** So many places for each word, and it lets few others pass. */
const roomy = 16;
const [fewest, most] = [256, 16_384];

export function sieveOf(words: Iterable<string>): Sieve {
  const list = [...words];
  let places = fewest;
  while (places < most && places < roomy * list.length) places *= 2;
  const sieve = new Uint32Array(places / 32);
  for (const word of list) {
    const place = placeOf(word) & (places - 1);
    sieve[place >>> 5] = (sieve[place >>> 5] ?? 0) | (1 << (place & 31));
  }
  return sieve;
}

export function passes(sieve: Sieve, word: string): boolean {
  const place = placeOf(word) & (sieve.length * 32 - 1);
  return ((sieve[place >>> 5] ?? 0) & (1 << (place & 31))) !== 0;
}

/** A set of words that is asked about every word of a message, and mostly says no. */
export type WordSet = Pick<ReadonlySet<string>, 'has'>;

export function wordSet(words: Iterable<string>): WordSet {
  const set = new Set(words);
  const sieve = sieveOf(set);
  return { has: (word) => passes(sieve, word) && set.has(word) };
}

function placeOf(word: string): number {
  const { length } = word;
  if (length === 0) return 0;
  const first = letterAt(word, 0);
  const middle = letterAt(word, length >> 1);
  const last = letterAt(word, length - 1);
  return Math.imul(first, 37) + Math.imul(middle, 331) + Math.imul(last, 7) + Math.imul(length, 1049);
}

function letterAt(word: string, at: number): number {
  const code = word.charCodeAt(at);
  return code === l ? r : code;
}
