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
import type { Program } from '../engine/flow.ts';
import { type ClassOf, consequences } from './commit.ts';
import { type Clock, type Fired, type Log, type Measures, Unavailable } from './ports.ts';
import type { Store } from './store.ts';

/** Timers as rows (rule 22): what is due at an instant, and when the next is. */
export type Timers = {
  due(now: Date, limit: number): Promise<readonly Due[]>;
  /** The first due time of a timer or of a message that waits for one, after `now`; null when none. */
  next(now: Date): Promise<Date | null>;
  /** What the timer is about, as it is now. Null when it is gone. */
  subject(due: Due): Promise<TimerSubject | null>;
  /** How the other timers of an assignment stand, and what became of a question, as far as that is asked for. */
  facts(assignment: Assignment, needed: FactsNeeded): Promise<Facts>;
  /** Leaves a timer alone until then (programme time). */
  wait(due: Due, until: Date): Promise<void>;
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

/** Fires every timer that is due, each in a transaction with what it changes. Answers how many fired. */
export async function wake(deps: Deps): Promise<number> {
  let fired = 0;
  for (;;) {
    const due = await deps.timers.due(deps.clock.now(), batch);
    if (due.length === 0) return fired;
    for (const timer of due) await deps.measures.timer(timer.line, () => fireOrTell(deps, timer));
    fired += due.length;
    deps.committed();
  }
}

/** One timer that cannot be fired stops no other: it is done with, and the coordinators hear of it (as rule 6 for turns). */
async function fireOrTell(deps: Deps, due: Due): Promise<Fired> {
  try {
    return await fire(deps, due);
  } catch (error) {
    if (error instanceof Unavailable) throw error;
    deps.log.error({ err: error, timer: due.id, line: due.line }, 'a timer could not be fired');
    const key = 'staff.timer_failed.text';
    await deps.store.save({
      at: deps.clock.now(),
      fired: due.id,
      turn: { kind: 'timer', flow: due.line, version: null, stepBefore: null, stepAfter: null, trips: 2 },
      deeds: [],
      messages: [
        {
          lane: 'proactive',
          class: 'service',
          key,
          to: { kind: 'coordinators' },
          plain: { key, params: { line: due.line } },
        },
      ],
      answered: [],
      keys: new Map(),
    });
    return 'failed';
  }
}

async function fire(deps: Deps, due: Due): Promise<Fired> {
  const { store, clock, timers } = deps;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const now = clock.now();
    const subject = await timers.subject(due);
    const verdict = await verdictOf(timers, due, subject, now);
    if (verdict.kind === 'wait') {
      await timers.wait(due, new Date(verdict.until));
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
  deps.log.error({ timer: due.id, line: due.line }, 'a timer lost every race and stays due');
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
