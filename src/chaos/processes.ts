import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

export type Running = {
  readonly pid: number;
  /** Machine time at which it said `ready`. */
  readonly readyAt: number;
  readonly url: string;
  /** Resolves with the time of its end. */
  readonly ended: Promise<number>;
  isAlive(): boolean;
  /** Resolves when it is gone. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
};

/**
 * Starts one of our programs and waits for its line `ready http://…`. Null when it ended before that: a start that
 * meets no database gives up, and whoever supervises it comes again. Nothing of our own environment is handed on, and
 * nothing outlives `closing`. `onLine` hears what it says on standard error, `onSaid` what else on standard output.
 */
export async function startProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  onLine: (line: string) => void,
  closing: AbortSignal,
  onSaid: (line: string) => void = () => {},
): Promise<Running | null> {
  if (closing.aborted) return null;
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', ...args], {
    env: { ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit').then(() => Date.now());
  const close = () => child.kill('SIGKILL');
  closing.addEventListener('abort', close);
  void ended.then(() => closing.removeEventListener('abort', close));
  lines(child.stderr, onLine);
  const url = await new Promise<string | null>((resolve) => {
    lines(child.stdout, (line) => {
      const ready = /^ready (http:\S+)/.exec(line)?.[1];
      if (ready) resolve(ready);
      else onSaid(line);
    });
    void ended.then(() => resolve(null));
  });
  if (url === null) return null;
  const isAlive = () => child.exitCode === null && child.signalCode === null;
  return {
    pid: child.pid ?? 0,
    readyAt: Date.now(),
    url,
    ended,
    isAlive,
    async end(signal) {
      if (isAlive()) child.kill(signal);
      await ended;
    },
  };
}

function lines(stream: NodeJS.ReadableStream | null, onLine: (line: string) => void): void {
  let rest = '';
  stream?.setEncoding('utf8');
  stream?.on('data', (chunk: string) => {
    const parts = `${rest}${chunk}`.split('\n');
    rest = parts.pop() ?? '';
    for (const line of parts) onLine(line);
  });
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  return typeof address === 'object' && address ? address.port : 0;
}
