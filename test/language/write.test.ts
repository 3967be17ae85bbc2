import { expect, test } from 'vitest';
import { languages } from '../../src/engine/message.ts';
import { countries } from '../../src/language/countries.ts';
import { groupLabels, professions } from '../../src/language/professions.ts';
import {
  languageName,
  plural,
  professionLabel,
  professionName,
  writeCountry,
  writeList,
  writeNumber,
} from '../../src/language/write.ts';
import { writeDate, writeDateRange, writeInstant, writeMonth } from '../../src/language/write-date.ts';
import { writeTime } from '../../src/language/write-time.ts';

const inThree = (write: (lang: 'rw' | 'fr' | 'en') => string) => languages.map(write);

test('a day is written with its month in words, and the French first as 1er', () => {
  expect(inThree((lang) => writeDate(lang, '2026-11-23'))).toEqual([
    '23 Ugushyingo 2026',
    '23 novembre 2026',
    '23 November 2026',
  ]);
  expect(inThree((lang) => writeDate(lang, '2027-03-01', { weekday: true }))).toEqual([
    'ku wa Mbere, 1 Werurwe 2027',
    'lundi 1er mars 2027',
    'Monday 1 March 2027',
  ]);
  expect(writeDate('rw', '2026-11-22', { weekday: true })).toBe('ku Cyumweru, 22 Ugushyingo 2026');
});

test('a month and a range say the year', () => {
  expect(inThree((lang) => writeMonth(lang, '2027-09'))).toEqual([
    'Nzeri 2027',
    'septembre 2027',
    'September 2027',
  ]);
  expect(inThree((lang) => writeDateRange(lang, '2027-05-03', '2027-05-20'))).toEqual([
    'kuva ku wa 3 kugeza ku wa 20 Gicurasi 2027',
    'du 3 au 20 mai 2027',
    'from 3 to 20 May 2027',
  ]);
  expect(inThree((lang) => writeDateRange(lang, '2027-12-20', '2028-01-01'))).toEqual([
    'kuva ku wa 20 Ukuboza 2027 kugeza ku wa 1 Mutarama 2028',
    'du 20 décembre 2027 au 1er janvier 2028',
    'from 20 December 2027 to 1 January 2028',
  ]);
});

test('a time is the written clock with the place whose clock it is', () => {
  expect(inThree((lang) => writeTime(lang, '14:00'))).toEqual(['14:00', '14\u00a0h\u00a000', '14:00']);
  expect(inThree((lang) => writeInstant(lang, '2026-11-23T12:00:00Z'))).toEqual([
    'ku wa Mbere, 23 Ugushyingo 2026, 14:00 (isaha y’i Kigali)',
    'lundi 23 novembre 2026 à 14\u00a0h\u00a000 (heure de Kigali)',
    'Monday 23 November 2026 at 14:00 (Kigali time)',
  ]);
  expect(writeInstant('fr', '2027-07-01T22:30:00Z', 'Europe/Amsterdam')).toBe(
    'vendredi 2 juillet 2027 à 0\u00a0h\u00a030 (heure d’Amsterdam)',
  );
  expect(writeInstant('rw', '2026-11-23T12:00:00Z', 'Europe/Brussels')).toContain(
    '13:00 (isaha y’i Bruxelles)',
  );
  expect(writeInstant('en', '2027-01-01T12:00:00Z', 'America/New_York')).toContain('07:00 (New York time)');
});

test('figures are grouped from ten thousand, so that a year stays a year', () => {
  expect(inThree((lang) => writeNumber(lang, 2027))).toEqual(['2027', '2027', '2027']);
  expect(inThree((lang) => writeNumber(lang, 1_234_567))).toEqual([
    '1\u00a0234\u00a0567',
    '1\u00a0234\u00a0567',
    '1,234,567',
  ]);
  expect(inThree((lang) => writeNumber(lang, -12_500.5))).toEqual([
    '-12\u00a0500,5',
    '-12\u00a0500,5',
    '-12,500.5',
  ]);
  expect(writeNumber('en', -0.001)).toBe('0');
});

