import type { Lang } from '../engine/message.ts';
import { find, index, words } from './lexicon.ts';
import { bare } from './normalise.ts';
import { longestAt, phrases } from './phrases.ts';
import { tokenise } from './tokens.ts';

/** Politeness that answers nothing, and is never a bad answer. */
export type Courtesy = 'thanks' | 'greeting' | 'goodbye';

/** Thanks, a greeting or a farewell as the whole message. */
export function readCourtesy(text: string, lang: Lang): Courtesy | undefined {
  return find(courtesies, bare(text), lang)?.value;
}

/** The same of several parts: "Bonjour madame, comment allez-vous ?", "Muraho neza, murakoze". The first part names it. */
export function courtesyIn(text: string, lang: Lang): Courtesy | null {
  const whole = readCourtesy(text, lang);
  if (whole) return whole;
  const tokens = tokenise(text);
  let first: Courtesy | undefined;
  for (let at = 0; at < tokens.length; ) {
    const hit = longestAt(parts, tokens, at, lang);
    if (!hit) return null;
    if (hit.value !== 'beside') first ??= hit.value;
    at += hit.length;
  }
  return first ?? null;
}

const courtesies = index<Courtesy>({ thanks: 'thanks', greetings: 'greeting', goodbye: 'goodbye' });

/** Whom one greets, and what one asks without waiting for an answer. */
const beside: Readonly<Record<Lang, string>> = {
  rw: 'neza|cyane|mwese|muvandimwe|bavandimwe|muganga|nshuti|namwe|amakuru|ndabasuhuza',
  fr: "madame|monsieur|mesdames|messieurs|docteur|a tous|a toutes|a vous|et|chere equipe|l' equipe|toute l' equipe|ca va|comment ca va|comment allez vous|vous allez bien|j' espere que vous allez bien|rebonjour|de rien|beaucoup|bien",
  en: 'all|everyone|everybody|team|dear|sir|madam|doctor|there|again|and|to you|you too|how are you|how are you doing|how r u|hope you are well|hope all is well|guys|so much|very much',
};

const langs: readonly Lang[] = ['rw', 'fr', 'en'];
const parts = phrases<Courtesy | 'beside'>(
  langs.flatMap((lang) => [
    ...words[lang].greetings.map((phrase) => [lang, phrase, 'greeting'] as const),
    ...words[lang].thanks.map((phrase) => [lang, phrase, 'thanks'] as const),
    ...words[lang].goodbye.map((phrase) => [lang, phrase, 'goodbye'] as const),
    ...beside[lang].split('|').map((phrase) => [lang, phrase, 'beside'] as const),
  ]),
);
