import { addDays } from './days.ts';

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
