import type { Reading } from '../engine/message.ts';
import { towns } from './country-names.ts';
import { readCountry } from './read-country.ts';
import { certain, type ReadScope, unclear } from './reading.ts';
import { tokenise } from './tokens.ts';

/**
 * A town, as typed, without the sentence around it ("j'habite à Liège"). There are too many to know them, so all is taken
 * that may be one; not a country, which is the answer to another question, or a sentence.
 * `not_a_city`.
 */
export function readCity(text: string, scope: ReadScope): Reading<string> {
  const typed = text.replace(/\s+/g, ' ').trim();
  const town = typed.replace(living, '').trim();
  const isTown = /^\p{L}[\p{L}\p{M}\p{N}'’ʼ().,/ -]{1,59}$/u.test(town);
  if (!isTown || isSentence(town)) return unclear(text, 'not_a_city');
  // A town says its country too.
  const isKnown = tokenise(town).some(({ text: word }) => towns.has(word) || alsoTowns.has(word));
  const country = isKnown ? null : readCountry(town, scope);
  const isCountry = country?.kind === 'value' && country.confidence === 'certain';
  return isCountry ? unclear(text, 'not_a_city') : certain(town);
}

const living =
  /^(?:i (?:live|stay|am)|i['’]m|we live|j['’ ]?habite|je (?:vis|suis|loge)|nous habitons|ntuye|mba)(?: now| currently| actuellement)? (?:in|at|near|à|a|au|aux|i|mu|en|près de|pres de) /iu;

const alsoTowns = new Set(
  'luxembourg singapore singapour monaco djibouti panama kuwait koweit guatemala mexico'.split(' '),
);

function isSentence(text: string): boolean {
  const words = tokenise(text).filter(({ text: word }) => telling.has(word));
  return words.length > 1;
}

/** Two of these make a sentence; one may stand in a name (Is-sur-Tille). */
const telling = new Set(
  "it it's its is am are was not no don't dont my i i'm im i'll you he she we have has but actually because years je j' suis est c'est c' ai ne n' pas mais mon ma mes ans parce ariko ntabwo njye".split(
    ' ',
  ),
);
