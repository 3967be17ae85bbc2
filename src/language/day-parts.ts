import type { Lang } from '../engine/message.ts';
import { type Tokens, table } from './day-words.ts';
import { longestAt } from './phrases.ts';

/** Words for parts of the day. They settle a twelve-hour figure, and say nothing of which day is meant. */

export type PartOfDay = 'morning' | 'day' | 'evening' | 'night';

type Span = { readonly from: number; readonly to: number };

/** Where parts of the day are named, greetings aside. */
export function partsOfDayIn(
  tokens: Tokens,
  taken: readonly Span[],
  lang: Lang,
): readonly (Span & { readonly part: PartOfDay })[] {
  const found: (Span & { readonly part: PartOfDay })[] = [];
  for (let at = 0; at < tokens.length; ) {
    const inside = taken.find(({ from, to }) => from <= at && at < to);
    const greeting = /^(?:good|bonne|bon)$/.test(tokens[at - 1]?.text ?? '');
    const hit = inside || greeting ? undefined : longestAt(dayParts, tokens, at, lang);
    if (hit) found.push({ from: at, to: at + hit.length, part: hit.value });
    at = inside?.to ?? at + (hit?.length ?? 1);
  }
  return found;
}

const dayParts = table<PartOfDay>({
  rw: [
    [
      "mu gitondo kare|kare mu gitondo|mu gitondo cya kare|mu rukerera|za mu gitondo|mu gitondo|z' igitondo|za mugitondo|zo mu gitondo|gitondo|mugitondo|bwa mu gitondo|zamugitondo|za gitondo|z' mu gitondo",
      'morning',
    ],
    [
      "z' amanywa|z' amanwa|ku manywa|z' manywa|za ku manywa|zo ku manywa|za saa sita|amanywa|ku gicamunsi|za nyuma ya saa sita|z' igicamunsi|nyuma ya saa sita",
      'day',
    ],
    [
      "za nimugoroba|z' umugoroba|nimugoroba|za ni mugoroba|ni mugoroba|umugoroba|zo ku mugoroba|ku mugoroba|za ku mugoroba|z' mugoroba|za mugoroba|zi mugoroba",
      'evening',
    ],
    ["z' ijoro|za nijoro|nijoro|z' joro|mu ijoro|ninjoro|za ninjoro|zijoro|ijoro", 'night'],
  ],
  fr: [
    [
      'tot le matin|tot dans la matinee|de bon matin|de bonne heure|en debut de matinee|en fin de matinee|en matinee|au matin|aux aurores|du matin|le matin|matin|ce matin|dans la matinee|demain matin',
      'morning',
    ],
    [
      "en debut d' apres midi|en fin d' apres midi|dans l' apres midi|en journee|dans la journee|de l' apres midi|apres midi|l' apres midi|cet apres midi|de l' aprem|aprem|de l' apm|pm",
      'day',
    ],
    [
      'en fin de journee|tard le soir|en debut de soiree|en fin de soiree|au soir|du soir|ce soir|le soir|soir|en soiree|dans la soiree',
      'evening',
    ],
    ['tard dans la nuit|dans la nuit|de la nuit|la nuit|cette nuit', 'night'],
  ],
  en: [
    [
      'early in the morning|early morning|in the early morning|first thing in the morning|first thing|late morning|mornings|in the morning|morning|this morning|tomorrow morning',
      'morning',
    ],
    [
      'in the early afternoon|early afternoon|late afternoon|in the late afternoon|in the afternoon|afternoon|this afternoon|after lunch|arvo',
      'day',
    ],
    ['early evening|late evening|in the late evening|in the evening|evening|this evening|tonight', 'evening'],
    ['late at night|late night|at night|in the night', 'night'],
  ],
});
