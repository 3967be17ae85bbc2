import type { Lang } from '../engine/message.ts';
import data from './distress.json' with { type: 'json' };
import { endsAt, patterns, patternWords } from './patterns.ts';
import { wordSet } from './sieve.ts';
import { type Token, tokenise } from './tokens.ts';

export type Distress = 'danger' | 'abuse';

/**
 * Whether somebody writes about their own danger or about abuse, in any of the three languages: whole first-person
 * phrases, never single words, since there are emergency nurses. Only for check-ins, feedback, SOS and messages outside
 * any question (rule 10); the answer is kept and one question asked. Abuse outweighs danger: it goes a narrower way.
 */
export function distressIn(text: string): Distress | null {
  const tokens = tokenise(text);
  if (!tokens.some(({ text: word }) => telling.has(word))) return null;
  let found: Distress | null = null;
  for (let at = 0; at < tokens.length; at++) {
    if (denied.has(tokens[at - 1]?.text ?? '')) continue;
    // "No, he is harassing me" answers a question; "he hurts me no more" denies.
    const ends = endsAt(cries, tokens, at);
    if (ends.length === 0) continue;
    const hits = ends.filter(({ to }) => {
      const after = tokens[to]?.text ?? '';
      return !denied.has(after) && after !== 'no' && !isIdiom(tokens, to);
    });
    if (hits.some(({ value }) => value === 'abuse')) return 'abuse';
    if (hits.length > 0) found = 'danger';
  }
  return found;
}

/** "I am not afraid" holds no cry anyway, for its words are parted; these stand before or behind a whole one. */
const denied = new Set('not never longer anymore pas jamais plus ne ntabwo nta ntago sinigeze up'.split(' '));

/** "J'ai peur que non", "mfite ubwoba ko ntazaboneka": a polite way to say no. */
function isIdiom(tokens: readonly Token[], to: number): boolean {
  const [next, second] = [tokens[to]?.text ?? '', tokens[to + 1]?.text ?? ''];
  return /^(?:que|qu'|ko|that)$/.test(next) || (next === 'de' && /^(?:ne|pas|devoir)$/.test(second));
}

const langs: readonly Lang[] = ['rw', 'fr', 'en'];
const cries = patterns<Distress>(
  langs.flatMap((lang) =>
    (['abuse', 'danger'] as const).flatMap((kind) =>
      data[lang][kind].map((pattern) => [pattern, kind] as const),
    ),
  ),
);

/** Words of the patterns that most messages do not have: without one of them there is no cry. */
const common = new Set(
  "i i'm im am we we're was were is are be been have had has got my me us the a an to in on of at and it this that do not no don't dont can't cant he she they will going want wanna need all je j' jai ai suis jsuis chui on nous est sommes il elle ils me m' ma mon mes ne n' pas plus de d' du la le l' les un une en y a au par que qu' ca tout toute toutes tres trop si ete eu fait veux vais va peux peut envie moi ndi ni na n' mu ku nshaka ndashaka mfite yanjye yange cyane vuba".split(
    ' ',
  ),
);
const telling = wordSet([...patternWords(cries)].filter((word) => !common.has(word)).concat('plus'));
