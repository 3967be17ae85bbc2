import { describe, expect, test } from 'vitest';
import type { Lang } from '../../src/engine/message.ts';
import { readCorrection, readField } from '../../src/language/corrections.ts';

describe('a correction', () => {
  test.each([
    ['actually I live in Germany', 'clear', 'I live in Germany'],
    ['Actually, Germany.', 'clear', 'Germany.'],
    ["en fait j'habite en Allemagne", 'clear', "j'habite en Allemagne"],
    ['Correction:12', 'clear', '12'],
    ['nibeshye, ntuye mu Budage', 'clear', 'ntuye mu Budage'],
    // Of two marks the plainer one counts.
    ['Pardon, je me suis trompé : 12 ans', 'clear', '12 ans'],
    ['Sorry, my name is Aline', 'polite', 'my name is Aline'],
    ['mwihangane, nitwa Aline', 'polite', 'nitwa Aline'],
    ['hindura umujyi: Namur', 'change', 'umujyi: Namur'],
    ['je voudrais changer ma ville', 'change', 'ma ville'],
    ['I live in Germany', null, 'I live in Germany'],
    ['actual experience: 12', null, 'actual experience: 12'],
    ['', null, ''],
  ])('%s', (text, mark, rest) => {
    expect(readCorrection(text)).toEqual({ mark, rest });
  });
});

describe('a field that is named', () => {
  test.each<readonly [Lang, string, string | null, string, object | null]>([
    ['en', 'City: Namur', 'City', 'city', { value: 'Namur' }],
    ['en', 'my city is Namur', 'City', 'city', { value: 'Namur' }],
    ['en', 'city to Namur', 'City', 'city', { value: 'Namur' }],
    ['fr', 'ma ville', 'Ville', 'city', { value: '', plain: true }],
    ['rw', 'Umujyi: Namur', 'Umujyi', 'city', { value: 'Namur' }],
    ['fr', "j'habite à Namur", null, 'city', { value: 'Namur' }],
    ['en', 'years of experience: 12', 'Years of experience', 'count', { value: '12' }],
    ['en', 'stay 30 60', 'Stay (days)', 'two_numbers', { value: '30 60', plain: true }],
    ['en', 'I work in a city', 'City', 'city', null],
    ['en', 'citywide', 'City', 'city', null],
  ])('%s: %s', (lang, text, label, kind, field) => {
    expect(readField(text, label, kind, lang)).toEqual(field);
  });
});
