import twilio from 'twilio';
import type { Outcome } from '../../app/ports.ts';
import { outcomeOfBreak } from '../network.ts';
import { outcomeOfCode, reactionOf } from './errors.ts';

/**
 * What a failed call of the REST API means for the message: by Twilio's code, else by HTTP status, else as a
 * broken call. Messages of errors are never used: they quote phone numbers.
 */
export function outcomeOfFailure(error: unknown): Outcome {
  const { status, code } = statusOf(error);
  if (status === null) return outcomeOfBreak(error);
  if (code !== null && reactionOf(code) !== null) return outcomeOfCode(code);
  const detail = `http_${status}${code === null ? '' : `:${code}`}`;
  if (status === 429) return { kind: 'throttled', scope: 'account', retryAfterMs: null };
  if (status === 401 || status === 403) return { kind: 'misconfigured', detail };
  // Twilio may have taken the message before it failed (its documentation of 20500).
  return { kind: status >= 500 ? 'unknown' : 'rejected', detail };
}

/** Status and code of an answer; a null status when there was none. */
export function statusOf(error: unknown): { status: number | null; code: string | null } {
  if (!(error instanceof twilio.RestException) && !isServiceException(error))
    return { status: null, code: null };
  return { status: error.status, code: error.code === undefined ? null : String(error.code) };
}

/** The SDK does not export the class it throws for problem documents (RFC 9457). */
function isServiceException(error: unknown): error is { status: number; code?: number } {
  return error instanceof Error && 'status' in error && typeof error.status === 'number';
}
