import { describe, expect, test } from 'vitest';
import {
  changeDates,
  expireOffer,
  focalAccepts,
  holdAssignment,
  hostAccepts,
  hostRefuses,
  makeOffer,
  memberAccepts,
  memberDeclines,
  otherDates,
  readyToTravel,
  releaseAssignment,
  setGate,
  startClearing,
  startWork,
} from '../../src/domain/assignment.ts';
import type { Assignment, Need, Window } from '../../src/domain/model.ts';
import { type OfferFacts, offerObstacles } from '../../src/domain/offer-guards.ts';
import type { Done, Refused } from '../../src/engine/flow.ts';
import {
  active,
  agreedOn,
  application,
  clearing,
  hostAccepted,
  kibuye,
  leavingSoon,
  memberAccepted,
  mission,
  now,
  proposal,
} from '../support/contexts/mission.ts';
import { deedsIn, told } from '../support/told.ts';

const coordinator = { personId: 90, role: 'coord_rw' } as const;

const window: Window = {
  id: 71,
  revision: 0,
  fromDay: '2027-04-15',
  toDay: '2027-06-30',
  minDays: 14,
  maxDays: 60,
  flexibleDays: 3,
  mode: 'physical',
  hoursPerWeek: null,
  certainty: 'firm',
  noticeWeeks: null,
  status: 'open',
};
const facts: OfferFacts = {
  person: active.person!,
  member: active.member!,
  application,
  need: kibuye,
  mission,
  windows: [window],
  others: [],
};
const fresh = { assignment: [87], readiness: [75], travel: [77], codes: { assignment: ['A-0087'] } };
const input = { fromDay: '2027-05-03', toDay: '2027-06-11', scope: 'supervised' } as const;

describe('an offer', () => {
  test('creates the assignment with checklist and journey, holds the window, and asks', () => {
    expect(told(makeOffer(input, { ...facts, fresh }, coordinator, now))).toEqual([
      '+assignment',
      '+readiness',
      '+travel',
      'availability=held',
      'application=offered',
      'offer.made',
    ]);
  });

  test('from afar has neither checklist nor journey', () => {
    const need: Need = { ...kibuye, mode: 'virtual' };
    expect(told(makeOffer(input, { ...facts, need, fresh }, coordinator, now))).toEqual([
      '+assignment',
      'availability=held',
      'application=offered',
      'offer.made',
    ]);
  });

  test('ends 72 hours later', () => {
    const result = makeOffer(input, { ...facts, fresh }, coordinator, now);
    const row = deedsIn(result)[0];
    expect(row?.kind === 'insert' && row.row['offer_ends_at']).toBe('2026-11-26T10:00:00.000Z');
  });

  test('is made by coordinators in Rwanda alone', () => {
    expect(told(makeOffer(input, { ...facts, fresh }, { personId: 91, role: 'moh' }, now))).toEqual([
      'refused not_allowed',
    ]);
  });

  const served = (endsOn: string) => [{ startsOn: '2027-01-01', endsOn, status: 'completed' as const }];
  test.each<readonly [string, Partial<typeof input> & { restOverride?: true }, Partial<OfferFacts>]>([
    ['member_not_active', {}, { member: { ...facts.member, status: 'submitted' } }],
    ['wrong_profession', {}, { member: { ...facts.member, profession: 'PSYCHOLOGIST' } }],
    ['need_not_open', {}, { need: { ...kibuye, status: 'validated' } }],
    ['need_not_open', {}, { need: { ...kibuye, taken: 1 } }],
    ['mission_not_open', {}, { mission: { ...mission, status: 'postponed' } }],
    ['outside_post', {}, { need: { ...kibuye, latest: '2027-06-10' } }],
    ['too_short', {}, { need: { ...kibuye, minDays: 41 } }],
    ['too_long', {}, { need: { ...kibuye, maxDays: 39 } }],
    ['not_available', {}, { windows: [], application: { ...application, fromDay: null, toDay: null } }],
    ['language', {}, { member: { ...facts.member, levels: { rw: 3, fr: 1, en: 1 } } }],
    ['overlap', {}, { others: [{ startsOn: '2027-06-11', endsOn: '2027-07-30', status: 'agreed' }] }],
    ['too_soon', {}, { others: served('2027-02-05') }],
    ['licence', {}, { member: { ...facts.member, licensed: 'no' } }],
  ])('is refused with %s', (why, over, instead) => {
    expect(offerObstacles({ ...input, ...over }, { ...facts, ...instead })).toEqual([why]);
  });

  test.each<readonly [string, object, Partial<OfferFacts>]>([
    ['the rest was long enough', {}, { others: served('2027-02-02') }],
    ['a coordinator overrides the rest', { restOverride: true }, { others: served('2027-04-30') }],
    [
      'only teaching needs no licence',
      { scope: 'teaching_only' },
      { member: { ...facts.member, licensed: 'expired' } },
    ],
    ['the dates given for this mission stand for a window', {}, { windows: [] }],
    [
      'a released offer does not overlap',
      {},
      { others: [{ startsOn: '2027-05-03', endsOn: '2027-06-11', status: 'released' }] },
    ],
    [
      'the window is flexible by three days',
      {},
      { windows: [{ ...window, fromDay: '2027-05-06' }], application: { ...application, fromDay: null } },
    ],
  ])('is possible when %s', (_, over, instead) => {
    expect(offerObstacles({ ...input, ...over }, { ...facts, ...instead })).toEqual([]);
  });
});

