/** Adds an ISO 8601 duration (`P3DT2H`, `P1M`, `PT30S`, `P2W`) to an instant, in UTC; null when it is none. */
export function addDuration(from: Date, duration: string): Date | null {
  const match =
    /^P(?!$)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?!$)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(
      duration,
    );
  if (!match) return null;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  const to = new Date(from);
  to.setUTCFullYear(to.getUTCFullYear() + years, to.getUTCMonth() + months);
  return new Date(to.getTime() + ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000);
}
