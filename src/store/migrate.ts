import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { withSchemaEngine } from './schema-engine.ts';

/**
 * Brings the database up to date and answers the names of the migrations that were missing, oldest first.
 *
 * Safe to call from several processes at once: they queue on an advisory lock. Each migration is one
 * transaction, so one that fails throws and leaves nothing, and may be corrected and tried again.
 */
export async function migrate(
  url: string,
  folder: string = migrationsFolder,
): Promise<{ readonly applied: readonly string[] }> {
  const migrationsList = readMigrations(folder);
  if (migrationsList.migrationDirectories.length === 0) return { applied: [] };
  return locked(url, async (client) => {
    await client.query("SET client_min_messages = 'warning'");
    if ((await missingIn(client, folder)).length === 0) return { applied: [] };
    await forgetFailures(client);
    const { appliedMigrationNames } = await withSchemaEngine({ url }, (engine) =>
      engine.applyMigrations({ migrationsList, filters }),
    );
    return { applied: appliedMigrationNames };
  });
}

/** The migrations that the database lacks. A start on somebody's own database refuses instead of migrating. */
export async function pendingMigrations(
  url: string,
  folder: string = migrationsFolder,
): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await missingIn(client, folder);
  } finally {
    await client.end();
  }
}

export const filters = { externalTables: [], externalEnums: [] };
export const migrationsFolder = fileURLToPath(new URL('../../prisma/migrations/', import.meta.url));

/** The project's migrations in the form that the schema engine takes them. */
export function readMigrations(folder: string = migrationsFolder): MigrationList {
  return {
    baseDir: folder,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: migrationNames(folder).map((path) => ({
      path,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: readFileSync(join(folder, path, 'migration.sql'), 'utf8') },
      },
    })),
  };
}

/** A folder without its file is one that somebody is just writing. */
function migrationNames(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'migration.sql')))
    .sort();
}

async function missingIn(client: pg.Client, folder: string): Promise<string[]> {
  const { rows: tables } = await client.query(
    "SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there",
  );
  if (!tables[0]?.there) return migrationNames(folder);
  const { rows } = await client.query<{ name: string }>(
    'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  );
  const there = new Set(rows.map(({ name }) => name));
  return migrationNames(folder).filter((name) => !there.has(name));
}

/** The engine refuses to go on after a failure that nobody looked at; ours were rolled back by PostgreSQL. */
async function forgetFailures(client: pg.Client): Promise<void> {
  const { rows } = await client.query("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there");
  if (!rows[0]?.there) return;
  await client.query(
    'UPDATE _prisma_migrations SET rolled_back_at = clock_timestamp() WHERE finished_at IS NULL AND rolled_back_at IS NULL',
  );
}

/** Any number that nobody else uses in this database; the engine has a lock of its own besides. */
const migrationLock = 4_688_692;

async function locked<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {}); // a lost connection rejects the query that waits on it; once is enough
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    return await work(client);
  } finally {
    await client.end(); // the lock goes with the connection
  }
}
