import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { openingOf } from '../../src/demo/calendar.ts';

type Report = {
  readonly ok: boolean;
  readonly checks: readonly { readonly name: string; readonly ok: boolean }[];
};

/** Sixty days before the arrival of a story that begins the next working day comes the week of mourning. */
const awkward = '2028-02-08';

test('the demo reaches every state, begun when the story would meet the week of mourning', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', '--import', './src/prepare.ts', 'src/cli.ts', 'demo', '--json', '--from', awkward],
    { maxBuffer: 16_000_000 },
  );
  const { ok, checks } = JSON.parse(stdout) as Report; // documented in the README
  expect(checks.filter((check) => !check.ok)).toEqual([]);
  expect(ok).toBe(true);
}, 180_000);

test('whatever the day, the story begins on a weekday within a month', () => {
  const dayMs = 86_400_000;
  const first = Date.parse('2026-11-30T21:00:00Z');
  for (let offset = 0; offset < 4 * 366; offset += 1) {
    const today = new Date(first + offset * dayMs);
    const opening = openingOf(today);
    expect([1, 2, 3, 4, 5]).toContain(opening.getUTCDay());
    const daysLater = (opening.getTime() - today.getTime()) / dayMs;
    expect(daysLater).toBeGreaterThan(0);
    expect(daysLater).toBeLessThan(31);
  }
});
