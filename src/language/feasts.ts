import type { Lang } from '../engine/message.ts';
import { addDays, dayOf } from './calendar-day.ts';
import { type At, type Tokens, table } from './day-words.ts';
import { longestAt } from './phrases.ts';

/** Christmas, New Year, Easter and the like, the next one unless a year is named. */
export function feastAt(
  tokens: Tokens,
  at: number,
  lang: Lang,
  today: string,
  yearAt: (
    tokens: Tokens,
    at: number,
    lang: Lang,
    today: string,
  ) => At<{ readonly year: number }> | undefined,
): At<{ readonly day: string }> | undefined {
  const hit = longestAt(feasts, tokens, at, lang);
  if (!hit) return undefined;
  const end = at + hit.length;
  const given = yearAt(tokens, end, lang, today);
  if (given) return { day: hit.value(given.year), to: given.to };
  const year = Number(today.slice(0, 4));
  const soon = hit.value(year);
  return { day: soon >= today ? soon : hit.value(year + 1), to: end };
}

type Feast = (year: number) => string;
const on =
  (month: number, day: number): Feast =>
  (year) =>
    dayOf(year, month, day) ?? '';
const easterAnd =
  (days: number): Feast =>
  (year) =>
    addDays(easter(year), days);

export const feasts = table<Feast>({
  rw: [
    ['noheli|umunsi wa noheli|kuri noheli|ku munsi wa noheli', on(12, 25)],
    ['ubunani|bonane|ku bunani', on(1, 1)],
    ['pasika|kuri pasika', easterAnd(0)],
  ],
  fr: [
    ['noel|a noel|le jour de noel|jour de noel', on(12, 25)],
    ['reveillon de noel|veille de noel|la veille de noel', on(12, 24)],
    ["nouvel an|le nouvel an|jour de l' an|le jour de l' an|premier de l' an", on(1, 1)],
    ['paques|a paques|dimanche de paques', easterAnd(0)],
    ['lundi de paques|le lundi de paques', easterAnd(1)],
    ["assomption|l' assomption", on(8, 15)],
    ['toussaint|la toussaint', on(11, 1)],
  ],
  en: [
    ['christmas|christmas day|xmas|on christmas day|at christmas', on(12, 25)],
    ['christmas eve|xmas eve', on(12, 24)],
    ['boxing day', on(12, 26)],
    ["new year's day|new years day", on(1, 1)],
    ["new year's eve|new years eve", on(12, 31)],
    ['easter|easter sunday', easterAnd(0)],
    ['easter monday', easterAnd(1)],
    ['good friday', easterAnd(-2)],
  ],
});

/** The Gregorian rule of Meeus, Jones and Butcher. */
function easter(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return dayOf(year, Math.floor(sum / 31), (sum % 31) + 1) ?? '';
}
