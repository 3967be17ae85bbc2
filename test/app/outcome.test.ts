import { describe, expect, test } from 'vitest';
import { type Ended, nextsOf } from '../../src/app/follow-up.ts';
import { changeOf, holdOf } from '../../src/app/outcome.ts';
import type { Row } from '../../src/app/queue.ts';
import { reactionOf } from '../../src/channels/whatsapp/errors.ts';

const now = new Date('2027-03-01T09:00:00Z');
const row: Row = {
  waitedMs: 0,
  id: 1,
  conversationId: 1,
  to: { channel: 'whatsapp', account: 'whatsapp:+14155238886', address: '+32470000001' },
  lang: 'fr',
  class: 'service',
  key: 'offer.ended.text',
  lane: 'proactive',
  attempts: 1,
  message: null,
  plain: null,
  opens: null,
  lastInboundAt: null,
  zone: null,
  host: false,
  busySince: null,
  channel: 'whatsapp',
  accountId: 1,
  form: null,
  triedAt: now,
  mayRepeat: false,
  wasHeld: false,
  optedOut: false,
  withPerson: false,
};

test.each([
  ['proactive', 'service', 'with_a_person'],
  ['proactive', 'call', 'with_a_person'],
  ['reply', 'service', undefined],
  ['reply', 'reply', undefined],
  ['urgent', 'urgent', undefined],
] as const)('while a person answers, lane %s of class %s: %s', (lane, kind, reason) => {
  const held = holdOf({ ...row, lane, class: kind, withPerson: true }, now);
  expect(held && 'reason' in held ? held.reason : undefined).toBe(reason);
});

test('who has opted out since gets replies only, also what comes back from an unknown outcome', () => {
  const opted = { state: 'cancelled', reason: 'opted_out' };
  expect(holdOf({ ...row, optedOut: true }, now)).toEqual(opted);
  expect(holdOf({ ...row, optedOut: true, class: 'urgent' }, now)).toEqual(opted);
  expect(holdOf({ ...row, optedOut: true, class: 'reply' }, now)).toBeNull();
});

test('what one recipient cannot take now silences nobody else', () => {
  const change = changeOf({ kind: 'throttled', retryAfterMs: 1, alone: true }, row, now, () => 0);
  expect(change).toMatchObject({ state: 'queued', detail: 'not now' });
});

describe('trying again', () => {
  const waitOf = (attempts: number, random: number) => {
    const change = changeOf({ kind: 'not_sent', detail: 'refused' }, { ...row, attempts }, now, () => random);
    return change.state === 'queued' ? change.dueAt.getTime() - now.getTime() : null;
  };

  test('waits twice as long each time, between half and one and a half of it, ten minutes at most', () => {
    expect([1, 2, 3, 4].map((attempts) => waitOf(attempts, 0.5))).toEqual([1000, 2000, 4000, 8000]);
    expect([waitOf(3, 0), waitOf(3, 1)]).toEqual([2000, 6000]);
    expect([waitOf(11, 0.5), waitOf(11, 1)]).toEqual([600_000, 900_000]);
  });

  test('ends with a dead letter', () => {
    expect(waitOf(12, 0.5)).toBeNull();
    expect(changeOf({ kind: 'not_sent', detail: 'refused' }, { ...row, attempts: 12 }, now, () => 0)).toEqual(
      {
        state: 'failed',
        reason: 'gave up after 12: refused',
      },
    );
  });

  test('waits as long as the provider says when it was too fast', () => {
    expect(changeOf({ kind: 'throttled', retryAfterMs: 35_000 }, row, now, () => 0)).toEqual({
      state: 'queued',
      dueAt: new Date(now.getTime() + 35_000),
      detail: 'throttled',
    });
  });

  test('keeps no words of the message in the open', () => {
    const change = changeOf(
      { kind: 'rejected', detail: 'bad "Aline is at the airport" text' },
      row,
      now,
      () => 0,
    );
    expect(change).toEqual({ state: 'failed', reason: 'rejected: bad … text' });
  });
});

describe('what follows from a failure', () => {
  const failed: Ended = {
    id: 1,
    state: 'failed',
    channel: 'whatsapp',
    class: 'service',
    key: 'day_before.invite.text',
    lang: 'fr',
    reason: '',
    form: null,
    attempts: 1,
    elsewhere: null,
    code: 'D-00001',
    internal: false,
  };
  const follows = (more: Partial<Ended>) =>
    nextsOf({ ...failed, ...more }, (_, code) => reactionOf(code), now).map((next) =>
      next.do === 'again'
        ? `again ${next.form ?? 'as it was'} in ${(next.dueAt.getTime() - now.getTime()) / 60_000} min`
        : next.do === 'tell'
          ? `tell ${next.key} ${Object.values(next.params).join('; ')}`
          : next.do,
    );

  test.each([
    ['63016', ['again template in 0 min']],
    ['rejected: window_closed:63016', ['again template in 0 min']],
    ['63021', ['again plain in 0 min']],
    ['rejected: fallback_plain:63021', ['again plain in 0 min']],
    ['21617', ['again plain in 0 min']],
    ['63009', ['again as it was in 5 min']],
    ['63049', ['again as it was in 1440 min']],
    ['63018', ['again as it was in 240 min', 'tell staff.undelivered.text day before: invite; over quota']],
    ['63007', ['again as it was in 10 min', 'tell staff.undelivered.text day before: invite; misconfigured']],
    ['21610', ['block']],
    ['blocked: 403 Forbidden: bot was blocked by the user', ['block']],
    ['63024', ['tell staff.unreachable.text D-00001; day before: invite']],
    [
      'unreachable: 400 Bad Request: chat not found',
      ['tell staff.unreachable.text D-00001; day before: invite'],
    ],
    ['63041', ['tell staff.undelivered.text day before: invite; template broken']],
    ['63013', ['tell staff.undelivered.text day before: invite; content bug']],
    ['99999', ['tell staff.undelivered.text day before: invite; code 99999']],
    ['outcome unknown', ['tell staff.undelivered.text day before: invite; outcome unknown']],
  ])('%s', (reason, expected) => {
    expect(follows({ reason })).toEqual(expected);
  });

  test('the person’s other address is used before anybody is told, but never for a reply', () => {
    expect(follows({ reason: '63024', elsewhere: 7 })).toEqual(['elsewhere']);
    expect(follows({ reason: '63024', elsewhere: 7, class: 'reply' })).toEqual([
      'tell staff.unreachable.text D-00001; day before: invite',
    ]);
  });

  test('no form is tried twice, and no failure for ever', () => {
    expect(follows({ reason: '63016', form: 'template' })).toEqual([
      'tell staff.undelivered.text day before: invite; window closed',
    ]);
    expect(follows({ reason: '63021', form: 'plain' })).toHaveLength(1);
    expect(follows({ reason: '63009', attempts: 4 })).toEqual(['again as it was in 40 min']);
    expect(follows({ reason: '63009', attempts: 5 })).toEqual([
      'tell staff.undelivered.text day before: invite; later',
    ]);
  });

  test('the coordinators’ own channel is not told that it cannot be told', () => {
    expect(
      follows({ reason: 'unreachable: channel_not_found', internal: true, channel: 'slack', code: null }),
    ).toEqual([]);
  });

  test('a closed window asks for one notice, and for the template that is missing', () => {
    const held = { state: 'held', reason: 'window_closed' } as const;
    expect(follows(held)).toEqual(['notice', 'tell staff.no_template.text day before: invite; fr']);
    expect(follows({ ...held, key: 'common.notice.text' })).toEqual([
      'tell staff.no_template.text common: notice; fr',
    ]);
  });
});
