import { expect, test } from 'vitest';
import { isTheirs } from '../../src/app/desk/tickets.ts';

const country = 'BE';

test.each([
  ['coord_rw', 'human', true],
  ['coord_rw', 'psea', false],
  ['coord_country', 'psea', false],
  ['duty', 'sos', true],
  ['duty', 'psea', false],
  ['moh', 'psea', false],
  ['admin', 'psea', false],
  ['psea', 'psea', true],
  ['psea', 'human', false],
] as const)('%s, a ticket for the reason %s: %s', (role, reason, theirs) => {
  const actor = { personId: 1, role, country: role === 'coord_country' ? country : null } as never; // no more is read
  expect(isTheirs({ reason, country }, actor)).toBe(theirs);
});
