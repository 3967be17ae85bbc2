import { describe, expect, test } from 'vitest';
import { applicationLines, assignmentLines, missionLines } from '../../src/domain/calendar.ts';
import { judge, type Question, type Standing, type Verdict } from '../../src/domain/late.ts';
import type { Assignment } from '../../src/domain/model.ts';
import { hostLines } from '../../src/domain/readiness-calendar.ts';
import {
  agreedPlacement,
  checklist,
  focalSaidYes,
  proposal as placement,
  said,
} from '../support/contexts/host.ts';
import { agreedOn, clearing, leavingSoon, onTheWay, proposal } from '../support/contexts/mission.ts';

const lines = [...assignmentLines, ...hostLines];
const told = (verdict: Verdict): string => {
  if (verdict.kind === 'wait') return `wait ${verdict.until.slice(0, 16)}`;
  return verdict.kind;
};
const judged = (line: string, about: Assignment, at: string, question: Question = null) =>
  told(judge(lines, line, about, { ladder: [], question }, new Date(at)));

const arrived = { ...onTheWay, status: 'arrived' } as const;
const ready = { ...checklist([], 'confirmed'), status: 'ready_to_travel' } as const;

describe('found late, after a time without service', () => {
  test.each([
    // Offered on 22 November at 10:00; reminders after 24 and 60 hours, over after 72.
    ['offer.remind24', proposal, '2026-11-23T10:00:01Z', 'fire'],
    ['offer.remind24', proposal, '2026-11-24T21:00:00Z', 'fire'],
    ['offer.remind24', proposal, '2026-11-24T22:00:00Z', 'skip'],
    ['offer.remind60', proposal, '2026-11-25T09:00:00Z', 'fire'],
    ['offer.remind60', proposal, '2026-11-25T10:00:00Z', 'skip'],
    ['offer.expire72', proposal, '2026-12-25T10:00:00Z', 'fire'],
    // The journey begins on 1 May 2027 at 08:20 UTC.
    ['travel.itinerary', clearing, '2027-04-28T10:00:00Z', 'fire'],
    ['travel.itinerary', clearing, '2027-05-01T08:20:00Z', 'skip'],
    ['travel.itinerary', agreedOn, '2027-05-02T22:00:00Z', 'skip'],
    ['travel.card', leavingSoon, '2027-05-01T08:19:00Z', 'fire'],
    ['travel.card', leavingSoon, '2027-05-01T08:21:00Z', 'skip'],
    ['travel.day_before', leavingSoon, '2027-05-01T06:00:00Z', 'fire'],
    ['travel.day_before', leavingSoon, '2027-05-01T08:21:00Z', 'skip'],
    ['travel.day_before_silent', leavingSoon, '2027-05-01T08:21:00Z', 'skip'],
    ['travel.departed', leavingSoon, '2027-05-01T20:00:00Z', 'fire'],
    ['arrival.ask', onTheWay, '2027-05-05T00:00:00Z', 'fire'],
    ['arrival.remind', onTheWay, '2027-05-05T00:00:00Z', 'fire'],
    ['arrival.duty', onTheWay, '2027-05-05T00:00:00Z', 'fire'],
    ['first_day', arrived, '2027-06-11T21:00:00Z', 'fire'],
    ['first_day', arrived, '2027-06-11T22:00:00Z', 'skip'],
    // The hospital was asked on 1 February 2027.
    ['placement.day2', placement, '2027-02-05T08:00:00Z', 'fire'],
    ['placement.day2', placement, '2027-02-06T08:00:00Z', 'skip'],
    ['placement.day5', placement, '2027-02-08T08:00:00Z', 'skip'],
    ['placement.day7', placement, '2027-03-01T08:00:00Z', 'fire'],
    ['placement.sign_late', focalSaidYes, '2027-03-01T08:00:00Z', 'fire'],
    ['readiness.open', agreedPlacement, '2027-04-01T08:00:00Z', 'fire'],
    ['readiness.day2', agreedPlacement, '2027-03-10T07:00:00Z', 'skip'],
    ['readiness.day5', agreedPlacement, '2027-03-10T07:00:00Z', 'fire'],
    ['readiness.day7', agreedPlacement, '2027-04-01T08:00:00Z', 'fire'],
    ['readiness.recheck', ready, '2027-05-03T21:00:00Z', 'fire'],
    ['readiness.recheck', ready, '2027-05-03T22:00:00Z', 'skip'],
    ['readiness.recheck_late', ready, '2027-05-03T22:00:00Z', 'skip'],
  ] as const)('%s: %#', (line, about, at, expected) => {
    expect(judged(line, about, at)).toBe(expected);
  });

  test('every line of every calendar says what it does, and names only lines that there are', () => {
    const named = new Set(lines.map(({ line }) => line));
    for (const { line, late } of [...lines, ...missionLines, ...applicationLines])
      if (typeof late === 'object' && 'skipAt' in late)
        expect([...named], `${line} gives way to it`).toContain(late.skipAt);
  });

  test('what begins or ends a call fires however late', () => {
    for (const { late } of [...missionLines, ...applicationLines]) expect(late).toBe('fire');
  });
});

