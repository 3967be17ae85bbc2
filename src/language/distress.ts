import type { Lang } from '../engine/message.ts';
import data from './distress.json' with { type: 'json' };
import { longestAt, phrases } from './phrases.ts';
import { tokenise } from './tokens.ts';

export type Distress = 'danger' | 'abuse';

/**
 * Whether somebody writes about their own danger or about abuse, in any of the three languages: whole first-person
 * phrases, never single words, since there are emergency nurses. Only for check-ins, feedback, SOS and messages outside
 * any question (rule 10); the answer is kept and one question asked. Abuse outweighs danger: it goes a narrower way.
 */
export function distressIn(text: string, lang: Lang): Distress | null {
  const tokens = tokenise(text);
  let found: Distress | null = null;
  for (let at = 0; at < tokens.length; at++) {
    const hit = longestAt(cries, tokens, at, lang);
    const [before, after] = [tokens[at - 1]?.text ?? '', tokens[at + (hit?.length ?? 0)]?.text ?? ''];
    // "No, he is harassing me" answers a question; "he hurts me no more" denies.
    if (!hit || denied.has(before) || denied.has(after) || after === 'no') continue;
    if (hit.value === 'abuse') return 'abuse';
    found = 'danger';
  }
  return found;
}

/** "I am not afraid" holds no cry anyway, for its words are parted; these stand before or behind a whole one. */
const denied = new Set('not never longer anymore pas jamais plus ne ntabwo nta ntago sinigeze'.split(' '));

const langs: readonly Lang[] = ['rw', 'fr', 'en'];
const cries = phrases<Distress>(
  langs.flatMap((lang) =>
    (['abuse', 'danger'] as const).flatMap((kind) =>
      data[lang][kind].map((phrase) => [lang, phrase, kind] as const),
    ),
  ),
);
