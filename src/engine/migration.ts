import type { Answers, Flow, Program } from './flow.ts';
import { fixedOptions } from './probe.ts';
import type { Frame, Session } from './session.ts';
import { markOf, questionIn, stepIn, type Trail } from './trail.ts';

/**
 * How people in the middle of one version of a conversation go on in the next (promise 8). Declared in
 * `flows/migrations.ts`, pure, and tried on live sessions before it is done.
 */
export type Migration = {
  readonly flow: string;
  readonly from: number;
  readonly to: number;
  /** Where a step that the new version lacks, or means otherwise, goes on. Steps of the same name need no line. */
  readonly steps?: { readonly [step: string]: string };
  /** The answers as the new version's slots want them; those it does not know may stay. */
  readonly answers?: (answers: Answers) => Answers;
};

export type Moved =
  | { readonly ok: true; readonly session: Session; readonly moved: readonly string[] }
  /** Nothing of this session can be moved; `at` is the `flow@version.step` that stands in the way. */
  | { readonly ok: false; readonly at: string; readonly why: string };

/** One session in the newest versions that migrations lead to. What has no migration stays as it is. */
export function migrateSession(session: Session, migrations: readonly Migration[], program: Program): Moved {
  const stack: Frame[] = [];
  const moved: string[] = [];
  for (const frame of session.stack) {
    const result = migrateFrame(frame, migrations, program);
    if (!result.ok) return result;
    if (result.frame !== frame) moved.push(`${frame.flow}@${frame.version}`);
    stack.push(result.frame);
  }
  return { ok: true, session: moved.length > 0 ? { ...session, stack } : session, moved };
}

export function migrateFrame(
  frame: Frame,
  migrations: readonly Migration[],
  program: Program,
): { readonly ok: true; readonly frame: Frame } | (Moved & { readonly ok: false }) {
  const at = `${frame.flow}@${frame.version}.${frame.step}`;
  let next = frame;
  for (;;) {
    const migration = migrations.find(({ flow, from }) => flow === next.flow && from === next.version);
    if (!migration) break;
    if (migration.to <= migration.from) return { ok: false, at, why: 'a migration leads forwards' };
    next = applied(next, migration, program.flow(migration.flow, migration.to));
  }
  const why = whyNot(next, program.flow(next.flow, next.version));
  return why === null ? { ok: true, frame: next } : { ok: false, at, why };
}

function applied(frame: Frame, { to, steps = {}, answers }: Migration, flow: Flow | undefined): Frame {
  const renamed = (step: string) => (Object.hasOwn(steps, step) ? (steps[step] ?? step) : step);
  // A way back that leads over a step that is gone is shorter by that step.
  const kept = (trail: Trail) =>
    trail
      .map((mark) => markOf(renamed(stepIn(mark)), questionIn(mark)))
      .filter((mark) => flow?.steps[stepIn(mark)]?.kind === 'ask');
  const step = renamed(frame.step);
  const { aside, page: _, revisit, ...rest } = frame;
  return {
    ...rest,
    version: to,
    step,
    answers: answers ? answers(frame.answers) : frame.answers,
    trail: kept(frame.trail),
    ...(revisit && { revisit: kept(revisit) }),
    // A question of the engine's own about a step that stays is still a good question.
    ...(aside && step === frame.step && { aside }),
  };
}

/** Why nobody could go on in this frame; null when they can. */
function whyNot(frame: Frame, flow: Flow | undefined): string | null {
  if (!flow) return `this build has no ${frame.flow}@${frame.version}`;
  const step = flow.steps[frame.step];
  if (!step)
    return `version ${flow.version} has no step "${frame.step}", and the migration does not say where to go`;
  const waits = frame.q !== undefined;
  if (waits && step.kind !== 'ask' && step.kind !== 'review')
    return `a question was open, and "${frame.step}" of version ${flow.version} is none`;
  if (!waits && step.kind !== 'call')
    return `something was called, and "${frame.step}" of version ${flow.version} calls nothing`;
  for (const [name, value] of Object.entries(frame.answers)) {
    const slot = flow.slots[name];
    if (!slot || slot.fromOption || slot.kind !== 'choice' || value === null || value === undefined) continue;
    const options = fixedOptions(slot);
    // Named, never quoted: an answer belongs to a person.
    if (options && !options.some(({ id }) => id === value))
      return `the answer to "${name}" is no choice of version ${flow.version}`;
  }
  return null;
}
