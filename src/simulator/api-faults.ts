import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { isSend } from './faults.ts';
import type { ChannelName } from './people.ts';
import type { RecordedRequest } from './tap.ts';
import type { World } from './world.ts';

/** How a provider says that it is overrun or broken. */
export type Complaints = {
  throttled(retryAfterSeconds: number): Response;
  broken(): Response;
};

type Call = {
  readonly channel: ChannelName;
  readonly method: string;
  readonly complaints: Complaints;
  /** What became of the call is written here. */
  readonly recorded: RecordedRequest;
};

/**
 * Answers a call of the product, or misbehaves as asked for. A broken connection needs the Node socket;
 * called without a server (in process) the call throws instead.
 */
export async function answerWithFaults(
  world: World,
  c: Context,
  call: Call,
  handle: () => Response | Promise<Response>,
): Promise<Response> {
  const { recorded } = call;
  const response = await answer(world, c, call, handle);
  const { outgoing } = bindings(c);
  const isBroken = response.headers.has('x-hono-already-sent');
  recorded.status = isBroken ? null : response.status;
  recorded.answeredAt = new Date().toISOString();
  recorded.heard = !isBroken && !outgoing?.destroyed;
  return response;
}

async function answer(
  world: World,
  c: Context,
  { channel, method, complaints, recorded }: Call,
  handle: () => Response | Promise<Response>,
): Promise<Response> {
  const strike = (kind: Parameters<World['faults']['take']>[1]) => world.faults.take(channel, kind, method);
  if (strike('timeout')) {
    await untilGone(world, c);
    return breakConnection(c);
  }
  const throttled = strike('429');
  if (throttled) return complaints.throttled(throttled.retryAfter);
  if (strike('500')) return complaints.broken();
  const response = await handle();
  if (isSend(method)) recorded.made = await madeBy(response);
  const slow = strike('slow-after-accept');
  if (slow) await world.pause(slow.ms);
  if (strike('drop-after-accept')) return breakConnection(c);
  if (strike('500-after-accept')) return complaints.broken();
  return response;
}

const viaPath = /^\/via\/([\w-]+)(?=\/)/;

/** The process that called, where its base URL names it: `<public url>/via/<name>` in place of `<public url>`. */
export const viaOf = (c: Context) => viaPath.exec(new URL(c.req.url).pathname)?.[1] ?? null;

/** The path without that name, for the router. */
export const pathOf = (request: Request) => new URL(request.url).pathname.replace(viaPath, '');

/** The id of the message in an answer of any of the three; null where nothing was made. */
async function madeBy(response: Response): Promise<string | null> {
  if (!response.ok) return null;
  // Our own answers, read for one field each; Slack says ok: false with a 200.
  const body = (await response.clone().json()) as {
    sid?: string;
    ts?: string;
    result?: { message_id?: number };
  };
  const id = body.sid ?? body.ts ?? body.result?.message_id;
  return id === undefined ? null : String(id);
}

/** Resolves when the caller hung up or the simulator closes. */
export function untilGone(world: World, c: Context): Promise<void> {
  const { outgoing } = bindings(c);
  return new Promise((resolve) => {
    if (world.closing.aborted || outgoing?.destroyed) return resolve();
    const end = () => {
      world.closing.removeEventListener('abort', end);
      resolve();
    };
    outgoing?.once('close', end);
    world.closing.addEventListener('abort', end, { once: true });
  });
}

export function breakConnection(c: Context): Response {
  const { incoming } = bindings(c);
  if (!incoming) throw new Error('a connection can be broken only behind a server');
  incoming.socket.destroy();
  // The adapter then leaves the response alone: there is nobody to answer.
  return new Response(null, { headers: { 'x-hono-already-sent': 'true' } });
}

// Hono types the environment loosely; behind @hono/node-server it is HttpBindings, in process it is empty.
const bindings = (c: Context) => (c.env ?? {}) as Partial<HttpBindings>;
