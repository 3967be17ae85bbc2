import { addDays } from './days.ts';
import { atLocal, localDay } from './zones.ts';

/**
 * The n-th working day after a day: Monday to Friday, Rwanda's fixed public holidays left out. Those that move
 * (Easter, Umuganura, both Eids) are counted as working days, so a promise may fall a day early, never late.
 */
export function workingDaysAfter(day: string, count: number): string {
  let current = day;
  for (let left = count; left > 0; ) {
    current = addDays(current, 1);
    const weekday = new Date(Date.parse(current)).getUTCDay();
    if (weekday !== 0 && weekday !== 6 && !holidays.has(current.slice(5))) left -= 1;
  }
  return current;
}

const holidays: ReadonlySet<string> = new Set([
  '01-01',
  '01-02',
  '02-01',
  '04-07',
  '05-01',
  '07-01',
  '07-04',
  '08-15',
  '12-25',
  '12-26',
]);

/** Nine o'clock of the next morning in Kigali; null while it is working time there, nine to four. */
export function morningAfter(now: Date): Date | null {
  const today = localDay(now, 'Africa/Kigali');
  const nine = atLocal(today, '09:00', 'Africa/Kigali');
  if (now < nine) return nine;
  return now < atLocal(today, '16:00', 'Africa/Kigali') ? null : new Date(nine.getTime() + 24 * 3_600_000);
}
