import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { flows } from '../../flows/index.ts';
import type { Released } from '../engine/fingerprint.ts';
import { createWords } from '../locale.ts';
import { queryNames } from '../store/queries.ts';
import type { Checked } from './check.ts';

/** The project's own conversations and words, and where its files are. */
export function project(root: string = ownRoot): Checked & ProjectFiles {
  const files = filesOf(root);
  return {
    ...files,
    flows,
    words: createWords(files.locales),
    released: readReleased(files.releasedFile),
    queries: queryNames,
  };
}

export type ProjectFiles = { readonly locales: string; readonly releasedFile: string };

export function filesOf(root: string = ownRoot): ProjectFiles {
  return { locales: join(root, 'locales'), releasedFile: join(root, 'flows/released.json') };
}

function readReleased(file: string): Released {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Released) : {}; // written by release.ts
}

const ownRoot = fileURLToPath(new URL('../../', import.meta.url));
