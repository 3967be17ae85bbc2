/** The day `YYYY-MM-DD` and time `HH:MM` that a clock on the wall shows there. Takes an ISO instant and an IANA zone. */
export function wallClock(instant: string, zone: string): { readonly day: string; readonly time: string } {
  const shown = formatterOf(zone).format(new Date(instant));
  const [, day, month, year, time] = /^(\d+)\/(\d+)\/(\d+), (\d+:\d+)$/.exec(shown) ?? [];
  return { day: `${year}-${month}-${day}`, time: `${time}` };
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Only arithmetic: the locale gives figures, never words. A platform that answers with another one must not start. */
function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const { locale } = made.resolvedOptions();
  if (locale !== 'en-GB') throw new Error(`This build of Node formats in ${locale} where en-GB was asked`);
  formatters.set(zone, made);
  return made;
}
