import { describe, expect, test } from 'vitest';
import { readChoice, readChoices } from '../../src/language/read-choice.ts';
import { readCountry } from '../../src/language/read-country.ts';
import { readEmail } from '../../src/language/read-email.ts';
import { readLanguage } from '../../src/language/read-language.ts';
import { readLevels } from '../../src/language/read-levels.ts';
import { readName } from '../../src/language/read-name.ts';
import { readWholeNumber } from '../../src/language/read-number.ts';
import { readPhone } from '../../src/language/read-phone.ts';
import { readProfession } from '../../src/language/read-profession.ts';
import { readTwoNumbers } from '../../src/language/read-two-numbers.ts';
import { readYesNo } from '../../src/language/read-yes-no.ts';
import { brief, expectRows, scope } from './expect-reading.ts';

describe('yes and no', () => {
  test('are whole phrases, a negation in a yes included', () => {
    expectRows(
      [
        ['rw', 'Yego', 'yes'],
        ['rw', 'yegooooo!!', 'yes'],
        ['rw', 'nta kibazo', 'yes'],
        ['rw', 'Oya.', 'no'],
        ['rw', 'simbyemera', 'no'],
        ['rw', 'simbizi', 'maybe'],
        ['rw', 'oui', 'yes'],
        ['fr', 'oui', 'yes'],
        ['fr', 'pas de souci', 'yes'],
        ['fr', 'Bien sûr que non', 'no'],
        ['fr', 'd’accord', 'yes'],
        ['fr', 'peut-être', 'maybe'],
        ['fr', 'yego', 'yes'],
        ['en', 'y', 'yes'],
        ['en', 'no problem', 'yes'],
        ['en', 'why not', 'yes'],
        ['en', 'of course not', 'no'],
        ['en', 'not sure', 'maybe'],
      ],
      readYesNo,
    );
  });

  test('said with a sign or a doubtful word are asked back', () => {
    expectRows(
      [
        ['en', '👍', { likely: 'yes' }],
        ['en', '👍🏾👍🏾', { likely: 'yes' }],
        ['fr', '❌', { likely: 'no' }],
        ['fr', 'si', { likely: 'yes' }],
        ['fr', 'c’est bon', { likely: 'yes' }],
        ['fr', 'pourquoi pas', { likely: 'yes' }],
        ['rw', 'sawa', { likely: 'yes' }],
        ['en', 'i think so', { likely: 'maybe' }],
        ['fr', 'oui et non', { why: 'not_yes_or_no' }],
        ['en', 'yeah no', { why: 'not_yes_or_no' }],
      ],
      readYesNo,
    );
  });

  test('are not found in another language for a word of one’s own', () => {
    expectRows(
      [
        ['rw', 'si', { why: 'not_yes_or_no' }],
        ['rw', 'na', { why: 'not_yes_or_no' }],
        ['en', 'none', { why: 'not_yes_or_no' }],
        ['en', 'yes but not in May', { why: 'not_yes_or_no' }],
        ['en', 'What does it cost?', { other: 'question' }],
      ],
      readYesNo,
    );
  });
});

describe('numbers', () => {
  test('are read in digits and in words of three languages', () => {
    expectRows(
      [
        ['en', '12', 12],
        ['en', '５', 5],
        ['en', '5️⃣', 5],
        ['fr', 'cinq', 5],
        ['rw', 'itanu', 5],
        ['rw', 'bane', 4],
        ['rw', 'cumi n’umwe', 11],
        ['rw', 'cumi nine', 14],
        ['rw', 'icumi na kabili', 12],
        ['rw', 'makumyabiri na gatatu', 23],
        ['rw', 'mirongo itatu', 30],
        ['rw', 'mirongo ine na rimwe', 41],
        ['rw', 'cinq', 5],
        ['fr', 'vingt et un', 21],
        ['fr', 'septante-deux', 72],
        ['fr', 'soixante-douze', 72],
        ['fr', 'nonante', 90],
        ['fr', 'quatre-vingt-dix-sept', 97],
        ['fr', 'cent vingt', 120],
        ['en', 'twenty-one', 21],
        ['en', 'twentyone', 21],
        ['en', 'one hundred and eighty', 180],
        ['en', 'none', 0],
        ['rw', 'sept', 7],
      ],
      readWholeNumber,
    );
  });

  test('with a unit, an estimate or a thousands mark are asked back', () => {
    expectRows(
      [
        ['fr', '5 ans', { likely: 5 }],
        ['rw', 'imyaka itanu', { likely: 5 }],
        ['en', 'about 30 days', { likely: 30 }],
        ['rw', '1.500', { likely: 1500 }],
        ['en', '1,500', { likely: 1500 }],
      ],
      readWholeNumber,
    );
  });

  test('that are none say so', () => {
    expectRows(
      [
        ['fr', '2,5', { why: 'not_whole' }],
        ['en', '-3', { why: 'not_a_number' }],
        ['rw', 'none', { why: 'not_a_number' }],
        ['en', 'a few', { why: 'not_a_number' }],
        ['fr', 'vingt trente', { why: 'not_a_number' }],
        ['en', '', { why: 'not_a_number' }],
      ],
      readWholeNumber,
    );
  });

  test('come in pairs', () => {
    expectRows(
      [
        ['en', '30 60', [30, 60]],
        ['fr', 'de 30 à 60 jours', [30, 60]],
        ['rw', 'kuva 30 kugeza 60', [30, 60]],
        ['fr', 'min 30 max 60', [30, 60]],
        ['en', '30-60', [30, 60]],
        ['fr', '60/30', [60, 30]],
        ['fr', '30', { why: 'not_two_numbers' }],
        ['fr', '30 60 90', { why: 'not_two_numbers' }],
      ],
      readTwoNumbers,
    );
  });
});

