import type { Program } from '../engine/flow.ts';
import { type ClassOf, outgoingOf } from './commit.ts';
import { type Clock, type Log, type Measures, Unavailable } from './ports.ts';
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
 * A word that comes at the same moment wins: then nothing is sent. One whose reminder fails holds up nobody else, and is
 * tried again at the next look.
 */
export async function nudgeSilent(deps: Deps): Promise<number> {
  let sent = 0;
  const failed = new Set<number>();
  for (;;) {
    const now = deps.clock.now();
    const found = await deps.silence.due(now, batch + failed.size);
    const due = found.filter(({ conversation }) => !failed.has(conversation));
    if (due.length === 0) break;
    for (const one of due) {
      if (await reminded(deps, one, now)) sent += 1;
      else failed.add(one.conversation);
    }
    deps.committed();
  }
  await deps.silence.letGo(deps.clock.now());
  return sent;
}

async function reminded(deps: Deps, one: Silent, now: Date): Promise<boolean> {
  try {
    return (await deps.measures.timer(line, () => nudge(deps, one, now))) !== 'stale';
  } catch (error) {
    if (error instanceof Unavailable) throw error;
    deps.log.error({ err: error, conversation: one.conversation }, 'a reminder could not be sent');
    return false;
  }
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
