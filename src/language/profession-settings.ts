import { fold } from './normalise.ts';
import { longestAt, phrases } from './phrases.ts';
import { settings, vetoes } from './professions.ts';
import type { Found } from './settle.ts';
import type { Token } from './tokens.ts';

type Span = { readonly from: number; readonly to: number };

/**
 * A nurse or a doctor named by where they work ("staff nurse, A&E", "umuforomo muri soins intensifs") made the profession
 * it is. Words of the place count anywhere in the message, but not inside another name.
 */
export function placedBySetting(
  found: readonly Found<string>[],
  tokens: readonly Token[],
): { readonly found: readonly Found<string>[]; readonly places: readonly Span[] } {
  const special = (prefix: string) =>
    found.some(({ values }) => values.length === 1 && values[0] !== general && values[0]?.startsWith(prefix));
  // "Infirmière, soins intensifs … infirmière": the general name beside the special one says nothing more.
  const open = leftOpen(found, tokens);
  if (open) return { found: open, places: open };
  const named = found.filter(
    (one) =>
      !(isNurse(one) && special('RN_')) && !(isDoctor(one) && special('MD_')) && !isBroader(one, found),
  );
  const spare = found.filter((one) => !named.includes(one));
  const bases = named.filter((one) => isNurse(one) || isDoctor(one));
  if (bases.length === 0) {
    // "Physio in paediatrics" stays a physio.
    const wards =
      named.length === 1 && named[0]?.values.length === 1 && named[0].sure ? settingsIn(tokens, named) : [];
    return { found: named, places: [...spare, ...wards] };
  }
  const others = named.filter((one) => !bases.includes(one));
  const places = settingsIn(
    tokens,
    others.filter(({ slip }) => !slip),
  );
  // "Oncology" beside a nurse is her ward, and no slip of "oncologist".
  const wards = others.filter(
    ({ slip, from }) => slip && places.some((one) => one.from <= from && from < one.to),
  );
  const made = bases.map((base) => {
    const values = [
      ...new Set(places.flatMap(({ setting }) => (isNurse(base) ? setting.nurse : setting.doctor) ?? [])),
    ];
    return values.length > 0 ? { ...base, values: preferred(values), sure: base.sure } : base;
  });
  const kept = made.map((one, at) => ({ one, base: bases[at] }));
  // A place inside the very name that it changes ("infirmier en psychiatrie") is no second word.
  const used = places.filter(
    ({ from, to }) => !named.some((one) => !wards.includes(one) && one.from <= from && to <= one.to),
  );
  return {
    found: named
      .filter((one) => !wards.includes(one))
      .map((one) => kept.find(({ base }) => base === one)?.one ?? one),
    places: [...used, ...spare],
  };
}

/**
 * "Kiné, *surtout neuro* et domicile", "psychologist, mostly *oncology*": the ward behind a trade that is neither nurse nor
 * doctor, where it is said by its own name or its short form. "Kiné et *neurologue*" are two trades.
 */
export function wardsBehind(
  found: readonly Found<string>[],
  tokens: readonly Token[],
  typed: string,
): readonly Found<string>[] {
  const [trade] = found;
  const code = trade?.values.length === 1 && trade.sure ? trade.values[0] : undefined;
  if (found.length < 2 || code === undefined || /^(?:RN|MD)_/.test(code)) return [];
  const said = fold(typed);
  return found.filter(({ from, to, values }) => {
    if (from < (trade?.to ?? 0) || !values.every((value) => value.startsWith('MD_'))) return false;
    if (isBehindOr(tokens, from)) return false;
    const short = to === from + 1 && !said.includes(tokens[from]?.text ?? '');
    return (
      short || settingsIn(tokens.slice(from, to), []).some((one) => one.from === 0 && one.to === to - from)
    );
  });
}

/**
 * "Infirmier aux urgences *ou aux soins intensifs*", "mental health nurse *or general nurse*": a second ward or the trade
 * itself behind an "or" is a second answer. Undefined where none is left open.
 */
