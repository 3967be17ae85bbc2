import { GrammyError, HttpError } from 'grammy';
import type { Outcome } from '../../app/ports.ts';
import { outcomeOfBreak } from '../network.ts';

/**
 * What a failed call of the Bot API means for the message. Telegram has no error codes beyond the HTTP
 * status, so refusals are told apart by words of their description. Throws what is no failure of a call.
 */
export function outcomeOfFailure(error: unknown): Outcome {
  if (error instanceof HttpError) return outcomeOfBreak(error.error);
  if (!(error instanceof GrammyError)) throw error;
  const { error_code: code, parameters } = error;
  const detail = `${code} ${error.description}`.slice(0, 120);
  if (code === 429)
    return { kind: 'throttled', scope: 'account', retryAfterMs: (parameters.retry_after ?? 1) * 1000 };
  // Telegram may have acted before it failed, and cannot be asked (rule 17).
  if (code >= 500) return { kind: 'unknown', detail };
  const words = error.description.toLowerCase();
  const known = refusals.find(([status, part]) => status === code && words.includes(part));
  return { kind: known?.[2] ?? 'rejected', detail };
}

type Refusal = 'blocked' | 'unreachable' | 'misconfigured' | 'rejected';

/** Status, words of the description, meaning; the first that matches counts. Everything else is our bug. */
const refusals: readonly (readonly [number, string, Refusal])[] = [
  [401, '', 'misconfigured'],
  [404, '', 'misconfigured'],
  [409, '', 'misconfigured'],
  [403, 'blocked by the user', 'blocked'],
  [403, '', 'unreachable'],
  [400, 'chat not found', 'unreachable'],
  [400, 'user not found', 'unreachable'],
  [400, 'peer_id_invalid', 'unreachable'],
  [400, 'user_is_blocked', 'blocked'],
  [400, 'input_user_deactivated', 'unreachable'],
  [400, 'group chat was deleted', 'unreachable'],
  [400, 'upgraded to a supergroup', 'unreachable'],
];
