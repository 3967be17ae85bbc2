import type { Found } from './settle.ts';
import type { Token } from './tokens.ts';

const since = new Set('in since en depuis from mu'.split(' '));
/** "*Room* 12", "*ward* 9": the number is a name. */
const numbered = new Set('room ward unit bed floor flat chambre unite lit etage icyumba'.split(' '));

export function isName({ from }: Found<number>, tokens: readonly Token[]): boolean {
  return numbered.has(tokens[from - 1]?.text ?? '');
}

/** "*Depuis* 12 ans": so many years, and no limit. */
export function lastingSince(
  found: Numbers,
  tokens: readonly Token[],
): readonly { from: number; to: number }[] {
  return found.flatMap(({ from, to }) => {
    const lasts =
      since.has(tokens[from - 1]?.text ?? '') && /^(?:ans?|years?|yrs|annees)$/.test(tokens[to]?.text ?? '');
    return lasts ? [{ from: from - 1, to: from }] : [];
  });
}

type Numbers = readonly Found<number>[];

/** The numbers that may be the answer, and those that only say more about it, with the word that brings them in. */
export function detailsOf(
  found: Numbers,
  tokens: readonly Token[],
): { readonly main: Numbers; readonly details: readonly { readonly from: number; readonly to: number }[] } {
  const standing = found.filter((one) => !isYear(one, tokens) && !isAge(one, tokens));
  // "2015" alone is as good a number as any, "I started in 2015" is none.
  if (standing.length === 0 && found.every(({ from }) => since.has(tokens[from - 1]?.text ?? '')))
    return { main: [], details: [] };
  const totals = standing.filter((one) => isTotal(one, tokens));
  const answers = totals.length === 1 ? totals : standing.length > 0 ? standing : found;
  const more = [
    ...answers.filter((one) => isPart(one, tokens)),
    ...behindOpening(answers, tokens),
    ...monthsBesideYears(answers, tokens),
  ];
  const left = answers.filter((one) => !more.includes(one));
  const [worked, second] = answers.filter((one) => counts(one, tokens));
  // Years at work count, whatever stands before them; but not surely.
  const picks = worked !== undefined && second === undefined && !(left.length === 1 && left[0] === worked);
  const main = picks && answers.length > 1 ? [{ ...worked, sure: false }] : left;
  const details = found.filter(({ from }) => !main.some((one) => one.from === from));
  const brought = (from: number) => detailing.has(tokens[from - 1]?.text ?? '');
  return { main, details: details.map(({ from, to }) => ({ from: brought(from) ? from - 1 : from, to })) };
}

/** "Eleven, qualified in *2015*", "diplômée en *2010*, donc 16 ans". */
function isYear({ from, to, values: [value = 0] }: Found<number>, tokens: readonly Token[]): boolean {
  return to === from + 1 && tokens[from]?.text.length === 4 && value >= 1950 && value < 2100;
}

/** "3 nurses and 2 doctors, *5 in total*". */
function isTotal({ from, to }: Found<number>, tokens: readonly Token[]): boolean {
  const [a, b] = [tokens[to]?.text, tokens[to + 1]?.text];
  return (
    ((a === 'in' || a === 'en' || a === 'au') && /^(?:total|tout|all)$/.test(b ?? '')) ||
    (/^(?:total|bose|zose|yose)$/.test(a ?? '') && (a === 'total' || b === 'hamwe')) ||
    (/^(?:so|donc)$/.test(tokens[from - 1]?.text ?? '') && from > 1) ||
    (tokens[from - 1]?.text === 'total' && !/[,;.]/.test(tokens[from]?.sep ?? ''))
  );
}

/** "14 years, *6 of them* in Kigali". */
function isPart({ to }: Found<number>, tokens: readonly Token[]): boolean {
  return tokens[to]?.text === 'of' && /^(?:them|which|those|whom)$/.test(tokens[to + 1]?.text ?? '');
}

/** "*32 years old*, 8 of them as a nurse". */
function isAge({ from, to }: Found<number>, tokens: readonly Token[]): boolean {
  const [unit, next] = [tokens[to]?.text ?? '', tokens[to + 1]?.text];
  if (/^(?:yo|old)$/.test(unit) || (unit === 'y' && next === 'o')) return true;
  if (/^(?:years?|yrs?|y)$/.test(unit) && next === 'old') return true;
  const before = tokens[from - 1]?.text ?? '';
  return before === 'aged' || (before === 'de' && /^agee?$/.test(tokens[from - 2]?.text ?? ''));
}

/** "45 ans *et 20 ans d'expérience*": years at work, where another number only says how old somebody is. */
function counts({ to }: Found<number>, tokens: readonly Token[]): boolean {
  return tokens.slice(to, to + 4).some(({ text }) => work.has(text));
}

const work = new Set(
  'experience exp uburambe metier nurse nursing midwife infirmiere infirmier nkora pratique'.split(' '),
);
const detailing = new Set(
  'dont including incl of which notamment harimo barimo with avec since depuis'.split(' '),
);

/** "7 years *and 2 months*": the years are what was asked, when both are said. */
function monthsBesideYears(found: Numbers, tokens: readonly Token[]): Numbers {
  const [years, months, third] = found;
  if (!years || !months || third) return [];
  const beside = ({ from, to }: Found<number>, unit: RegExp) =>
    unit.test(tokens[to]?.text ?? '') || unit.test(tokens[from - 1]?.text ?? '');
  const both = beside(years, /^(?:years?|yrs?|ans?|annees?|imyaka|umwaka)$/) && beside(months, monthUnits);
  return both ? [months] : [];
}

const monthUnits = /^(?:months?|mois|amezi|ukwezi)$/;

/** "8 ans *dont 3 en néonat*", "42 people (*27 women, 15 men*)", "12 years, since 2014". */
function behindOpening(found: readonly Found<number>[], tokens: readonly Token[]): readonly Found<number>[] {
  const [first, ...others] = found;
  if (!first) return [];
  const opens = (at: number) => detailing.has(tokens[at]?.text ?? '') || /[(:]/.test(tokens[at]?.sep ?? '');
  let inDetail = false;
  let last = first.to;
  return others.filter((one) => {
    for (let at = last; at <= one.from; at++) inDetail ||= opens(at);
    last = one.to;
    return inDetail && one.values[0] !== first.values[0];
  });
}
