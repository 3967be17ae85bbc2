import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { keepMasterKey } from '../config.ts';
import { createLog } from '../log.ts';
import { openProduct } from '../product.ts';
import { hosts, members } from './people.ts';
import { stage } from './phones.ts';
import { playMission } from './script.ts';

type Check = {
  readonly name: string;
  readonly value: unknown;
  readonly limit: unknown;
  readonly ok: boolean;
};

/**
 * One mission, scripted: three members, two hospitals, two coordinators; begun soon after `from` (today, when null). Exit
 * code 0 only if every state is reached.
 */
export async function runDemo({
  json,
  from,
}: {
  readonly json: boolean;
  readonly from: Date | null;
}): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), 'intumwa-demo-'));
  const say = (line: string) => {
    if (!json) process.stdout.write(`${line}\n`);
  };
  const simulated = { kind: 'simulated' } as const;
  const product = await openProduct(
    {
      port: 0,
      dataDir,
      logLevel: 'error',
      telegram: simulated,
      whatsapp: simulated,
      slack: simulated,
      simulated: true,
      masterKey: keepMasterKey(dataDir),
    },
    createLog('error', process.stderr),
  );
  try {
    const scene = stage(product.url, (who, channel, direction, text) =>
      say(`${direction === 'in' ? '  ←' : '→'} ${who} (${channel})  ${text.replaceAll('\n', '\n      ')}`),
    );
    let problem: string | null = null;
    const cast = await playMission(scene, from, (chapter) => say(`\n— ${chapter}\n`)).catch(
      (error: unknown) => {
        problem = error instanceof Error ? error.message : String(error);
        return null;
      },
    );
    const checks = [
      { name: 'script played to its end', value: problem ?? 'yes', limit: 'yes', ok: problem === null },
      ...(await statesReached(product.db)),
    ];
    const received = [...(cast?.phones.values() ?? [])].map((phone) => ({
      who: phone.who,
      channel: phone.channel,
      messages: phone.received(),
    }));
    const ok = checks.every((check) => check.ok);
    if (json) process.stdout.write(`${JSON.stringify({ ok, checks, received, seed: null })}\n`);
    else report(checks, received, say);
    return ok ? 0 : 1;
  } finally {
    await product.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** What the database holds at the end, against what the story promises. */
async function statesReached(db: pg.Pool): Promise<readonly Check[]> {
  const { rows } = await db.query<{ name: string; value: string; count: number }>(`
    SELECT 'assignment' AS name, status AS value, count(*)::int AS count FROM assignment GROUP BY 2
    UNION ALL SELECT 'travel', status, count(*)::int FROM travel GROUP BY 2
    UNION ALL SELECT 'arrival', coalesce(arrival, '-'), count(*)::int FROM travel GROUP BY 2
    UNION ALL SELECT 'readiness', status, count(*)::int FROM readiness GROUP BY 2
    UNION ALL SELECT 'application', status, count(*)::int FROM application GROUP BY 2
    UNION ALL SELECT 'member', status, count(*)::int FROM member GROUP BY 2
    UNION ALL SELECT 'need', status, count(*)::int FROM need GROUP BY 2
    UNION ALL SELECT 'host contact', role, count(*)::int FROM host_contact GROUP BY 2`);
  const count = (name: string, value: string) =>
    rows.find((row) => row.name === name && row.value === value)?.count ?? 0;
  const expected: readonly (readonly [string, string, number])[] = [
    ['member', 'active', members.length],
    ['application', 'accepted', members.length],
    ['need', 'filled', members.length],
    ['assignment', 'arrived', members.length],
    ['travel', 'arrived', members.length],
    ['arrival', 'met', members.length],
    ['readiness', 'reconfirmed', members.length],
    ['host contact', 'focal', hosts.length / 2],
    ['host contact', 'dg', hosts.length / 2],
  ];
  const states = expected.map(([name, state, wanted]) => {
    const value = count(name, state);
    return { name: `${name} ${state}`, value, limit: wanted, ok: value === wanted };
  });
  return [...states, ...(await machinery(db))];
}

/** Two trips a turn for at least nine turns in ten (rule 7); nothing parked, failed or of unknown outcome. */
async function machinery(db: pg.Pool): Promise<readonly Check[]> {
  const { rows } = await db.query<{ two: number; parked: number; failed: number; unknown: number }>(`
    SELECT (SELECT coalesce(count(*) FILTER (WHERE trips = 2)::float / nullif(count(*), 0), 0) FROM turn WHERE kind IN ('text', 'press', 'media', 'location')) AS two,
      (SELECT count(*)::int FROM turn WHERE parked) AS parked,
      (SELECT count(*)::int FROM ledger WHERE state = 'failed') AS failed,
      (SELECT count(*)::int FROM ledger WHERE state IN ('unknown', 'sending')) AS unknown`);
  const { two = 0, parked = 0, failed = 0, unknown = 0 } = rows[0] ?? {};
  return [
    { name: 'share of two-trip turns', value: Math.round(two * 1000) / 1000, limit: 0.9, ok: two >= 0.9 },
    { name: 'turns parked', value: parked, limit: 0, ok: parked === 0 },
    { name: 'messages failed', value: failed, limit: 0, ok: failed === 0 },
    { name: 'messages of unknown outcome', value: unknown, limit: 0, ok: unknown === 0 },
  ];
}

function report(
  checks: readonly Check[],
  received: readonly { who: string; channel: string; messages: number }[],
  say: (line: string) => void,
): void {
  say('\n— At the end\n');
  for (const { who, channel, messages } of received)
    say(`  ${who} received ${messages} messages on ${channel}`);
  say('');
  for (const { name, value, limit, ok } of checks)
    say(`  ${ok ? '✓' : '✗'} ${name}: ${String(value)}${ok ? '' : ` (expected ${String(limit)})`}`);
}
