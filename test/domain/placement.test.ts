import { describe, expect, test } from 'vitest';
import type { Assignment, Context, Deed } from '../../src/domain/model.ts';
import {
  focalAccepts,
  hostRefuses,
  otherDatesProposed,
  type PlacementScope,
  renewCode,
} from '../../src/domain/placement.ts';
import { type SignOffScope, signOff } from '../../src/domain/sign-off.ts';
import type { Done, Refused } from '../../src/engine/flow.ts';
import {
  agreedPlacement,
  checklist,
  dg,
  focal,
  focalSaidYes,
  proposal,
  wardPhone,
} from '../support/contexts/host.ts';

const now = new Date('2027-02-02T09:00:00Z');
const found = {
  newCode: { digits: '482913' },
  fresh: { one_time_code: [6], ticket: [8], codes: { ticket: ['K-0301'] } },
};
const elsewhere = { ...found, director: { personId: 52, elsewhere: true } };

describe('the focal point accepts', () => {
  test('as a field, and the director gets six digits for 48 hours', () => {
    const result = accept(focal(proposal), elsewhere);
    expect(answersOf(result)).toEqual({ way: 'sent' });
    expect(updates(result, 'assignment')).toEqual([{ focal_yes_at: '2027-02-02T09:00:00.000Z' }]);
    expect(deedsOf(result)).toContainEqual({
      kind: 'insert',
      table: 'one_time_code',
      id: 6,
      row: {
        purpose: 'placement',
        person_id: 52,
        assignment_id: 87,
        code_index: '482913',
        expires_at: '2027-02-04T09:00:00.000Z',
        tries: 0,
        used_at: null,
      },
    });
    expect(events(result)).toEqual(['placement.focal_accepted', 'code.issued']);
  });

  test('and a coordinator reads the digits out where the director has no phone of their own', () => {
    const result = accept(wardPhone(proposal), { ...found, director: { personId: 52, elsewhere: false } });
    expect(answersOf(result)).toEqual({ way: 'read_out' });
    expect(events(result)).toEqual(['placement.focal_accepted', 'code.read_out']);
    expect(inserts(result)).toEqual(['one_time_code', 'ticket']);
  });

  test('and nobody gets a code where no director is enrolled', () => {
    const result = accept(focal(proposal), { ...found, director: null });
    expect(events(result)).toEqual(['placement.focal_accepted', 'code.nobody']);
    expect(inserts(result)).toEqual(['ticket']);
  });

  test('only once, and only what is there', () => {
    expect(accept(focal(focalSaidYes), elsewhere)).toEqual({ ok: false, why: 'gone' });
    expect(accept(focal(agreedPlacement), elsewhere)).toEqual({ ok: false, why: 'gone' });
    expect(accept(focal(), elsewhere)).toEqual({ ok: false, why: 'gone' });
  });

  test('one of several by its number, never the wrong one', () => {
    const other = { ...proposal, id: 88, code: 'A-0088' };
    const context = focal(proposal, other);
    expect(focalAccepts(scope(context, { found: elsewhere, data: {} }))).toEqual({ ok: false, why: 'gone' });
    const chosen = focalAccepts(scope(context, { found: elsewhere, data: {}, answers: { which: '88' } }));
    expect(deedsOf(chosen)[0]).toMatchObject({ kind: 'update', table: 'assignment', id: 88 });
  });
});

describe('other answers', () => {
  test('other dates change nothing until a coordinator has asked', () => {
    const result = otherDatesProposed(
      scope(focal(proposal), { answers: { from: '2027-06-01', to: '2027-06-30' } }),
    );
    expect(events(result)).toEqual(['placement.other_dates']);
    expect(deedsOf(result)).toHaveLength(1);
  });

  test('a no refuses, and keeps the yes of a member who had said it', () => {
    const no = hostRefuses(
      scope(focal({ ...proposal, status: 'member_accepted' }), { answers: { reason: 'dates' } }),
    );
    expect(updates(no, 'assignment')).toEqual([{ status: 'host_refused' }]);
    expect(eventData(no, 'placement.refused')).toMatchObject({ reason: 'dates', memberSaidYes: true });
    expect(updates(no, 'availability')).toEqual([]);
    expect(hostRefuses(scope(focal(agreedPlacement)))).toEqual({ ok: false, why: 'gone' });
  });
});

