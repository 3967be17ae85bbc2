import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { createWords } from '../../src/locale.ts';
import { checkAll, sayFinding } from '../../src/tools/check.ts';
import { readCsv, writeCsv } from '../../src/tools/csv.ts';
import { countTexts, run } from '../../src/tools/locales.ts';
import { project } from '../../src/tools/project.ts';
import { readXliff } from '../../src/tools/xliff.ts';

/** A translation goes out to a native reviewer and comes back; what changes after that is found. */

const own = fileURLToPath(new URL('../../locales', import.meta.url));

function workshop() {
  const root = mkdtempSync(join(tmpdir(), 'intumwa-review-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, 'flows'));
  cpSync(own, join(root, 'locales'), { recursive: true });
  const lines: string[] = [];
  const errors: string[] = [];
  return {
    root,
    lines,
    errors,
    file: (name: string) => join(root, name),
    words: () => createWords(join(root, 'locales')),
    locales: (...args: string[]) =>
      run(args, {
        root,
        say: { line: (text) => void lines.push(text), error: (text) => void errors.push(text) },
      }),
    check() {
      const { flows, released, queries } = project();
      return checkAll({ flows, released, queries, words: createWords(join(root, 'locales')) }).map(
        sayFinding,
      );
    },
    /** Writes another text into a file, as somebody with an editor would. */
    edit(lang: string, file: string, from: string, to: string) {
      const path = join(root, 'locales', lang, `${file}.json`);
      const text = readFileSync(path, 'utf8');
      expect(text, `${from} in ${lang}/${file}`).toContain(from);
      writeFileSync(path, text.replace(from, to));
    },
  };
}

/** The exported sheet with some cells filled in, as a reviewer sends it back. */
function filledIn(
  csv: string,
  fill: (row: Record<string, string>) => Record<string, string>,
  separator = ',',
): string {
  const [head = [], ...rows] = readCsv(csv);
  const filled = rows.map((row) => {
    const named = Object.fromEntries(head.map((name, i) => [name, row[i] ?? '']));
    const after = { ...named, ...fill(named) };
    return head.map((name) => after[name] ?? '');
  });
  return writeCsv([head, ...filled]).replaceAll('","', `"${separator}"`);
}

const key = 'registration.city.label';

test('a sheet goes out, comes back from a French spreadsheet, and is recorded with date and hashes', async () => {
  const { locales, file, words, lines, check } = workshop();
  expect(await locales('export', 'rw', '--out', file('rw.csv'))).toBe(0);
  const before = countTexts(words(), 'rw');
  expect(before).toMatchObject({ reviewed: 0, stale: 0, missing: 0, tooLong: 0 });
  const sheet = filledIn(
    readFileSync(file('rw.csv'), 'utf8'),
    (row) => (row['key'] === key ? { ok: 'oui' } : {}),
    ';',
  );
  writeFileSync(file('back.csv'), sheet);
  expect(await locales('import', 'rw', file('back.csv'), '--by', 'R. Uwera', '--on', '2027-01-31')).toBe(0);
  expect(lines.at(-1)).toBe('1 reviewed, 0 of them changed, 0 refused');
  expect(words().reviewOf('rw', key)).toEqual({
    by: 'R. Uwera',
    on: '2027-01-31',
    source: expect.stringMatching(/^[0-9a-f]{16}$/),
    text: expect.stringMatching(/^[0-9a-f]{16}$/),
  });
  expect(words().stateOf('rw', key)).toBe('attested');
  expect(countTexts(words(), 'rw')).toMatchObject({ reviewed: 1, unreviewed: before.unreviewed - 1 });
  expect(check()).toEqual([]);
});

test('a changed source makes its reviewed translation stale, and the check fails; unreviewed ones are only counted', async () => {
  const { locales, file, words, edit, check, lines } = workshop();
  await locales('export', 'rw', '--out', file('rw.csv'));
  writeFileSync(
    file('back.csv'),
    filledIn(readFileSync(file('rw.csv'), 'utf8'), (row) => (row['key'] === key ? { ok: 'yes' } : {})),
  );
  await locales('import', 'rw', file('back.csv'), '--by', 'R. Uwera', '--on', '2027-01-31');

  const french = words().raw('fr', key) ?? '';
  edit('fr', 'registration', `"label": "${french}"`, `"label": "${french} +"`);
  expect(check()).toEqual([
    `locales/rw/registration.json ${key} (rw): the source changed since the review of 2027-01-31`,
  ]);
  expect(await locales('status')).toBe(1);
  expect(lines.find((line) => line.startsWith('rw'))).toMatch(/^rw\s+\d+\s+0\s+\d+\s+\d+\s+1\s+0\s+0/);

  // Read again, it counts again.
  await locales('export', 'rw', '--only', 'stale', '--out', file('stale.csv'));
  expect(readCsv(readFileSync(file('stale.csv'), 'utf8'))).toHaveLength(2);
  writeFileSync(
    file('again.csv'),
    filledIn(readFileSync(file('stale.csv'), 'utf8'), () => ({ ok: 'yes' })),
  );
  expect(await locales('import', 'rw', file('again.csv'), '--by', 'R. Uwera', '--on', '2027-02-02')).toBe(0);
  expect(check()).toEqual([]);
});

test('a translation changed after its review is stale as well', async () => {
  const { locales, file, words, edit, check } = workshop();
  await locales('export', 'rw', '--out', file('rw.csv'));
  writeFileSync(
    file('back.csv'),
    filledIn(readFileSync(file('rw.csv'), 'utf8'), (row) => (row['key'] === key ? { ok: 'yes' } : {})),
  );
  await locales('import', 'rw', file('back.csv'), '--by', 'R. Uwera', '--on', '2027-01-31');
  const text = words().raw('rw', key) ?? '';
  edit('rw', 'registration', `"label": "${text}"`, `"label": "${text}!"`);
  expect(check()).toEqual([
    `locales/rw/registration.json ${key} (rw): the text changed since the review of 2027-01-31`,
  ]);
});

test('better words are taken over; what nobody could have read, or must not be said, is refused', async () => {
  const { locales, file, words, edit, errors, lines } = workshop();
  await locales('export', 'rw', '--only', 'reviewed,unreviewed,fallback', '--out', file('rw.csv'));
  const fallback =
    words()
      .keys('rw')
      .find((one) => words().raw('rw', one) === 'fallback:fr') ?? '';
  const answers: Record<string, Record<string, string>> = {
    [key]: { 'new text': 'Umujyi wanyu' },
    'registration.name.label': { 'new text': 'Amazina yanyu yose uko yakabaye' },
    'registration.summary.text': { 'new text': 'Nta ncamake' },
    'registration.years.label': { ok: 'x' },
    [fallback]: { ok: 'x' },
  };
  writeFileSync(
    file('back.csv'),
    filledIn(readFileSync(file('rw.csv'), 'utf8'), (row) => answers[row['key'] ?? ''] ?? {}),
  );
  const french = words().raw('fr', 'registration.years.label') ?? '';
  edit('fr', 'registration', `"label": "${french}"`, `"label": "${french} *"`);
  const untouched = readFileSync(file('locales/rw/registration.json'), 'utf8');

  expect(await locales('import', 'rw', file('back.csv'), '--by', 'R. Uwera', '--dry-run')).toBe(1);
  expect(readFileSync(file('locales/rw/registration.json'), 'utf8')).toBe(untouched);
  expect(await locales('import', 'rw', file('back.csv'), '--by', 'R. Uwera')).toBe(1);
  expect(lines.at(-1)).toBe('1 reviewed, 1 of them changed, 4 refused');
  expect(errors.slice(4)).toEqual(
    expect.arrayContaining([
      'registration.name.label: it is 31 characters long, at most 20',
      'registration.summary.text: its values differ: summary',
      'registration.years.label: its source has changed since the export',
      `${fallback}: there is nothing to review: it is said in another language`,
    ]),
  );
  expect(words().raw('rw', key)).toBe('Umujyi wanyu');
  // Nothing else in the file moved.
  const after = readFileSync(file('locales/rw/registration.json'), 'utf8').split('\n');
  expect(after.filter((line, i) => line !== untouched.split('\n')[i])).toHaveLength(1);
});

test('XLIFF comes back the same way, and only approved units count', async () => {
  const { locales, file, words, errors, lines } = workshop();
  await locales('export', 'rw', '--format', 'xliff', '--out', file('rw.xlf'));
  const xml = readFileSync(file('rw.xlf'), 'utf8');
  const units = readXliff(xml);
  expect(units.length).toBeGreaterThan(500);
  const now = words();
  for (const { key: id, source, target } of units) {
    expect(source, id).toBe(now.raw('fr', id));
    expect(target, id).toBe(now.raw('rw', id));
  }
  const unit = (id: string) => new RegExp(`<trans-unit id="${id.replaceAll('.', '\\.')}" approved="no"`);
  const approved = xml.replace(unit(key), `<trans-unit id="${key}" approved="yes"`);
  const name = words().raw('rw', 'registration.name.label') ?? '';
  writeFileSync(file('back.xlf'), approved.replace(`>${name}</target>`, `>${name} &amp; co</target>`));
  expect(await locales('import', 'rw', file('back.xlf'), '--by', 'R. Uwera', '--on', '2027-01-31')).toBe(1);
  expect(lines.at(-1)).toBe('1 reviewed, 0 of them changed, 1 refused');
  expect(errors[0]).toMatch(/: it was changed, but not approved$/);
  expect(words().reviewOf('rw', key)?.on).toBe('2027-01-31');
});

test('a file that was cut off is refused whole, wherever the cut is', async () => {
  const { locales, file, errors, words } = workshop();
  await locales('export', 'rw', '--out', file('rw.csv'));
  await locales('export', 'rw', '--format', 'xliff', '--out', file('rw.xlf'));
  const csv = filledIn(readFileSync(file('rw.csv'), 'utf8'), () => ({ ok: 'yes' }));
  const xml = readFileSync(file('rw.xlf'), 'utf8').replaceAll('approved="no"', 'approved="yes"');
  const cuts = [
    [
      'in a cell.csv',
      csv.slice(0, csv.indexOf('"yes"', 9_000) + 3),
      'the file ends inside a cell: it was cut off',
    ],
    ['in a row.csv', csv.slice(0, csv.indexOf('"yes"', 9_000) + 5), 'has 7 of 10 cells: it was cut off'],
    [
      'in a tag.xlf',
      xml.slice(0, xml.indexOf('</target>', 9_000) + 5),
      'the file does not end in </xliff>: it was cut off',
    ],
  ] as const;
  for (const [name, content, why] of cuts) {
    writeFileSync(file(name), content);
    expect(await locales('import', 'rw', file(name), '--by', 'R. Uwera')).toBe(1);
    expect(errors.at(-1)).toContain(why);
  }
  expect(countTexts(words(), 'rw').reviewed).toBe(0);
});

test('what a reviewer did otherwise than asked is refused and named, not lost', async () => {
  const { locales, file, errors, lines, words } = workshop();
  await locales('export', 'rw', '--out', file('rw.csv'));
  const answers: Record<string, Record<string, string>> = {
    [key]: { text: 'Umujyi wanyu' },
    'registration.name.label': { ok: 'no', 'new text': 'Amazina' },
    'registration.years.label': { ok: 'yes', mark: '' },
  };
  const sheet = filledIn(readFileSync(file('rw.csv'), 'utf8'), (row) => answers[row['key'] ?? ''] ?? {});
  const [head = [], ...rows] = readCsv(sheet);
  const twice = rows.find(([id]) => id === 'registration.summary.text') ?? [];
  const said = (words: string) => twice.map((cell, at) => (head[at] === 'new text' ? words : cell));
  writeFileSync(file('back.csv'), writeCsv([head, ...rows, said('{{summary}} A'), said('{{summary}} B')]));
  expect(await locales('import', 'rw', file('back.csv'), '--by', 'R. Uwera')).toBe(1);
  expect(lines.at(-1)).toBe('0 reviewed, 0 of them changed, 5 refused');
  expect(errors).toEqual(
    expect.arrayContaining([
      `${key}: the column "text" was changed: better words go under "new text"`,
      'registration.name.label: it was changed, but not approved',
      'registration.years.label: its mark is gone, which says what was read',
      'registration.summary.text: it stands in the file more than once',
    ]),
  );
  expect(words().raw('rw', key)).not.toBe('Umujyi wanyu');
});

test('a spreadsheet runs nothing, and every cell comes back as it was', () => {
  const cells = ['=1+1', '+250', '-x', '@SUM(A1)', '\tx', "'=x", "'quoted'", 'a "b", c;\nd', '', 'é ’ ish'];
  const csv = writeCsv([['head', 'x'], ...cells.map((cell) => [cell, 'y'])]);
  for (const line of csv.replace(/^\ufeff/, '').split('\r\n')) expect(line).not.toMatch(/^"?[=+\-@\t]/);
  expect(readCsv(csv).slice(1)).toEqual(cells.map((cell) => [cell, 'y']));
  expect(readCsv('a;b\n1,5;"x;y"\n')).toEqual([
    ['a', 'b'],
    ['1,5', 'x;y'],
  ]);
});

test('wrong arguments and wrong files say so in one line', async () => {
  const { locales, file, errors } = workshop();
  expect(await locales('translate')).toBe(1);
  errors.length = 0;
  expect(await locales('export', 'de')).toBe(1);
  writeFileSync(file('other.csv'), 'name,phone\r\nX,1\r\n');
  expect(await locales('import', 'rw', file('other.csv'))).toBe(1);
  expect(await locales('import', 'rw', file('other.csv'), '--by', 'R', '--on', '2027-02-30')).toBe(1);
  expect(await locales('import', 'rw', file('other.csv'), '--by', 'R')).toBe(1);
  writeFileSync(file('evil.xlf'), '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><xliff></xliff>');
  expect(await locales('import', 'rw', file('evil.xlf'), '--by', 'R')).toBe(1);
  expect(errors).toEqual([
    'which language? rw, fr, en',
    '--by "NAME" says who has read the texts',
    '--on is a day, YYYY-MM-DD',
    'the first line has no column "key"',
    'an XLIFF file with a document type is not read',
  ]);
});
