import { cpus } from 'node:os';
import { advanceRow } from './advance-row.ts';
import { broadcastRow } from './broadcast-row.ts';
import { budgetRow } from './budget-row.ts';
import { dispatchRow } from './dispatch-row.ts';
import { openGround } from './ground.ts';
import { largeRow } from './large-row.ts';
import { readingRow } from './reading-row.ts';
import { lines } from './report.ts';
import { type Check, fullSize, quickSize, type Result, type Row, type Size } from './row.ts';
import { turnRow } from './turn-row.ts';

export const rows: Readonly<Record<string, Row>> = {
  advance: advanceRow,
  reading: readingRow,
  turn: turnRow,
  broadcast: broadcastRow,
  dispatch: dispatchRow,
  budget: budgetRow,
  large: largeRow,
};

export type Wanted = {
  readonly json: boolean;
  /** Names of rows; all when empty. */
  readonly only: readonly string[];
  /** Everything once and small: the figures mean nothing, and nothing has to be reached. */
  readonly quick: boolean;
  /** Past messages of the large row, where not ten million. */
  readonly messages?: number;
  readonly write: (text: string) => void;
};

export type Report = {
  readonly quick: boolean;
  readonly machine: { readonly processors: number; readonly model: string; readonly node: string };
  readonly seconds: number;
  readonly rows: Readonly<Record<string, Result & { readonly what: string }>>;
  /** Those of all rows, each with its row's name. */
  readonly checks: readonly Check[];
  /** Every one of them was reached. */
  readonly ok: boolean;
  /** Nothing here is left to chance. */
  readonly seed: null;
};

/** `npm run bench`: measures the rows, one after the other. Exit code 1 when something that must be reached is not. */
export async function runBench({ json, only, quick, messages, write }: Wanted): Promise<number> {
  const unknown = only.filter((name) => !Object.hasOwn(rows, name));
  if (unknown.length > 0) {
    write(`there is no row "${unknown.join('", "')}"; there are ${Object.keys(rows).join(', ')}\n`);
    return 1;
  }
  const size: Size = quick ? quickSize : fullSize;
  const sized = messages === undefined ? size : { ...size, large: { ...size.large, messages } };
  const say = (line: string) => {
    if (!json) write(`${line}\n`);
  };
  const started = performance.now();
  const ground = await openGround(sized, say);
  try {
    const measured: { [name: string]: Result & { readonly what: string } } = {};
    for (const [name, row] of Object.entries(rows)) {
      if (only.length > 0 && !only.includes(name)) continue;
      measured[name] = { what: row.what, ...(await row.measure(ground)) };
      for (const line of lines(name, measured[name])) say(line);
    }
    const checks = Object.entries(measured).flatMap(([row, { checks }]) =>
      checks.map((check) => ({ ...check, name: `${row}: ${check.name}` })),
    );
    const report: Report = {
      quick,
      machine: machine(),
      seconds: Math.round((performance.now() - started) / 1000),
      rows: measured,
      checks,
      ok: checks.every(({ ok }) => ok),
      seed: null,
    };
    if (json) write(`${JSON.stringify(report)}\n`);
    say(verdict(report));
    return report.ok || quick ? 0 : 1;
  } finally {
    await ground.close();
  }
}

function machine(): Report['machine'] {
  const all = cpus();
  return { processors: all.length, model: all[0]?.model ?? 'unknown', node: process.version };
}

function verdict({ quick, seconds, ok, machine: { processors, model, node } }: Report): string {
  const end = quick ? 'A quick run: its figures mean nothing.' : ok ? 'All reached.' : 'Not all reached.';
  return `\n${end}  ${seconds} s on ${processors} × ${model}, Node ${node}`;
}
