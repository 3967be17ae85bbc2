import { expect, test } from 'vitest';
import { morningAfter } from '../../src/domain/working-days.ts';

test.each([
  ['before work', '2027-03-02T05:00:00Z', '2027-03-02T07:00:00Z'],
  // A start at such an hour once asked the clock to go back to the moment it had just left.
  ['at work', '2027-03-02T09:30:00Z', undefined],
  ['after work', '2027-03-02T15:00:00Z', '2027-03-03T07:00:00Z'],
])('a simulated programme begins on a morning in Kigali: %s', (_, now, morning) => {
  expect(morningAfter(new Date(now))?.toISOString()).toBe(morning?.replace('Z', '.000Z'));
});
