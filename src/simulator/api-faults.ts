import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { ChannelName } from './people.ts';
import type { World } from './world.ts';

/** How a provider says that it is overrun or broken. */
export type Complaints = {
  throttled(retryAfterSeconds: number): Response;
  broken(): Response;
};

/**
 * Answers a call of the product, or misbehaves as asked for. A broken connection needs the Node socket;
 * called without a server (in process) the call throws instead.
 */
export async function answerWithFaults(
  world: World,
  c: Context,
  { channel, method, complaints }: { channel: ChannelName; method: string; complaints: Complaints },
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
  if (strike('drop-after-accept')) return breakConnection(c);
  if (strike('500-after-accept')) return complaints.broken();
  return response;
}

/** Resolves when the caller hung up or the simulator closes. */
export function untilGone(world: World, c: Context): Promise<void> {
  const { outgoing } = bindings(c);
  return new Promise((resolve) => {
    if (world.closing.aborted || outgoing?.destroyed) return resolve();
    outgoing?.once('close', () => resolve());
    world.closing.addEventListener('abort', () => resolve(), { once: true });
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
