import { expect, test } from 'vitest';
import { hostSaysArrived, hostSaysStarted } from '../../src/domain/host-arrival.ts';
import type { Context, Deed } from '../../src/domain/model.ts';
import type { Done, Refused } from '../../src/engine/flow.ts';
import { focalAtRest, focalExpecting, focalExpectingLate, focalFirstDay } from '../support/contexts/host.ts';

const data = { assignmentId: 87 };

test.each([
  ['yes', focalExpecting, ['arrival.seen_by_host']],
  ['no', focalExpecting, ['arrival.not_seen']],
  ['yes', focalExpectingLate, ['arrival.seen_by_host', 'arrival.disagreement']],
  ['no', focalExpectingLate, ['arrival.not_seen']],
  ['no', focalFirstDay, ['arrival.disagreement']],
  ['yes', focalFirstDay, ['arrival.seen_by_host']],
] as const)('host says %s', (arrived, context: Context, names) => {
  expect(events(hostSaysArrived({ answers: { arrived }, data, context }))).toEqual(names);
});

test('whom the host has seen is not looked for any more', () => {
  const [plan] = deedsOf(hostSaysArrived({ answers: { arrived: 'yes' }, data, context: focalExpecting }));
  expect(plan).toMatchObject({ kind: 'plan', subject: { id: 87 } });
  expect(JSON.stringify(plan)).not.toContain('arrival.');
});

test('the first day begins the mission, or a coordinator looks', () => {
  const begun = hostSaysStarted({ answers: { started: 'yes' }, data, context: focalFirstDay });
  expect(deedsOf(begun)[0]).toMatchObject({ table: 'assignment', set: { status: 'on_mission' } });
  expect(events(hostSaysStarted({ answers: { started: 'no' }, data, context: focalFirstDay }))).toEqual([
    'first_day.missed',
  ]);
});

test('of a placement that is gone nothing is kept', () => {
  const gone = { ok: false, why: 'gone' };
  expect(hostSaysArrived({ answers: { arrived: 'yes' }, data, context: focalAtRest })).toEqual(gone);
  expect(hostSaysStarted({ answers: { started: 'yes' }, data, context: focalExpecting })).toEqual(gone);
});

function deedsOf(result: Done | Refused): readonly Deed[] {
  if (!result.ok) throw new Error(`refused: ${result.why}`);
  return result.deeds as readonly Deed[]; // every deed of a domain command is one
}

function events(result: Done | Refused) {
  return deedsOf(result).flatMap((deed) => (deed.kind === 'event' ? [deed.event.name] : []));
}
