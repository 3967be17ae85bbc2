import type { Deed } from '../domain/model.ts';
import { localDay } from '../domain/zones.ts';
import { advance } from '../engine/advance.ts';
import type { Program } from '../engine/flow.ts';
import type { GlobalWord, Lang, Said } from '../engine/message.ts';
import type { Heard, Turn } from '../engine/turn.ts';
import { type ClassOf, consequences } from './commit.ts';
import { type Flood, floodLimit } from './flood.ts';
import {
  type Clock,
  type Inbound,
  type Log,
  type Measures,
  type Receive,
  type TurnMade,
  Unavailable,
} from './ports.ts';
import { reduce } from './reduce.ts';
import type { Loaded, Outgoing, Save, Store } from './store.ts';

/** A turn that loses its compare-and-set this often is parked for a person (rule 6). */
const attempts = 5;

type Deps = {
  readonly store: Store;
  readonly program: Program;
  readonly classOf: ClassOf;
  readonly detect: (text: string) => Lang | null;
  readonly clock: Clock;
  readonly log: Log;
  readonly measures: Measures;
  readonly flood: Flood;
  /** Called after each commit: something may be waiting to leave. */
  readonly committed: () => void;
};

/**
 * Takes one event in (rules 5–8): reduce, load, advance, save; resolves only after the commit, so that the
 * adapter may acknowledge. Whatever goes wrong in the turn itself is parked and acknowledged; only an
 * unreachable database throws, as {@link Unavailable}.
 */
export function receiver(given: Omit<Deps, 'flood'>): Receive {
  const deps: Deps = { ...given, flood: floodLimit(() => performance.now()) };
  const { store, clock, log, measures } = deps;
  return async (inbound) => {
    const { event, key } = inbound;
    const now = clock.now();
    if (event.kind === 'receipt') {
      const taken = await store.receipt(inbound, key, event.receipt, now);
      deps.committed();
      if (taken) measures.receipt(inbound.channel, event.receipt.state);
      return taken ? 'kept' : 'duplicate';
    }
    if (event.kind === 'blocked' || event.kind === 'unblocked') {
      return (await store.block(inbound, key, event.kind === 'blocked', now)) ? 'kept' : 'duplicate';
    }
    const said = event.kind === 'edited' || event.kind === 'reaction' ? null : reduce(event);
    return measures.turn(inbound.channel, event.kind, (made) => turn(deps, inbound, said, log, made));
  };
}

async function turn(
  deps: Deps,
  inbound: Inbound,
  said: Said | null,
  log: Log,
  made: TurnMade,
): Promise<'kept' | 'duplicate' | 'parked'> {
  const { store, clock } = deps;
  const now = clock.now();
  const pace =
    said && !isUrgentWord(deps.program, said)
      ? deps.flood.judge(`${inbound.channel} ${inbound.address}`)
      : 'ok';
  const detected = said?.kind === 'text' ? deps.detect(said.text) : null;
  const lang = detected ?? inbound.langHint ?? 'en';
  let loaded: Loaded | null = null;
  try {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      loaded = await store.load({
        address: inbound,
        ...(inbound.alias !== undefined && { alias: inbound.alias }),
        key: inbound.key,
        repliesTo: inbound.repliesTo ?? null,
        now,
        lang,
      });
      if (loaded.seen) return 'duplicate';
      made.flow = loaded.session.stack.at(-1)?.flow ?? null;
      const wanted =
        said && pace === 'ok'
          ? await take(deps, loaded, inbound, said, detected, now)
          : quiet(loaded, inbound, now, pace === 'over_first');
      made.flow = wanted.turn.flow;
      made.trips += wanted.turn.trips;
      const saved = await store.save(wanted);
      if (saved.kind === 'duplicate') return 'duplicate';
      if (saved.kind === 'saved') {
        deps.committed();
        return 'kept';
      }
      log.info({ attempt, channel: inbound.channel }, 'turn lost a race, loading again');
    }
    throw new Error(`no turn could be saved in ${attempts} attempts`);
  } catch (error) {
    if (error instanceof Unavailable || !loaded) throw error;
    log.error({ err: error, conversation: loaded.place.id, channel: inbound.channel }, 'turn parked');
    const saved = await store.save(parked(loaded, inbound, said, now));
    deps.committed();
    return saved.kind === 'saved' ? 'parked' : 'duplicate';
  }
}

