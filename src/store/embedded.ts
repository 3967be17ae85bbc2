import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { type Binaries, findBinaries } from './binaries.ts';
import { CannotStart } from './cannot-start.ts';
import { type DatabaseHome, homeOf, openHome, ownerOf } from './database-home.ts';
import { isAlive, lockFileOwner, takeLockFile } from './lock-file.ts';
import { runAs, type ServerUser, serverUser } from './server-user.ts';

export type Embedded = {
  /** Of the product's database, reachable from this machine only. Holds the password: never log it. */
  readonly url: string;
  /** Where the server keeps its files; not always below the data folder, see {@link openHome}. */
  readonly where: string;
  /** Stops the server and waits until its data is on disk. */
  stop(): Promise<void>;
};

/**
 * Starts the PostgreSQL that npm brought, on `<dataDir>/database`, and makes the database when it is new.
 *
 * One process owns a data folder at a time. A server that a killed process left behind is taken over as
 * it runs, and a folder that a killed server left behind is recovered. `durable: false` trades safety in a
 * power cut for speed; it is for tests. Throws {@link CannotStart} with a line for the person at the terminal.
 */
export async function openEmbedded({
  dataDir,
  log,
  durable = true,
}: {
  readonly dataDir: string;
  readonly log: (line: string) => void;
  readonly durable?: boolean;
}): Promise<Embedded> {
  const folder = resolve(dataDir);
  const lent = serverUser(log);
  const user = lent && (ownerOf(homeOf(folder)) ?? lent);
  const binaries = await findBinaries(user, folder, log);
  const home = openHome(folder, user, log);

  const lock = takeLockFile(home.lock);
  if (!lock.taken) {
    throw new CannotStart(
      `The database in ${dataDir} is in use by another Intumwa (process ${lock.pid}): stop that one, or set DATA_DIR to another folder.`,
    );
  }
  try {
    if (!existsSync(home.data)) initialise(home, user, binaries);
    const password = readFileSync(home.password, 'utf8').trim();
    const left = await leftBehind(home, password);
    const server = left ?? (await start(home, user, binaries, durable));
    if (left) log('took over the database server that an earlier run left behind');
    await makeDatabase(urlOf(server.port, password, 'postgres'));

    // A crash of ours should not leave a server running; kill -9 still does, and the next start takes over.
    const interrupt = () => signal(server.pid, 'SIGINT');
    process.once('exit', interrupt);
    return {
      url: urlOf(server.port, password, 'intumwa'),
      where: home.path,
      async stop() {
        process.off('exit', interrupt);
        signal(server.pid, 'SIGINT');
        await until(() => !isAlive(server.pid), 30_000);
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The database of a server that another process runs on this data folder now, for commands beside it. */
export async function joinEmbedded(dataDir: string): Promise<string | undefined> {
  const path = homeOf(resolve(dataDir));
  if (path === undefined || lockFileOwner(join(path, 'lock')) === undefined) return undefined;
  const password = readFileSync(join(path, 'password'), 'utf8').trim();
  const running = readPidFile(join(path, 'data'));
  if (running === undefined) return undefined;
  const url = urlOf(running.port, password, 'intumwa');
  return (await answers(url)) ? url : undefined;
}

const owner = 'intumwa';
type Running = { readonly pid: number; readonly port: number };

function urlOf(port: number, password: string, database: string): string {
  // sslmode is spelled out, or a PGSSLMODE of the environment would decide.
  return `postgresql://${owner}:${password}@127.0.0.1:${port}/${database}?sslmode=disable`;
}

/** Made under another name and renamed, so that a folder with data in it is always a whole one. */
function initialise(home: DatabaseHome, user: ServerUser, { initdb }: Binaries): void {
  const draft = `${home.data}.new`;
  rmSync(draft, { recursive: true, force: true });
  writeFileSync(home.password, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
  if (user) chownSync(home.password, user.uid, user.gid);
  // The built-in locale knows the letters of our three languages and is the same on every machine.
  const { ok, output } = runAs(user, initdb, [
    `--pgdata=${draft}`,
    `--username=${owner}`,
    `--pwfile=${home.password}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ]);
  if (!ok) throw new CannotStart(`The database could not be made in ${home.path}: ${lastLine(output)}`);
  renameSync(draft, home.data);
}

/**
 * The server that is still running on this data, if any. A stale note of a dead one is cleared away;
 * one that is starting, recovering or shutting down is waited for; one that is stuck is stopped.
 */
async function leftBehind(home: DatabaseHome, password: string): Promise<Running | undefined> {
  const found = readPidFile(home.data);
  if (found === undefined) return undefined;
  if (!isServerOf(home, found.pid)) {
    rmSync(join(home.data, 'postmaster.pid'), { force: true });
    return undefined;
  }
  let joined = false;
  await until(async () => {
    joined = await answers(urlOf(found.port, password, 'postgres'));
    return joined || !isAlive(found.pid);
  }, 20_000).catch(() => signal(found.pid, 'SIGQUIT'));
  if (joined) return found;
  await until(() => !isAlive(found.pid), 30_000);
  return undefined;
}

/** A server works in its data folder; a number that was given to another process since does not. */
function isServerOf(home: DatabaseHome, pid: number): boolean {
  if (!isAlive(pid)) return false;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === home.data;
  } catch {
    return true; // no /proc to look into; PostgreSQL decides
  }
}

/** Lines of postmaster.pid: 1 the process, 4 the port. */
function readPidFile(data: string): Running | undefined {
  const path = join(data, 'postmaster.pid');
  if (!existsSync(path)) return undefined;
  const lines = readFileSync(path, 'utf8').split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return pid > 0 && port > 0 ? { pid, port } : undefined;
}

async function start(
  home: DatabaseHome,
  user: ServerUser,
  { pg_ctl }: Binaries,
  durable: boolean,
): Promise<Running> {
  for (let attempt = 1; ; attempt += 1) {
    const settings = { ...always, ...(durable ? {} : hasty), port: String(await freePort()) };
    const options = Object.entries(settings)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' ');
    rmSync(home.log, { force: true });
    const { ok, output } = runAs(user, pg_ctl, [
      'start',
      '--wait',
      '--timeout=120',
      `--pgdata=${home.data}`,
      `--log=${home.log}`,
      `--options=${options}`,
    ]);
    const running = readPidFile(home.data);
    if (ok && running) return running;
    // Somebody may have taken the free port in the meantime; other failures stay the same.
    if (attempt === 3)
      throw new CannotStart(`The database server does not start: ${reasonIn(home.log) ?? lastLine(output)}`);
  }
}

const always = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // The default log shows the values of a failing statement's row; those may be personal.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
};
const hasty = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer().once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => found(port));
    });
  });
}

/** A server whose programs were replaced under it still accepts connections but cannot load its languages. */
async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {}); // a server on its way down hangs up; the answer is "no" either way
  try {
    await client.connect();
    await client.query('DO $$ BEGIN END $$');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function makeDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = 'intumwa'");
    if (rowCount === 0) await client.query('CREATE DATABASE intumwa');
  } finally {
    await client.end();
  }
}

async function until(done: () => boolean | Promise<boolean>, withinMs: number): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await done())) {
    if (Date.now() > end)
      throw new CannotStart(
        'The database server does not react: stop its "postgres" process, and start again.',
      );
    await pause(20);
  }
}

function signal(pid: number, name: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone already, which is what was wanted.
  }
}

function reasonIn(log: string): string | undefined {
  if (!existsSync(log)) return undefined;
  return readFileSync(log, 'utf8')
    .split('\n')
    .findLast((line) => line.includes('FATAL:'))
    ?.replace(/^.*FATAL:\s*/, '');
}

const lastLine = (output: string) => output.split('\n').at(-1) ?? '';