test('a telephone number becomes E.164 by the country of residence, or Rwanda', () => {
  const read = (text: string, country?: string) => brief(readPhone(text, scope('fr', country)));
  expect(read('+32 470 12 34 56')).toBe('+32470123456');
  expect(read('0032 470 12 34 56')).toBe('+32470123456');
  expect(read('0470/12.34.56', 'BE')).toBe('+32470123456');
  expect(read('06 12 34 56 78', 'FR')).toBe('+33612345678');
  expect(read('0788 123 456', 'BE')).toEqual({ likely: '+250788123456' });
  expect(read('0788123456', 'RW')).toBe('+250788123456');
  expect(read('32470123456', 'BE')).toBe('+32470123456');
  expect(read('32470123456')).toEqual({ likely: '+32470123456' });
  expect(read('12345')).toEqual({ why: 'not_a_phone' });
  expect(read('+32 470 12')).toEqual({ why: 'not_a_phone' });
  expect(read('plus tard')).toEqual({ why: 'not_a_phone' });
  expect(read('0470123456', 'XX')).toEqual({ why: 'not_a_phone' });
});

test('an e-mail address is kept as typed but for its domain', () => {
  expectRows(
    [
      ['fr', ' Alice.Uwase@Example.ORG ', 'alice.uwase@example.org'],
      ['fr', '<alice@example.org>.', 'alice@example.org'],
      ['en', 'alice@gmial.com', { oneOf: ['alice@gmail.com'] }],
      ['en', 'alice@example.con', { oneOf: ['alice@example.com'] }],
      ['en', 'alice@example', { why: 'not_an_email' }],
      ['en', 'alice at example.org', { likely: 'alice@example.org' }],
      ['en', 'a..b@example.org', { oneOf: ['a.b@example.org'] }],
    ],
    readEmail,
  );
});

test('a country is known by its names, its "in" forms, its flag and one slip', () => {
  expectRows(
    [
      ['fr', 'Belgique', 'BE'],
      ['rw', 'Ububiligi', 'BE'],
      ['rw', 'u Bubiligi', 'BE'],
      ['rw', 'mu Bubiligi', 'BE'],
      ['rw', 'muri Canada', 'CA'],
      ['en', 'in the Netherlands', 'NL'],
      ['en', 'Holland', 'NL'],
      ['fr', 'aux Pays-Bas', 'NL'],
      ['en', 'UK', 'GB'],
      ['en', 'U.K.', 'GB'],
      ['en', 'England', 'GB'],
      ['fr', 'Angleterre', 'GB'],
      ['rw', 'ubwongereza', 'GB'],
      ['fr', 'allemagne', 'DE'],
      ['fr', 'en RDC', 'CD'],
      ['en', '🇧🇪', 'BE'],
      ['fr', 'Sénégal', 'SN'],
      ['en', 'be', { likely: 'BE' }],
      ['fr', 'Beligque', { likely: 'BE' }],
      ['en', 'Germny', { likely: 'DE' }],
      ['rw', 'Ububirigi', 'BE'],
      ['en', 'Congo', { oneOf: ['CD', 'CG'] }],
      ['en', 'Atlantis', { why: 'not_a_country' }],
      ['en', 'NO', { why: 'not_a_country' }],
    ],
    readCountry,
  );
});

test('a language is known by its name in any language', () => {
  expectRows(
    [
      ['en', 'français', 'fr'],
      ['en', 'igifaransa', 'fr'],
      ['fr', 'kinya', 'rw'],
      ['rw', 'mu cyongereza', 'en'],
      ['rw', 'en', 'en'],
      ['fr', 'englsih', { likely: 'en' }],
      ['fr', 'allemand', { why: 'not_a_language' }],
    ],
    readLanguage,
  );
});

