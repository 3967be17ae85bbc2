import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

export type LockFile =
  | { readonly taken: true; release(): void }
  | { readonly taken: false; readonly pid: number };

/**
 * Takes the lock file at `path` for this process, or tells which living process has it.
 * A lock whose owner is dead (kill -9, power cut, another boot) is taken over.
 */
export function takeLockFile(path: string): LockFile {
  const mine = JSON.stringify({ pid: process.pid, born: bornAt(process.pid) });
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, mine);
  try {
    for (;;) {
      if (linked(draft, path)) return { taken: true, release: () => released(path, mine) };
      const found = readOrNothing(path);
      if (found === undefined) continue;
      const pid = livingOwner(found);
      if (pid !== undefined) return { taken: false, pid };
      setAside(path, found, `${draft}.old`);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** The living owner of the lock file at `path`, if it has one. */
export function lockFileOwner(path: string): number | undefined {
  const found = readOrNothing(path);
  return found === undefined ? undefined : livingOwner(found);
}

/** A hard link appears whole or not at all, so nobody ever reads half a lock. */
function linked(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Two starters may find the same dead lock; who moved a fresh one away by mistake puts it back. */
function setAside(path: string, dead: string, aside: string): void {
  try {
    renameSync(path, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  if (readOrNothing(aside) !== dead) linked(aside, path);
  rmSync(aside, { force: true });
}

function released(path: string, mine: string): void {
  if (readOrNothing(path) === mine) rmSync(path, { force: true });
}

function livingOwner(text: string): number | undefined {
  const [, pid, born] = /"pid":(\d+),"born":"(\d*)"/.exec(text) ?? [];
  if (pid === undefined || !isAlive(Number(pid))) return undefined;
  return born === bornAt(Number(pid)) ? Number(pid) : undefined;
}

/**
 * True for a process of another user too. False for one that has ended but that nobody has collected yet:
 * where Node is process 1 of a container, nobody ever does.
 */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) !== 'EPERM') return false;
  }
  return statusOf(pid)[0] !== 'Z';
}

/**
 * A process number is given out again after a restart of the machine or container; together with the
 * start time it is not. Empty where there is no /proc.
 */
function bornAt(pid: number): string {
  return statusOf(pid)[19] ?? '';
}

/** Fields 3 and following of /proc/PID/stat; they begin after the name, which may hold spaces and brackets. */
function statusOf(pid: number): string[] {
  const stat = readOrNothing(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
}

function readOrNothing(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ESRCH') return undefined;
    throw error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
