import { isValidSlackRequest } from '@slack/bolt';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { Edge } from '../edge.ts';
import { megabyte, readBody, readJson, tooLarge } from '../http.ts';
import type { Answer, Dispatch, Retry } from './dispatch.ts';

// Slack's replay window, applied to both sides; Bolt itself refuses only what is too old.
const windowSeconds = 300;

/**
 * POST /webhooks/slack/events, /interactivity and /commands: each signed request is handed on, and answered
 * only with what came of it. `machineNow` is machine time in milliseconds: signatures know no other.
 */
export function requests(
  edge: Edge,
  signingSecret: string,
  dispatch: Dispatch,
  machineNow: () => number,
): Hono {
  const routes = new Hono();

  const signed = (path: string, respond: (c: Context, body: string) => Promise<Response>): void => {
    routes.post(path, async (c) => {
      const raw = await readBody(c, megabyte);
      if (raw === null) return tooLarge(c);
      const body = raw.toString('utf8');
      // A probe of Slack's, which may come unsigned and does nothing.
      if (body === 'ssl_check=1' || /^(token=[^&]*&)?ssl_check=1$/.test(body)) return c.body(null, 200);
      if (!isSigned(c, body, signingSecret, machineNow())) {
        edge.count('slack.bad_signature');
        return c.text('forbidden', 403);
      }
      return respond(c, body);
    });
  };

  signed('/webhooks/slack/events', async (c, text) => {
    const body = readJson(text);
    const challenge = challengeShape.safeParse(body);
    if (challenge.success) return c.text(challenge.data.challenge);
    return malformed(body) ? refuse(c, edge) : answer(c, await dispatch('event', body, retryOf(c)));
  });
  signed('/webhooks/slack/interactivity', async (c, text) => {
    const body = readJson(new URLSearchParams(text).get('payload') ?? '');
    return malformed(body) ? refuse(c, edge) : answer(c, await dispatch('interactive', body));
  });
  signed('/webhooks/slack/commands', async (c, text) => {
    return answer(c, await dispatch('command', Object.fromEntries(new URLSearchParams(text))));
  });
  return routes;
}

const challengeShape = z.object({ type: z.literal('url_verification'), challenge: z.string() });

function isSigned(c: Context, body: string, signingSecret: string, nowMilliseconds: number): boolean {
  const signature = c.req.header('x-slack-signature');
  const timestamp = Number(c.req.header('x-slack-request-timestamp') ?? Number.NaN);
  if (signature === undefined || !Number.isFinite(timestamp)) return false;
  if (Math.abs(nowMilliseconds / 1000 - timestamp) > windowSeconds) return false;
  const headers = { 'x-slack-signature': signature, 'x-slack-request-timestamp': timestamp };
  return isValidSlackRequest({ signingSecret, body, headers, nowMilliseconds });
}

function retryOf(c: Context): Retry {
  const retryNum = Number(c.req.header('x-slack-retry-num') ?? Number.NaN);
  const retryReason = c.req.header('x-slack-retry-reason');
  return { ...(Number.isFinite(retryNum) ? { retryNum } : {}), ...(retryReason ? { retryReason } : {}) };
}

function malformed(body: unknown): boolean {
  return typeof body !== 'object' || body === null;
}

/** Signed, so it is Slack's; refusing it would only bring the same bytes three times more. */
function refuse(c: Context, edge: Edge): Response {
  edge.log.warn({ channel: 'slack' }, 'webhook body cannot be read');
  return c.body(null, 200);
}

function answer(c: Context, { status, body }: Answer): Response {
  if (body === undefined || body === '') return c.body(null, status);
  return typeof body === 'string' ? c.text(body, status) : c.json(body, status);
}
