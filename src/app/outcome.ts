import { heldUntil } from '../domain/quiet-hours.ts';
import type { Outcome } from './ports.ts';
import type { Change, Row } from './queue.ts';

/** While somebody is answering a flow, what is not urgent waits this long after their last word (rule 12). */
const busyMs = 10 * 60_000;
const firstRetryMs = 1_000;
const longestRetryMs = 10 * 60_000;
const mostAttempts = 12;
/** A message that found the window closed, and has no template, is given up with the day's end of its reason. */
const windowHoldMs = 30 * 24 * 3_600_000;
/** What waits for a person to have answered is let go when the ticket is closed, not by this. */
const ticketHoldMs = 30 * 24 * 3_600_000;

/** What a message obeys at this moment by its class and lane (rules 12, 13, 14); null when nothing holds it. */
export function holdOf(row: Row, now: Date): Change | null {
  if (row.optedOut && row.class !== 'reply') return { state: 'cancelled', reason: 'opted_out' };
  if (row.class === 'reply' || row.class === 'urgent') return null;
  if (row.withPerson && row.lane === 'proactive')
    return { state: 'held', dueAt: after(now, ticketHoldMs), reason: 'with_a_person' };
  const busyUntil = row.busySince === null ? 0 : row.busySince.getTime() + busyMs;
  if (busyUntil > now.getTime()) return { state: 'held', dueAt: new Date(busyUntil), reason: 'busy' };
  const until = row.zone === null ? null : heldUntil(row.class, { zone: row.zone, host: row.host }, now);
  return until && { state: 'held', dueAt: until, reason: 'quiet_hours' };
}

/** From what the provider said to the row's next state (rule 16). `random` is 0 to 1, for jitter. */
export function changeOf(outcome: Outcome, row: Row, now: Date, random: () => number): Change {
  switch (outcome.kind) {
    case 'sent':
      return { state: 'sent', providerId: outcome.providerId };
    case 'throttled':
      return {
        state: 'queued',
        dueAt: after(now, outcome.retryAfterMs),
        detail: outcome.alone ? 'not now' : 'throttled',
      };
    case 'not_sent':
    case 'misconfigured':
      return again(row, now, outcome.detail, random);
    case 'unknown':
      return { state: 'unknown', detail: facts(outcome.detail) };
    case 'window_closed':
      return { state: 'held', dueAt: after(now, windowHoldMs), reason: 'window_closed' };
    case 'unreachable':
    case 'blocked':
    case 'rejected':
      return { state: 'failed', reason: `${outcome.kind}: ${facts(outcome.detail)}` };
  }
}

function again(row: Row, now: Date, detail: string, random: () => number): Change {
  if (row.attempts >= mostAttempts)
    return { state: 'failed', reason: `gave up after ${row.attempts}: ${facts(detail)}` };
  const wait = Math.min(longestRetryMs, firstRetryMs * 2 ** (row.attempts - 1)) * (0.5 + random());
  return { state: 'queued', dueAt: after(now, wait), detail: facts(detail) };
}

/** A provider's refusal may quote the message; what is kept in the open must not. */
function facts(detail: string): string {
  return detail.replace(/["'«“„][^"'»”]*["'»”]?/g, '…').slice(0, 120);
}

function after(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms);
}
