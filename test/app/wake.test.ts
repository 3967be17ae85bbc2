import { expect, test } from 'vitest';
import { simulatedProduct } from '../support/simulated-product.ts';

test('a timer that nobody knows stops no other, and a person is told', async () => {
  const { call, db, settle } = await simulatedProduct();
  await call('POST', 'people', { channel: 'telegram', address: '4713', name: 'Aline', locale: 'en' });
  for (const text of ['hello', 'Health worker abroad', 'I agree', 'yes']) {
    await call('POST', 'people/telegram/4713/say', { text });
    await settle();
  }
  // As after going back to an older build.
  await db.query(
    `INSERT INTO timer (subject_kind, subject_id, line, due_at)
     SELECT 'person', id, 'draft.of_the_future', now() - interval '1 year' FROM person`,
  );
  await call('POST', 'clock', { advance: 'PT26H' });
  const { rows } = await db.query<{ fired: boolean; told: number; nudged: number }>(
    `SELECT (SELECT bool_and(fired_at IS NOT NULL) FROM timer WHERE line = 'draft.of_the_future') AS fired,
      (SELECT count(*)::int FROM ledger WHERE key = 'staff.timer_failed.text') AS told,
      (SELECT count(*)::int FROM ledger WHERE key LIKE 'resume%') AS nudged`,
  );
  expect(rows).toEqual([{ fired: true, told: 1, nudged: 1 }]);
});
