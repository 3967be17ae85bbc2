import { describe, expect, test } from 'vitest';
import { newSession, sessionFrom } from '../../src/engine/session.ts';
import { asksIn, lastOf, longer, markOf, questionIn, stepIn, trailLength } from '../../src/engine/trail.ts';

describe('the way back', () => {
  test('keeps a step and the id of its question', () => {
    expect(stepIn(markOf('years', 'q12'))).toBe('years');
    expect(questionIn(markOf('years', 'q12'))).toBe('q12');
    expect(questionIn(markOf('years'))).toBe('');
  });

  test('is found by question, whole, and by step, the last time', () => {
    const trail = ['years:q12', 'fruit:q2', 'years:q3'];
    expect(asksIn(trail, 'q2')).toBe(1);
    expect(asksIn(trail, 'q1')).toBe(-1);
    expect(lastOf(trail, 'years')).toBe(2);
    expect(lastOf(trail, 'year')).toBe(-1);
  });

  test('never grows beyond its length', () => {
    let trail: readonly string[] = [];
    for (let i = 0; i < 3 * trailLength; i += 1) trail = longer(trail, markOf('years', `q${i}`));
    expect(trail).toHaveLength(trailLength);
    expect(trail.at(-1)).toBe(`years:q${3 * trailLength - 1}`);
  });
});

test('a conversation kept before trails were strings goes on', () => {
  const frame = { flow: 'form', version: 1, step: 'note', data: {}, answers: {}, q: 'q3', at: 1 };
  const now = { ...frame, trail: ['years:q1', 'fruit:q2'], revisit: ['more:'] };
  const former = {
    ...frame,
    trail: [
      { step: 'years', q: 'q1' },
      { step: 'fruit', q: 'q2' },
    ],
    revisit: [{ step: 'more', q: '' }],
  };
  const from = { flow: 'outer', version: 1, step: 'first', data: {}, answers: {} };
  const kept = {
    ...newSession('rw'),
    asked: 3,
    stack: [former, { ...frame, trail: [], from: { ...from, trail: [{ step: 'first', q: 'q9' }] } }],
  };
  expect(sessionFrom(JSON.stringify(kept))).toEqual({
    ...kept,
    stack: [now, { ...frame, trail: [], from: { ...from, trail: ['first:q9'] } }],
  });
});
