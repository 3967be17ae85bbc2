/** The time zone people of a country live by; Rwanda's for those we do not know. IANA name for an ISO alpha-2 code. */
export function zoneOf(country: string | undefined): string {
  return (
    (country !== undefined && Object.hasOwn(zones, country) ? zones[country] : undefined) ?? 'Africa/Kigali'
  );
}

/** The calendar day `YYYY-MM-DD` it is in a zone at an instant. */
export function localDay(instant: Date, zone: string): string {
  return shownAt(instant.getTime(), zone).slice(0, 10);
}

/** The time `HH:MM` on the wall in a zone at an instant, 24 hours. */
export function localTime(instant: Date, zone: string): string {
  return shownAt(instant.getTime(), zone).slice(11, 16);
}

/**
 * The instant when clocks in a zone show that day (`YYYY-MM-DD`) and time (`HH:MM`). A time that summer time skips is
 * taken as long after the jump as it was written after its start (02:30 becomes 03:30); one that comes twice is the
 * first.
 */
export function atLocal(day: string, time: string, zone: string): Date {
  const wanted = Date.parse(`${day}T${time}:00Z`);
  // The offset before and after any change of clocks on that day; the earlier fitting instant wins.
  const offsets = [wanted - dayMs, wanted + dayMs].map((around) => offsetAt(around, zone));
  const fits = offsets.map((offset) => wanted - offset).filter((at) => at + offsetAt(at, zone) === wanted);
  return new Date(fits.length > 0 ? Math.min(...fits) : wanted - (offsets[0] ?? 0));
}

const dayMs = 86_400_000;

/** Everywhere clocks change on whole quarters of an hour, so one look-up serves all of it. */
const quarterMs = 900_000;
/** A look-up costs ten times what all else here does. Of each zone the quarters asked for last are remembered. */
const remembered = 400;
const offsets = new Map<string, Map<number, number>>();

/** How far the clocks of a zone are ahead of UTC at an instant, in ms. */
function offsetAt(instant: number, zone: string): number {
  const quarter = Math.floor(instant / quarterMs) * quarterMs;
  const known = offsets.get(zone) ?? new Map<number, number>();
  const offset = known.get(quarter);
  if (offset !== undefined) return offset;
  const looked = lookedUp(quarter, zone);
  if (known.size >= remembered) known.clear();
  offsets.set(zone, known.set(quarter, looked));
  return looked;
}

function lookedUp(instant: number, zone: string): number {
  const parts = new Map(
    formatterOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  const day = `${part('year')}-${part('month')}-${part('day')}`;
  return Date.parse(`${day}T${part('hour')}:${part('minute')}:00Z`) - instant;
}

/** `YYYY-MM-DDTHH:MM` on the wall. */
function shownAt(instant: number, zone: string): string {
  return new Date(instant + offsetAt(instant, zone)).toISOString().slice(0, 16);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Only arithmetic: figures, never words. language/wall-clock.ts has its twin, since neither folder may import the other. */
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

/** One zone per country: where it has several, the one of its capital or of most of its people. */
const zones: Readonly<Record<string, string>> = {
  BE: 'Europe/Brussels',
  DE: 'Europe/Berlin',
  NL: 'Europe/Amsterdam',
  GB: 'Europe/London',
  FR: 'Europe/Paris',
  RW: 'Africa/Kigali',
  LU: 'Europe/Luxembourg',
  CH: 'Europe/Zurich',
  AT: 'Europe/Vienna',
  IT: 'Europe/Rome',
  ES: 'Europe/Madrid',
  PT: 'Europe/Lisbon',
  IE: 'Europe/Dublin',
  SE: 'Europe/Stockholm',
  DK: 'Europe/Copenhagen',
  NO: 'Europe/Oslo',
  FI: 'Europe/Helsinki',
  PL: 'Europe/Warsaw',
  CZ: 'Europe/Prague',
  CA: 'America/Toronto',
  US: 'America/New_York',
  AU: 'Australia/Sydney',
  IN: 'Asia/Kolkata',
  CN: 'Asia/Shanghai',
  AE: 'Asia/Dubai',
  QA: 'Asia/Qatar',
  BI: 'Africa/Bujumbura',
  CD: 'Africa/Kinshasa',
  UG: 'Africa/Kampala',
  KE: 'Africa/Nairobi',
  TZ: 'Africa/Dar_es_Salaam',
  ET: 'Africa/Addis_Ababa',
  ZA: 'Africa/Johannesburg',
  SN: 'Africa/Dakar',
  CI: 'Africa/Abidjan',
  CM: 'Africa/Douala',
  GH: 'Africa/Accra',
  NG: 'Africa/Lagos',
  ZM: 'Africa/Lusaka',
  MZ: 'Africa/Maputo',
  MW: 'Africa/Blantyre',
};