function leftOpen(
  found: readonly Found<string>[],
  tokens: readonly Token[],
): readonly Found<string>[] | undefined {
  if (!tokens.some(({ text }) => either.has(text))) return undefined;
  const [base, second] = found.filter(({ slip }) => !slip);
  const code = base?.values.length === 1 ? base.values[0] : undefined;
  if (!base || code === undefined || !/^(?:RN|MD)_/.test(code) || code === general) return undefined;
  if (second && second.values.length === 1 && isNurse(second) && isBehindOr(tokens, second.from))
    return [base, second];
  if (second) return undefined;
  const wards = settingsIn(tokens, [base]).filter(({ from }) => from >= base.to && isBehindOr(tokens, from));
  const [ward] = wards;
  const value = code.startsWith('RN_') ? ward?.setting.nurse : ward?.setting.doctor;
  return ward && value !== undefined && wards.length === 1
    ? [base, { from: ward.from, to: ward.to, values: [value].flat(), sure: true }]
    : undefined;
}

function isBehindOr(tokens: readonly Token[], from: number): boolean {
  let at = from - 1;
  while (placing.has(tokens[at]?.text ?? '') && at > from - 4) at--;
  return either.has(tokens[at]?.text ?? '');
}

const either = new Set('or ou cyangwa canke cg'.split(' '));
const placing = new Set("a an in at on the aux au a en la le les l' mu muri dans de d'".split(' '));

/** "Biomedical scientist, haematology lab": a word that may be several trades, beside the name of one of them. */
function isBroader({ values }: Found<string>, found: readonly Found<string>[]): boolean {
  return (
    values.length > 1 &&
    found.some(
      (one) => one.values.length === 1 && one.values[0] !== undefined && values.includes(one.values[0]),
    )
  );
}

const general = 'RN_GEN';

function isNurse({ values }: Found<string>): boolean {
  return values.length === 1 && values[0] === general;
}

function isDoctor({ values }: Found<string>): boolean {
  return values.length === 2 && values[0] === 'MD_GP';
}

/** Intensive care of the newborn is neonatal care. */
function preferred(values: readonly string[]): readonly string[] {
  const special = values.filter((value) => value !== general);
  if (special.length > 0 && special.length < values.length) return preferred(special);
  return values.includes('RN_NEO')
    ? values.filter((value) => value !== 'RN_ICU' && value !== 'RN_PED')
    : values;
}

function settingsIn(tokens: readonly Token[], taken: readonly Span[]) {
  const hits: { from: number; to: number; setting: (typeof settings)[number] }[] = [];
  for (let at = 0; at < tokens.length; ) {
    const inside = taken.find(({ from, to }) => from <= at && at < to);
    const hit = inside ? undefined : longestAt(places, tokens, at, 'en');
    if (hit) hits.push({ from: at, to: at + hit.length, setting: hit.value });
    at = inside?.to ?? at + (hit?.length ?? 1);
  }
  return hits;
}

/** Whether a ward is named: then a name with a slip in it is no match for the whole message. */
export function settingWithin(tokens: readonly Token[]): boolean {
  return settingsIn(tokens, []).length > 0;
}

/** Whether the message says "student", "no work" or names a trade that is not of health. */
export function vetoIn(
  tokens: readonly Token[],
): { readonly kind: 'student' | 'unrelated'; readonly at: number } | undefined {
  for (let at = 0; at < tokens.length; at++) {
    const hit = longestAt(vetoed, tokens, at, 'en');
    if (hit) return { kind: hit.value, at };
  }
  return undefined;
}

const places = phrases(
  settings.flatMap((setting) => setting.also.split('|').map((phrase) => ['en', phrase, setting] as const)),
);
const vetoed = phrases(
  (['student', 'unrelated'] as const).flatMap((kind) =>
    vetoes[kind].split('|').map((phrase) => ['en', phrase, kind] as const),
  ),
);
