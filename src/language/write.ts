import type { Lang } from '../engine/message.ts';
import { countries } from './countries.ts';
import { professionByCode } from './professions.ts';

/**
 * Figures, grouped by threes from 10 000 up so that years and small numbers stay whole: `12 500` with a no-break space
 * in Kinyarwanda and French, `12,500` in English. At most two decimals.
 */
export function writeNumber(lang: Lang, value: number): string {
  const [whole = '0', decimals] = String(Math.abs(Number(value.toFixed(2)))).split('.');
  const { group, point } = lang === 'en' ? { group: ',', point: '.' } : { group: '\u00a0', point: ',' };
  const grouped = whole.length < 5 ? whole : whole.replace(/\B(?=(?:\d{3})+$)/g, group);
  const sign = value < 0 && Number(value.toFixed(2)) !== 0 ? '-' : '';
  return decimals === undefined ? `${sign}${grouped}` : `${sign}${grouped}${point}${decimals}`;
}

/**
 * `A, B na C`, `A, B et C`, `A, B and C`: for names of people and places. Kinyarwanda "na" would have to be n’ before
 * a common noun or *Ibitaro*, which only its context tells; there the list keeps its comma.
 */
export function writeList(lang: Lang, items: readonly string[]): string {
  const last = items.at(-1);
  if (last === undefined || items.length < 2) return last ?? '';
  const start = items.slice(0, -1).join(', ');
  if (lang === 'rw') return /^(?:[aeiou]|Ibitaro)/.test(last) ? `${start}, ${last}` : `${start} na ${last}`;
  return `${start} ${lang === 'fr' ? 'et' : 'and'} ${last}`;
}

/** The name as it stands in a list or after a colon, or the whole "in" phrase; an unknown code is given back. */
export function writeCountry(
  lang: Lang,
  code: string,
  { in: within = false }: { readonly in?: boolean } = {},
): string {
  const country = countries.get(code);
  if (!country) return code;
  return within ? country.in[lang] : country[lang];
}

/** The full name of a profession; French where no Kinyarwanda term is known. An unknown code is given back. */
export function professionName(lang: Lang, code: string): string {
  return professionByCode.get(code)?.name[lang] ?? code;
}

/** The short name for a choice, at most 20 characters. */
export function professionLabel(lang: Lang, code: string): string {
  return professionByCode.get(code)?.label[lang] ?? code;
}

/** Zero always has a sentence of its own; French counts up to, but not including, two as one. */
export function plural(lang: Lang, count: number): 'zero' | 'one' | 'other' {
  if (count === 0) return 'zero';
  return count === 1 || (lang === 'fr' && Math.abs(count) < 2) ? 'one' : 'other';
}

/** A language in its own words, as on the switch; with a second language, as a word in a sentence of that one. */
export function languageName(lang: Lang, inLang?: Lang): string {
  return inLang === undefined ? ownNames[lang] : languageNames[inLang][lang];
}

const ownNames: Readonly<Record<Lang, string>> = { rw: 'Ikinyarwanda', fr: 'Français', en: 'English' };

const languageNames: Readonly<Record<Lang, Readonly<Record<Lang, string>>>> = {
  rw: { rw: 'Ikinyarwanda', fr: 'Igifaransa', en: 'Icyongereza' },
  fr: { rw: 'kinyarwanda', fr: 'français', en: 'anglais' },
  en: { rw: 'Kinyarwanda', fr: 'French', en: 'English' },
};
