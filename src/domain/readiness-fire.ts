import { happened } from './change-assignment.ts';
import type { Assignment, Deed, ReadinessCode } from './model.ts';
import { codeHours } from './one-time-code.ts';
import { changeReadiness } from './readiness.ts';
import { dueDays, lateItems } from './readiness-calendar.ts';
import { itemRules, openRules } from './readiness-items.ts';

/**
 * What each line of the hospital's calendar does when its time has come: an event, and the list's state where it changes.
 * `together` are the lines that it speaks for, itself included, where several were overdue.
 */
export const fireHostLine: {
  readonly [line: string]: (
    assignment: Assignment,
    now: Date,
    together?: readonly string[],
  ) => readonly Deed[];
} = {
  'placement.day2': (a) => [event('placement.unanswered', a, { days: 2 })],
  'placement.day5': (a) => [event('placement.unanswered', a, { days: 5 })],
  'placement.day7': (a) => [event('placement.unanswered', a, { days: 7 })],
  'placement.sign_late': (a) => [event('code.late', a, { purpose: 'placement', hours: codeHours })],
  'readiness.open': (a) => [event('readiness.opened', a, opened(a))],
  'readiness.day2': (a) => [event('readiness.unanswered', a, { days: 2, ...opened(a) })],
  'readiness.day5': (a) => [event('readiness.unanswered', a, { days: 5, ...opened(a) })],
  'readiness.day7': (a) => [event('readiness.unanswered', a, { days: 7, ...opened(a) })],
  ...Object.fromEntries(
    dueDays.map((days) => [
      `readiness.due${days}`,
      (a: Assignment, _now: Date, together: readonly string[] = []) =>
        atRisk(
          a,
          dueDays.filter((one) => one === days || together.includes(`readiness.due${one}`)),
        ),
    ]),
  ),
  'readiness.not_ready': (a) => [
    ...changeReadiness(a, { status: 'not_ready' }, null),
    event('readiness.not_ready', a, {
      items: openRules(a, a.readiness?.items ?? {}).map(({ code }) => code),
    }),
  ],
  ...Object.fromEntries(
    itemRules.map(({ code }) => [
      `readiness.ask.${code}`,
      (a: Assignment, _now: Date, together: readonly string[] = []) =>
        askAgain(
          a,
          itemRules
            .map((rule) => rule.code)
            .filter((one) => one === code || together.includes(`readiness.ask.${one}`)),
        ),
    ]),
  ),
  'readiness.sign_late': (a) => [event('code.late', a, { purpose: 'readiness', hours: codeHours })],
  'readiness.recheck': (a) => [event('readiness.recheck_asked', a, {})],
  'readiness.recheck_late': (a) => [event('readiness.recheck_unanswered', a, {})],
};

function atRisk(assignment: Assignment, days: readonly number[]): readonly Deed[] {
  const items = days.flatMap((one) => lateItems(assignment, one));
  if (items.length === 0) return [];
  return [
    ...changeReadiness(assignment, { status: 'at_risk' }, null),
    event('readiness.at_risk', assignment, { items }),
  ];
}

/** The first is asked at once, the others after it. */
function askAgain(assignment: Assignment, items: readonly ReadinessCode[]): readonly Deed[] {
  const [item = 'R1', ...others] = items;
  return [event('readiness.ask_again', assignment, { item, others })];
}

/** How many items the list still has, for its first message. */
function opened(assignment: Assignment): { readonly open: number } {
  return { open: openRules(assignment, assignment.readiness?.items ?? {}).length };
}

function event(name: string, assignment: Assignment, more: Parameters<typeof happened>[3]): Deed {
  return happened(name, assignment, 'system', more);
}
