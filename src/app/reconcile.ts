import type { ChannelName, Clock, Log } from './ports.ts';
import { type Preparing, prepare } from './prepare.ts';
import type { Change, Row } from './queue.ts';

/** Asks a provider whether a message went out (rule 17). `since` is programme time. */
export type LookUp = (question: {
  readonly ledgerId: string;
  readonly address: string;
  readonly since: Date;
  readonly text: string;
}) => Promise<
  | { readonly kind: 'found'; readonly providerId: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'cannot_tell'; readonly detail: string }
>;

type Deps = Preparing & {
  /** A channel that is missing here cannot be asked. */
  readonly lookUps: ReadonlyMap<ChannelName, LookUp>;
  readonly clock: Clock;
  readonly log: Log;
  /** Machine time, ms. */
  readonly machineNow: () => number;
};

const batch = 20;
/** A provider's list may lag: "not there" counts only this long after the first question (Twilio: 20 s). */
const lagMs = 25_000;
/** After so long without an answer from the provider the row is a dead letter for a person to decide. */
const giveUpMs = 10 * 60_000;

/**
 * Settles sends of unknown outcome: what the provider knows is sent, what it surely does not know goes again, and
 * where nobody can be asked (Telegram) it is sent once more and said so. Answers how many rows were looked at.
 */
export function reconciler(deps: Deps): () => Promise<number> {
  // When a row was first asked about, machine time. Lost at a crash, which only means asking a little longer.
  const asked = new Map<number, number>();
  return async () => {
    const now = deps.clock.now();
    const rows = await deps.queue.lost(now, batch);
    const changes = await Promise.all(
      rows.map(async (row) => ({ row, change: await judge(deps, row, asked) })),
    );
    if (changes.length > 0) await deps.queue.settle(changes, deps.clock.now());
    for (const { row, change } of changes) if (change.state !== 'unknown') asked.delete(row.id);
    return rows.length;
  };
}

async function judge(deps: Deps, row: Row, asked: Map<number, number>): Promise<Change> {
  const now = deps.clock.now();
  const lookUp = deps.lookUps.get(row.channel);
  if (!lookUp) {
    if (row.mayRepeat) return { state: 'failed', reason: 'outcome unknown twice' };
    return { state: 'queued', dueAt: now, detail: 'outcome unknown, sent once more', mayRepeat: true };
  }
  const first = asked.get(row.id) ?? deps.machineNow();
  asked.set(row.id, first);
  const waited = deps.machineNow() - first;
  const { message } = await prepare(deps, row, row.triedAt);
  const found = await lookUp({
    ledgerId: String(row.id),
    address: row.to.address,
    since: row.triedAt,
    text: message.text,
  });
  if (found.kind === 'found') return { state: 'sent', providerId: found.providerId };
  if (found.kind === 'absent' && waited >= lagMs)
    return { state: 'queued', dueAt: now, detail: 'the provider never had it' };
  if (waited >= giveUpMs) {
    deps.log.error({ ledger: row.id, channel: row.channel }, 'outcome of a send could not be learnt');
    return { state: 'failed', reason: 'outcome unknown' };
  }
  return { state: 'unknown', detail: found.kind === 'absent' ? 'not there yet' : found.detail };
}
