import { fork } from 'node:child_process';
import type { Walked } from './walk.ts';

export type Crowd = { readonly people: number; readonly seed: number; readonly workers: number };

/** Walks with several processors at once; who walks which way does not depend on how many. */
export async function walkInParallel({ people, seed, workers }: Crowd): Promise<Walked> {
  const share = Math.ceil(people / workers);
  const parts = await Promise.all(
    Array.from({ length: workers }, (_, i) => {
      const first = i * share;
      return part({ first, people: Math.max(0, Math.min(share, people - first)), seed });
    }),
  );
  const visited = new Map<string, number>();
  for (const one of parts)
    for (const [place, n] of one.visited) visited.set(place, (visited.get(place) ?? 0) + n);
  return {
    people,
    turns: parts.reduce((sum, { turns }) => sum + turns, 0),
    visited,
    failures: parts.flatMap(({ failures }) => failures),
  };
}

export type Part = { readonly first: number; readonly people: number; readonly seed: number };

function part(work: Part): Promise<Walked> {
  // From the sources a process needs the loader that we run under; from dist/ nothing.
  const fromSources = import.meta.url.endsWith('.ts');
  const file = new URL(fromSources ? './worker.ts' : './worker.js', import.meta.url);
  return new Promise((resolve, reject) => {
    const worker = fork(file, [JSON.stringify(work)], {
      execArgv: fromSources ? ['--import', 'tsx'] : [],
      serialization: 'advanced', // maps stay maps
    });
    worker.once('message', (walked) => resolve(walked as Walked)); // sent by worker.ts
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`a walk ended with exit code ${code}`)));
  });
}
