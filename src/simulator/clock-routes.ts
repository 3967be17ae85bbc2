import type { Context, Hono } from 'hono';
import { z } from 'zod';
import { addDuration } from './duration.ts';
import type { Control } from './product.ts';

const farthestMs = 3_653 * 86_400_000;

const move = z.union([
  z.strictObject({ to: z.iso.datetime({ offset: true }) }),
  z.strictObject({ advance: z.string() }),
]);

/**
 * `GET /simulator/clock` → `{"now"}`; `POST` `{to}` or `{advance}` moves it forward and answers `{"now"}`
 * when everything due on the way has settled. `settled` is what has to come to rest before it moves.
 */
export function clockRoutes(
  app: Hono,
  control: Control,
  around: { before(): Promise<void>; after(now: Date): Promise<void> },
): void {
  app.get('/simulator/clock', (c) => c.json({ now: control.now().toISOString() }));
  app.post('/simulator/clock', async (c) => {
    const body = move.safeParse(await readJson(c));
    if (!body.success)
      return c.json(
        { error: 'give {"to": an ISO instant} or {"advance": an ISO duration such as "P3DT2H"}' },
        400,
      );
    await around.before();
    await control.refresh?.();
    const now = control.now();
    const to = 'to' in body.data ? new Date(body.data.to) : addDuration(now, body.data.advance);
    if (!to) return c.json({ error: 'advance is not an ISO 8601 duration' }, 400);
    if (to.getTime() < now.getTime())
      return c.json({ error: `the clock only moves forward, it is ${now.toISOString()}` }, 400);
    if (!(to.getTime() - now.getTime() <= farthestMs))
      return c.json(
        { error: 'the clock moves by ten years at most, and every day on the way is lived' },
        400,
      );
    await control.moveTo(to);
    await around.after(control.now());
    return c.json({ now: control.now().toISOString() });
  });
}

/** The body of a request, undefined when it is not JSON. An empty body counts as `{}`. */
export async function readJson(c: Context): Promise<unknown> {
  const text = await c.req.text();
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What went wrong, for an answer to whoever drives the simulation. */
export const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
