import type { GlobalWord, Lang, Reading } from '../engine/message.ts';
import {
  courteousWords,
  courtesy,
  isDenied,
  politeness,
  spoken,
  spokenPatterns,
  spokenWords,
  twofold,
  writtenOut,
} from './command-phrases.ts';
import { anyLanguage, find, index, tableIndex, words } from './lexicon.ts';
import { isOneSlipAway, nearIndex } from './near.ts';
import { bare, spellings } from './normalise.ts';
import { readOfferWord } from './offer-word.ts';
import { endsAt } from './patterns.ts';
import { goesOn, meaningOf, type Phrases } from './phrases.ts';
import { ambiguous, certain, likely } from './reading.ts';
import { wordSet } from './sieve.ts';
import { type Token, tokenise, withText } from './tokens.ts';

const sos = anyLanguage('sos');
const optOut = anyLanguage('optout');
const resubscribe = anyLanguage('resubscribe');
const goOn = index({ go_on: true, resubscribe: true });

const commands = index<GlobalWord>({
  menu: 'menu',
  restart: 'restart',
  human: 'human',
  mydata: 'mydata',
  withdraw: 'withdraw',
  list: 'list',
  back: 'back',
  skip: 'skip',
  cancel: 'cancel',
  change: 'change',
  help: 'help',
  resubscribe: 'start',
});

const twofoldWords: ReadonlyMap<string, readonly GlobalWord[]> = new Map(Object.entries(twofold));
const stopWishes = index({ stop_wish: true });

/**
 * Two-letter codes, flags and names of peoples are answers to other questions too (FR is a country, "rwandais" a
 * nationality): they name a language only where a language was asked for.
 */
const languageNames = tableIndex(
  (lang) => words[lang].language,
  (key): Lang | 'switch' => (key === 'rw' || key === 'fr' || key === 'en' ? key : 'switch'),
);
const notACommand = /^(..?.?|rwandais|rwandan)$|\p{Regional_Indicator}/u;

const codeInside = /(?<![\p{L}\p{N}])[A-Z]-\d{4}(?:-\d{1,3})?(?![\p{L}\p{N}])/giu;
/** "SOS someone broke in": the word of danger first, and then what happened. */
const sosLed = /^(?:s\.?o\.?s|mayday|au secours|tabara|mutabare)(?![\p{L}])/u;

/** The whole message is a call for help in danger, in any language. */
export function isSos(text: string): boolean {
  return has(sos, text);
}

/**
 * The whole message is one of the words that end all messages at once, in any language. Softer wishes ("stop writing
 * to me") and the bare `hagarika` are for {@link readCommand}, which asks back.
 */
export function isStop(text: string): boolean {
  return has(optOut, text);
}

/** The only words that end an opt-out. The lexicon's other words of starting mean "go on": {@link isGoOn}. */
export function isStart(text: string): boolean {
  return has(resubscribe, text);
}

/** "Go on", "commençons", "komeza" … and the START words themselves, which say the same to who never left. */
export function isGoOn(text: string, lang: Lang): boolean {
  return find(goOn, bare(text), lang) !== undefined;
}

/**
 * A global word as the whole message, never inside a sentence; `unclear` with `not_a_command` otherwise.
 * Danger and opt-out come first wherever this is asked, so both are recognised here too. `ambiguous` with the single
 * candidate `stop` is a wish to hear no more that deserves one yes-or-no question. A bare `accept` is only a yes: an
 * acceptance names its offer (`ACCEPT A-0087`), see `readOfferWord` for the code.
 */
export function readCommand(text: string, lang: Lang): Reading<GlobalWord> {
  if (isSos(text)) return certain('sos');
  if (isStop(text)) return certain('stop');
  const said = bare(text);
  const meanings = twofoldWords.get(said);
  if (meanings) return ambiguous(meanings);
  if (find(stopWishes, said, lang)) return ambiguous<GlobalWord>(['stop']);
  const found = find(commands, said, lang);
  if (found) return certain(found.value);
  if (readLanguageWish(text, lang)) return certain<GlobalWord>('language');
  const offer = readOfferWord(text);
  return offer ? certain<GlobalWord>(offer.word) : { kind: 'unclear', why: 'not_a_command' };
}

/**
 * As {@link readCommand}, with courtesies and wishes around it ("menu svp", "I want to cancel please") and one slip of the
 * finger in a long word. A slip in a word that ends something is `likely`; beside any other word there is no command.
 * Without `wishes` nothing but courtesy may stand there: for messages that answer another question. `exact` is what
 * {@link readCommand} made of the message, for who has asked it already.
 */
export function readLooseCommand(
  text: string,
  lang: Lang,
  wishes = true,
  exact = readCommand(text, lang),
): Reading<GlobalWord> {
  const [single, ...others] = exact.kind === 'ambiguous' ? exact.candidates : [];
  if (single !== undefined && others.length === 0) return likely(single);
  if (exact.kind !== 'unclear') return exact;
  const none: Reading<GlobalWord> = { kind: 'unclear', why: 'not_a_command' };
  if (sosLed.test(bare(text))) return certain('sos');
  // "Withdraw me from M-2027-03": the code says of what.
  const tokens = tokenise(writtenOut(text.includes('-') ? text.replace(codeInside, ' ') : text));
  if (tokens.length === 0 || tokens.length > 14 || tokens.some(({ value }) => value !== undefined))
    return none;
  let strange = 0;
  for (const token of tokens) {
    if (isKnown(token)) continue;
    strange++;
    // So many slips are no slips.
    if (strange > mostSlips || token.text.length < shortestSlip) return none;
  }
  for (const fuzzy of strange > 0 ? [true] : [false, true]) {
    const said = fuzzy ? tokens.map(mended) : tokens;
    if (!said.every(isKnown)) continue;
    const found = covering(said, lang, wishes ? courtesy : politeness);
    const [only, second] = narrowed(found?.words ?? [], said);
    if (!found || only === undefined) continue;
    const slip = said.some((token, index) => token.text !== tokens[index]?.text);
    if (second !== undefined) return found.words.length > 4 ? none : ambiguous(found.words);
    return found.denied || (slip && ending.has(only)) ? likely(only) : certain(only);
  }
  return none;
}

