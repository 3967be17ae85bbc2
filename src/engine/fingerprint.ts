import type { Flow, Next, Step } from './flow.ts';
import { entriesOf, fixedOptions } from './probe.ts';

/** Fingerprints by `<flow>@<version>`, as kept in `flows/released.json`. */
export type Released = { readonly [version: string]: string };

export type Drift = {
  readonly flow: string;
  readonly problem: 'released_flow_changed' | 'released_flow_missing';
};

/**
 * What people in the middle of a flow rely on (rule 23): its steps, slots, choice ids, branches, and the names of
 * its guards and commands. Texts may change freely; a guard or command whose meaning changes gets a new name.
 */
export function fingerprint(flow: Flow): string {
  const slots = Object.entries(flow.slots).map(([name, slot]) => [
    name,
    slot.kind,
    fixedOptions(slot)?.map(({ id }) => id) ?? 'depends',
  ]);
  const steps = Object.entries(flow.steps).map(([name, step]) => [name, shapeOf(step)]);
  return hash(JSON.stringify([flow.id, flow.version, entriesOf(flow), sorted(slots), sorted(steps)]));
}

/** Released versions that were edited in place, or are gone while `released.json` still promises them. */
export function checkReleased(flows: readonly Flow[], released: Released): readonly Drift[] {
  return Object.entries(released).flatMap(([name, known]): Drift[] => {
    const flow = flows.find(({ id, version }) => `${id}@${version}` === name);
    if (!flow) return [{ flow: name, problem: 'released_flow_missing' }];
    return fingerprint(flow) === known ? [] : [{ flow: name, problem: 'released_flow_changed' }];
  });
}

function shapeOf(step: Step): unknown {
  switch (step.kind) {
    case 'ask':
      return [step.kind, step.slot, step.optional === true, step.unless?.name ?? '', shapeOfNext(step.next)];
    case 'do':
      return [step.kind, step.run.name, sorted(Object.entries(step.refused ?? {})), shapeOfNext(step.next)];
    case 'call':
      return [step.kind, step.flow, shapeOfNext(step.next)];
    case 'hand_over':
      return [step.kind, step.reason];
    case 'end':
      return [step.kind, step.then?.name ?? ''];
    default:
      return [step.kind, shapeOfNext(step.next)];
  }
}

function shapeOfNext(next: Next): unknown {
  if (typeof next === 'string') return next;
  return next.map((branch) => (typeof branch === 'string' ? branch : [branch.when.name, branch.go]));
}

/** By name: the order in which a file lists its steps means nothing. */
function sorted<T extends readonly unknown[]>(entries: readonly T[]): readonly T[] {
  return [...entries].sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));
}

/** FNV-1a, 64 bits in hexadecimal: against accidents, not against forgers. */
function hash(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i += 1) {
    value = BigInt.asUintN(64, (value ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n);
  }
  return value.toString(16).padStart(16, '0');
}
