import fc from 'fast-check';
import { expect, test } from 'vitest';
import hospitals from '../../src/domain/hospitals.json' with { type: 'json' };
import { atLocal, localDay, localTime, zoneOf } from '../../src/domain/zones.ts';

test('the zone is that of the country, Kigali when it is not known', () => {
  expect(zoneOf('BE')).toBe('Europe/Brussels');
  expect(zoneOf('GB')).toBe('Europe/London');
  expect(zoneOf(undefined)).toBe('Africa/Kigali');
  expect(zoneOf('constructor')).toBe('Africa/Kigali');
});

test('the day and time are those of the place', () => {
  const lateInKigali = new Date('2026-11-23T22:30:00Z');
  expect(localDay(lateInKigali, 'Africa/Kigali')).toBe('2026-11-24');
  expect(localDay(lateInKigali, 'Europe/Brussels')).toBe('2026-11-23');
  expect(localTime(lateInKigali, 'Europe/Brussels')).toBe('23:30');
});

test('a local time is found on both sides of a change of clocks', () => {
  const at = (day: string, time: string, zone = 'Europe/Brussels') => atLocal(day, time, zone).toISOString();
  expect(at('2026-11-23', '17:00', 'Africa/Kigali')).toBe('2026-11-23T15:00:00.000Z');
  expect(at('2027-03-27', '08:00')).toBe('2027-03-27T07:00:00.000Z');
  expect(at('2027-03-28', '08:00')).toBe('2027-03-28T06:00:00.000Z');
  // Skipped: clocks jump from 02:00 to 03:00.
  expect(at('2027-03-28', '02:30')).toBe('2027-03-28T01:30:00.000Z');
  // Twice: 02:30 in summer time comes first.
  expect(at('2027-10-31', '02:30')).toBe('2027-10-31T00:30:00.000Z');
  expect(at('2027-10-31', '08:00')).toBe('2027-10-31T07:00:00.000Z');
});

test('any minute that a clock shows leads back to an instant that shows it', () => {
  const zones = ['Africa/Kigali', 'Europe/Brussels', 'Europe/London', 'America/New_York', 'Asia/Kolkata'];
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40 * 525_960 }), fc.constantFrom(...zones), (minute, zone) => {
      const instant = new Date(Date.UTC(2010, 0, 1) + minute * 60_000);
      const found = atLocal(localDay(instant, zone), localTime(instant, zone), zone);
      expect(localDay(found, zone)).toBe(localDay(instant, zone));
      expect(localTime(found, zone)).toBe(localTime(instant, zone));
      expect(found.getTime()).toBeLessThanOrEqual(instant.getTime());
    }),
    { numRuns: 400 },
  );
});

test('hospitals have a name, a kind, a district and one of the five provinces', () => {
  const provinces = new Set(hospitals.hospitals.map(({ province }) => province));
  expect([...provinces].sort()).toEqual(['Eastern', 'Kigali City', 'Northern', 'Southern', 'Western']);
  const names = hospitals.hospitals.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(
    hospitals.hospitals.every(({ name, type, district }) =>
      [name, type, district].every((text) => text.length > 2),
    ),
  ).toBe(true);
});
