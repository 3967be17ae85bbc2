/** Finds keys that differ from a word by one slip of the finger. */
export type NearIndex = (word: string) => readonly string[];

/** Shorter words are too close to each other (`mai`, `mars`) for a slip to be told from another word. */
const shortest = 5;
const longest = 40;

/**
 * One letter left out, put in, exchanged, or two neighbours swapped. Every key is filed under itself with each single
 * letter left out, so that a look-up costs the length of the word and not the size of the table.
 */
export function nearIndex(keys: Iterable<string>): NearIndex {
  const filed = new Map<number, string[]>();
  for (const key of new Set(keys)) {
    if (key.length < shortest || key.length > longest + 1) continue;
    for (const variant of variants.subarray(0, hashVariants(key))) {
      const list = filed.get(variant);
      if (list) list.push(key);
      else filed.set(variant, [key]);
    }
  }
  return (word) => {
    if (word.length < shortest || word.length > longest) return none;
    let found: string[] | undefined;
    const count = hashVariants(word);
    for (let at = 0; at < count; at++) {
      const list = filed.get(variants[at] ?? 0);
      if (list === undefined) continue;
      for (const key of list) {
        if (!isOneSlipAway(word, key) || found?.includes(key)) continue;
        if (found) found.push(key);
        else found = [key];
      }
    }
    return found ?? none;
  };
}

const none: readonly string[] = [];

const base = 31;
const powers = new Int32Array(longest + 2);
powers[0] = 1;
for (let at = 1; at < powers.length; at++) powers[at] = Math.imul(powers[at - 1] ?? 0, base);

/** What {@link hashVariants} found last: a word has a handful, and thousands of words are looked at. */
const variants = new Int32Array(longest + 2);

/**
 * Writes to {@link variants} the hash of a word and of the word without each of its letters in turn, and tells how many
 * there are. A word without its next letter differs from it without this one in one place only, so no text is copied.
 */
function hashVariants(word: string): number {
  const last = word.length - 1;
  let without = 0;
  for (let at = 1; at <= last; at++) without = (Math.imul(without, base) + word.charCodeAt(at)) | 0;
  variants[0] = (without + Math.imul(word.charCodeAt(0), powers[last] ?? 0)) | 0;
  variants[1] = without;
  let count = 2;
  for (let at = 1; at <= last; at++) {
    const step = word.charCodeAt(at - 1) - word.charCodeAt(at);
    // Of two equal letters it does not matter which is left out.
    if (step === 0) continue;
    without = (without + Math.imul(step, powers[last - at] ?? 0)) | 0;
    variants[count++] = without;
  }
  return count;
}

/** True also for equal words. */
export function isOneSlipAway(a: string, b: string): boolean {
  const most = Math.min(a.length, b.length);
  let start = 0;
  while (start < most && a.charCodeAt(start) === b.charCodeAt(start)) start++;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
    endA--;
    endB--;
  }
  if (endA - start <= 1 && endB - start <= 1) return true;
  return endA - start === 2 && endB - start === 2 && a[start] === b[start + 1] && a[start + 1] === b[start];
}

/** Finds keys two slips away that begin with the same letter: only for long words, where nothing nearer was found. */
export function farIndex(keys: Iterable<string>, shortestKey: number): NearIndex {
  // Hundreds begin with one letter: what rules most of them out is kept side by side, apart from the keys.
  type Shelf = { readonly keys: string[]; readonly lengths: number[]; readonly letters: number[] };
  const filed = new Map<string, Shelf>();
  for (const key of new Set(keys)) {
    if (key.length < shortestKey) continue;
    const shelf = filed.get(key[0] ?? '') ?? { keys: [], lengths: [], letters: [] };
    filed.set(key[0] ?? '', shelf);
    shelf.keys.push(key);
    shelf.lengths.push(key.length);
    shelf.letters.push(lettersOf(key));
  }
  return (word) => {
    const shelf = filed.get(word[0] ?? '');
    if (shelf === undefined || word.length < shortestKey - 1 || word.length > 60) return none;
    const own = lettersOf(word);
    let found: string[] | undefined;
    for (let at = 0; at < shelf.keys.length; at++) {
      // Each slip changes two letters at most.
      if (Math.abs((shelf.lengths[at] ?? 0) - word.length) > 2) continue;
      if (bitsOf((shelf.letters[at] ?? 0) ^ own) > 4) continue;
      const key = shelf.keys[at] ?? '';
      if (!isWithin(word, 1, key, 1, 2)) continue;
      if (found) found.push(key);
      else found = [key];
    }
    return found ?? none;
  };
}

/** The letters of a word as one bit each, whatever their order and number. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let at = 0; at < word.length; at++) letters |= 1 << (word.charCodeAt(at) & 31);
  return letters;
}

function bitsOf(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** Whether what is left of two words behind two places differs by at most so many slips. */
function isWithin(a: string, i: number, b: string, j: number, slips: number): boolean {
  let [left, right] = [i, j];
  while (left < a.length && right < b.length && a[left] === b[right]) {
    left++;
    right++;
  }
  const [restA, restB] = [a.length - left, b.length - right];
  if (restA === 0 || restB === 0) return restA + restB <= slips;
  if (slips === 0 || Math.abs(restA - restB) > slips) return false;
  if (isWithin(a, left + 1, b, right + 1, slips - 1)) return true;
  if (isWithin(a, left + 1, b, right, slips - 1) || isWithin(a, left, b, right + 1, slips - 1)) return true;
  return (
    a[left] === b[right + 1] && a[left + 1] === b[right] && isWithin(a, left + 2, b, right + 2, slips - 1)
  );
}
