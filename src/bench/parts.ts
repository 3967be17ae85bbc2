import { fileURLToPath } from 'node:url';
import type { Log } from '../app/ports.ts';
import { createWords, type Words } from '../locale.ts';
import { createMeasures } from '../measures/measures.ts';
import { createMetrics } from '../measures/metrics.ts';
import { createSpans } from '../measures/traces.ts';
import { createProgram } from '../program.ts';
import { openSeals } from '../store/seal.ts';
import { openStore } from '../store/store.ts';
import { clockSince, openPool } from './ground.ts';

/** Where a process of the bench works. */
export type Where = { readonly databaseUrl: string; readonly masterKey: string; readonly since: number };

/** Our accounts in the bench; there is nobody behind them. */
export const accounts = {
  sid: 'AC00000000000000000000000000000001',
  authToken: 'bench-auth-token',
  sender: 'whatsapp:+14155238886',
  team: 'T0BENCH',
  coordinators: { channel: 'slack', account: 'T0BENCH', address: 'C0COORDINATORS' },
  /** What Twilio calls; signatures are made over it. */
  publicUrl: 'https://intumwa.example.org',
} as const;

/** The product's own parts as `product.ts` plugs them together, as far as every role needs them. */
export function openParts({ databaseUrl, masterKey, since }: Where) {
  const db = openPool(databaseUrl);
  const seals = openSeals(Buffer.from(masterKey, 'hex'));
  const words: Words = createWords(fileURLToPath(new URL('../../locales', import.meta.url)));
  const program = createProgram(words);
  return {
    db,
    seals,
    words,
    program,
    clock: clockSince(since),
    store: openStore(db, seals, accounts.coordinators),
    classOf: (key: string) => words.classOf(key) ?? 'service',
    measures: createMeasures(createMetrics(), createSpans()),
  };
}

/** Whatever goes wrong in a bench makes its figures worthless, so it ends there. */
export const strictLog: Log = {
  info: () => {},
  warn: (facts, message) => complain(facts, message),
  error: (facts, message) => complain(facts, message),
};

function complain(facts: object, message: string): void {
  const { err, ...rest } = facts as { err?: unknown };
  process.stderr.write(
    `${message} ${JSON.stringify(rest)} ${err instanceof Error ? (err.stack ?? err.message) : ''}\n`,
  );
}

/** Processor time of this process so far: what other processes do to the machine does not show in it. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
