import { heldUntil } from '../domain/quiet-hours.ts';
import type { Program } from '../engine/flow.ts';
import type { Message, Option, Param, Part } from '../engine/message.ts';
import {
  type Channel,
  type ChannelName,
  type Clock,
  type Delivery,
  type Log,
  type Outcome,
  type Rendered,
  type Template,
  Unavailable,
} from './ports.ts';
import type { Change, Queue, Row } from './queue.ts';

/** Rows taken at once: enough to keep every channel busy, few enough to finish within the lease. */
const batch = 32;
/** The WhatsApp window is 24 hours; a minute less, since our clock is not the provider's. */
const windowMs = 24 * 3_600_000 - 60_000;
/** While somebody is answering a flow, what is not urgent waits this long after their last word (rule 12). */
const busyMs = 10 * 60_000;
const firstRetryMs = 1_000;
const longestRetryMs = 10 * 60_000;
const mostAttempts = 12;

export type Words = {
  render(message: Message, row: Row, question: string | null): Rendered;
  /** The approved template that says the same as a proactive text, in the row's language. */
  template(part: Part, options: readonly Option[], row: Row): Template | null;
};

type Deps = {
  readonly queue: Queue;
  readonly channels: ReadonlyMap<ChannelName, Channel>;
  readonly program: Program;
  readonly words: Words;
  readonly clock: Clock;
  readonly log: Log;
  /** Machine randomness for jitter, 0 to 1. */
  readonly random: () => number;
};

export type Deliverer = {
  /** Something may be waiting: look now. Calls during a run make it look once more. */
  kick(): void;
  /** Resolves when nothing that may leave now is left. */
  idle(): Promise<void>;
};

/** Sends what the ledger holds, in order for each address, until nothing may leave. */
export function deliverer(deps: Deps): Deliverer {
  let running: Promise<void> | null = null;
  let again = false;
  const run = async () => {
    do {
      again = false;
      await drain(deps);
    } while (again);
  };
  const kick = () => {
    again = true;
    running ??= run()
      .catch((error: unknown) => {
        if (!(error instanceof Unavailable)) deps.log.error({ err: error }, 'delivery stopped');
      })
      .finally(() => {
        running = null;
      });
  };
  return {
    kick,
    async idle() {
      kick();
      while (running) await running;
    },
  };
}

async function drain(deps: Deps): Promise<void> {
  for (;;) {
    const now = deps.clock.now();
    const rows = await deps.queue.claim(now, batch);
    if (rows.length === 0) return;
    await Promise.all(rows.map((row) => deliverOne(deps, row)));
  }
}

async function deliverOne(deps: Deps, row: Row): Promise<void> {
  const now = deps.clock.now();
  const held = holdOf(row, now);
  if (held) return deps.queue.settle(row, held, now);
  const channel = deps.channels.get(row.channel);
  if (!channel) return deps.queue.settle(row, { state: 'failed', reason: `no channel ${row.channel}` }, now);
  const delivery = await prepare(deps, row, now);
  const outcome = await channel.send(delivery);
  await deps.queue.settle(row, changeOf(outcome, row, deps, now), deps.clock.now());
}

/** What the class of a message obeys at this moment (rules 12, 13). */
function holdOf(row: Row, now: Date): Change | null {
  if (row.class === 'reply' || row.class === 'urgent') return null;
  const busyUntil = row.busySince === null ? 0 : row.busySince.getTime() + busyMs;
  if (busyUntil > now.getTime()) return { state: 'held', dueAt: new Date(busyUntil), reason: 'busy' };
  const until = row.zone === null ? null : heldUntil(row.class, { zone: row.zone, host: row.host }, now);
  return until && { state: 'held', dueAt: until, reason: 'quiet_hours' };
}

async function prepare(deps: Deps, row: Row, now: Date): Promise<Delivery> {
  const message = row.message ?? (await proactive(deps, row));
  const question = row.opens ? `o${row.id}` : (message.question ?? null);
  const windowOpen = row.lastInboundAt !== null && now.getTime() - row.lastInboundAt.getTime() < windowMs;
  const part = message.parts[0];
  const template =
    row.channel === 'whatsapp' && !windowOpen && part
      ? deps.words.template(part, message.options ?? [], row)
      : null;
  if (template) await deps.channels.get(row.channel)?.provision?.(template);
  return {
    ledgerId: String(row.id),
    address: row.to.address,
    lang: row.lang,
    message: deps.words.render(message, row, question),
    windowOpen,
    ...(template && { template }),
  };
}

