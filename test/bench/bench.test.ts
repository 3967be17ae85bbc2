import { expect, test } from 'vitest';
import { type Report, rows, runBench } from '../../src/bench/bench.ts';

/** What each row has to say, beside its checks. */
const figures: Readonly<Record<string, readonly string[]>> = {
  advance: ['turns/s', 'JSON alone/s', 'largest session, bytes'],
  reading: ['date/s', 'global word/s', '1,000 of all kinds mixed, ms'],
  turn: ['turns/s', 'p50, ms', 'p99, ms', 'floor/s', 'with delivery on/s'],
  broadcast: ['recipients', 'approved and queued, ms', 'floor, ms', 'memory grown, MiB'],
  dispatch: ['sent/s', 'floor/s'],
  budget: ['sent/s', 'most in any second'],
  large: ['contacts', 'past messages', 'turns/s', 'turns/s on the small database', 'approved and queued, ms'],
};

test('every row is measured, says its figures and what it must reach', { timeout: 180_000 }, async () => {
  let written = '';
  const code = await runBench({ json: true, only: [], quick: true, write: (text) => (written += text) });
  expect(code).toBe(0);
  const report = JSON.parse(written) as Report; // what --json writes, for machines
  expect(report).toMatchObject({ quick: true, machine: { node: process.version } });
  expect(Object.keys(report.rows)).toEqual(Object.keys(rows));
  expect(Object.keys(figures)).toEqual(Object.keys(rows));
  expect(report.checks.length).toBe(Object.values(report.rows).flatMap(({ checks }) => checks).length);
  for (const [name, row] of Object.entries(report.rows)) {
    expect(row.figures, name).toMatchObject(
      Object.fromEntries((figures[name] ?? []).map((label) => [label, expect.any(Number)])),
    );
    expect(row.checks.length, name).toBeGreaterThan(0);
    for (const { value, relation, limit, ok } of row.checks)
      expect(ok, name).toBe(relation === '≥' ? value >= limit : value <= limit);
  }
  // The members of the audience and no others.
  expect(report.rows['broadcast']?.figures['recipients']).toBe(400);
  // Turns were really made: a session of a form begun is larger than one that has not.
  expect(report.rows['advance']?.figures['largest session, bytes']).toBeGreaterThan(300);
});

test('a row that does not exist is named, and nothing is measured', async () => {
  let written = '';
  const code = await runBench({
    json: false,
    only: ['speed'],
    quick: true,
    write: (text) => (written += text),
  });
  expect(code).toBe(1);
  expect(written).toMatch(/^there is no row "speed"; there are advance, reading, /);
});
