import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { CannotStart } from './cannot-start.ts';
import { makeFolder } from './folder.ts';
import { canEnter, publicFolder, type ServerUser } from './server-user.ts';

/** The folder that holds everything of one embedded server: data, log, password, lock. */
export type DatabaseHome = {
  readonly path: string;
  readonly data: string;
  readonly log: string;
  readonly password: string;
  readonly lock: string;
};

/**
 * Makes or finds the server's folder, `<dataDir>/database`, and gives it to the server's user.
 *
 * Where that user cannot walk to it (root's project in a private home folder), it is placed in a public
 * folder instead and `<dataDir>/database` becomes a symlink to it, so that one look shows where the data is.
 */
export function openHome(dataDir: string, user: ServerUser, log: (line: string) => void): DatabaseHome {
  const entry = join(dataDir, 'database');
  // Root's folder lets others walk through without listing; an ordinary user's is nobody else's business.
  makeWritable(dataDir, user ? 0o711 : 0o700);
  if (!existsSync(entry)) {
    rmSync(entry, { force: true }); // a symlink whose folder was removed by hand
    makeWritable(entry, 0o700);
  }
  if (user && lstatSync(realpathSync(entry)).uid !== user.uid) giveTo(user, realpathSync(entry));
  if (!canEnter(user, realpathSync(entry))) placeElsewhere(entry, user, log);

  const path = realpathSync(entry);
  refuseForeign(path, user);
  return {
    path,
    data: join(path, 'data'),
    log: join(path, 'server.log'),
    password: join(path, 'password'),
    lock: join(path, 'lock'),
  };
}

function makeWritable(path: string, mode: number): void {
  try {
    makeFolder(path, mode);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CannotStart(
      `No database can be kept here (${reason}): set DATA_DIR to a folder that you may write.`,
    );
  }
}

/** Where a server of this data folder would be, without making anything. */
export function homeOf(dataDir: string): string | undefined {
  const entry = join(dataDir, 'database');
  return existsSync(entry) ? realpathSync(entry) : undefined;
}

/** The data of an ordinary user opened by root stays that user's: the server runs as the owner. */
export function ownerOf(home: string | undefined): ServerUser {
  if (home === undefined) return undefined;
  const { uid, gid } = lstatSync(home);
  return uid === 0 ? undefined : { uid, gid };
}

function placeElsewhere(entry: string, user: ServerUser, log: (line: string) => void): void {
  const place = join(publicFolder(user), `database-${randomBytes(4).toString('hex')}`);
  const home = realpathSync(entry);
  try {
    renameSync(home, place);
  } catch {
    cpSync(home, place, { recursive: true }); // another file system
    rmSync(home, { recursive: true, force: true });
  }
  if (user) giveTo(user, place);
  rmSync(entry, { force: true });
  symlinkSync(place, entry);
  log(`the user "postgres" cannot enter ${dirname(entry)}, so the database is kept in ${place}`);
}

/** A tree copied by root belongs to root, and PostgreSQL accepts only data of its own user. */
function giveTo(user: NonNullable<ServerUser>, path: string): void {
  chownSync(path, user.uid, user.gid);
  for (const { name, parentPath } of readdirSync(path, { recursive: true, withFileTypes: true })) {
    chownSync(join(parentPath, name), user.uid, user.gid);
  }
  chmodSync(path, 0o700);
}

function refuseForeign(path: string, user: ServerUser): void {
  const me = user?.uid ?? process.getuid?.();
  const { uid } = lstatSync(path);
  if (me === undefined || me === uid) return;
  throw new CannotStart(
    `The database in ${path} belongs to another user (uid ${uid}): start as that user or as root, or set DATA_DIR to a folder of your own.`,
  );
}
