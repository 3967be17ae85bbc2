import { describe, expect, test } from 'vitest';
import { type Ended, nextsOf } from '../../src/app/follow-up.ts';
import { changeOf, holdOf, unprepared } from '../../src/app/outcome.ts';
import type { Row } from '../../src/app/queue.ts';
import { outcomeOfCode, reactionOf } from '../../src/channels/whatsapp/errors.ts';

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
  silenced: false,
  busySince: null,
  channel: 'whatsapp',
  accountId: 1,
  form: null,
  triedAt: now,
  since: now,
  times: 0,
  mayRepeat: false,
  wasHeld: false,
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

  test.each(['not_sent', 'misconfigured'] as const)('%s ends with a dead letter after a day', (kind) => {
    const made = (hours: number) => {
      const since = new Date(now.getTime() - hours * 3_600_000);
      return changeOf({ kind, detail: 'refused' }, { ...row, attempts: 150, since }, now, () => 0.5);
    };
    expect(made(23).state).toBe('queued');
    expect(made(25)).toEqual({ state: 'failed', reason: 'gave up after 150: refused' });
  });

  test('what cannot be put into words ends after twelve tries', () => {
    const of = (attempts: number) => unprepared({ ...row, attempts }, now, () => 0.5).state;
    expect([of(11), of(12)]).toEqual(['queued', 'failed']);
  });

  test('an account that is not taken as it is set up stops, and no message has been tried', () => {
    const dueAt = new Date(now.getTime() + 300_000);
    expect(changeOf({ kind: 'misconfigured', detail: 'http_401' }, row, now, () => 0)).toEqual({
      state: 'queued',
      dueAt,
      detail: 'misconfigured',
      pauseMs: 300_000,
      uncounted: true,
    });
  });

  test('a provider that finds us too fast and names no time is left alone ever longer', () => {
    const pauseOf = (times: number, random: number) => {
      const change = changeOf(outcomeOfCode('20429'), { ...row, times }, now, () => random);
      return change.state === 'queued' ? change.pauseMs : null;
    };
    expect([0, 1, 2, 3, 9].map((times) => pauseOf(times, 0.5))).toEqual([1000, 2000, 4000, 8000, 64_000]);
    expect([pauseOf(1, 0), pauseOf(1, 1)]).toEqual([1000, 3000]);
  });

  test('waits as long as the provider says when it was too fast', () => {
    expect(
      changeOf({ kind: 'throttled', scope: 'account', retryAfterMs: 35_000 }, row, now, () => 0),
    ).toEqual({
      state: 'queued',
      dueAt: new Date(now.getTime() + 35_000),
      detail: 'throttled',
      pauseMs: 35_000,
      uncounted: true,
    });
  });

  test('one message’s delay silences no account, and hours of it hold nobody up', () => {
    const of = (code: string, attempts = 1) =>
      changeOf(outcomeOfCode(code), { ...row, attempts }, now, () => 0);
    expect(of('63009')).toEqual({
      state: 'queued',
      dueAt: new Date(now.getTime() + 300_000),
      detail: 'later:63009',
    });
    expect(of('63018')).toEqual({
      state: 'held',
      dueAt: new Date(now.getTime() + 4 * 3_600_000),
      reason: 'over_quota:63018',
      counted: true,
    });
    expect(of('63018', 5)).toEqual({ state: 'failed', reason: 'gave up after 5: over_quota:63018' });
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
