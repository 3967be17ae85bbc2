import { aroundWords } from './around.ts';
import { countries } from './countries.ts';
import { farIndex, nearIndex } from './near.ts';
import { bare } from './normalise.ts';
import type { Found } from './settle.ts';
import { keyOf, type Token } from './tokens.ts';

/** The names of countries, peoples and towns, and where one of them begins in a message. */

export type Place = Found<string> & { readonly town?: true; readonly people?: true };

/** `trust` calls a name with a slip in it sure. */
export function countryAt(tokens: readonly Token[], at: number, trust: boolean): Place | undefined {
  const plain = plainCountryAt(tokens, at);
  if (plain) return plain;
  const word = tokens[at]?.text ?? '';
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

/** A country, a people or a town without a slip. */
function plainCountryAt(tokens: readonly Token[], at: number): Place | undefined {
  for (let length = Math.min(6, tokens.length - at); length > 0; length--) {
    const key = keyOf(tokens, at, at + length).replaceAll("' ", "'");
    // "de", "in" and the like open many phrases of the table; a code alone stands for a country only as a whole message.
    const exact = key.length > 2 || key === 'uk' ? byName.get(key) : undefined;
    if (exact) return { from: at, to: at + length, values: exact, sure: true };
  }
  const word = tokens[at]?.text ?? '';
  const town = towns.get(word);
  if (town === undefined) return undefined;
  const people = peoples.has(word) && { people: true as const };
  return { from: at, to: at + 1, values: [town], sure: false, town: true, ...people };
}

/** The one country that a stretch of words names, by itself, a people or a town ("my Rwandan line"). */
export function countryNamed(tokens: readonly Token[]): string | undefined {
  const codes = new Set<string>();
  for (let at = 0; at < tokens.length; ) {
    const one = plainCountryAt(tokens, at);
    for (const code of one?.values ?? []) codes.add(code);
    at = one?.to ?? at + 1;
  }
  const [only] = codes;
  return codes.size === 1 ? only : undefined;
}

/** Towns where many live, and peoples; both say a country of residence only likely. */
export const towns: ReadonlyMap<string, string> = new Map(
  Object.entries({
    BE: 'umubiligi umufaransa umudage umuholandi umwongereza umukanada umusuwisi belge belges belgian bxl bruxelles brussels brussel anvers antwerp antwerpen liege gent gand ghent namur charleroi mons leuven louvain bruges brugge ixelles anderlecht schaerbeek molenbeek uccle etterbeek hasselt mechelen malines tournai arlon verviers wavre nivelles ostende oostende kortrijk aalst genk',
    NL: 'umuholandi dutch neerlandais amsterdam rotterdam utrecht hague haye eindhoven groningen maastricht nijmegen arnhem tilburg breda almere haarlem leiden delft zwolle enschede',
    DE: 'umudage german allemand allemande berlin hamburg munich munchen cologne koln frankfurt bonn stuttgart dusseldorf leipzig mainz dresden hannover nuremberg nurnberg bremen essen dortmund munster aachen freiburg heidelberg karlsruhe mannheim',
    FR: 'umufaransa french francais francaise paris lyon marseille lille toulouse bordeaux nantes strasbourg rouen orleans nice rennes grenoble montpellier reims dijon metz nancy angers tours amiens poitiers brest versailles creteil',
    GB: 'umwongereza british english anglais britannique london londres manchester birmingham leeds glasgow edinburgh liverpool bristol sheffield cardiff swansea belfast nottingham leicester coventry reading oxford cambridge southampton portsmouth brighton newcastle aberdeen dundee hull derby luton bradford',
    RW: 'rwandan rwandais rwandaise umunyarwanda umunyarwandakazi kigali huye butare musanze rubavu gisenyi nyanza muhanga rwamagana kayonza nyagatare gitarama byumba',
    US: 'texas boston chicago washington dallas houston atlanta maine portland california florida ohio',
    IE: 'dublin cork galway',
    SE: 'stockholm goteborg gothenburg malmo',
    NO: 'oslo bergen',
    DK: 'copenhagen copenhague kobenhavn',
    IT: 'rome milan milano turin torino',
    ES: 'madrid barcelona barcelone',
    KE: 'nairobi mombasa',
    UG: 'kampala',
    BI: 'bujumbura',
    CD: 'kinshasa goma bukavu',
    CH: 'geneve geneva zurich lausanne berne',
    CA: 'montreal ottawa toronto quebec calgary vancouver edmonton winnipeg',
  }).flatMap(([code, names]) => names.split(' ').map((name) => [name, code] as const)),
);

/** Peoples among them: who is Belgian may live anywhere. */
const peoples = new Set(
  'umubiligi umufaransa umudage umuholandi umwongereza umukanada umusuwisi belge belges belgian dutch neerlandais german allemand allemande french francais francaise british english anglais britannique rwandan rwandais rwandaise umunyarwanda umunyarwandakazi abanyarwanda congolais congolaise burundais'.split(
    ' ',
  ),
);

/** Short codes that stand for a country as a whole message. */
export const codes: Readonly<Record<string, string>> = {
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
    'nederland|niederlande|holand|holande|olland|the netherlands|ubuhorande|ubuhorandi|buhorandi|mu buhorandi|netherland',
    'NL',
  ],
  [
    'great britain|britain|royaume uni|scotland|ecosse|wales|ubwongeleza|bwongeleza|mu bwongeleza|united kingdom|angletere|engeland|grande bretagne',
    'GB',
  ],
  ['frankrijk|frankreich|ubufransa|bufransa|mu bufransa', 'FR'],
  [
    'suisse|suisse romande|suisse alemanique|romandie|schweiz|switzerland|ubusuwisi|suwisi|busuwisi|muri suwisi',
    'CH',
  ],
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

export const byName = buildNames();
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

/** The code of the country whose flag is the whole message. */
export function flagCode(text: string): string | undefined {
  const signs = text.trim();
  const match = /^(\p{Regional_Indicator})(\p{Regional_Indicator})$/u.exec(signs);
  if (!match?.[1] || !match[2]) return undefined;
  return [match[1], match[2]]
    .map((sign) => String.fromCharCode((sign.codePointAt(0) ?? 0) - 0x1f1e6 + 65))
    .join('');
}
