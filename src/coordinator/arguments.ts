/** What was typed after a command: words, and `key=value` pairs; quotes of any kind hold spaces together. */
export type Arguments = {
  readonly words: readonly string[];
  readonly options: { readonly [key: string]: string };
  /** As it was typed. */
  readonly raw: string;
};

export function readArguments(text: string): Arguments {
  const words: string[] = [];
  const options: { [key: string]: string } = {};
  // Phones and Slack itself write curly quotes.
  const straight = text.replace(/[“”„«»]/g, '"');
  for (const [, key, quoted, bare, lone] of straight.matchAll(/(?:(\w+)=)?(?:"([^"]*)"|([^\s"]+))|(")/g)) {
    if (lone !== undefined) continue;
    const value = (quoted ?? bare ?? '').trim();
    if (key !== undefined) options[key.toLowerCase()] = value;
    else if (value !== '') words.push(value);
  }
  return { words, options, raw: text };
}

/** The first code of that letter, in capitals: `n-1` is nobody's. */
export function codeIn(args: Pick<Arguments, 'words'>, letter: string): string | undefined {
  return codesIn(args, letter)[0];
}

export function codesIn({ words }: Pick<Arguments, 'words'>, letter: string): readonly string[] {
  return words
    .map((word) => word.toUpperCase().replace(/,$/, ''))
    .filter((word) => new RegExp(`^${letter}-[\\d-]+$`).test(word));
}

/** The first of these words that was typed, wherever it stands. */
export function verbIn<V extends string>({ words }: Arguments, verbs: readonly V[]): V | undefined {
  return words.flatMap((word) => verbs.find((verb) => verb === word.toLowerCase()) ?? [])[0];
}

/** Days as `YYYY-MM-DD` or `DD/MM/YYYY`, in the order typed. */
export function daysIn({ words }: Arguments): readonly string[] {
  return words.flatMap((word) => readDay(word) ?? []);
}

export function readDay(word: string): string | undefined {
  const iso = /^\d{4}-\d{2}-\d{2}$/.test(word) ? word : undefined;
  const [, day, month, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(word) ?? [];
  const found =
    iso ?? (year && month && day ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : undefined);
  // 31 April is a day that does not come back as it was written.
  return found !== undefined && isDay(found) ? found : undefined;
}

/** What was typed beyond these words, each taken away once: the rest may say them again. */
export function restOf({ raw }: Arguments, taken: readonly string[]): string {
  const without = (text: string, word: string) =>
    text.replace(new RegExp(`(^|\\s)${word}(?=\\s|$)`, 'i'), ' ');
  return taken.reduce(without, raw).trim();
}

function isDay(day: string): boolean {
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(day);
}
