import { expect, test } from 'vitest';
import type { Scope } from '../../src/engine/flow.ts';
import type { Lang } from '../../src/engine/message.ts';
import { city } from '../../src/language/person-slots.ts';
import { text } from '../../src/language/slots.ts';

const scopeIn = (lang: Lang): Scope => ({
  answers: {},
  data: {},
  context: null as never,
  found: {},
  lang,
  now: new Date('2027-03-02T09:00:00Z'),
  today: '2027-03-02',
});

test.each([
  ['oui', 'fr'],
  ['non merci', 'fr'],
  ['yego', 'rw'],
  ['oya', 'rw'],
  ['yes please', 'en'],
] as const)('"%s" is neither a town nor a specialty, but free words', (typed, lang) => {
  const scope = scopeIn(lang);
  expect(city().read(typed, scope)).toMatchObject({ kind: 'unclear', why: 'not_a_city' });
  expect(text({ max: 120, names: true }).read(typed, scope)).toMatchObject({
    kind: 'unclear',
    why: 'not_meant',
  });
  expect(text({ max: 120 }).read(typed, scope)).toMatchObject({ kind: 'value', value: typed });
});

test.each(['Liège', 'Nancy', 'Den Haag', "L'Haÿ-les-Roses", 'Yate'])('%s is a town', (typed) => {
  expect(city().read(typed, scopeIn('fr'))).toMatchObject({ kind: 'value', value: typed });
});
