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
  const replicas = new Map<string, ChildProcess>();
  const end = async (one: ChildProcess | null | undefined, signal: 'SIGKILL' | 'SIGTERM') => {
    if (!one || one.exitCode !== null || one.signalCode !== null) return null;
    const ended = once(one, 'exit');
    one.kill(signal);
    return (await ended)[0] as number | null;
  };
  const kill = (signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL') => end(child, signal);
  const run = async (more: NodeJS.ProcessEnv): Promise<ChildProcess> => {
    const started = spawn(process.execPath, ['--import', 'tsx', main], {
      env: { ...env, ...more },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const chunk of started.stdout) if (String(chunk).includes('ready ')) break;
    return started;
  };
  onTestFinished(async () => {
    await kill();
    for (const one of replicas.values()) await end(one, 'SIGKILL');
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
      child = await run({});
    },
    /** One more on a port of its own, whose connections to the database bear this name. */
    async startReplica(name: string) {
      replicas.set(name, await run({ PORT: '0', PGAPPNAME: name }));
    },
    killReplica: (name: string) => end(replicas.get(name), 'SIGKILL'),
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
