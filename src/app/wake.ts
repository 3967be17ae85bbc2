import { type Draft, fireDraft } from '../domain/draft.ts';
import {
  type FactsNeeded,
  factsNeeded,
  fireApplication,
  fireAssignment,
  fireMission,
  judgeAssignment,
} from '../domain/fire.ts';
import type { Facts, Verdict } from '../domain/late.ts';
import type { Application, Assignment, Deed, Mission } from '../domain/model.ts';
import { toCoordinators } from '../domain/reactions/about.ts';
import type { Program } from '../engine/flow.ts';
import { type ClassOf, consequences, outgoingOf } from './commit.ts';
import { type Clock, type Fired, type Log, type Measures, Unavailable } from './ports.ts';
import type { Outgoing, Store } from './store.ts';
import { afterTrouble, type Trouble } from './timer-trouble.ts';

/** Timers as rows (rule 22): what is due at an instant, and when the next is. */
export type Timers = {
  due(now: Date, limit: number): Promise<readonly Due[]>;
  /** The first due time of a timer or of a message that waits for one, after `now`; null when none. */
  next(now: Date): Promise<Date | null>;
  /** What the timer is about, as it is now. Null when it is gone. */
  subject(due: Due): Promise<TimerSubject | null>;
  /** How the other timers of an assignment stand, and what became of a question, as far as that is asked for. */
  facts(assignment: Assignment, needed: FactsNeeded): Promise<Facts>;
  /** Leaves a timer alone until then (programme time); `tries` is how often it failed. */
  wait(due: Due, until: Date, tries: number): Promise<void>;
};

export type TimerSubject =
  | { readonly kind: 'assignment'; readonly assignment: Assignment }
  | { readonly kind: 'mission'; readonly mission: Mission }
  | { readonly kind: 'application'; readonly application: Application; readonly mission: Mission }
  | { readonly kind: 'person'; readonly draft: Draft };

export type Due = {
  readonly id: number;
  readonly subject: { readonly kind: string; readonly id: number };
  readonly line: string;
  /** How often firing it failed. */
  readonly tries: number;
};

type Deps = {
  readonly timers: Timers;
  readonly store: Store;
  readonly program: Program;
  readonly classOf: ClassOf;
  readonly clock: Clock;
  readonly log: Log;
  readonly measures: Measures;
  readonly committed: () => void;
};

const batch = 50;
const attempts = 5;

/**
 * Fires every timer that is due, each in a transaction with what it changes. One that cannot be fired is set aside for a
 * while and holds up its own ladder alone; only an unreachable database ends the look. Answers how many were seen to.
 */
export async function wake(deps: Deps): Promise<number> {
  let done = 0;
  for (;;) {
    const due = await deps.timers.due(deps.clock.now(), batch);
    if (due.length === 0) return done;
    const stopped = new Set<string>();
    for (const timer of due) {
      if (stopped.has(ladderOf(timer))) continue;
      const fired = await deps.measures.timer(timer.line, () => fireOrSetAside(deps, timer));
      if (fired === 'failed' || fired === 'stale') stopped.add(ladderOf(timer));
    }
    done += due.length;
    deps.committed();
  }
}

/** Lines of one subject that begin alike follow each other. */
function ladderOf({ subject, line }: Due): string {
  return `${subject.kind} ${subject.id} ${line.split('.')[0]}`;
}

async function fireOrSetAside(deps: Deps, due: Due): Promise<Fired> {
  try {
    const fired = await fire(deps, due);
    if (fired !== 'stale') return fired;
    deps.log.warn({ timer: due.id, line: due.line }, 'a timer lost every race');
    return await setAside(deps, due, 'stale');
  } catch (error) {
    if (error instanceof Unavailable) throw error;
    deps.log.error({ err: error, timer: due.id, line: due.line }, 'a timer could not be fired');
    return setAside(deps, due, { threw: error });
  }
}

async function setAside(deps: Deps, due: Due, trouble: Trouble): Promise<Fired> {
  const { timers, store, clock } = deps;
  const now = clock.now();
  const next = afterTrouble(trouble, due.tries);
  if (next.kind === 'again')
    await timers.wait(due, new Date(now.getTime() + next.afterMinutes * 60_000), due.tries + 1);
  if (next.kind === 'give_up' || next.tell)
    await store.save({
      at: now,
      ...(next.kind === 'give_up' && { fired: due.id }),
      turn: { kind: 'timer', flow: due.line, version: null, stepBefore: null, stepAfter: null, trips: 2 },
      deeds: [],
      messages: [await word(deps, due, next.kind === 'give_up' ? 'failed' : 'late')],
      answered: [],
      keys: new Map(),
    });
  if (next.kind === 'give_up') return 'given_up';
  return trouble === 'stale' ? 'stale' : 'failed';
}

/** To the coordinators: which step, of what, as far as that can be read. */
async function word({ timers, classOf, program }: Deps, due: Due, how: 'failed' | 'late'): Promise<Outgoing> {
  const subject = await timers.subject(due).catch((error: unknown) => {
    if (error instanceof Unavailable) throw error;
    return null;
  });
  const code =
    subject?.kind === 'assignment'
      ? subject.assignment.code
      : subject?.kind === 'person'
        ? null
        : subject?.mission.code;
  const line = code ? `${code}, ${due.line}` : due.line;
  return outgoingOf(toCoordinators(`staff.timer_${how}.text`, { line }), program, classOf);
}

async function fire(deps: Deps, due: Due): Promise<Fired> {
  const { store, clock, timers } = deps;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const now = clock.now();
    const subject = await timers.subject(due);
    const verdict = await verdictOf(timers, due, subject, now);
    if (verdict.kind === 'wait') {
      await timers.wait(due, new Date(verdict.until), 0);
      return 'waiting';
    }
    const { id, line } = (verdict.kind === 'fire' && verdict.by) || due;
    const together = verdict.kind === 'fire' ? verdict.together : [];
    const deeds = subject && verdict.kind === 'fire' ? deedsOf(line, subject, now, together) : [];
    const stepAfter = verdict.kind === 'skip' ? 'skipped' : null;
    const saved = await store.save({
      at: now,
      fired: id,
      turn: { kind: 'timer', flow: line, version: null, stepBefore: null, stepAfter, trips: 2 },
      deeds,
      messages: consequences(deeds, deps.program, deps.classOf),
      answered: [],
      keys: new Map(),
    });
    if (saved.kind === 'duplicate') return 'duplicate';
    if (saved.kind === 'saved') return verdict.kind === 'skip' ? 'skipped' : 'fired';
  }
  return 'stale';
}

const atOnce: Verdict = { kind: 'fire', by: null, together: [] };

/** How late it is, and what that means (rule 21). Only the calendar of an assignment asks. */
async function verdictOf(
  timers: Timers,
  { line }: Due,
  subject: TimerSubject | null,
  now: Date,
): Promise<Verdict> {
  if (subject?.kind !== 'assignment') return atOnce;
  const { assignment } = subject;
  const facts = await timers.facts(assignment, factsNeeded(line, assignment));
  return judgeAssignment(line, assignment, facts, now);
}

function deedsOf(
  line: string,
  subject: TimerSubject,
  now: Date,
  together: readonly string[],
): readonly Deed[] {
  switch (subject.kind) {
    case 'assignment':
      return fireAssignment(line, subject.assignment, now, together);
    case 'mission':
      return fireMission(line, subject.mission, now);
    case 'application':
      return fireApplication(line, subject.application, subject.mission, now);
    case 'person':
      return fireDraft(line, subject.draft, now);
  }
}
