import { Hono } from 'hono';
import { clockRoutes, readJson, wordsOf } from './clock-routes.ts';
import type { Control } from './product.ts';

const nothing = async () => {};

/**
 * The product's own share of the control API (clock, settle, seed), for a product whose stand-ins run in
 * another process: that process forwards here, see remote.ts. Mount it in simulated mode only.
 */
export function productRoutes(control: Control): Hono {
  const app = new Hono();
  clockRoutes(app, control, { before: nothing, after: nothing });
  app.post('/simulator/settle', async (c) => c.json(await control.settle()));
  app.post('/simulator/seed', async (c) => {
    try {
      return c.json((await control.seed(await readJson(c))) ?? {});
    } catch (error) {
      return c.json({ error: wordsOf(error) }, 400);
    }
  });
  return app;
}
