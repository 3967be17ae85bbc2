import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type Embedded, joinEmbedded, openEmbedded } from '../../src/store/embedded.ts';

let folder: string;
let dataDir: string;
let said: string[];
const children: ChildProcess[] = [];
const opened: Embedded[] = [];

/** Making a database costs a second: it is made once, and copied for the tests that do not watch it being made. */
let made: string;

beforeAll(async () => {
  made = mkdtempSync(join(tmpdir(), 'intumwa-embedded-'));
  chmodSync(made, 0o711);
  const server = await openEmbedded({ dataDir: made, log: () => {}, durable: false });
  await server.stop();
});

afterAll(() => rmSync(made, { recursive: true, force: true }));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'intumwa-embedded-'));
  chmodSync(folder, 0o711); // the server's user walks through it when the tests run as root
  dataDir = join(folder, 'data');
  cpSync(made, dataDir, { recursive: true });
  said = [];
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  const servers = opened.splice(0);
  for (const server of servers) await server.stop();
  for (const { where } of servers) rmSync(where, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
});

test('data survives a stop, and only its own password opens it', async () => {
  const first = await open();
  await query(first.url, "CREATE TABLE kept AS SELECT 'still here' AS word");
  await first.stop();

  const second = await open();
  expect(await query(second.url, 'SELECT word FROM kept')).toEqual([{ word: 'still here' }]);
  const wrong = new URL(second.url);
  wrong.password = 'guessed';
  await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
  expect(statSync(join(second.where, 'password')).mode & 0o077).toBe(0);
});

test('it listens on this machine only, and is durable unless asked otherwise', async () => {
  const { url } = await open({ durable: true });
  const rows = await query(
    url,
    "SELECT name, setting FROM pg_settings WHERE name IN ('listen_addresses', 'unix_socket_directories', 'max_connections', 'fsync', 'synchronous_commit', 'full_page_writes')",
  );
  expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '100',
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
  });
});

test('a second start on the same folder is refused in one line that names the first', async () => {
  await open();
  await expect(open()).rejects.toThrow(`in use by another Intumwa (process ${process.pid})`);
});

test('commands beside a living server find its database, and none when it is gone', async () => {
  expect(await joinEmbedded(dataDir)).toBeUndefined();
  const server = await open();
  expect(await joinEmbedded(dataDir)).toBe(server.url);
  await server.stop();
  expect(await joinEmbedded(dataDir)).toBeUndefined();
});

test('a server whose owner was killed is taken over as it runs', async () => {
  const { url } = await killedOwner();
  const server = await open();
  expect(server.url).toBe(url);
  expect(said).toEqual(['took over the database server that an earlier run left behind']);
  expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('a folder whose server was killed too is recovered', async () => {
  const { url, postmaster } = await killedOwner("CREATE TABLE kept AS SELECT 'still here' AS word");
  process.kill(postmaster, 'SIGKILL');
  await vi.waitFor(() => expect(query(url, 'SELECT 1')).rejects.toThrow());
  const server = await open();
  expect(await query(server.url, 'SELECT word FROM kept')).toEqual([{ word: 'still here' }]);
});

test('a note of a dead server that names some other living process stops nobody', async () => {
  const { url, postmaster, note } = await killedOwner();
  process.kill(postmaster, 'SIGKILL');
  await vi.waitFor(() => expect(query(url, 'SELECT 1')).rejects.toThrow());
  writeFileSync(note, readFileSync(note, 'utf8').replace(/^\d+/, String(process.pid)));
  const server = await open();
  expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('a first start that was cut short begins again', async () => {
  rmSync(dataDir, { recursive: true });
  mkdirSync(join(dataDir, 'database', 'data.new'), { recursive: true });
  writeFileSync(join(dataDir, 'database', 'data.new', 'PG_VERSION'), '18\n');
  const server = await open();
  expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

if (process.getuid?.() === 0) {
  // Only root lends the server to another user.
  test('where the server’s user cannot walk, its data is placed elsewhere and that is said', async () => {
    chmodSync(folder, 0o700);
    const server = await open();
    expect(server.where.startsWith(folder)).toBe(false);
    expect(said.at(-1)).toBe(
      `the user "postgres" cannot enter ${dataDir}, so the database is kept in ${server.where}`,
    );
    await query(server.url, "CREATE TABLE kept AS SELECT 'still here' AS word");
    await server.stop();

    const again = await open();
    expect(again.where).toBe(server.where);
    expect(await query(again.url, 'SELECT word FROM kept')).toEqual([{ word: 'still here' }]);
  });
}

async function open({ durable = false } = {}): Promise<Embedded> {
  const server = await openEmbedded({ dataDir, log: (line) => said.push(line), durable });
  opened.push(server);
  return server;
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {}); // servers are killed here
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Leaves behind what `kill -9` of the product does: a running server that nobody owns. */
async function killedOwner(before = 'SELECT 1') {
  const script = fileURLToPath(new URL('../support/embedded-process.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [printed] = await once(child.stdout, 'data');
  const url = String(printed).trim();
  await query(url, before);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const note = join(dataDir, 'database', 'data', 'postmaster.pid');
  expect(existsSync(note)).toBe(true);
  return { url, note, postmaster: Number(readFileSync(note, 'utf8').split('\n')[0]) };
}
