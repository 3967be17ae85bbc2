import { describe, expect, test } from 'vitest';
import { readItinerary } from '../../src/domain/itinerary.ts';
import type { Deed, Leg } from '../../src/domain/model.ts';
import {
  answerArrival,
  answerDayBefore,
  confirmItinerary,
  markDeparted,
  proposeItinerary,
  readCard,
  recordTicket,
  reportWrongLeg,
  tellDelay,
} from '../../src/domain/travel.ts';
import type { Done, Refused } from '../../src/engine/flow.ts';
import { agreedOn, clearing, journey, leavingSoon, onTheWay, proposal } from '../support/contexts/mission.ts';
import { deedsIn, told } from '../support/told.ts';

const coordinator = { personId: 90, role: 'coord_rw' } as const;
const now = new Date('2027-05-02T01:30:00Z');
const { legs, pickup, lodging } = journey;
const [first, second] = legs as readonly [Leg, Leg]; // the fixture has two
const changes = (deeds: readonly Deed[], table: string) => {
  const deed = deeds.find((each) => each.kind === 'update' && each.table === table);
  return deed?.kind === 'update' ? deed.set : {};
};

describe('an itinerary', () => {
  test('counts its times by the clocks of its airports', () => {
    expect(readItinerary(legs)).toMatchObject({
      departsAt: '2027-05-01T08:20:00.000Z',
      arrivesAt: '2027-05-01T23:05:00.000Z',
    });
  });

  test.each<readonly [string, readonly Leg[]]>([
    ['no_legs', []],
    ['unknown_airport', [{ ...first, from: 'XXX' }]],
    ['bad_time', [{ ...first, departs: '2027-05-01 10:20' }]],
    ['bad_time', [{ ...first, departs: '2027-05-01T24:20' }]],
    ['broken', [first, { ...second, from: 'NBO' }]],
    ['backwards', [second, { ...first, from: 'KGL' }]],
    ['backwards', [{ ...first, arrives: '2027-05-01T11:00' }]],
  ])('is refused with %s', (why, wrong) => {
    expect(readItinerary(wrong)).toEqual({ why });
  });

  test('is proposed with its instants, and asks for the gate', () => {
    const result = proposeItinerary({ legs, pickup, lodging }, { assignment: agreedOn }, coordinator, now);
    expect(told(result)).toEqual(['travel=proposed', 'assignment', 'itinerary.proposed']);
    expect(changes(deedsIn(result), 'travel')).toEqual({
      status: 'proposed',
      departs_at: '2027-05-01T08:20:00.000Z',
      arrives_at: '2027-05-01T23:05:00.000Z',
      day_before: null,
      arrival: null,
      plan: { legs, pickup, lodging },
    });
    expect(changes(deedsIn(result), 'assignment')['gates']).toMatchObject({ G9: { state: 'in_progress' } });
  });

  test.each<readonly [string, Done | Refused, readonly string[]]>([
    [
      'proposed by somebody else',
      proposeItinerary(
        { legs, pickup, lodging },
        { assignment: agreedOn },
        { personId: 91, role: 'moh' },
        now,
      ),
      ['refused not_allowed'],
    ],
    [
      'proposed before the agreement',
      proposeItinerary({ legs, pickup, lodging }, { assignment: proposal }, coordinator, now),
      ['refused wrong_state'],
    ],
    [
      'proposed for work from afar',
      proposeItinerary(
        { legs, pickup, lodging },
        { assignment: { ...agreedOn, travel: null } },
        coordinator,
        now,
      ),
      ['refused wrong_state'],
    ],
    [
      'proposed wrongly',
      proposeItinerary({ legs: [], pickup, lodging }, { assignment: agreedOn }, coordinator, now),
      ['refused no_legs'],
    ],
    [
      'confirmed',
      confirmItinerary(clearing, 12, now),
      ['travel=confirmed', 'assignment', 'itinerary.confirmed', 'gate.changed'],
    ],
    ['confirmed twice', confirmItinerary(leavingSoon, 12, now), ['refused not_open']],
    ['with a wrong leg', reportWrongLeg(clearing, 2, 12), ['travel=changed', 'itinerary.wrong']],
    [
      'ticketed',
      recordTicket({}, { assignment: leavingSoon }, coordinator),
      ['travel=ticketed', 'itinerary.ticketed'],
    ],
    [
      'ticketed before it is confirmed',
      recordTicket({}, { assignment: clearing }, coordinator),
      ['refused wrong_state'],
    ],
  ])('%s', (_, result, expected) => {
    expect(told(result)).toEqual(expected);
  });
});

