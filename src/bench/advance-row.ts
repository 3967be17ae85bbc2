import { advance } from '../engine/advance.ts';
import type { Flow, Program } from '../engine/flow.ts';
import type { Message } from '../engine/message.ts';
import { newSession, sessionFrom } from '../engine/session.ts';
import { tokenOf } from '../engine/token.ts';
import type { Heard } from '../engine/turn.ts';
import { programReading } from '../language/program-reading.ts';
import { choice } from '../language/slots.ts';
import { atLeast, atMost, type Result, type Row, type Size } from './row.ts';
import { median } from './statistics.ts';

/**
 * A form of twenty questions pressed through again and again, the session through JSON before and after each turn. Of
 * many short rounds the fastest counts, in the product and in the floor: another process, or another machine on the same
 * processor, can only take from it.
 */
export const advanceRow: Row = {
  what: 'engine: one turn of a 20-question form, choice token in, session through JSON both ways',
  measure: async ({ size }) => measure(size),
};

// As long as those of a real form, since names are most of a session.
const names =
  'adult country city link family level years licence rw fr en phone mail period mode stay notice travel lodging share'.split(
    ' ',
  );

const form: Flow = {
  id: 'form',
  version: 1,
  start: 'adult',
  slots: Object.fromEntries(names.map((name) => [name, choice('yes', 'no', 'later')])),
  steps: {
    ...Object.fromEntries(
      names.map((name, i) => [name, { kind: 'ask', slot: name, next: names[i + 1] ?? 'end' } as const]),
    ),
    end: { kind: 'end' },
  },
  progress: names,
};

const program: Program = {
  flow: () => form,
  newest: () => form,
  entry: () => ({ flow: form.id }),
  word: () => null,
  reading: programReading,
  write: (_, param) => String(param),
  has: () => false,
};

const now = new Date('2027-03-02T09:00:00Z');
const base = { at: now.getTime(), opens: [], context: {}, found: {}, now, today: '2027-03-02' };

/** Turns of one conversation that count as its youth, and as its old age. */
const young = 500;

function measure(size: Size): Result {
  const { sessions } = converse(start(), size.advances); // warms up, too
  const rates: number[] = [];
  const floors: number[] = [];
  const lates: number[] = [];
  let largest = 0;
  let growth = 0;
  for (let round = 0; round < size.shortRounds; round += 1) {
    const early = { turns: 0, ms: 0, largest: 0 };
    const late = { turns: 0, ms: 0, largest: 0 };
    while (early.turns < size.advances / 2) {
      const youth = converse(start(), young);
      const age = converse(youth.end, young);
      for (const [sum, part] of [
        [early, youth],
        [late, age],
      ] as const) {
        sum.turns += young;
        sum.ms += part.ms;
        sum.largest = Math.max(sum.largest, part.largest);
      }
    }
    rates.push(((early.turns + late.turns) * 1000) / (early.ms + late.ms));
    lates.push(early.ms / late.ms);
    floors.push(jsonAlone(sessions, size.advances));
    largest = Math.max(largest, early.largest, late.largest);
    growth = Math.max(growth, late.largest / early.largest);
  }
  const rate = Math.max(...rates);
  const floor = Math.max(...floors);
  return {
    figures: {
      'turns/s': rate,
      'JSON alone/s': floor,
      'of the floor': rate / floor,
      'turns/s in the middle round': median(rates),
      'largest session, bytes': largest,
    },
    checks: [
      atLeast('turns/s on one core', rate, 60_000),
      atMost('largest session, bytes', largest, 1024),
      atLeast(`speed after ${young} turns, of the speed before`, median(lates), 0.95),
      atMost(`size after ${young} turns, of the size before`, growth, 1.05),
    ],
  };
}

type Talk = { readonly session: string; readonly message: Message | null };

function start(): Talk {
  return { session: JSON.stringify(newSession('en')), message: null };
}

/** Collects a form's worth of sessions for the floor: what JSON has to do depends on how full they are. */
function converse(from: Talk, turns: number) {
  let { session, message } = from;
  let largest = 0;
  const sessions: string[] = [];
  const started = performance.now();
  for (let i = 0; i < turns; i += 1) {
    const turn = advance(program, sessionFrom(session), { ...base, event: eventOf(message) });
    if (turn.kind !== 'turn') throw new Error('the form asks for no query');
    message = turn.message;
    session = JSON.stringify(turn.session);
    if (session.length > largest) largest = session.length;
    if (sessions.length <= names.length) sessions.push(session);
  }
  return { ms: performance.now() - started, largest, sessions, end: { session, message } };
}

function eventOf(message: Message | null): Heard['event'] {
  const { question, at } = message ?? {};
  if (!question || !at) return { kind: 'begin', flow: form.id };
  return { kind: 'press', token: tokenOf(question, at.flow, at.step, 'no') };
}

function jsonAlone(sessions: readonly string[], times: number): number {
  let bytes = 0;
  const started = performance.now();
  for (let i = 0; i < times; i += 1)
    bytes += JSON.stringify(JSON.parse(sessions[i % sessions.length] ?? '')).length;
  const ms = performance.now() - started;
  if (bytes === 0) throw new Error('nothing was written'); // what nobody looks at may be left out by the compiler
  return (times * 1000) / ms;
}
