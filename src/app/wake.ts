import { type Draft, fireDraft } from '../domain/draft.ts';
import { fireApplication, fireAssignment, fireMission } from '../domain/fire.ts';
import type { Application, Assignment, Deed, Mission } from '../domain/model.ts';
import { toCoordinators } from '../domain/reactions/about.ts';
import type { Program } from '../engine/flow.ts';
import { type ClassOf, consequences, outgoingOf } from './commit.ts';
import { type Clock, type Fired, type Log, type Measures, Unavailable } from './ports.ts';
import type { Store } from './store.ts';

/** Timers as rows (rule 22): what is due at an instant, and when the next is. */
export type Timers = {
  due(now: Date, limit: number): Promise<readonly Due[]>;
  /** The first due time of a timer or of a message that waits for one, after `now`; null when none. */
  next(now: Date): Promise<Date | null>;
  /** What the timer is about, as it is now. Null when it is gone. */
  subject(due: Due): Promise<TimerSubject | null>;
  /** Leaves a timer that could not be fired alone for a while (machine time). Answers how often that happened to it. */
  setAside(due: Due): Promise<number>;
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

/** After so many failures of one timer the coordinators hear of it; a race that is lost may be won the next time. */
const alarmingTries = { threw: 1, stale: 3 };

/**
 * Fires every timer that is due, each in a transaction with what it changes. One that cannot be fired is set aside and
 * holds up no other; only an unreachable database ends the round. Answers how many fired.
 */
export async function wake(deps: Deps): Promise<number> {
  let fired = 0;
  for (;;) {
    const due = await deps.timers.due(deps.clock.now(), batch);
    if (due.length === 0) return fired;
    for (const timer of due) if (await fireOrSetAside(deps, timer)) fired += 1;
    deps.committed();
  }
}

async function fireOrSetAside(deps: Deps, due: Due): Promise<boolean> {
  const { log, measures, timers } = deps;
  const facts = { timer: due.id, line: due.line, subject: due.subject };
  let failed: keyof typeof alarmingTries = 'stale';
  try {
    if ((await measures.timer(due.line, () => fire(deps, due))) !== 'stale') return true;
    log.error(facts, 'a timer lost every race');
  } catch (error) {
    if (error instanceof Unavailable) throw error;
    log.error({ err: error, ...facts }, 'a timer could not be fired');
    failed = 'threw';
  }
  // Of replicas that fail together, one counts to the number.
  if ((await timers.setAside(due)) === alarmingTries[failed]) await alarm(deps, due);
  return false;
}

async function alarm({ store, clock, program, classOf, log }: Deps, { id, line }: Due): Promise<void> {
  const what = line.replace(/[._]/g, ' ');
  const intent = toCoordinators('staff.timer.text', { what });
  try {
    await store.save({
      at: clock.now(),
      turn: { kind: 'timer', flow: line, version: null, stepBefore: null, stepAfter: null, trips: 1 },
      deeds: [],
      messages: [outgoingOf(intent, program, classOf)],
      answered: [],
      keys: new Map(),
    });
  } catch (error) {
    if (error instanceof Unavailable) throw error;
    log.error({ err: error, timer: id }, 'nobody could be told of a timer');
  }
}

async function fire(deps: Deps, due: Due): Promise<Fired> {
  const { store, clock } = deps;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const now = clock.now();
    const subject = await deps.timers.subject(due);
    const deeds = subject ? deedsOf(due.line, subject, now) : [];
    const saved = await store.save({
      at: now,
      fired: due.id,
      turn: { kind: 'timer', flow: due.line, version: null, stepBefore: null, stepAfter: null, trips: 2 },
      deeds,
      messages: consequences(deeds, deps.program, deps.classOf),
      answered: [],
      keys: new Map(),
    });
    if (saved.kind !== 'stale') return saved.kind === 'saved' ? 'fired' : 'duplicate';
  }
  return 'stale';
}

function deedsOf(line: string, subject: TimerSubject, now: Date): readonly Deed[] {
  switch (subject.kind) {
    case 'assignment':
      return fireAssignment(line, subject.assignment, now);
    case 'mission':
      return fireMission(line, subject.mission, now);
    case 'application':
      return fireApplication(line, subject.application, subject.mission, now);
    case 'person':
      return fireDraft(line, subject.draft, now);
  }
}
