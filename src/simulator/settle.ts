import type { World } from './world.ts';

export type Settled =
  | { readonly ok: true; readonly counts: Record<string, number> }
  | { readonly ok: false; readonly error: string; readonly inFlight: Record<string, number> };

/**
 * Waits until the stand-ins owe nothing to the product and the product itself has come to rest, and neither
 * has stirred the other meanwhile. Gives up after the time of `timing.settleMs`.
 */
export async function settle(world: World): Promise<Settled> {
  const deadline = Date.now() + world.timing.settleMs;
  const late = (): Settled => ({
    ok: false,
    error: 'not settled in time',
    inFlight: world.inFlight.counts(),
  });
  for (;;) {
    if (!(await world.inFlight.quiet(Math.max(deadline - Date.now(), 0)))) return late();
    const before = world.inFlight.activity();
    const timeout = AbortSignal.timeout(Math.max(deadline - Date.now(), 1));
    const expired = new Promise<null>((resolve) =>
      timeout.addEventListener('abort', () => resolve(null), { once: true }),
    );
    const counts = await Promise.race([world.product.control?.settle() ?? Promise.resolve({}), expired]);
    if (counts === null || Date.now() > deadline) return late();
    // One turn of the event loop, so that callbacks caused by the last sends have begun.
    await world.pause(1);
    if (world.inFlight.activity() === before && (await world.inFlight.quiet(0))) return { ok: true, counts };
  }
}
