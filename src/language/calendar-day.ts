/** Arithmetic of calendar days written `YYYY-MM-DD`. No time zone is involved: days are counted in UTC. */

export type YearMonth = { readonly year: number; readonly month: number };

/** The day as text, or undefined when the calendar has no such day (31 April). Years 1900 to 2199. */
export function dayOf(year: number, month: number, day: number): string | undefined {
  if (!isYear(year) || !(month >= 1 && month <= 12) || !(day >= 1 && day <= lastDay(year, month)))
    return undefined;
  return `${year}-${two(month)}-${two(day)}`;
}

/** `YYYY-MM`, or undefined. */
export function monthOf(year: number, month: number): string | undefined {
  return isYear(year) && month >= 1 && month <= 12 ? `${year}-${two(month)}` : undefined;
}

export function addDays(day: string, count: number): string {
  // Inside a month no calendar is needed.
  const number = Number(day.slice(8)) + count;
  if (day.length === 10 && number >= 1 && number <= 28) return `${day.slice(0, 8)}${two(number)}`;
  return new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10);
}

/** How many days the second is behind the first. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}

/** The same day so many months on, or the month's last where it has no such day. Negative counts go back. */
export function addMonths(day: string, count: number): string {
  const from = partsOf(day);
  const months = from.year * 12 + from.month - 1 + count;
  const [year, month] = [Math.floor(months / 12), (((months % 12) + 12) % 12) + 1];
  return `${year}-${two(month)}-${two(Math.min(from.day, lastDay(year, month)))}`;
}

export function lastDay(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 ? (leap ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** 1 for Monday … 7 for Sunday. */
export function weekdayOf(day: string): number {
  return new Date(Date.parse(day)).getUTCDay() || 7;
}

export function partsOf(day: string): YearMonth & { readonly day: number } {
  return { year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)), day: Number(day.slice(8, 10)) };
}

/** The first such day that is not before `from`; 29 February may be years ahead. */
export function nextSuchDay(month: number, day: number, from: string): string | undefined {
  const { year } = partsOf(from);
  for (let ahead = 0; ahead <= 8; ahead++) {
    const candidate = dayOf(year + ahead, month, day);
    if (candidate !== undefined && candidate >= from) return candidate;
  }
  return undefined;
}

/** The next 31st may be two months away, the next Friday the 13th a year. */
export function nextDayNumber(day: number, today: string, weekday?: number): string | undefined {
  const from = partsOf(today);
  for (let ahead = 0; ahead < (weekday === undefined ? 3 : 14); ahead++) {
    const month = from.month + ahead;
    const found = dayOf(from.year + Math.floor((month - 1) / 12), ((month - 1) % 12) + 1, day);
    if (found === undefined || found < today) continue;
    if (weekday === undefined || weekdayOf(found) === weekday) return found;
  }
  return undefined;
}

function isYear(year: number): boolean {
  return year >= 1900 && year <= 2199;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
