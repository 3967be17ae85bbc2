import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { flows } from '../../flows/index.ts';
import { recordInterest, withdrawInterest } from '../../src/domain/application.ts';
import {
  changeDates,
  expireOffer,
  focalAccepts,
  hostAccepts,
  hostRefuses,
  memberAccepts,
  memberDeclines,
  otherDates,
  readyToTravel,
  releaseAssignment,
  setGate,
} from '../../src/domain/assignment.ts';
import { fireApplication, fireAssignment } from '../../src/domain/fire.ts';
import type { Deed, Intent } from '../../src/domain/model.ts';
import { missionReactions } from '../../src/domain/reactions/mission.ts';
import { offerReactions } from '../../src/domain/reactions/offer.ts';
import type { Reactions } from '../../src/domain/reactions/reactions.ts';
import { travelReactions } from '../../src/domain/reactions/travel.ts';
import {
  answerArrival,
  answerDayBefore,
  confirmItinerary,
  proposeItinerary,
  reportWrongLeg,
  tellDelay,
} from '../../src/domain/travel.ts';
import type { Done, Refused } from '../../src/engine/flow.ts';
import { languages, type Param } from '../../src/engine/message.ts';
import { createWords } from '../../src/locale.ts';
import {
  agreedOn,
  application,
  calledLate,
  clearing,
  hostAccepted,
  interested,
  journey,
  leavingSoon,
  memberAccepted,
  mission,
  now,
  onTheWay,
  proposal,
} from '../support/contexts/mission.ts';
import { deedsIn } from '../support/told.ts';

const words = createWords(fileURLToPath(new URL('../../locales', import.meta.url)));
const coordinator = { personId: 90, role: 'coord_rw' } as const;
const late = new Date('2027-06-01T00:00:00Z');
const interest = {
  answers: { posts: ['41'], dates: { from: '2027-05-01', to: '2027-06-15' }, leave: 'asked' },
  data: { missionId: 3 },
  context: calledLate,
  found: { fresh: { application: [61] } },
  now,
  lang: 'en',
} as const;

/** Every way in which these reactions are set off, by the name that a person would give it. */
const causes: readonly (readonly [string, Done | Refused | readonly Deed[], readonly string[]])[] = [
  [
    'an offer made again',
    changeDates({ fromDay: '2027-05-10', toDay: '2027-06-18' }, { assignment: agreedOn }, coordinator, now),
    ['person offer.invite.text'],
  ],
  ['24 hours', fireAssignment('offer.remind24', proposal, late), ['person offer.remind24.text']],
  ['60 hours', fireAssignment('offer.remind60', proposal, late), ['person offer.remind60.text']],
  ['72 hours', expireOffer(proposal), ['person offer.ended.text', 'coordinators offer.desk.expired.text']],
  ['the member’s yes', memberAccepts(proposal, 12, now), ['coordinators offer.desk.accepted.text']],
  ['the focal point’s yes', focalAccepts(proposal, 81, now), []],
  ['the host’s yes', hostAccepts(proposal, 80, now), []],
  [
    'both yeses',
    hostAccepts(memberAccepted, 80, now),
    ['person offer.agreed.text', 'hospital offer.host.agreed.text', 'coordinators offer.desk.agreed.text'],
  ],
  ['the member’s no', memberDeclines(proposal, 'family', 12), ['coordinators offer.desk.declined.text']],
  [
    'a no without a reason',
    memberDeclines(hostAccepted, null, 12),
    ['coordinators offer.desk.declined.text'],
  ],
  [
    'other dates',
    otherDates(proposal, { from: '2027-05-10', to: '2027-06-18' }, 12, now),
    ['coordinators offer.desk.dates.text', 'hospital offer.host.dates.text'],
  ],
  ['the host’s no', hostRefuses(proposal, 'host_capacity', 80), ['person offer.fell_away.text']],
  [
    'the host’s no after the member’s yes',
    hostRefuses(memberAccepted, 'host_capacity', 80),
    ['person offer.kept.text'],
  ],
  [
    'a release',
    releaseAssignment({ reason: 'security' }, { assignment: agreedOn }, coordinator),
    ['person offer.fell_away.text'],
  ],
  [
    'a red gate',
    setGate({ gate: 'G3', state: 'red' }, { assignment: clearing }, coordinator, now),
    ['coordinators offer.desk.red.text'],
  ],
  ['a green gate', setGate({ gate: 'G7', state: 'green' }, { assignment: clearing }, coordinator, now), []],
  [
    'ready',
    readyToTravel({}, { assignment: { ...clearing, gates: leavingSoon.gates } }, coordinator),
    ['person offer.ready.text', 'hospital offer.host.ready.text'],
  ],
  [
    'an itinerary',
    proposeItinerary(
      { legs: journey.legs, pickup: null, lodging: null },
      { assignment: agreedOn },
      coordinator,
      now,
    ),
    ['person itinerary.invite.text'],
  ],
  [
    'no itinerary 30 days before',
    fireAssignment('travel.itinerary', agreedOn, late),
    ['coordinators itinerary.desk.missing.text'],
  ],
  [
    'an itinerary unanswered 30 days before',
    fireAssignment('travel.itinerary', clearing, late),
    ['person itinerary.remind.text'],
  ],
  [
    'a confirmed itinerary',
    confirmItinerary(clearing, 12, now),
    ['coordinators itinerary.desk.confirmed.text', 'hospital itinerary.host.confirmed.text'],
  ],
  ['a wrong leg', reportWrongLeg(clearing, 2, 12), ['coordinators itinerary.desk.wrong.text']],
  [
    'an impossible journey',
    reportWrongLeg(clearing, 'all', 12),
    ['coordinators itinerary.desk.refused.text'],
  ],
  ['three days before', fireAssignment('travel.card', leavingSoon, late), ['person travel_card.invite.text']],
  [
    'the day before',
    fireAssignment('travel.day_before', leavingSoon, late),
    ['person day_before.invite.text'],
  ],
  [
    'silence the day before',
    fireAssignment('travel.day_before_silent', leavingSoon, late),
    ['coordinators day_before.desk.silent.text'],
  ],
  ['travelling as planned', answerDayBefore(leavingSoon, 'yes', 12), []],
  [
    'travelling later',
    answerDayBefore(leavingSoon, 'later', 12),
    ['coordinators day_before.desk.later.text'],
  ],
  ['not travelling', answerDayBefore(leavingSoon, 'no', 12), ['coordinators day_before.desk.no.text']],
  ['two hours after landing', fireAssignment('arrival.ask', onTheWay, late), ['person arrival.invite.text']],
  [
    'four hours after landing',
    fireAssignment('arrival.remind', onTheWay, late),
    ['person arrival.remind.text'],
  ],
  [
    'eight hours after landing',
    fireAssignment('arrival.duty', onTheWay, late),
    ['coordinators arrival.desk.silent.text'],
  ],
  [
    'met',
    answerArrival(onTheWay, 'met', null, 12, late),
    ['coordinators arrival.desk.met.text', 'hospital arrival.host.met.text'],
  ],
  [
    'nobody there',
    answerArrival(onTheWay, 'nobody', null, 12, late),
    ['coordinators arrival.desk.nobody.text', 'hospital arrival.host.nobody.text'],
  ],
  [
    'delayed',
    answerArrival(onTheWay, 'delayed', 6, 12, late),
    ['coordinators arrival.desk.delayed.text', 'hospital arrival.host.delayed.text'],
  ],
  [
    'delayed, by how long is not known',
    tellDelay(onTheWay, 12),
    ['coordinators arrival.desk.late.text', 'hospital arrival.host.late.text'],
  ],
  [
    'not on the plane',
    answerArrival(onTheWay, 'not_travelling', null, 12, late),
    ['coordinators arrival.desk.not_travelling.text'],
  ],
  ['late interest', recordInterest(interest), ['coordinators call.desk.late.text']],
  [
    'interest taken back',
    withdrawInterest({ answers: { which: 'm3' }, context: interested }),
    ['coordinators call.desk.withdrawn.text'],
  ],
  [
    'a maybe in an open call',
    fireApplication(
      'call.remind',
      { ...application, status: 'maybe', remindOn: '2026-12-01' },
      mission,
      late,
    ),
    ['person call.remind.text'],
  ],
  [
    'a maybe in a closed call',
    fireApplication(
      'call.remind',
      { ...application, status: 'maybe', remindOn: '2026-12-01' },
      { ...mission, status: 'selection' },
      late,
    ),
    ['person call.remind_closed.text'],
  ],
];

