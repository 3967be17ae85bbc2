import type { Done, Need, Refused } from '../engine/flow.ts';
import { type Fresh, freshId, freshNeed } from './fresh.ts';
import type { Context, Deed, Window } from './model.ts';

/** Shortest and longest stay in days, how far ahead people can plan, and how many windows they may keep open. */
export const shortestStay = 14;
export const longestStay = 180;
export const monthsAhead = 18;
export const mostWindows = 5;

export type Dates = {
  readonly from?: string;
  readonly until?: string;
  readonly stay?: readonly [number, number] | null;
  readonly flexible?: number | null;
  readonly mode?: Window['mode'];
  readonly hours?: number;
  readonly certainty?: Window['certainty'];
  readonly notice?: number;
};

type Started = {
  readonly answers: Dates;
  /** `online`: the person asked for online work only, so neither length nor place is asked. */
  readonly data: { readonly online?: boolean };
  readonly context: Context;
};
type Scope = Started & { readonly found: { readonly fresh?: Fresh }; readonly now: Date };

/** The last day that can be planned. */
export function lastPlannableDay(today: string): string {
  return addMonths(today, monthsAhead);
}

/** Windows that still say when somebody could come: those held for an offer are not theirs to move. */
export function openWindows({ windows }: { readonly windows: Context['windows'] }): readonly Window[] {
  return windows.filter(({ status }) => status === 'open' || status === 'stale');
}

/** The open windows that share a day with these dates. */
export function overlapping({
  answers: { from, until },
  context,
}: Pick<Started, 'answers' | 'context'>): readonly Window[] {
  if (!from || !until) return [];
  return openWindows(context).filter(({ fromDay, toDay }) => fromDay <= until && toDay >= from);
}

/** The one window that these dates and those they overlap make together. */
export function joined(
  scope: Pick<Started, 'answers' | 'context'>,
): { readonly from: string; readonly until: string } | null {
  const { from, until } = scope.answers;
  if (!from || !until) return null;
  const all = overlapping(scope);
  const starts = [from, ...all.map(({ fromDay }) => fromDay)].sort();
  const ends = [until, ...all.map(({ toDay }) => toDay)].sort();
  return { from: starts[0] ?? from, until: ends.at(-1) ?? until };
}

/** The longest stay that fits: the window itself, at most 180 days. */
export function longestFitting({ from, until }: Dates): number {
  return from && until ? Math.min(longestStay, daysBetween(from, until)) : longestStay;
}

export function windowNeeds(): readonly Need[] {
  return [freshNeed({ availability: 1 })];
}

/**
 * Keeps the dates as an open window; windows that overlap are closed, for the question before made them one.
 * Refused with `full` at five open windows, `unfinished` when an answer is missing, `not_known` without a person.
 */
export function saveWindow({ answers, data, context, found, now }: Scope): Done | Refused {
  const { person } = context;
  const { from, until, certainty } = answers;
  const mode = data.online ? 'virtual' : answers.mode;
  if (!person) return { ok: false, why: 'not_known' };
  if (!from || !until || !mode || !certainty) return { ok: false, why: 'unfinished' };
  const old = overlapping({ answers, context });
  if (openWindows(context).length - old.length >= mostWindows) return { ok: false, why: 'full' };
  const online = mode === 'virtual';
  const id = freshId(found.fresh, 'availability');
  const window: Deed = {
    kind: 'insert',
    table: 'availability',
    id,
    row: {
      person_id: person.id,
      from_day: from,
      to_day: until,
      min_days: online ? null : (answers.stay?.[0] ?? null),
      max_days: online ? null : (answers.stay?.[1] ?? null),
      flexible_days: answers.flexible ?? 0,
      mode,
      hours_per_week: online ? (answers.hours ?? null) : null,
      certainty,
      notice_weeks: certainty === 'tentative' ? (answers.notice ?? null) : null,
      status: 'open',
      created_at: now.toISOString(),
    },
  };
  const event = windowEvent('availability.added', person.id, {
    window: id,
    from,
    until,
    mode,
    joined: old.map((each) => each.id),
  });
  return { ok: true, deeds: [window, ...old.map((each) => changeWindow(each, 'closed')), event] };
}

/**
 * Takes one window back. Refused with `held` when an offer counts on it (the offer must be withdrawn from by its
 * own word), `gone` when it is not open any more.
 */
export function withdrawWindow({
  answers,
  context,
}: {
  readonly answers: { readonly window?: string };
  readonly context: Context;
}): Done | Refused {
  const window = context.windows.find(({ id }) => String(id) === answers.window);
  if (!window || !context.person) return { ok: false, why: 'gone' };
  if (window.status === 'held') return { ok: false, why: 'held' };
  if (window.status !== 'open' && window.status !== 'stale') return { ok: false, why: 'gone' };
  const event = windowEvent('availability.withdrawn', context.person.id, { window: window.id });
  return { ok: true, deeds: [changeWindow(window, 'withdrawn'), event] };
}

/** "Still valid": windows that grew old count again. */
export function confirmWindows({ context }: { readonly context: Context }): Done {
  const { person } = context;
  const stale = context.windows.filter(({ status }) => status === 'stale');
  if (!person || stale.length === 0) return { ok: true, deeds: [] };
  const event = windowEvent('availability.confirmed', person.id, { windows: stale.map(({ id }) => id) });
  return { ok: true, deeds: [...stale.map((window) => changeWindow(window, 'open')), event] };
}

/** The same day of a later month, or that month's last day where it is shorter. */
function addMonths(day: string, count: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + count, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + count, Math.min(date, last))).toISOString().slice(0, 10);
}

/** How many days from the first to the last, both counted. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;
}

function changeWindow({ id, revision }: Window, status: Window['status']): Deed {
  return { kind: 'update', table: 'availability', id, revision, set: { status } };
}

function windowEvent(
  name: string,
  personId: number,
  data: { readonly [key: string]: string | number | readonly number[] },
): Deed {
  return { kind: 'event', event: { name, subject: { kind: 'person', id: personId }, by: personId, data } };
}
