import type { Flow, Next, Step } from '../engine/flow.ts';
import { entriesOf, fixedOptions, fixedThen } from '../engine/probe.ts';

/**
 * One conversation as a Mermaid flowchart: questions slanted, decisions as diamonds, deeds as boxes with double sides,
 * guards on the arrows. A thick arrow leads in.
 */
export function drawFlow(flow: Flow): string {
  const steps = Object.entries(flow.steps);
  return [
    'flowchart TD',
    `  in(["${flow.id}@${flow.version}"])`,
    ...steps.map(([name, step]) => `  ${nodeOf(name)}${shape(flow, name, step)}`),
    ...entriesOf(flow).map((entry) => `  in ==> ${nodeOf(entry)}`),
    ...steps.flatMap(([name, step]) => edges(name, step)),
    '',
  ].join('\n');
}

function nodeOf(step: string): string {
  // "end" and some other words mean something to Mermaid.
  return `s_${step.replace(/[^A-Za-z0-9_]/g, '_')}`;
}

function shape(flow: Flow, name: string, step: Step): string {
  switch (step.kind) {
    case 'ask': {
      const slot = flow.slots[step.slot];
      const options = slot && fixedOptions(slot);
      const choices = options?.length ? `<br/>${options.map(({ id }) => id).join(' · ')}` : '';
      return `[/"${name}: ${slot?.kind ?? '?'}${step.optional ? ', may be skipped' : ''}${choices}"/]`;
    }
    case 'review':
      return `[/"${name}: summary"/]`;
    case 'decide':
      return `{"${name}"}`;
    case 'do':
      return `[["${name}: ${step.run.name}"]]`;
    case 'call':
      return `[["${name}: calls ${step.flow}"]]`;
    case 'hand_over':
      return `(["${name}: a person (${step.reason})"])`;
    case 'end': {
      const then = fixedThen(step);
      return `(["${name}${then ? `, then ${then}` : ''}"])`;
    }
    default:
      return `["${name}"]`;
  }
}

function edges(name: string, step: Step): readonly string[] {
  if (step.kind === 'end' || step.kind === 'hand_over') return [];
  const from = nodeOf(name);
  const arrow = (to: string, label = '') => `  ${from} -->${label && `|"${label}"|`} ${nodeOf(to)}`;
  const onwards = branchesOf(step.next).map(({ go, when }) => arrow(go, when));
  if (step.kind === 'ask' && step.unless) onwards.unshift(`  %% passed over when ${step.unless.name}`);
  if (step.kind !== 'do') return onwards;
  const refused = Object.entries(step.refused ?? {}).map(
    ([why, to]) => `  ${from} -.->|"${why}"| ${nodeOf(to)}`,
  );
  return [...onwards, ...refused];
}

function branchesOf(next: Next): readonly { readonly go: string; readonly when: string }[] {
  if (typeof next === 'string') return [{ go: next, when: '' }];
  return next.map((branch) =>
    typeof branch === 'string' ? { go: branch, when: 'else' } : { go: branch.go, when: branch.when.name },
  );
}
