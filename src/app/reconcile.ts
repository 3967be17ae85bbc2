import { type ChannelName, type Clock, type Delivery, type Log, Unavailable } from './ports.ts';
import { type Preparing, prepare } from './prepare.ts';
import { type Change, type Row, repeated } from './queue.ts';

/** Asks a provider whether a message went out (rule 17). `since` is programme time. */
export type LookUp = (
  question: Omit<Delivery, 'windowOpen'> & { readonly since: Date },
) => Promise<
  | { readonly kind: 'found'; readonly providerId: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'cannot_tell'; readonly detail: string }
>;

type Deps = Preparing & {
  /** A channel that is missing here cannot be asked. */
  readonly lookUps: ReadonlyMap<ChannelName, LookUp>;
  readonly clock: Clock;
  readonly log: Log;
  /** Machine randomness for jitter, 0 to 1. */
  readonly random: () => number;
};

const batch = 20;
/**
 * "Not there" counts only this long after the row was taken, in machine time: it may have waited 15 s for its turn, its
 * call may have taken 15 s (Slack 10) to be given up, and Twilio's list may lag 20 s behind what came at the last
 * moment. A call that is known to be over counts as those first 25 s (`waitedMs`). Reckoned from the row, not from our
 * first question, so that a restart does not begin anew.
 */
const lagMs: Readonly<Record<ChannelName, number>> = { whatsapp: 52_000, slack: 30_000, telegram: 0 };
/**
 * Where nobody can be asked it is sent again so often, each time after another unknown outcome, before we give up: the
 * first time at once, then after 14 s, and twice as long each time, which is half an hour in all.
 */
const mostRepeats = 8;
const firstRepeatMs = 7_000;
/** After so long without an answer from the provider the row is a dead letter for a person to decide. */
const giveUpMs = 10 * 60_000;

/**
 * Settles sends of unknown outcome: what the provider knows is sent, what it surely does not know goes again, and
 * where nobody can be asked (Telegram) it is sent once more and said so. Answers how many rows were looked at.
 */
export function reconciler(deps: Deps): () => Promise<number> {
  return async () => {
    const now = deps.clock.now();
    const rows = await deps.queue.lost(now, batch);
    const changes = await Promise.all(rows.map(async (row) => ({ row, change: await settled(deps, row) })));
    if (changes.length > 0) await deps.queue.settle(changes, deps.clock.now());
    return rows.length;
  };
}

/** One row that cannot be asked about must not keep the others from it. */
async function settled(deps: Deps, row: Row): Promise<Change> {
  try {
    return await judge(deps, row);
  } catch (error) {
    if (error instanceof Unavailable) throw error;
    deps.log.error({ err: error, ledger: row.id }, 'outcome of a send could not be asked about');
    return { state: 'unknown', detail: 'could not be asked' };
  }
}

async function judge(deps: Deps, row: Row): Promise<Change> {
  const now = deps.clock.now();
  const lookUp = deps.lookUps.get(row.channel);
  if (!lookUp) {
    const repeats = row.mayRepeat ? row.times : 0;
    if (repeats >= mostRepeats) return { state: 'failed', reason: 'outcome unknown again and again' };
    return {
      state: 'queued',
      dueAt: repeatAt(repeats, now, deps.random),
      detail: repeated,
      mayRepeat: true,
    };
  }
  const { windowOpen: _, ...left } = await prepare(deps, row, row.triedAt, 'in every form');
  const found = await lookUp({ ...left, since: row.triedAt });
  if (found.kind === 'found') return { state: 'sent', providerId: found.providerId };
  if (found.kind === 'absent' && row.waitedMs >= lagMs[row.channel])
    return { state: 'queued', dueAt: now, detail: 'the provider never had it' };
  if (row.waitedMs >= giveUpMs) {
    deps.log.error({ ledger: row.id, channel: row.channel }, 'outcome of a send could not be learnt');
    return { state: 'failed', reason: 'outcome unknown' };
  }
  return { state: 'unknown', detail: found.kind === 'absent' ? 'not there yet' : found.detail };
}

function repeatAt(repeats: number, now: Date, random: () => number): Date {
  if (repeats === 0) return now;
  return new Date(now.getTime() + firstRepeatMs * 2 ** repeats * (0.5 + random()));
}
