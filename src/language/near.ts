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

/** Finds keys two slips away that begin with the same letter: only for long words, where nothing nearer was found. */
export function farIndex(keys: Iterable<string>, shortestKey: number): NearIndex {
  const filed = new Map<string, string[]>();
  for (const key of new Set(keys)) {
    if (key.length < shortestKey) continue;
    const list = filed.get(key[0] ?? '');
    if (list) list.push(key);
    else filed.set(key[0] ?? '', [key]);
  }
  return (word) =>
    word.length < shortestKey - 1 || word.length > 60
      ? []
      : (filed.get(word[0] ?? '') ?? []).filter((key) => isWithin(word, 1, key, 1, 2));
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
