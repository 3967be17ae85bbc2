import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';

export const megabyte = 1024 * 1024;

/** The raw body, or null when it is longer than `limit` bytes; a longer one is not read to its end. */
export async function readBody(c: Context, limit: number): Promise<Buffer | null> {
  const { raw } = c.req;
  const length = Number(raw.headers.get('content-length') ?? Number.NaN);
  if (length > limit) return null;
  // The server enforces a declared length, so the quick way is safe when there is one.
  if (Number.isFinite(length)) return Buffer.from(await raw.arrayBuffer());
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of raw.body ?? []) {
    size += chunk.length;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Compares a secret without telling by the time taken how much of it was right. */
export function sameSecret(given: string | undefined, expected: string): boolean {
  return timingSafeEqual(digest(given ?? ''), digest(expected)) && given !== undefined;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** JSON, or undefined where it is none (undefined is no JSON value). */
export function readJson(body: Buffer | string): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

/** Kept: 200. Not kept: 503, the one answer that asks the provider to come again. */
export function acknowledge(c: Context, kept: boolean): Response {
  return kept ? c.body(null, 200) : c.text('try again', 503);
}

export function tooLarge(c: Context): Response {
  return c.text('too large', 413);
}
