import { spawnSync } from 'node:child_process';
import { lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CannotStart } from './cannot-start.ts';

/** Whom the server runs as: an ordinary user runs it himself, root has to lend it to somebody else. */
export type ServerUser = { readonly uid: number; readonly gid: number } | undefined;

/**
 * PostgreSQL refuses to run as root. As root this answers the `postgres` user, made when there is none,
 * and `undefined` for everybody else.
 */
export function serverUser(log: (line: string) => void): ServerUser {
  if (process.getuid?.() !== 0) return undefined;
  const found = lookUp('postgres');
  if (found) return found;
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']);
  const made = lookUp('postgres');
  if (!made) {
    throw new CannotStart(
      'PostgreSQL does not run as root and no user "postgres" could be made: start as an ordinary user, or set DATABASE_URL.',
    );
  }
  log('made a system user "postgres", because PostgreSQL does not run as root');
  return made;
}

/** Runs a program as the server's user and collects its output. The folder `/` is one that everybody may enter. */
export function runAs(
  user: ServerUser,
  program: string,
  args: readonly string[],
): { ok: boolean; output: string } {
  const { status, stdout, stderr, error } = spawnSync(program, args, { ...user, cwd: '/', encoding: 'utf8' });
  return { ok: status === 0, output: error ? error.message : `${stdout}${stderr}`.trim() };
}

/** Whether the server's user can walk into the folder: tried, because modes alone do not tell (ACL, mounts). */
export function canEnter(user: ServerUser, folder: string): boolean {
  return user === undefined || runAs(user, '/bin/sh', ['-c', 'cd "$1"', 'sh', folder]).ok;
}

/**
 * A folder of root's own that the server's user can enter, for binaries and data that cannot stay where
 * the project is. The temporary folder comes last: it may be emptied at the next boot.
 */
export function publicFolder(user: ServerUser): string {
  for (const base of ['/var/lib', '/var/tmp', tmpdir()]) {
    const folder = join(base, 'intumwa');
    try {
      mkdirSync(folder, { recursive: true, mode: 0o755 });
    } catch {
      continue; // read-only here; the next may do
    }
    const { uid, mode } = lstatSync(folder);
    // In a folder where anybody may write, somebody else could have made it first.
    const ours = uid === 0 && (mode & 0o022) === 0;
    if (ours && canEnter(user, folder)) return folder;
  }
  throw new CannotStart(
    'No folder was found where the user "postgres" can reach its files: start as an ordinary user, or set DATABASE_URL.',
  );
}

function lookUp(name: string): ServerUser {
  const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }));
  if (uid?.status !== 0 || gid?.status !== 0) return undefined;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}
