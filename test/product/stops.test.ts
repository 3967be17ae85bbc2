import pg from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import { controller, killableProduct } from '../support/product-process.ts';

test('a polite stop ends within ten seconds, a provider that does not answer notwithstanding', async () => {
  const product = await killableProduct();
  const call = controller(product.simulatorUrl);
  const db = new pg.Client({ connectionString: product.databaseUrl });
  await db.connect();
  db.on('error', () => {}); // the server ends this connection when the database is dropped
  onTestFinished(() => db.end());
  await call('POST', 'people', { channel: 'telegram', address: '700000001', locale: 'fr', channels: [] });
  await product.start();
  await call('POST', 'faults', { channel: 'telegram', fault: 'timeout', times: 1 });
  await call('POST', 'people/telegram/700000001/say', { text: 'Bonjour' });
  const states = async () => (await db.query<{ state: string }>('SELECT state FROM ledger')).rows;
  await vi.waitFor(async () => expect(await states()).toEqual([{ state: 'sending' }]), 10_000);

  const began = performance.now();
  expect(await product.kill('SIGTERM')).toBe(0);
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(await states(), 'covered by its lease').toEqual([{ state: 'sending' }]);
}, 60_000);
