import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CannotStart } from './cannot-start.ts';
import { schemaPath } from './drift.ts';
import { takeLockFile } from './lock-file.ts';

/**
 * Makes Prisma's client from the schema when the one that is there is of another schema or another Prisma.
 *
 * Start, test and check call it themselves, because npm runs no install scripts where people switch them off.
 * Processes that start together wait for the first.
 */
export async function ensureGenerated(): Promise<void> {
  const wanted = fingerprint();
  if (made() === wanted) return;
  mkdirSync(parent, { recursive: true });
  const lock = await takenInTurn(`${parent}/.generating`);
  try {
    if (made() === wanted) return;
    generate();
    writeFileSync(stamp, wanted);
  } finally {
    lock.release();
  }
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const parent = join(root, 'node_modules/.cache/intumwa');
const stamp = join(root, 'src/store/generated/.made-from');
const require = createRequire(import.meta.url);

function fingerprint(): string {
  const hash = createHash('sha256').update(readFileSync(schemaPath));
  return hash.update(readFileSync(require.resolve('@prisma/client/package.json'))).digest('hex');
}

function made(): string | undefined {
  return existsSync(stamp) ? readFileSync(stamp, 'utf8') : undefined;
}

function generate(): void {
  const { status, stderr, stdout } = spawnSync(process.execPath, [cli(), 'generate', '--no-hints'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`prisma generate failed:\n${stdout}${stderr}`);
}

function cli(): string {
  try {
    return require.resolve('prisma/build/index.js');
  } catch {
    throw new CannotStart(
      'The database client is made at the first start, by a development dependency: run "npm ci" without --omit=dev, or build first.',
    );
  }
}

async function takenInTurn(path: string): Promise<{ release(): void }> {
  for (;;) {
    const lock = takeLockFile(path);
    if (lock.taken) return lock;
    await pause(100);
  }
}
