import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';
import type { Lang, Reading } from '../engine/message.ts';
import { isAsideIn } from './asides.ts';
import { asksBack } from './asks-back.ts';
import { countryNamed } from './country-names.ts';
import { amountAt, isNumberWord } from './day-words.ts';
import { isDeedIn } from './deeds.ts';
import { isDenied, isTheirs } from './denied-contact.ts';
import { namesOthers } from './others.ts';
import { ambiguous, certain, likely, type ReadScope, unclear } from './reading.ts';
import { type Token, tokenise } from './tokens.ts';

/**
 * A telephone number as E.164, alone or in a sentence. A number without country code is one of the country of residence,
 * or a Rwandan one; when it could be both, both are offered. Letters typed for figures (`O788 …`) are mended and asked
 * back. `not_a_phone` otherwise.
 */
export function readPhone(text: string, { country, lang, cautious }: ReadScope): Reading<string> {
  const typed = text.normalize('NFKC').slice(0, 400);
  const mended = typed.replace(/(?<![\p{L}])[\dOoIl][\dOoIl\s().\-/]{6,}(?![\p{L}])/gu, (all) =>
    /\d{3}/.test(all) ? all.replace(/[Oo]/g, '0').replace(/[Il]/g, '1') : all,
  );
  const written = runsIn(mended);
  const spoken = written.some(({ run }) => run.replace(/\D/g, '').length >= 8)
    ? undefined
    : spokenDigits(typed, lang);
  const runs = spoken === undefined ? written : [{ run: spoken.digits, from: 0, to: typed.length }];
  // Most people send the number and nothing else.
  const worded = /\p{L}{2}/u.test(typed);
  const current = worded
    ? runs.filter(({ from, to }) => !isDenied(typed, from, to) && !isTheirs(typed, from))
    : runs;
  const readings = current.map(({ run }, at) =>
    readRun(
      run,
      country,
      worded && spoken === undefined ? countryBeside(typed, current, at) : undefined,
      cautious === true,
    ),
  );
  const good = readings.filter((reading) => reading.length > 0);
  const values = [...new Set(good.flatMap((reading) => reading.map(({ value }) => value)))];
  const [only] = values;
  // A long run that is no number beside one that is: which was meant cannot be known.
  if (only === undefined || good.length < readings.length) return unclear(text, 'not_a_phone');
  if (values.length > 1) return values.length > 4 ? unclear(text, 'not_a_phone') : ambiguous(values);
  // Somebody else's number is asked back: it may be the one to call all the same.
  if (namesOthers(typed) || current.some(({ from }) => isAsideIn(typed, from))) return ambiguous([only]);
  const sure =
    good.every((reading) => reading.every((one) => one.sure)) &&
    (spoken === undefined || (spoken.plain && !cautious)) &&
    mended === typed &&
    !doubtful.test(typed) &&
    !current.some(({ from }) => isDeedIn(typed, from, lang)) &&
    !(worded && asksBack(typed));
  return sure ? certain(only) : likely(only);
}

const doubtful =
  /[?？]|(?<!\p{L})(?:not|no longer|pas|plus|ntabwo|nta|si|wrong|faux|maybe|peut-être|but|mais|ariko)(?!\p{L})/iu;
type Run = { readonly run: string; readonly from: number; readonly to: number };