const mostSlips = 2;
const shortestSlip = 4;

function isKnown({ text }: Token): boolean {
  return knownWords.has(text);
}

const knownWords = wordSet([...spokenWords, ...courteousWords]);

/**
 * "Take me back to the menu" is no step back; "wrong answer, go back" is one. "Cancel, I made a mistake" says why, where
 * nothing else asks for a change.
 */
export function narrowed(meant: readonly GlobalWord[], tokens: readonly Token[] = []): readonly GlobalWord[] {
  const either = tokens.some(({ text }) => alternative.has(text));
  if (meant.length !== 2 || either) return meant;
  if (
    meant.includes('change') &&
    !meant.some((word) => ending.has(word)) &&
    tokens.some(({ text }) => owning.has(text)) &&
    !tokens.some(({ text }) => changing.test(text))
  )
    return meant.filter((word) => word !== 'change');
  if (!meant.includes('back')) return meant;
  return meant.includes('menu') ? ['menu'] : meant.includes('change') ? ['back'] : meant;
}

const alternative = new Set('or ou soit cyangwa canke cg'.split(' '));
const owning = new Set(
  'mistake mistakes error errors wrong amakosa erreur erreurs faute fautes trompe trompee nibeshye nakosheje'.split(
    ' ',
  ),
);
const changing = /^(?:chang|corr|modif|edit|hindura|guhindura|kosora|gukosora|rectif|fix)/;

/**
 * The commands of a message whose every word is part of a command or a courtesy, with the fewest parts; undefined when
 * a word is left over. "Please stop messaging me" is two parts, although "please stop" is a phrase as well.
 */
function covering(tokens: readonly Token[], lang: Lang, around: Phrases<true>): Cover | undefined {
  const best: (Cover | undefined)[] = [{ parts: 0, words: [], denied: false }];
  const reach = (to: number, before: Cover, cost: number, said: readonly GlobalWord[], denied = false) => {
    const parts = before.parts + cost;
    const known = best[to];
    if (!known || parts < known.parts)
      best[to] = {
        parts,
        words: said.length > 0 ? [...new Set([...before.words, ...said])] : before.words,
        denied: before.denied || denied,
      };
  };
  for (let at = 0; at < tokens.length; at++) {
    const before = best[at];
    if (!before) continue;
    let key = '';
    for (let length = 1; length <= Math.min(9, tokens.length - at); length++) {
      key = length === 1 ? (tokens[at]?.text ?? '') : `${key} ${tokens[at + length - 1]?.text ?? ''}`;
      const said = meaningOf(spoken, key, lang);
      // "I have a list of questions": one list among others.
      const thing = length === 1 && said?.some((word) => word === 'list' || word === 'menu');
      if (thing && unnamed.has(tokens[at - 1]?.text ?? '')) continue;
      const cost = said ? 3 : meaningOf(around, key, lang) ? 1 : undefined;
      const denied = said !== undefined && length === 1 && isDenied(tokens, at);
      if (cost !== undefined) reach(at + length, before, cost, said ?? [], denied);
      if (!goesOn(spoken, key) && !goesOn(around, key)) break;
    }
    for (const { to, value } of endsAt(spokenPatterns, tokens, at)) reach(to, before, 3, [value]);
  }
  return best[tokens.length];
}

type Cover = { readonly parts: number; readonly words: readonly GlobalWord[]; readonly denied: boolean };

const unnamed = new Set('a an un une this that ce cette'.split(' '));

/** Words that end or take away something: never obeyed on a slip. */
const ending: ReadonlySet<GlobalWord> = new Set<GlobalWord>(['stop', 'withdraw', 'sos', 'mydata']);

function mended(token: Token): Token {
  const { text } = token;
  if (isKnown(token) || text.length < shortestSlip) return token;
  const squeezed = /(.)\1/u.test(text) ? text.replace(/(\p{L})\1+/gu, '$1') : text;
  if (squeezed !== text && spokenWords.has(squeezed)) return withText(token, squeezed);
  const near =
    text.length >= 5
      ? nearCommands(text)
      : (anagrams.get(sorted(text)) ?? []).filter((word) => isOneSlipAway(text, word));
  const [only] = near;
  return near.length === 1 && only !== undefined ? withText(token, only) : token;
}

/** The language asked for by its name ("en français"), or `switch` for "change language". */
export function readLanguageWish(text: string, lang: Lang): Lang | 'switch' | undefined {
  const said = bare(text);
  const named = find(languageNames, said, lang)?.value;
  return named === undefined || notACommand.test(said) ? undefined : named;
}

const nearCommands = nearIndex(spokenWords);
/** Four-letter words by their letters in alphabetical order. */
const anagrams = new Map<string, string[]>();
for (const word of spokenWords) {
  if (word.length === 4) anagrams.set(sorted(word), [...(anagrams.get(sorted(word)) ?? []), word]);
}

function sorted(word: string): string {
  return [...word].sort().join('');
}

function has(phrases: ReadonlySet<string>, text: string): boolean {
  return spellings(bare(text)).some((spelling) => phrases.has(spelling));
}