test('a profession is found by a name, a slip, or words that few have', () => {
  expectRows(
    [
      ['fr', 'infirmière', 'RN_GEN'],
      ['rw', 'umuforomo', 'RN_GEN'],
      ['rw', 'Umuforomokazi', 'RN_GEN'],
      ['en', 'nurse', 'RN_GEN'],
      ['en', 'I am a nurse', 'RN_GEN'],
      ['rw', 'umubyaza', 'MIDWIFE'],
      ['fr', 'sage-femme', 'MIDWIFE'],
      ['en', 'Clinical psychologist', 'AH_PSYCHO'],
      ['fr', 'psychologue', 'AH_PSYCHO'],
      ['rw', 'inzobere mu by’imitekerereze ya muntu', 'AH_PSYCHO'],
      ['rw', 'umuganga w’indwara zo mu mutwe', 'MD_PSYCH'],
      ['fr', 'kiné', 'AH_PHYSIO'],
      ['fr', 'logopède', 'AH_SLT'],
      ['en', 'ENT', 'MD_ENT'],
      ['fr', 'infirmière en néonatologie', 'RN_NEO'],
      ['fr', 'psycologue', { likely: 'AH_PSYCHO' }],
      ['en', 'anesthesiologist', 'MD_ANAES'],
      ['fr', 'anesthésiste', { oneOf: ['MD_ANAES', 'RN_ANAES', 'AH_ANAES'] }],
      ['rw', 'muganga', { oneOf: ['MD_GP', 'MD_OTHER'] }],
      ['en', 'palliative nurse', 'RN_PALL'],
      ['en', 'theatre', { likely: 'RN_PERIOP' }],
      ['en', 'AH_OT', 'AH_OT'],
      ['en', 'astronaut', { why: 'not_a_profession' }],
    ],
    readProfession,
  );
});

test('a name is kept as typed', () => {
  expectRows(
    [
      ['rw', 'UWIMANA  Jean', 'UWIMANA Jean'],
      ['fr', 'Marie-Claire N’Diaye', 'Marie-Claire N’Diaye'],
      ['fr', 'Zoë Müller', 'Zoë Müller'],
      ['fr', 'Jean 2', { why: 'name_with_digits' }],
      ['fr', 'Jean 😀', 'Jean'],
      ['fr', 'J', { why: 'too_short' }],
      ['fr', '--', { why: 'not_a_name' }],
      ['fr', 'a'.repeat(81), { why: 'too_long' }],
    ],
    readName,
  );
});

test('levels are three digits in a fixed order, or named', () => {
  expectRows(
    [
      ['rw', '332', { rw: 3, fr: 3, en: 2 }],
      ['rw', '3, 0, 2', { rw: 3, fr: 0, en: 2 }],
      ['fr', 'anglais 1, français 3, kinyarwanda 2', { rw: 2, fr: 3, en: 1 }],
      ['fr', 'fr 3 en 2 rw 1', { rw: 1, fr: 3, en: 2 }],
      ['fr', '345', { why: 'not_three_levels' }],
      ['fr', '33', { why: 'not_three_levels' }],
      ['fr', 'fr 3 fr 2 rw 1', { why: 'not_three_levels' }],
    ],
    readLevels,
  );
});

describe('a choice', () => {
  const options = [
    { id: 'agreed', label: 'D’accord' },
    { id: 'asked', label: 'Déjà demandé' },
    { id: 'self', label: 'Indépendant' },
  ];
  const days = ['0', '3', '7', '14'].map((label) => ({ id: `d${label}`, label }));
  const read = (text: string) => brief(readChoice(text, options, scope('fr')));

  test('is made by number or label', () => {
    expect(read('2')).toBe('asked');
    expect(read('2.')).toBe('asked');
    expect(read('3️⃣')).toBe('self');
    expect(read('INDEPENDANT')).toBe('self');
    expect(read('indépendent')).toEqual({ likely: 'self' });
    expect(read('deux')).toEqual({ likely: 'asked' });
    expect(read('4')).toEqual({ why: 'no_such_choice' });
    expect(read('0')).toEqual({ why: 'no_such_choice' });
    expect(read('autre')).toEqual({ why: 'not_a_choice' });
  });

  test('is asked back when a number is one label and another place', () => {
    expect(brief(readChoice('3', days, scope('fr')))).toEqual({ oneOf: ['d3', 'd7'] });
    expect(brief(readChoice('14', days, scope('fr')))).toBe('d14');
  });

  test('of several keeps their order and refuses doubles', () => {
    const several = (text: string) => brief(readChoices(text, options, scope('fr'), { max: 2 }));
    expect(several('2,1')).toEqual(['asked', 'agreed']);
    expect(several('3 1')).toEqual(['self', 'agreed']);
    expect(several('indépendant, déjà demandé')).toEqual(['self', 'asked']);
    expect(several('1,1')).toEqual({ why: 'chosen_twice' });
    expect(several('1,2,3')).toEqual({ why: 'too_many' });
    expect(several('9')).toEqual({ why: 'no_such_choice' });
  });
});
