import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { ChannelName, Outcome, Standing } from '../app/ports.ts';

/** What is counted, and the page that Prometheus reads. Every label is of a bounded set. */
export type Metrics = {
  turn(channel: ChannelName, flow: string | null, outcome: string, seconds: number, trips: number): void;
  sent(channel: ChannelName, outcome: Outcome['kind'] | 'threw', seconds: number): void;
  receipt(channel: ChannelName, state: string): void;
  timer(line: string, outcome: string): void;
  count(what: string): void;
  /** How the Telegram poller of this process goes; `off` takes it off the page. */
  polled(state: 'up' | 'down' | 'off'): void;
  /** The page, with what the database says; null means that it could not be asked, and its gauges are left out. */
  page(standing: Standing | null): Promise<string>;
  readonly contentType: string;
};

/** More values of one label than this are counted together, as `other`: a bug must not fill Prometheus. */
const mostValues = 200;
const turnBuckets = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const deliveryBuckets = [0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20];
/** A turn takes two round trips in at least nine of ten cases (rule 7). */
const tripBuckets = [2, 3, 4, 6, 10];

/** A registry of its own for every call, so that two products in one process do not count together. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const turns = new Counter({
    name: 'intumwa_turns_total',
    help: 'Turns by the flow they were in and by what became of them',
    labelNames: ['channel', 'flow', 'outcome'],
    registers,
  });
  const turnSeconds = new Histogram({
    name: 'intumwa_turn_seconds',
    help: 'From a translated event to its commit',
    labelNames: ['channel'],
    buckets: turnBuckets,
    registers,
  });
  const trips = new Histogram({
    name: 'intumwa_turn_trips',
    help: 'Round trips to the database that a turn took',
    buckets: tripBuckets,
    registers,
  });
  const deliveries = new Counter({
    name: 'intumwa_deliveries_total',
    help: 'Messages handed to a provider, by what it said',
    labelNames: ['channel', 'outcome'],
    registers,
  });
  const deliverySeconds = new Histogram({
    name: 'intumwa_delivery_seconds',
    help: "One message's calls of its provider",
    labelNames: ['channel'],
    buckets: deliveryBuckets,
    registers,
  });
  const errors = new Counter({
    name: 'intumwa_provider_errors_total',
    help: 'Messages that a provider did not take, or took and then failed (failed_later)',
    labelNames: ['channel', 'what'],
    registers,
  });
  const receipts = new Counter({
    name: 'intumwa_receipts_total',
    help: 'Receipts that providers sent, repetitions aside',
    labelNames: ['channel', 'state'],
    registers,
  });
  const timers = new Counter({
    name: 'intumwa_timers_total',
    help: 'Timers that fell due, by line of the calendar',
    labelNames: ['line', 'outcome'],
    registers,
  });
  const events = new Counter({
    name: 'intumwa_events_total',
    help: 'Everything that providers sent us, by what was done with it',
    labelNames: ['channel', 'what'],
    registers,
  });
  const polling = new Gauge({
    name: 'intumwa_telegram_polling',
    help: 'In the replica that polls Telegram: 1 while it is answered, 0 while it is refused or fails',
    registers,
  });
  polling.remove();
  const show = standingGauges(registers);

  const flowLabel = bounded((flow) => flow);
  const lineLabel = bounded((line) => line);
  const eventLabels = bounded(labelsOfEvent);
  return {
    contentType: registry.contentType,
    turn(channel, flow, outcome, seconds, tripsTaken) {
      turns.inc({ channel, flow: flow === null ? 'none' : flowLabel(flow), outcome });
      turnSeconds.observe({ channel }, seconds);
      if (tripsTaken > 0) trips.observe(tripsTaken);
    },
    sent(channel, outcome, seconds) {
      deliveries.inc({ channel, outcome });
      deliverySeconds.observe({ channel }, seconds);
      if (outcome !== 'sent') errors.inc({ channel, what: outcome });
    },
    receipt(channel, state) {
      receipts.inc({ channel, state });
      if (state === 'failed') errors.inc({ channel, what: 'failed_later' });
    },
    timer: (line, outcome) => timers.inc({ line: lineLabel(line), outcome }),
    polled(state) {
      if (state === 'off') polling.remove();
      else polling.set(state === 'up' ? 1 : 0);
    },
    count: (what) => events.inc(eventLabels(what)),
    page(standing) {
      show(standing);
      return registry.metrics();
    },
  };
}

function standingGauges(registers: Registry[]): (standing: Standing | null) => void {
  const gauge = <T extends string>(name: string, help: string, labelNames: T[] = []) =>
    new Gauge({ name, help, labelNames, registers });
  const up = gauge('intumwa_database_up', 'Whether the database answered this scrape');
  const rows = gauge('intumwa_ledger_rows', 'Messages that have not left yet, by state', ['state']);
  const held = gauge('intumwa_ledger_held_rows', 'Held messages by the reason why', ['reason']);
  const oldest = gauge(
    'intumwa_ledger_oldest_queued_seconds',
    'Programme time since the oldest queued message was written',
  );
  const tickets = gauge('intumwa_tickets_open', 'Tickets that wait for a person, by status', ['status']);
  const overdue = gauge('intumwa_timers_overdue', 'Timers that are due and have not fired');
  return (standing) => {
    // What is not known now is absent, rather than 0 or as it was.
    for (const each of [oldest, overdue]) each.remove();
    for (const each of [rows, held, tickets]) each.reset();
    up.set(standing ? 1 : 0);
    if (!standing) return;
    const heldRows = [...standing.held.values()].reduce((sum, n) => sum + n, 0);
    rows.set({ state: 'queued' }, standing.queued);
    rows.set({ state: 'held' }, heldRows);
    rows.set({ state: 'sending' }, standing.sending);
    rows.set({ state: 'unknown' }, standing.unknown);
    for (const [reason, n] of standing.held) held.set({ reason }, n);
    oldest.set(standing.oldestQueuedSeconds);
    tickets.set({ status: 'open' }, standing.tickets.open);
    tickets.set({ status: 'assigned' }, standing.tickets.assigned);
    overdue.set(standing.timersOverdue);
  };
}

/** `whatsapp.ignored.bot` → whatsapp, ignored.bot. */
function labelsOfEvent(what: string): { channel: string; what: string } {
  const dot = what.indexOf('.');
  return dot < 0 ? { channel: 'none', what } : { channel: what.slice(0, dot), what: what.slice(dot + 1) };
}

/** Remembers what was made of each value, and lets in no more than {@link mostValues} of them. */
function bounded<T>(make: (value: string) => T): (value: string) => T {
  const known = new Map<string, T>();
  const other = make('other');
  return (value) => {
    const found = known.get(value);
    if (found !== undefined) return found;
    if (known.size >= mostValues) return other;
    const made = make(value);
    known.set(value, made);
    return made;
  };
}
