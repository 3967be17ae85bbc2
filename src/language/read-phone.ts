import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';
import type { Lang, Reading } from '../engine/message.ts';
import { amountAt, isNumberWord } from './day-words.ts';
import { namesOthers } from './others.ts';
import { ambiguous, certain, likely, type ReadScope, unclear } from './reading.ts';
import { tokenise } from './tokens.ts';

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
  const runs = runsIn(mended);
  const spoken = runs.length === 0 ? spokenDigits(typed, lang) : undefined;
  const readings = (spoken === undefined ? runs : [spoken]).map((run) =>
    readRun(run, country, cautious === true),
  );
  const good = readings.filter((reading) => reading.length > 0);
  const values = [...new Set(good.flatMap((reading) => reading.map(({ value }) => value)))];
  const [only] = values;
  // A long run that is no number beside one that is: which was meant cannot be known.
  if (only === undefined || good.length < readings.length) return unclear(text, 'not_a_phone');
  if (values.length > 1) return values.length > 4 ? unclear(text, 'not_a_phone') : ambiguous(values);
  const sure =
    good.every((reading) => reading.every((one) => one.sure)) &&
    spoken === undefined &&
    mended === typed &&
    !doubtful.test(typed) &&
    !namesOthers(typed);
  return sure ? certain(only) : likely(only);
}

const doubtful =
  /[?？]|(?<!\p{L})(?:not|no longer|pas|plus|ntabwo|nta|si|old|ancien|ancienne|wrong|faux|maybe|peut-être|but|mais|ariko)(?!\p{L})/iu;

/** Stretches of digits with the signs that people put between them, seven digits at least. */
function runsIn(text: string): readonly string[] {
  const runs = text.match(/\(?\+?\d[\d\s().\-/–‑]*\d/gu) ?? [];
  return runs.flatMap((run) => split(run)).filter((run) => run.replace(/\D/g, '').length >= 6);
}

/** "zéro quatre septante, douze, trente-quatre": figures said as words, strung together. */
function spokenDigits(text: string, lang: Lang): string | undefined {
  const tokens = tokenise(text);
  let digits = '';
  for (let at = 0; at < tokens.length; ) {
    const zero = /^(?:zero|oh|o|zeru|nul)$/.test(tokens[at]?.text ?? '');
    const amount = zero
      ? { count: 0, to: at + 1 }
      : isNumberWord(tokens[at]?.text ?? '')
        ? amountAt(tokens, at, lang)
        : undefined;
    if (amount) digits += String(amount.count);
    at = amount?.to ?? at + 1;
  }
  return digits.length >= 8 ? digits : undefined;
}

/** Two numbers side by side: each begins with a plus, or is long enough by itself. */
function split(run: string): readonly string[] {
  const slashed = run.split(/\s+\/\s+|\s+-\s+(?=[+0]\d)/);
  return slashed.length > 1 && slashed.every((part) => part.replace(/\D/g, '').length >= 8) ? slashed : [run];
}

type Number = { readonly value: string; readonly sure: boolean };

function readRun(run: string, country: string | undefined, cautious: boolean): readonly Number[] {
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