test('a list joins its last name, and in Kinyarwanda only a name', () => {
  expect(inThree((lang) => writeList(lang, ['Alice', 'Bob', 'Chantal']))).toEqual([
    'Alice, Bob na Chantal',
    'Alice, Bob et Chantal',
    'Alice, Bob and Chantal',
  ]);
  expect(writeList('rw', ['umuforomo', 'umubyaza'])).toBe('umuforomo, umubyaza');
  expect(writeList('fr', ['A'])).toBe('A');
  expect(writeList('fr', [])).toBe('');
});

test('a country is written whole, never as a preposition and a name', () => {
  expect(inThree((lang) => writeCountry(lang, 'BE', { in: true }))).toEqual([
    'mu Bubiligi',
    'en Belgique',
    'in Belgium',
  ]);
  expect(inThree((lang) => writeCountry(lang, 'UG', { in: true }))).toEqual([
    'muri Uganda',
    'en Ouganda',
    'in Uganda',
  ]);
  expect(inThree((lang) => writeCountry(lang, 'NL', { in: true }))).toEqual([
    'mu Buholandi',
    'aux Pays-Bas',
    'in the Netherlands',
  ]);
  expect(inThree((lang) => writeCountry(lang, 'NL'))).toEqual(['U Buholandi', 'Pays-Bas', 'Netherlands']);
  expect(writeCountry('rw', 'SN')).toBe('Sénégal');
  expect(writeCountry('en', 'ZZ')).toBe('ZZ');
});

test('plurals are our own: zero has its own sentence, French counts under two as one', () => {
  expect([0, 1, 1.5, 2, 11].map((count) => plural('rw', count))).toEqual([
    'zero',
    'one',
    'other',
    'other',
    'other',
  ]);
  expect([0, 1, 1.5, 2].map((count) => plural('fr', count))).toEqual(['zero', 'one', 'one', 'other']);
  expect([0, 1, 21].map((count) => plural('en', count))).toEqual(['zero', 'one', 'other']);
});

test('languages are named for the switch and for a sentence', () => {
  expect(inThree((lang) => languageName(lang))).toEqual(['Ikinyarwanda', 'Français', 'English']);
  expect(languageName('en', 'fr')).toBe('anglais');
  expect(languageName('fr', 'rw')).toBe('Igifaransa');
});

test('every profession has a short label, distinct in its language, and no placeholder is ever shown', () => {
  expect(professionName('rw', 'RN_GEN')).toBe('Umuforomo');
  expect(professionName('rw', 'MD_NEPHRO')).toBe('Néphrologue');
  expect(professionLabel('fr', 'RN_ICU')).toBe('Inf. soins intensifs');
  expect(professionName('fr', 'NOPE')).toBe('NOPE');
  for (const lang of languages) {
    const labels = professions.map(({ label }) => label[lang]);
    expect.soft(labels.filter((label) => label.length > 20 || label.length < 2)).toEqual([]);
    expect.soft(new Set(labels).size).toBe(labels.length);
    const shown = [
      ...labels,
      ...professions.map(({ name }) => name[lang]),
      ...Object.values(groupLabels).map((words) => words[lang]),
    ];
    expect.soft(shown.filter((text) => text.includes('fallback'))).toEqual([]);
    expect.soft(Object.values(groupLabels).filter((words) => words[lang].length > 20)).toEqual([]);
  }
});

test('every country is written in three languages', () => {
  for (const [code, country] of countries) {
    for (const lang of languages) {
      expect.soft(`${country[lang]}|${country.in[lang]}`, code).not.toMatch(/fallback|undefined|^\||\|$/);
    }
  }
});

test('the platform formats in the locale that was asked', () => {
  const { locale } = new Intl.DateTimeFormat('en-GB', { timeZone: 'Africa/Kigali' }).resolvedOptions();
  expect(locale).toBe('en-GB');
  // Why Kinyarwanda has tables of its own: the platform falls back to another language without a word.
  expect(Intl.PluralRules.supportedLocalesOf('rw')).toEqual([]);
});
