import type { GlobalWord, Lang, Reading } from '../engine/message.ts';
import { find, index, order, tableIndex, words } from './lexicon.ts';
import { isOneSlipAway, nearIndex } from './near.ts';
import { bare, spellings } from './normalise.ts';
import { type Phrases, phrases, wordsOf } from './phrases.ts';
import { ambiguous, certain, likely } from './reading.ts';
import spokenData from './spoken-commands.json' with { type: 'json' };
import { keyOf, type Token, tokenise } from './tokens.ts';

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

/** Bare words with two meanings: dropping this dialogue and ending all messages are very different wishes. */
const twofold: Readonly<Record<string, readonly GlobalWord[]>> = {
  hagarika: ['cancel', 'stop'],
  reka: ['cancel', 'stop'],
  quit: ['cancel', 'stop'],
  arreter: ['cancel', 'stop'],
  arrete: ['cancel', 'stop'],
  'hagarika byose': ['cancel', 'stop'],
  subira: ['back', 'restart'],
};

const stopWishes = index({ stop_wish: true });
const accepts = anyLanguage('accept');
const withdrawals = anyLanguage('withdraw');

/**
 * Two-letter codes, flags and names of peoples are answers to other questions too (FR is a country, "rwandais" a
 * nationality): they name a language only where a language was asked for.
 */
const languageNames = tableIndex(
  (lang) => words[lang].language,
  (key): Lang | 'switch' => (key === 'rw' || key === 'fr' || key === 'en' ? key : 'switch'),
);
const notACommand = /^(..?.?|rwandais|rwandan)$|\p{Regional_Indicator}/u;

const code = /^([a-z])\s?-?\s?(\d{4}\s?-\s?\d{1,3}|\d{1,6})$/;

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
 * acceptance names its offer (`ACCEPT A-0087`), see {@link readOfferWord} for the code.
 */
