import { describe, expect, test } from 'vitest';
import { planApplication, planAssignment, planMission } from '../../src/domain/calendar.ts';
import { fireApplication, fireAssignment, fireMission } from '../../src/domain/fire.ts';
import type { Assignment, Deed } from '../../src/domain/model.ts';
import {
  agreedOn,
  application,
  clearing,
  hostAccepted,
  leavingSoon,
  memberAccepted,
  mission,
  onTheWay,
  proposal,
} from '../support/contexts/mission.ts';

/** Only the member's lines: the hospital's have tests of their own. */
const mine = /^(offer|travel|arrival|first_day|call)/;
const timers = (deed: Deed): Readonly<Record<string, string>> =>
  deed.kind === 'plan'
    ? Object.fromEntries(
        deed.timers.filter(({ line }) => mine.test(line)).map(({ line, dueAt }) => [line, dueAt]),
      )
    : {};
const linesOf = (assignment: Assignment) => timers(planAssignment(assignment));
const names = (deeds: readonly Deed[]) =>
  deeds.flatMap((deed) => (deed.kind === 'event' ? [deed.event.name] : []));

const offerLines = {
  'offer.remind24': '2026-11-23T10:00:00.000Z',
  'offer.remind60': '2026-11-24T22:00:00.000Z',
  'offer.expire72': '2026-11-25T10:00:00.000Z',
};

describe('what is planned', () => {
  test.each([
    ['an open offer', proposal, offerLines],
    ['an offer the host accepted', hostAccepted, offerLines],
    ['an offer the member accepted', memberAccepted, {}],
    ['an agreement without a journey', agreedOn, { 'travel.itinerary': '2027-04-03T07:00:00.000Z' }],
    [
      // Brussels keeps summer time, Kigali none: 09:00 there is 07:00 UTC.
      'a confirmed journey',
      leavingSoon,
      {
        'travel.card': '2027-04-28T07:00:00.000Z',
        'travel.day_before': '2027-04-30T07:00:00.000Z',
        'travel.day_before_silent': '2027-04-30T13:00:00.000Z',
        'travel.departed': '2027-05-01T10:20:00.000Z',
        'arrival.ask': '2027-05-02T01:05:00.000Z',
        'arrival.remind': '2027-05-02T03:05:00.000Z',
        'arrival.duty': '2027-05-02T07:05:00.000Z',
      },
    ],
    [
      'somebody on the way',
      onTheWay,
      {
        'arrival.ask': '2027-05-02T01:05:00.000Z',
        'arrival.remind': '2027-05-02T03:05:00.000Z',
        'arrival.duty': '2027-05-02T07:05:00.000Z',
      },
    ],
    [
      'somebody who arrived',
      { ...onTheWay, status: 'arrived' } as const,
      { first_day: '2027-05-03T15:00:00.000Z' },
    ],
    ['a released offer', { ...proposal, status: 'released' } as const, {}],
  ])('for %s', (_, assignment, expected) => {
    expect(linesOf(assignment)).toEqual(expected);
  });

  test('work from afar begins without a journey', () => {
    expect(linesOf({ ...leavingSoon, mode: 'virtual', travel: null })).toEqual({
      first_day: '2027-05-03T15:00:00.000Z',
    });
  });

  test('who answered the day before is not asked again, who is not coming is not expected', () => {
    const travel = leavingSoon.travel && { ...leavingSoon.travel, dayBefore: 'no' as const };
    expect(Object.keys(linesOf({ ...leavingSoon, travel }))).toEqual(['travel.card']);
  });

  test('moved dates move the timers', () => {
    expect(linesOf({ ...agreedOn, startsOn: '2027-05-10' })['travel.itinerary']).toBe(
      '2027-04-10T07:00:00.000Z',
    );
  });

  test('a call closes when its last day has ended in Kigali', () => {
    expect(timers(planMission(mission))).toEqual({ 'call.close': '2026-12-20T22:00:00.000Z' });
    expect(timers(planMission({ ...mission, status: 'selection' }))).toEqual({});
  });

  test('a maybe is asked again on its day', () => {
    expect(timers(planApplication({ id: 1, status: 'maybe', remindOn: '2027-01-10' }))).toEqual({
      'call.remind': '2027-01-10T08:00:00.000Z',
    });
    expect(timers(planApplication({ id: 1, status: 'complete', remindOn: '2027-01-10' }))).toEqual({});
  });
});

describe('what firing does', () => {
  test.each([
    ['offer.remind24', proposal, ['offer.remind_due']],
    ['offer.expire72', proposal, ['offer.expired']],
    ['offer.expire72', memberAccepted, []],
    ['travel.itinerary', agreedOn, ['itinerary.missing']],
    ['travel.itinerary', clearing, ['itinerary.remind_due']],
    ['travel.card', leavingSoon, ['travel.card_due']],
    ['travel.day_before', leavingSoon, ['travel.day_before_due']],
    ['travel.day_before_silent', leavingSoon, ['travel.day_before_silent']],
    ['travel.departed', leavingSoon, ['travel.departed']],
    ['arrival.ask', onTheWay, ['arrival.due']],
    ['arrival.remind', onTheWay, ['arrival.remind_due']],
    ['arrival.duty', onTheWay, ['arrival.not_answered']],
    ['arrival.ask', { ...onTheWay, status: 'arrived' } as const, []],
  ])('%s', (line, assignment, expected) => {
    expect(names(fireAssignment(line, assignment, new Date('2027-06-01T00:00:00Z')))).toEqual(expected);
  });

  test('a timer that woke too early does nothing', () => {
    expect(fireAssignment('arrival.ask', onTheWay, new Date('2027-05-02T01:04:59Z'))).toEqual([]);
  });

  test('a line that no table has is not taken as done', () => {
    const now = new Date('2027-06-01T00:00:00Z');
    expect(() => fireAssignment('offer.remind999', proposal, now)).toThrow('nobody knows');
    expect(() => fireMission('call.dance', mission, now)).toThrow('nobody knows');
  });

  test('the last day of a call begins the selection', () => {
    expect(names(fireMission('call.close', mission, new Date('2026-12-20T22:00:00Z')))).toEqual([
      'mission.call_closed',
    ]);
    expect(fireMission('call.close', mission, new Date('2026-12-20T21:59:00Z'))).toEqual([]);
  });

  test('a maybe is reminded of', () => {
    const maybe = { ...application, status: 'maybe', remindOn: '2026-12-01' } as const;
    expect(names(fireApplication('call.remind', maybe, mission, new Date('2026-12-02T00:00:00Z')))).toEqual([
      'application.remind_due',
    ]);
  });
});
