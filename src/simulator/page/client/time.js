/** Programme time (which can be moved) as this page last heard it, ticking on by the machine's clock. */
export function createTime() {
  let aheadMs = 0;
  return {
    set: (now) => {
      aheadMs = now.getTime() - Date.now();
    },
    now: () => new Date(Date.now() + aheadMs),
  };
}

const formats = new Map();
function format(at, zone, options) {
  const key = `${zone} ${Object.keys(options)}`;
  let known = formats.get(key);
  if (!known) {
    known = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', ...options });
    formats.set(key, known);
  }
  return known.format(at);
}

export const hourOf = (at, zone) => format(at, zone, { hour: '2-digit', minute: '2-digit' });
export const dayOf = (at, zone) =>
  format(at, zone, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).replace(/,/g, '');
/** `2026-11-23`, to tell days apart and to fill date fields. */
export const isoDayOf = (at, zone) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(at);
export const cityOf = (zone) => zone.split('/').at(-1).replaceAll('_', ' ');

/** The day as a chat shows it between messages. */
export function dayLabel(at, now, zone) {
  const [day, today] = [isoDayOf(at, zone), isoDayOf(now, zone)];
  if (day === today) return 'Today';
  if (day === isoDayOf(new Date(now.getTime() - 86_400_000), zone)) return 'Yesterday';
  return dayOf(at, zone);
}

// Kigali is two hours ahead of UTC all year.
const kigaliMs = 2 * 3_600_000;

/** The next eight o'clock of a morning in Kigali. */
export function nextMorning(now) {
  const there = new Date(now.getTime() + kigaliMs);
  const days = there.getUTCHours() < 8 ? 0 : 1;
  return new Date(
    Date.UTC(there.getUTCFullYear(), there.getUTCMonth(), there.getUTCDate() + days, 8) - kigaliMs,
  );
}

/** A day and an hour on a wall in Kigali as an instant. */
export const kigaliInstant = (day, hour) => new Date(`${day}T${hour}:00+02:00`);
