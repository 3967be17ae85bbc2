import type { Lang } from '../engine/message.ts';
import data from './around.json' with { type: 'json' };
import { words } from './lexicon.ts';
import { longestAt, type Phrases, phrases, wordsOf } from './phrases.ts';
import type { Token } from './tokens.ts';

/** What a word beside an answer does to it; see around.json. `unknown` words lower confidence. */
export type Role = 'filler' | 'hedge' | 'or' | 'but' | 'not' | 'block' | 'until' | 'instead';

/** What is left of a message beside what a reader understood. */
export type Rest = {
  readonly roles: ReadonlySet<Role>;
  /** Words that nobody here knows. */
  readonly unknown: number;
  /** The answer that a denial takes back, by its place: "not X, Y" is 0, "X, not Y" is 1. "X, no, Y" takes back 0. */
  readonly denied?: number;
};

/**
 * Accounts for every token that no span covers. `also` are words that mean nothing beside this kind of answer, such as
 * "hospital" beside a profession.
 */
export function restOf(
  tokens: readonly Token[],
  spans: readonly { readonly from: number; readonly to: number }[],
  lang: Lang,
  also?: ReadonlySet<string>,
): Rest {
  const roles = new Set<Role>();
  let unknown = 0;
  let denied: number | undefined;
  for (let at = 0; at < tokens.length; ) {
    const span = spans.find(({ from, to }) => from <= at && at < to);
    if (span) {
      at = span.to;
      continue;
    }
    const hit = longestAt(around, tokens, at, lang);
    if (hit) {
      roles.add(hit.value);
      if (hit.value === 'not') {
        const before = new Set(spans.filter(({ to }) => to <= at).map(({ from }) => from)).size;
        denied = before > 0 && leftward.test(tokens[at]?.text ?? '') ? before - 1 : before;
      }
      at += hit.length;
      continue;
    }
    const text = tokens[at]?.text ?? '';
    // A number that nobody claimed: a small one may be half of a range, so nothing beside it is the answer.
    if (tokens[at]?.value !== undefined && text.length <= 2) roles.add('block');
    else if (!also?.has(text) && !(text.length === 1 && /\p{L}/u.test(text))) unknown++;
    at++;
  }
  return { roles, unknown, ...(denied !== undefined && { denied }) };
}

/** "5, no, 6" takes back what was said before it. */
const leftward = /^(?:no|non|oya|nope|nah|nan|never)$/;

/** The role of the words at one place, if any. */
export function roleAt(tokens: readonly Token[], at: number, lang: Lang) {
  return longestAt(around, tokens, at, lang);
}

const languages: readonly Lang[] = ['rw', 'fr', 'en'];
const single: readonly Role[] = ['not', 'but', 'or', 'instead', 'block', 'until', 'hedge', 'filler'];

function* entries(): Generator<readonly [Lang, string, Role]> {
  for (const lang of languages) {
    const own = data[lang];
    for (const role of single) {
      const joined: Partial<Record<Role, string>> = own.phrases;
      for (const phrase of (joined[role] ?? '').split('|')) if (phrase !== '') yield [lang, phrase, role];
    }
    for (const role of single) for (const word of own[role].split(' ')) yield [lang, word, role];
    const polite = [...words[lang].greetings, ...words[lang].thanks, ...words[lang].goodbye];
    for (const phrase of polite) yield [lang, phrase, 'filler'];
  }
}

const around: Phrases<Role> = phrases(entries());

/** Every word known here: none of them is a slip of another word. */
export const aroundWords: ReadonlySet<string> = wordsOf(around);
