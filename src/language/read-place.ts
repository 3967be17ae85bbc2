import type { Reading } from '../engine/message.ts';
import { nearIndex } from './near.ts';
import { fold } from './normalise.ts';
import { ambiguous, certain, likely, type ReadScope, unclear } from './reading.ts';
import { asks, tokenise } from './tokens.ts';

/** The thirty districts of Rwanda; the value is the name as written here. `not_a_district`. */
export function readDistrict(text: string, scope: ReadScope): Reading<string> {
  return readNamed(text, scope, districtIndex, 'not_a_district');
}

/**
 * A hospital by any word of its name that only few have ("Kabgayi", "CHUK", "ibitaro bya Kibuye"); several are asked back.
 * The list is data of the programme and comes from the caller, indexed once by {@link indexPlaces}. `not_a_hospital`.
 */
export function readHospital(text: string, scope: ReadScope, hospitals: PlaceIndex): Reading<string> {
  return readNamed(text, scope, hospitals, 'not_a_hospital');
}

export type PlaceIndex = {
  readonly byWord: ReadonlyMap<string, ReadonlySet<string>>;
  readonly near: (word: string) => readonly string[];
};

/** Names as they are shown; every word of them counts but the common ones ("hospital", "district"). */
export function indexPlaces(names: readonly string[]): PlaceIndex {
  const byWord = new Map<string, Set<string>>();
  for (const name of names) {
    for (const word of wordsOf(name)) {
      const having = byWord.get(word);
      if (having) having.add(name);
      else byWord.set(word, new Set([name]));
    }
  }
  return { byWord, near: nearIndex(byWord.keys()) };
}

function readNamed(
  text: string,
  { cautious }: ReadScope,
  { byWord, near }: PlaceIndex,
  why: string,
): Reading<string> {
  let hits: ReadonlySet<string> | undefined;
  let mended = false;
  for (const word of wordsOf(text)) {
    const exact =
      byWord.get(word) ?? byWord.get(word.replaceAll('l', 'r')) ?? byWord.get(word.replaceAll('r', 'l'));
    const slips = exact ? [] : near(word);
    const having = exact ?? new Set(slips.flatMap((known) => [...(byWord.get(known) ?? [])]));
    if (having.size === 0) continue;
    mended ||= !exact;
    const known: ReadonlySet<string> = hits ?? having;
    const both = new Set([...known].filter((name) => having.has(name)));
    hits = both.size > 0 ? both : new Set([...known, ...having]);
  }
  const found = [...(hits ?? [])];
  const [only] = found;
  if (only === undefined || found.length > 4) return unclear(text, why);
  if (found.length > 1) return ambiguous(found);
  return (mended && cautious) || asks(text) ? likely(only) : certain(only);
}

function wordsOf(text: string): readonly string[] {
  return (
    tokenise(fold(text))
      .map(({ text: word }) => word)
      .filter((word) => word.length > 2 && !common.has(word))
      // Kinyarwanda writers use l and r alike.
      .map((word) => word.replaceAll('l', 'r'))
  );
}

const common = new Set(
  'hospital hopital hospitals ibitaro bya byo akarere district teaching university referral provincial level two specialized the and des les kuri muri karere wa city umujyi centre center medical health'.split(
    ' ',
  ),
);

export const districts = [
  'Bugesera',
  'Burera',
  'Gakenke',
  'Gasabo',
  'Gatsibo',
  'Gicumbi',
  'Gisagara',
  'Huye',
  'Kamonyi',
  'Karongi',
  'Kayonza',
  'Kicukiro',
  'Kirehe',
  'Muhanga',
  'Musanze',
  'Ngoma',
  'Ngororero',
  'Nyabihu',
  'Nyagatare',
  'Nyamagabe',
  'Nyamasheke',
  'Nyanza',
  'Nyarugenge',
  'Nyaruguru',
  'Rubavu',
  'Ruhango',
  'Rulindo',
  'Rusizi',
  'Rutsiro',
  'Rwamagana',
] as const;

const districtIndex = indexPlaces(districts);
