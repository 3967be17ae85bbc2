import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { schemaDrift } from '../../src/store/drift.ts';
import { migrate, pendingMigrations } from '../../src/store/migrate.ts';
import { emptyDatabase, freshDatabase } from '../support/database.ts';

test('the migrations make what the schema describes', async () => {
  expect(await schemaDrift(await database(emptyDatabase)), 'run: npm run migration -- <name>').toBe('');
});

test('a fresh database needs no migration, and is nobody else’s', async () => {
  const [one, other] = [await database(freshDatabase), await database(freshDatabase)];
  expect(await pendingMigrations(one)).toEqual([]);
  expect(one).not.toBe(other);
});

test('replicas that migrate at once apply each migration once', async () => {
  const folder = migrations({
    '1_herd': 'CREATE TABLE cow (name text);',
    '2_calf': 'ALTER TABLE cow ADD calf text;',
  });
  const url = await database(emptyDatabase);
  expect(await pendingMigrations(url, folder)).toEqual(['1_herd', '2_calf']);
  const runs = await Promise.all([migrate(url, folder), migrate(url, folder), migrate(url, folder)]);
  expect(runs.flatMap(({ applied }) => applied)).toEqual(['1_herd', '2_calf']);
  expect(await pendingMigrations(url, folder)).toEqual([]);
});

test('hand-written SQL is read by PostgreSQL, not cut at semicolons', async () => {
  const folder = migrations({
    '1_function': `
      CREATE TABLE cow (name text);
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'cows stay; all of them';
      END $$;
      CREATE TRIGGER cow_stays BEFORE DELETE ON cow FOR EACH ROW EXECUTE FUNCTION refuse();
      INSERT INTO cow VALUES ('Inyambo; the long-horned');`,
  });
  const url = await database(emptyDatabase);
  await migrate(url, folder);
  const client = await connect(url);
  expect((await client.query('SELECT name FROM cow')).rows).toEqual([{ name: 'Inyambo; the long-horned' }]);
  await expect(client.query('DELETE FROM cow')).rejects.toThrow('cows stay; all of them');
});

test('a migration that failed half-way says why, leaves nothing, and can be tried again', async () => {
  const good = { '1_herd': 'CREATE TABLE cow (name text);' };
  const url = await database(emptyDatabase);
  await migrate(url, migrations(good));

  const bad = migrations({ ...good, '2_calf': 'CREATE TABLE calf (name text); SELECT nonsense;' });
  await expect(migrate(url, bad)).rejects.toThrow('column "nonsense" does not exist');
  const client = await connect(url);
  expect((await client.query("SELECT to_regclass('calf') AS calf")).rows).toEqual([{ calf: null }]);

  const mended = migrations({ ...good, '2_calf': 'CREATE TABLE calf (name text);' });
  expect(await migrate(url, mended)).toEqual({ applied: ['2_calf'] });
});

async function database(make: typeof emptyDatabase): Promise<string> {
  const { url, drop } = await make();
  onTestFinished(drop);
  return url;
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

function migrations(scripts: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'intumwa-migrations-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, sql] of Object.entries(scripts)) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'migration.sql'), sql);
  }
  return folder;
}
