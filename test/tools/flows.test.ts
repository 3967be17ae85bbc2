import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { flows } from '../../flows/index.ts';
import { run } from '../../src/tools/flows.ts';

/** The command line around the tools: what it prints and the exit code. */
async function command(...args: string[]) {
  const lines: string[] = [];
  const errors: string[] = [];
  const code = await run(args, {
    line: (text) => void lines.push(text),
    error: (text) => void errors.push(text),
  });
  return { code, lines, errors };
}

test('check ends with 0 and a count when nothing is wrong', async () => {
  expect(await command('check')).toEqual({
    code: 0,
    errors: [],
    lines: [expect.stringMatching(/^\d+ conversations, \d+ texts in three languages: 0 problems$/)],
  });
});

test('graph draws one, or all into a folder, or says which there are', async () => {
  const one = await command('graph', 'offer@1');
  expect(one.lines).toHaveLength(1);
  expect(one.lines[0]).toMatch(/^## offer@1\n\n```mermaid\nflowchart TD\n[\s\S]*```\n$/);
  const folder = mkdtempSync(join(tmpdir(), 'intumwa-graph-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  expect((await command('graph', '--out', folder)).code).toBe(0);
  expect(readdirSync(folder)).toHaveLength(flows.length);
  expect(readFileSync(join(folder, 'offer@1.mmd'), 'utf8')).toMatch(/^flowchart TD\n/);
  const none = await command('graph', 'ofer');
  expect(none.code).toBe(1);
  expect(none.errors[0]).toMatch(/^there is no flow "ofer": availability, /);
  const nowhere = await command('graph', 'offer', '--out', '/dev/null/folder');
  expect(nowhere).toEqual({ code: 1, lines: [], errors: [expect.stringContaining('/dev/null/folder')] });
});

test('walk prints what it did, for machines too', async () => {
  const { code, lines } = await command('walk', '--people', '20', '--seed', '5', '--workers', '1', '--json');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ ok: true, people: 20, seed: 5, failures: [] });
  expect(code).toBe(0);
  const short = await command('walk', '--people', '20', '--seed', '5', '--workers', '1');
  expect(short.lines[0]).toMatch(/^20 people, \d+ turns, \d+ places: 0 failures \(seed 5\)$/);
});

test('unknown words and options are one line, not a trace', async () => {
  expect((await command('fly')).errors).toHaveLength(5);
  expect(await command('walk', '--people', 'many')).toMatchObject({
    code: 1,
    errors: ['--people and --workers are whole numbers from 1 on, --seed is one'],
  });
  const odd = await command('graph', '--color');
  expect(odd.code).toBe(1);
  expect(odd.errors).toHaveLength(1);
});
