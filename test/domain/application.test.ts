import { describe, expect, test } from 'vitest';
import {
  type CallAnswers,
  datesFit,
  interestNeeds,
  recordInterest,
  recordMaybe,
  recordNo,
  withdrawable,
  withdrawInterest,
} from '../../src/domain/application.ts';
import type { ApplicationStatus, Context, Deed } from '../../src/domain/model.ts';
import { application, called, calledLate, interested, mission, now } from '../support/contexts/mission.ts';
import { deedsIn, told } from '../support/told.ts';

const answers: CallAnswers = {
  posts: ['42', '41'],
  dates: { from: '2027-05-01', to: '2027-06-15' },
  leave: 'agreed',
  share: 'yes',
  motivation: 'I trained in Huye.',
};
const scope = {
  answers,
  data: { missionId: 3 },
  context: called,
  found: { fresh: { application: [61], consent: [9] } },
  now,
  lang: 'en',
} as const;
const answered = (status: ApplicationStatus): Context => ({
  ...interested,
  calls: interested.calls.map((call) => ({ ...call, application: { ...application, status } })),
});
const row = (deeds: readonly Deed[], table: string) => {
  const deed = deeds.find((each) => 'table' in each && each.table === table);
  return deed?.kind === 'insert' ? deed.row : deed?.kind === 'update' ? deed.set : {};
};

describe('interest', () => {
  test('is kept with its posts in order, dates, leave and consent', () => {
    const result = recordInterest(scope);
    expect(told(result)).toEqual(['+application', '+consent', 'application.interested']);
    expect(row(deedsIn(result), 'application')).toMatchObject({
      status: 'complete',
      needs: [42, 41],
      from_day: '2027-05-01',
      to_day: '2027-06-15',
      leave: 'agreed',
      share: true,
      motivation: 'I trained in Huye.',
    });
    expect(row(deedsIn(result), 'consent')).toMatchObject({ purpose: 'share_with_host_moh', state: 'given' });
  });

  test('without the wish to share is kept, and says so', () => {
    const result = recordInterest({ ...scope, answers: { ...answers, share: 'no' } });
    expect(row(deedsIn(result), 'application')).toMatchObject({ status: 'complete', share: false });
    expect(row(deedsIn(result), 'consent')).toMatchObject({ state: 'refused' });
  });

  test.each<readonly [string, object, readonly string[]]>([
    [
      'after the call is late',
      { context: calledLate },
      ['+application', '+consent', 'application.interested'],
    ],
    ['in a call that is gone', { data: { missionId: 99 } }, ['refused closed']],
    ['by nobody known', { context: { ...called, person: null } }, ['refused closed']],
    ['without dates', { answers: { ...answers, dates: undefined } }, ['refused unfinished']],
    [
      'at dates that fit no chosen post',
      { answers: { ...answers, dates: { from: '2027-07-01', to: '2027-07-31' } } },
      ['refused dates'],
    ],
    ['after an offer', { context: answered('offered') }, ['refused offered']],
    [
      'once more changes the first answer',
      { context: answered('complete') },
      ['application=complete', '+consent', 'application.interested'],
    ],
    [
      'after a no',
      { context: answered('declined') },
      ['application=complete', '+consent', 'application.interested'],
    ],
  ])('%s', (_, over, expected) => {
    expect(told(recordInterest({ ...scope, ...over }))).toEqual(expected);
  });

  test('late is its own state', () => {
    expect(row(deedsIn(recordInterest({ ...scope, context: calledLate })), 'application')).toMatchObject({
      status: 'late',
    });
  });

  test.each<readonly [CallAnswers, object | null]>([
    [{ share: 'yes' }, { application: 1, consent: 1 }],
    [{}, { application: 1 }],
    [{ keep: 'no' }, { application: 1, consent: 1 }],
  ])('with %o needs new rows %o', (given, rows) => {
    expect(interestNeeds({ ...scope, answers: given })).toEqual([{ query: 'fresh', args: rows }]);
  });

  test('changed once more without a question of consent needs no new row', () => {
    expect(interestNeeds({ data: { missionId: 3 }, context: interested, answers: {} })).toEqual([]);
  });
});

test.each([
  ['inside one post', ['41'], '2027-05-01', '2027-05-14', true],
  ['a day too short', ['41'], '2027-05-01', '2027-05-13', false],
  ['too short for the first, long enough for the second', ['42', '41'], '2027-05-01', '2027-05-20', true],
  ['too short for the only one', ['42'], '2027-05-01', '2027-05-20', false],
  ['before the range', ['41'], '2027-03-31', '2027-05-01', false],
  ['after the range', ['41'], '2027-06-01', '2027-07-01', false],
])('dates %s', (_, posts, from, to, fits) => {
  const call = called.calls[0];
  expect(call && datesFit(call, { posts, dates: { from, to } })).toBe(fits);
});

describe('maybe and no', () => {
  test.each<readonly [string, ReturnType<typeof recordNo>, readonly string[]]>([
    [
      'maybe',
      recordMaybe({ ...scope, answers: { remind_on: '2027-01-10' } }),
      ['+application', 'application.maybe'],
    ],
    ['maybe without a day', recordMaybe({ ...scope, answers: {} }), ['refused unfinished']],
    [
      'no',
      recordNo({ ...scope, answers: { reason: 'family', keep: 'yes' } }),
      ['+application', 'application.declined'],
    ],
    [
      'no, and no more calls',
      recordNo({ ...scope, answers: { keep: 'no' } }),
      ['+application', '+consent', 'application.declined'],
    ],
    [
      'no after an offer',
      recordNo({ ...scope, context: answered('offered'), answers: {} }),
      ['refused offered'],
    ],
  ])('%s', (_, result, expected) => {
    expect(told(result)).toEqual(expected);
  });

  test('a maybe plans its reminder, a later interest drops it', () => {
    const timers = (result: ReturnType<typeof recordMaybe>) =>
      deedsIn(result).flatMap((deed) => (deed.kind === 'plan' ? deed.timers : []));
    expect(timers(recordMaybe({ ...scope, answers: { remind_on: '2027-01-10' } }))).toHaveLength(1);
    expect(timers(recordInterest({ ...scope, context: answered('maybe') }))).toEqual([]);
  });

  test('no more calls withdraws just that consent', () => {
    expect(row(deedsIn(recordNo({ ...scope, answers: { keep: 'no' } })), 'consent')).toMatchObject({
      purpose: 'mission_calls',
      state: 'withdrawn',
    });
  });
});

describe('taking interest back', () => {
  test.each<readonly [ApplicationStatus, boolean]>([
    ['complete', true],
    ['late', true],
    ['maybe', true],
    ['shortlisted', true],
    ['waitlisted', true],
    ['offered', false],
    ['accepted', false],
    ['withdrawn', false],
    ['not_selected', false],
  ])('%s: %s', (status, free) => {
    const context = answered(status);
    expect(withdrawable(context)).toHaveLength(free ? 1 : 0);
    const result = withdrawInterest({ answers: { which: `m${mission.id}`, reason: 'employer' }, context });
    expect(told(result)).toEqual(
      free ? ['application=withdrawn', 'application.withdrawn'] : ['refused gone'],
    );
  });
});
