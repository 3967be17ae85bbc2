import airports from './airports.json' with { type: 'json' };
import type { Leg } from './model.ts';
import { atLocal } from './zones.ts';

export type Itinerary = {
  readonly legs: readonly Leg[];
  /** First departure and last arrival, ISO instants. */
  readonly departsAt: string;
  readonly arrivesAt: string;
};

/**
 * A journey out of its legs, whose times are wall clocks of their airports. Refused with `no_legs`,
 * `unknown_airport` (we do not know its clock), `bad_time`, `broken` (a leg does not start where the one before
 * ended), `backwards` (a leg starts before the one before has landed).
 */
export function readItinerary(legs: readonly Leg[]): Itinerary | { readonly why: string } {
  if (legs.length === 0) return { why: 'no_legs' };
  if (legs.some(({ from, to }) => !zoneAt(from) || !zoneAt(to))) return { why: 'unknown_airport' };
  if (legs.some(({ departs, arrives }) => !isWallClock(departs) || !isWallClock(arrives)))
    return { why: 'bad_time' };
  const flown = legs.map((leg) => ({
    ...leg,
    off: instant(leg.departs, leg.from),
    on: instant(leg.arrives, leg.to),
  }));
  if (flown.some((leg, i) => i > 0 && flown[i - 1]?.to !== leg.from)) return { why: 'broken' };
  if (flown.some((leg, i) => leg.on <= leg.off || (i > 0 && leg.off < (flown[i - 1]?.on ?? ''))))
    return { why: 'backwards' };
  return { legs, departsAt: flown[0]?.off ?? '', arrivesAt: flown.at(-1)?.on ?? '' };
}

/** IANA zone of an airport by its IATA code. */
export function zoneAt(airport: string): string | undefined {
  return clocks[airport];
}

function instant(wall: string, airport: string): string {
  return atLocal(wall.slice(0, 10), wall.slice(11, 16), zoneAt(airport) ?? 'Africa/Kigali').toISOString();
}

/** A time that exists: 31 February looks right and is not. */
function isWallClock(text: string): boolean {
  const at = Date.parse(`${text}:00Z`);
  return wallClock.test(text) && Number.isFinite(at) && new Date(at).toISOString().startsWith(text);
}

const wallClock = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/;
const clocks: Readonly<Record<string, string | undefined>> = airports;
