import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import { globalWords, type Lang, languages, longestRead, type Reading } from './engine/message.ts';
import { asksBack } from './language/asks-back.ts';
import { isSos, isStop, readCommand, readLooseCommand } from './language/commands.ts';
import { distressIn } from './language/distress.ts';
import { readCountry } from './language/read-country.ts';
import { readDate } from './language/read-date.ts';
import { readDateRange } from './language/read-date-range.ts';
import { readEmail } from './language/read-email.ts';
import { readLanguage } from './language/read-language.ts';
import { readMonth } from './language/read-month.ts';
import { readName } from './language/read-name.ts';
import { readNumber } from './language/read-number.ts';
import { readPhone } from './language/read-phone.ts';
import { readProfession } from './language/read-profession.ts';
import { readSpokenCommand } from './language/read-spoken-command.ts';
import { readTime } from './language/read-time.ts';
import { readYesNo } from './language/read-yes-no.ts';
import type { Reader, ReadScope } from './language/reading.ts';
import { wallClock } from './language/wall-clock.ts';
import { opensWithYes } from './language/yes-no-bars.ts';

const readers = {
  yesno: readYesNo,
  date: readDate,
  daterange: readDateRange,
  month: readMonth,
  number: readNumber,
  command: (text, { lang }) => readSpokenCommand(text, lang),
  language: readLanguage,
  phone: readPhone,
  email: readEmail,
  country: readCountry,
  profession: readProfession,
  name: readName,
  time: readTime,
} as const satisfies { readonly [kind: string]: Reader<unknown> };

type Kind = keyof typeof readers;
export const kinds = Object.keys(readers) as [Kind, ...Kind[]]; // Object.keys forgets which keys there are.

/** Where calendars are counted: `calendar-day.ts` knows these years. */
function isInstant(text: string): boolean {
  if (days.has(text)) return true;
  return /^(?:19|20|21)\d{2}-/.test(text) && !Number.isNaN(Date.parse(text));
}

const request = z.looseObject({
  lang: z.enum(languages),
  kind: z.enum(kinds),
  now: z.string().refine(isInstant, 'not an instant of the years 1900 to 2199'),
  tz: z.string().refine(isZone, 'not an IANA zone'),
  text: z.string(),
  country: z.string().optional(),
});

/**
 * One utterance read as the engine would read it (`{lang, kind, now, tz, text, country?}`), with the outcome added:
 * `result`, and `value` with `confidence`, or `candidates`, or `why`. A line that is no such request comes back with
 * `error` and the result `unclear`; it never throws.
 */
export function understand(line: unknown): object {
  const parsed = request.safeParse(line);
  if (!parsed.success) {
    const { path = [], message = '' } = parsed.error.issues[0] ?? {};
    const given = typeof line === 'object' && line !== null && !Array.isArray(line) ? line : null;
    if (!given) return { result: 'unclear', error: 'not a JSON object' };
    return { ...given, result: 'unclear', error: `${path.join('.')} ${message}`.trim() };
  }
  const { lang, kind, now, tz, text, country } = parsed.data;
  const scope = { lang, today: dayAt(now, tz), ...(country && { country }) };
  // What was parsed is a copy of the line already.
  return Object.assign(parsed.data, outcome(kind, text.slice(0, longestRead), scope));
}

