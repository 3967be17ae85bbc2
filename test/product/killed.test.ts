import pg from 'pg';
import { expect, test, vi } from 'vitest';
import { controller, killableProduct } from '../support/product-process.ts';

const people = [
  { channel: 'whatsapp', address: '+32470000001' },
  { channel: 'telegram', address: '700000001' },
  { channel: 'slack', address: 'U0AMINA' },
] as const;

test('one question on three channels: answered, receipted, and not lost when the process is killed', async () => {
  const product = await killableProduct();
  const call = controller(product.simulatorUrl);
  const db = new pg.Client({ connectionString: product.databaseUrl });
  await db.connect();
  // The server ends this connection when the database is dropped.
  db.on('error', () => {});
  const path = ({ channel, address }: (typeof people)[number]) =>
    `people/${channel}/${encodeURIComponent(address)}`;
  const texts = async (person: (typeof people)[number]) => {
    const { messages } = await call('GET', `${path(person)}/messages`);
    return (messages as { text: string }[]).map(({ text }) => text);
  };
  for (const { channel, address } of people)
    await call('POST', 'people', { channel, address, locale: 'fr', channels: [] });

  await product.start();
  for (const person of people) await call('POST', `${path(person)}/say`, { text: 'Bonjour' });
  await call('POST', 'settle', {});
  for (const person of people) expect(await texts(person), person.channel).toHaveLength(1);
  const receipts = await call('GET', `${path(people[0])}/messages`);
  expect((receipts['messages'] as { receipts: object }[])[0]?.receipts).toMatchObject({
    delivered: expect.any(String),
  });

  // What is said now is committed and acknowledged, its answer put off by the provider; then comes kill -9.
  for (const { channel } of people)
    await call('POST', 'faults', { channel, fault: '429', times: 1, retryAfter: 1 });
  for (const person of people) await call('POST', `${path(person)}/say`, { text: '1' });
  await vi.waitFor(async () => {
    const { rows } = await db.query(
      "SELECT count(*)::int AS n FROM ledger WHERE state = 'queued' AND reason = 'throttled'",
    );
    expect(rows).toEqual([{ n: people.length }]);
  }, 10_000);
  await product.kill('SIGKILL');

  await product.start();
  await vi.waitFor(async () => {
    for (const person of people) expect(await texts(person), person.channel).toHaveLength(2);
  }, 15_000);
  await call('POST', 'settle', {});
  for (const person of people) expect(await texts(person), `${person.channel} hears it once`).toHaveLength(2);
  const { rows } = await db.query(
    "SELECT kind, count(*)::int AS n FROM turn WHERE kind IN ('text', 'parked') GROUP BY kind",
  );
  expect(rows, 'every event had one turn, none was parked').toEqual([{ kind: 'text', n: 2 * people.length }]);
  expect(await product.kill('SIGTERM'), 'a polite stop ends well').toBe(0);
  await db.end();
}, 90_000);

test('a polite stop is over within ten seconds, though a provider does not answer', async () => {
  const product = await killableProduct();
  await product.start();
  const call = controller(product.simulatorUrl);
  await call('POST', 'people', { channel: 'telegram', address: '4712', name: 'Odile', locale: 'en' });
  await call('POST', 'faults', { channel: 'telegram', fault: 'timeout' });
  await call('POST', 'people/telegram/4712/say', { text: 'Hello' });
  const db = new pg.Client({ connectionString: product.databaseUrl });
  await db.connect();
  await vi.waitFor(async () => {
    const { rows } = await db.query("SELECT count(*)::int AS n FROM ledger WHERE state = 'sending'");
    expect(rows).toEqual([{ n: 1 }]);
  }, 10_000);
  await db.end();
  const from = Date.now();
  expect(await product.kill('SIGTERM')).toBe(0);
  expect(Date.now() - from).toBeLessThan(10_000);
}, 60_000);
