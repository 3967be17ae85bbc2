import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openEmbedded } from '../store/embedded.ts';
import { migrate } from '../store/migrate.ts';
import { openSeals, type Seals } from '../store/seal.ts';
import type { Size } from './row.ts';

/** What every row stands on: one durable PostgreSQL of the bench's own, and databases copied from prepared ones. */
export type Ground = {
  readonly size: Size;
  readonly seals: Seals;
  /** For child processes: hex. */
  readonly masterKey: string;
  /** Machine time at which programme time was {@link benchDay}. */
  readonly since: number;
  /** Tells a person at the terminal how far it is. */
  say(line: string): void;
  /** Makes a migrated database under this name, once; `fill` puts into it what its copies begin with. */
  prepare(name: string, fill: (db: pg.Pool) => Promise<void>): Promise<void>;
  /** The address of a new copy of a prepared database. */
  copyOf(name: string): Promise<string>;
  /** The address of the prepared database itself, for what is too large to be copied. */
  addressOf(name: string): string;
  /** Trades safety for speed while much is loaded, and is durable again when `work` has ended. */
  hastily(work: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
};

/** A Tuesday morning of work in Europe and Rwanda: nothing is held for the night. */
export const benchDay = new Date('2027-03-02T08:00:00Z');

/** The clock of all processes of one run. */
export function clockSince(since: number): { now(): Date } {
  return { now: () => new Date(benchDay.getTime() + Date.now() - since) };
}

export async function openGround(size: Size, say: (line: string) => void): Promise<Ground> {
  const dataDir = mkdtempSync(join(tmpdir(), 'intumwa-bench-'));
  chmodSync(dataDir, 0o711); // under root, the server's user walks through it
  await configure(dataDir);
  const server = await openEmbedded({ dataDir, log: () => {} });
  const masterKey = randomBytes(32);
  const addressOf = (name: string) => server.url.replace('/intumwa?', `/${name}?`);
  const prepared = new Map<string, Promise<void>>();
  let copies = 0;

  async function prepare(name: string, fill: (db: pg.Pool) => Promise<void>): Promise<void> {
    await onServer(server.url, `CREATE DATABASE ${name}`);
    await migrate(addressOf(name));
    const db = openPool(addressOf(name), 4);
    await fill(db);
    await db.end();
  }

  return {
    size,
    seals: openSeals(masterKey),
    masterKey: masterKey.toString('hex'),
    since: Date.now(),
    say,
    prepare(name, fill) {
      const known = prepared.get(name) ?? prepare(name, fill);
      prepared.set(name, known);
      return known;
    },
    async copyOf(name) {
      copies += 1;
      const copy = `${name}_${copies}`;
      await onServer(server.url, `CREATE DATABASE ${copy} TEMPLATE ${name} STRATEGY file_copy`);
      return addressOf(copy);
    },
    addressOf,
    async hastily(work) {
      const hasty = ['fsync', 'full_page_writes'];
      await onServer(server.url, ...hasty.map((name) => `ALTER SYSTEM SET ${name} = off`), reload);
      await work();
      await onServer(server.url, ...hasty.map((name) => `ALTER SYSTEM RESET ${name}`), reload, 'CHECKPOINT');
    },
    async close() {
      await server.stop();
      rmSync(server.where, { recursive: true, force: true });
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/**
 * What an operator sets for a machine of this size; without it PostgreSQL keeps to 128 MiB of memory. Its log is not
 * compressed: these binaries know only pglz, which took longer than all the rest of a broadcast beside a large past.
 */
const settings = ["shared_buffers = '2GB'", "max_wal_size = '4GB'"];

async function configure(dataDir: string): Promise<void> {
  const server = await openEmbedded({ dataDir, log: () => {} });
  await onServer(server.url, ...settings.map((setting) => `ALTER SYSTEM SET ${setting}`));
  await server.stop();
}

const reload = 'SELECT pg_reload_conf()';

/** As the product opens it. */
export function openPool(url: string, max = 16): pg.Pool {
  const db = new pg.Pool({ connectionString: url, max });
  // The server is stopped before every pool has closed its connections; whoever uses one hears of it by the query.
  db.on('error', () => {});
  db.on('connect', (client) => client.on('error', () => {}));
  return db;
}

async function onServer(url: string, ...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