describe('the director signs', () => {
  const right = { id: 6, revision: 0, right: true, expired: false, tries: 0 };

  test('the placement: accepted, the checklist open with their consent on it', () => {
    const result = sign(dg(focalSaidYes), right);
    expect(answersOf(result)).toMatchObject({ outcome: 'right', purpose: 'placement' });
    expect(updates(result, 'assignment')).toEqual([expect.objectContaining({ status: 'host_accepted' })]);
    expect(updates(result, 'readiness')).toEqual([
      { status: 'open', items: { R1: { answer: 'yes', by: 52, at: '2027-02-02T09:00:00.000Z' } } },
    ]);
    expect(updates(result, 'one_time_code')).toEqual([{ used_at: '2027-02-02T09:00:00.000Z' }]);
  });

  test('the placement of a member who said yes first: agreed', () => {
    const result = sign(dg({ ...focalSaidYes, status: 'member_accepted' }), right);
    expect(updates(result, 'assignment')).toEqual([expect.objectContaining({ status: 'agreed' })]);
    expect(eventData(result, 'placement.confirmed')).toMatchObject({ agreed: true });
  });

  test('a placement moved to other days: what hangs on the days is asked anew', () => {
    const moved: Assignment = { ...focalSaidYes, readiness: checklist([], 'confirmed').readiness };
    const [row] = updates(sign(dg(moved), right), 'readiness');
    expect(row).toMatchObject({ status: 'in_progress' });
    expect(Object.keys(Object(row?.['items']))).toEqual([
      'R1',
      'R4',
      'R7',
      'R9',
      'R10',
      'R11',
      'R12',
      'R13',
      'R14',
    ]);
  });

  test('the checklist: confirmed, the gate green', () => {
    const result = sign(dg(checklist([], 'submitted')), right);
    expect(updates(result, 'readiness')).toEqual([{ status: 'confirmed' }]);
    expect(updates(result, 'assignment')[0]).toMatchObject({
      gates: { G10: { state: 'green', by: 52, at: '2027-02-02T09:00:00.000Z' } },
    });
    expect(events(result)).toEqual(['readiness.confirmed']);
  });

  test('no row twice in one turn, or its second change would fail', () => {
    for (const assignment of [focalSaidYes, checklist([], 'submitted')]) {
      const touched = deedsOf(sign(dg(assignment), right)).flatMap((deed) =>
        deed.kind === 'update' ? [`${deed.table} ${deed.id}`] : [],
      );
      expect(new Set(touched).size).toBe(touched.length);
    }
  });

  test('not with wrong digits, which are counted: the third time a coordinator is needed', () => {
    const first = sign(dg(focalSaidYes), { ...right, right: false });
    expect(answersOf(first)).toMatchObject({ outcome: 'wrong', left: 2, code: null });
    expect(updates(first, 'one_time_code')).toEqual([{ tries: 1 }]);
    expect(updates(first, 'assignment')).toEqual([]);
    const third = sign(dg(focalSaidYes), { ...right, right: false, tries: 2 });
    expect(answersOf(third)).toMatchObject({ outcome: 'locked' });
    expect(events(third)).toEqual(['code.locked']);
    expect(inserts(third)).toEqual(['ticket']);
    expect(inserts(first)).toEqual([]);
  });

  test.each([
    ['a locked code, even with the right digits', dg(focalSaidYes), { ...right, tries: 3 }, 'locked'],
    ['an old code', dg(focalSaidYes), { ...right, expired: true }, 'expired'],
    ['a code that was never made', dg(focalSaidYes), null, 'no_code'],
    ['the focal point', focal(focalSaidYes), right, 'not_yours'],
    ['what nobody waits for', dg(agreedPlacement), right, 'gone'],
  ])('not by %s', (_, context, code, why) => {
    expect(sign(context, code)).toEqual({ ok: false, why });
  });

  test('on the ward phone only who is named the director', () => {
    expect(sign(wardPhone(focalSaidYes), right)).toEqual({ ok: false, why: 'not_yours' });
    const named = sign(wardPhone(focalSaidYes), right, { who: { person: '52' } });
    expect(events(named)).toContain('placement.confirmed');
  });
});

test('a coordinator makes a new code for whatever waits for one', () => {
  const deeds = renewCode(focalSaidYes, elsewhere, now, 71) ?? [];
  expect(deeds[0]).toMatchObject({ kind: 'insert', row: { purpose: 'placement' } });
  const again = renewCode(checklist([], 'submitted'), elsewhere, now, 71) ?? [];
  expect(again[0]).toMatchObject({ kind: 'insert', row: { purpose: 'readiness' } });
  expect(renewCode(agreedPlacement, elsewhere, now, 71)).toBeNull();
});

function accept(context: Context, given: PlacementScope['found']) {
  return focalAccepts(scope(context, { found: given }));
}

function scope(context: Context, changes: Partial<PlacementScope> = {}): PlacementScope {
  return { answers: {}, data: { assignmentId: 87 }, context, found: {}, now, ...changes };
}

function sign(context: Context, code: SignOffScope['found']['code'], answers: SignOffScope['answers'] = {}) {
  return signOff({
    answers: { code: '482913', ...answers },
    data: {},
    context,
    found: { ...found, code: code ?? null },
    now,
  });
}

type Result = Done | Refused;

function deedsOf(result: Result): readonly Deed[] {
  if (!result.ok) throw new Error(`refused: ${result.why}`);
  return result.deeds as readonly Deed[]; // every deed of a domain command is one
}

function answersOf(result: Result) {
  return result.ok ? result.answers : result;
}

function updates(result: Result, table: string) {
  return deedsOf(result).flatMap((deed) =>
    deed.kind === 'update' && deed.table === table ? [deed.set] : [],
  );
}

function inserts(result: Result) {
  return deedsOf(result).flatMap((deed) => (deed.kind === 'insert' ? [deed.table] : []));
}

function events(result: Result) {
  return deedsOf(result).flatMap((deed) => (deed.kind === 'event' ? [deed.event.name] : []));
}

function eventData(result: Result, name: string) {
  return deedsOf(result).flatMap((deed) =>
    deed.kind === 'event' && deed.event.name === name ? [deed.event.data] : [],
  )[0];
}
