import { describe, expect, test } from 'vitest';
import type { Lang } from '../../src/engine/message.ts';
import { splitsOf } from '../../src/language/several.ts';

const halves = (text: string, lang: Lang = 'en') =>
  splitsOf(text, lang).map(({ head, tail, by }) => [head, tail, by]);

describe('a message that may hold two answers', () => {
  test('is parted at signs, lines and words, in its order', () => {
    expect(halves('Belgium, Liège')).toEqual([['Belgium', 'Liège', 'sign']]);
    expect(halves('Oui\nBelgique', 'fr')).toEqual([['Oui', 'Belgique', 'line']]);
    expect(halves('from 3 May until 20 June')).toEqual([['from 3 May', '20 June', 'word']]);
    expect(halves('kuva ku wa 3 Gicurasi kugeza ku wa 20 Kamena', 'rw')).toEqual([
      ['kuva ku wa 3 Gicurasi', '20 Kamena', 'word'],
    ]);
    expect(halves('yes, Belgium and Liège')).toEqual([
      ['yes', 'Belgium and Liège', 'sign'],
      ['yes, Belgium', 'Liège', 'word'],
    ]);
  });

  test('a bare day takes the month of the day behind it, where it can be of that month', () => {
    expect(halves('from 3 to 20 May')).toEqual([['from 3 May', '20 May', 'word']]);
    expect(halves('from the 3rd to the 20th of May 2027')).toEqual([
      ['from the 3rd May 2027', 'the 20th of May 2027', 'word'],
    ]);
    expect(halves('du 3 au 20 mai', 'fr')).toEqual([['du 3 mai', '20 mai', 'word']]);
    expect(halves('kuva ku wa 3 kugeza ku wa 20 Gicurasi', 'rw')).toEqual([
      ['kuva ku wa 3 Gicurasi', '20 Gicurasi', 'word'],
    ]);
    // What stands behind the date is no part of it.
    expect(halves('from 3 to 20 May 2027, on site')).toEqual([
      ['from 3 May 2027', '20 May 2027, on site', 'word'],
      ['from 3 to 20 May 2027', 'on site', 'sign'],
    ]);
    expect(halves('from 28 to 3 June')).toEqual([]);
    expect(halves('5 years and 20 patients')).toEqual([['5 years', '20 patients', 'word']]);
  });

  test.each([
    ['2,1'],
    ['2, 1'],
    ['2,5 ans'],
    ['Belgium, thanks'],
    ['Belgium, please'],
    ['Belgium'],
    [', Liège'],
    [`${'a'.repeat(150)}, ${'b'.repeat(150)}`],
  ])('%s is not', (text) => {
    expect(halves(text)).toEqual([]);
  });

  test('a tail of a sentence is no name', () => {
    const isName = (text: string) => splitsOf(text, 'en').map(({ name }) => name);
    expect(isName('Belgium, Liège')).toEqual([true]);
    expect(isName('Belgium, but I move soon')).toEqual([false]);
    expect(isName('Belgium, since 2004')).toEqual([false]);
  });
});
