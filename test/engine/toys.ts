import { advance } from '../../src/engine/advance.ts';
import { type Answers, defineFlow, type Flow, type Program, type Slot } from '../../src/engine/flow.ts';
import type { GlobalWord, Lang, Message, Param, Said } from '../../src/engine/message.ts';
import { newSession, type Open, type Session } from '../../src/engine/session.ts';
import { tokenOf } from '../../src/engine/token.ts';
import type { Heard, Note } from '../../src/engine/turn.ts';
import { day } from '../../src/language/day-slots.ts';
import { programReading } from '../../src/language/program-reading.ts';
import { acceptance, choice, choiceOf, count, text, whereabouts, yesNo } from '../../src/language/slots.ts';

/** Small flows with the real readers, and a person who talks to them. Texts are their own keys. */

const colours = Array.from({ length: 23 }, (_, i) => ({
  id: `c${i + 1}`,
  label: `Colour ${String.fromCharCode(65 + i)}`,
}));
const wantsParty = ({ answers }: { answers: { party?: string } }) => answers.party === 'yes';
const isAdult = ({ answers }: { answers: { years?: number } }) => (answers.years ?? 0) >= 18;
const isGone = ({ context }: { context: { gone?: readonly string[] } }) =>
  context.gone?.includes('call') === true;

export const saved = { kind: 'saved' };

/** A form with every kind of question the engine treats differently. */
export const form = defineFlow({
  id: 'form',
  version: 1,
  start: 'hello',
  progress: ['years', 'fruit', 'note'],
  slots: {
    years: count({ min: 0, max: 99 }),
    fruit: choice('apple', 'pear'),
    note: text({ max: 40 }),
    party: yesNo(),
  },
  steps: {
    hello: { kind: 'say', next: 'years' },
    years: { kind: 'ask', slot: 'years', next: [{ when: isAdult, go: 'fruit' }, 'note'] },
    fruit: { kind: 'ask', slot: 'fruit', next: 'note' },
    note: { kind: 'ask', slot: 'note', optional: true, next: 'sum' },
    sum: { kind: 'review', next: 'save' },
    save: { kind: 'do', run: () => ({ ok: true, deeds: [saved] }), next: 'party' },
    party: { kind: 'ask', slot: 'party', next: [{ when: wantsParty, go: 'bye' }, 'none'] },
    bye: { kind: 'end' },
    none: { kind: 'end' },
  },
});

/** One question of each slot that needs its own treatment, by the data's `step`. */
export const single = defineFlow({
  id: 'single',
  version: 1,
  start: 'route',
  slots: {
    day: day(),
    colour: choiceOf('colour', () => colours),
    accept: acceptance(() => 'A-0087'),
    note: text({
      max: 100,
      voice: true,
      distress: (words) => (words.includes('desperate') ? 'danger' : null),
    }),
    sessions: count({ min: 0, max: 200 }),
    place: whereabouts(),
  },
  entries: ['day', 'colour', 'accept', 'note', 'sessions', 'place'],
  steps: {
    route: { kind: 'decide', next: 'end' },
    day: { kind: 'ask', slot: 'day', next: 'end' },
    colour: { kind: 'ask', slot: 'colour', next: 'end' },
    accept: { kind: 'ask', slot: 'accept', next: 'end' },
    note: { kind: 'ask', slot: 'note', next: 'end' },
    sessions: { kind: 'ask', slot: 'sessions', optional: true, next: 'end' },
    place: { kind: 'ask', slot: 'place', next: 'end' },
    end: { kind: 'end' },
  },
});

/** A proactive question. */
export const call = defineFlow({
  id: 'call',
  version: 1,
  start: 'asked',
  slots: { interest: choice('yes_please', 'later'), why: text({ max: 40 }) },
  closed: (scope) => (isGone(scope) ? 'withdrawn' : null),
  steps: {
    asked: { kind: 'ask', slot: 'interest', next: 'why' },
    why: { kind: 'ask', slot: 'why', next: 'thanks' },
    thanks: { kind: 'end' },
  },
});

const needsName = ({ found }: { found: { name?: string } }) => found.name;
/** A flow that calls another, and one whose command asks for a query and may refuse. */
export const outer = defineFlow({
  id: 'outer',
  version: 1,
  start: 'first',
  slots: { first: choice('go', 'stay'), last: yesNo() },
  steps: {
    first: { kind: 'ask', slot: 'first', next: 'inner' },
    inner: { kind: 'call', flow: 'inner', next: 'last' },
    last: { kind: 'ask', slot: 'last', next: 'look' },
    look: {
      kind: 'do',
      needs: () => [{ query: 'name', args: {} }],
      run: (scope) =>
        needsName(scope) === 'taken' ? { ok: false, why: 'taken' } : { ok: true, deeds: [needsName(scope)] },
      refused: { taken: 'sorry' },
      next: 'end',
    },
    sorry: { kind: 'hand_over', reason: 'name_taken' },
    end: { kind: 'end' },
  },
});
export const inner = defineFlow({
  id: 'inner',
  version: 1,
  start: 'depth',
  slots: { depth: choice('deep', 'flat') },
  steps: { depth: { kind: 'ask', slot: 'depth', next: 'end' }, end: { kind: 'end', silent: true } },
});

