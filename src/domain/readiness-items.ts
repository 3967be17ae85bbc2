import { addDays } from './days.ts';
import type { Assignment, HostContact, Readiness, ReadinessCode, ReadinessItem, Scope } from './model.ts';
import { localDay } from './zones.ts';

/** One line of the host's checklist: what it may hold up, and how many days before the first working day it is due. */
export type ItemRule = {
  readonly code: ReadinessCode;
  /** A host without it is not ready. */
  readonly blocking: boolean;
  readonly dueDays: number;
  /** Where hands-on work has to be ready earlier, because the councils take their time. */
  readonly handsOnDays?: number;
  /** Holds for the days that were agreed on: other days, and it is asked anew. */
  readonly dated?: true;
  /** Asked for this scope alone. */
  readonly only?: Scope;
};

export const itemRules: readonly ItemRule[] = [
  { code: 'R1', blocking: true, dueDays: 45, handsOnDays: 75 },
  { code: 'R2', blocking: true, dueDays: 45, dated: true },
  { code: 'R3', blocking: true, dueDays: 70, only: 'hands_on' },
  { code: 'R4', blocking: true, dueDays: 45 },
  { code: 'R5', blocking: true, dueDays: 21, dated: true },
  { code: 'R6', blocking: true, dueDays: 14, dated: true },
  { code: 'R7', blocking: false, dueDays: 14 },
  { code: 'R8', blocking: true, dueDays: 14, dated: true },
  { code: 'R9', blocking: true, dueDays: 14 },
  { code: 'R10', blocking: true, dueDays: 14 },
  { code: 'R11', blocking: false, dueDays: 14 },
  { code: 'R12', blocking: true, dueDays: 14 },
  { code: 'R13', blocking: false, dueDays: 14 },
  { code: 'R14', blocking: true, dueDays: 14 },
];

/** "I need to ask someone" is asked again after so long. */
export const askAgainHours = 48;
/** A hospital that accepts late has at least so long for an item whose day has passed. */
const graceDays = 5;

type Placed = Pick<Assignment, 'scope' | 'startsOn' | 'focalYesAt'>;
type Items = Readiness['items'];

/** The items that this assignment needs, in the order they are asked. */
export function neededRules({ scope }: Pick<Assignment, 'scope'>): readonly ItemRule[] {
  return itemRules.filter(({ only }) => only === undefined || only === scope);
}

export function ruleOf(code: ReadinessCode): ItemRule {
  const rule = itemRules.find((candidate) => candidate.code === code);
  if (!rule) throw new Error(`no readiness item ${code}`);
  return rule;
}

export function daysBeforeStart({ dueDays, handsOnDays }: ItemRule, scope: Scope): number {
  return scope === 'hands_on' ? (handsOnDays ?? dueDays) : dueDays;
}

/** `YYYY-MM-DD`: due at 17:00 in Kigali. */
export function itemDueOn(rule: ItemRule, assignment: Placed): string {
  const due = addDays(assignment.startsOn, -daysBeforeStart(rule, assignment.scope));
  const since = assignment.focalYesAt;
  if (since === null) return due;
  const grace = addDays(localDay(new Date(since), 'Africa/Kigali'), graceDays);
  return laterDay(due, grace);
}

/** Nothing more to do: yes, waived by a coordinator, or not applicable where that needs nobody's leave. */
export function isSettled(rule: ItemRule, item: ReadinessItem | undefined): boolean {
  if (!item) return false;
  return item.answer === 'yes' || item.waivedBy !== undefined || (item.answer === 'na' && !rule.blocking);
}

/** Everything that still needs somebody, blocking or not. */
export function openRules(assignment: Pick<Assignment, 'scope'>, items: Items): readonly ItemRule[] {
  return neededRules(assignment).filter((rule) => !isSettled(rule, items[rule.code]));
}

/** All that blocks is there: the director can be asked. */
export function isComplete(assignment: Pick<Assignment, 'scope'>, items: Items): boolean {
  return openRules(assignment, items).every(({ blocking }) => !blocking);
}

/**
 * The next item worth asking about: first what was never asked, then what was to be asked elsewhere 48 h ago, then what
 * should have come by a day that has passed. Null when the rest only needs waiting for.
 */
export function nextToAsk(
  assignment: Pick<Assignment, 'scope'>,
  items: Items,
  now: Date,
): ReadinessCode | null {
  const open = openRules(assignment, items);
  const today = localDay(now, 'Africa/Kigali');
  const unasked = open.find(({ code }) => items[code] === undefined);
  const due = open.find(({ code }) => isDueAgain(items[code], now, today));
  return (unasked ?? due)?.code ?? null;
}

function isDueAgain(item: ReadinessItem | undefined, now: Date, today: string): boolean {
  if (!item) return false;
  if (item.answer === 'ask') return now.getTime() >= askAgainAt(item).getTime();
  return item.neededBy !== undefined && item.neededBy < today;
}

export function askAgainAt(item: ReadinessItem): Date {
  return new Date(Date.parse(item.at) + askAgainHours * 3_600_000);
}

/** Virtual help needs no bed, badge or driver: then the gate says so and nobody is asked. */
export function needsReadiness({ gates }: Pick<Assignment, 'gates'>): boolean {
  return gates.G10.state !== 'not_needed';
}

/** The host has a checklist to work on, from its yes until the member is there. */
export function hasChecklist(assignment: Assignment): boolean {
  return needsReadiness(assignment) && assignment.readiness !== null && worked.includes(assignment.status);
}

const worked: readonly Assignment['status'][] = [
  'host_accepted',
  'agreed',
  'clearing',
  'ready_to_travel',
  'travelling',
  'hold',
];

export function isDirector(role: HostContact['role']): boolean {
  return role === 'dg' || role === 'deputy';
}

export function laterDay(one: string, other: string): string {
  return one < other ? other : one;
}
