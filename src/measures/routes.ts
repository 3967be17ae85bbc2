import { Hono } from 'hono';
import type { ChannelName, Standing } from '../app/ports.ts';
import { asker } from './asker.ts';
import type { Metrics } from './metrics.ts';

/** What the endpoints look at. The two questions to the database reject when it cannot be reached. */
export type Watched = {
  readonly metrics: Metrics;
  readonly standing: () => Promise<Standing>;
  /** Names of migrations that the database lacks. */
  readonly missingMigrations: () => Promise<readonly string[]>;
  readonly progress: () => Progress;
};

export type Progress = {
  /** Channels that do not take messages yet. */
  readonly starting: readonly ChannelName[];
  readonly stopping: boolean;
};

/** The database has this long to answer, or counts as away. */
const limitMs = 1_000;
/** Scrapes by several Prometheus servers cost one reading. */
const keepMs = 3_000;

/**
 * `/healthz` asks nobody: it fails only with the process, so that a lost database does not restart us for nothing.
 * `/readyz` says whether to send us traffic, and what is missing. `/metrics` always answers.
 */
export function watchRoutes({ metrics, standing, missingMigrations, progress }: Watched): Hono {
  const askStanding = asker(standing, { limitMs, keepMs });
  const askMigrations = asker(missingMigrations, { limitMs });
  const routes = new Hono();
  routes.get('/healthz', (c) => c.text('ok'));
  routes.get('/readyz', async (c) => {
    const missing = missingOf(await askMigrations(), progress());
    const ready = Object.keys(missing).length === 0;
    return c.json(ready ? { ready } : { ready, missing }, ready ? 200 : 503, { 'cache-control': 'no-store' });
  });
  routes.get('/metrics', async (c) =>
    c.body(await metrics.page(await askStanding()), 200, { 'content-type': metrics.contentType }),
  );
  return routes;
}

function missingOf(migrations: readonly string[] | null, { starting, stopping }: Progress): object {
  return {
    ...(migrations === null && { database: `no answer within ${limitMs} ms` }),
    ...(migrations !== null && migrations.length > 0 && { migrations }),
    ...(starting.length > 0 && { channels: starting }),
    ...(stopping && { stopping }),
  };
}
