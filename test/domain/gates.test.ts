import { describe, expect, test } from 'vitest';
import {
  allGreen,
  gateDueOn,
  initialGates,
  neededGates,
  openGates,
  waiverRefusal,
  withGate,
} from '../../src/domain/gates.ts';
import { gateCodes } from '../../src/domain/model.ts';

test.each([
  ['physical', false, 11],
  ['blended', false, 11],
  ['physical', true, 9],
  ['virtual', false, 3],
] as const)('%s, in Rwanda %s: %i gates', (mode, inRwanda, count) => {
  expect(neededGates(mode, inRwanda)).toHaveLength(count);
});

test('who is in Rwanda already neither enters nor flies', () => {
  const gates = initialGates('physical', 'supervised', true);
  expect([gates.G2.state, gates.G9.state, gates.G3.state]).toEqual(['not_needed', 'not_needed', 'open']);
});

test('teaching alone asks for a letter of scope', () => {
  expect(initialGates('physical', 'teaching_only').G1).toEqual({ state: 'open', note: 'scope_letter' });
});

test.each([
  ['green', true],
  ['waived', true],
  ['open', false],
  ['in_progress', false],
  ['red', false],
] as const)('with one gate %s all are green: %s', (state, expected) => {
  const done = gateCodes.reduce(
    (gates, code) => withGate(gates, code, { state: 'green' }),
    initialGates('physical', 'supervised'),
  );
  const gates = withGate(done, 'G4', { state });
  expect(allGreen(gates)).toBe(expected);
  expect(openGates(gates)).toEqual(expected ? [] : ['G4']);
});

describe('a waiver', () => {
  test.each([
    ['G1', 'hands_on', 'moh', 'never_hands_on'],
    ['G1', 'supervised', undefined, 'second_person'],
    ['G1', 'supervised', 'moh', null],
    ['G4', 'supervised', 'coord_rw', null],
    ['G10', 'hands_on', 'duty', 'second_person'],
    ['G7', 'hands_on', undefined, null],
  ] as const)('of %s for %s with %s: %s', (gate, scope, role, refusal) => {
    expect(waiverRefusal(gate, scope, role && { role })).toBe(refusal);
  });
});

test('a gate is due before the first day', () => {
  expect(gateDueOn('G9', '2027-05-03')).toBe('2027-04-03');
});
