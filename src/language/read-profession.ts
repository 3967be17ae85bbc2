import type { Lang, Reading } from '../engine/message.ts';
import { aroundWords, restOf, roleAt } from './around.ts';
import { farIndex, nearIndex } from './near.ts';
import { bare, fold } from './normalise.ts';
import { broadWords, professions } from './professions.ts';
import { ambiguous, certain, likely, type ReadScope, unclear } from './reading.ts';
import { type Found, settle } from './settle.ts';
import { asks, keyOf, type Token, tokenise } from './tokens.ts';

/**
 * A profession's code from typed words in any of the three languages. A full name is `certain`, a name with a slip or
 * a set of words that only one profession has too, several are offered up to four. `not_a_profession`
 * otherwise.
 */
export function readProfession(text: string, { lang, cautious }: ReadScope): Reading<string> {
  const code = text.trim().toUpperCase();
  if (codes.has(code)) return certain(code);
  const full = spelledOut(text);
  const said = phraseOf(full);
  if (said.length > 160) return unclear(text, 'not_a_profession');
  const named = byName.get(said);
  if (named) return named.length > 1 ? ambiguous(named) : certain(named[0]);
  const slipped = slipOf(said);
  if (slipped)
    return slipped.length > 1
      ? ambiguous(slipped)
      : asks(text) || cautious
        ? likely(slipped[0])
        : certain(slipped[0]);

  const tokens = tokenise(full.replace(/[-/()]+/g, ' '));
  const found: Found<string>[] = [];
  const roles = new Set<string>();
  for (let at = 0; at < tokens.length; ) {
    const one = professionAt(tokens, at);
    if (one) found.push(one);
    else {
      const role = roleAt(tokens, at, lang);
      if (role && role.value !== 'filler') roles.add(role.value);
      if (role && role.length > 1) {
        at += role.length;
        continue;
      }
    }
    at = one?.to ?? at + 1;
  }
  if (roles.has('not') && found.length < 2) return unclear(text, 'not_a_profession');
  // All words of substance together: "nurse, intensive care" is one profession and not a nurse.
  const alternatives = roles.has('or') || roles.has('instead');
  const substance = tokens.filter(
    ({ text: word }) =>
      !small.has(word) && !beside.has(word) && !(aroundWords.has(word) && !stemOf(word).known),
  );
  // A name that covers all of it is the answer; other words of the trade beside it make another one.
  const covered = (word: Token) => found.some(({ from, to }) => tokens.slice(from, to).includes(word));
  const open = substance.filter((word) => !covered(word));
  const trade = substance.filter(({ text: word }) => stemOf(word).known);
  const whole = trade.length === substance.length;
  const searched = !alternatives && open.some(({ text: word }) => stemOf(word).known);
  const together =
    searched && trade.some(({ text: word }) => !generic.has(word))
      ? search(trade.map(({ text: word }) => word))
      : [];
  const [one] = together;
  if (one !== undefined) {
    if (together.length > 1)
      return found.length === 1 || together.length > 4
        ? unclear(text, 'not_a_profession')
        : ambiguous(together);
    const clear = !roles.has('hedge') && !roles.has('but') && !roles.has('not') && !asks(text);
    // One word that a single profession has ("theatre", "teacher") may mean something else.
    return clear && whole && trade.length > 1 && !cautious ? certain(one) : likely(one);
  }
  if (searched && found.length === 1)
    return settle(
      found.map((name) => ({ ...name, sure: false })),
      restOf(tokens, found, lang, beside),
      { text, why: 'not_a_profession', harmless: ['block', 'until'] },
    );
  return settle(found, restOf(tokens, [...found, ...placesIn(tokens, found, lang)], lang, beside), {
    text,
    why: 'not_a_profession',
    harmless: ['block', 'until'],
  });
}

/** Short forms that colleagues use, written out before names are looked for. */
function spelledOut(text: string): string {
  return fold(text)
    .replace(/\ba ?& ?e\b/g, 'emergency')
    .replace(/[\p{L}]+/gu, (word) => (Object.hasOwn(shortForms, word) ? (shortForms[word] ?? word) : word));
}