/** A proactive row names people and plans; their values are put in now, and leave no trace in the row. */
async function proactive({ queue, program }: Deps, row: Row): Promise<Message> {
  if (!row.plain) throw new Error(`ledger row ${row.id} has nothing to say`);
  const params: { [name: string]: Param } = {};
  for (const [name, value] of Object.entries(row.plain.params)) params[name] = await fill(queue, value);
  const { opens } = row;
  const options = opens ? optionsOf(program, opens, row) : [];
  return {
    parts: [{ key: row.plain.key, params }],
    ...(options.length > 0 && { options }),
    ...(opens && { at: { flow: opens.flow, step: opens.step } }),
  };
}

async function fill(queue: Queue, value: Param): Promise<Param> {
  if (typeof value !== 'object') return value;
  if ('person' in value) return (await queue.personName(value.person)) ?? '—';
  if ('travel' in value) return planParam((await queue.travelPlan(value.travel))[value.field]);
  return value;
}

type Leg = {
  readonly from: string;
  readonly to: string;
  readonly number: string;
  readonly departs: string;
  readonly arrives: string;
};

function planParam(value: unknown): Param {
  if (Array.isArray(value)) {
    const legs = value as readonly Leg[]; // written by our own travel commands
    return {
      lines: legs.map(
        ({ from, to, number, departs, arrives }) =>
          `${number} ${from} ${departs.replace('T', ' ')} → ${to} ${arrives.replace('T', ' ')}`,
      ),
    };
  }
  if (typeof value === 'object' && value !== null && 'name' in value && 'phone' in value)
    return `${String(value.name)}, ${String(value.phone)}`;
  return typeof value === 'string' ? value : '—';
}

/** The choices of the step that an answer opens; they depend on the opening data alone. */
function optionsOf(program: Program, opens: NonNullable<Row['opens']>, row: Row): readonly Option[] {
  const flow = program.flow(opens.flow, opens.version);
  const step = flow?.steps[opens.step];
  if (!flow || step?.kind !== 'ask') return [];
  const scope = {
    answers: {},
    data: opens.data,
    context: null as never,
    found: {},
    lang: row.lang,
    now: new Date(0),
    today: '1970-01-01',
  };
  const options = flow.slots[step.slot]?.options?.(scope) ?? [];
  const prefix = flow.texts ?? flow.id;
  return options.map((option) => ({
    ...option,
    label: option.label ?? { key: `${prefix}.${opens.step}.choices.${option.id}` },
  }));
}

/** From what the provider said to the row's next state (rule 16). */
function changeOf(outcome: Outcome, row: Row, deps: Deps, now: Date): Change {
  switch (outcome.kind) {
    case 'sent':
      return { state: 'sent', providerId: outcome.providerId };
    case 'throttled':
      return { state: 'queued', dueAt: new Date(now.getTime() + outcome.retryAfterMs), detail: 'throttled' };
    case 'not_sent':
      return again(row, deps, now, outcome.detail);
    case 'unknown':
      return { state: 'unknown', detail: outcome.detail };
    case 'window_closed':
      return { state: 'held', dueAt: new Date(now.getTime() + 24 * 3_600_000), reason: 'window_closed' };
    case 'misconfigured':
      deps.log.error({ channel: row.channel, detail: outcome.detail }, 'channel misconfigured');
      return again(row, deps, now, outcome.detail);
    case 'unreachable':
    case 'blocked':
    case 'rejected':
      deps.log.warn(
        { ledger: row.id, channel: row.channel, outcome: outcome.kind, detail: outcome.detail },
        'message not delivered',
      );
      return { state: 'failed', reason: `${outcome.kind}: ${outcome.detail}` };
  }
}

function again(row: Row, deps: Deps, now: Date, detail: string): Change {
  if (row.attempts >= mostAttempts)
    return { state: 'failed', reason: `gave up after ${row.attempts}: ${detail}` };
  const wait = Math.min(longestRetryMs, firstRetryMs * 2 ** (row.attempts - 1)) * (0.5 + deps.random());
  return { state: 'queued', dueAt: new Date(now.getTime() + wait), detail };
}