export function readCommand(text: string, lang: Lang): Reading<GlobalWord> {
  if (isSos(text)) return certain('sos');
  if (isStop(text)) return certain('stop');
  const said = bare(text);
  const meanings = Object.hasOwn(twofold, said) ? twofold[said] : undefined;
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
 * Without `wishes` nothing but courtesy may stand there: for messages that answer another question.
 */
export function readLooseCommand(text: string, lang: Lang, wishes = true): Reading<GlobalWord> {
  const exact = readCommand(text, lang);
  const [single, ...others] = exact.kind === 'ambiguous' ? exact.candidates : [];
  if (single !== undefined && others.length === 0) return likely(single);
  if (exact.kind !== 'unclear') return exact;
  const none: Reading<GlobalWord> = { kind: 'unclear', why: 'not_a_command' };
  const tokens = tokenise(text.replace(/\bqq(?:u?n|1)\b/giu, "quelqu'un"));
  if (tokens.length === 0 || tokens.length > 14 || tokens.some(({ value }) => value !== undefined))
    return none;
  for (const fuzzy of [false, true]) {
    const said = fuzzy ? tokens.map(mended) : tokens;
    const found = covering(said, lang, wishes ? courtesy : politeness);
    const meant = found ?? [];
    // "Take me back to the menu" is no step back.
    const [only, second] =
      meant.length === 2 && meant.includes('back') && meant.includes('menu') ? (['menu'] as const) : meant;
    if (!found || only === undefined) continue;
    const slip = said.some((token, index) => token.text !== tokens[index]?.text);
    if (second !== undefined) return found.length > 4 ? none : ambiguous(found);
    return slip && ending.has(only) ? likely(only) : certain(only);
  }
  return none;
}

/**
 * The commands of a message whose every word is part of a command or a courtesy, with the fewest parts; undefined when
 * a word is left over. "Please stop messaging me" is two parts, although "please stop" is a phrase as well.
 */
function covering(
  tokens: readonly Token[],
  lang: Lang,
  around: Phrases<true>,
): readonly GlobalWord[] | undefined {
  type Cover = { readonly parts: number; readonly words: readonly GlobalWord[] };
  const best: (Cover | undefined)[] = [{ parts: 0, words: [] }];
  for (let at = 0; at < tokens.length; at++) {
    const before = best[at];
    if (!before) continue;
    for (let length = 1; length <= Math.min(9, tokens.length - at); length++) {
      const key = keyOf(tokens, at, at + length);
      const said = meaningOf(spoken, key, lang);
      const cost = said ? 3 : meaningOf(around, key, lang) ? 1 : undefined;
      if (cost === undefined) continue;
      const parts = before.parts + cost;
      const known = best[at + length];
      if (!known || parts < known.parts)
        best[at + length] = { parts, words: said ? [...new Set([...before.words, ...said])] : before.words };
    }
  }
  return best[tokens.length]?.words;
}

function meaningOf<T>(table: Phrases<T>, key: string, lang: Lang): T | undefined {
  for (const language of order[lang]) {
    const value = table.by[language].get(key);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Words that end or take away something: never obeyed on a slip. */
const ending: ReadonlySet<GlobalWord> = new Set<GlobalWord>(['stop', 'withdraw', 'sos', 'mydata']);

function mended(token: Token): Token {
  const { text } = token;
  if (spokenWords.has(text) || courteousWords.has(text) || text.length < 4) return token;
  const squeezed = text.replace(/(\p{L})\1+/gu, '$1');
  if (squeezed !== text && spokenWords.has(squeezed)) return { ...token, text: squeezed };
  const near =
    text.length >= 5
      ? nearCommands(text)
      : (anagrams.get(sorted(text)) ?? []).filter((word) => isOneSlipAway(text, word));
  const [only] = near;
  return near.length === 1 && only !== undefined ? { ...token, text: only } : token;
}

/** The language asked for by its name ("en français"), or `switch` for "change language". */
export function readLanguageWish(text: string, lang: Lang): Lang | 'switch' | undefined {
  const said = bare(text);
  return notACommand.test(said) ? undefined : find(languageNames, said, lang)?.value;
}

/** `ACCEPT A-0087`, `ACCEPTER A-0087`, `NDEMERA A-0087`, and the same with WITHDRAW: a word and the code it is about. */
export function readOfferWord(
  text: string,
): { readonly word: 'accept' | 'withdraw'; readonly code: string } | undefined {
  const said = bare(text);
  const split = /^(\D+?) ([a-z]\s?-?\s?\d.*)$/.exec(said);
  const found = readCode(split?.[2] ?? '');
  if (!split?.[1] || found === undefined) return undefined;
  if (accepts.has(split[1])) return { word: 'accept', code: found };
  return withdrawals.has(split[1]) ? { word: 'withdraw', code: found } : undefined;
}

/** A code as people copy it (`a 87`, `A-0087`, `m-2027-3`) in the form we print; undefined when it is none. */
export function readCode(text: string): string | undefined {
  const match = code.exec(bare(text));
  if (!match?.[1] || !match[2]) return undefined;
  const [first = '', second] = match[2].split('-').map((part) => part.trim());
  const letter = match[1].toUpperCase();
  if (second !== undefined) return `${letter}-${first}-${second.padStart(2, '0')}`;
  return `${letter}-${first.padStart(letter === 'D' ? 5 : 4, '0')}`;
}

/** Thanks, a greeting or a farewell as the whole message: politeness, never a bad answer. */
export function readCourtesy(text: string, lang: Lang): 'thanks' | 'greeting' | 'goodbye' | undefined {
  return find(courtesies, bare(text), lang)?.value;
}

const fluent: readonly Lang[] = ['rw', 'fr', 'en'];

function* spokenPhrases(): Generator<readonly [Lang, string, readonly GlobalWord[]]> {
  for (const lang of fluent) {
    for (const [phrase, meanings] of Object.entries(twofold)) yield [lang, phrase, meanings];
    const own = words[lang];
    const rows: readonly (readonly [GlobalWord, readonly string[]])[] = [
      ['sos', own.sos],
      ['stop', [...own.optout, ...own.stop_wish]],
      ['menu', own.menu],
      ['restart', own.restart],
      ['human', own.human],
      ['mydata', own.mydata],
      ['withdraw', own.withdraw],
      ['list', own.list],
      ['back', own.back],
      ['skip', own.skip],
      ['cancel', own.cancel],
      ['change', own.change],
      ['help', own.help],
      ['start', own.resubscribe],
      ['language', own.language.switch],
    ];
    for (const [word, list] of rows) for (const phrase of list) yield [lang, phrase, [word]];
    const { courtesy: _, ...also } = spokenData[lang];
    // Object.entries widens the keys to string; the file has no others than commands and courtesy.
    for (const [word, joined] of Object.entries(also) as [GlobalWord, string][]) {
      for (const phrase of joined.split('|')) yield [lang, phrase, [word]];
    }
  }
}

const spoken = phrases(spokenPhrases());
const spokenWords = wordsOf(spoken);
const nearCommands = nearIndex(spokenWords);
/** Four-letter words by their letters in alphabetical order. */
const anagrams = new Map<string, string[]>();
for (const word of spokenWords) {
  if (word.length === 4) anagrams.set(sorted(word), [...(anagrams.get(sorted(word)) ?? []), word]);
}

function sorted(word: string): string {
  return [...word].sort().join('');
}

const courtesy = phrases<true>([
  ...fluent.flatMap((lang) =>
    [...words[lang].greetings, ...words[lang].thanks].map((phrase) => [lang, phrase, true] as const),
  ),
  ...fluent.flatMap((lang) =>
    spokenData[lang].courtesy.split('|').map((phrase) => [lang, phrase, true] as const),
  ),
]);
/** Courtesy without wishes: what may stand beside a command where another answer was asked for. */
const politeness = phrases<true>([
  ...fluent.flatMap((lang) =>
    [...words[lang].greetings, ...words[lang].thanks].map((phrase) => [lang, phrase, true] as const),
  ),
  ...['please', 'pls', 'plz'].map((word) => ['en', word, true] as const),
  ...['svp', 'stp', "s' il vous plait", "s' il te plait"].map((word) => ['fr', word, true] as const),
  ...['nyamuneka', 'nyabuneka', 'mwihangane'].map((word) => ['rw', word, true] as const),
]);
const courteousWords = wordsOf(courtesy);

const courtesies = index<'thanks' | 'greeting' | 'goodbye'>({
  thanks: 'thanks',
  greetings: 'greeting',
  goodbye: 'goodbye',
});

function has(phrases: ReadonlySet<string>, text: string): boolean {
  return spellings(bare(text)).some((spelling) => phrases.has(spelling));
}

function anyLanguage(
  category: 'sos' | 'optout' | 'resubscribe' | 'accept' | 'withdraw',
): ReadonlySet<string> {
  const { rw, fr, en } = index({ [category]: true });
  return new Set([...rw.keys(), ...fr.keys(), ...en.keys()]);
}