const tables: readonly Reactions[] = [missionReactions, offerReactions, travelReactions];
const intentsOf = (result: Done | Refused | readonly Deed[]): readonly Intent[] =>
  deedsIn(result).flatMap((deed) =>
    deed.kind === 'event' ? tables.flatMap((table) => table[deed.event.name]?.(deed.event) ?? []) : [],
  );

describe.each(causes)('%s', (_, result, expected) => {
  const intents = intentsOf(result);

  test('tells whom it concerns', () => {
    expect(deedsIn(result)).not.toEqual([]);
    expect(intents.map(({ to, key }) => `${to.kind} ${key}`)).toEqual(expected);
  });

  test.each(languages)('in words that exist in %s', (lang) => {
    for (const { key, params } of intents) {
      expect(words.text(lang, key, filled(params))).not.toMatch(/\{\{|undefined|NaN|\[object/);
      expect(words.classOf(key)).not.toBe('reply');
    }
  });

  test('opens a question that its flow has', () => {
    for (const { opens } of intents) {
      if (!opens) continue;
      const flow = flows.find(({ id }) => id === opens.flow);
      expect(flow?.steps[opens.step]?.kind).toBe('ask');
      expect([flow?.start, ...(flow?.entries ?? [])]).toContain(opens.step);
    }
  });
});

test('every reaction is set off by one of these', () => {
  const heard = new Set(
    causes.flatMap(([, result]) =>
      deedsIn(result).map((deed) => (deed.kind === 'event' ? deed.event.name : '')),
    ),
  );
  expect(tables.flatMap(Object.keys).filter((name) => !heard.has(name))).toEqual([]);
});

test('events carry no name, number or address of a person', () => {
  const personal = /Aline|UWASE|\+\d{6}|Habimana|Hotel Iris/;
  for (const [, result] of causes) {
    for (const deed of deedsIn(result))
      if (deed.kind === 'event') expect(JSON.stringify(deed.event)).not.toMatch(personal);
  }
});

/** Personal values come in when a message leaves. */
function filled(params: Intent['params']): Readonly<Record<string, Param>> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'object' && ('person' in value || 'travel' in value) ? 'Aline' : value,
    ]),
  );
}
