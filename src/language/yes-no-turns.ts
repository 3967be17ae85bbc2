import type { Lang } from '../engine/message.ts';
import { roleAt } from './around.ts';
import { clausesOf } from './clauses.ts';
import type { Token } from './tokens.ts';
import { partAt } from './yes-no-count.ts';
import type { Part } from './yes-no-words.ts';

/** A yes or no that is taken back in the same message, and the answer that stands in the end. */

/** "Yes.. no wait, no", "oui, pardon, non": what follows the correction, where an answer stands on both sides of it. */
export function afterCorrection(tokens: readonly Token[], lang: Lang): readonly Token[] | undefined {
  for (let at = tokens.length - 1; at > 0; at--) {
    const role = roleAt(tokens, at, lang);
    // "Wait no" turns and answers.
    const length = turning.has(tokens[at]?.text ?? '') ? 1 : role?.value === 'instead' ? role.length : 0;
    if (length === 0) continue;
    const answers = (from: number, to: number) =>
      tokens.slice(from, to).some((_, index) => plain.has(partAt(tokens, from + index, lang)?.value));
    if (answers(0, at) && answers(at + length, tokens.length)) return tokens.slice(at + length);
  }
  return undefined;
}

const turning = new Set(
  'wait attends attendez pardon enfin sorry mbabarira mumbabarire mwihangane nibeshye oops oups'.split(' '),
);
export const plain: ReadonlySet<Part | undefined> = new Set<Part>(['said_yes', 'said_no', 'yes', 'no']);

/** "Oya yego, *nibeshye*", "oui non, *mauvais bouton*": two answers, and the slip is owned up to behind them. */
export function afterExcuse(tokens: readonly Token[], lang: Lang): readonly Token[] | undefined {
  const slip = tokens.findIndex(({ text }) => slips.has(text));
  if (slip < 2) return undefined;
  let [first, last, from] = ['', '', 0];
  for (let at = 0; at < slip; ) {
    const part = partAt(tokens, at, lang);
    if (part && plain.has(part.value)) {
      const value = part.value.replace('said_', '');
      first ||= value;
      if (value !== last) from = at;
      last = value;
    }
    at += part?.length ?? 1;
  }
  const differ = first !== '' && first !== last;
  return differ && saysOnly(tokens.slice(0, from), lang) ? tokens.slice(from) : undefined;
}

/** "Yes! sorry, *was thinking of the other question*": how the slip came about answers nothing. */
export function withoutExcuse(tokens: readonly Token[], lang: Lang): readonly Token[] {
  const clauses = clausesOf(tokens);
  const slip = tokens.findIndex(({ text }) => slips.has(text));
  if (slip < 1) return tokens;
  let from = slip;
  while (from > 1 && clauses[from - 1] === clauses[slip]) from--;
  const answers = tokens.some(
    ({ text }, at) => at >= from && !slips.has(text) && plain.has(partAt(tokens, at, lang)?.value),
  );
  return answers || tokens.slice(from).some(({ text }) => turns.has(text) || text === 'if' || text === 'si')
    ? tokens
    : tokens.slice(0, from);
}

/** Nothing but answers, courtesy and words of correction. */
export function saysOnly(tokens: readonly Token[], lang: Lang): boolean {
  for (let at = 0; at < tokens.length; ) {
    const part = partAt(tokens, at, lang);
    const role = roleAt(tokens, at, lang);
    const word = tokens[at]?.text ?? '';
    const empty = role && (role.value === 'filler' || role.value === 'instead' || role.value === 'not');
    if (!(part && plain.has(part.value)) && !empty && !turning.has(word) && !slips.has(word)) return false;
    at += Math.max(part?.length ?? 1, role?.length ?? 1);
  }
  return true;
}

const slips = new Set(
  'nibeshye button clicked pressed tapped misread misclicked typo wrong mistake thinking trompe trompee lu cliquer clique bouton'.split(
    ' ',
  ),
);

/** Words that turn a sentence round: what follows is the answer, or its condition. */
export const turns = new Set(
  'but mais ms ariko aliko however unfortunately sadly alas malheureusement helas'.split(' '),
);
