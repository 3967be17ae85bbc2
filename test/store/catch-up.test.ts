import { expect, test } from 'vitest';
import { openCatchUp } from '../../src/store/catch-up.ts';
import { testStore } from '../support/store.ts';

test('how far an account was caught up with is kept, and never goes back', async () => {
  const { db } = await testStore();
  const marks = openCatchUp(db, 'whatsapp', 'whatsapp:+14155238886');
  expect(await marks.read()).toBeNull();
  const [first, second] = [new Date('2027-03-01T12:00:00Z'), new Date('2027-03-01T12:03:00Z')];
  await marks.write(second);
  await marks.write(first);
  expect(await marks.read()).toEqual(second);
  expect(await openCatchUp(db, 'whatsapp', 'whatsapp:+250788000000').read()).toBeNull();
});
