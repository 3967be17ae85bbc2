import type { Named, Scope, Slot } from '../engine/flow.ts';
import type { Option, Param, Reading } from '../engine/message.ts';
import { fold } from './normalise.ts';
import { readCode, readOfferWord } from './offer-word.ts';
import { readWholeNumber } from './read-number.ts';
import { readTwoNumbers } from './read-two-numbers.ts';
import { readYesNo, type YesNo } from './read-yes-no.ts';
import { certain, likely, type ReadScope, unclear } from './reading.ts';

/**
 * What flows can ask for that is not a date, a place or a profession (see `day-slots.ts` and `person-slots.ts`).
 *
 * Every slot gives `unclear` with a word that ends a text key: `common.unclear.<word>`, or the step's own
 * `<flow>.<step>.<word>` where that exists.
 */

/** Choices with fixed ids; their labels are the texts `<step>.choices.<id>`. The value is the id. */
export function choice<const Ids extends readonly string[]>(...ids: Ids): Slot<Ids[number]> {
  const options = ids.map((id) => ({ id }));
  return {
    kind: 'choice',
    options: () => options,
    read: (text) => unclear(text, 'not_a_choice'),
    show: (id) => id,
  };
}

/** As {@link choice}, where a plain yes or no means one of two: it is asked back in the words of that choice. */
export function agreement<const Ids extends readonly ['agree', 'refuse', ...string[]]>(
  ...ids: Ids
): Slot<Ids[number]> {
  return {
    ...choice(...ids),
    read(text, scope) {
      const reading = readYesNo(text, readScope(scope));
      if (reading.kind !== 'value' || reading.value === 'maybe') return unclear(text, 'not_a_choice');
      return likely(reading.value === 'yes' ? 'agree' : 'refuse');
    },
  };
}

/** Choices made from the context, with labels of their own (rule 25: at most 20 characters). The value is the id. */
export function choiceOf(kind: string, options: Named<readonly Option[]>): Slot<string> {
  return {
    kind,
    options,
    read: (text) => unclear(text, 'not_a_choice'),
    show: (id, scope) => labelIn(options(scope), id),
  };
}

/** The value is `'yes'` or `'no'`. */
export function yesNo(): Slot<'yes' | 'no'> {
  return {
    kind: 'yes_no',
    short: true,
    options: () => [yesOption, noOption],
    read(text, scope) {
      const reading = readYesNo(text, readScope(scope));
      return mapReading(reading, (value) => (value === 'maybe' ? null : value), 'not_yes_or_no');
    },
    show: (value) => ({ key: `common.${value}` }),
  };
}

/** The value is `'yes'`, `'no'` or `'maybe'`. */
export function yesNoMaybe(): Slot<YesNo> {
  return {
    kind: 'yes_no_maybe',
    short: true,
    options: () => [yesOption, noOption, { id: 'maybe', label: { key: 'common.maybe' } }],
    read: (text, scope) => readYesNo(text, readScope(scope)),
    show: (value) => ({ key: `common.${value}` }),
  };
}

/** What a voice note leaves behind where one is accepted: the fact, never the sound. */
export const voiceNote = 'voice:note';

type TextLimits = {
  /** In characters as people count them. */
  readonly min?: number;
  readonly max: number;
  readonly kind?: string;
  /** A voice note is taken as an answer too; the value is then {@link voiceNote}. */
  readonly voice?: true;
  /** A question is an answer here too ("what is it about?"). */
  readonly questions?: true;
  /** The name of something, so that a bare yes or no is no answer. */
  readonly names?: true;
  /** Finds words of distress (rule 10): only in check-ins, feedback and SOS. */
  readonly distress?: (text: string, scope: ReadScope) => 'danger' | 'abuse' | null;
};

