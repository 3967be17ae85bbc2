import { changeOf, holdOf, unprepared } from './outcome.ts';
import {
  type Channel,
  type ChannelName,
  type Clock,
  type Delivery,
  type Log,
  type Measures,
  type Outcome,
  Unavailable,
} from './ports.ts';
import { type Preparing, prepare } from './prepare.ts';
import type { Change, Full, Row } from './queue.ts';

/**
 * Sends under way at once in one process, on each channel; more only wait for the provider. Each its own, so that a
 * provider that does not answer holds up no other channel. As many places again are kept for urgent rows.
 */
const mostInFlight = 72;
const mostUrgent = 96;
/** Rows of all channels whose end is not written down yet: a database that is slow at that gets no more of them. */
const mostUnderWay = 288;
/**
 * While a channel is full, the others are looked for beside it. When nothing was found the next look comes after this
 * (ms of machine time), and at least so many times as long as the look took: it reads past all that the full one has waiting.
 */
const besideMs = 50;
const besidePauses = 10;
/** How often a database that is away is tried with what became of messages, in ms of machine time. */
const retryMs = 250;
/** Rows taken at once: few enough that an urgent one never waits long behind them. */
const batch = 24;

type Deps = Preparing & {
  readonly channels: ReadonlyMap<ChannelName, Channel>;
  readonly clock: Clock;
  readonly log: Log;
  readonly measures: Measures;
  /** Machine randomness for jitter, 0 to 1. */
  readonly random: () => number;
  /** Whether what a held message is about has been settled meanwhile (rule 15). */
  readonly overtaken?: Overtaken;
  /** An account is not taken as it is set up: somebody has to know. Called for each message that finds out. */
  readonly alarm?: (channel: ChannelName, detail: string) => Promise<void>;
  /** Does what follows from messages that did not arrive; answers how many there were. */
  readonly followUp?: () => Promise<number>;
};

