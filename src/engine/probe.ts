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

/** The queries that a command asks for whoever it is about. Empty when that depends. */
export function fixedNeeds(step: Step & { kind: 'do' }): readonly string[] {
  return probe((scope) => step.needs?.(scope).map(({ query }) => query)) ?? [];
}

/** The functions of a step whose names are part of the fingerprint. */
export function namedIn(step: Step): readonly { readonly name: string }[] {
  if (step.kind === 'end' || step.kind === 'hand_over') return [];
  const guards =
    typeof step.next === 'string'
      ? []
      : step.next.flatMap((branch) => (typeof branch === 'string' ? [] : [branch.when]));
  if (step.kind === 'do') return [step.run, ...guards];
  return step.kind === 'ask' && step.unless ? [step.unless, ...guards] : guards;
}

/** Whether somebody whom no guard lets through still goes somewhere: the type says so, data of another build may not. */
export function hasFallback(step: Step): boolean {
  if (step.kind === 'end' || step.kind === 'hand_over' || typeof step.next === 'string') return true;
  return typeof step.next.at(-1) === 'string';
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
