import { expect, test } from 'vitest';
import { readDateRange } from '../../src/language/read-date-range.ts';
import { readMonth } from '../../src/language/read-month.ts';
import { expectRows } from './expect-reading.ts';

const may = { from: '2027-05-03', to: '2027-05-20' };

test('a range is read with what the first day leaves out taken from the second', () => {
  expectRows(
    [
      ['fr', 'du 3 au 20 mai 2027', may],
      ['fr', 'entre le 3 et le 20 mai 2027', may],
      ['fr', 'du 3 mai 2027 jusqu’au 20 mai 2027', may],
      ['en', 'from 3 to 20 May 2027', may],
      ['en', '3-20 May 2027', may],
      ['en', '3 – 20 May 2027', may],
      ['en', 'May 3 to May 20 2027', may],
      ['en', 'between 3 and 20 May 2027', may],
      ['rw', 'kuva ku wa 3 kugeza ku wa 20 Gicurasi 2027', may],
      ['rw', 'guhera ku wa 3 Gicurasi kugeza ku wa 20 Gicurasi 2027', may],
      ['rw', 'hagati ya 3 na 20 Gicurasi 2027', may],
      ['fr', '03/05/2027 - 20/05/2027', may],
      ['fr', '03-05-2027-20-05-2027', may],
      ['fr', '3/5/2027 au 20/5/2027', may],
      ['fr', '3/5/2027 20/5/2027', may],
      ['rw', 'Kuva: 3/5/2027 / Kugeza: 20/5/2027', may],
      ['fr', 'du 1er au 20 mai 2027', { from: '2027-05-01', to: '2027-05-20' }],
      ['fr', 'du 20 décembre au 10 janvier 2028', { from: '2027-12-20', to: '2028-01-10' }],
      ['fr', 'du 20 décembre 2027 au 10 janvier', { from: '2027-12-20', to: '2028-01-10' }],
      ['en', '3 to 20 May', { likely: may }],
      ['en', '20 December to 10 January', { likely: { from: '2026-12-20', to: '2027-01-10' } }],
      ['en', 'tomorrow until 5 December 2026', { from: '2026-11-24', to: '2026-12-05' }],
      ['en', 'May 2027', { likely: { from: '2027-05-01', to: '2027-05-31' } }],
      ['fr', 'de mai à juillet 2027', { likely: { from: '2027-05-01', to: '2027-07-31' } }],
      ['rw', 'kuva mu kwa 5 kugeza mu kwa 7 2027', { likely: { from: '2027-05-01', to: '2027-07-31' } }],
    ],
    readDateRange,
  );
});

test('a range that is none says what is wrong', () => {
  expectRows(
    [
      ['fr', 'le 3 mai 2027', { why: 'needs_end' }],
      ['fr', 'demain', { why: 'needs_end' }],
      ['fr', 'du 20/05/2027 au 03/05/2027', { why: 'ends_before_start' }],
      ['fr', 'du 30 au 31 février 2027', { why: 'not_a_date' }],
      ['en', '3-5', { why: 'needs_end' }],
      ['en', 'whenever you like', { why: 'not_a_range' }],
    ],
    readDateRange,
  );
});

test('a month is read by figures and by name', () => {
  expectRows(
    [
      ['fr', '09/2027', '2027-09'],
      ['fr', '9-2027', '2027-09'],
      ['fr', '2027-09', '2027-09'],
      ['fr', '09/27', { likely: '2027-09' }],
      ['fr', 'septembre 2027', '2027-09'],
      ['en', 'Sept 2027', '2027-09'],
      ['en', 'may', { likely: '2027-05' }],
      ['en', 'november', { likely: '2026-11' }],
      ['rw', 'Nzeri 2027', '2027-09'],
      ['rw', 'mu kwa 9 2027', '2027-09'],
      ['rw', 'ukwa kabiri', { likely: '2027-02' }],
      ['rw', 'ukwezi gutaha', { likely: '2026-12' }],
      ['fr', '05/09/2027', { likely: '2027-09' }],
      ['fr', '13/2027', { why: 'not_a_month' }],
      ['fr', '9', { why: 'not_a_month' }],
      ['rw', 'ku wa kabiri', { why: 'not_a_month' }],
    ],
    readMonth,
  );
  expect.hasAssertions();
});