export type Overtaken = (row: Row, opens: NonNullable<Row['opens']>, now: Date) => Promise<boolean>;

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
  const inFlight = new Map<ChannelName, number>();
  let lookAt = 0;
  let timer: NodeJS.Timeout | undefined;
  let looking = false;
  let lookAgain = false;
  let stopped = false;
  let ended = true;
  let waiting: (() => void)[] = [];
  const settling = settler(deps, () => stopped);

  /** Rows from their taking until what became of them is written down: longer than they take a place. */
  let underWay = 0;
  const count = ({ channel }: Row, by: number) => {
    const now = (inFlight.get(channel) ?? 0) + by;
    inFlight.set(channel, now);
    return now;
  };
  const rest = () => {
    if (underWay > 0 || looking) return;
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
      while (lookAgain && !stopped) {
        const full = fullOf(deps.channels, inFlight);
        if (full.urgent.length === deps.channels.size || underWay > mostUnderWay - batch) break;
        if (full.ordinary.length > 0 && performance.now() < lookAt) {
          timer ??= setTimeout(lookBeside, besideMs);
          break;
        }
        lookAgain = false;
        if (ended) {
          ended = false;
          await deps.followUp?.();
        }
        const begun = performance.now();
        const rows = await deps.queue.claim(deps.clock.now(), batch, full);
        const took = performance.now() - begun;
        if (rows.length > 0) lookAgain = true;
        else lookAt = begun + took + Math.max(besideMs, besidePauses * took);
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
  function lookBeside(): void {
    timer = undefined;
    if (!looking && !stopped) void look();
  }
  async function send(row: Row): Promise<void> {
    underWay += 1;
    count(row, 1);
    try {
      const change = await deliverOne(deps, row).finally(() => leave(row));
      await settling.add(row, change);
      if (change.state === 'failed' || change.state === 'held') ended = true;
    } catch (error) {
      // The row stays "sending" and is asked about when its lease runs out: nothing is lost, nothing sent twice.
      if (!(error instanceof Unavailable)) deps.log.error({ err: error, ledger: row.id }, 'delivery failed');
    } finally {
      underWay -= 1;
      // Its address may have more to say.
      lookAgain = true;
      if (!looking && !stopped) void look();
      else rest();
    }
  }
  /** The provider has answered: its place is free for the next while this answer is being written down. */
  function leave(row: Row): void {
    if (count(row, -1) === mostInFlight - batch) kick();
  }
  return {
    kick,
    idle: () =>
      new Promise((done) => {
        waiting.push(done);
        ended = true;
        if (stopped) rest();
        else kick();
      }),
    stop: () =>
      new Promise((done) => {
        stopped = true;
        clearTimeout(timer);
        deps.queue.endTurns();
        waiting.push(done);
        rest();
      }),
  };
}

/** A batch may all be of one channel, so one that has no room for a whole one is full. */
function fullOf(channels: Deps['channels'], inFlight: ReadonlyMap<ChannelName, number>): Full {
  const beyond = (most: number) =>
    [...channels.keys()].filter((name) => (inFlight.get(name) ?? 0) > most - batch);
  const ordinary = beyond(mostInFlight);
  return { ordinary, urgent: beyond(mostUrgent), everywhere: ordinary.length === channels.size };
}

async function deliverOne(deps: Deps, row: Row): Promise<Change> {
  const { clock, log, random } = deps;
  const now = clock.now();
  const held = holdOf(row, now);
  if (held) return held;
  const channel = deps.channels.get(row.channel);
  if (!channel) return { state: 'failed', reason: `no channel ${row.channel}` };
  if (row.wasHeld && row.opens && (await deps.overtaken?.(row, row.opens, now)))
    return { state: 'cancelled', reason: 'no_longer_relevant' };
  const delivery = await ready(deps, row, now);
  if ('state' in delivery) return delivery;
  const about = { kind: row.class, flow: row.opens?.flow ?? null };
  const outcome = await deps.measures.sending(row.channel, about, () => channel.send(delivery));
  report(outcome, row, log);
  if (outcome.kind === 'misconfigured') await deps.alarm?.(row.channel, outcome.detail);
  // Our clock said that the window was open; the provider knows better, and its template is another row (rule 16).
  if (outcome.kind === 'window_closed' && delivery.windowOpen)
    return { state: 'failed', reason: 'rejected: window_closed:63016' };
  return changeOf(outcome, row, now, random);
}

/** What is to be sent, when it may be; else what becomes of the row. Up to here nothing has left, whatever goes wrong. */
async function ready(deps: Deps, row: Row, now: Date): Promise<Delivery | Change> {
  try {
    const delivery = await prepare(deps, row, now);
    // Whoever says STOP while a message waits for its turn does not get it any more.
    let silenced = false;
    const isTurn = await deps.queue.turn(row, async () => {
      silenced = row.class !== 'reply' && (await deps.queue.silenced(row));
      return !silenced;
    });
    if (silenced) return { state: 'cancelled', reason: 'opted_out' };
    if (isTurn) return delivery;
    return { state: 'queued', dueAt: now, detail: 'its turn is far away', uncounted: true };
  } catch (error) {
    if (error instanceof Unavailable)
      return { state: 'queued', dueAt: now, detail: 'the database was away', uncounted: true };
    deps.log.error({ err: error, ledger: row.id }, 'message could not be prepared');
    return unprepared(row, now, deps.random);
  }
}

function report(outcome: Outcome, row: Row, log: Log): void {
  if (outcome.kind === 'sent' || outcome.kind === 'window_closed') return;
  if (outcome.kind === 'throttled' && outcome.scope === 'account') return;
  const facts = { ledger: row.id, channel: row.channel, outcome: outcome.kind, detail: outcome.detail };
  if (outcome.kind !== 'misconfigured') log.warn(facts, 'message not delivered');
}

/**
 * Results of sends that end together, or while the last ones are being written, are written together: one statement
 * for many costs little more than for one, and there are as many of them as sends.
 */
function settler(
  { queue, clock }: Deps,
  isStopped: () => boolean,
): { add(row: Row, change: Change): Promise<void> } {
  type Ended = { readonly row: Row; readonly change: Change; done(): void; failed(error: unknown): void };
  let pending: Ended[] = [];
  let writing = false;
  async function write(): Promise<void> {
    await new Promise<void>((now) => setImmediate(now));
    while (pending.length > 0) {
      const together = pending;
      pending = [];
      try {
        await queue.settle(together, clock.now());
        for (const { done } of together) done();
      } catch (error) {
        // What we know now nobody else can know: it is kept until the database is back, or we are told to end.
        if (error instanceof Unavailable && !isStopped()) {
          pending = [...together, ...pending];
          await new Promise<void>((again) => setTimeout(again, retryMs));
        } else for (const { failed } of together) failed(error);
      }
    }
    writing = false;
  }
  return {
    add: (row, change) =>
      new Promise((done, failed) => {
        pending.push({ row, change, done, failed });
        if (writing) return;
        writing = true;
        void write();
      }),
  };
}
