import type { Program } from '../engine/flow.ts';
import { type ClassOf, outgoingOf } from './commit.ts';
import type { Clock, Log, Measures } from './ports.ts';
import type { Store } from './store.ts';

/** Conversations in whose middle somebody fell silent (domain/silence.ts says when they are reminded). */
export type Silence = {
  /** Whose reminder is due and may go, the longest due first. */
  due(now: Date, limit: number): Promise<readonly Silent[]>;
  /** Reminders that could not go for so long that nobody remembers. */
  letGo(now: Date): Promise<void>;
};

export type Silent = {
  readonly conversation: number;
  readonly flow: string;
  /** Reminders that may follow this one. */
  readonly left: number;
  /** The last word. */
  readonly since: Date;
};

type Deps = {
  readonly silence: Silence;
  readonly store: Pick<Store, 'save'>;
  readonly program: Program;
  readonly classOf: ClassOf;
  readonly clock: Clock;
  readonly log: Log;
  readonly measures: Pick<Measures, 'timer'>;
  readonly committed: () => void;
};

const batch = 50;
const line = 'silence.nudge';

/**
 * Reminds everybody who fell silent in the middle of something, once for each time that is due. Answers how many went.
 * A word that comes at the same moment wins: then nothing is sent.
 */
export async function nudgeSilent(deps: Deps): Promise<number> {
  let sent = 0;
  for (;;) {
    const now = deps.clock.now();
    const due = await deps.silence.due(now, batch);
    if (due.length === 0) break;
    for (const one of due) await deps.measures.timer(line, () => nudge(deps, one, now));
    sent += due.length;
    deps.committed();
  }
  await deps.silence.letGo(deps.clock.now());
  return sent;
}

async function nudge({ store, program, classOf, log }: Deps, silent: Silent, now: Date) {
  const { conversation, since, left } = silent;
  const saved = await store.save({
    at: now,
    nudged: { conversation, since, left },
    turn: { kind: 'timer', flow: line, version: null, stepBefore: null, stepAfter: null, trips: 2 },
    deeds: [],
    messages: [
      outgoingOf(
        {
          kind: 'message',
          to: { kind: 'conversation', conversationId: conversation },
          key: 'resume.invite.text',
          params: {},
          opens: { flow: 'resume', step: 'answer', data: {} },
        },
        program,
        classOf,
      ),
    ],
    answered: [],
    keys: new Map(),
  });
  if (saved.kind === 'stale') {
    // Nothing in it can be: the next look tries again.
    log.warn({ conversation }, 'a reminder was refused');
    return 'stale' as const;
  }
  return saved.kind === 'saved' ? ('fired' as const) : ('duplicate' as const);
}
