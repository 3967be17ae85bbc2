import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { openProduct } from '../../src/product.ts';
import { freshDatabase } from '../support/database.ts';
import { controller } from '../support/product-process.ts';
import { memoryLog } from './memory-log.ts';

const phone = '+32470998877';
const body = 'Nitwa Espérance Nyirahabimana';
const path = `people/whatsapp/${encodeURIComponent(phone)}`;

async function watchedProduct() {
  const { url: databaseUrl, drop } = await freshDatabase();
  const { log, text, lines } = memoryLog();
  const product = await openProduct(
    {
      port: 0,
      dataDir: '.unused',
      databaseUrl,
      logLevel: 'trace',
      telegram: { kind: 'simulated' },
      whatsapp: { kind: 'simulated' },
      slack: { kind: 'simulated' },
      simulated: true,
      masterKey: new Uint8Array(32).fill(7),
    },
    log,
  );
  const db = new pg.Client({ connectionString: databaseUrl });
  db.on('error', () => {}); // dropping the database ends it
  await db.connect();
  onTestFinished(async () => {
    await product.stop();
    await db.end();
    await drop();
  });
  const get = async (page: string) => {
    const response = await fetch(`${product.url}${page}`);
    return { status: response.status, text: await response.text() };
  };
  return { call: controller(product.url), db, get, text, lines };
}

test('a conversation shows on the page of measures, and the product says that it is ready', async () => {
  const { call, get, text } = await watchedProduct();
  expect(await get('/healthz')).toEqual({ status: 200, text: 'ok' });
  expect(await get('/readyz')).toEqual({ status: 200, text: '{"ready":true}' });
  await call('POST', 'people', { channel: 'whatsapp', address: phone, name: 'Espérance', locale: 'fr' });
  await call('POST', `${path}/say`, { text: 'Bonjour' });
  await call('POST', 'settle', {});
  const page = (await get('/metrics')).text;
  expect(page).toContain('intumwa_turns_total{channel="whatsapp",flow="hello",outcome="kept"} 1');
  // On a busy machine the stand-in may hand the message in twice; what was kept is one.
  expect(page).toMatch(/intumwa_turn_seconds_count\{channel="whatsapp"\} [1-9]/);
  expect(page).toContain('intumwa_deliveries_total{channel="whatsapp",outcome="sent"} 1');
  expect(page).toContain('intumwa_receipts_total{channel="whatsapp",state="delivered"} 1');
  expect(page).toMatch(/intumwa_events_total\{channel="whatsapp",what="kept"\} [2-9]/);
  expect(page).toContain('intumwa_database_up 1');
  expect(page).toContain('intumwa_ledger_rows{state="queued"} 0');
  expect(page + text()).not.toMatch(/Espérance|470998877/);
});

test('a migration that is missing takes us out of traffic, not out of life', async () => {
  const { db, get } = await watchedProduct();
  await db.query(
    "UPDATE _prisma_migrations SET rolled_back_at = clock_timestamp() WHERE migration_name LIKE '%_turn'",
  );
  const { status, text } = await get('/readyz');
  expect(status).toBe(503);
  expect(JSON.parse(text)).toEqual({
    ready: false,
    missing: { migrations: [expect.stringMatching(/_turn$/)] },
  });
  expect((await get('/healthz')).status).toBe(200);
});

test('when PostgreSQL refuses a turn, quoting it, neither body nor number nor name reach the log', async () => {
  const { call, db, get, text, lines } = await watchedProduct();
  // As unkind as a database can be: it repeats the whole parameter of the statement in every field of its error.
  await db.query(`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'no: ${body} ${phone}' USING DETAIL = '${body} ${phone}', HINT = '${phone}', COLUMN = '${body}'; END $$;
    CREATE TRIGGER refuse BEFORE INSERT ON turn FOR EACH ROW WHEN (NEW.kind = 'text') EXECUTE FUNCTION refuse();`);
  await call('POST', 'people', { channel: 'whatsapp', address: phone, name: 'Espérance', locale: 'fr' });
  await call('POST', `${path}/say`, { text: body });
  await call('POST', 'settle', {});

  const parked = lines().find(({ msg }) => msg === 'turn parked');
  expect(parked).toMatchObject({ channel: 'whatsapp', err: { code: 'P0001', at: expect.any(Array) } });
  expect((await get('/metrics')).text).toContain(
    'intumwa_turns_total{channel="whatsapp",flow="hello",outcome="parked"} 1',
  );
  expect(text()).not.toMatch(/Espérance|Nyirahabimana|Nitwa|470998877/);
});
