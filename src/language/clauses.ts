import { wordSet } from './sieve.ts';
import type { Token } from './tokens.ts';

/** Which part of a message each token stands in: signs, pictures and words of reason end one part and begin the next. */
export function clausesOf(tokens: readonly Token[]): readonly number[] {
  if (last.tokens !== tokens) last = { tokens, clauses: cut(tokens) };
  return last.clauses;
}

/** A message is cut once though several readers weigh it. */
let last: { readonly tokens: readonly Token[]; readonly clauses: readonly number[] } = {
  tokens: [],
  clauses: [],
};

function cut(tokens: readonly Token[]): readonly number[] {
  let clause = 0;
  return tokens.map(({ text, sep, spaced }, at) => {
    if (
      at > 0 &&
      ((sep !== '' && (parting.test(sep) || (spaced && dash.test(sep)))) ||
        reasons.has(text) ||
        isCondition(tokens, at))
    )
      clause++;
    return clause;
  });
}

/** "…, *si les billets* ne sont pas chers", "… *if my boss* agrees". In Kinyarwanda *si* denies. */
function isCondition(tokens: readonly Token[], at: number): boolean {
  const { text } = tokens[at] ?? {};
  return text === 'if' || (text === 'si' && subjects.has(tokens[at + 1]?.text ?? ''));
}

const subjects = new Set("le la les l' mon ma mes je j' on tout c' ca il elle nous vous".split(' '));

const parting = /[^\s'’/\-–—.+&%#*@_]|\.{2,}|\.$/u;
const dash = /^[-–—]+$/;

/** What stands behind these tells why, and is no part of the answer. */
const reasons = wordSet(
  'but mais ariko aliko however though because bcoz bcs coz cuz car parceque pcq puisque kuko kubera kugirango dont including incl notamment mostly surtout mainly especially whichever whatever'.split(
    ' ',
  ),
);
