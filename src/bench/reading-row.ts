import type { Lang } from '../engine/message.ts';
import { isSos, isStop, readCommand } from '../language/commands.ts';
import { detectLanguage } from '../language/detect.ts';
import { readChoice } from '../language/read-choice.ts';
import { readCountry } from '../language/read-country.ts';
import { readDate } from '../language/read-date.ts';
import { readDateRange } from '../language/read-date-range.ts';
import { readWholeNumber } from '../language/read-number.ts';
import { readPhone } from '../language/read-phone.ts';
import { readProfession } from '../language/read-profession.ts';
import { readYesNo } from '../language/read-yes-no.ts';
import type { ReadScope } from '../language/reading.ts';
import { kinds, understand } from '../understand.ts';
import { cpuMs } from './parts.ts';
import { atLeast, atMost, type Result, type Row, type Size } from './row.ts';
import { median } from './statistics.ts';

/** Each reader over replies as people type them, in three languages, each reader by itself. */
export const readingRow: Row = {
  what: 'language: one reading of one typed reply, every reader by itself',
  measure: async ({ size }) => measure(size),
};

const options = ['On site, in Rwanda', 'Online', 'Both'].map((label, i) => ({ id: String(i), label }));

const readers: Readonly<Record<string, (text: string, scope: ReadScope) => unknown>> = {
  'yes or no': readYesNo,
  number: readWholeNumber,
  date: readDate,
  'dates from to': readDateRange,
  profession: readProfession,
  country: readCountry,
  phone: readPhone,
  choice: (text, scope) => readChoice(text, options, scope),
  'global word': (text, { lang }) => readCommand(text, lang),
  'SOS or STOP': (text) => isSos(text) || isStop(text),
  language: (text) => detectLanguage(text),
};

/** Every reader gets every reply: most of what it reads is not meant for it, as in life. */
const replies: readonly (readonly [Lang, string])[] = [
  ['en', 'yes please'],
  ['en', 'next Monday'],
  ['en', 'from 1 May to 30 July 2027'],
  ['en', 'psychiatric nurse'],
  ['en', 'I am not sure yet, can I tell you in June?'],
  ['fr', 'non merci'],
  ['fr', 'du 3 au 28 août'],
  ['fr', 'vingt et un'],
  ['fr', 'infirmière en santé mentale'],
  ['fr', 'Belgique'],
  ['rw', 'yego rwose'],
  ['rw', 'kuwa mbere utaha'],
  ['rw', 'ukwezi kumwe'],
  ['rw', 'umuforomo'],
  ['rw', 'sinzi neza, nzababwira'],
  ['en', '+32 470 00 00 01'],
  ['fr', '15/06/2027'],
  ['rw', '2'],
];

function measure(size: Size): Result {
  const figures: { [reader: string]: number } = {};
  for (const [name, read] of Object.entries(readers)) {
    readings(read, size.readings); // warms up
    figures[`${name}/s`] = Math.max(...rounds(size, () => readings(read, size.readings)));
  }
  const [slowest = 'none', rate = 0] = Object.entries(figures).sort(([, a], [, b]) => a - b)[0] ?? [];
  understood(size.readings); // warms up
  const mixed = rounds(size, () => understood(size.readings));
  figures['1,000 of all kinds mixed, ms'] = Math.min(...mixed);
  figures['1,000 in the middle round, ms'] = median(mixed);
  return {
    figures,
    checks: [
      atLeast(`readings/s on one core, slowest reader (${slowest})`, rate, 20_000),
      atMost('1,000 readings of all kinds, ms', Math.min(...mixed), 50),
    ],
  };
}

/** Of many short rounds the fastest counts, as in the advance row. */
function rounds(size: Size, once: () => number): readonly number[] {
  return Array.from({ length: size.shortRounds }, once);
}

/**
 * As `intumwa understand` reads: every kind in turn, danger and commands looked for first. Processor time of 1,000 lines
 * in ms: what else the machine does is not theirs.
 */
function understood(times: number): number {
  const started = cpuMs();
  for (let i = 0; i < times; i += 1) {
    const [lang, text] = replies[i % replies.length] ?? ['en', ''];
    const kind = kinds[Math.floor(i / replies.length) % kinds.length] ?? 'yesno';
    understand({ lang, kind, text, now: '2027-03-02T09:00:00Z', tz: 'Europe/Brussels', country: 'BE' });
  }
  return ((cpuMs() - started) * 1000) / times;
}

function readings(read: (text: string, scope: ReadScope) => unknown, times: number): number {
  let answers = 0;
  const started = performance.now();
  for (let i = 0; i < times; i += 1) {
    const [lang, text] = replies[i % replies.length] ?? ['en', ''];
    if (read(text, { lang, today: '2027-03-02', country: 'BE' }) !== undefined) answers += 1;
  }
  const ms = performance.now() - started;
  if (answers < 0) throw new Error('nothing was read');
  return (times * 1000) / ms;
}
