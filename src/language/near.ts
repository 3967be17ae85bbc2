/** Finds keys that differ from a word by one slip of the finger. */
export type NearIndex = (word: string) => readonly string[];

/** Shorter words are too close to each other (`mai`, `mars`) for a slip to be told from another word. */
const shortest = 5;

/**
 * One letter left out, put in, exchanged, or two neighbours swapped. Every key is filed under itself with each single
 * letter left out, so that a look-up costs the length of the word and not the size of the table.
 */
export function nearIndex(keys: Iterable<string>): NearIndex {
  const filed = new Map<string, string[]>();
  for (const key of new Set(keys)) {
    if (key.length < shortest) continue;
    for (const variant of variants(key)) {
      const list = filed.get(variant);
      if (list) list.push(key);
      else filed.set(variant, [key]);
    }
  }
  return (word) => {
    if (word.length < shortest || word.length > 40) return [];
    const found = new Set<string>();
    for (const variant of variants(word)) {
      for (const key of filed.get(variant) ?? []) if (isOneSlipAway(word, key)) found.add(key);
    }
    return [...found];
  };
}

function variants(word: string): Set<string> {
  const made = new Set([word]);
  for (let at = 0; at < word.length; at++) made.add(word.slice(0, at) + word.slice(at + 1));
  return made;
}

/** True also for equal words. */
export function isOneSlipAway(a: string, b: string): boolean {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  const most = Math.min(a.length, b.length) - start;
  while (end < most && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const restA = a.slice(start, a.length - end);
  const restB = b.slice(start, b.length - end);
  if (restA.length <= 1 && restB.length <= 1) return true;
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}
