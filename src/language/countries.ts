import type { Lang } from '../engine/message.ts';
import data from './countries.json' with { type: 'json' };

type Words = Readonly<Record<Lang, string>>;

/** Names in three languages and whole "in" phrases. */
export type Country = Words & {
  readonly in: Words;
  readonly also: readonly string[];
  /** No Kinyarwanda form is known: `rw` holds the French name. */
  readonly foreign: boolean;
};

type Row = Words & { readonly in: Words; readonly also?: readonly string[] };

/** By ISO 3166-1 alpha-2. */
export const countries: ReadonlyMap<string, Country> = new Map(
  Object.entries(data.countries).map(([code, row]): [string, Country] => [code, countryOf(row)]),
);

/** Foreign names take "muri" in the press (muri Espagne, muri Uganda), so it is safe before a French name. */
function countryOf({ rw, fr, en, in: within, also = [] }: Row): Country {
  const foreign = rw === 'fallback:fr';
  return foreign
    ? { rw: fr, fr, en, in: { ...within, rw: `muri ${fr}` }, also, foreign }
    : { rw, fr, en, in: within, also, foreign };
}
