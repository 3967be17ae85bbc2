import type { Lang } from '../engine/message.ts';
import { partsOf, weekdayOf } from './calendar-day.ts';
import { wallClock } from './wall-clock.ts';
import { writeTime } from './write-time.ts';

/**
 * `23 Ugushyingo 2026`, `1er mars 2027`, `1 March 2027`; with the weekday `ku wa Mbere, 23 Ugushyingo 2026`,
 * `lundi 1er mars 2027`, `Monday 1 March 2027`. Always with the year, never in figures: what is confirmed is read by
 * people of three habits. Takes `YYYY-MM-DD`.
 */
export function writeDate(
  lang: Lang,
  day: string,
  { weekday = false }: { readonly weekday?: boolean } = {},
): string {
  const { year } = partsOf(day);
  const date = `${dayAndMonth(lang, day)} ${year}`;
  if (!weekday) return date;
  const name = weekdays[lang][weekdayOf(day) - 1] ?? '';
  return lang === 'rw' ? `${name}, ${date}` : `${name} ${date}`;
}

/** `Nzeri 2027`, `septembre 2027`, `September 2027`. Takes `YYYY-MM`. */
export function writeMonth(lang: Lang, month: string): string {
  return `${monthName(lang, month)} ${month.slice(0, 4)}`;
}

/**
 * `kuva ku wa 3 kugeza ku wa 20 Gicurasi 2027`, `du 3 au 20 mai 2027`, `from 3 to 20 May 2027`; month and year are
 * said once where both days share them.
 */
export function writeDateRange(lang: Lang, from: string, to: string): string {
  const { first, second } = rangeWords[lang];
  const sameMonth = from.slice(0, 7) === to.slice(0, 7);
  const sameYear = from.slice(0, 4) === to.slice(0, 4);
  const start = sameMonth
    ? dayNumber(lang, from)
    : sameYear
      ? dayAndMonth(lang, from)
      : writeDate(lang, from);
  return `${first} ${start} ${second} ${writeDate(lang, to)}`;
}

/**
 * A day and a time with the place whose clock it is: `ku wa Mbere, 23 Ugushyingo 2026, 14:00 (isaha y’i Kigali)`.
 * Takes an ISO instant and an IANA zone.
 */
export function writeInstant(lang: Lang, instant: string, zone = 'Africa/Kigali'): string {
  const { day, time } = wallClock(instant, zone);
  return `${writeDate(lang, day, { weekday: true })}${beforeTime[lang]}${writeTime(lang, time, zone)}`;
}

function dayAndMonth(lang: Lang, day: string): string {
  return `${dayNumber(lang, day)} ${monthName(lang, day)}`;
}

/** French counts the first day, and only the first, with an ordinal. */
function dayNumber(lang: Lang, day: string): string {
  const number = Number(day.slice(8, 10));
  return lang === 'fr' && number === 1 ? '1er' : String(number);
}

function monthName(lang: Lang, month: string): string {
  return months[lang][Number(month.slice(5, 7)) - 1] ?? '';
}

const beforeTime: Readonly<Record<Lang, string>> = { rw: ', ', fr: ' à ', en: ' at ' };

const rangeWords: Readonly<Record<Lang, { readonly first: string; readonly second: string }>> = {
  rw: { first: 'kuva ku wa', second: 'kugeza ku wa' },
  fr: { first: 'du', second: 'au' },
  en: { first: 'from', second: 'to' },
};

/** Tables of our own: the platform has no usable Kinyarwanda, and falls back to the server's language in silence. */
const weekdays: Readonly<Record<Lang, readonly string[]>> = {
  rw: [
    'ku wa Mbere',
    'ku wa Kabiri',
    'ku wa Gatatu',
    'ku wa Kane',
    'ku wa Gatanu',
    'ku wa Gatandatu',
    'ku Cyumweru',
  ],
  fr: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
};

const months: Readonly<Record<Lang, readonly string[]>> = {
  rw: 'Mutarama Gashyantare Werurwe Mata Gicurasi Kamena Nyakanga Kanama Nzeri Ukwakira Ugushyingo Ukuboza'.split(
    ' ',
  ),
  fr: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
};