/** Free words, kept as typed but for spaces. `too_short`, `too_long`. */
export function text({
  min = 1,
  max,
  kind = 'text',
  voice,
  questions,
  names,
  distress,
}: TextLimits): Slot<string> {
  return {
    kind,
    free: 'long',
    read(typed, scope) {
      const value = tidy(typed);
      const length = [...value].length;
      const cry = distress?.(value, readScope(scope));
      if (cry === 'abuse') return { kind: 'other', other: 'distress', abuse: true };
      if (cry) return { kind: 'other', other: 'distress', value: value.slice(0, max) };
      // A lone digit is the number of a choice, not words.
      if (length < min || !/[\p{L}\p{N}]/u.test(value) || /^\d$/.test(value))
        return { kind: 'unclear', why: 'too_short' };
      if (length > max) return { kind: 'unclear', why: 'too_long' };
      return names && isYesOrNo(value, scope) ? unclear(typed, 'not_meant') : certain(value);
    },
    show: (value) => (value === voiceNote ? { key: 'common.voice_note' } : value),
    ...(questions && { takesQuestions: true as const }),
    ...(voice && { accepts: ['voice', 'audio'] as const, fromMedia: () => voiceNote }),
  };
}

/** "Oui": a plain yes or no, which is the name of nothing. */
export function isYesOrNo(text: string, scope: Scope): boolean {
  const reading = readYesNo(text, readScope(scope));
  return reading.kind === 'value' && reading.confidence === 'certain';
}

/** A whole number in digits or words. `too_small`, `too_large`, `not_whole`, `not_a_number`. */
export function count({ min, max }: { readonly min: number; readonly max: number }): Slot<number> {
  return {
    kind: 'count',
    echo: true,
    read: (typed, scope) =>
      within(readWholeNumber(typed, readScope(scope)), (value) =>
        value < min ? 'too_small' : value > max ? 'too_large' : null,
      ),
    show: (value) => value,
  };
}

/** Points from 1 to 5, shown as five choices that need no text. The value is the number. */
export function points(max = 5): Slot<number> {
  const numbers = Array.from({ length: max }, (_, i) => i + 1);
  return {
    ...count({ min: 1, max }),
    kind: 'points',
    options: () => numbers.map((n) => ({ id: String(n), label: String(n) })),
    fromOption: (id) => Number(id),
  };
}

/** Shortest and longest, "30 60". `not_two_numbers`, `wrong_order`, `too_small`, `too_large`. */
export function twoNumbers({
  min,
  max,
}: {
  readonly min: number;
  readonly max: Named<number> | number;
}): Slot<readonly [number, number]> {
  return {
    kind: 'two_numbers',
    echo: true,
    read: (typed, scope) =>
      within(readTwoNumbers(typed, readScope(scope)), ([low, high]) => {
        const most = typeof max === 'number' ? max : max(scope);
        return low > high ? 'wrong_order' : low < min ? 'too_small' : high > most ? 'too_large' : null;
      }),
    show: ([from, to]) => ({ key: 'common.at_least_at_most', params: { from, to } }),
  };
}

/**
 * Some of the options, best first: "2,1". A press chooses just that one. The value is the ids in order.
 * `too_many`, `chosen_twice`, `not_a_choice`.
 */
export function ranked({
  max,
  options,
}: {
  readonly max: number;
  readonly options: Named<readonly Option[]>;
}): Slot<readonly string[]> {
  return {
    kind: 'ranked',
    options,
    fromOption: (id) => [id],
    read(typed, scope) {
      const shown = options(scope);
      if (!/^[\d\s,;.+&>/-]+$/.test(typed)) return unclear(typed, 'not_a_choice');
      // "21" means 2 then 1 as long as no choice has that number, which nine choices cannot.
      const glued = /^\d+$/.test(typed.trim()) && shown.length <= 9;
      const numbers = (glued ? [...typed.trim()] : (typed.match(/\d+/g) ?? [])).map(Number);
      const ids = numbers.map((n) => shown[n - 1]?.id);
      if (ids.length === 0 || ids.includes(undefined)) return { kind: 'unclear', why: 'not_a_choice' };
      const chosen = ids.filter((id) => id !== undefined);
      if (new Set(chosen).size < chosen.length) return { kind: 'unclear', why: 'chosen_twice' };
      if (chosen.length > max) return { kind: 'unclear', why: 'too_many' };
      return certain(chosen);
    },
    show: (ids, scope) => ({ lines: ids.map((id) => labelIn(options(scope), id)) }),
  };
}

