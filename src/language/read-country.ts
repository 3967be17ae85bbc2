import type { Reading } from '../engine/message.ts';
import { aroundWords, restOf } from './around.ts';
import { countries } from './countries.ts';
import { farIndex, nearIndex } from './near.ts';
import { bare } from './normalise.ts';
import { ambiguous, certain, likely, type ReadScope } from './reading.ts';
import { type Found, settle } from './settle.ts';
import { keyOf, type Token, tokenise } from './tokens.ts';

/**
 * A country as ISO 3166-1 alpha-2, by its name in any of the three languages, its "in" form ("mu Bubiligi"), the code
 * of a common one or a flag, alone or in a sentence. A slip of the finger is forgiven; a town only hints. `not_a_country` otherwise.
 */
export function readCountry(text: string, { lang, cautious = false }: ReadScope): Reading<string> {
  const flag = flagCode(text);
  if (flag !== undefined && countries.has(flag)) return certain(flag);
  const said = bare(text).replaceAll('-', ' ').replaceAll('.', '');
  const exact = byName.get(said);
  if (exact) return exact.length > 1 ? ambiguous(exact) : certain(exact[0]);
  const code = Object.hasOwn(codes, said) ? codes[said] : undefined;
  // Two letters are words as well: "de", "be".
  if (code !== undefined) return said.length > 2 ? certain(code) : likely(code);
  const tokens = tokenise(text.replace(/(?<=\p{L})\.(?=\p{L})/gu, ''));
  const found: Place[] = [];
  for (let at = 0; at < tokens.length; ) {
    const one = countryAt(tokens, at, !cautious);
    if (one) found.push(one);
    at = one?.to ?? at + 1;
  }
  // A town beside its own country says nothing new.
  const named = found.filter(({ town }) => !town);
  const kept = named.length > 0 ? named : found;
  const spans = [...kept, ...found.filter(({ values }) => kept.some((one) => one.values[0] === values[0]))];
  return settle(kept, restOf(tokens, spans, lang, beside), {
    text,
    why: 'not_a_country',
    harmless: ['block', 'until'],
  });
}

type Place = Found<string> & { readonly town?: true };

function countryAt(tokens: readonly Token[], at: number, trust: boolean): Place | undefined {
  for (let length = Math.min(6, tokens.length - at); length > 0; length--) {
    const key = keyOf(tokens, at, at + length).replaceAll("' ", "'");
    // "de", "in" and the like open many phrases of the table; a code alone stands for a country only as a whole message.
    const exact = key.length > 2 || key === 'uk' ? byName.get(key) : undefined;
    if (exact) return { from: at, to: at + length, values: exact, sure: true };
  }
  const word = tokens[at]?.text ?? '';
  const town = towns.get(word);
  if (town !== undefined) return { from: at, to: at + 1, values: [town], sure: false, town: true };
  if (word.length < 5 || aroundWords.has(word)) return undefined;
  // A place is named by what follows "u", "mu" and "le"; two words may be one name ("pays bas", "united kingdm").
  for (const length of [3, 2, 1]) {
    if (at + length > tokens.length) continue;
    const key = keyOf(tokens, at, at + length);
    const near = new Set(nearNames(key).flatMap((name) => [...(byName.get(name) ?? [])]));
    if (near.size > 0 && near.size <= 4) return { from: at, to: at + length, values: [...near], sure: trust };
  }
  const far = new Set(word.length < 7 ? [] : farNames(word).flatMap((name) => [...(byName.get(name) ?? [])]));
  return far.size === 1 ? { from: at, to: at + 1, values: [...far], sure: trust } : undefined;
}

const beside = new Set(
  'country pays igihugu gihugu city ville umujyi town region since depuis kuva from near pres born nee ne family famille nationality'.split(
    ' ',
  ),
);

/** Towns where many live, and peoples; both say a country of residence only likely. */
const towns: ReadonlyMap<string, string> = new Map(
  Object.entries({
    BE: 'belge belges belgian bruxelles brussels brussel anvers antwerp antwerpen liege gent gand ghent namur charleroi mons leuven louvain bruges brugge',
    NL: 'dutch neerlandais amsterdam rotterdam utrecht hague haye eindhoven groningen maastricht',
    DE: 'german allemand allemande berlin hamburg munich munchen cologne koln frankfurt bonn stuttgart dusseldorf leipzig mainz',
    FR: 'french francais francaise paris lyon marseille lille toulouse bordeaux nantes strasbourg rouen orleans',
    GB: 'british english anglais britannique london londres manchester birmingham leeds glasgow edinburgh liverpool bristol',
    RW: 'rwandan rwandais rwandaise kigali huye butare musanze rubavu gisenyi',
    CH: 'geneve geneva zurich lausanne berne',
    CA: 'montreal ottawa toronto',
  }).flatMap(([code, names]) => names.split(' ').map((name) => [name, code] as const)),
);

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

/** What the neighbours call their own countries, and short forms. */
const ownNames: readonly (readonly [string, string])[] = [
  ['belgie|belgien|belgio|ububirigi|bubirigi|mu bubirigi|ububigi|belgika', 'BE'],
  ['deutschland|duitsland|almagne|ubudagi|ubudage', 'DE'],
  [
    'nederland|niederlande|holande|olland|the netherlands|ubuhorande|ubuhorandi|buhorandi|mu buhorandi|netherland',
    'NL',
  ],
  [
    'great britain|britain|royaume uni|scotland|ecosse|wales|ubwongeleza|bwongeleza|mu bwongeleza|united kingdom|angletere|engeland|grande bretagne',
    'GB',
  ],
  ['frankrijk|frankreich|ubufransa|bufransa|mu bufransa', 'FR'],
  ['suisse|schweiz|switzerland|ubusuwisi', 'CH'],
  [
    'usa|us of a|the us|the states|amerika|america|etats unis|les usa|aux usa|reta zunze ubumwe za amerika|leta zunze ubumwe',
    'US',
  ],
  ['rdc|drc|rd congo|dr congo|congo kinshasa|congo rdc', 'CD'],
  ['congo brazzaville', 'CG'],
  ['uganda|ubugande|bugande|mu bugande', 'UG'],
  ['tanzaniya|tanzaniya', 'TZ'],
  ['luxemburg', 'LU'],
  ['i rwanda|mu rwanda|urwanda|u rwanda|rwanda', 'RW'],
  ['suwede|sweden', 'SE'],
  ['kanada', 'CA'],
];

const byName = buildNames();
const nearNames = nearIndex(byName.keys());
const farNames = farIndex(
  [...byName.keys()].filter((name) => !name.includes(' ')),
  7,
);

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
  for (const [names, code] of ownNames) for (const name of names.split('|')) add(name, code);
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
