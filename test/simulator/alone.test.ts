import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import { Bot } from 'grammy';
import { afterEach, expect, test } from 'vitest';
import { type Control, simulatedAccounts } from '../../src/simulator/product.ts';
import { productRoutes } from '../../src/simulator/product-routes.ts';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** A product that is nothing but its levers, on a port of its own. */
async function product(control: Control): Promise<string> {
  const app = productRoutes(control);
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
      resolve(`http://127.0.0.1:${port}`),
    );
    endings.push(() => server.close());
  });
}

async function start(productUrl: string): Promise<string> {
  const main = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
  const child: ChildProcess = spawn(
    process.execPath,
    ['--import', 'tsx', main, 'simulator', '--port', '0', '--product', productUrl],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  endings.push(async () => {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });
  let printed = '';
  for await (const chunk of child.stdout ?? []) {
    printed += String(chunk);
    const ready = /ready (http:\S+)/.exec(printed)?.[1];
    if (ready) return ready;
  }
  throw new Error('the process ended before it was ready');
}

test('as a process it serves the providers, and hands clock, settle and seed on to the product', async () => {
  let now = new Date('2026-11-23T08:00:00.000Z');
  const seeded: unknown[] = [];
  const productUrl = await product({
    now: () => now,
    moveTo: async (to) => {
      now = to;
    },
    settle: async () => ({ held: 3 }),
    seed: async (doc) => {
      seeded.push(doc);
      if (seeded.length > 1) throw new Error('only once');
      return { ok: true };
    },
  });
  const url = await start(productUrl);
  const call = async (path: string, body?: unknown) => {
    const response = await fetch(
      `${url}/simulator/${path}`,
      body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) },
    );
    return { status: response.status, body: await response.json() };
  };
  expect(await call('people', { channel: 'telegram', address: '4001' })).toMatchObject({ status: 201 });
  expect(await call('clock', { to: '2027-01-01T00:00:00Z' })).toMatchObject({ status: 200 });
  expect(now.toISOString()).toBe('2027-01-01T00:00:00.000Z');
  const bot = new Bot(simulatedAccounts.telegramToken, { client: { apiRoot: `${url}/telegram` } });
  const { date } = await bot.api.sendMessage(4001, 'a new year');
  // Its clock ticks on from where the product's stood.
  expect(date - Date.parse('2027-01-01T00:00:00Z') / 1000).toBeLessThan(60);
  expect(date).toBeGreaterThanOrEqual(Date.parse('2027-01-01T00:00:00Z') / 1000);
  expect(await call('settle', {})).toEqual({ status: 200, body: { held: 3 } });
  expect(await call('seed', { members: [] })).toEqual({ status: 200, body: { ok: true } });
  expect(await call('seed', { members: [] })).toEqual({ status: 400, body: { error: 'only once' } });
  expect(seeded).toHaveLength(2);
});
