import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { type Embedded, openEmbedded } from '../../src/store/embedded.ts';
import { ensureGenerated } from '../../src/store/generate.ts';
import { migrate } from '../../src/store/migrate.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Of the server's database `intumwa`; its neighbour `template` is migrated. */
    serverUrl: string;
    /** Why there is no migrated database in this run; empty when there is one. */
    templateProblem: string;
  }
}

const prefix = 'intumwa-test-';

let stop: () => Promise<void> = async () => {};

/**
 * One server for the run, with one migrated database that each test copies. A broken schema or migration
 * fails the tests that want a database, not those that do not.
 */
export async function setup(project: TestProject): Promise<void> {
  await removeLeftOvers();
  const dataDir = mkdtempSync(join(tmpdir(), prefix));
  chmodSync(dataDir, 0o711); // under root, the server's user walks through it
  const server = await openEmbedded({ dataDir, log: () => {}, durable: false });
  stop = () => remove(server, dataDir);
  project.provide('serverUrl', server.url);
  project.provide('templateProblem', await prepare(server.url).then(() => '', String));
}

export const teardown = () => stop();

async function remove(server: Embedded, dataDir: string): Promise<void> {
  await server.stop();
  rmSync(server.where, { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
}

async function prepare(url: string): Promise<void> {
  await ensureGenerated();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('CREATE DATABASE template');
  await client.end();
  await migrate(url.replace('/intumwa?', '/template?'));
}

/** A run that was killed leaves its server behind; whoever has the lock is alive and is left alone. */
async function removeLeftOvers(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const dataDir = join(tmpdir(), name);
    if (!existsSync(join(dataDir, 'database', 'lock'))) continue; // being made, or being removed
    try {
      await remove(await openEmbedded({ dataDir, log: () => {}, durable: false }), dataDir);
    } catch {
      // In use by another run, or not ours.
    }
  }
}
