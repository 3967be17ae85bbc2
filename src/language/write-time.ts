import type { Lang } from '../engine/message.ts';

/**
 * A time of the written clock, 24 hours, never the spoken Kinyarwanda clock that starts at seven: `14:00`, `14 h 00`.
 * With a zone it says whose clock: `14:00 (isaha y’i Kigali)`. Takes `HH:MM` and an IANA zone.
 */
export function writeTime(lang: Lang, time: string, zone?: string): string {
  const written = lang === 'fr' ? `${Number(time.slice(0, 2))}\u00a0h\u00a0${time.slice(3, 5)}` : time;
  return zone === undefined ? written : `${written} (${writeClockOf(lang, zone)})`;
}

function writeClockOf(lang: Lang, zone: string): string {
  const city = zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
  const { rw, fr, en } = cities[zone] ?? { rw: city, fr: city, en: city };
  switch (lang) {
    case 'rw':
      return `isaha y’i ${rw}`;
    case 'fr':
      return /^[AEIOUYÉÎ]/.test(fr) ? `heure d’${fr}` : `heure de ${fr}`;
    case 'en':
      return `${en} time`;
  }
}

/** Only cities whose name differs between languages; others are written as in the zone's own name. */
const cities: Readonly<Record<string, Readonly<Record<Lang, string>>>> = {
  'Europe/Brussels': { rw: 'Bruxelles', fr: 'Bruxelles', en: 'Brussels' },
  'Europe/London': { rw: 'London', fr: 'Londres', en: 'London' },
};