/** Stretches of digits with the signs that people put between them, seven digits at least. */
function runsIn(text: string): readonly Run[] {
  return [...text.matchAll(/\(?\+?\d[\d\s().\-/–‑]*\d/gu)].flatMap((match) =>
    split(match[0])
      .filter((run) => run.replace(/\D/g, '').length >= 6)
      .map((run) => ({ run, from: match.index, to: match.index + match[0].length })),
  );
}

/** The country named beside a number, before it or behind it but in the same part of the message. */
function countryBeside(text: string, runs: readonly Run[], at: number): string | undefined {
  const named = (from: number, to: number, cut: RegExp) => {
    const words = text.slice(from, to).replace(cut, '');
    return /\p{L}{2}/u.test(words) ? countryNamed(tokenise(words)) : undefined;
  };
  const { from = 0, to = 0 } = runs[at] ?? {};
  const before = () => named(runs[at - 1]?.to ?? 0, from, /.*[,;.\n]/s);
  const behind = () => named(to, runs[at + 1]?.from ?? text.length, /[,;.\n].*/s);
  // "Rwanda 0788 …, Belgique 0470 …": who names one country first names all of them first.
  const leads = named(0, runs[0]?.from ?? 0, /.*[,;.\n]/s) !== undefined;
  return leads ? (before() ?? behind()) : (behind() ?? before());
}

/** `plain`: said with small numbers alone; *soixante douze* may be one number or two. */
type Spoken = { readonly digits: string; readonly plain: boolean };

/** "zéro quatre septante, douze, trente-quatre", "oh seven double nine": figures said as words, strung together. */
function spokenDigits(text: string, lang: Lang): Spoken | undefined {
  const tokens = tokenise(text);
  let digits = '';
  let words = 0;
  let plain = true;
  let times = 1;
  for (let at = 0; at < tokens.length; ) {
    const { text: word = '', value } = tokens[at] ?? {};
    const said = value !== undefined ? { figures: word, to: at + 1 } : figuresAt(tokens, at, lang);
    if (said) {
      if (value === undefined) words++;
      plain &&= said.figures.length < 2 || Number(said.figures) < 60 || said.figures.endsWith('00');
      digits += said.figures.repeat(times);
    }
    times = repeats[word] ?? 1;
    at = said?.to ?? at + 1;
  }
  return digits.length >= 8 && words > 1 ? { digits, plain } : undefined;
}

const repeats: Readonly<Record<string, number>> = { double: 2, triple: 3, treble: 3 };

function figuresAt(tokens: readonly Token[], at: number, lang: Lang) {
  const word = tokens[at]?.text ?? '';
  if (/^(?:zero|oh|o|zeru|nul|nought)$/.test(word)) return { figures: '0', to: at + 1 };
  // Said figure by figure: "nine hundred, four five six".
  if (tokens[at + 1]?.text === 'hundred') {
    const figure = amountAt(tokens.slice(at, at + 1), 0, lang)?.count;
    if (figure !== undefined && figure < 10) return { figures: `${figure}00`, to: at + 2 };
  }
  const amount = isNumberWord(word) ? amountAt(tokens, at, lang) : undefined;
  return amount && { figures: String(amount.count), to: amount.to };
}

/** Two numbers side by side: each begins with a plus, or is long enough by itself. */
function split(run: string): readonly string[] {
  const slashed = run.split(/\s+\/\s+|\s+-\s+(?=[+0]\d)/);
  return slashed.length > 1 && slashed.every((part) => part.replace(/\D/g, '').length >= 8) ? slashed : [run];
}

type Number = { readonly value: string; readonly sure: boolean };

function readRun(
  run: string,
  country: string | undefined,
  named: string | undefined,
  cautious: boolean,
): readonly Number[] {
  // "+32 (0)470": the trunk nought in brackets is not dialled from abroad.
  const compact = run
    .replace(/^\((?=\+)/, '')
    .replace(/^(\s*(?:\+|00)\s*\d{1,3}\)?\s*)\(0\)/, '$1')
    .replace(/[^\d+]/g, '');
  if (compact.startsWith('+') || compact.startsWith('00')) {
    const international = compact.replace(/^00/, '+');
    const found = valid(international) ?? valid(international.replace(/^(\+(?:32|31|33|49|44|250))0/, '$1'));
    return found === undefined ? [] : [{ value: found, sure: true }];
  }
  if (named !== undefined && isSupportedCountry(named)) {
    const meant = valid(compact, named);
    if (meant !== undefined) return [{ value: meant, sure: true }];
  }
  const own = country !== undefined && isSupportedCountry(country) ? valid(compact, country) : undefined;
  const rwandan = valid(compact, 'RW');
  if (own !== undefined && rwandan !== undefined && own !== rwandan)
    return [own, rwandan].map((value) => ({ value, sure: true }));
  if (own !== undefined) return [{ value: own, sure: true }];
  // Typed with the country code but without its plus.
  const abroad =
    rwandan ?? (compact.length >= 10 && !compact.startsWith('0') ? valid(`+${compact}`) : undefined);
  if (abroad === undefined) return [];
  // Nobody mistakes a Rwandan mobile number with its code for another one.
  const sure =
    !cautious &&
    (/^2507[2389]\d{7}$/.test(compact) ||
      (rwandan !== undefined && (country === 'RW' || /^07[2389]\d{7}$/.test(compact))));
  return [{ value: abroad, sure }];
}

function valid(digits: string, country?: CountryCode): string | undefined {
  const parsed = parsePhoneNumberFromString(digits, {
    ...(country && { defaultCountry: country }),
    extract: false,
  });
  // The range that British regulators keep for drama: used in every British example, never given out.
  // A Belgian mobile number that lacks a figure would pass for a land line of Liège.
  if (parsed && /^\+324[5-9]\d{6}$/.test(parsed.number)) return undefined;
  return parsed && (parsed.isValid() || /^\+447700900\d{3}$/.test(parsed.number)) ? parsed.number : undefined;
}
