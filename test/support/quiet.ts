import { inspect } from 'node:util';
import { afterEach, expect } from 'vitest';

/** What a test prints is either noise or a leak: both fail it. What an import prints fails the first test. */
const printed: string[] = [];

for (const method of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const) {
  console[method] = (...words: unknown[]) => {
    printed.push(`console.${method}: ${words.map((word) => inspect(word)).join(' ')}`);
  };
}

afterEach(() => {
  expect(printed.splice(0), 'printed to the console').toEqual([]);
});
