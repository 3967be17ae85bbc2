import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { flows } from '../flows/index.ts';
import { languages } from '../src/engine/message.ts';
import { createWords } from '../src/locale.ts';
import { createProgram } from '../src/program.ts';
import { type Replayed, replay, type Stage } from './support/replay.ts';
import { happened, type Situation, situations } from './support/situations.ts';

/** Every conversation in test/transcripts, read aloud (see support/replay.ts). */

const root = fileURLToPath(new URL('.', import.meta.url));
const folder = join(root, 'transcripts');
const words = createWords(join(root, '../locales'));
const stage: Stage = { program: createProgram(words), write: words.write, contexts: await contexts() };

const files = (existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [])
  .filter((path) => path.endsWith('.txt'))
  .sort();

const asksNothing = 'says one thing and ends: nothing waits for an answer';
const silent = {
  misread: asksNothing,
  'change of mind': asksNothing,
  cancel: asksNothing,
  silence: asksNothing,
  'old button': asksNothing,
  'other language': asksNothing,
  'two at once': asksNothing,
};

/** What cannot happen in a conversation, and why. All else is shown in each language. */
const notApplicable: { readonly [flow: string]: { readonly [situation in Situation]?: string } } = {
  staff: silent,
  start: silent,
  resume: {
    misread: 'whatever is written means that the person is back (src/language/going-on.ts)',
    cancel: 'the word means the conversation that was interrupted, which is cancelled instead',
  },
};

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

  test('show every situation of every flow in each language, but what cannot happen', () => {
    const shown = new Set(
      files.flatMap((path) => {
        const [flow = '', lang = ''] = path.split(sep);
        return [...happened(flow, play(path).moments)].map((situation) => `${flow}/${lang}: ${situation}`);
      }),
    );
    const wanted = flows.flatMap(({ id }) =>
      languages.flatMap((lang) =>
        situations.map((situation) => ({
          what: `${id}/${lang}: ${situation}`,
          isPossible: notApplicable[id]?.[situation] === undefined,
        })),
      ),
    );
    const wrong = wanted.filter(({ what, isPossible }) => shown.has(what) !== isPossible);
    expect(wrong).toEqual([]);
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
