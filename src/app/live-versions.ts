import type { Program } from '../engine/flow.ts';

/** A version of a conversation that people are in the middle of, or that an unanswered message would open. */
export type LiveVersion = {
  readonly flow: string;
  readonly version: number;
  readonly sessions: number;
  readonly messages: number;
};

/**
 * Why this build must not start, in one line: it lacks versions that people are in (promise 8). Null when it has
 * them all.
 */
export function refusalOf(live: readonly LiveVersion[], program: Pick<Program, 'flow'>): string | null {
  const lacking = live.filter(({ flow, version }) => !program.flow(flow, version));
  if (lacking.length === 0) return null;
  const names = lacking.map(
    ({ flow, version, sessions, messages }) =>
      `${flow}@${version} (${[count(sessions, 'open session'), count(messages, 'unanswered message')].filter(Boolean).join(', ')})`,
  );
  const [it, its] = lacking.length === 1 ? ['it', 'its'] : ['them', 'their'];
  return `This build lacks ${names.join(' and ')}: start one that has ${it}, or move ${its} people with "npm run intumwa -- flows migrate".`;
}

function count(n: number, what: string): string {
  return n === 0 ? '' : `${n} ${what}${n === 1 ? '' : 's'}`;
}
