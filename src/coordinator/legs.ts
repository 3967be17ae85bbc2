import type { Leg } from '../domain/model.ts';

/**
 * Legs as coordinators type them, one after another: `SN465 BRU-KGL 2027-05-01T10:45 2027-05-01T20:05`. The day of
 * arrival may be left out when it is that of departure. Empty when there is none to be read.
 */
export function readLegs(text: string): readonly Leg[] {
  return [...text.toUpperCase().matchAll(leg)].map(
    ([, number = '', from = '', to = '', day = '', off = '', landing = day, on = '']) => ({
      number: number.replace(/\s/g, ''),
      from,
      to,
      departs: `${day}T${off}`,
      arrives: `${landing}T${on}`,
    }),
  );
}

/** `Eric, +250788000000` → a name and a phone; null without both. */
export function readPickup(text: string): { readonly name: string; readonly phone: string } | null {
  const [, name, phone] = /^(.+?)[,;]?\s*(\+?\d[\d\s]{6,18}\d)\s*$/.exec(text.trim()) ?? [];
  return name && phone ? { name: name.trim(), phone: phone.replace(/\s/g, '') } : null;
}

const time = '([0-2]?\\d:\\d{2})';
const date = '(\\d{4}-\\d{2}-\\d{2})';
const leg = new RegExp(
  `([A-Z0-9]{2} ?\\d{1,4})\\s+([A-Z]{3})\\s*(?:-|–|→|>|\\s)\\s*([A-Z]{3})\\s+${date}[T ]${time}\\s+(?:${date}[T ])?${time}`,
  'g',
);
