import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepMasterKey } from '../config.ts';
import { openProduct } from '../product.ts';
import { enrol, hosts, members, register } from './people.ts';
import { type Phone, stage } from './phones.ts';

type Check = {
  readonly name: string;
  readonly value: unknown;
  readonly limit: unknown;
  readonly ok: boolean;
};

/** One mission, scripted: three members, two hospitals, two coordinators. Exit code 0 only if every state is reached. */
export async function runDemo({ json }: { readonly json: boolean }): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), 'intumwa-demo-'));
  const say = (line: string) => (json ? undefined : process.stdout.write(`${line}\n`));
  const quiet = {
    info() {},
    warn() {},
    error: (facts: object, message: string) =>
      void process.stderr.write(`${message} ${JSON.stringify(facts, errors)}\n`),
  };
  const product = await openProduct(
    {
      port: 0,
      dataDir,
      logLevel: 'error',
      telegram: { kind: 'simulated' },
      whatsapp: { kind: 'simulated' },
      slack: { kind: 'simulated' },
      simulated: true,
      masterKey: keepMasterKey(dataDir),
    },
    quiet,
  );
  try {
    const scene = stage(product.url, (who, channel, direction, text) =>
      say(`${direction === 'in' ? '  ←' : '→'} ${who} (${channel})  ${text.replaceAll('\n', '\n      ')}`),
    );
    await scene.seed({
      coordinators: [
        { name: 'Alice Umutoni', address: 'U0ALICE', role: 'coord_rw' },
        { name: 'Jean Mugisha', address: 'U0JEAN', role: 'moh' },
      ],
      invitations: hosts.map(({ hospital, role, code }) => ({ hospital, role, code })),
    });
    const phones = new Map<string, Phone>();
    for (const host of hosts) {
      const phone = await scene.phone(host);
      phones.set(host.who, phone);
      await enrol(phone, host);
    }
    for (const member of members) {
      const phone = await scene.phone(member);
      phones.set(member.who, phone);
      await register(phone, member, { from: '01/03/2027', until: '30/06/2027' });
    }
    const checks: Check[] = [];
    if (json) process.stdout.write(`${JSON.stringify({ ok: checks.every(({ ok }) => ok), checks })}\n`);
    return 0;
  } finally {
    await product.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Errors do not turn into JSON by themselves. */
function errors(_key: string, value: unknown): unknown {
  return value instanceof Error ? (value.stack ?? value.message) : value;
}
