import { describe, expect, test } from 'vitest';
import {
  applicationLife,
  assignmentLife,
  mayBring,
  missionLife,
  needLife,
  next,
  type Transition,
  travelLife,
} from '../../src/domain/lifecycle.ts';

const tables: readonly (readonly [string, readonly Transition[]])[] = [
  ['need', needLife],
  ['mission', missionLife],
  ['application', applicationLife],
  ['assignment', assignmentLife],
  ['travel', travelLife],
];

describe.each(tables)('%s', (_, table) => {
  test('no state and event lead to two states', () => {
    const pairs = table.flatMap(({ from, event }) => from.map((state) => `${state} ${event}`));
    expect(pairs.filter((pair, i) => pairs.indexOf(pair) !== i)).toEqual([]);
  });

  test('somebody may bring every step about', () => {
    expect(table.filter(({ who }) => who.length === 0)).toEqual([]);
  });

  test('what no row lists is refused', () => {
    const states = new Set(table.flatMap(({ from, to }) => [...from, to]));
    const events = new Set(table.map(({ event }) => event));
    const listed = new Map(
      table.flatMap((row) => row.from.map((from) => [`${from} ${row.event}`, row.to] as const)),
    );
    for (const state of states) {
      for (const event of events)
        expect(next(table, state, event)).toBe(listed.get(`${state} ${event}`) ?? null);
    }
  });
});

test.each([
  ['proposed', 'host_accept', 'host_accepted'],
  ['host_accepted', 'member_accept', 'agreed'],
  ['proposed', 'member_accept', 'member_accepted'],
  ['member_accepted', 'host_accept', 'agreed'],
  ['agreed', 'sign', 'clearing'],
  ['clearing', 'clear', 'ready_to_travel'],
  ['ready_to_travel', 'depart', 'travelling'],
  ['travelling', 'arrive', 'arrived'],
  ['arrived', 'start', 'on_mission'],
  ['on_mission', 'end', 'ended'],
  ['ended', 'complete', 'completed'],
  ['completed', 'close', 'closed'],
  ['proposed', 'expire', 'released'],
  ['member_accepted', 'expire', null],
  ['agreed', 'member_decline', null],
  ['proposed', 'sign', null],
  ['on_mission', 'release', null],
  ['released', 'member_accept', null],
] as const)('an assignment that is %s and hears %s becomes %s', (from, event, to) => {
  expect(next(assignmentLife, from, event)).toBe(to);
});

test.each([
  ['need', needLife, 'validate', 'moh', true],
  ['need', needLife, 'validate', 'coord_rw', false],
  ['assignment', assignmentLife, 'member_accept', 'coord_rw', false],
  ['assignment', assignmentLife, 'host_accept', 'host_focal', false],
  ['mission', missionLife, 'approve', 'duty', false],
] as const)('%s: %s %s by %s: %s', (_, table, event, who, allowed) => {
  const rows: readonly Transition[] = table;
  expect(mayBring(rows, event, who)).toBe(allowed);
});