describe('the two yeses', () => {
  test.each([
    [
      'member first',
      memberAccepts(proposal, 12, now),
      ['assignment=member_accepted', 'application=accepted', 'offer.accepted'],
    ],
    [
      'then the host',
      hostAccepts(memberAccepted, 80, now),
      ['assignment=agreed', 'need=filled', 'availability=used', 'assignment.agreed', 'placement.confirmed'],
    ],
    ['host first', hostAccepts(proposal, 80, now), ['assignment=host_accepted', 'placement.confirmed']],
    [
      'then the member',
      memberAccepts(hostAccepted, 12, now),
      [
        'assignment=agreed',
        'need=filled',
        'availability=used',
        'application=accepted',
        'assignment.agreed',
        'offer.accepted',
      ],
    ],
    [
      'the focal point binds nobody',
      focalAccepts(proposal, 81, now),
      ['assignment', 'placement.focal_accepted'],
    ],
  ])('%s', (_, result, expected) => {
    expect(told(result)).toEqual(expected);
  });

  test('a need with posts left stays published, but two last agreements at once cannot both pass', () => {
    const roomy = { ...hostAccepted, need: { ...kibuye, posts: 3 } };
    expect(told(memberAccepts(roomy, 12, now))).toContain('need=published');
  });

  test('after 72 hours the yes comes too late, even if the timer does too', () => {
    expect(told(memberAccepts(proposal, 12, new Date(proposal.offerEndsAt)))).toEqual(['refused expired']);
    expect(told(memberAccepts(memberAccepted, 12, now))).toEqual(['refused not_open']);
  });
});

describe('an end before the work', () => {
  const released = ['assignment=released', 'application=declined', 'availability=open', 'offer.declined'];
  test.each([
    ['the member declines', memberDeclines(proposal, 'family', 12), released],
    [
      '72 hours pass',
      expireOffer(proposal),
      ['assignment=released', 'application=expired', 'availability=open', 'offer.expired'],
    ],
    ['72 hours pass after a yes', expireOffer(memberAccepted), []],
    [
      'the host refuses an open offer',
      hostRefuses(proposal, 'host_capacity', 80),
      ['assignment=host_refused', 'application=shortlisted', 'availability=open', 'placement.refused'],
    ],
    [
      'the host refuses after the member’s yes, which is kept',
      hostRefuses(memberAccepted, 'host_capacity', 80),
      ['assignment=host_refused', 'placement.refused'],
    ],
    [
      'a coordinator releases an agreement',
      releaseAssignment({ reason: 'security' }, { assignment: agreedOn }, coordinator),
      [
        'assignment=released',
        'application=shortlisted',
        'availability=open',
        'need=published',
        'assignment.released',
      ],
    ],
    ['nobody declines an agreement in passing', memberDeclines(agreedOn, null, 12), ['refused not_open']],
  ])('%s', (_, result, expected) => {
    expect(told(result)).toEqual(expected);
  });
});

