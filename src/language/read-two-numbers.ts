import type { Reading } from '../engine/message.ts';
import { bare } from './normalise.ts';
import { numberFromWords } from './number-words.ts';
import { certain, type ReadScope, unclear } from './reading.ts';

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
  if (/^\d{1,7}$/.test(said)) return Number(said);
  if (said === 'none' && lang !== 'en') return undefined;
  return numberFromWords(said, lang);
}
