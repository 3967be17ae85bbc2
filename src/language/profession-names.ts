import { farIndex, nearIndex } from './near.ts';
import { bare, fold } from './normalise.ts';
import { broadWords, professions, shortForms } from './professions.ts';

/** The names of professions, by which they are looked up: whole, with a slip, or by their words. */

/** The professions that a whole name means, the likeliest first. */
export function namedBy(phrase: string): readonly [string, ...string[]] | undefined {
  return byName.get(phrase);
}

/** Short forms that colleagues use, written out before names are looked for. */
export function spelledOut(text: string): string {
  return (
    fold(text)
      .replace(/\ba ?& ?e\b/g, 'emergency')
      .replace(/\bo ?& ?g\b/g, 'gynaecologist')
      // A nurse may work at a "GP surgery".
      .replace(/\bgp\b(?! (?:surger|practice|clinic|nurs))/g, 'general practitioner')
      .replace(shortened, (word) => shortForms.get(word) ?? word)
  );
}

const shortened = new RegExp(`(?<!\\p{L})(?:${[...shortForms.keys()].join('|')})(?!\\p{L})`, 'gu');

type Slip = {
  readonly codes: readonly [string, ...string[]];
  /** Two slips away: another word as often (*gériatrie* and *pédiatrie*). */
  readonly far: boolean;
};

/** One slip in a whole name; a name of several words is compared word by word below. */
export function slipOf(said: string): Slip | undefined {
  const near = [...new Set(nearNames(said).flatMap((name) => [...(byName.get(name) ?? [])]))];
  const far =
    near.length > 0 || said.length < 8
      ? near
      : [...new Set(farNames(said).flatMap((name) => [...(byName.get(name) ?? [])]))];
  const [first, ...others] = far;
  return first === undefined || others.length > 3
    ? undefined
    : { codes: [first, ...others], far: near.length === 0 };
}

/** Professions that have every typed word (or one close to it) among theirs, the shortest names first. */
export function search(words: readonly string[]): readonly string[] {
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

export function phraseOf(text: string): string {
  const said = bare(text).replace(/^(?:je suis|i am an?|i'm an?|i am|i'm|ndi|une?|an?) /, '');
  return /[-/()]/.test(said)
    ? said
        .replace(/[-/()]+/g, ' ')
        .replace(/\s+/g, ' ')
        .trim()
    : said;
}

export const small = new Set(
  'travaille travail travaillant bosse bossant works working worked job en de des du d la le les et ou and or of the a au aux mu muri by w y cy bw non ndi nkora je suis dans in for aux pour who works'.split(
    ' ',
  ),
);

/** Words of many professions: alone they say nothing. */
export const generic = new Set(
  'medical medicale medicaux clinical clinique health sante technician technicien technicienne technologist technologue assistant assistante specialist specialiste officer manager care soins medecin medicine medecine doctor docteur practitioner praticien educator teacher enseignant general generale umuganga umukozi umuhanga inzobere indwara support engineer ingenieur kwa muganga ibitaro work buzima ubuzima community public other autre work consultant hospital hopital ibitaro quality services healthcare night nights nuit nuits day days jour jours shift shifts'.split(
    ' ',
  ),
);

/** French genders and plurals, and English plurals, fall together: infirmières, infirmier → infirm. */
function stemsOf(phrase: string): readonly string[] {
  return phrase
    .split(/[\s']+/)
    .filter((word) => word.length > 1 && !small.has(word))
    .map(stemOf);
}

function stemOf(word: string): string {
  return word.length > 5
    ? word.replace(/(?:iere|ier|ienne|ien|euse|eur|ere|er|ique|istes?|ist|ics?|ie|ue|y|e)?s?$/, '')
    : word;
}

/** Whether a name may begin with a token; a little word before an apostrophe is a token of its own. */
export function mayBeginName(word: string): boolean {
  return openings.has(word);
}

/** Whether a word is part of some profession's name. */
export function isOfAName(word: string): boolean {
  if (word.includes("'")) return stemsOf(word).some((stem) => byStem.has(stem));
  return word.length > 1 && !small.has(word) && byStem.has(stemOf(word));
}

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
      if (!known && !generic.has(key)) byName.set(key, [code]);
    }
    for (const stem of stemsOf(phraseOf(text))) {
      const having = byStem.get(stem);
      if (having) having.add(code);
      else byStem.set(stem, new Set([code]));
    }
  }
  stemCount.set(code, stemsOf(phraseOf(name.en)).length);
}
const openings: ReadonlySet<string> = new Set(
  [...byName.keys()].flatMap((name) => {
    const [word = ''] = name.split(' ');
    return [word, ...[...word.matchAll(/'/g)].map(({ index }) => word.slice(0, index + 1))];
  }),
);
const nearNames = nearIndex(byName.keys());
const farNames = farIndex(byName.keys(), 8);
const nearStems = nearIndex(byStem.keys());

/** "Infirmier / infirmière en néonatologie" → both, each with what follows. */
function bothGenders(text: string): readonly string[] {
  const [he = '', rest = ''] = text.split(' / ');
  const [she = '', ...follows] = rest.split(' ');
  return [he, she].map((noun) => `${noun} ${follows.join(' ')}`);
}
