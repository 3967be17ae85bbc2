import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Lang, languages, type Reading } from '../../src/engine/message.ts';
import { addDays } from '../../src/language/calendar-day.ts';
import { isSos, isStart, isStop, readCommand } from '../../src/language/commands.ts';
import { courtesyIn, readCourtesy } from '../../src/language/courtesy.ts';
import { words } from '../../src/language/lexicon.ts';
import { bare, fold } from '../../src/language/normalise.ts';
import { readCode, readOfferWord } from '../../src/language/offer-word.ts';
import { readChoice, readChoices } from '../../src/language/read-choice.ts';
import { readCountry } from '../../src/language/read-country.ts';
import { readDate } from '../../src/language/read-date.ts';
import { readDateRange } from '../../src/language/read-date-range.ts';
import { readEmail } from '../../src/language/read-email.ts';
import { readLanguage } from '../../src/language/read-language.ts';
import { readLevels } from '../../src/language/read-levels.ts';
import { readMonth } from '../../src/language/read-month.ts';
import { readName } from '../../src/language/read-name.ts';
import { readWholeNumber } from '../../src/language/read-number.ts';
import { readPhone } from '../../src/language/read-phone.ts';
import { readProfession } from '../../src/language/read-profession.ts';
import { readTwoNumbers } from '../../src/language/read-two-numbers.ts';
import { readYesNo } from '../../src/language/read-yes-no.ts';
import type { ReadScope } from '../../src/language/reading.ts';
import { writeDate, writeDateRange, writeMonth } from '../../src/language/write-date.ts';
import { scope, today } from './expect-reading.ts';

const options = [
  { id: 'a', label: 'Alice' },
  { id: 'b', label: 'Boris' },
];

const readers: Readonly<Record<string, (text: string, scope: ReadScope) => Reading<unknown>>> = {
  readYesNo,
  readWholeNumber,
  readTwoNumbers,
  readDate,
  readDateRange,
  readMonth,
  readPhone,
  readEmail,
  readCountry,
  readLanguage,
  readProfession,
  readName,
  readLevels,
  readCommand: (text, { lang }) => readCommand(text, lang),
  readChoice: (text, within) => readChoice(text, options, within),
  readChoices: (text, within) => readChoices(text, options, within, { max: 2 }),
};

const lang = fc.constantFrom<Lang>(...languages);
const day = fc.integer({ min: 0, max: 365 * 60 }).map((count) => addDays('2000-01-01', count));

/** Any characters, and sentences out of the words the readers know: those reach further into them. */
const known = Object.values({ rw: words.rw, fr: words.fr, en: words.en }).flatMap((language) =>
  Object.values(language).flatMap((entry) => (Array.isArray(entry) ? entry : Object.values(entry).flat())),
);
const typed = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(...known),
        fc.integer({ min: 0, max: 2100 }).map(String),
        fc.constantFrom('-', '/', ',', 'na', '?'),
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join(' ')),
);

describe.each(Object.entries(readers))('%s', (_name, read) => {
  test('answers any text with a reading, at most four candidates, the same each time', () => {
    fc.assert(
      fc.property(typed, lang, fc.constantFrom('BE', 'RW', 'XX'), (text, language, country) => {
        const reading = read(text, scope(language, country));
        expect(['value', 'ambiguous', 'unclear', 'other']).toContain(reading.kind);
        if (reading.kind === 'ambiguous') {
          expect(reading.candidates.length).toBeGreaterThan(0);
          expect(reading.candidates.length).toBeLessThanOrEqual(4);
        }
        expect(read(text, scope(language, country))).toEqual(reading);
      }),
      { numRuns: 300 },
    );
  });

  test('is not slowed down by a very long message', () => {
    for (const piece of ['a', '1 ', 'ukwa ', '3-', "n'", '👍', 'mai ', 'a@', '!', ' ']) {
      const started = performance.now();
      read(`a${piece.repeat(4000)}b`, scope('rw', 'BE'));
      expect.soft(performance.now() - started, piece).toBeLessThan(500);
    }
  });
});

test('words that act at any moment are told apart from any text without a throw', () => {
  fc.assert(
    fc.property(typed, lang, (text, language) => {
      expect(typeof isSos(text)).toBe('boolean');
      expect(isStop(text) && isStart(text)).toBe(false);
      readOfferWord(text);
      readCode(text);
      readCourtesy(text, language);
      courtesyIn(text, language);
    }),
  );
});

test('what is written as a date is read back as that date, in any language and by anyone', () => {
  fc.assert(
    fc.property(day, lang, lang, fc.boolean(), (value, writer, reader, weekday) => {
      const written = writeDate(writer, value, { weekday });
      expect(readDate(written, scope(reader)), written).toEqual({
        kind: 'value',
        value,
        confidence: 'certain',
      });
    }),
    { numRuns: 1000 },
  );
});

test('what is written as a range or month is read back', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 0, max: 500 }), lang, (from, length, language) => {
      const to = addDays(from, length);
      const written = writeDateRange(language, from, to);
      expect(readDateRange(written, scope(language)), written).toEqual({
        kind: 'value',
        value: { from, to },
        confidence: 'certain',
      });
      const month = from.slice(0, 7);
      expect(readMonth(writeMonth(language, month), scope(language))).toEqual({
        kind: 'value',
        value: month,
        confidence: 'certain',
      });
    }),
    { numRuns: 600 },
  );
});

test('a date in figures is read day first', () => {
  fc.assert(
    fc.property(day, lang, fc.constantFrom('/', '-', '.'), (value, language, sign) => {
      const [year, month, date] = value.split('-');
      expect(readDate([date, month, year].join(sign), scope(language))).toEqual({
        kind: 'value',
        value,
        confidence: 'certain',
      });
    }),
  );
});

test('a date without a year is never before today and never called certain', () => {
  fc.assert(
    fc.property(day, lang, (value, language) => {
      const reading = readDate(writeDate(language, value).replace(/ \d{4}$/, ''), scope(language));
      expect(reading).toMatchObject({ kind: 'value', confidence: 'likely' });
      if (reading.kind === 'value') expect(reading.value >= today).toBe(true);
    }),
  );
});

test('folding twice is folding once', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      expect(fold(fold(text))).toBe(fold(text));
      expect(bare(bare(text))).toBe(bare(text));
    }),
    { numRuns: 1000 },
  );
});