describe('a question that really came late', () => {
  const sent = (writtenAt: string, sentAt: string | null): Question => ({ writtenAt, sentAt });
  test.each([
    // On time: the reminders keep their hours.
    [
      'offer.remind24',
      proposal,
      '2026-11-23T10:00:01Z',
      sent('2026-11-22T10:00:00Z', '2026-11-22T10:00:02Z'),
      'fire',
    ],
    [
      'offer.remind24',
      proposal,
      '2026-11-23T10:00:01Z',
      sent('2026-11-22T10:00:00Z', '2026-11-22T20:00:00Z'),
      'fire',
    ],
    // Held for a person's ticket until an hour before the reminder.
    [
      'offer.remind24',
      proposal,
      '2026-11-23T10:00:01Z',
      sent('2026-11-22T10:00:00Z', '2026-11-23T09:00:00.000Z'),
      'wait 2026-11-23T21:00',
    ],
    // Still held: nobody is reminded of what they have not seen.
    [
      'offer.remind24',
      proposal,
      '2026-11-23T10:00:00.000Z',
      sent('2026-11-22T10:00:00Z', null),
      'wait 2026-11-23T22:00',
    ],
    [
      'offer.remind24',
      proposal,
      '2026-11-25T10:00:00.000Z',
      sent('2026-11-22T10:00:00Z', null),
      'wait 2026-11-25T22:00',
    ],
    ['offer.remind60', proposal, '2026-11-25T10:00:00.000Z', sent('2026-11-22T10:00:00Z', null), 'skip'],
    // The arrival is asked about at 01:05 on 2 May; after a time without service at 06:00.
    [
      'arrival.remind',
      onTheWay,
      '2027-05-02T06:00:01Z',
      sent('2027-05-02T06:00:00.000Z', '2027-05-02T06:00:00.000Z'),
      'wait 2027-05-02T08:00',
    ],
    [
      'arrival.duty',
      onTheWay,
      '2027-05-02T07:05:01Z',
      sent('2027-05-02T06:00:00.000Z', '2027-05-02T06:00:00.000Z'),
      'wait 2027-05-02T12:00',
    ],
    [
      'arrival.duty',
      onTheWay,
      '2027-05-02T12:00:00Z',
      sent('2027-05-02T06:00:00.000Z', '2027-05-02T06:00:00.000Z'),
      'fire',
    ],
    // A question about safety that cannot leave stops no alarm.
    ['arrival.duty', onTheWay, '2027-05-02T07:05:01Z', sent('2027-05-02T01:05:00.000Z', null), 'fire'],
    [
      'travel.day_before_silent',
      leavingSoon,
      '2027-04-30T13:00:00.000Z',
      sent('2027-04-30T10:00:00.000Z', '2027-04-30T10:00:00.000Z'),
      'wait 2027-04-30T16:00',
    ],
    // Held over the week of mourning: the ladder counts from when the hospital was really asked.
    [
      'placement.day2',
      placement,
      '2027-02-03T08:00:00.000Z',
      sent('2027-02-01T08:00:00Z', '2027-02-02T22:00:00.000Z'),
      'wait 2027-02-04T10:00',
    ],
    [
      'placement.day7',
      placement,
      '2027-02-08T08:00:00.000Z',
      sent('2027-02-01T08:00:00Z', '2027-02-07T22:00:00.000Z'),
      'wait 2027-02-13T22:00',
    ],
    [
      'placement.day5',
      placement,
      '2027-02-08T08:00:00.000Z',
      sent('2027-02-01T08:00:00Z', '2027-02-07T22:00:00.000Z'),
      'wait 2027-02-11T22:00',
    ],
    [
      'readiness.recheck_late',
      ready,
      '2027-04-27T15:00:00.000Z',
      sent('2027-04-27T13:00:00.000Z', '2027-04-27T13:00:00.000Z'),
      'wait 2027-04-27T21:00',
    ],
  ] as const)('%s: %#', (line, about, at, question, expected) => {
    expect(judged(line, about, at, question)).toBe(expected);
  });
});