const shortForms: Readonly<Record<string, string>> = {
  infi: 'infirmier',
  inf: 'infirmier',
  infirm: 'infirmier',
  gyneco: 'gynecologue',
  gynaeco: 'gynaecologist',
  gynae: 'gynaecologist',
  gyn: 'gynecologue',
  obgyn: 'obstetrician gynaecologist',
  paeds: 'paediatric',
  paed: 'paediatric',
  peds: 'paediatric',
  pediatric: 'paediatric',
  rmn: 'mental health nurse',
  rgn: 'nurse',
  rn: 'nurse',
  icu: 'critical care',
  itu: 'critical care',
  usi: 'soins intensifs',
  nicu: 'neonatal',
  er: 'emergency',
  urg: 'urgences',
  cardio: 'cardiologue',
  neuro: 'neurologue',
  onco: 'oncologie',
  derma: 'dermatologue',
  dermato: 'dermatologue',
  gastro: 'gastroenterologue',
  ophtalmo: 'ophtalmologue',
  pneumo: 'pneumologue',
  rhumato: 'rhumatologue',
  anesth: 'anesthesiste',
  ergo: 'ergotherapeute',
  logo: 'logopede',
  diet: 'dieteticienne',
  ortho: 'orthopediste',
  endoc: 'endocrinologue',
  hemato: 'hematologue',
  nephro: 'nephrologue',
  uro: 'urologue',
  physio: 'physiotherapist',
  sf: 'sage femme',
  generaliste: 'medecin generaliste',
  intensivist: 'intensive care physician',
  obstetricien: 'gynecologue obstetricien',
  obstetrician: 'obstetrician gynaecologist',
  gynecologist: 'gynaecologist',
  chir: 'chirurgien',
  ped: 'pediatre',
  muganga: 'umuganga',
  muforomo: 'umuforomo',
  muforomokazi: 'umuforomokazi',
  mubyaza: 'umubyaza',
  umuforomokazi: 'umuforomo',
  abaforomo: 'umuforomo',
  siamu: 'soins intensifs',
};

/** "à Liège", "in Leeds", "au CHU", "mu bitaro": where somebody works says nothing of what they are. */
function placesIn(
  tokens: readonly Token[],
  found: readonly Found<string>[],
  lang: Lang,
): readonly { from: number; to: number }[] {
  return tokens.flatMap(({ text }, at) => {
    // "i" is a place in Kinyarwanda and a person in English.
    if (!/^(?:a|au|aux|in|at|chez|mu|muri|from|de|pres)$/.test(text) && !(text === 'i' && lang === 'rw'))
      return [];
    let to = at + 1;
    const free = (place: number) => {
      const word = tokens[place]?.text ?? '';
      return (
        place < tokens.length &&
        !found.some(({ from, to }) => from <= place && place < to) &&
        !stemOf(word).known &&
        (!aroundWords.has(word) || /^(?:de|du|la|le|the|of)$/.test(word))
      );
    };
    while (to <= at + 4 && free(to)) to++;
    return to > at + 1 ? [{ from: at, to }] : [];
  });
}

/** Words of many professions: alone they say nothing. */
const generic = new Set(
  'medical medicale medicaux clinical clinique health sante technician technicien technicienne technologist technologue assistant assistante specialist specialiste officer manager care soins medecin medicine medecine doctor docteur practitioner praticien educator teacher enseignant general generale umuganga umukozi umuhanga inzobere indwara support engineer ingenieur kwa muganga ibitaro work buzima ubuzima community public other autre'.split(
    ' ',
  ),
);

/** One slip in a whole name; a name of several words is compared word by word below. */
function slipOf(said: string): readonly [string, ...string[]] | undefined {
  const near = [...new Set(nearNames(said).flatMap((name) => [...(byName.get(name) ?? [])]))];
  const far =
    near.length > 0 || said.length < 8
      ? near
      : [...new Set(farNames(said).flatMap((name) => [...(byName.get(name) ?? [])]))];
  const [first, ...others] = far;
  return first === undefined || others.length > 3 ? undefined : [first, ...others];
}

function professionAt(tokens: readonly Token[], at: number): Found<string> | undefined {
  for (let length = Math.min(8, tokens.length - at); length > 0; length--) {
    const key = keyOf(tokens, at, at + length).replaceAll("' ", "'");
    const exact = byName.get(key);
    if (exact && (key.length > 2 || tokens.length === 1))
      return { from: at, to: at + length, values: exact, sure: true };
    const near = length <= 3 && key.length >= 6 && !aroundWords.has(key) ? slipOf(key) : undefined;
    if (near) return { from: at, to: at + length, values: near, sure: true };
  }
  return undefined;
}