describe('departure', () => {
  test.each<readonly [string, Done | Refused | readonly Deed[], readonly string[]]>([
    ['the card is read', readCard(leavingSoon, 12), ['travel.card_read']],
    ['the card of no journey', readCard(clearing, 12), ['refused not_open']],
    ['yes', answerDayBefore(leavingSoon, 'yes', 12), ['travel', 'travel.day_before_answered']],
    ['no', answerDayBefore(leavingSoon, 'no', 12), ['travel', 'travel.day_before_answered']],
    ['an answer after take-off', answerDayBefore(onTheWay, 'no', 12), ['refused not_open']],
    ['take-off', markDeparted(leavingSoon), ['travel=departed', 'assignment=travelling', 'travel.departed']],
    ['take-off twice', markDeparted(onTheWay), []],
  ])('%s', (_, result, expected) => {
    expect(told(result)).toEqual(expected);
  });

  test('who is not coming is not expected at the airport', () => {
    const plan = deedsIn(answerDayBefore(leavingSoon, 'no', 12)).find(({ kind }) => kind === 'plan');
    const lines = plan?.kind === 'plan' ? plan.timers.map(({ line }) => line) : [];
    expect(lines.filter((line) => line.startsWith('arrival') || line === 'travel.departed')).toEqual([]);
  });
});

describe('arrival', () => {
  test.each<readonly [string, Done | Refused, readonly string[]]>([
    [
      'met',
      answerArrival(onTheWay, 'met', null, 12, now),
      ['travel=arrived', 'assignment=arrived', 'arrival.answered'],
    ],
    [
      'nobody there',
      answerArrival(onTheWay, 'nobody', null, 12, now),
      ['travel=arrived', 'assignment=arrived', 'arrival.answered'],
    ],
    [
      'met, though nobody said that they left',
      answerArrival(leavingSoon, 'met', null, 12, now),
      ['travel=arrived', 'assignment=arrived', 'arrival.answered'],
    ],
    ['delayed', answerArrival(onTheWay, 'delayed', 6, 12, now), ['travel', 'arrival.answered']],
    [
      'delayed, nobody knows how long',
      answerArrival(onTheWay, 'delayed', null, 12, now),
      ['refused unfinished'],
    ],
    ['delayed, told before its length', tellDelay(onTheWay, 12), ['travel', 'arrival.delayed']],
    ['a delay after the arrival', tellDelay({ ...onTheWay, status: 'arrived' }, 12), ['refused not_open']],
    [
      'not travelling',
      answerArrival(onTheWay, 'not_travelling', null, 12, now),
      ['travel', 'arrival.answered'],
    ],
    [
      'after the arrival',
      answerArrival({ ...onTheWay, status: 'arrived' }, 'met', null, 12, now),
      ['refused not_open'],
    ],
    [
      'without a journey',
      answerArrival({ ...onTheWay, travel: null }, 'met', null, 12, now),
      ['refused not_open'],
    ],
  ])('%s', (_, result, expected) => {
    expect(told(result)).toEqual(expected);
  });

  test('a delay moves the next question', () => {
    const deeds = deedsIn(answerArrival(onTheWay, 'delayed', 6, 12, now));
    expect(changes(deeds, 'travel')).toEqual({ arrival: 'delayed', arrives_at: '2027-05-02T07:30:00.000Z' });
    const plan = deeds.find(({ kind }) => kind === 'plan');
    const ask = plan?.kind === 'plan' ? plan.timers.find(({ line }) => line === 'arrival.ask') : undefined;
    expect(ask?.dueAt).toBe('2027-05-02T09:30:00.000Z');
  });

  test('a delay of unknown length is still asked about', () => {
    const deeds = deedsIn(tellDelay(onTheWay, 12));
    expect(changes(deeds, 'travel')).toEqual({ arrival: 'delayed' });
    const plan = deeds.find(({ kind }) => kind === 'plan');
    const lines = plan?.kind === 'plan' ? plan.timers.map(({ line }) => line) : [];
    expect(lines).toEqual(expect.arrayContaining(['arrival.remind', 'arrival.duty']));
  });

  test('who does not travel is not asked again', () => {
    const plan = deedsIn(answerArrival(onTheWay, 'not_travelling', null, 12, now)).find(
      ({ kind }) => kind === 'plan',
    );
    const lines = plan?.kind === 'plan' ? plan.timers.map(({ line }) => line) : ['?'];
    expect(lines.filter((line) => line.startsWith('arrival'))).toEqual([]);
  });
});