describe('dates', () => {
  test('other dates leave the offer open and stop its reminders', () => {
    const result = otherDates(proposal, { from: '2027-05-10', to: '2027-06-18' }, 12, now);
    expect(told(result)).toEqual(['offer.other_dates']);
    const plan = deedsIn(result).find(({ kind }) => kind === 'plan');
    const lines =
      plan?.kind === 'plan'
        ? plan.timers.map(({ line }) => line).filter((line) => line.startsWith('offer'))
        : [];
    expect(lines).toEqual(['offer.expire72']);
  });

  test('new dates ask both sides again and open the gates that dates decide', () => {
    const result = changeDates(
      { fromDay: '2027-05-10', toDay: '2027-06-18' },
      { assignment: leavingSoon },
      coordinator,
      now,
    );
    expect(told(result)).toEqual([
      'assignment=proposed',
      'application=offered',
      'availability=held',
      'need=published',
      'offer.made',
    ]);
    const row = deedsIn(result)[0];
    const gates =
      row?.kind === 'update' ? (row.set['gates'] as unknown as Assignment['gates']) : leavingSoon.gates;
    expect([gates.G3.state, gates.G9.state, gates.G6.state]).toEqual(['open', 'open', 'green']);
  });

  test.each([
    ['2027-06-01', '2027-07-15', 'outside_post'],
    ['2027-06-10', '2027-06-01', 'ends_before_start'],
  ])('from %s to %s is refused: %s', (fromDay, toDay, why) => {
    expect(told(changeDates({ fromDay, toDay }, { assignment: agreedOn }, coordinator, now))).toEqual([
      `refused ${why}`,
    ]);
  });
});

describe('gates and the way to departure', () => {
  const gate = (over: object, assignment = clearing) =>
    told(setGate({ gate: 'G7', state: 'green', ...over }, { assignment }, coordinator, now));
  test.each<readonly [string, readonly string[], readonly string[]]>([
    ['green', gate({}), ['assignment', 'gate.changed']],
    ['waived without a reason', gate({ state: 'waived' }), ['refused needs_reason']],
    [
      'waived with a reason',
      gate({ state: 'waived', note: 'seen on paper' }),
      ['assignment', 'gate.changed'],
    ],
    ['insurance waived alone', gate({ gate: 'G4', state: 'waived', note: 'x' }), ['refused second_person']],
    [
      'insurance waived by the same person twice',
      gate({ gate: 'G4', state: 'waived', note: 'x', second: coordinator }),
      ['refused second_person'],
    ],
    [
      'insurance waived by two',
      gate({ gate: 'G4', state: 'waived', note: 'x', second: { personId: 91, role: 'moh' } }),
      ['assignment', 'gate.changed'],
    ],
    ['on an offer', gate({}, proposal), ['refused wrong_state']],
  ])('%s', (_, actual, expected) => {
    expect(actual).toEqual(expected);
  });

  test.each<readonly [string, Done | Refused, readonly string[]]>([
    [
      'signed',
      startClearing({}, { assignment: agreedOn }, coordinator),
      ['assignment=clearing', 'assignment.clearing'],
    ],
    ['signed too early', startClearing({}, { assignment: proposal }, coordinator), ['refused wrong_state']],
    ['with open gates', readyToTravel({}, { assignment: clearing }, coordinator), ['refused gates_open']],
    [
      'all green',
      readyToTravel({}, { assignment: { ...clearing, gates: leavingSoon.gates } }, coordinator),
      ['assignment=ready_to_travel', 'assignment.ready_to_travel'],
    ],
    [
      'on hold',
      holdAssignment({ reason: 'security' }, { assignment: clearing }, coordinator),
      ['assignment=hold', 'assignment.held'],
    ],
    [
      'started from afar',
      startWork({ ...leavingSoon, mode: 'virtual' }, 80),
      ['assignment=on_mission', 'assignment.started'],
    ],
    ['started without a journey', startWork(leavingSoon, 80), ['refused wrong_state']],
    [
      'started',
      startWork({ ...leavingSoon, status: 'arrived' }, 80),
      ['assignment=on_mission', 'assignment.started'],
    ],
  ])('%s', (_, result, expected) => {
    expect(told(result)).toEqual(expected);
  });
});