/** Kept for a person to look at; the one who wrote is told so, and the coordinators hear of it (rule 6). */
function parked({ place }: Loaded, inbound: Inbound, said: Said | null, now: Date): Save {
  const told = (key: string, to: NonNullable<Outgoing['to']>): Outgoing => ({
    lane: 'reply',
    class: 'reply',
    key,
    to,
    plain: { key, params: {} },
  });
  return {
    at: now,
    seen: { account: place.accountId, key: inbound.key },
    turn: {
      kind: 'parked',
      event: JSON.stringify(said ?? inbound.event.kind),
      flow: null,
      version: null,
      stepBefore: null,
      stepAfter: null,
      trips: 2,
      parked: place,
    },
    deeds: [],
    messages: [
      ...(place.id === null
        ? []
        : [told('common.parked', { kind: 'conversation', conversationId: place.id })]),
      told('staff.parked.text', { kind: 'coordinators' }),
    ],
    answered: [],
    keys: new Map(),
  };
}

/** Edits, reactions and a flood of messages change nothing, but the turn is kept: who said what is one query (rule 4). */
function quiet(loaded: Loaded, inbound: Inbound, now: Date, slowDown: boolean): Save {
  return {
    at: now,
    seen: { account: loaded.place.accountId, key: inbound.key },
    ...(loaded.place.id !== null && { conversation: conversationOf(loaded, now, {}) }),
    turn: {
      kind: inbound.event.kind,
      flow: null,
      version: null,
      stepBefore: null,
      stepAfter: null,
      trips: 2,
    },
    deeds: [],
    messages: slowDown
      ? [
          {
            lane: 'reply',
            class: 'reply',
            key: 'common.slow_down',
            message: { parts: [{ key: 'common.slow_down' }] },
          },
        ]
      : [],
    answered: [],
    keys: new Map(),
  };
}

async function take(
  deps: Deps,
  loaded: Loaded,
  inbound: Inbound,
  said: Said,
  detected: Lang | null,
  now: Date,
): Promise<Save> {
  const { place, session } = loaded;
  const silent =
    loaded.ticket !== null && session.passed !== loaded.ticket && session.stack.at(-1)?.flow !== 'sos';
  const word = silent
    ? passing(deps.program, said, session.lang, loaded.context.person?.optedOut ?? true)
    : null;
  const { turn, trips } =
    silent && !word
      ? { turn: stay(loaded), trips: 2 }
      : await play(deps, loaded, inbound, said, detected, now);
  const { ticket, deeds: ticketDeeds, trips: more } = await openTicket(deps, loaded, turn, now);
  const deeds = [...(turn.deeds as readonly Deed[]), ...ticketDeeds]; // the engine carries what our commands made
  // Of somebody unknown a STOP is kept with the chat alone: START is their menu.
  const wakes = word === 'menu' || (word === 'start' && loaded.context.person === null);
  const passed = wakes && loaded.ticket ? loaded.ticket : session.passed;
  const before = session.stack.at(-1);
  const after = turn.session.stack.at(-1);
  return {
    at: now,
    seen: { account: place.accountId, key: inbound.key },
    conversation: conversationOf(loaded, now, { session: { ...turn.session, ...(passed && { passed }) } }),
    turn: {
      kind: said.kind,
      event: JSON.stringify(said),
      flow: before?.flow ?? after?.flow ?? null,
      version: before?.version ?? after?.version ?? null,
      stepBefore: before?.step ?? null,
      stepAfter: after?.step ?? null,
      trips: trips + more,
    },
    deeds,
    messages: [...replyOf(turn), ...consequences(deeds, deps.program, deps.classOf), ...ticket],
    answered: turn.notes.flatMap((note) => (note.kind === 'answered' ? [note] : [])),
    keys: new Map(loaded.personId !== null && loaded.personKey ? [[loaded.personId, loaded.personKey]] : []),
  };
}

type Played = Turn & { kind: 'turn' };

