import type { Reading } from '../engine/message.ts';
import { countries } from './countries.ts';
import { nearIndex } from './near.ts';
import { bare } from './normalise.ts';
import { ambiguous, certain, likely, type ReadScope, unclear } from './reading.ts';

/**
 * A country as ISO 3166-1 alpha-2, by its name in any of the three languages, its "in" form ("mu Bubiligi"), the code
 * of a common one or a flag. One slip of the finger is forgiven and asked back. `not_a_country` otherwise.
 */
export function readCountry(text: string, _scope: ReadScope): Reading<string> {
  const flag = flagCode(text);
  if (flag !== undefined && countries.has(flag)) return certain(flag);
  const said = bare(text).replaceAll('-', ' ').replaceAll('.', '');
  for (const name of [said, said.replace(opening, '')]) {
    const exact = byName.get(name);
    if (exact) return exact.length > 1 ? ambiguous(exact) : certain(exact[0]);
  }
  const code = Object.hasOwn(codes, said) ? codes[said] : undefined;
  // Two letters are words as well: "de", "be".
  if (code !== undefined) return said.length > 2 ? certain(code) : likely(code);
  const near = new Set(nearNames(said.replace(opening, '')).flatMap((name) => [...(byName.get(name) ?? [])]));
  const [only] = near;
  if (only === undefined) return unclear(text, 'not_a_country');
  return near.size === 1 ? likely(only) : ambiguous([...near]);
}

const opening =
  /^(?:(?:i live|i'm|i am|j'habite|je vis|je suis|ntuye|mba) )?(?:in the|in|from the|from|en|au|aux|a la|a|muri|mu|u|i|the|la|le|les|l')\s*(?=\p{L}{3})/u;

const codes: Readonly<Record<string, string>> = {
  be: 'BE',
  bel: 'BE',
  de: 'DE',
  ger: 'DE',
  nl: 'NL',
  gb: 'GB',
  fr: 'FR',
  rw: 'RW',
  rwa: 'RW',
  ch: 'CH',
  lu: 'LU',
  ca: 'CA',
};

const byName = buildNames();
const nearNames = nearIndex(byName.keys());

function buildNames(): ReadonlyMap<string, readonly [string, ...string[]]> {
  const made = new Map<string, [string, ...string[]]>();
  const add = (name: string, code: string) => {
    const key = bare(name).replaceAll('-', ' ');
    const known = made.get(key);
    if (!known) made.set(key, [code]);
    else if (!known.includes(code)) known.push(code);
  };
  for (const [code, { en, fr, rw, in: within, also, foreign }] of countries) {
    for (const name of [en, fr, within.en, within.fr, ...also]) add(name, code);
    if (foreign) continue;
    for (const name of [rw, within.rw]) add(name, code);
    // "u Bubiligi" is also written in one word, or without its article.
    const [article, rest] = rw.split(' ');
    if (article === 'U' && rest) for (const name of [`u${rest}`, rest]) add(name, code);
  }
  // Alone, these name two states.
  for (const [name, codes] of [
    ['congo', ['CD', 'CG']],
    ['korea', ['KR', 'KP']],
    ['coree', ['KR', 'KP']],
  ] as const) {
    for (const code of codes) add(name, code);
  }
  return made;
}

function flagCode(text: string): string | undefined {
  const signs = text.trim();
  const match = /^(\p{Regional_Indicator})(\p{Regional_Indicator})$/u.exec(signs);
  if (!match?.[1] || !match[2]) return undefined;
  return [match[1], match[2]]
    .map((sign) => String.fromCharCode((sign.codePointAt(0) ?? 0) - 0x1f1e6 + 65))
    .join('');
}
