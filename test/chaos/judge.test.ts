import { describe, expect, test } from 'vitest';
import {
  aboveRate,
  copiesIn,
  judgeTalk,
  receiptsBack,
  sendsOf,
  unknownOutcomes,
} from '../../src/chaos/judge.ts';
import type { Handed } from '../../src/simulator/handed.ts';
import type { RecordedRequest } from '../../src/simulator/tap.ts';

/** What the account of chaos says of evidence that is known. */

const reference = ['Hello', 'How old?', 'Which city?', 'Thank you'];
const name = 'Aline Abayo';

function talk(
  deeds: readonly {
    readonly at: number;
    readonly acked?: boolean;
    readonly quick?: true;
    readonly uncertain?: true;
  }[],
  messages: readonly string[],
) {
  const done = deeds.map(({ at, quick, uncertain }, i) => ({
    deed: `d${i}`,
    at,
    how: 'say' as const,
    afterAck: quick === true,
    uncertain: uncertain === true,
  }));
  const handed = new Map(
    deeds.map(({ acked = true }, i): [string, Handed] => [
      `d${i}`,
      {
        id: i,
        deed: `d${i}`,
        what: 'event',
        channel: 'telegram',
        address: '1',
        at: '2027-03-01T09:00:00Z',
        ackedAt: acked ? '2027-03-01T09:00:01Z' : null,
        tries: 1,
        changed: i,
      } as Handed,
    ]),
  );
  return judgeTalk({ done, name }, messages, handed, reference);
}

const fine = { lost: 0, unrecovered: 0, twice: 0, outOfOrder: 0, appliedOutOfOrder: 0 };

describe('a conversation', () => {
  test('in which every deed brought its message is fine', () => {
    expect(talk([{ at: 0 }, { at: 1 }], ['Hello', 'How old?'])).toEqual(fine);
  });

  test('with an acknowledged deed and no message has lost it', () => {
    expect(talk([{ at: 0 }, { at: 1 }], ['Hello'])).toEqual({ ...fine, lost: 1 });
  });

  test('with a deed that nobody acknowledged has it not recovered', () => {
    expect(talk([{ at: 0 }, { at: 1, acked: false }], ['Hello'])).toEqual({ ...fine, unrecovered: 1 });
  });

  test('excuses a deed of which the provider told that it failed', () => {
    expect(talk([{ at: 0 }, { at: 1, uncertain: true }], ['Hello'])).toEqual(fine);
  });

  test('with a question asked again for no reason has a deed counted twice', () => {
    expect(
      talk([{ at: 0 }, { at: 1 }], ['Hello', 'How old?', 'I do not understand.\n\nHow old?']).twice,
    ).toBe(1);
  });

  test('with a message after its successor is out of order', () => {
    expect(talk([{ at: 0 }, { at: 1 }, { at: 2 }], ['Hello', 'Which city?', 'How old?'])).toEqual({
      ...fine,
      outOfOrder: 1,
    });
  });

  test('in which the second of two quick deeds was applied first shows it by the question asked again', () => {
    const verdict = talk(
      [{ at: 0 }, { at: 1 }, { at: 2, quick: true }],
      ['Hello', 'I do not understand.\n\nHello', 'How old?'],
    );
    expect(verdict.appliedOutOfOrder).toBe(1);
  });
});

function request(id: number, more: Partial<RecordedRequest>): RecordedRequest {
  return {
    id,
    at: new Date(id * 1_000).toISOString(),
    provider: 'twilio',
    method: 'Messages.create',
    http: 'POST',
    path: '',
    contentType: '',
    params: { To: 'whatsapp:+32470000001', StatusCallback: 'https://x.example.org/status?m=7' },
    via: 'one',
    status: 201,
    answeredAt: new Date(id * 1_000 + 100).toISOString(),
    made: `SM${id}`,
    heard: true,
    ...more,
  };
}

describe('sends', () => {
  test('of one ledger row that both made a message are a copy; one that made none is not', () => {
    expect(copiesIn(sendsOf([request(1, {}), request(2, {})]))).toHaveLength(1);
    expect(copiesIn(sendsOf([request(1, { made: null, status: 500 }), request(2, {})]))).toEqual([]);
  });

  test('whose answer nobody heard, or whose sender died first, are unknown', () => {
    const sends = sendsOf([
      request(1, { heard: false }),
      request(2, { status: 500 }),
      request(3, { via: 'two' }),
      request(4, {}),
    ]);
    const unknown = unknownOutcomes(sends, [{ name: 'two', at: 3_050 }], []);
    expect(sends.map((send) => unknown.has(send))).toEqual([true, true, true, false]);
  });

  test('beside an absent database may not have been written down', () => {
    const sends = sendsOf([request(10, {}), request(20, {})]);
    const unknown = unknownOutcomes(sends, [], [{ from: 10_500, to: 12_000 }]);
    expect(sends.map((send) => unknown.has(send))).toEqual([true, false]);
  });
});

describe('a rate', () => {
  const spread = (count: number, withinMs: number) =>
    Array.from({ length: count }, (_, i) => (i * withinMs) / count);

  test('kept is kept, a short burst included', () => {
    expect(aboveRate(spread(200, 10_000), 20, [])).toBe(0);
    expect(aboveRate(spread(24, 900), 20, [])).toBe(0);
  });

  test('passed is noticed in a second and over five', () => {
    expect(aboveRate(spread(26, 900), 20, [])).toBeGreaterThan(0);
    expect(aboveRate(spread(120, 5_000), 20, [])).toBeGreaterThan(0);
  });

  test('is not blamed for what the stand-ins wrote down late, and only for as long as they stood still', () => {
    const late = Array.from({ length: 34 }, () => 1_000);
    expect(aboveRate(late, 20, [{ from: 300, to: 1_000 }])).toBe(0);
    expect(aboveRate(late, 20, [{ from: 900, to: 1_000 }])).toBeGreaterThan(0);
  });
});

test('a receipt that was acknowledged and that the ledger is behind is noticed', () => {
  const handed = (deed: string, what: string) => ({ deed, what, ackedAt: '2027-03-01T09:00:01Z' }) as Handed;
  const receipts = [
    handed('SM1', 'read'),
    handed('SM1', 'sent'),
    handed('SM2', 'delivered'),
    handed('SM3', 'sent'),
  ];
  const ledger = new Map([
    ['SM1', 'sent'],
    ['SM2', 'read'],
  ]);
  expect(receiptsBack(receipts, ledger)).toEqual(['SM1', 'SM3']);
});
