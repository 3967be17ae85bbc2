import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { split } from '../../src/channels/split.ts';

describe('split', () => {
  test('a text within the limit stays whole', () => {
    expect(split('Muraho neza', 11)).toEqual(['Muraho neza']);
    expect(split('', 10)).toEqual(['']);
  });

  test('a paragraph is the best place to cut', () => {
    expect(split('First one. Still first.\n\nSecond one.', 30)).toEqual([
      'First one. Still first.',
      'Second one.',
    ]);
  });

  test('without a paragraph it is a sentence, then a word', () => {
    expect(split('One sentence here. Another one there.', 25)).toEqual([
      'One sentence here.',
      'Another one there.',
    ]);
    expect(split('aaaa bbbb cccc dddd', 11)).toEqual(['aaaa bbbb', 'cccc dddd']);
  });

  test('10,000 characters without a space are cut, none lost', () => {
    const parts = split('x'.repeat(10_000), 4096);
    expect(parts.map((part) => part.length)).toEqual([4096, 4096, 1808]);
  });

  test('an emoji of several code points is never cut in two', () => {
    const family = '👩🏾‍⚕️';
    const parts = split(family.repeat(10), family.length * 3 + 2);
    expect(parts.every((part) => part.length % family.length === 0)).toBe(true);
    expect(parts.join('')).toBe(family.repeat(10));
  });

  test('every part fits and nothing but white space is lost, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.integer({ min: 20, max: 60 }),
        (text, limit) => {
          const parts = split(text, limit);
          expect(parts.every((part) => part.length <= limit)).toBe(true);
          expect(parts.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        },
      ),
      { numRuns: 200 },
    );
  });
});
