import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';
import type { Reading } from '../engine/message.ts';
import { fold } from './normalise.ts';
import { ambiguous, certain, likely, type ReadScope, unclear } from './reading.ts';

/**
 * A telephone number as E.164. A number without country code is one of the country of residence, or a Rwandan one;
 * when it could be both, both are offered. `not_a_phone` otherwise.
 */
export function readPhone(text: string, { country }: ReadScope): Reading<string> {
  const digits = fold(text).replace(/^(?:tel(?:ephone)?|phone|gsm|whatsapp|telefoni|nimero)\s*[:.]?\s*/, '');
  if (!/^\+?[\d\s().\-/]{6,30}$/.test(digits)) return unclear(text, 'not_a_phone');
  const compact = digits.replace(/[^\d+]/g, '');
  if (compact.startsWith('+') || compact.startsWith('00')) {
    const found = valid(compact.replace(/^00/, '+'));
    return found === undefined ? unclear(text, 'not_a_phone') : certain(found);
  }
  const own = country !== undefined && isSupportedCountry(country) ? valid(compact, country) : undefined;
  const rwandan = valid(compact, 'RW');
  if (own !== undefined && rwandan !== undefined && own !== rwandan) return ambiguous([own, rwandan]);
  if (own !== undefined) return certain(own);
  // Typed with the country code but without its plus.
  const found = rwandan ?? valid(`+${compact}`);
  return found === undefined ? unclear(text, 'not_a_phone') : likely(found);
}

function valid(digits: string, country?: CountryCode): string | undefined {
  const parsed = parsePhoneNumberFromString(digits, {
    ...(country && { defaultCountry: country }),
    extract: false,
  });
  return parsed?.isValid() ? parsed.number : undefined;
}
