import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fingerprint, type Released } from './engine/fingerprint.ts';
import type { Flow } from './engine/flow.ts';

/**
 * Writes down what each live version looks like at its release (rule 23), so that the check notices when one is
 * edited in place. Versions that are already recorded are left alone. Answers the names that were added.
 */
export function releaseFlows(flows: readonly Flow[], file: string): readonly string[] {
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Released) : {}; // written by this function
  const added = flows.filter(({ id, version }) => !(`${id}@${version}` in known));
  const all = {
    ...known,
    ...Object.fromEntries(added.map((flow) => [`${flow.id}@${flow.version}`, fingerprint(flow)])),
  };
  const sorted = Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`);
  return added.map(({ id, version }) => `${id}@${version}`);
}
