import type { Lang } from '../engine/message.ts';
import { order, words } from './lexicon.ts';
import { fold } from './normalise.ts';

type Numbers = ReadonlyMap<string, number>;

/**
 * A whole number below 1,000 written in words, in the person's language first: `cinq`, `septante-deux`,
 * `cumi n'umwe`, `mirongo itatu`, `one hundred and twenty`. Takes a folded phrase; undefined when it is none.
 */
export function numberFromWords(phrase: string, lang: Lang): number | undefined {
  if (phrase.length > 60) return undefined;
  for (const language of order[lang]) {
    const value = grammars[language](phrase);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** As {@link numberFromWords}, and the ordinals that count days: `premier`, `mbere`, `twenty-first`. */
export function dayFromWords(phrase: string, lang: Lang): number | undefined {
  const spaced = phrase.replaceAll('-', ' ');
  for (const language of order[lang]) {
    const value = ordinals[language].get(spaced);
    if (value !== undefined) return value;
  }
  return numberFromWords(phrase, lang);
}

/** Words that numbers are made of. */
export const numberVocabulary: ReadonlySet<string> = new Set(
  [words.rw, words.fr, words.en]
    .flatMap(({ numbers }) => Object.values(numbers).flat())
    .flatMap((phrase) => fold(phrase).split(/[\s-]/)),
);

const atoms: Readonly<Record<Lang, Numbers>> = {
  rw: numbersOf(words.rw.numbers),
  fr: numbersOf(words.fr.numbers),
  en: numbersOf(words.en.numbers),
};

const ordinals: Readonly<Record<Lang, Numbers>> = {
  rw: numbersOf(words.rw.ordinals),
  fr: numbersOf(words.fr.ordinals),
  en: numbersOf(words.en.ordinals),
};

/** Below a hundred. French goes on to 19 after soixante and quatre-vingt; septante, huitante and nonante do not. */
const below100 = {
  fr: compounds(compounds(atoms.fr, [10], [7, 8, 9]), [20, 30, 40, 50, 60, 70, 80, 90], range(1, 19)),
  en: compounds(atoms.en, [20, 30, 40, 50, 60, 70, 80, 90], range(1, 9)),
};

const grammars: Readonly<Record<Lang, (phrase: string) => number | undefined>> = {
  rw: readRw,
  fr: (phrase) => withHundreds(phrase.replace(/[-\s]+/g, ' ').replaceAll(' et ', ' '), below100.fr),
  en: (phrase) =>
    withHundreds(
      phrase
        .replace(/[-\s]+/g, ' ')
        .replaceAll(' and ', ' ')
        .replace(/^a (?=hundred)/, ''),
      below100.en,
    ),
};

const hundreds = /^(?:(\S+) )?(?:cents?|hundred)(?: (.+))?$/;

function withHundreds(phrase: string, small: Numbers): number | undefined {
  const match = hundreds.exec(phrase);
  if (!match) return small.get(phrase);
  const count = match[1] === undefined ? 1 : small.get(match[1]);
  const rest = match[2] === undefined ? 0 : small.get(match[2]);
  if (count === undefined || count < 1 || count > 9 || rest === undefined) return undefined;
  return count * 100 + rest;
}

/** Tens, then the unit behind na, n' or a bare n; the unit takes the prefix of whatever is counted, so any form will do. */
function readRw(phrase: string): number | undefined {
  const text = phrase.replaceAll('l', 'r');
  const whole = atoms.rw.get(text);
  if (whole !== undefined) return whole;
  const hundred = /^(?:ijana|magana (\S+))(?: na? (.+))?$/.exec(text);
  if (hundred) {
    const count = hundred[1] === undefined ? 1 : unitRw(hundred[1]);
    const rest = hundred[2] === undefined ? 0 : readRw(hundred[2].replace(/^'? /, ''));
    return count === undefined || rest === undefined || rest > 99 ? undefined : count * 100 + rest;
  }
  const match = /^(?:i?[ck]umi|(makumyabiri?)|mirong(?:o |w)(\S+))(?: (?:na |n'? ?)?(\S+))?$/.exec(text);
  if (!match) return undefined;
  const tens = match[1] !== undefined ? 2 : match[2] !== undefined ? unitRw(match[2]) : 1;
  if (tens === undefined || (match[2] !== undefined && tens < 3)) return undefined;
  if (match[3] === undefined) return tens * 10;
  // "nine" is n'ine without its apostrophe; "ndwi" is a unit of its own.
  const unit = unitRw(match[3]) ?? (match[3].startsWith('n') ? unitRw(match[3].slice(1)) : undefined);
  return unit === undefined ? undefined : tens * 10 + unit;
}

function unitRw(word: string): number | undefined {
  const value = atoms.rw.get(word);
  return value !== undefined && value > 0 && value < 10 ? value : undefined;
}

function compounds(base: Numbers, tens: readonly number[], units: readonly number[]): Numbers {
  const made = new Map(base);
  for (const [ten, tenValue] of base) {
    if (!tens.includes(tenValue)) continue;
    const room = tenValue === 60 || ten.startsWith('quatre') ? 19 : 9;
    for (const [unit, unitValue] of base) {
      if (!units.includes(unitValue) || unitValue > room) continue;
      made.set(`${ten} ${unit}`, tenValue + unitValue);
      // English writers join them: twentyone.
      made.set(`${ten}${unit}`, tenValue + unitValue);
    }
  }
  return made;
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}

function numbersOf(table: Readonly<Record<string, readonly string[]>>): Numbers {
  const made = new Map<string, number>();
  for (const [value, phrases] of Object.entries(table)) {
    for (const phrase of phrases) made.set(fold(phrase).replaceAll('-', ' '), Number(value));
  }
  return made;
}
