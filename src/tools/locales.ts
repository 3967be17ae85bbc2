import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { room } from '../engine/check.ts';
import { type Lang, languages } from '../engine/message.ts';
import { createWords, sourceOf, type Words } from '../locale.ts';
import { filesOf } from './project.ts';
import { allKeys, type Translated, translatedOf } from './review.ts';
import { exportCsv, exportXliff, judge, readSheet } from './review-sheet.ts';
import { writeReviewed } from './write-locales.ts';

/** `intumwa locales`: how far each translation is, out to a reviewer and back. Answers an exit code. */
export async function run(
  args: string[],
  { root, say = print }: { root?: string; say?: Say } = {},
): Promise<number> {
  const [what = '', ...rest] = args;
  const command = commands[what];
  if (!command) {
    for (const line of usage) say.error(line);
    return 1;
  }
  try {
    return command(rest, filesOf(root).locales, say);
  } catch (error) {
    say.error(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

export type Say = { line(text: string): void; error(text: string): void };

export const print: Say = {
  line: (text) => void process.stdout.write(`${text}\n`),
  error: (text) => void process.stderr.write(`${text}\n`),
};

const usage = [
  'locales status [--json]',
  'locales export rw|fr|en [--format csv|xliff] [--only unreviewed,stale,fallback,reviewed] [--out FILE]',
  'locales import rw|fr|en FILE --by "NAME" [--on YYYY-MM-DD] [--dry-run]',
];

type Command = (args: string[], folder: string, say: Say) => number;
const commands: { readonly [what: string]: Command } = { status, export: sendOut, import: takeBack };

const states: readonly Translated[] = ['reviewed', 'unreviewed', 'fallback', 'stale', 'missing'];

export type Count = Readonly<Record<Translated | 'present' | 'tooLong', number>>;

/** How many texts of a language are in each state; `present` are all that are not missing. */
export function countTexts(words: Words, lang: Lang): Count {
  const keys = allKeys(words);
  const found = keys.map((key) => translatedOf(words, lang, key));
  const count = (state: Translated) => found.filter((one) => one === state).length;
  return {
    present: keys.length - count('missing'),
    reviewed: count('reviewed'),
    unreviewed: count('unreviewed'),
    fallback: count('fallback'),
    stale: count('stale'),
    missing: count('missing'),
    tooLong: keys.filter((key) => isTooLong(words, lang, key)).length,
  };
}

function isTooLong(words: Words, lang: Lang, key: string): boolean {
  const isLabel = /\.choices\.[^.]+$|\.label$|^common\.words\./.test(key);
  return isLabel && (words.raw(lang, key)?.length ?? 0) > room.label;
}

function status(args: string[], folder: string, say: Say): number {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } });
  const words = createWords(folder);
  const counts = languages.map((lang) => ({ lang, ...countTexts(words, lang) }));
  if (values.json) say.line(JSON.stringify(counts));
  else {
    const heads = [
      'lang',
      'present',
      'reviewed',
      'unreviewed',
      'fallback',
      'stale',
      'missing',
      'tooLong',
    ] as const;
    say.line(heads.map((head) => (head === 'tooLong' ? 'too long' : head).padEnd(11)).join(''));
    for (const row of counts) say.line(heads.map((head) => String(row[head]).padEnd(11)).join(''));
  }
  return counts.some(({ stale, missing, tooLong }) => stale + missing + tooLong > 0) ? 1 : 0;
}

function sendOut(args: string[], folder: string, say: Say): number {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'csv' },
      only: { type: 'string', default: 'unreviewed,stale,fallback' },
      out: { type: 'string' },
    },
  });
  const lang = langOf(positionals[0]);
  const only = values.only.split(',');
  const wanted = states.filter((state) => only.includes(state));
  const unknown = only.filter((state) => !states.some((known) => known === state));
  if (unknown.length > 0) throw new Error(`--only knows ${states.join(', ')}`);
  const write = { csv: exportCsv, xliff: exportXliff }[values.format];
  if (!write) throw new Error('--format is csv or xliff');
  const content = write(createWords(folder), lang, wanted);
  if (values.out === undefined) say.line(content);
  else writeFileSync(values.out, content);
  return 0;
}

function takeBack(args: string[], folder: string, say: Say): number {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      by: { type: 'string' },
      on: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
    },
  });
  const [name, file] = positionals;
  const lang = langOf(name);
  const on = values.on ?? new Date().toISOString().slice(0, 10);
  if (file === undefined) throw new Error('locales import needs the file that came back');
  if (!values.by?.trim()) throw new Error('--by "NAME" says who has read the texts');
  if (!z.iso.date().safeParse(on).success) throw new Error('--on is a day, YYYY-MM-DD');
  const words = createWords(folder);
  const { accepted, refused } = judge(readSheet(readFileSync(file, 'utf8'), words, lang), words, lang, {
    by: values.by.trim(),
    on,
  });
  if (!values['dry-run'] && accepted.length > 0) writeReviewed(folder, lang, accepted);
  for (const { key, why } of refused) say.error(`${key}: ${why}`);
  const changed = accepted.filter(({ key, text }) => text !== words.raw(lang, key)).length;
  say.line(`${accepted.length} reviewed, ${changed} of them changed, ${refused.length} refused`);
  if (!values['dry-run'] && changed > 0) warnOfStale(createWords(folder), lang, say);
  return refused.length > 0 ? 1 : 0;
}

/** New words in a language that others are translated from make their reviews void. */
function warnOfStale(words: Words, lang: Lang, say: Say): void {
  for (const other of languages) {
    if (other === lang || sourceOf[other] !== lang) continue;
    const { stale } = countTexts(words, other);
    if (stale > 0)
      say.line(`${stale} reviewed texts in ${other} have to be read again: their source changed`);
  }
}

function langOf(name: string | undefined): Lang {
  const lang = languages.find((known) => known === name);
  if (!lang) throw new Error(`which language? ${languages.join(', ')}`);
  return lang;
}