/** A one-time or invitation code of so many digits, or letters and digits. Never written back. `not_a_code`. */
export function code({
  length,
  letters,
}: {
  readonly length: number;
  readonly letters?: true;
}): Slot<string> {
  const whole = new RegExp(`^[0-9${letters ? 'A-Z' : ''}]{${length}}$`);
  return {
    kind: 'code',
    read(typed) {
      const value = fold(typed)
        .replace(/[\s.-]/g, '')
        .toUpperCase();
      return whole.test(value) ? certain(value) : { kind: 'unclear', why: 'not_a_code' };
    },
    show: () => '•'.repeat(length),
  };
}

/** A code of ours as people copy it (`a 87`), as we print it (`A-0087`); `letter` is its first. `not_a_code`. */
export function recordCode(letter: string): Slot<string> {
  return {
    kind: 'record_code',
    read(typed) {
      const value = readCode(typed);
      return value?.startsWith(`${letter}-`) ? certain(value) : unclear(typed, 'not_a_code');
    },
    show: (value) => value,
  };
}

/**
 * `ACCEPT A-0087`, `ACCEPTER A-0087`, `NDEMERA A-0087` with just the code of this offer: a plain yes binds nobody
 * to weeks of work. The value is the code. `not_accepted`, `other_code`.
 */
export function acceptance(codeOf: Named<string>): Slot<string> {
  return {
    kind: 'acceptance',
    first: true,
    read(typed, scope) {
      const said = readOfferWord(typed);
      if (said?.word !== 'accept') return unclear(typed, 'not_accepted');
      return said.code === codeOf(scope) ? certain(said.code) : { kind: 'unclear', why: 'other_code' };
    },
    show: (value) => value,
  };
}

/** A place shared from the phone, or where one is in words. */
export type Whereabouts =
  | { readonly latitude: number; readonly longitude: number }
  | { readonly words: string };

export function whereabouts(): Slot<Whereabouts> {
  return {
    kind: 'whereabouts',
    free: 'long',
    read(typed) {
      const words = tidy(typed).slice(0, 300);
      return /[\p{L}\p{N}]/u.test(words) ? certain({ words }) : { kind: 'unclear', why: 'too_short' };
    },
    fromLocation: (latitude, longitude) => ({ latitude, longitude }),
    show: (value) => ('words' in value ? value.words : `${value.latitude}, ${value.longitude}`),
  };
}

/** What a reader may know, from the scope of the question; `country` where the flow knows it. */
export function readScope({ lang, today }: Scope, country?: string): ReadScope {
  return { lang, today, cautious: true, ...(country && { country }) };
}

/** Refuses values outside the slot's limits, be they sure or only likely; of several candidates the fitting ones stay. */
export function within<T>(reading: Reading<T>, wrong: (value: T) => string | null): Reading<T> {
  if (reading.kind === 'value') {
    const why = wrong(reading.value);
    return why === null ? reading : { kind: 'unclear', why };
  }
  if (reading.kind !== 'ambiguous') return reading;
  const candidates = reading.candidates.filter((value) => wrong(value) === null);
  const first = reading.candidates[0];
  if (candidates.length > 0 || first === undefined) return { kind: 'ambiguous', candidates };
  return { kind: 'unclear', why: wrong(first) ?? 'not_a_choice' };
}

function mapReading<A, B>(reading: Reading<A>, to: (value: A) => B | null, why: string): Reading<B> {
  switch (reading.kind) {
    case 'value': {
      const value = to(reading.value);
      return value === null ? { kind: 'unclear', why } : { ...reading, value };
    }
    case 'ambiguous':
      return { kind: 'ambiguous', candidates: reading.candidates.map(to).filter((value) => value !== null) };
    case 'unclear':
      return reading;
    case 'other':
      return { kind: 'other', other: reading.other };
  }
}

function labelIn(options: readonly Option[], id: string): Param {
  return options.find((option) => option.id === id)?.label ?? id;
}

function tidy(typed: string): string {
  return typed
    .replace(/[\u200b\u2060\ufeff]/g, '')
    .replace(/[^\S\n]+/g, ' ')
    .trim();
}

const yesOption: Option = { id: 'yes', label: { key: 'common.yes' } };
const noOption: Option = { id: 'no', label: { key: 'common.no' } };
