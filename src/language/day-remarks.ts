import { clausesOf } from './clauses.ts';
import type { Tokens } from './day-words.ts';
import type { Mention } from './mention.ts';
import { isOfOthers } from './others.ts';

/** Days that are named in a message without being an answer. They are accounted for, and answer nothing. */

/** "Le 5 ou le 6, *je confirme demain*", "I'll let you know on Monday": when the answer will come. */
export function isTelling(mention: Mention, tokens: Tokens): boolean {
  const counted = mention.is === 'days' || (mention.is === 'day' && mention.parts.day === undefined);
  if (!counted) return false;
  const clauses = clausesOf(tokens);
  return tokens.some(
    ({ text }, at) =>
      clauses[at] === clauses[mention.from] &&
      (tells.has(text) ||
        (at < mention.from &&
          confirms.test(text) &&
          (clauses[at] !== 0 || addressed.test(tokens[at - 1]?.text ?? '')))),
  );
}

const confirms =
  /^(?:confirm|confirme|confirmerai|confirming|verifie|verifierai|check|dis|ecris|envoie|reviens|contacte|appelle|previens|message|text|write)$/;
const addressed = /^(?:vous|te|t'|you|u)$/;
const tells = new Set(
  'tell know dirai redirai redis rappelle rappellerai recontacte recontacterai verrai nzababwira ndababwira nzabamenyesha ndabamenyesha'.split(
    ' ',
  ),
);

/** "Ma sœur *part* le 8 avril, mais moi …": the journey of somebody else, where the message goes on about the writer. */
export function isJourneyOfOthers(mention: Mention, tokens: Tokens): boolean {
  if (!isOfOthers(tokens, mention.from)) return false;
  const clauses = clausesOf(tokens);
  const own = clauses[mention.from];
  const travels = tokens.some(
    ({ text }, at) => clauses[at] === own && at < mention.from && journeys.has(text),
  );
  return travels && tokens.some(({ text }, at) => (clauses[at] ?? 0) > (own ?? 0) && selves.has(text));
}

const journeys = new Set(
  'part arrive vient viendra arrivera partira rentre arrives comes leaves travels flies lands goes coming arriving leaving aza azaza azagera azahagera azagenda ajya'.split(
    ' ',
  ),
);
const selves = new Set("moi me mine i i'm i'll myself je j' njye njyewe jye nzaza nzagera".split(' '));
