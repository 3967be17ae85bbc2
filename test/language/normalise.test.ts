import { expect, test } from 'vitest';
import { isOneSlipAway, nearIndex } from '../../src/language/near.ts';
import { bare, fold, isEmoji, spellings } from '../../src/language/normalise.ts';
import { programReading } from '../../src/language/program-reading.ts';

test('spellings of the same words fold together', () => {
  for (const text of ['N’umwe', 'n´umwe', 'n‘umwe', 'n`umwe', 'ＮʼＵＭＷＥ'])
    expect.soft(fold(text), text).toBe("n'umwe");
  expect(fold('  Févr\u00a0\u202fier\u200b ')).toBe('fevr ier');
  expect(fold('Cœur')).toBe('coeur');
  expect(fold('👍🏾')).toBe('👍');
  expect(fold('5️⃣')).toBe('5');
});

test('punctuation and emoji go from both ends, but a sign alone stays', () => {
  expect(bare('« Oui ! » 😀')).toBe('oui');
  expect(bare('👍👍👍')).toBe('👍');
  expect(bare('???')).toBe('?');
  expect(bare('🇧🇪')).toBe('🇧🇪');
  expect(bare('')).toBe('');
  expect(isEmoji('👍🏾')).toBe(true);
  expect(isEmoji('5')).toBe(false);
  expect(isEmoji('?')).toBe(false);
});

test('a letter held down is tried as two and as one', () => {
  expect(spellings('yegooo')).toEqual(['yegooo', 'yegoo', 'yego']);
  expect(spellings('yego')).toEqual(['yego']);
});

test('one slip is one letter more, less, other, or two swapped', () => {
  for (const slip of ['belgiqu', 'bellgique', 'belgigue', 'beligque', 'belgique']) {
    expect.soft(isOneSlipAway(slip, 'belgique'), slip).toBe(true);
  }
  for (const word of ['belgium', 'blgiqe', 'elgiqueb'])
    expect.soft(isOneSlipAway(word, 'belgique'), word).toBe(false);
  const near = nearIndex(['march', 'mars', 'kamena']);
  expect(near('kamema')).toEqual(['kamena']);
  // Four letters are too few to tell a slip from another word.
  expect(near('marss')).toEqual([]);
});

test('the engine gets indexes and words', () => {
  const labels = ['Oui', 'Non', 'Je ne sais pas'];
  expect(programReading.choice('2', labels, 'fr')).toBe(1);
  expect(programReading.choice('je ne sais pas', labels, 'fr')).toBe(2);
  expect(programReading.choice('je ne sais pa', labels, 'fr')).toBe(2);
  expect(programReading.choice('peut-être', labels, 'fr')).toBeNull();
  expect(programReading.global('retour', 'fr')).toEqual({
    kind: 'value',
    value: 'back',
    confidence: 'certain',
  });
  expect(programReading.global('bonjour', 'fr')).toBeNull();
  expect(programReading.yesNo?.('yego', 'fr')).toBe('yes');
  expect(programReading.yesNo?.('wenda', 'rw')).toBeNull();
  expect(programReading.isStop('STOP', 'rw')).toBe(true);
});
