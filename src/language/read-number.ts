import type { Reading } from '../engine/message.ts';
import { bare } from './normalise.ts';
import { numberFromWords } from './number-words.ts';
import { certain, likely, type ReadScope, unclear } from './reading.ts';

const digits = /^\d{1,7}$/;
const grouped = /^\d{1,3}(?:[., ']\d{3})+$/;
const fraction = /^\d+[.,]\d+$/;
/** What people write beside a number. The unit is theirs, so such a number is asked back. */
const beside =
  /^(?:environ|a peu pres|about|around|almost|presque|nka|hafi)? ?(\S.*?) ?(?:ans?|annees?|jours?|semaines?|mois|heures?|years?|yrs?|days?|weeks?|months?|hours?|personnes?|people|posts?|postes?|imyaka|iminsi|ibyumweru|amezi|amasaha)?$/;
const besideRw =
  /^(?:imyaka|umwaka|iminsi|umunsi|ibyumweru|icyumweru|amezi|ukwezi|amasaha|isaha|abantu) (\S.*)$/;

/**
 * A whole number in digits or in words, not negative. `not_whole` for a fraction, `not_a_number` for anything else;
 * limits are the slot's affair. `1.500` and `1,500` are likely 1500, since all three languages write both.
 */
export function readWholeNumber(text: string, scope: ReadScope): Reading<number> {
  const said = bare(text);
  if (/^\s*[-−]\s*\d/.test(text)) return unclear(text, 'not_a_number');
  const exact = exactNumber(said, scope);
  if (exact !== undefined) return certain(exact);
  if (grouped.test(said)) return likely(Number(said.replace(/\D/g, '')));
  if (fraction.test(said)) return unclear(text, 'not_whole');
  const core = besideRw.exec(said)?.[1] ?? beside.exec(said)?.[1];
  const approximate = core === undefined || core === said ? undefined : exactNumber(core, scope);
  return approximate === undefined ? unclear(text, 'not_a_number') : likely(approximate);
}

const between = /\s*(?:[-–—/;,&+]|->|→|\s(?:a|au|et|to|and|until|up to|na|kugeza ku|kugeza|jusqu'a)\s|\s)\s*/;
const numberWord =
  /(?:^|\s)(?:min|max|minimum|maximum|entre|between|de|du|from|kuva kuri|kuva ku|kuva|hagati ya)\s/g;

/** Two whole numbers in the order typed: `30 60`, `30-60`, `de 30 à 60`, `kuva 30 kugeza 60`. */
export function readTwoNumbers(text: string, scope: ReadScope): Reading<readonly [number, number]> {
  const said = ` ${bare(text)} `
    .replace(numberWord, ' ')
    .replace(/\s(?:jours?|days?|iminsi)(?=\s)/g, ' ')
    .trim();
  const parts = said.split(between).filter((part) => part !== '');
  const [first, second] = parts.length === 2 ? parts.map((part) => exactNumber(part, scope)) : [];
  return first === undefined || second === undefined
    ? unclear(text, 'not_two_numbers')
    : certain([first, second]);
}

function exactNumber(said: string, { lang }: ReadScope): number | undefined {
  if (digits.test(said)) return Number(said);
  // "none" is nought in English and now in Kinyarwanda: only English speakers mean a number by it.
  if (said === 'none' && lang !== 'en') return undefined;
  return numberFromWords(said, lang);
}
