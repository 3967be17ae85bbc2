import { heldUntil } from '../domain/quiet-hours.ts';
import type { Outcome } from './ports.ts';
import type { Change, Row } from './queue.ts';

/** While somebody is answering a flow, what is not urgent waits this long after their last word (rule 12). */
const busyMs = 10 * 60_000;
const firstRetryMs = 1_000;
const longestRetryMs = 10 * 60_000;
/** What we cannot put into words ourselves is our mistake, which waiting seldom mends. */
const mostPreparations = 12;
/** What could not be sent is tried so long, however often; then a person decides. */
const giveUpMs = 24 * 3_600_000;
/** Where a provider that finds us too fast names no time. */
const firstPauseMs = 1_000;
const longestPauseMs = 64_000;
/** An account that is not taken as it is set up waits for a person. */
const misconfiguredMs = 5 * 60_000;
/** So often the provider may say that this message should come later. */
const mostDelays = 5;
/** A message that found the window closed, and has no template, is given up with the day's end of its reason. */
const windowHoldMs = 30 * 24 * 3_600_000;
/** What waits for a person to have answered is let go when the ticket is closed, not by this. */
const ticketHoldMs = 30 * 24 * 3_600_000;

const silenced: Change = { state: 'cancelled', reason: 'opted_out' };

/** What a message obeys at this moment by its class and lane (rules 12–14); null when nothing holds it. */
export function holdOf(row: Row, now: Date): Change | null {
  if (row.silenced) return silenced;
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
      return outcome.scope === 'account'
        ? tooFast(outcome.retryAfterMs, row, now, random)
        : delayed(outcome, row, now);
    case 'not_sent':
      return again(row, now, outcome.detail, random);
    case 'misconfigured':
      return stopped(row, now, outcome.detail);
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

/** From a message that we could not put into words to its next state. */
export function unprepared(row: Row, now: Date, random: () => number): Change {
  const detail = 'could not be prepared';
  return row.attempts >= mostPreparations ? givenUp(row, detail) : again(row, now, detail, random);
}

function tooFast(named: number | null, { times }: Row, now: Date, random: () => number): Change {
  const ms = named ?? Math.min(longestPauseMs, firstPauseMs * 2 ** times) * (0.5 + random());
  return { state: 'queued', dueAt: after(now, ms), detail: 'throttled', pauseMs: ms, uncounted: true };
}

/** It is not this message that was refused, so it waits, as all others of this account do. */
function stopped(row: Row, now: Date, detail: string): Change {
  if (isTooOld(row, now)) return givenUp(row, detail);
  const dueAt = after(now, misconfiguredMs);
  return { state: 'queued', dueAt, detail: 'misconfigured', pauseMs: misconfiguredMs, uncounted: true };
}

/** What waits for hours is held, and holds nobody up (rule 15). */
function delayed(
  { retryAfterMs, detail }: { retryAfterMs: number; detail: string },
  row: Row,
  now: Date,
): Change {
  if (row.attempts >= mostDelays)
    return { state: 'failed', reason: `gave up after ${row.attempts}: ${detail}` };
  const dueAt = after(now, retryAfterMs);
  if (retryAfterMs <= longestRetryMs) return { state: 'queued', dueAt, detail };
  return { state: 'held', dueAt, reason: detail, counted: true };
}

function again(row: Row, now: Date, detail: string, random: () => number): Change {
  if (isTooOld(row, now)) return givenUp(row, detail);
  const wait = Math.min(longestRetryMs, firstRetryMs * 2 ** (row.attempts - 1)) * (0.5 + random());
  return { state: 'queued', dueAt: after(now, wait), detail: facts(detail) };
}

function isTooOld({ since }: Row, now: Date): boolean {
  return now.getTime() - since.getTime() > giveUpMs;
}

function givenUp({ attempts }: Row, detail: string): Change {
  return { state: 'failed', reason: `gave up after ${attempts}: ${facts(detail)}` };
}

/** A provider's refusal may quote the message; what is kept in the open must not. */
function facts(detail: string): string {
  return detail.replace(/["'«“„][^"'»”]*["'»”]?/g, '…').slice(0, 120);
}

function after(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms);
}
