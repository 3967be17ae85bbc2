/**
 * Cuts a text into parts of at most `limit` UTF-16 units: after a paragraph where one ends late enough,
 * else after a line, a sentence, a word, and only then inside one, never inside a character as people
 * see it. White space at the cuts is dropped. An empty text gives one empty part.
 */
export function split(text: string, limit: number): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > limit) {
    const at = placeToCut(rest, limit);
    const part = rest.slice(0, at).trimEnd();
    if (part !== '') parts.push(part);
    rest = rest.slice(at).trimStart();
  }
  return rest === '' && parts.length > 0 ? parts : [...parts, rest];
}

// Ends of a paragraph, a line, a sentence and a word, best first.
const ends = [/\n\s*\n/g, /\n/g, /[.!?…؟。](?=\s)/g, /\s/g];

function placeToCut(text: string, limit: number): number {
  const window = text.slice(0, limit + 1);
  // A cut in the first third would leave a stub and gain little over the next kind of end.
  const early = limit / 3;
  for (const end of ends) {
    let best = 0;
    for (const match of window.matchAll(end)) {
      const after = match.index + (match[0].trim() === '' ? 0 : match[0].length);
      if (after <= limit) best = Math.max(best, after);
    }
    if (best > early) return best;
  }
  // Letters and their marks, or an emoji of several code points, stay whole when they start in the window.
  const start =
    new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text).containing(limit)?.index ?? limit;
  return start > 0 ? start : limit;
}
