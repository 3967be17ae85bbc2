import { expect, test } from 'vitest';
import { simulatedProduct } from '../support/simulated-product.ts';

/** Abuse that is told while somebody waits for another answer, on the real product. */

test('the trusted person hears of it although another ticket is open', async () => {
  const { call, db, settle } = await simulatedProduct();
  const person = 'people/telegram/4712';
  await call('POST', 'people', { channel: 'telegram', address: '4712', name: 'Aline Uwase', locale: 'en' });
  const said = [
    'hello',
    'Health worker abroad',
    'I agree',
    'yes',
    'HUMAN',
    'skip',
    'MENU',
    'he touched me',
    'yes',
  ];
  for (const text of said) {
    await call('POST', `${person}/say`, { text });
    await settle();
  }
  const { rows } = await db.query<{ reason: string }>(
    `SELECT t.reason FROM ticket t JOIN conversation c ON c.id = t.conversation_id WHERE c.address_index IS NOT NULL ORDER BY t.id`,
  );
  expect(rows.map(({ reason }) => reason)).toEqual(['human', 'psea']);
}, 60_000);
