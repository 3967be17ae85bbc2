import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and those above it. One by one: Node's own `recursive` never returns where a folder exists and nothing
 * can be made in it (`/proc/x`). Throws the system's error where there is no way.
 */
export function makeFolder(path: string, mode?: number): void {
  const folder = resolve(path);
  if (isMade(folder, mode)) return;
  makeFolder(dirname(folder), mode);
  if (!isMade(folder, mode)) mkdirSync(folder, { mode });
}

/** False where the folder above it is missing, or seems to be. */
function isMade(folder: string, mode: number | undefined): boolean {
  try {
    mkdirSync(folder, { mode });
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST' && statSync(folder).isDirectory()) return true;
    if (code === 'ENOENT' && folder !== dirname(folder)) return false;
    throw error;
  }
}
