import { webApi } from '@slack/bolt';
import type { Outcome } from '../../app/ports.ts';
import { outcomeOfBreak } from '../network.ts';

/** What a failed call of the Web API means for the message. Throws what is no failure of a call. */
export function outcomeOfFailure(error: unknown): Outcome {
  if (error instanceof webApi.WebAPIRateLimitedError)
    return { kind: 'throttled', scope: 'account', retryAfterMs: error.retryAfter * 1000 };
  if (error instanceof webApi.WebAPIPlatformError) return outcomeOfError(error.data.error);
  if (error instanceof webApi.WebAPIHTTPError) {
    const kind = error.statusCode >= 500 ? 'unknown' : 'rejected';
    return { kind, detail: `http_${error.statusCode}` };
  }
  if (error instanceof webApi.WebAPIRequestError) return outcomeOfBreak(error);
  // The SDK throws a bare Error for a 429 that names no time.
  if (error instanceof Error && error.message.startsWith('Retry header'))
    return { kind: 'throttled', scope: 'account', retryAfterMs: 30_000 };
  throw error;
}

/** By the `error` string of an answer with `ok: false`. Unknown strings are `rejected`. */
export function outcomeOfError(error: string): Outcome {
  const known = byError.get(error) ?? (error.startsWith('restricted_action') ? 'unreachable' : 'rejected');
  return known === 'throttled'
    ? { kind: known, scope: 'account', retryAfterMs: 30_000 }
    : { kind: known, detail: error };
}

const errors = {
  throttled: ['ratelimited', 'rate_limited'],
  // Refused before anything was done, for a reason that passes.
  not_sent: [
    'service_unavailable',
    'request_timeout',
    'team_added_to_org',
    'org_login_required',
    'external_channel_migrating',
  ],
  // These may have worked in part.
  unknown: ['internal_error', 'fatal_error'],
  misconfigured: [
    'invalid_auth',
    'not_authed',
    'token_revoked',
    'token_expired',
    'account_inactive',
    'missing_scope',
    'not_allowed_token_type',
    'no_permission',
    'access_denied',
    'app_access_restricted',
    'ekm_access_denied',
    'message_limit_exceeded',
  ],
  unreachable: [
    'channel_not_found',
    'is_archived',
    'not_in_channel',
    'user_not_found',
    'user_disabled',
    'users_not_found',
    'user_not_visible',
    'messages_tab_disabled',
    'posting_to_channel_denied',
    'method_not_supported_for_channel_type',
    'thread_locked',
    'cannot_reply_to_message',
    'cannot_dm_bot',
  ],
} as const;

const byError: ReadonlyMap<string, keyof typeof errors> = new Map(
  Object.entries(errors).flatMap(([kind, list]) =>
    // Object.entries forgets the literal keys of the table above.
    list.map((error) => [error, kind as keyof typeof errors] as const),
  ),
);
