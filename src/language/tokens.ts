import { fold } from './normalise.ts';

/** One word or number of a message, folded. What stands between two tokens is kept on the second one. */
export type Token = {
  readonly text: string;
  /** Digits only. */
  readonly value: number | undefined;
  /** `1er`, `3rd`, `21st`: the number of a place, most often of a day. */
  readonly ordinal: boolean;
  /** Signs before it without spaces (`/`, `-`, `,` …), empty at the start and after a mere space. */
  readonly sep: string;
  /** A space stands before it. */
  readonly spaced: boolean;
};

const most = 60;
// Each is tried at one place and tells where it ends, without a list of what it found.
const letters = /\p{L}+(?:'\p{L}+)*'?/uy;
const signs = /[^\p{L}\p{N}]+/uy;
const ordinals = /(?:st|nd|rd|th|ere|er|re|ier|ieme|eme|e| (?:st|nd|rd|th|er|eme|ere))(?![\p{L}\p{N}])/uy;
const digits = /\d+/y;
/** Little words that lean on the next one: French l', d', qu' … and Kinyarwanda n', z', by' … */
const leaning = /^((?:[ldjmtscn]|qu|jusqu|lorsqu|puisqu|[yzwbkr]|bw|cy|rw|by|kw|ry|nk|mw|tw)')(\p{L}.*)$/u;
const contraction = /'(?:t|s|m|d|ll|re|ve)$/;
const apostrophe = 39;
const plainWords = /^[a-z]+(?: [a-z]+){0,50}$/;

/**
 * Cuts a message into words and numbers (`5sept2027` is three). At most {@link most}: who writes more tells a story.
 */
export function tokenise(text: string): readonly Token[] {
  if (last.text !== text) last = { text, tokens: cut(text) };
  return last.tokens;
}

/** A message is cut once though several readers look at it in turn. */
let last: { readonly text: string; readonly tokens: readonly Token[] } = { text: '', tokens: [] };

function cut(text: string): readonly Token[] {
  const short = text.length > 1200 ? text.slice(0, 1200) : text;
  // A new line parts what is said as a sign would.
  const folded = fold(short.includes('\n') ? short.replace(/\s*\n\s*/g, ' ; ') : short);
  if (plainWords.test(folded)) {
    return leaningOn(folded.split(' ').map((word, at) => tokenOf(word, '', at > 0)));
  }
  const tokens: Token[] = [];
  let sep = '';
  let spaced = false;
  for (let at = 0; at < folded.length && tokens.length < most; ) {
    const from = at;
    const code = folded.charCodeAt(from);
    const isNumber = isDigit(code);
    if (!isNumber && !isPlainLetter(code)) at = endOf(signs, folded, from);
    if (at > from) {
      const between = folded.slice(from, at);
      spaced = between === ' ' || /\s/.test(between);
      sep = between === ' ' ? '' : between.replace(/\s+/g, '');
      continue;
    }
    if (isNumber) {
      const number = endOf(digits, folded, from);
      const text = folded.slice(from, number);
      at = endOf(ordinals, folded, number);
      tokens.push(tokenOf(text, sep, spaced, Number(text), at > number));
    } else {
      at = endOfWord(folded, from);
      // Figures of other kinds (², Ⅳ) are passed over.
      if (at === from) {
        at++;
        continue;
      }
      for (const word of parted(folded.slice(from, at))) {
        tokens.push(tokenOf(word, sep, spaced));
        sep = '';
        spaced = true;
      }
    }
    sep = '';
    spaced = false;
  }
  return leaningOn(tokens);
}

/** All are made here, with all properties in one order: the engine reads objects of one shape much faster. */
function tokenOf(text: string, sep: string, spaced: boolean, value?: number, ordinal = false): Token {
  return { text, value, ordinal, sep, spaced };
}

/** The same place in the message with another word, where a slip was mended. */
export function withText({ value, ordinal, sep, spaced }: Token, text: string): Token {
  return tokenOf(text, sep, spaced, value, ordinal);
}

/** Most words are plain letters to their end, which needs no expression. */
function endOfWord(text: string, from: number): number {
  let at = from;
  while (isPlainLetter(text.charCodeAt(at))) at++;
  const next = text.charCodeAt(at);
  const ends = at > from && (at === text.length || (next < 128 && next !== apostrophe));
  return ends ? at : endOf(letters, text, from);
}

function isPlainLetter(code: number): boolean {
  return code >= 97 && code <= 122;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** "n umuntu": many leave the apostrophe out and the space in. */
function leaningOn(tokens: readonly Token[]): readonly Token[] {
  const last = tokens.length - 1;
  const leans = ({ text }: Token, at: number) => at < last && text.length === 1 && loose.has(text);
  if (!tokens.some(leans)) return tokens;
  return tokens.map((token, at) => (leans(token, at) ? withText(token, `${token.text}'`) : token));
}

function parted(word: string): readonly string[] {
  if (!word.includes("'")) return [word];
  if (contraction.test(word)) return [word.replace(/'$/, leaningAlone)];
  const match = leaning.exec(word);
  if (match?.[1] && match[2]) return [match[1], ...parted(match[2])];
  return [word.replace(/'$/, leaningAlone)];
}

const loose = new Set(['n', 'z', 'w']);

/** "n' umwe", "jusqu' en": the apostrophe stays with the little word; elsewhere it closes a quotation. */
function leaningAlone(_sign: string, at: number, word: string): string {
  return at <= 2 || /^(?:jusqu|lorsqu|puisqu)'$/.test(word) ? "'" : '';
}

/** The words of a phrase as they are looked up: tokens joined by one space. */
export function keyOf(tokens: readonly Token[], from = 0, to = tokens.length): string {
  let key = tokens[from]?.text ?? '';
  for (let at = from + 1; at < to; at++) key += ` ${tokens[at]?.text ?? ''}`;
  return key;
}

/** Whether the message is a question, or has one in it. */
export function asks(text: string): boolean {
  return mark.test(text) && mark.test(text.replace(greeting, ''));
}

const mark = /[?？]/;
/** "Mwaramutse neza? …": how people greet asks nothing. */
const greeting =
  /^\P{N}{0,25}?(?:how are you|how r u|[cç]a va|comment allez[- ]vous|amakuru(?: yanyu)?|mwaramutse(?: neza)?|mwiriwe(?: neza)?|muraho)\s*[?？]+/iu;
