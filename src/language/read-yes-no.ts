import type { Reading } from '../engine/message.ts';
import { find, index, isAmbiguousAlone } from './lexicon.ts';
import { bare, isEmoji } from './normalise.ts';
import { ambiguous, certain, likely, type ReadScope, unclear } from './reading.ts';

export type YesNo = 'yes' | 'no' | 'maybe';

/**
 * Whole phrases only: "nta kibazo", "pas de souci" and "why not" say yes with a negation in them, "bien sûr que non"
 * says no with a yes in it. Emoji, two-letter words of another language and words that often mean something else are
 * asked back (`likely`); answers that are neither yes nor no are `ambiguous`.
 */
export function readYesNo(text: string, { lang }: ReadScope): Reading<YesNo> {
  const said = bare(text);
  const found = find(answers, said, lang);
  if (!found)
    return find(neither, said, lang) ? ambiguous<YesNo>(['yes', 'no']) : unclear(text, 'not_yes_or_no');
  const borrowed = found.lang !== lang && said.length <= 2;
  const sure = !borrowed && !isEmoji(text) && !isAmbiguousAlone(said, lang);
  return sure ? certain(found.value) : likely(found.value);
}

const answers = index<YesNo>({ yes: 'yes', no: 'no', maybe: 'maybe' });
const neither = index({ unsure: true });
