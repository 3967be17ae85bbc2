import type { Reading } from '../engine/message.ts';
import { nearIndex } from './near.ts';
import { bare } from './normalise.ts';
import { broadWords, professions } from './professions.ts';
import { ambiguous, certain, likely, type ReadScope, unclear } from './reading.ts';

/**
 * A profession's code from typed words in any of the three languages. A full name is `certain`, a name with a slip or
 * a set of words that only one profession has is `likely`, several are offered up to four. `not_a_profession`
 * otherwise.
 */
export function readProfession(text: string, _scope: ReadScope): Reading<string> {
  const code = text.trim().toUpperCase();
  if (codes.has(code)) return certain(code);
  const said = phraseOf(text);
  if (said.length > 80) return unclear(text, 'not_a_profession');
  const named = byName.get(said);
  if (named) return named.length > 1 ? ambiguous(named) : certain(named[0]);
  const near = nearNames(said).flatMap((name) => [...(byName.get(name) ?? [])]);
  const found = near.length > 0 ? [...new Set(near)] : search(said);
  const [only] = found;
  if (only === undefined) return unclear(text, 'not_a_profession');
  return found.length === 1 ? likely(only) : ambiguous(found);
}

/** Professions that have every typed word (or one close to it) among theirs, the shortest names first. */
function search(said: string): readonly string[] {
  const typed = stemsOf(said);
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
  'en de des du d la le les et ou and or of the a au aux mu mu by w y cy bw non'.split(' '),
);

/** French genders and plurals, and English plurals, fall together: infirmières, infirmier → infirm. */
function stemsOf(phrase: string): readonly string[] {
  return phrase
    .split(/[\s']+/)
    .filter((word) => word.length > 1 && !small.has(word))
    .map((word) =>
      word.length > 5 ? word.replace(/(?:iere|ier|ienne|ien|euse|eur|ere|er|e)?s?$/, '') : word,
    );
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
const nearStems = nearIndex(byStem.keys());

/** "Infirmier / infirmière en néonatologie" → both, each with what follows. */
function bothGenders(text: string): readonly string[] {
  const [he = '', rest = ''] = text.split(' / ');
  const [she = '', ...follows] = rest.split(' ');
  return [he, she].map((noun) => `${noun} ${follows.join(' ')}`);
}
