import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

/** Who may import from whom; `types` marks what may be imported as types only. Sideways is never. */
const arrows: Record<string, { readonly from: readonly string[]; readonly types?: readonly string[] }> = {
  engine: { from: [] },
  language: { from: [], types: ['engine'] },
  domain: { from: ['engine'] },
  flows: { from: ['engine', 'language', 'domain'] },
  app: { from: ['engine', 'language', 'domain'] },
  channels: { from: ['app', 'engine', 'language', 'domain'] },
  store: { from: ['app', 'engine', 'language', 'domain'] },
  measures: { from: ['app', 'engine', 'language', 'domain'] },
  jobs: { from: ['app', 'engine', 'language', 'domain'] },
  coordinator: { from: ['app', 'engine', 'language', 'domain'] },
  console: { from: ['app', 'engine', 'language', 'domain'] },
  // Commands for maintainers and translators, over everything but the edges that talk to people.
  tools: { from: ['main', 'flows', 'channels', 'store', 'app', 'engine', 'language', 'domain'] },
  // The providers' stand-ins know the product only over HTTP, or their word would prove nothing.
  simulator: { from: [] },
};

/** What makes a function answer differently tomorrow, or elsewhere. */
const impure =
  /\bawait\b|\basync\b|\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bprocess\.|\bglobalThis\b|\bfetch\(|\bset(?:Timeout|Interval|Immediate)\(|\bperformance\.|\bcrypto\b|from 'node:/;

const root = fileURLToPath(new URL('../', import.meta.url));
const sources = ['src', 'flows']
  .flatMap((top) =>
    readdirSync(root + top, { recursive: true, encoding: 'utf8' }).map((path) =>
      posix.join(top, path.replaceAll('\\', '/')),
    ),
  )
  .filter((path) => /\.tsx?$/.test(path))
  .filter((path) => !path.startsWith('src/store/generated/'))
  .map((path) => ({
    path,
    folder: folderOf(path),
    code: withoutComments(readFileSync(root + path, 'utf8')),
  }));

test('there is something to look at', () => {
  expect(sources.length).toBeGreaterThan(20);
});

test('every folder of the sources has its arrows', () => {
  const folders = new Set(sources.map(({ folder }) => folder));
  expect([...folders].filter((folder) => folder !== 'main' && !(folder in arrows))).toEqual([]);
});

describe.each(Object.entries(arrows))('%s', (folder, { from, types = [] }) => {
  const own = sources.filter((source) => source.folder === folder);

  test('imports only what lies further in', () => {
    const wrong = own.flatMap(({ path, code }) =>
      importsOf(path, code)
        .filter(({ target }) => target !== undefined && target !== folder && !from.includes(target))
        .filter(({ target, typeOnly }) => !(typeOnly && types.includes(target ?? '')))
        .map(({ specifier }) => `${path} imports ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });
});

test.each(['engine', 'language', 'domain'])(
  '%s is pure: no waiting, clock, chance or environment',
  (folder) => {
    const wrong = sources
      .filter((source) => source.folder === folder)
      .flatMap(({ path, code }) =>
        code
          .split('\n')
          .filter((line) => impure.test(line))
          .map((line) => `${path}: ${line.trim()}`),
      );
    expect(wrong).toEqual([]);
  },
);

test('the engine imports no package', () => {
  const wrong = sources
    .filter(({ folder }) => folder === 'engine')
    .flatMap(({ path, code }) =>
      importsOf(path, code)
        .filter(({ target }) => target === undefined)
        .map(({ specifier }) => `${path} imports ${specifier}`),
    );
  expect(wrong).toEqual([]);
});

test('only config.ts reads the environment', () => {
  const readers = sources.filter(({ code }) => /\bprocess\.env\b/.test(code)).map(({ path }) => path);
  expect(readers).toEqual(['src/config.ts']);
});

test('a forbidden import would be found', () => {
  const code =
    "import type { Lang } from '../engine/message.ts';\nimport { x } from 'pg';\nawait import('../store/x.ts');";
  expect(importsOf('src/domain/a.ts', code)).toEqual([
    { specifier: '../engine/message.ts', target: 'engine', typeOnly: true },
    { specifier: 'pg', target: undefined, typeOnly: false },
    { specifier: '../store/x.ts', target: 'store', typeOnly: false },
  ]);
});

type Import = { readonly specifier: string; readonly target: string | undefined; readonly typeOnly: boolean };

/** `target` is the folder of ours that is imported from; nothing for a package. */
function importsOf(path: string, code: string): Import[] {
  const found = code.matchAll(
    /^(?:import|export)\s+([\w\s{},*$]*?)\s*from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm,
  );
  return [...found].map(([, names, from, bare, awaited]) => {
    const specifier = from ?? bare ?? awaited ?? '';
    return {
      specifier,
      target: specifier.startsWith('.') ? folderOf(posix.join(posix.dirname(path), specifier)) : undefined,
      typeOnly: names !== undefined && isTypeOnly(names),
    };
  });
}

function isTypeOnly(names: string): boolean {
  if (/^type\s/.test(names)) return true;
  const inner = /^\{(.*)\}$/s
    .exec(names)?.[1]
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return inner?.every((name) => name.startsWith('type ')) ?? false;
}

function folderOf(path: string): string {
  if (path.startsWith('flows/')) return 'flows';
  // The demo, the bench and chaos start the product as main.ts does.
  if (/^src\/(demo|bench|chaos)\//.test(path)) return 'main';
  return /^src\/([^/]+)\//.exec(path)?.[1] ?? 'main';
}

function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}