/** Advances, running the named queries that commands ask for. */
async function play(
  deps: Deps,
  loaded: Loaded,
  inbound: Inbound,
  said: Said,
  detected: Lang | null,
  now: Date,
): Promise<{ turn: Played; trips: number }> {
  const found: { [query: string]: unknown } = {};
  const zone = loaded.context.person?.zone ?? 'Europe/Brussels';
  let trips = 2;
  for (;;) {
    const heard: Heard = {
      event: said,
      at: inbound.at.getTime(),
      ...(loaded.about && { about: loaded.about }),
      opens: loaded.opens,
      context: { ...loaded.context, detected },
      found,
      now,
      today: localDay(now, zone),
    };
    const turn = advance(deps.program, loaded.session, heard);
    if (turn.kind === 'turn') return { turn, trips };
    for (const need of turn.needs) {
      const answer = await deps.store.query(need, now, loaded);
      found[need.query] = answer.value;
      trips += answer.trips;
    }
  }
}

/** Help and STOP are heard however fast somebody writes. */
function isUrgentWord({ reading }: Program, said: Said): boolean {
  return said.kind === 'text' && (reading.isSos(said.text, 'en') || reading.isStop(said.text, 'en'));
}

/** While a person answers a ticket, only these words pass (rule 14). */
function passing(program: Program, said: Said, lang: Lang, optedOut: boolean): GlobalWord | null {
  if (said.kind !== 'text') return null;
  if (program.reading.isSos(said.text, lang)) return 'sos';
  if (program.reading.isStop(said.text, lang)) return 'stop';
  const global = program.reading.global(said.text, lang);
  const word = global?.kind === 'value' ? global.value : null;
  // Who stopped everything may always come back.
  return word === 'menu' || (word === 'start' && optedOut) ? word : null;
}

function stay(loaded: Loaded): Played {
  return { kind: 'turn', session: loaded.session, message: null, deeds: [], notes: [] };
}

/**
 * A hand-over becomes a ticket, and the coordinators hear of it. One open ticket a conversation is enough, but for a
 * complaint about conduct: whoever answers the other one is not the person it is for.
 */
async function openTicket(
  deps: Deps,
  loaded: Loaded,
  turn: Played,
  now: Date,
): Promise<{ deeds: Deed[]; ticket: Outgoing[]; trips: number }> {
  const note = turn.notes.find((candidate) => candidate.kind === 'ticket');
  const answered = loaded.ticket !== null && note?.kind === 'ticket' && note.reason !== 'psea';
  if (note?.kind !== 'ticket' || answered || loaded.place.id === null)
    return { deeds: [], ticket: [], trips: 0 };
  const { value, trips } = await deps.store.query({ query: 'fresh', args: { ticket: 1 } }, now);
  const fresh = value as {
    ticket: number[];
    codes: { ticket: string[] };
  };
  const id = fresh.ticket[0] ?? 0;
  const code = fresh.codes.ticket[0] ?? '';
  const urgent = note.reason === 'sos';
  const row = {
    code,
    conversation_id: loaded.place.id,
    person_id: loaded.personId,
    reason: note.reason,
    status: 'open',
    flow: note.flow,
    step: note.step,
  };
  return {
    deeds: [
      { kind: 'insert', table: 'ticket', id, row },
      {
        kind: 'event',
        event: {
          name: 'ticket.opened',
          subject: { kind: 'conversation', id: loaded.place.id },
          by: loaded.personId ?? 'system',
          data: { code, reason: note.reason },
        },
      },
    ],
    // A complaint about conduct is for its own focal points: not even that it exists goes to Slack (C12).
    ticket:
      note.reason === 'psea'
        ? []
        : [
            {
              lane: urgent ? 'urgent' : 'proactive',
              class: urgent ? 'urgent' : 'service',
              key: urgent ? 'staff.sos.text' : 'staff.ticket.text',
              to: { kind: 'coordinators' },
              plain: {
                key: urgent ? 'staff.sos.text' : 'staff.ticket.text',
                params: { code, reason: note.reason, flow: note.flow },
              },
            },
          ],
    trips,
  };
}

function replyOf({ message }: Played): Outgoing[] {
  const key = message?.parts.at(-1)?.key;
  return message && key ? [{ lane: 'reply', class: 'reply', key, message }] : [];
}

function conversationOf(
  loaded: Loaded,
  now: Date,
  { session = loaded.session }: { session?: Loaded['session'] },
): NonNullable<Save['conversation']> {
  return { place: loaded.place, personId: loaded.personId, lang: session.lang, session, lastInboundAt: now };
}
