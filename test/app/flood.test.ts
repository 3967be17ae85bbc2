import { expect, test } from 'vitest';
import { floodLimit } from '../../src/app/flood.ts';

test('a burst passes, a flood is told once, patience is given back with time', () => {
  let now = 0;
  const flood = floodLimit(() => now);
  const verdicts = (times: number) =>
    Array.from({ length: times }, () => flood.judge('whatsapp +32470000001'));
  expect(new Set(verdicts(200))).toEqual(new Set(['ok']));
  expect(verdicts(3)).toEqual(['over_first', 'over', 'over']);
  expect(flood.judge('whatsapp +32470000002'), 'others are not concerned').toBe('ok');
  now += 1_000;
  expect(verdicts(3)).toEqual(['ok', 'ok', 'over_first']);
});
