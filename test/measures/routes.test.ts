import { expect, test } from 'vitest';
import type { Standing } from '../../src/app/ports.ts';
import { createMetrics } from '../../src/measures/metrics.ts';
import { type Watched, watchRoutes } from '../../src/measures/routes.ts';

const calm: Standing = {
  queued: 0,
  sending: 0,
  unknown: 0,
  held: new Map(),
  oldestQueuedSeconds: 0,
  tickets: { open: 0, assigned: 0 },
  timersOverdue: 0,
};

function served(more: Partial<Watched> = {}) {
  const routes = watchRoutes({
    metrics: createMetrics(),
    standing: async () => calm,
    missingMigrations: async () => [],
    progress: () => ({ starting: [], stopping: false }),
    ...more,
  });
  return async (path: string) => {
    const response = await routes.request(path);
    const text = await response.text();
    return { status: response.status, text, type: response.headers.get('content-type') };
  };
}

test('ready when nothing is missing', async () => {
  expect(await served()('/readyz')).toMatchObject({ status: 200, text: '{"ready":true}' });
});

test('what is missing is named, all of it', async () => {
  const get = served({
    missingMigrations: async () => ['20261123000009_later'],
    progress: () => ({ starting: ['telegram', 'slack'], stopping: true }),
  });
  const { status, text } = await get('/readyz');
  expect(status).toBe(503);
  expect(JSON.parse(text)).toEqual({
    ready: false,
    missing: { migrations: ['20261123000009_later'], channels: ['telegram', 'slack'], stopping: true },
  });
});

test('a database that refuses is missing', async () => {
  const { status, text } = await served({ missingMigrations: () => Promise.reject(new Error('refused')) })(
    '/readyz',
  );
  expect(status).toBe(503);
  expect(JSON.parse(text)).toEqual({ ready: false, missing: { database: 'no answer within 1000 ms' } });
});

test('a database that hangs is missing after a second, is asked once by all, and is alive all the same', async () => {
  let asked = 0;
  const never = () => {
    asked += 1;
    return new Promise<never>(() => {});
  };
  const get = served({ missingMigrations: never, standing: never });
  const started = performance.now();
  const [first, second, metrics] = await Promise.all([get('/readyz'), get('/readyz'), get('/metrics')]);
  expect(performance.now() - started).toBeLessThan(3_000);
  expect([first.status, second.status, metrics.status]).toEqual([503, 503, 200]);
  expect(metrics.text).toContain('intumwa_database_up 0');
  expect(asked).toBe(2);
  expect(await get('/healthz')).toMatchObject({ status: 200, text: 'ok' });
});

test('scrapes that follow each other read the database once', async () => {
  let asked = 0;
  const get = served({
    standing: async () => {
      asked += 1;
      return { ...calm, queued: 7 };
    },
  });
  for (let n = 0; n < 5; n += 1)
    expect((await get('/metrics')).text).toContain('intumwa_ledger_rows{state="queued"} 7');
  expect(asked).toBe(1);
  expect((await get('/metrics')).type).toMatch(/^text\/plain; version=0\.0\.4/);
});
