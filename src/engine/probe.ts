import type { Answers, Flow, Next, Scope, Slot, Step } from './flow.ts';
import type { Option } from './message.ts';

/** Looking at a flow without anybody talking to it, for the check and the fingerprint. */

/** The steps that a step can lead to, in order, each once. */
export function targetsOf(step: Step): readonly string[] {
  if (step.kind === 'end' || step.kind === 'hand_over') return [];
  const targets = branches(step.next);
  return [...new Set(step.kind === 'do' ? [...targets, ...Object.values(step.refused ?? {})] : targets)];
}

function branches(next: Next): readonly string[] {
  return typeof next === 'string'
    ? [next]
    : next.map((branch) => (typeof branch === 'string' ? branch : branch.go));
}

/** Everything that the edges lead to from these steps, themselves included. */
export function closure(
  from: Iterable<string>,
  edges: (step: string) => readonly string[],
): ReadonlySet<string> {
  const reached = new Set(from);
  for (const step of reached) for (const target of edges(step)) reached.add(target);
  return reached;
}

/** The choices that are the same for everybody. Undefined when they depend on who is asked. */
export function fixedOptions(slot: Slot): readonly Option[] | undefined {
  return probe((scope) => slot.options?.(scope) ?? []);
}

/** The flow that follows an end for everybody. Undefined when none does, or when it depends. */
export function fixedThen(step: Step & { kind: 'end' }): string | undefined {
  return probe((scope) => step.then?.(scope)?.flow);
}

/** The flow's functions on an empty scope; whatever needs to know more throws, and is not fixed. */
function probe<T>(look: (scope: Scope) => T): T | undefined {
  try {
    return look(nobody);
  } catch {
    return undefined;
  }
}

const empty: Answers = {};
const nobody: Scope = {
  answers: empty,
  data: empty,
  context: undefined as never, // as for the engine: a flow's own affair
  found: empty,
  lang: 'en',
  now: new Date(0),
  today: '1970-01-01',
};

/** Steps that a conversation can start at. */
export function entriesOf(flow: Flow): readonly string[] {
  return [flow.start, ...(flow.entries ?? [])];
}
