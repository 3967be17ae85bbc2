import { expect, test } from 'vitest';
import { distressIn } from '../../src/language/distress.ts';
import { indexPlaces, readDistrict, readHospital } from '../../src/language/read-place.ts';
import { brief, scope } from './expect-reading.ts';

test.each([
  ['en', 'work is fine but i was robbed last night', 'danger'],
  ['en', 'I dont feel safe here', 'danger'],
  ['fr', 'tout va bien sauf que j’ai eu un accident hier', 'danger'],
  ['fr', 'je n’en peux plus', 'danger'],
  ['rw', 'nagize impanuka mu nzira', 'danger'],
  ['rw', 'mfite ubwoba', 'danger'],
  ['en', 'my supervisor keeps asking, he touched me', 'abuse'],
  ['en', 'no, he keeps harassing me', 'abuse'],
  ['fr', 'le chef me harcèle, il m’a touchée', 'abuse'],
  ['fr', 'mon chef me harcèle', 'abuse'],
  ['en', 'my boss is harassing me', 'abuse'],
  ['rw', 'yansabye ko turyamana', 'abuse'],
  ['en', 'je suis en danger', 'danger'],
] as const)('%s "%s" is a cry for help', (_, text, kind) => {
  expect(distressIn(text)).toBe(kind);
});

test.each([
  ['en', 'I am an emergency nurse'],
  ['en', 'we treated two accident victims'],
  ['en', 'I am not scared'],
  ['en', 'I am scared no more'],
  ['fr', 'infirmière aux urgences'],
  ['fr', 'un accident de la route est arrivé aux urgences'],
  ['fr', 'je ne suis pas en danger'],
  ['rw', 'twakiriye abarwayi bakoze impanuka'],
  ['rw', 'ndi umuforomo mu ndembe'],
  ['en', 'all fine, the danger is over'],
] as const)('%s "%s" is none', (_, text) => {
  expect(distressIn(text)).toBeNull();
});

test('a district and a hospital are known by their own words', () => {
  const hospitals = indexPlaces([
    'Kabgayi Hospital',
    'University Teaching Hospital of Kigali (CHUK)',
    'Kibuye Hospital',
    'Kibungo Hospital',
  ]);
  const district = (text: string) => brief(readDistrict(text, scope('rw')));
  const hospital = (text: string) => brief(readHospital(text, scope('fr'), hospitals));
  expect(district('Rulindo')).toBe('Rulindo');
  expect(district('mu karere ka Rurindo')).toBe('Rulindo');
  expect(district('Nyagatar')).toEqual({ likely: 'Nyagatare' });
  expect(district('Huye cyangwa Nyanza')).toEqual({ oneOf: ['Huye', 'Nyanza'] });
  expect(district('Bruxelles')).toEqual({ why: 'not_a_district' });
  expect(hospital('hôpital de Kabgayi')).toBe('Kabgayi Hospital');
  expect(hospital('CHUK')).toBe('University Teaching Hospital of Kigali (CHUK)');
  expect(hospital('hospital')).toEqual({ why: 'not_a_hospital' });
});
