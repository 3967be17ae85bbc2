import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Account } from '../../src/chaos/account.ts';
import { type ChaosSettings, runChaos } from '../../src/chaos/chaos.ts';
import { sabotages } from '../../src/chaos/sabotage.ts';

/**
 * A short run of `npm run chaos` over the product as it is, and over builds that are broken on purpose: a count that
 * never finds anything would prove nothing. What one of them breaks does not hide what another does, so three share a run.
 */
type Settings = Pick<ChaosSettings, 'seconds' | 'drainMs' | 'rates'>;

async function shortRun(broken: readonly string[], settings: Settings) {
  const told: string[] = [];
  const preload = broken.map((name) =>
    fileURLToPath(new URL(`../../src/chaos/${sabotages[name]?.module}`, import.meta.url)),
  );
  const account = await runChaos({ seed: 7, preload, say: (line) => told.push(line), ...settings });
  return { account, told: told.filter((line) => !line.includes('"job":true')).join('\n') };
}

// Beside other tests a process may wake late, and the sends that waited come on top of a full second (six were seen): the
// run of `npm run chaos` itself forgives none.
const forgiven = (name: string) => (name.startsWith('sends above the rate') ? 12 : 0);
const violations = ({ checks }: Account) =>
  checks
    .filter(({ name, value, ok }) => !ok && !name.startsWith('exposure') && value > forgiven(name))
    .map(({ name, value }) => `${name}: ${value}`);

test('a short run over the product breaks no promise', async () => {
  const { account, told } = await shortRun([], { seconds: 20 });
  expect(violations(account), told).toEqual([]);
  const { events, kills, unknown_outcomes: unknown, database_restarts: restarts } = account.exposure;
  // A busy machine lives through less; a run that lives through nothing proves nothing.
  expect(events, told).toBeGreaterThan(100);
  for (const count of [kills, unknown, restarts]) expect(count, told).toBeGreaterThan(0);
}, 300_000);

describe('a build that is broken on purpose is noticed:', () => {
  const groups = [
    ['acknowledge-early', 'receipts-back', 'exceed-rate'],
    ['forget-seen', 'resend-blindly', 'ignore-order'],
  ];
  test.each(groups)(
    '%s, %s, %s',
    async (...broken) => {
      // People who are not answered say little more, and less comes up against the rate.
      const rates = broken.includes('exceed-rate') && { whatsapp: 5, telegram: 4, slack: 3 };
      const settings = { seconds: 25, drainMs: 32_000, ...(rates && { rates }) };
      const { account, told } = await shortRun(broken, settings);
      const failed = account.checks.filter(({ ok }) => !ok).map(({ name }) => name);
      for (const name of broken) {
        const noticed = sabotages[name]?.noticedBy.filter((check) => failed.includes(check));
        expect(noticed, `${name}\n${told}`).not.toEqual([]);
      }
    },
    300_000,
  );

  test('every one of them is among these', () => {
    expect(groups.flat().sort()).toEqual(Object.keys(sabotages).sort());
  });
});
