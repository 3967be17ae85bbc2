import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { flows } from '../../flows/index.ts';
import { checkFlow, checkTexts } from '../../src/engine/check.ts';
import { checkReleased, type Released } from '../../src/engine/fingerprint.ts';
import { languages } from '../../src/engine/message.ts';
import { createWords } from '../../src/locale.ts';

/**
 * Nothing is wrong with any live flow or text (promise 9). That the check finds what it should is shown by
 * test/engine/check.test.ts with a defect of each kind.
 */

const root = fileURLToPath(new URL('../../', import.meta.url));
const words = createWords(join(root, 'locales'));
const ids = new Set(flows.map(({ id }) => id));

test('there is something to check', () => {
  expect(flows.length).toBeGreaterThan(5);
});

describe('every live flow is sound', () => {
  test.each(flows.map((flow) => [`${flow.id}@${flow.version}`, flow] as const))('%s', (_, flow) => {
    expect(checkFlow(flow, ids, words)).toEqual([]);
  });
});

describe('every text is complete', () => {
  const prefixes = new Set(
    languages.flatMap((lang) => words.keys(lang).map((key) => key.split('.')[0] ?? '')),
  );
  test.each([...prefixes].sort())('%s', (prefix) => {
    expect(checkTexts(prefix, words)).toEqual([]);
  });
});

test('ids and versions are used once', () => {
  const names = flows.map(({ id, version }) => `${id}@${version}`);
  expect(new Set(names).size).toBe(names.length);
});

test('no released flow was edited in place', () => {
  const file = join(root, 'flows/released.json');
  const released = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Released) : {}; // written by us
  expect(checkReleased(flows, released)).toEqual([]);
});

test('a review is of the French that stands there now', () => {
  const stale = words.keys('rw').filter((key) => {
    const review = words.reviewOf('rw', key);
    return review !== undefined && review.source !== words.raw('fr', key);
  });
  expect(stale).toEqual([]);
});
