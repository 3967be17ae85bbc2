import { type Token, tokenise } from './tokens.ts';

/**
 * Phrases written as patterns: `go (one|a|) step back` is three, since a group stands for each of its choices, the empty
 * one too. Groups may stand inside groups. Patterns are walked, never written out: some stand for thousands of phrases.
 */
export type Patterns<T> = ReadonlyMap<string, readonly Rule<T>[]>;

type Rule<T> = {
  readonly node: Node;
  readonly value: T;
  /** The words that may come second; undefined where one word may be all. */
  readonly seconds: ReadonlySet<string> | undefined;
};
type Node =
  | { readonly is: 'word'; readonly text: string }
  | { readonly is: 'all'; readonly parts: readonly Node[] }
  /** Choices by the words they may begin with; `empty` when nothing will do as well. */
  | {
      readonly is: 'one';
      readonly of: readonly Node[];
      readonly by: ReadonlyMap<string, readonly Node[]>;
      readonly empty: boolean;
    };

/** Rules are filed under each word they may begin with. */
export function patterns<T>(entries: Iterable<readonly [pattern: string, value: T]>): Patterns<T> {
  const filed = new Map<string, Rule<T>[]>();
  for (const [pattern, value] of entries) {
    const node = parse(pattern);
    for (const first of firstsOf(node).words) {
      const { words, empty } = behind(node, first);
      const rule = { node, value, seconds: empty ? undefined : words };
      const known = filed.get(first);
      if (known) known.push(rule);
      else filed.set(first, [rule]);
    }
  }
  return filed;
}

type End<T> = { readonly to: number; readonly value: T };

/** Every place where a pattern that begins at a token may end, with its meaning; the same place may come twice. */
export function endsAt<T>(table: Patterns<T>, tokens: readonly Token[], at: number): readonly End<T>[] {
  const rules = table.get(tokens[at]?.text ?? '');
  if (!rules) return none;
  const second = tokens[at + 1]?.text;
  const found: End<T>[] = [];
  for (const { node, value, seconds } of rules) {
    // Most rules end here, before they are walked.
    if (seconds && (second === undefined || !seconds.has(second))) continue;
    const ends = walk(node, tokens, at, 1);
    for (let length = 1; ends >>> length !== 0; length++)
      if ((ends & (1 << length)) !== 0) found.push({ to: at + length, value });
  }
  return found;
}

const none: readonly never[] = [];
/** Words in the longest match: as many as fit beside the empty one into the bits of a number. */
const longest = 30;

/** Places are bits, counted from where the pattern begins: walks from several places at once, and makes no lists. */
function walk(node: Node, tokens: readonly Token[], from: number, places: number): number {
  switch (node.is) {
    case 'word': {
      let ends = 0;
      for (let place = 0; place < longest && places >>> place !== 0; place++)
        if ((places & (1 << place)) !== 0 && tokens[from + place]?.text === node.text)
          ends |= 1 << (place + 1);
      return ends;
    }
    case 'one': {
      let ends = node.empty ? places : 0;
      for (let place = 0; place < longest && places >>> place !== 0; place++) {
        const text = (places & (1 << place)) === 0 ? undefined : tokens[from + place]?.text;
        const choices = text === undefined ? undefined : node.by.get(text);
        if (choices) for (const choice of choices) ends |= walk(choice, tokens, from, 1 << place);
      }
      return ends;
    }
    case 'all': {
      let ends = places;
      for (const part of node.parts) {
        ends = walk(part, tokens, from, ends);
        if (ends === 0) return 0;
      }
      return ends;
    }
  }
}

/** The words of every pattern: the vocabulary within which a slip of the finger is looked for. */
export function patternWords(table: Patterns<unknown>): ReadonlySet<string> {
  const words = new Set<string>();
  const visit = (node: Node): void => {
    if (node.is === 'word') words.add(node.text);
    else for (const inner of node.is === 'all' ? node.parts : node.of) visit(inner);
  };
  for (const rules of table.values()) for (const { node } of rules) visit(node);
  return words;
}

function parse(pattern: string): Node {
  let at = 0;
  const choices = (): Node => {
    const of: Node[] = [];
    let parts: Node[] = [];
    let words = '';
    const flush = () => {
      parts.push(...wordsIn(words));
      words = '';
    };
    for (; at < pattern.length; at++) {
      const sign = pattern[at] ?? '';
      if (sign === '(') {
        flush();
        at++;
        parts.push(choices());
      } else if (sign === '|') {
        flush();
        of.push({ is: 'all', parts });
        parts = [];
      } else if (sign === ')') break;
      else words += sign;
    }
    flush();
    of.push({ is: 'all', parts });
    return of.length === 1 && of[0] ? of[0] : oneOf(of);
  };
  return choices();
}

function oneOf(of: readonly Node[]): Node {
  const by = new Map<string, Node[]>();
  let empty = false;
  for (const choice of of) {
    const first = firstsOf(choice);
    empty ||= first.empty;
    for (const word of first.words) by.set(word, [...(by.get(word) ?? []), choice]);
  }
  return { is: 'one', of, by, empty };
}

/** The words as a message is cut; many leave the apostrophe out: "dont", "jai". */
function wordsIn(text: string): readonly Node[] {
  return text
    .split(' ')
    .filter((word) => word !== '')
    .map((word): Node => {
      const parts = tokenise(word).map((token): Node => ({ is: 'word', text: token.text }));
      const whole: Node = { is: 'all', parts };
      const glued = word.replaceAll("'", '');
      return glued === word || glued.length < 3 ? whole : oneOf([whole, { is: 'word', text: glued }]);
    });
}

function firstsOf(node: Node): { readonly words: ReadonlySet<string>; readonly empty: boolean } {
  switch (node.is) {
    case 'word':
      return { words: new Set([node.text]), empty: false };
    case 'one':
      return { words: new Set(node.by.keys()), empty: node.empty };
    case 'all': {
      const words = new Set<string>();
      for (const part of node.parts) {
        const first = firstsOf(part);
        for (const word of first.words) words.add(word);
        if (!first.empty) return { words, empty: false };
      }
      return { words, empty: true };
    }
  }
}

/** What may follow a first word of a pattern; `empty` when nothing need follow. */
function behind(node: Node, first: string): { readonly words: ReadonlySet<string>; readonly empty: boolean } {
  switch (node.is) {
    case 'word':
      return { words: new Set(), empty: node.text === first };
    case 'one': {
      const each = (node.by.get(first) ?? []).map((choice) => behind(choice, first));
      return {
        words: new Set(each.flatMap(({ words }) => [...words])),
        empty: each.some(({ empty }) => empty),
      };
    }
    case 'all': {
      const words = new Set<string>();
      let empty = false;
      for (const [at, part] of node.parts.entries()) {
        const own = firstsOf(part);
        if (own.words.has(first)) {
          const next = behind(part, first);
          const rest = next.empty ? firstsOf({ is: 'all', parts: node.parts.slice(at + 1) }) : undefined;
          for (const word of [...next.words, ...(rest?.words ?? [])]) words.add(word);
          empty ||= rest?.empty === true;
        }
        if (!own.empty) break;
      }
      return { words, empty };
    }
  }
}
