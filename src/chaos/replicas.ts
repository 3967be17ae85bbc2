import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Running, startProcess } from './processes.ts';

export type Replicas = {
  readonly names: readonly string[];
  /** Those that serve at this moment. */
  alive(): readonly string[];
  /** `kill -9`, at once; it is started again by itself. False when it was not running. */
  kill(name: string): Promise<boolean>;
  /** Asks it politely and waits; answers how many ms its end took. It is started again by itself. */
  retire(name: string): Promise<number>;
  /** Starts all of them anew with these modules loaded first: a broken build, for tests of the counting. */
  breakWith(preload: readonly string[]): Promise<void>;
  /** Resolves when all of them serve. */
  allUp(): Promise<void>;
  readonly kills: readonly Kill[];
  /** Ends that nobody asked for, after it had served; and starts that gave up, which an absent database explains. */
  readonly crashes: readonly { readonly name: string; readonly at: number }[];
  readonly failedStarts: number;
  stop(): Promise<void>;
};
export type Kill = { readonly name: string; readonly at: number };

/** More of them, with a database there, mean that it never will. */
const mostFailedStarts = 12;
const main = fileURLToPath(new URL('../main.ts', import.meta.url));

/** Replicas of the product, each started again whenever it ends, as an operator's supervisor does. */
export function superviseReplicas(settings: {
  readonly names: readonly string[];
  readonly env: (name: string) => Readonly<Record<string, string>>;
  readonly onLine: (name: string, line: string) => void;
}): Replicas {
  const { names, env, onLine } = settings;
  let preload: readonly string[] = [];
  const running = new Map<string, Running>();
  const expected = new Set<Running>();
  const kills: Kill[] = [];
  const crashes: Kill[] = [];
  let failedStarts = 0;
  const closing = new AbortController();

  async function supervise(name: string): Promise<void> {
    while (!closing.signal.aborted) {
      const imports = preload.flatMap((path) => ['--import', path]);
      const replica = await startProcess(
        [...imports, main],
        env(name),
        (line) => onLine(name, line),
        closing.signal,
      );
      if (!replica) {
        failedStarts += 1;
        await pause(300);
        continue;
      }
      running.set(name, replica);
      const at = await replica.ended;
      running.delete(name);
      if (!expected.has(replica) && !closing.signal.aborted) crashes.push({ name, at });
    }
  }
  const supervising = names.map(supervise);

  const replicas: Replicas = {
    names,
    kills,
    crashes,
    get failedStarts() {
      return failedStarts;
    },
    alive: () => names.filter((name) => running.get(name)?.isAlive()),
    async kill(name) {
      const replica = running.get(name);
      if (!replica?.isAlive()) return false;
      expected.add(replica);
      kills.push({ name, at: Date.now() });
      await replica.end('SIGKILL');
      return true;
    },
    async retire(name) {
      const replica = running.get(name);
      if (!replica?.isAlive()) return 0;
      expected.add(replica);
      const from = Date.now();
      await replica.end('SIGTERM');
      return Date.now() - from;
    },
    async breakWith(modules) {
      preload = modules;
      await Promise.all(names.map((name) => replicas.retire(name)));
      await replicas.allUp();
    },
    async allUp() {
      const before = failedStarts;
      while (names.some((name) => !running.get(name)?.isAlive())) {
        if (failedStarts > before + mostFailedStarts) throw new Error('the product does not start');
        await pause(50);
      }
    },
    async stop() {
      closing.abort();
      await Promise.all(supervising);
    },
  };
  return replicas;
}
