import type { Correction, Field } from '../engine/flow.ts';
import type { Lang } from '../engine/message.ts';
import data from './corrections.json' with { type: 'json' };
import { bare } from './normalise.ts';

/**
 * How a message takes an earlier answer back ("actually I live in Germany"). `clear` marks open a correction by
 * themselves, `polite` ones open other sentences too ("sorry, 12"), `change` wants the name of a field ("change my
 * city"). `rest` is the message without them, as typed.
 */
export function readCorrection(text: string): Correction {
  let rest = parted(text);
  let mark: Correction['mark'] = null;
  // "Sorry, I made a mistake: …" has two.
  for (let round = 0; round < 3; round++) {
    const found = opening(rest, marks, longestMark);
    if (!found) break;
    if (mark === null || mark === 'polite') mark = found.meaning;
    rest = found.after;
  }
  return mark === null ? { mark, rest: text } : { mark, rest };
}

/**
 * Whether a text begins with the name of a field, by its label ("City: Namur", "my city is Namur") or by an opening of
 * its kind ("I live in Namur").
 */
export function readField(text: string, label: string | null, kind: string, lang: Lang): Field | null {
  const rest = parted(text);
  const phrase = opening(rest, kinds.get(kindOf(kind)) ?? none, longestField);
  if (phrase) return { value: phrase.after };
  const unowned = opening(rest, owners, 1)?.after ?? rest;
  const name = label === null ? '' : bare(label.replace(/\(.*\)/, ''));
  const said =
    opening(unowned, new Map([[name, true]]), name.split(' ').length) ??
    opening(unowned, nouns.get(kindOf(kind)) ?? none, longestField);
  if (!said) return null;
  const is = opening(said.after, copulas(lang), 2);
  return is || said.colon ? { value: is?.after ?? said.after } : { value: said.after, plain: true };
}

type Opening<T> = { readonly meaning: T; readonly after: string; readonly colon: boolean };

/** The longest phrase that a text begins with; what follows it is left as typed. */
function opening<T>(text: string, phrases: ReadonlyMap<string, T>, most: number): Opening<T> | undefined {
  const pieces = text.split(/(\s+)/, most * 2);
  let said = '';
  let found: Opening<T> | undefined;
  for (const [at, piece] of pieces.entries()) {
    said += piece;
    if (at % 2 === 1) continue;
    const meaning = phrases.get(bare(said).replaceAll('-', ' '));
    if (meaning !== undefined) {
      const after = text.slice(said.length).replace(/^[\s,;:=.!…–—-]+/u, '');
      found = { meaning, after, colon: /[:=]\s*$/.test(said) || /^\s*[:=]/.test(text.slice(said.length)) };
    }
  }
  return found;
}

/** "Correction:12" is two words. */
function parted(text: string): string {
  return text.trimStart().replace(/^([^\s:,;=]{1,40}(?: [^\s:,;=]{1,40}){0,4})([:,;=])(?=\S)/u, '$1$2 ');
}

function kindOf(kind: string): string {
  return kind === 'profession_family' ? 'profession' : kind;
}

const langs = ['rw', 'fr', 'en'] as const;
const none: ReadonlyMap<string, true> = new Map();
const longestMark = 5;
const longestField = 5;

function byKind(table: 'fields' | 'nouns'): ReadonlyMap<string, ReadonlyMap<string, true>> {
  const names = ['name', 'country', 'city', 'profession', 'email', 'phone'] as const;
  const phrasesOf = (kind: (typeof names)[number]) =>
    langs.flatMap((lang) => listed(data[lang][table][kind]).map((phrase) => [phrase, true] as const));
  return new Map(names.map((kind) => [kind, new Map(phrasesOf(kind))]));
}

function listed(joined: string): readonly string[] {
  return joined.split('|').filter((phrase) => phrase !== '');
}

const marks: ReadonlyMap<string, 'clear' | 'polite' | 'change'> = new Map(
  langs.flatMap((lang) =>
    (['polite', 'change', 'clear'] as const).flatMap((mark) =>
      listed(data[lang][mark]).map((phrase) => [phrase, mark] as const),
    ),
  ),
);
const owners: ReadonlyMap<string, true> = new Map(
  langs.flatMap((lang) => listed(data[lang].my).map((word) => [word, true] as const)),
);
const kinds = byKind('fields');
const nouns = byKind('nouns');
const isWords: Readonly<Record<Lang, ReadonlyMap<string, true>>> = {
  rw: new Map(listed(data.rw.is).map((word) => [word, true])),
  fr: new Map(listed(data.fr.is).map((word) => [word, true])),
  en: new Map(listed(data.en.is).map((word) => [word, true])),
};

function copulas(lang: Lang): ReadonlyMap<string, true> {
  return isWords[lang];
}
