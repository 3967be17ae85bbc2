import type { Slot } from '../engine/flow.ts';
import type { Lang } from '../engine/message.ts';
import { asksBack } from './asks-back.ts';
import { readCourtesy } from './courtesy.ts';
import { longestAt, type Phrases, phrases } from './phrases.ts';
import data from './questions.json' with { type: 'json' };
import { ambiguous, certain } from './reading.ts';
import { type Token, tokenise } from './tokens.ts';

/** What approved answers are about (domain C13), in the order in which they are offered. */
export const topics = [
  'eligibility',
  'length',
  'covered',
  'licence',
  'visa',
  'health',
  'safety',
  'lodging',
  'privacy',
  'contact',
] as const;
export type Topic = (typeof topics)[number];

export type Asked = {
  /** Begins as questions do and ends with the sign: no statement looks like it. */
  readonly plain: boolean;
  /** The one topic it is surely about, or those that fit equally well; none for a question about something else. */
  readonly topics: readonly Topic[];
};

/**
 * A question of the person's own; null for everything else. Without its sign it is one only when it begins as questions
 * do and is about something known here: "when you like" asks nothing. Words of one topic must outweigh
 * those of all others: a wrong answer is worse than none.
 */
export function readQuestion(text: string, lang: Lang): Asked | null {
  const tokens = tokenise(text);
  if (tokens.length < 2 || readCourtesy(text, lang)) return null;
  const signed = /[?？]["'”»)\s]*$/u.test(text.slice(-300));
  const opens = asksBack(text);
  if (!signed && !opens) return null;
  const found = topicsIn(tokens, lang);
  return signed || found.length > 0 ? { plain: signed && opens, topics: found } : null;
}

/** What words are about, be they a question or not ("visa", "le logement"). */
export function topicsOf(text: string, lang: Lang): readonly Topic[] {
  return topicsIn(tokenise(text), lang);
}

/** A topic by choice, or by any words that are about one, a question or not. `not_a_topic`. */
export function questionTopic(): Slot<Topic> {
  return {
    kind: 'topic',
    options: () => topics.map((id) => ({ id })),
    read(text, { lang }) {
      const found = topicsOf(text, lang);
      const [only] = found;
      if (only !== undefined) return found.length === 1 ? certain(only) : ambiguous(found);
      // Whatever else is written here is a question to which there is no answer.
      return tokenise(text).length > 1
        ? { kind: 'other', other: 'question' }
        : { kind: 'unclear', why: 'not_a_topic' };
    },
    show: (topic) => ({ key: `questions.topic.choices.${topic}` }),
  };
}

function topicsIn(tokens: readonly Token[], lang: Lang): readonly Topic[] {
  const weights = new Map<Topic, number>();
  for (let at = 0; at < tokens.length; ) {
    const hit = longestAt(about, tokens, at, lang);
    if (hit) weights.set(hit.value.topic, (weights.get(hit.value.topic) ?? 0) + hit.value.weight);
    at += hit?.length ?? 1;
  }
  const best = Math.max(0, ...weights.values());
  // Hints alone ("days", "phone") stand in too many other sentences.
  return best < decisive ? [] : topics.filter((topic) => weights.get(topic) === best);
}

const decisive = 3;

const langs: readonly Lang[] = ['rw', 'fr', 'en'];

function listed(joined: string): readonly string[] {
  return joined.split('|').filter((phrase) => phrase !== '');
}

const about: Phrases<{ readonly topic: Topic; readonly weight: number }> = phrases(
  langs.flatMap((lang) =>
    topics.flatMap((topic) =>
      data[lang].topics[topic].flatMap((joined, at) => {
        // Whoever asks who pays for something asks about paying, not about the thing.
        const weight = at > 0 ? 1 : topic === 'covered' ? decisive + 1 : decisive;
        return listed(joined).map((phrase) => [lang, phrase, { topic, weight }] as const);
      }),
    ),
  ),
);
