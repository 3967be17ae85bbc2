import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { startAlone } from '../../src/simulator/alone.ts';
import { freshDatabase } from './database.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** The product as a process that can be killed, with stand-ins that outlive it (rule 32). */
export async function killableProduct(
  through: (databaseUrl: string) => Promise<string> = async (url) => url,
) {
  const { url: databaseUrl, drop } = await freshDatabase();
  const port = await freePort();
  const productUrl = `http://127.0.0.1:${port}`;
  const simulator = await startAlone({
    port: 0,
    host: '127.0.0.1',
    productUrl,
    twilioAuthToken: 'simulated-auth-token',
    slackSigningSecret: 'simulated-signing-secret',
  });
  const masterKey = randomBytes(32);
  const env = {
    ...process.env,
    PORT: String(port),
    DATABASE_URL: await through(databaseUrl),
    SIMULATOR_URL: simulator.url,
    MASTER_KEY: masterKey.toString('base64'),
    LOG_LEVEL: 'silent',
  };
  let child: ChildProcess | null = null;
  const kill = async (signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL') => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return null;
    const ended = once(child, 'exit');
    child.kill(signal);
    return (await ended)[0] as number | null;
  };
  onTestFinished(async () => {
    await kill();
    simulator.stop();
    await drop();
  });
  return {
    databaseUrl,
    productUrl,
    simulatorUrl: simulator.url,
    masterKey,
    kill,
    /** Resolves when it says that it serves. */
    async start() {
      const started = spawn(process.execPath, ['--import', 'tsx', main], {
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      child = started;
      for await (const chunk of started.stdout) if (String(chunk).includes('ready ')) break;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  return typeof address === 'object' && address ? address.port : 0;
}

/** Calls the simulator's control API; throws with its answer when it refuses. */
export function controller(url: string) {
  return async (method: string, path: string, body?: unknown): Promise<{ [key: string]: unknown }> => {
    const response = await fetch(`${url}/simulator/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as { [key: string]: unknown };
    if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  };
}