describe('several in one', () => {
  const open = checklist([], 'at_risk');
  const items = { ...open.readiness?.items, R5: said('ask'), R8: said('ask'), R9: said('ask') };
  const asking = { ...open, readiness: open.readiness && { ...open.readiness, items } };
  const timer = (id: number, code: string, dueAt: string, more: Partial<Standing> = {}): Standing => ({
    id,
    line: `readiness.ask.${code}`,
    dueAt,
    firedAt: null,
    waitUntil: null,
    ...more,
  });
  const five = timer(1, 'R5', '2027-02-05T09:00:00.000Z');
  const eight = timer(2, 'R8', '2027-02-05T09:00:00.000Z');
  const nine = timer(3, 'R9', '2027-02-05T09:20:00.000Z');
  const later = timer(4, 'R10', '2027-02-07T09:00:00.000Z');
  const other = { ...timer(5, 'R1', '2027-02-05T09:10:00.000Z'), line: 'readiness.sign_late' };
  const judge_ = (line: string, ladder: readonly Standing[], at = '2027-02-06T09:00:00Z') =>
    judge(lines, line, asking, { ladder, question: null }, new Date(at));

  test('the last of those that wait carries them all', () => {
    expect(judge_('readiness.ask.R5', [nine, other, eight, five, later])).toEqual({
      kind: 'fire',
      by: nine,
      together: ['readiness.ask.R5', 'readiness.ask.R8', 'readiness.ask.R9'],
    });
  });

  test('and the others find that they were carried', () => {
    const fired = { ...nine, firedAt: '2027-02-06T09:00:00.000Z' };
    for (const line of ['readiness.ask.R5', 'readiness.ask.R8', 'readiness.ask.R9'])
      expect(judge_(line, [five, eight, fired, later])).toEqual({ kind: 'skip' });
  });

  test('on time each goes alone', () => {
    expect(judge_('readiness.ask.R9', [{ ...five, firedAt: five.dueAt }, nine, later])).toEqual({
      kind: 'fire',
      by: nine,
      together: ['readiness.ask.R9'],
    });
  });

  test('one that is set aside carries nobody', () => {
    const aside = { ...nine, waitUntil: '2027-02-06T10:00:00.000Z' };
    expect(judge_('readiness.ask.R5', [five, eight, aside])).toMatchObject({
      by: eight,
      together: ['readiness.ask.R5', 'readiness.ask.R8'],
    });
  });
});
