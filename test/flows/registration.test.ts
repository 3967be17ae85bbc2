import { expect, test } from 'vitest';
import { registration } from '../../flows/registration.ts';

test('registration counts fourteen questions, each of which is asked', () => {
  const asked = registration.progress?.map((step) => registration.steps[step]?.kind);
  expect(asked).toEqual(Array.from({ length: 14 }, () => 'ask'));
});

test('what must not be asked over chat has no place to be answered', () => {
  const slots = Object.keys(registration.slots).join(' ');
  expect(slots).not.toMatch(/passport|identity|birth|health|religion|ethnic|crim|bank|salary|patient|gender/);
});

test('nothing is changed before the summary, except for who may not take part', () => {
  const before = new Set<string>();
  const walk = (step: string) => {
    if (before.has(step) || step === 'summary') return;
    before.add(step);
    const { next } = registration.steps[step] as { next?: string | readonly (string | { go: string })[] }; // ends have none
    for (const branch of typeof next === 'string' ? [next] : (next ?? []))
      walk(typeof branch === 'string' ? branch : branch.go);
  };
  walk(registration.start);
  const commands = [...before].filter((step) => registration.steps[step]?.kind === 'do');
  expect(commands).toEqual(['minor']);
});
