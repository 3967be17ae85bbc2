import { expect, test } from 'vitest';
import type { Lang } from '../../src/engine/message.ts';
import { readCity } from '../../src/language/read-city.ts';

const read = (lang: Lang, text: string) => readCity(text, { lang, today: '2027-03-02' });

test.each<[Lang, string, string]>([
  ['en', 'Munich', 'Munich'],
  ['en', "I'm in The Hague", 'The Hague'],
  ['en', 'Kingston upon Hull', 'Kingston upon Hull'],
  ['fr', 'j’habite à Liège', 'Liège'],
  ['fr', 'Is-sur-Tille', 'Is-sur-Tille'],
  ['fr', 'Luxembourg', 'Luxembourg'],
  ['fr', "L'Isle-d'Abeau", "L'Isle-d'Abeau"],
  ['rw', 'ntuye i Namur', 'Namur'],
  ['rw', 'mba mu Bruxelles', 'Bruxelles'],
])('%s: "%s" is the town %s', (lang, text, value) => {
  expect(read(lang, text)).toEqual({ kind: 'value', value, confidence: 'certain' });
});

test.each<[Lang, string]>([
  ['en', 'Germany'],
  ['en', 'I live in the Netherlands'],
  ['en', 'actually it is 9 years'],
  ['en', 'it is no emergency'],
  ['fr', 'en Allemagne'],
  ['fr', "je n'ai pas de ville"],
  ['rw', 'ntuye mu Budage'],
  ['en', '12'],
])('%s: "%s" is no town', (lang, text) => {
  expect(read(lang, text).kind).toBe('unclear');
});
