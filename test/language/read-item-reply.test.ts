import { describe, expect, test } from 'vitest';
import { namesItem, readItemReply } from '../../src/language/read-item-reply.ts';

describe('an answer to a line of a checklist', () => {
  test.each([
    ['en', 'R5 yes guesthouse Kabgayi', { code: 'R5', answer: 'yes', note: 'guesthouse Kabgayi' }],
    ['en', 'r 12: partly, no gloves', { code: 'R12', answer: 'partly', note: 'no gloves' }],
    ['en', 'R05 no', { code: 'R5', answer: 'no' }],
    ['en', 'R7 n/a', { code: 'R7', answer: 'na' }],
    ['en', 'R7 not applicable', { code: 'R7', answer: 'na' }],
    ['en', 'R2 must ask the chief nurse', { code: 'R2', answer: 'ask', note: 'the chief nurse' }],
    ['en', 'R9 1 six women two men', { code: 'R9', answer: 'yes', note: 'six women two men' }],
    ['en', 'no water since Monday', { answer: 'no', note: 'water since Monday' }],
    ['fr', 'R5 oui maison d’hôtes', { code: 'R5', answer: 'yes', note: 'maison d’hôtes' }],
    ['fr', 'en partie : pas de clé', { answer: 'partly', note: 'pas de clé' }],
    ['fr', 'r3 je dois demander', { code: 'R3', answer: 'ask' }],
    ['rw', 'R5 yego, icumbi Kabgayi', { code: 'R5', answer: 'yes', note: 'icumbi Kabgayi' }],
    ['rw', 'R6 oya', { code: 'R6', answer: 'no' }],
    ['rw', 'R8 hari ibibura', { code: 'R8', answer: 'partly' }],
    ['fr', 'R10', { code: 'R10' }],
  ] as const)('%s: %s', (lang, typed, value) => {
    expect(readItemReply(typed, { lang, today: '2027-03-10' })).toEqual({
      kind: 'value',
      value,
      confidence: 'certain',
    });
  });

  test.each(['it is fine I think', 'R5 guesthouse', '7', '', 'perhaps'])('is not: %s', (typed) => {
    expect(readItemReply(typed, { lang: 'en', today: '2027-03-10' })).toMatchObject({ kind: 'unclear' });
  });

  test('a message names a line only by its number', () => {
    expect(['R5 yes', 'r 14', ' R3: no'].filter(namesItem)).toHaveLength(3);
    expect(['Rwanda', 'R', 'R123 yes', 'room 5'].filter(namesItem)).toEqual([]);
  });
});
