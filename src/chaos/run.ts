import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Account, defaultSeconds } from './account.ts';
import { runChaos } from './chaos.ts';
import { sabotages } from './sabotage.ts';

/** `npm run chaos`: answers the exit code, 0 when every promise was kept and enough was lived through. */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seconds: { type: 'string', default: String(defaultSeconds) },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      json: { type: 'boolean', default: false },
      sabotage: { type: 'string' },
    },
  });
  const [seconds, seed] = [Number(values.seconds), Number(values.seed)];
  const broken = (values.sabotage?.split(',') ?? []).map((kind) => sabotages[kind]);
  if (!(seconds > 0 && seconds <= 3_600) || !Number.isInteger(seed) || broken.includes(undefined)) {
    process.stderr.write(
      `chaos --seconds 1-3600 --seed <whole number> --json --sabotage ${Object.keys(sabotages).join(',')}\n`,
    );
    return 2;
  }
  const preload = broken.map((each) => fileURLToPath(new URL(each?.module ?? '', import.meta.url)));
  const account = await runChaos({
    seconds,
    seed,
    preload,
    say: (line) => process.stderr.write(`${line}\n`),
  });
  process.stdout.write(values.json ? `${JSON.stringify(account)}\n` : written(account));
  return account.ok ? 0 : 1;
}

function written({ checks, exposure, seed, ok }: Account): string {
  const lines = checks.map(
    ({ name, value, limit, ok: kept }) =>
      `${kept ? 'kept  ' : 'BROKEN'}  ${name}: ${value} (${name.startsWith('exposure') ? 'at least' : 'at most'} ${limit})`,
  );
  const lived = Object.entries(exposure).map(([what, count]) => `${what.replaceAll('_', ' ')} ${count}`);
  return `${lines.join('\n')}\nlived through: ${lived.join(', ')}\n${ok ? 'ok' : 'NOT OK'}, seed ${seed}\n`;
}
