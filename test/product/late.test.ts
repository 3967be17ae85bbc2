import { expect, test, vi } from 'vitest';
import { threeOffers } from '../support/offers.ts';
import { controller, killableProduct } from '../support/product-process.ts';

test('after a time without service each overdue timer follows its own policy, and ladders count from the question', async () => {
  const product = await killableProduct();
  const call = controller(product.simulatorUrl);
  await product.start();
  await call('POST', 'clock', { to: '2027-03-02T10:00:00Z' });
  const { db, clock, plan, written, last } = await threeOffers(product, call);
  await clock.refresh();
  const now = clock.now();
  const hours = (n: number) => new Date(now.getTime() + n * 3_600_000).toISOString();
  // A-0001 is an open offer; A-0002 lands in an hour; of A-0003 the hospital wanted to ask about two items.
  await db.query("UPDATE assignment SET status = 'travelling' WHERE id = 2");
  await db.query(
    "UPDATE travel SET status = 'departed', departs_at = $1, arrives_at = $2 WHERE assignment_id = 2",
    [hours(-12), hours(1)],
  );
  const asked = { answer: 'ask', by: 1, at: now.toISOString() };
  await db.query("UPDATE assignment SET status = 'clearing', focal_yes_at = $1 WHERE id = 3", [now]);
  await db.query("UPDATE readiness SET status = 'in_progress', items = $1 WHERE assignment_id = 3", [
    { R5: asked, R8: asked, R1: { ...asked, answer: 'yes' } },
  ]);
  for (const id of [2, 3]) await plan(id);
  await call('POST', 'settle', {});
  const before = await last();
  expect(await product.kill('SIGTERM')).toBe(0);

  await db.query('UPDATE clock SET offset_ms = offset_ms + $1', [70 * 3_600_000]);
  await product.start();
  const overdue = 'SELECT line FROM timer WHERE fired_at IS NULL AND due_at <= $1 AND wait_until IS NULL';
  await vi.waitFor(async () => expect((await db.query(overdue, [hours(70)])).rows).toEqual([]), 20_000);
  await call('POST', 'settle', {});
  expect(await written(before)).toEqual([
    'arrival.invite.text',
    'host_news.ask_again_several.text',
    'host_news.placement_again.text',
    'offer.remind60.text',
  ]);
  const { rows: skipped } = await db.query(
    "SELECT flow FROM turn WHERE step_after = 'skipped' ORDER BY flow",
  );
  expect(skipped).toEqual([{ flow: 'offer.remind24' }, { flow: 'readiness.ask.R5' }]);

  const asking = await last();
  await call('POST', 'clock', { advance: 'PT1H50M' });
  expect(await written(asking)).toEqual([]);
  await call('POST', 'clock', { advance: 'PT20M' });
  expect(await written(asking)).toEqual(
    expect.arrayContaining(['arrival.remind.text', 'host_news.arrived.text', 'offer.ended.text']),
  );
  expect(await written(asking)).not.toContain('arrival.desk.silent.text');
  await call('POST', 'clock', { advance: 'PT4H' });
  expect(await written(asking)).toContain('arrival.desk.silent.text');
}, 120_000);
