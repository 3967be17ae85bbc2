import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { flows } from '../flows/index.ts';
import { languages } from '../src/engine/message.ts';
import { createWords } from '../src/locale.ts';
import { createProgram } from '../src/program.ts';
import { type Replayed, replay, type Stage } from './support/replay.ts';

/** Every conversation in test/transcripts, read aloud (see support/replay.ts). */

const root = fileURLToPath(new URL('.', import.meta.url));
const folder = join(root, 'transcripts');
const words = createWords(join(root, '../locales'));
const stage: Stage = { program: createProgram(words), write: words.write, contexts: await contexts() };

const files = (existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [])
  .filter((path) => path.endsWith('.txt'))
  .sort();

const played = new Map<string, Replayed>();

function play(path: string): Replayed {
  const file = join(folder, path);
  const known = played.get(path) ?? replay(file, readFileSync(file, 'utf8'), stage);
  played.set(path, known);
  return known;
}

describe('transcripts', () => {
  test.each(files)('%s', async (path) => {
    await expect(play(path).text).toMatchFileSnapshot(join(folder, path));
  });

  test('every flow that people can enter has one in each language', () => {
    const missing = flows.flatMap(({ id }) =>
      languages
        .filter((lang) => !files.some((path) => path.startsWith(join(id, lang))))
        .map((lang) => `${id}/${lang}`),
    );
    expect(missing).toEqual([]);
  });
});

/** The named situations of all fixture files; a name that two files use would be a trap. */
async function contexts(): Promise<Stage['contexts']> {
  const known: Record<string, Stage['contexts'][string]> = {};
  for (const file of readdirSync(join(root, 'support/contexts'))) {
    const exports = (await import(join(root, 'support/contexts', file))) as Record<string, unknown>; // our own fixtures
    for (const [name, value] of Object.entries(exports)) {
      if (!isContext(value)) continue;
      if (known[name]) throw new Error(`two contexts are called "${name}"`);
      known[name] = value;
    }
  }
  return known;
}

function isContext(value: unknown): value is Stage['contexts'][string] {
  return typeof value === 'object' && value !== null && 'conversation' in value && 'assignments' in value;
}
