import { hoursAfter } from './days.ts';
import type { Deed } from './model.ts';
import { localDay } from './zones.ts';

/**
 * Somebody who agreed to the notice and has not registered (domain rule 4.1): "registering, silent for 30 days: deleted
 * after a warning on day 23". Every word begins the count anew; it stands still while a ticket waits for one of us.
 */
export type Draft = {
  readonly personId: number;
  /** IANA. */
  readonly zone: string;
  /** On any of their addresses. */
  readonly lastWordAt: string;
  readonly ticketOpen: boolean;
};

export const warnAfterDays = 23;
/** From the warning on, so that a service that was down never erases unannounced. */
export const eraseAfterWarningDays = 7;

type Line = 'draft.warn' | 'draft.erase';

/** The timer of a person who has just agreed. It finds out by itself what was said since. */
export function planDraft(personId: number, lastWordAt: string): Deed {
  return plan(personId, 'draft.warn', daysAfter(lastWordAt, warnAfterDays));
}

/** What a due timer of a draft does. Throws for a line that nobody knows, which is a timer of another build. */
export function fireDraft(line: string, draft: Draft, now: Date): readonly Deed[] {
  const fire = lines[line as Line]; // an unknown line is undefined, and throws below
  if (!fire) throw new Error(`nobody knows what "${line}" does`);
  if (draft.ticketOpen) return [plan(draft.personId, line as Line, daysAfter(now.toISOString(), 1))];
  const again = daysAfter(draft.lastWordAt, warnAfterDays);
  return Date.parse(again) > now.getTime() ? [plan(draft.personId, 'draft.warn', again)] : fire(draft, now);
}

const lines: Readonly<Record<Line, (draft: Draft, now: Date) => readonly Deed[]>> = {
  'draft.warn': ({ personId, zone }, now) => {
    const erasedAt = daysAfter(now.toISOString(), eraseAfterWarningDays);
    return [
      happened('person.draft_warned', personId, { erasedOn: localDay(new Date(erasedAt), zone) }),
      plan(personId, 'draft.erase', erasedAt),
    ];
  },
  'draft.erase': ({ personId, lastWordAt }) => [
    happened('person.draft_erased', personId, {}),
    { kind: 'erase', personId, silentSince: lastWordAt },
  ],
};

function happened(name: string, personId: number, data: { readonly [key: string]: string }): Deed {
  return { kind: 'event', event: { name, subject: { kind: 'person', id: personId }, by: 'system', data } };
}

function plan(personId: number, line: Line, dueAt: string): Deed {
  return { kind: 'plan', subject: { kind: 'person', id: personId }, timers: [{ line, dueAt }] };
}

function daysAfter(instant: string, days: number): string {
  return hoursAfter(instant, days * 24);
}
