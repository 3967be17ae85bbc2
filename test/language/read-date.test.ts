import { describe, test } from 'vitest';
import { readDate } from '../../src/language/read-date.ts';
import { expectRows } from './expect-reading.ts';

describe('a date', () => {
  test('in figures is day first in every language', () => {
    expectRows(
      [
        ['rw', '12/09/2027', '2027-09-12'],
        ['fr', '12-09-27', '2027-09-12'],
        ['en', '5.9.2027', '2027-09-05'],
        ['en', '05/06/2027', '2027-06-05'],
        ['fr', 'le 05/06/2027', '2027-06-05'],
        ['rw', 'ku wa 05/06/2027', '2027-06-05'],
        ['rw', 'tariki 12/09/2027', '2027-09-12'],
        ['rw', 'taliki ya 12/09/2027.', '2027-09-12'],
        ['en', '2027-09-12', '2027-09-12'],
        ['en', '5 9 2027', '2027-09-05'],
        ['fr', '5/9', { likely: '2027-09-05' }],
        ['fr', '24/12', { likely: '2026-12-24' }],
      ],
      readDate,
    );
  });

  test('with the month in words is read in three languages, whoever writes', () => {
    expectRows(
      [
        ['fr', '5 sept 2027', '2027-09-05'],
        ['rw', '5 Nzeri 2027', '2027-09-05'],
        ['fr', '5 Nzeri 2027', '2027-09-05'],
        ['rw', '5 september 2027', '2027-09-05'],
        ['fr', 'le 1er mars 2027', '2027-03-01'],
        ['fr', 'le premier mars 2027', '2027-03-01'],
        ['fr', 'lundi 1er mars 2027', '2027-03-01'],
        ['fr', 'cinq septembre 2027', '2027-09-05'],
        ['fr', 'sept mars 2027', '2027-03-07'],
        ['fr', '12 août 27', '2027-08-12'],
        ['en', 'the 1st of March 2027', '2027-03-01'],
        ['en', 'March 1st, 2027', '2027-03-01'],
        ['en', 'on Monday 1 March 2027', '2027-03-01'],
        ['en', 'twenty-first of May 2027', '2027-05-21'],
        ['en', '5sept2027', '2027-09-05'],
        ['rw', 'ku wa 3 Gicurasi 2027', '2027-05-03'],
        ['rw', 'ku wa Mbere, 23 Ugushyingo 2026', '2026-11-23'],
        ['rw', 'tariki ya mbere Mata 2027', '2027-04-01'],
        ['rw', '14 z’ukwa karindwi 2027', '2027-07-14'],
        ['rw', 'tariki 5 ukwezi kwa 9 2027', '2027-09-05'],
        ['rw', 'tariki ya kabiri ukwa kabiri 2027', '2027-02-02'],
        ['rw', 'cumi na gatanu Mutalama 2027', '2027-01-15'],
        ['rw', '3 ukwa cumi na rimwe 2027', '2027-11-03'],
        ['rw', '5 kwakira 2027', '2027-10-05'],
      ],
      readDate,
    );
  });

  test('without a year is the next such day and is asked back', () => {
    expectRows(
      [
        ['fr', 'le 1er mars', { likely: '2027-03-01' }],
        ['fr', '23 novembre', { likely: '2026-11-23' }],
        ['fr', '22 novembre', { likely: '2027-11-22' }],
        ['en', '29 February', { likely: '2028-02-29' }],
        ['en', '5 may', { likely: '2027-05-05' }],
        ['fr', '5 mar', { likely: '2027-03-05' }],
        ['rw', '3 Gicurasi', { likely: '2027-05-03' }],
      ],
      readDate,
    );
  });

  test('by its day alone needs a word that says it is one', () => {
    expectRows(
      [
        ['fr', 'le 12', { likely: '2026-12-12' }],
        ['en', 'the 30th', { likely: '2026-11-30' }],
        ['rw', 'tariki ya mbere', { likely: '2026-12-01' }],
        ['rw', 'ku itariki 12', { likely: '2026-12-12' }],
        ['en', '12', { why: 'not_a_date' }],
        ['en', 'le 32', { why: 'not_a_date' }],
      ],
      readDate,
    );
  });

  test('by one Kinyarwanda root is a weekday, a month or a day, by the word before it', () => {
    expectRows(
      [
        ['rw', 'ku wa kabiri', { likely: '2026-11-24' }],
        ['rw', 'tariki ya kabiri', { likely: '2026-12-02' }],
        ['rw', 'mu kwa kabiri', { why: 'needs_day' }],
        ['rw', 'ku wa mbere', { likely: '2026-11-30' }],
        ['rw', 'ku wa Gatandatu utaha', { oneOf: ['2026-11-28', '2026-12-05'] }],
        ['fr', 'lundi prochain', { likely: '2026-11-30' }],
        ['en', 'next friday', { oneOf: ['2026-11-27', '2026-12-04'] }],
        ['en', 'friday', { likely: '2026-11-27' }],
      ],
      readDate,
    );
  });

  test('said from today is counted; ejo is both ways', () => {
    expectRows(
      [
        ['rw', 'uyu munsi', '2026-11-23'],
        ['fr', "aujourd'hui", '2026-11-23'],
        ['fr', 'Aujourd’hui', '2026-11-23'],
        ['fr', 'demain', '2026-11-24'],
        ['fr', 'après-demain', '2026-11-25'],
        ['en', 'tomorrow', '2026-11-24'],
        ['en', 'yesterday', '2026-11-22'],
        ['rw', 'ejo', { oneOf: ['2026-11-24', '2026-11-22'] }],
        ['fr', 'ejo', { oneOf: ['2026-11-24', '2026-11-22'] }],
        ['rw', 'ejobundi', { oneOf: ['2026-11-25', '2026-11-21'] }],
        ['rw', 'ejo hashize', '2026-11-22'],
        ['rw', 'none', { likely: '2026-11-23' }],
        ['en', 'none', { why: 'not_a_date' }],
      ],
      readDate,
    );
  });

  test('that cannot be, or that only makes sense month first, is not guessed', () => {
    expectRows(
      [
        ['en', '12/31/2027', { oneOf: ['2027-12-31'] }],
        ['en', '31/02/2027', { why: 'not_a_date' }],
        ['en', '31 april 2027', { why: 'not_a_date' }],
        ['en', '29 February 2027', { why: 'not_a_date' }],
        ['en', '45/45/2027', { why: 'not_a_date' }],
        ['en', '1/1/1820', { why: 'not_a_date' }],
        ['fr', 'mars 2027', { why: 'needs_day' }],
        ['fr', 'bientôt', { why: 'not_a_date' }],
        ['fr', 'est-ce que je peux venir en mars ?', { other: 'question' }],
      ],
      readDate,
    );
  });

  test('in the past is read as it is', () => {
    expectRows(
      [
        ['fr', '01/02/2020', '2020-02-01'],
        ['en', '1 January 2026', '2026-01-01'],
      ],
      readDate,
    );
  });

  test('with a slip or a weekday that does not fit is asked back', () => {
    expectRows(
      [
        ['fr', '5 septmebre 2027', { likely: '2027-09-05' }],
        ['rw', '5 gicurasti 2027', { likely: '2027-05-05' }],
        ['fr', 'mardi 1er mars 2027', { oneOf: ['2027-03-01', '2027-03-02'] }],
      ],
      readDate,
    );
  });
});