/** Danger and opt-out first, then what answers the question by its whole words, then other words that always act. */
function outcome(kind: Kind, text: string, scope: ReadScope): object {
  if (kind === 'command') return commandOutcome(text, scope);
  if (isSos(text)) return { result: 'other', value: 'sos' };
  if (isStop(text)) return { result: 'other', value: 'stop' };
  if (distressIn(text)) return { result: 'other' };
  const own = readers[kind](text, scope);
  // "Accept" and "correct" are answers to yes-or-no questions before they are commands; so are languages where one was asked for.
  const answersFirst =
    own.kind === 'value' && (kind === 'yesno' || kind === 'language') && own.confidence === 'certain';
  const sure = own.kind === 'value' && own.confidence === 'certain';
  const word = answersFirst
    ? undefined
    : sure || kind === 'name'
      ? exactCommand(text, scope.lang)
      : commandIn(text, scope.lang, kind !== 'profession');
  // "Rather in French": where a language was asked for, its name is the answer; "I don't speak French" is none.
  if (kind === 'language' && isChange(word) && (own.kind !== 'unclear' || !exactCommand(text, scope.lang)))
    return written(own);
  const cries = word !== undefined && 'value' in word && word.value === 'sos';
  if (kind === 'yesno' && word && !cries && opensWithYes(text, scope.lang)) return written(own);
  return word ?? written(own);
}

function isChange(word: object | undefined): boolean {
  return word !== undefined && 'value' in word && word.value === 'language';
}

/** A cry in a sentence is no command, unless the sentence is one. */
function commandOutcome(text: string, scope: ReadScope): object {
  const own = readers.command(text, scope);
  const sure = own.kind === 'value' && own.confidence === 'certain';
  if (!sure && distressIn(text)) return { result: 'other' };
  if (own.kind !== 'unclear') return written(own);
  return asksBack(text) ? { result: 'other' } : written(own);
}

function exactCommand(text: string, lang: Lang, exact = readCommand(text, lang)): object | undefined {
  const [only, second] = exact.kind === 'ambiguous' ? exact.candidates : [];
  if (exact.kind === 'value')
    return isGlobal(exact.value) ? { result: 'other', value: exact.value } : undefined;
  if (only === undefined) return undefined;
  return second === undefined
    ? { result: 'other', value: only }
    : { result: 'ambiguous', candidates: [only, second] };
}

/** Also with courtesies around it; `wishes` ("can I talk to a person") not where a trade is named: "IT support". */
function commandIn(text: string, lang: Lang, wishes: boolean): object | undefined {
  const whole = readCommand(text, lang);
  const exact = exactCommand(text, lang, whole);
  if (exact) return exact;
  const loose = readLooseCommand(text, lang, wishes, whole);
  const sure = loose.kind === 'value' && loose.confidence === 'certain';
  return sure ? { result: 'other', value: loose.value } : undefined;
}

function isGlobal(word: string): boolean {
  return globalWords.some((known) => known === word);
}

function written(reading: Reading<unknown>): object {
  switch (reading.kind) {
    case 'value':
      return { result: 'value', value: reading.value, confidence: reading.confidence };
    case 'ambiguous':
      return { result: 'ambiguous', candidates: reading.candidates };
    case 'unclear':
      return { result: 'unclear', why: reading.why };
    case 'other':
      // A question in return is no word of ours.
      return isGlobal(reading.other) ? { result: 'other', value: reading.other } : { result: 'other' };
  }
}

/** Lines come in thousands with one clock: the day is worked out once, by the instant and then by the zone. */
const days = new Map<string, Map<string, string>>();

function dayAt(now: string, tz: string): string {
  const known = days.get(now)?.get(tz);
  if (known !== undefined) return known;
  const { day } = wallClock(now, tz);
  if (days.size > 2000) days.clear();
  const zoned = days.get(now) ?? new Map<string, string>();
  days.set(now, zoned.set(tz, day));
  return day;
}

const zones = new Set<string>();

function isZone(zone: string): boolean {
  if (zones.has(zone)) return true;
  try {
    wallClock('2026-01-01T00:00:00Z', zone);
    zones.add(zone);
    return true;
  } catch {
    return false;
  }
}

/** Reads JSON lines and writes one JSON line for each, in order; an empty line is passed over. */
export async function runUnderstand(input: Readable, output: Writable): Promise<void> {
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    if (!output.write(`${JSON.stringify(understand(parse(line)))}\n`)) {
      await new Promise<void>((resolve) => output.once('drain', () => resolve()));
    }
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
