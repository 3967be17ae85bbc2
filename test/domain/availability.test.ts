import { describe, expect, test } from 'vitest';
import {
  confirmWindows,
  type Dates,
  joined,
  lastPlannableDay,
  longestFitting,
  overlapping,
  saveWindow,
  withdrawWindow,
} from '../../src/domain/availability.ts';
import type { Context, Deed } from '../../src/domain/model.ts';
import {
  available,
  fiveWindows,
  heldDates,
  registered,
  spring,
  staleDates,
  stranger,
} from '../support/contexts/member.ts';

const answers: Dates = {
  from: '2027-06-01',
  until: '2027-07-31',
  stay: [30, 60],
  flexible: 7,
  mode: 'physical',
  certainty: 'tentative',
  notice: 8,
};
const scope = {
  data: {},
  context: registered,
  found: { fresh: { availability: [5] } },
  now: new Date('2026-11-23T10:00:00Z'),
};
const save = (more: Partial<Parameters<typeof saveWindow>[0]> = {}) =>
  saveWindow({ answers, ...scope, ...more });
const deeds = (more: Partial<Parameters<typeof saveWindow>[0]> = {}) => {
  const result = save(more);
  if (!result.ok) throw new Error(result.why);
  return result.deeds as readonly Deed[]; // the engine carries them unseen
};

describe('dates', () => {
  test('become an open window', () => {
    expect(deeds()[0]).toEqual({
      kind: 'insert',
      table: 'availability',
      id: 5,
      row: {
        person_id: 12,
        from_day: '2027-06-01',
        to_day: '2027-07-31',
        min_days: 30,
        max_days: 60,
        flexible_days: 7,
        mode: 'physical',
        hours_per_week: null,
        certainty: 'tentative',
        notice_weeks: 8,
        status: 'open',
        created_at: '2026-11-23T10:00:00.000Z',
      },
    });
  });

  test('online have hours and no length of stay', () => {
    expect(deeds({ answers: { ...answers, mode: 'virtual', hours: 6 } })[0]).toMatchObject({
      row: { mode: 'virtual', hours_per_week: 6, min_days: null, max_days: null },
    });
    const { mode: _, ...unasked } = answers;
    expect(deeds({ answers: { ...unasked, hours: 6 }, data: { online: true } })[0]).toMatchObject({
      row: { mode: 'virtual' },
    });
  });

  test('that are sure need no notice', () => {
    expect(deeds({ answers: { ...answers, certainty: 'firm' } })[0]).toMatchObject({
      row: { notice_weeks: null },
    });
  });

  test('that overlap take the place of the older window', () => {
    const wide = { ...answers, from: '2027-03-01', until: '2027-06-15' };
    expect(deeds({ answers: wide, context: available })).toContainEqual({
      kind: 'update',
      table: 'availability',
      id: 3,
      revision: 0,
      set: { status: 'closed' },
    });
    expect(deeds({ context: available }).filter(({ kind }) => kind === 'update')).toEqual([]);
  });

  test('are refused at five open windows, unless they join one', () => {
    expect(save({ context: fiveWindows })).toEqual({ ok: false, why: 'full' });
    expect(save({ context: fiveWindows, answers: { ...answers, from: '2027-05-10' } })).toMatchObject({
      ok: true,
    });
  });

  test('are refused from a stranger', () => {
    expect(save({ context: stranger })).toEqual({ ok: false, why: 'not_known' });
  });
});

describe('overlap', () => {
  const meets = (from: string, until: string, context: Context = available) =>
    overlapping({ answers: { from, until }, context }).length;

  test('is a shared day, the first and the last included', () => {
    expect(meets('2027-04-30', '2027-06-01')).toBe(1);
    expect(meets('2027-01-01', '2027-03-01')).toBe(1);
    expect(meets('2027-05-01', '2027-06-01')).toBe(0);
  });

  test('with a window held for an offer is not the member’s to join', () => {
    expect(meets('2027-04-01', '2027-06-01', heldDates)).toBe(0);
  });

  test('joins into the widest dates', () => {
    expect(joined({ answers: { from: '2027-04-01', until: '2027-06-15' }, context: available })).toEqual({
      from: '2027-03-01',
      until: '2027-06-15',
    });
  });
});

test.each([
  ['2026-11-23', '2028-05-23'],
  ['2026-08-31', '2028-02-29'],
])('from %s, plans reach to %s', (today, last) => {
  expect(lastPlannableDay(today)).toBe(last);
});

test('a stay fits its window, and 180 days at most', () => {
  expect(longestFitting({ from: '2027-03-01', until: '2027-03-31' })).toBe(31);
  expect(longestFitting({ from: '2027-03-01', until: '2028-03-01' })).toBe(180);
});

describe('taking dates back', () => {
  test('closes that window by the revision that was seen', () => {
    expect(withdrawWindow({ answers: { window: '3' }, context: available })).toMatchObject({
      ok: true,
      deeds: [{ kind: 'update', id: 3, revision: 0, set: { status: 'withdrawn' } }, { kind: 'event' }],
    });
  });

  test('is refused while an offer counts on them', () => {
    expect(withdrawWindow({ answers: { window: '3' }, context: heldDates })).toEqual({
      ok: false,
      why: 'held',
    });
  });

  test('is refused for what is no longer open', () => {
    const used = { ...registered, windows: [{ ...spring, status: 'used' as const }] };
    expect(withdrawWindow({ answers: { window: '3' }, context: used })).toEqual({ ok: false, why: 'gone' });
    expect(withdrawWindow({ answers: { window: '99' }, context: available })).toEqual({
      ok: false,
      why: 'gone',
    });
  });
});

test('"still valid" opens what had grown old, and only that', () => {
  expect(confirmWindows({ context: staleDates }).deeds).toMatchObject([
    { id: 3, set: { status: 'open' } },
    { kind: 'event' },
  ]);
  expect(confirmWindows({ context: available }).deeds).toEqual([]);
});
