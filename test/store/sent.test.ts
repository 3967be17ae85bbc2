import { expect, test } from 'vitest';
import { openSent } from '../../src/store/sent.ts';
import { loadRequest, testStore, turnOf } from '../support/store.ts';

const now = new Date('2027-03-01T09:00:00Z');

test('a message at the provider is another row’s, unless it is this row’s or nobody’s', async () => {
  const { db, store, queue } = await testStore();
  const reply = turnOf(await store.load(loadRequest('m1', now)), 'm1', now);
  await store.save(reply);
  const [row] = await queue.claim(now, 1);
  if (!row) throw new Error('the reply is due');
  await queue.settle([{ row, change: { state: 'sent', providerId: 'SM1' } }], now);
  const sent = openSent(db);
  expect(await sent.taken(['SM1', 'SM2'], String(row.id + 1))).toEqual(new Set(['SM1']));
  expect(await sent.taken(['SM1', 'SM2'], String(row.id))).toEqual(new Set());
});

test('the parts of a row are known to every process, and go with it', async () => {
  const { db, store, queue } = await testStore();
  await store.save(turnOf(await store.load(loadRequest('m1', now)), 'm1', now));
  const [row] = await queue.claim(now, 1);
  if (!row) throw new Error('the reply is due');
  const id = String(row.id);
  const [sent, elsewhere] = [openSent(db), openSent(db)];
  expect(await sent.parts(id)).toBe(0);
  await sent.keepPart(id, 0, 'SM1');
  await sent.keepPart(id, 0, 'SM1');
  await sent.keepPart(id, 1, 'SM2');
  expect(await elsewhere.parts(id)).toBe(2);
  expect(await elsewhere.taken(['SM1', 'SM3'], id)).toEqual(new Set(['SM1']));
  await db.query('DELETE FROM ledger');
  expect(await elsewhere.parts(id)).toBe(0);
});
