import { describe, expect, test } from 'vitest';
import {
  approveMission,
  callEnded,
  cancelMission,
  closeCall,
  createMission,
  createNeed,
  extendCall,
  type MissionInput,
  type NeedInput,
  openCall,
  returnNeed,
  validateNeed,
} from '../../src/domain/mission.ts';
import type { Need } from '../../src/domain/model.ts';
import type { Done, Refused } from '../../src/engine/flow.ts';
import { agreedOn, gisenyi, kibuye, mission, now, onTheWay } from '../support/contexts/mission.ts';
import { deedsIn, told } from '../support/told.ts';

const coordinator = { personId: 90, role: 'coord_rw' } as const;
const ministry = { personId: 91, role: 'moh' } as const;
const fresh = { need: [41], mission: [3], codes: { need: ['N-0141'], mission: ['M-2027-03'] } };
const needInput: NeedInput = kibuye;
const draft = { ...mission, status: 'draft', approvals: [] } as const;
const missionInput: MissionInput = mission;
const validated: readonly Need[] = [
  { ...kibuye, status: 'validated', missionId: null },
  { ...gisenyi, status: 'validated', missionId: null },
];

describe('a need', () => {
  const create = (over: Partial<NeedInput>) =>
    createNeed({ ...needInput, ...over }, { hospital: kibuye.hospital, fresh }, coordinator, now);

  test.each<readonly [string, Done | Refused, readonly string[]]>([
    ['is created', create({}), ['+need', 'need.created']],
    ['with no posts', create({ posts: 0 }), ['refused posts']],
    ['with eleven posts', create({ posts: 11 }), ['refused posts']],
    ['that ends before it begins', create({ latest: '2027-03-01' }), ['refused dates_out_of_order']],
    ['that began yesterday', create({ earliest: '2026-11-22' }), ['refused past']],
    ['whose shortest stay is its longest', create({ minDays: 91 }), ['refused days']],
    ['that nobody could talk in', create({ languages: [] }), ['refused languages']],
    [
      'asked for by the ministry',
      createNeed(needInput, { hospital: kibuye.hospital, fresh }, ministry, now),
      ['refused not_allowed'],
    ],
    [
      'validated by the ministry',
      validateNeed({}, { need: { ...kibuye, status: 'submitted' } }, ministry),
      ['need=validated', 'need.validated'],
    ],
    [
      'validated by a coordinator',
      validateNeed({}, { need: { ...kibuye, status: 'submitted' } }, coordinator),
      ['refused not_allowed'],
    ],
    ['validated twice', validateNeed({}, { need: kibuye }, ministry), ['refused wrong_state']],
    [
      'returned',
      returnNeed({}, { need: { ...kibuye, status: 'submitted' } }, ministry),
      ['need=draft', 'need.returned'],
    ],
  ])('%s', (_, result, expected) => {
    expect(told(result)).toEqual(expected);
  });
});

describe('a mission', () => {
  const create = (over: Partial<MissionInput>, needs = validated) =>
    createMission({ ...missionInput, ...over }, { needs, fresh }, coordinator);

  test.each<readonly [string, Done | Refused, readonly string[]]>([
    ['publishes its needs', create({}), ['+mission', 'need=published', 'need=published', 'mission.created']],
    ['without needs', create({}, []), ['refused no_needs']],
    [
      'with a need that was not validated',
      create({}, [{ ...kibuye, status: 'submitted' }]),
      ['refused need_not_validated'],
    ],
    [
      'without a title in one language',
      create({ title: { ...mission.title, rw: ' ' } }),
      ['refused title_missing'],
    ],
    ['for no country', create({ countries: [] }), ['refused no_countries']],
    ['whose call ends after it starts', create({ closesOn: '2027-04-01' }), ['refused dates_out_of_order']],
  ])('%s', (_, result, expected) => {
    expect(told(result)).toEqual(expected);
  });

  test('is approved by two persons of two roles, in either order', () => {
    const first = approveMission({}, { mission: draft }, ministry, now);
    expect(told(first)).toEqual(['mission', 'mission.approval_given']);
    const half = { ...draft, approvals: [{ personId: 91, role: 'moh', at: now.toISOString() }] } as const;
    expect(told(approveMission({}, { mission: half }, coordinator, now))).toEqual([
      'mission=approved',
      'mission.approved',
    ]);
    expect(told(approveMission({}, { mission: half }, ministry, now))).toEqual(['refused already_approved']);
    expect(told(approveMission({}, { mission: half }, { personId: 99, role: 'moh' }, now))).toEqual([
      'refused already_approved',
    ]);
    expect(told(approveMission({}, { mission: half }, { personId: 91, role: 'coord_rw' }, now))).toEqual([
      'refused already_approved',
    ]);
    expect(told(approveMission({}, { mission: draft }, { personId: 92, role: 'duty' }, now))).toEqual([
      'refused not_allowed',
    ]);
  });

  test.each<readonly [string, Done | Refused, readonly string[]]>([
    [
      'opens its call',
      openCall({}, { mission: { ...mission, status: 'approved' } }, coordinator),
      ['mission=call_open', 'mission.call_opened'],
    ],
    ['opens it once', openCall({}, { mission }, coordinator), ['refused wrong_state']],
    [
      'is not opened by the ministry',
      openCall({}, { mission: { ...mission, status: 'approved' } }, ministry),
      ['refused not_allowed'],
    ],
    [
      'extends the call',
      extendCall({ closesOn: '2027-01-10' }, { mission }, coordinator),
      ['mission=call_open', 'mission.call_extended'],
    ],
    [
      'does not extend it backwards',
      extendCall({ closesOn: '2026-12-19' }, { mission }, coordinator),
      ['refused not_later'],
    ],
    [
      'does not extend it into its start',
      extendCall({ closesOn: '2027-04-01' }, { mission }, coordinator),
      ['refused dates_out_of_order'],
    ],
    [
      'closes the call',
      closeCall({}, { mission }, coordinator),
      ['mission=selection', 'mission.call_closed'],
    ],
  ])('%s', (_, result, expected) => {
    expect(told(result)).toEqual(expected);
  });

  test('an extended call moves its timer', () => {
    const plan = deedsIn(extendCall({ closesOn: '2027-01-10' }, { mission }, coordinator)).find(
      ({ kind }) => kind === 'plan',
    );
    expect(plan?.kind === 'plan' && plan.timers).toEqual([
      { line: 'call.close', dueAt: '2027-01-10T22:00:00.000Z' },
    ]);
  });

  test('whose call was closed by hand hears its timer in silence', () => {
    expect(callEnded({ ...mission, status: 'selection' })).toEqual([]);
  });

  test('is cancelled by two persons; those under way are ended one by one', () => {
    const facts = {
      mission: { ...mission, status: 'selection' },
      assignments: [agreedOn, { ...onTheWay, id: 88 }],
    } as const;
    expect(told(cancelMission({ reason: 'security', second: ministry }, facts, coordinator))).toEqual([
      'mission=cancelled',
      'assignment=released',
      'application=shortlisted',
      'availability=open',
      'assignment.released',
      'mission.cancelled',
    ]);
    expect(told(cancelMission({ reason: 'security', second: coordinator }, facts, coordinator))).toEqual([
      'refused second_person',
    ]);
    expect(
      told(
        cancelMission(
          { reason: 'security', second: ministry },
          { ...facts, mission: { ...mission, status: 'in_progress' } },
          coordinator,
        ),
      ),
    ).toEqual(['refused wrong_state']);
  });
});
