import { describe, expect, test } from 'vitest';
import { pageSize } from '../../src/engine/ask.ts';
import { room } from '../../src/engine/check.ts';
import { checkAll, leastRoom, sayFinding } from '../../src/tools/check.ts';
import { project } from '../../src/tools/project.ts';

/**
 * Nothing is wrong with any live flow or text (promise 9). That the check finds what it should is shown with a defect
 * of each kind by test/engine/check.test.ts and test/tools/check.test.ts.
 */

const { flows, words, released, queries } = project();

test('there is something to check', () => {
  expect(flows.length).toBeGreaterThan(5);
  expect(words.keys('rw').length).toBeGreaterThan(500);
});

describe('every live flow and text is sound', () => {
  const found = checkAll({ flows, words, released, queries });
  test.each(flows.map(({ id, version }) => [`${id}@${version}`, id] as const))('%s', (_, id) => {
    const own = [`/${id}.json`, `/${id}.v`, `flows/${id.replaceAll('_', '-')}.ts`];
    expect(found.filter(({ file }) => own.some((part) => file.includes(part))).map(sayFinding)).toEqual([]);
  });
  test('and every other text, version and review', () => {
    expect(found.map(sayFinding)).toEqual([]);
  });
});

test('the check assumes no more room than the narrowest channel has, and pages fit it', () => {
  expect(leastRoom()).toEqual(room);
  expect(pageSize + 1).toBeLessThanOrEqual(room.rows);
});
