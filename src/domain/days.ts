/** Arithmetic of calendar days written `YYYY-MM-DD`, without time zones: days are counted in UTC. */

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10);
}

/** The instant so many hours after another, both ISO. */
export function hoursAfter(instant: string, hours: number): string {
  return new Date(Date.parse(instant) + hours * 3_600_000).toISOString();
}
