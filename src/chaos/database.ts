import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { findBinaries } from '../store/binaries.ts';
import { ownerOf } from '../store/database-home.ts';
import { openEmbedded } from '../store/embedded.ts';
import { isAlive } from '../store/lock-file.ts';
import { migrate } from '../store/migrate.ts';
import type { ServerUser } from '../store/server-user.ts';

/** How the server goes down: as in a power cut, as in an emergency stop, as in maintenance. */
export const endings = ['kill', 'immediate', 'fast'] as const;
export type Ending = (typeof endings)[number];

export type ChaosDatabase = {
  readonly url: string;
  /** Resolves when the server takes queries again, at the same address. Answers for how many ms it was away. */
  restart(ending: Ending): Promise<number>;
  /** Ends the server and deletes its data. */
  remove(): Promise<void>;
};

/**
 * PostgreSQL of this run alone, in a temporary folder, with every safety on: a server that forgets commits when it
 * is killed would make us count its losses as ours.
 */
export async function openDatabase(): Promise<ChaosDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), 'intumwa-chaos-'));
  const quiet = () => {};
  const embedded = await openEmbedded({ dataDir, log: quiet });
  await migrate(embedded.url);
  const { where, url } = embedded;
  const data = join(where, 'data');
  const user = ownerOf(where);
  const { pg_ctl } = await findBinaries(user, dataDir, quiet);
  const server = () => Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);

  return {
    url,
    async restart(ending) {
      const from = Date.now();
      const pid = server();
      if (ending === 'kill') process.kill(pid, 'SIGKILL');
      // `restart` starts with the options of the last start, the port among them. After a kill the server's
      // children may still be ending, and the new one waits for them.
      for (let attempt = 1; ; attempt += 1) {
        const mode = ending === 'fast' ? 'fast' : 'immediate';
        const ok = await run(user, pg_ctl, [
          'restart',
          '--wait',
          '--timeout=30',
          `--mode=${mode}`,
          `--pgdata=${data}`,
          `--log=${join(where, 'server.log')}`,
        ]);
        if (ok && (await answers(url))) return Date.now() - from;
        if (attempt === 50) throw new Error(`the database does not come back`);
        await pause(100);
      }
    },
    async remove() {
      const pid = existsSync(join(data, 'postmaster.pid')) ? server() : 0;
      await run(user, pg_ctl, ['stop', '--wait', '--mode=immediate', `--pgdata=${data}`]);
      while (pid > 0 && isAlive(pid)) await pause(20);
      rmSync(where, { recursive: true, force: true });
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Without holding up this process, through which everything else goes meanwhile. */
async function run(user: ServerUser, program: string, args: readonly string[]): Promise<boolean> {
  const [code] = await once(spawn(program, args, { ...user, cwd: '/', stdio: 'ignore' }), 'exit');
  return code === 0;
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}
