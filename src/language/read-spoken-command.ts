import type { GlobalWord, Lang, Reading } from '../engine/message.ts';
import { isEmpty, roleAt } from './around.ts';
import { withoutQuotes } from './asides.ts';
import { asksBack } from './asks-back.ts';
import { courtesy, spoken, spokenPatterns, writtenOut } from './command-phrases.ts';
import { narrowed, readLooseCommand } from './commands.ts';
import { isOfOthers } from './others.ts';
import { endsAt } from './patterns.ts';
import { longestAt } from './phrases.ts';
import { likely } from './reading.ts';
import { type Token, tokenise } from './tokens.ts';

/** As {@link readLooseCommand}, for messages that answer no question: one command is found inside a sentence too. */
export function readSpokenCommand(text: string, lang: Lang): Reading<GlobalWord> {
  const loose = readLooseCommand(text, lang);
  if (loose.kind !== 'unclear') return loose;
  const part = inOnePart(text, lang);
  if (part) return part;
  if (asksBack(text)) return loose;
  const tokens = withoutQuotes(tokenise(writtenOut(text)));
  // "My colleague wants to stop": nothing is asked for.
  if (isOfOthers(tokens, Math.min(3, tokens.length - 1))) return loose;
  return inSentence(tokens, lang) ?? loose;
}

/** "This is no use, a real person please": one part of a message is a command, and no other part is one. */
function inOnePart(text: string, lang: Lang): Reading<GlobalWord> | undefined {
  const parts = text
    .slice(0, longest)
    .replace(politely, '$&,')
    .split(/[,;.!?\n]+|\s[-–—]\s/u)
    .filter((part) => /\p{L}/u.test(part));
  if (parts.length < 2) return undefined;
  const meant = parts.flatMap((part) => {
    const reading = readLooseCommand(part, lang);
    return reading.kind === 'value' ? [reading.value] : [];
  });
  const [only, second] = narrowed([...new Set(meant)], tokenise(text));
  return only !== undefined && second === undefined ? likely(only) : undefined;
}

/** "*Aide svp* je suis perdue …": with its courtesy behind it, a word or two are a part of their own. */
const politely =
  /^\s*\p{L}+(?:\s+\p{L}+)?\s+(?:svp|stp|please|pls|plz|nyamuneka|s['’ ]il (?:vous|te) pla[iî]t)(?=\s)/iu;

const longest = 200;

/**
 * One command of two words or more, in a message that says little else and denies nothing: "i made a mistake in my
 * dates". Never more than likely.
 */
function inSentence(tokens: readonly Token[], lang: Lang): Reading<GlobalWord> | undefined {
  const meant = new Set<GlobalWord>();
  let strange = 0;
  for (let at = 0; at < tokens.length; ) {
    const word = tokens[at]?.text ?? '';
    if (roleAt(tokens, at, lang)?.value === 'not') return undefined;
    const phrase = longestAt(spoken, tokens, at, lang);
    const ends = endsAt(spokenPatterns, tokens, at);
    const to = Math.max(at, phrase ? at + phrase.length : at, ...ends.map((end) => end.to));
    const said = ends.find((end) => end.to === to)?.value;
    // "The list is long" only names a thing.
    const told = supposing.has(tokens[at - 1]?.text ?? '');
    const goesOn = telling.has(tokens[to]?.text ?? '');
    const joined = word === "n'" || word === 'na';
    if (!told && !goesOn && !joined && to > at + 1 + (articles.has(word) ? 1 : 0)) {
      for (const one of said ? [said] : (phrase?.value ?? [])) meant.add(one);
      at = to;
      continue;
    }
    const idle = longestAt(courtesy, tokens, at, lang);
    const role = roleAt(tokens, at, lang);
    if (!idle && !(role && isEmpty(role.value)) && word.length > 1) strange++;
    at += Math.max(idle?.length ?? 1, role?.length ?? 1);
  }
  const [only, second] = narrowed([...meant]);
  return only !== undefined && second === undefined && strange <= most ? likely(only) : undefined;
}

/** "The last question was weird", "I accept that …" */
const telling = new Set(
  "dans demain tomorrow lundi mardi mercredi jeudi vendredi samedi dimanche monday tuesday wednesday thursday friday saturday sunday ejo bientot soon bwari byari yari wari cyari was were is are had has that est etait sont etaient que qu' ko".split(
    ' ',
  ),
);

const articles = new Set("the a an my la le l' les un une mon ma mes".split(' '));

/** "I'd cancel everything just for a nap" is told, not asked for. */
const supposing = new Set("i'd id would had".split(' '));

/** More strange words than this, and the message is about something else. */
const most = 3;
