import { readdirSync, readFileSync } from 'node:fs';
import { Hono } from 'hono';
import { html } from 'hono/html';
import type { PageSetup } from './setup.ts';
import { Shell } from './shell.tsx';

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
};

// Nothing runs or loads that is not a file of ours; what people write is only ever text.
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * The page of the simulator: `GET /`, and its files under `/page/`. It talks to the control API under
 * `/simulator` of the same origin, and to nothing else.
 */
export function pageRoutes({ people: setup }: { readonly people: PageSetup }): Hono {
  const app = new Hono();
  const files = readFiles();

  app.get('/', (c) => {
    c.header('content-security-policy', policy);
    c.header('referrer-policy', 'no-referrer');
    c.header('x-content-type-options', 'nosniff');
    c.header('cache-control', 'no-store');
    return c.html(html`<!doctype html>${<Shell setup={setup} />}`);
  });

  app.get('/page/:file', (c) => {
    const name = c.req.param('file');
    const body = files.get(name);
    if (body === undefined) return c.notFound();
    return c.body(body, 200, {
      'content-type': types[name.split('.').at(-1) ?? ''] ?? 'text/plain',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-cache',
    });
  });
  return app;
}

/** The browser's files by name: read once, so that no path from outside ever reaches the disk. */
function readFiles(): ReadonlyMap<string, string> {
  const folder = new URL('./client/', import.meta.url);
  return new Map(
    readdirSync(folder)
      .filter((name) => /\.(js|css)$/.test(name))
      .map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]),
  );
}
