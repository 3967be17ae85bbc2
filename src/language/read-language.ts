import type { Lang, Reading } from '../engine/message.ts';
import { find, tableIndex, words } from './lexicon.ts';
import { nearIndex } from './near.ts';
import { bare } from './normalise.ts';
import { certain, likely, type ReadScope, unclear } from './reading.ts';

/** One of the three languages by its name in any of them, its code or its flag. `not_a_language` otherwise. */
export function readLanguage(text: string, { lang }: ReadScope): Reading<Lang> {
  const said = bare(text);
  const found = find(names, said, lang);
  if (found) return certain(found.value);
  const meant = new Set(nearNames(said).map((name) => find(names, name, lang)?.value));
  const [only] = meant;
  return only !== undefined && meant.size === 1 ? likely(only) : unclear(text, 'not_a_language');
}

const names = tableIndex(
  (lang) => ({ rw: words[lang].language.rw, fr: words[lang].language.fr, en: words[lang].language.en }),
  (key): Lang => (key === 'rw' || key === 'fr' ? key : 'en'),
);
const nearNames = nearIndex([...names.rw.keys(), ...names.fr.keys(), ...names.en.keys()]);
