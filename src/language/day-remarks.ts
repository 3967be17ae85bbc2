import type { Lang } from '../engine/message.ts';
import { roleAt } from './around.ts';
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

/** "On nights *till the 14th*, so 15 Jan": the end of something else, where another day answers. */
export function isEndOfElse(mention: Mention, all: readonly Mention[], tokens: Tokens, lang: Lang): boolean {
  const named = ({ is }: Mention) => is === 'day' || is === 'days';
  if (!named(mention) || all.filter(named).length < 2 || all.find(named) === undefined) return false;
  const first = all.filter(named)[0] === mention;
  return first && [1, 2].some((back) => roleAt(tokens, mention.from - back, lang)?.value === 'until');
}

/** "Any *Monday in January*": a weekday and a month make no day. */
export function isSomeWeekday(mentions: readonly Mention[]): boolean {
  const weekday = mentions.some((one) => one.is === 'day' && one.parts.day === undefined);
  return weekday && mentions.some(({ is }) => is === 'month') && mentions.every(({ is }) => is !== 'days');
}

/** "I have *exams* on 5 May", "le 5 mai c'est mon *anniversaire*": what happens that day, where nobody says to come. */
export function isOccasion(tokens: Tokens): boolean {
  return tokens.some(({ text }) => occasions.has(text)) && !tokens.some(({ text }) => coming.has(text));
}

const occasions = new Set(
  'exam exams examen examens birthday anniversaire amavuko wedding mariage ubukwe funeral enterrement'.split(
    ' ',
  ),
);
const coming = new Set(
  'arrive arriving arrival arrivee come coming land landing fly flying flight vol viens viendrai arriverai atterris dispo disponible available free libre nzaza nzagera nzahagera after apres nyuma so donc but mais ariko'.split(
    ' ',
  ),
);