const beside = new Set(
  'umuganga-w nurse-in hospital hopital clinic clinique ibitaro chu uz university universitaire senior junior chief head chef cheffe registered licensed diplome diplomee brevete certified specialised specialized specialist specialiste specialise specialisee department departement service unit ward years graduate bachelor master full part stage independant independante liberal liberale uburambe by wabigize umwuga'.split(
    ' ',
  ),
);

/** Professions that have every typed word (or one close to it) among theirs, the shortest names first. */
function search(words: readonly string[]): readonly string[] {
  const typed = stemsOf(words.join(' '));
  if (typed.length === 0 || typed.length > 8) return [];
  let hits: ReadonlySet<string> | undefined;
  for (const stem of typed) {
    const having = new Set(
      byStem.get(stem) ?? nearStems(stem).flatMap((known) => [...(byStem.get(known) ?? [])]),
    );
    hits = hits ? new Set([...hits].filter((code) => having.has(code))) : having;
    if (hits.size === 0) return [];
  }
  return [...(hits ?? [])].sort((a, b) => (stemCount.get(a) ?? 0) - (stemCount.get(b) ?? 0));
}

function phraseOf(text: string): string {
  return bare(text)
    .replace(/^(?:je suis|i am an?|i'm an?|i am|i'm|ndi|une?|an?) /, '')
    .replace(/[-/()]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

const small = new Set(
  'en de des du d la le les et ou and or of the a au aux mu muri by w y cy bw non ndi nkora je suis dans in for aux pour who works'.split(
    ' ',
  ),
);

/** French genders and plurals, and English plurals, fall together: infirmières, infirmier → infirm. */
function stemsOf(phrase: string): readonly string[] {
  return phrase
    .split(/[\s']+/)
    .filter((word) => word.length > 1 && !small.has(word))
    .map((word) =>
      word.length > 5
        ? word.replace(/(?:iere|ier|ienne|ien|euse|eur|ere|er|ique|istes?|ist|ics?|ie|ue|y|e)?s?$/, '')
        : word,
    );
}

/** Whether a word is part of some profession's name. */
function stemOf(word: string): { readonly known: boolean } {
  return { known: stemsOf(word).some((stem) => byStem.has(stem)) };
}

const codes: ReadonlySet<string> = new Set(professions.map(({ code }) => code));
const byName = new Map<string, [string, ...string[]]>();
const byStem = new Map<string, Set<string>>();
const stemCount = new Map<string, number>();

for (const { also, codes: offered } of broadWords) {
  const [first, ...others] = offered;
  if (first !== undefined) for (const word of also) byName.set(phraseOf(word), [first, ...others]);
}
for (const { code, name, label, also } of professions) {
  // "A / B" in a name is two names; what stands in brackets explains.
  const names = [name.en, name.fr, name.rw, label.en, label.fr, label.rw, ...also];
  for (const text of names) {
    for (const part of [
      text,
      text.replace(/\(.*\)/, ''),
      ...(/^\p{L}+ \/ \p{L}+ \p{L}/u.test(text) ? bothGenders(text) : text.split(' / ')),
    ]) {
      const key = phraseOf(part);
      const known = byName.get(key);
      if (!known) byName.set(key, [code]);
    }
    for (const stem of stemsOf(phraseOf(text))) {
      const having = byStem.get(stem);
      if (having) having.add(code);
      else byStem.set(stem, new Set([code]));
    }
  }
  stemCount.set(code, stemsOf(phraseOf(name.en)).length);
}
const nearNames = nearIndex(byName.keys());
const farNames = farIndex(byName.keys(), 8);
const nearStems = nearIndex(byStem.keys());

/** "Infirmier / infirmière en néonatologie" → both, each with what follows. */
function bothGenders(text: string): readonly string[] {
  const [he = '', rest = ''] = text.split(' / ');
  const [she = '', ...follows] = rest.split(' ');
  return [he, she].map((noun) => `${noun} ${follows.join(' ')}`);
}
