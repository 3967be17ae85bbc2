import { expect, test } from 'vitest';
import { median, mostInASecond, percentile } from '../../src/bench/statistics.ts';

test('a percentile is a value that occurred, whatever the order', () => {
  const values = [5, 1, 4, 2, 3];
  expect(percentile(values, 0.5)).toBe(3);
  expect(percentile(values, 0.99)).toBe(5);
  expect(percentile(values, 0)).toBe(1);
  expect(percentile([], 0.5)).toBe(0);
  expect(median([4, 1, 3])).toBe(3);
});

test('the fullest second is found wherever it begins, and the thousandth millisecond is in the next', () => {
  expect(mostInASecond([0, 400, 900, 1_399, 1_400, 2_500])).toBe(3);
  expect(mostInASecond([0, 1_000])).toBe(1);
  expect(mostInASecond([999, 0, 500])).toBe(3);
  expect(mostInASecond([])).toBe(0);
});
