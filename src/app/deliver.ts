import { changeOf, holdOf } from './outcome.ts';
import {
  type Channel,
  type ChannelName,
  type Clock,
  type Log,
  type Measures,
  type Outcome,
  Unavailable,
} from './ports.ts';
import { type Preparing, prepare } from './prepare.ts';
import type { Change, Row } from './queue.ts';

/** Sends under way at once in one process; more only wait for the providers. */
const mostInFlight = 48;
/** Rows taken at once: few enough that an urgent one never waits long behind them. */
const batch = 24;

type Deps = Preparing & {
  readonly channels: ReadonlyMap<ChannelName, Channel>;
  readonly clock: Clock;
  readonly log: Log;
  readonly measures: Measures;
  /** Machine randomness for jitter, 0 to 1. */
  readonly random: () => number;
};

export type Deliverer = {
  /** Something may be waiting: look now. Calls during a look make it look once more. */
  kick(): void;
  /** Resolves when nothing that may leave now is left, here. */
  idle(): Promise<void>;
  /** Takes nothing more; resolves when what is under way has ended. */
  stop(): Promise<void>;
};

/** Sends what the ledger holds, in order for each address, as long as anything may leave. */
export function deliverer(deps: Deps): Deliverer {
  let inFlight = 0;
  let looking = false;
  let lookAgain = false;
  let stopped = false;
  let waiting: (() => void)[] = [];
  const settling = settler(deps);

  const rest = () => {
    if (inFlight > 0 || looking) return;
    for (const done of waiting) done();
    waiting = [];
  };
  const kick = () => {
    if (stopped) return;
    lookAgain = true;
    if (!looking) void look();
  };
  async function look(): Promise<void> {
    looking = true;
    try {
      while (lookAgain && !stopped && inFlight <= mostInFlight - batch) {
        lookAgain = false;
        const rows = await deps.queue.claim(deps.clock.now(), batch);
        if (rows.length > 0) lookAgain = true;
        for (const row of rows) void send(row);
      }
    } catch (error) {
      lookAgain = false;
      if (!(error instanceof Unavailable)) deps.log.error({ err: error }, 'ledger could not be read');
    } finally {
      looking = false;
      rest();
    }
  }
  async function send(row: Row): Promise<void> {
    inFlight += 1;
    try {
      await settling.add(row, await deliverOne(deps, row));
    } catch (error) {
      // The row stays "sending" and is asked about when its lease runs out: nothing is lost, nothing sent twice.
      if (!(error instanceof Unavailable)) deps.log.error({ err: error, ledger: row.id }, 'delivery failed');
    } finally {
      inFlight -= 1;
      // Its address may have more to say, and there is room again.
      lookAgain = true;
      if (!looking && !stopped) void look();
      else rest();
    }
  }
  return {
    kick,
    idle: () =>
      new Promise((done) => {
        waiting.push(done);
        if (stopped) rest();
        else kick();
      }),
    stop: () =>
      new Promise((done) => {
        stopped = true;
        waiting.push(done);
        rest();
      }),
  };
}

async function deliverOne(deps: Deps, row: Row): Promise<Change> {
  const { clock, queue, log, random } = deps;
  const now = clock.now();
  const held = holdOf(row, now);
  if (held) return held;
  const channel = deps.channels.get(row.channel);
  if (!channel) return { state: 'failed', reason: `no channel ${row.channel}` };
  const delivery = await prepare(deps, row, now);
  await queue.turn(row);
  const about = { kind: row.class, flow: row.opens?.flow ?? null };
  const outcome = await deps.measures.sending(row.channel, about, () => channel.send(delivery));
  report(outcome, row, log);
  return changeOf(outcome, row, now, random);
}

function report(outcome: Outcome, row: Row, log: Log): void {
  if (outcome.kind === 'sent' || outcome.kind === 'throttled' || outcome.kind === 'window_closed') return;
  const facts = { ledger: row.id, channel: row.channel, outcome: outcome.kind, detail: outcome.detail };
  if (outcome.kind === 'misconfigured') log.error(facts, 'channel misconfigured');
  else log.warn(facts, 'message not delivered');
}

/** Results of sends that end together are written together: one statement instead of many. */
function settler({ queue, clock }: Deps): { add(row: Row, change: Change): Promise<void> } {
  let pending: { readonly row: Row; readonly change: Change }[] = [];
  let writing: Promise<void> | null = null;
  return {
    add(row, change) {
      pending.push({ row, change });
      writing ??= new Promise<void>((done) => setImmediate(done)).then(() => {
        const together = pending;
        pending = [];
        writing = null;
        return queue.settle(together, clock.now());
      });
      return writing;
    },
  };
}
