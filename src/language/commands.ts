import type { GlobalWord, Lang, Reading } from '../engine/message.ts';
import { find, index, tableIndex, words } from './lexicon.ts';
import { bare, spellings } from './normalise.ts';
import { ambiguous, certain } from './reading.ts';

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