const language: Slot<string> = choice('rw', 'fr', 'en');
export const system: readonly Flow[] = [
  defineFlow({
    id: 'menu',
    version: 1,
    start: 'pick',
    slots: { pick: choice('form', 'nothing') },
    steps: {
      pick: { kind: 'ask', slot: 'pick', next: 'end' },
      end: {
        kind: 'end',
        silent: true,
        then: ({ answers }) => (answers.pick === 'form' ? { flow: 'form' } : null),
      },
    },
  }),
  defineFlow({ id: 'sos', version: 1, start: 'said', slots: {}, steps: { said: { kind: 'end' } } }),
  defineFlow({ id: 'start', version: 1, start: 'said', slots: {}, steps: { said: { kind: 'end' } } }),
  defineFlow({
    id: 'stop',
    version: 1,
    start: 'sure',
    slots: { sure: yesNo() },
    steps: {
      sure: { kind: 'ask', slot: 'sure', unless: ({ data }) => data.unsure !== true, next: 'said' },
      said: { kind: 'end' },
    },
  }),
  defineFlow({
    id: 'language',
    version: 1,
    start: 'which',
    slots: { language },
    steps: {
      which: { kind: 'ask', slot: 'language', next: 'speak' },
      speak: {
        kind: 'do',
        run: ({ answers }: { answers: { language?: Lang } }) => ({
          ok: true,
          deeds: [],
          ...(answers.language && { lang: answers.language }),
        }),
        next: 'end',
      },
      end: { kind: 'end' },
    },
  }),
];

const all: readonly Flow[] = [form, single, call, outer, inner, ...system];

/** Keys that exist beside those every flow must have. */
const known = new Set(['form.years.label', 'form.fruit.label', 'form.note.label', 'form.years.too_large']);

export function toyProgram(flows: readonly Flow[] = all): Program {
  return {
    flow: (id, version) => flows.find((flow) => flow.id === id && flow.version === version),
    newest: (id) => flows.find((flow) => flow.id === id),
    entry: (_context, said) => ({ flow: 'menu', ...(said && { data: { said: said.text } }) }),
    word: (word: GlobalWord, context) => {
      // Only who has left comes back.
      if (word === 'start' && !(context as { left?: boolean }).left) return null;
      return flows.some(({ id }) => id === word) ? { flow: word } : null;
    },
    reading: programReading,
    write: (_lang, param) => lastWord(param),
    has: (key) => known.has(key),
  };
}

function lastWord(param: Param): string {
  if (typeof param === 'object' && 'key' in param) return param.key.split('.').at(-1) ?? '';
  return typeof param === 'object' ? JSON.stringify(param) : String(param);
}

export type Talk = ReturnType<typeof talk>;

/** A person on one address. Every turn passes the session through JSON, as the store does. */
export function talk({ lang = 'en', program = toyProgram() }: { lang?: Lang; program?: Program } = {}) {
  let session: Session = newSession(lang);
  let now = Date.parse('2027-05-03T09:00:00Z');
  const state = {
    message: null as Message | null,
    notes: [] as readonly Note[],
    deeds: [] as readonly unknown[],
    needs: null as readonly unknown[] | null,
    context: {} as unknown,
    opens: [] as readonly Open[],
  };

  function turn(event: Heard['event'], extra: Partial<Heard> = {}): string[] {
    now += 10_000;
    const heard: Heard = {
      event,
      at: now,
      opens: state.opens,
      context: state.context,
      found: {},
      now: new Date(now),
      today: '2027-05-03',
      ...extra,
    };
    const result = advance(program, session, heard);
    if (result.kind === 'needs') {
      state.needs = result.needs;
      return [];
    }
    session = JSON.parse(JSON.stringify(result.session)) as Session; // what the store gives back
    Object.assign(state, { message: result.message, notes: result.notes, deeds: result.deeds, needs: null });
    return keys();
  }

  function keys(): string[] {
    return state.message?.parts.map(({ key }) => key) ?? [];
  }

  return {
    state,
    turn,
    keys,
    begin: (flow: string, data?: Answers) => turn({ kind: 'begin', flow, ...(data && { data }) }),
    say: (words: string, extra?: Partial<Heard>) => turn({ kind: 'text', text: words }, extra),
    send: (said: Said, extra?: Partial<Heard>) => turn(said, extra),
    /** Presses a choice of the message on the screen, or of an older one. */
    tap(option: string, message: Message | null = state.message) {
      if (!message?.question || !message.at) throw new Error('this message asks nothing');
      return turn({
        kind: 'press',
        token: tokenOf(message.question, message.at.flow, message.at.step, option),
      });
    },
    /** Shows one question of a flow, as an answered proactive message would. */
    at: (flow: string, step: string, data: Answers = {}) => {
      session = {
        ...session,
        stack: [{ flow, version: 1, step, data, answers: {}, trail: [], q: 'q900', at: now }],
      };
    },
    options: () => state.message?.options?.map(({ id }) => id) ?? [],
    params: (at: number) => state.message?.parts[at]?.params,
    session: () => session,
    top: () => session.stack.at(-1),
    flows: () => session.stack.map(({ flow }) => flow),
    later: (ms: number) => {
      now += ms;
    },
    now: () => now,
  };
}

/** A proactive question that reached the address so long ago. */
export function openCall(talkTo: Talk, id: string, agoMs: number): Open {
  return { id, flow: 'call', version: 1, step: 'asked', data: {}, at: talkTo.now() + 10_000 - agoMs };
}
