import type { ChannelName } from '../../app/ports.ts';
import { fitTo } from '../../channels/fit.ts';
import { limits } from '../../channels/limits.ts';
import { assignmentLines } from '../../domain/calendar.ts';
import { fireAssignment } from '../../domain/fire.ts';
import type { Context, Deed } from '../../domain/model.ts';
import { react } from '../../domain/reactions/reactions.ts';
import { localDay } from '../../domain/zones.ts';
import { advance } from '../../engine/advance.ts';
import { ask } from '../../engine/ask.ts';
import type { Flow, Program } from '../../engine/flow.ts';
import { type Lang, languages, type Message, type Param, type Params } from '../../engine/message.ts';
import { type Rendered, render } from '../../engine/render.ts';
import { newSession, type Open, type Session } from '../../engine/session.ts';
import { frameOf } from '../../engine/summon.ts';
import { draftOf, finish, type Heard } from '../../engine/turn.ts';
import type { Words } from '../../locale.ts';
import { type Act, nextAct } from './acts.ts';
import { type Random, seeded } from './random.ts';
import { beginning, type Situation, situations } from './situations.ts';
import { answerNeed, applyDeeds, type Numbers } from './world.ts';

/** What a walker met that nobody may meet; `trail` is what led there, oldest first. */
export type Failure = {
  readonly kind: 'crash' | 'silence' | 'dead_end' | 'repeated' | 'no_way_out' | 'does_not_fit';
  readonly person: number;
  readonly from: string;
  readonly lang: Lang;
  readonly channel: ChannelName;
  readonly detail: string;
  readonly trail: readonly string[];
};

export type Walked = {
  readonly people: number;
  readonly turns: number;
  /** Turns by `flow.step.lang.channel` of the question that was open. */
  readonly visited: ReadonlyMap<string, number>;
  readonly failures: readonly Failure[];
};

export type Walk = {
  readonly program: Program;
  readonly words: Words;
  readonly flows: readonly Flow[];
  readonly people: number;
  readonly seed: number;
  /** The number of the first one; each goes their own way, whoever else walks. */
  readonly first?: number;
  /** Acts of each person. */
  readonly acts?: number;
  readonly from?: readonly Situation[];
};

const channels: readonly ChannelName[] = ['whatsapp', 'telegram', 'slack'];
/** Beyond these the first ones say it all. */
const failuresKept = 20;
/** The same question so often in a row, and once more, is a conversation that goes nowhere. */
const sameAtMost = 3;

/** Sends so many random people through all conversations. The same seed walks the same ways. */
export function walkFlows(walk: Walk): Walked {
  const visited = new Map<string, number>();
  const failures: Failure[] = [];
  let turns = 0;
  const first = walk.first ?? 0;
  for (let person = first; person < first + walk.people; person += 1) {
    const made = walkOne(walk, person, visited);
    turns += made.turns;
    if (made.failure && failures.length < failuresKept) failures.push(made.failure);
  }
  return { people: walk.people, turns, visited, failures };
}

class Met extends Error {
  readonly kind: Failure['kind'];
  constructor(kind: Failure['kind'], detail: string) {
    super(detail);
    this.kind = kind;
  }
}

function walkOne(walk: Walk, person: number, visited: Map<string, number>) {
  const random = seeded(walk.seed * 1_000_003 + person);
  const from = walk.from ?? situations;
  const situation = from[person % from.length];
  if (!situation) throw new RangeError('nobody begins anywhere');
  // Every situation meets every language and channel, whatever their numbers are.
  const turnOver = Math.floor(person / from.length);
  const lang = languages[turnOver % languages.length] ?? 'en';
  const channel = channels[Math.floor(turnOver / languages.length) % channels.length] ?? 'whatsapp';
  const walker = createWalker(walk, situation, lang, channel, random, visited);
  try {
    const acts = walk.acts ?? random.pick([8, 16, 24, 48]);
    for (let act = 0; act < acts; act += 1) walker.act();
    walker.leave();
    return { turns: walker.turns() };
  } catch (error) {
    const kind = error instanceof Met ? error.kind : 'crash';
    const detail = error instanceof Error ? error.message : String(error);
    const failure: Failure = {
      kind,
      person,
      from: situation.name,
      lang,
      channel,
      detail,
      trail: walker.trail(),
    };
    return { turns: walker.turns(), failure };
  }
}

function createWalker(
  { program, words, flows }: Walk,
  situation: Situation,
  lang: Lang,
  channel: ChannelName,
  random: Random,
  visited: Map<string, number>,
) {
  let context: Context = {
    ...situation.context,
    conversation: { ...situation.context.conversation, channel },
  };
  if (context.person) context = { ...context, person: { ...context.person, lang } };
  let session: Session = newSession(lang);
  let opens: readonly Open[] = [];
  let now = beginning;
  let lastId = 1_000;
  let turns = 0;
  let last = '';
  let same = 0;
  const messages: Rendered[] = [];
  const trail: string[] = [];
  const fired = new Set<string>();
  const nextId = () => (lastId += 1);
  const numbers: Numbers = { nextId, wrongCodes: 0 };
  const oddity = random.pick([0.05, 0.5, 1]);

  function act(): void {
    const view = { messages: messages.slice(-12), lang: session.lang, slot: slotKind() };
    const doing = nextAct(view, oddity, random);
    if (doing.does === 'wait') return wait(doing.hours);
    if (doing.does === 'hear') return hear();
    turn(doing);
  }

  function turn({ event, asks }: Act & { does: 'say' }): void {
    now += 20_000 + random.below(60_000);
    trail.push(describe(event));
    const found: Record<string, unknown> = {};
    for (let tries = 0; tries < 4; tries += 1) {
      const made = advance(program, session, { ...heard(event), found });
      if (made.kind === 'needs') {
        for (const need of made.needs) found[need.query] = answerNeed(need, random, numbers);
        continue;
      }
      turns += 1;
      // "No question is open" stands in for a conversation that has just ended without a word of its own.
      const isMute =
        session.stack.length > 0 && made.message?.parts.every(({ key }) => key === 'common.nothing_open');
      session = JSON.parse(JSON.stringify(made.session)) as Session; // what the store gives back
      const answered = new Set(made.notes.map((note) => (note.kind === 'answered' ? note.open : '')));
      // Whoever has written since needs no reminder any more (src/store/load.ts).
      opens = opens.filter(({ id, flow }) => !answered.has(id) && program.newest(flow)?.reminds !== true);
      take(made.deeds as readonly Deed[]); // our flows make no others
      for (const note of made.notes) if (note.kind === 'ended') visit({ flow: note.flow, step: '(end)' });
      if (made.message && !isMute) say(made.message, asks === true);
      else if (event.kind !== 'begin') throw new Met('silence', `no answer to ${describe(event)}`);
      standing();
      return;
    }
    throw new Met('crash', 'a command asks for the same query again and again');
  }

  function heard(event: Heard['event']): Heard {
    const date = new Date(now);
    const today = dayIn(date, context.person?.zone ?? 'Europe/Brussels');
    return { event, at: now, opens, context, found: {}, now: date, today };
  }

  /** Somebody is somewhere from where they can go on: at a question, or at no conversation at all. */
  function standing(): void {
    const top = session.stack.at(-1);
    if (!top) return;
    const step = program.flow(top.flow, top.version)?.steps[top.step];
    if (step?.kind !== 'ask' && step?.kind !== 'review')
      throw new Met('dead_end', `${top.flow}.${top.step} is no question`);
    if (top.q === undefined) throw new Met('dead_end', `${top.flow}.${top.step} was never asked`);
    visit(top);
  }

  function visit({ flow, step }: { readonly flow: string; readonly step: string }): void {
    const place = `${flow}.${step}.${session.lang}.${channel}`;
    visited.set(place, (visited.get(place) ?? 0) + 1);
  }

  function say(message: Message, asked: boolean): void {
    const shown = render(filled(message), session.lang, words.write);
    messages.push(shown);
    const whole = `${shown.text}\n${shown.choices.map(({ label }) => label).join('|')}`;
    trail.push(`» ${whole.replaceAll('\n', ' ¶ ')}`);
    fits(shown);
    same = message.question && whole === last ? same + (asked ? 0 : 1) : 0;
    last = whole;
    if (same >= sameAtMost) throw new Met('repeated', `${same + 1} times: ${shown.text.slice(0, 120)}`);
  }

  /** No choice is cut or turned into a line of text because it is too long for this channel. */
  function fits(shown: Rendered): void {
    // "Did you mean": values as long as they are, which may become numbered lines.
    if (session.stack.at(-1)?.aside) return;
    const { list, buttons } = limits[channel];
    const longest = list?.label ?? buttons.label;
    const long = shown.choices.find(({ label }) => label.length > longest);
    if (long)
      throw new Met(
        'does_not_fit',
        `"${long.label}": ${long.label.length}, at most ${longest} on ${channel}`,
      );
    const fitted = fitTo(shown, limits[channel]);
    if (shown.choices.length > 0 && fitted.choices.as === 'nothing')
      throw new Met('does_not_fit', `${shown.choices.length} choices are no list on ${channel}`);
  }

  function take(deeds: readonly Deed[]): void {
    context = applyDeeds(context, deeds);
    for (const deed of deeds) {
      if (deed.kind !== 'event') continue;
      for (const { key, params } of react(deed.event))
        for (const reader of languages) words.write(reader, { key, params: fillAll(params) });
    }
  }

  function hear(): void {
    const wanted = [...situation.opens, ...(random.chance(0.3) ? flows.map(({ id }) => id) : [])];
    if (wanted.length === 0) return;
    const next = random.pick(wanted);
    if (typeof next === 'string') return begin(next);
    const open: Open = {
      ...next,
      id: String(nextId()),
      version: program.newest(next.flow)?.version ?? 0,
      at: now,
    };
    opens = [...opens.slice(-9), open];
    trail.push(`opens ${open.flow}.${open.step}`);
    const draft = draftOf(
      program,
      { ...session, stack: [frameOf(open)] },
      heard({ kind: 'begin', flow: open.flow }),
    );
    const flow = program.newest(open.flow);
    if (
      flow?.closed?.({
        ...heard({ kind: 'begin', flow: open.flow }),
        answers: {},
        data: open.data,
        context: context as never,
        lang: session.lang,
      })
    ) {
      opens = opens.slice(0, -1); // its subject is gone, so nobody would ask
      return;
    }
    ask(draft);
    const shown = finish(draft);
    if (shown.kind === 'turn' && shown.message) {
      const rendered = render(filled(shown.message), session.lang, words.write);
      messages.push(rendered);
      fits(rendered);
      visit(open);
    }
    now += random.pick([1_000, 60_000]);
  }

  /** A conversation that begins by itself needs what it is about, so only those that need nothing. */
  function begin(flow: string): void {
    if (beginnable.has(flow) && context.member) turn({ does: 'say', event: { kind: 'begin', flow } });
  }

  function wait(hours: number): void {
    now += hours * 3_600_000;
    trail.push(`… ${hours} h`);
    for (const assignment of [...context.assignments, ...(context.host?.assignments ?? [])]) {
      for (const { line, due } of assignmentLines) {
        const at = due(assignment);
        if (at === null || Date.parse(at) > now || fired.has(`${assignment.id} ${line} ${at}`)) continue;
        fired.add(`${assignment.id} ${line} ${at}`);
        const current = [...context.assignments, ...(context.host?.assignments ?? [])].find(
          ({ id }) => id === assignment.id,
        );
        if (current) take(fireAssignment(line, current, new Date(now)));
      }
    }
    opens = opens.filter(({ at }) => now - at < 60 * 86_400_000);
  }

  function slotKind(): string | null {
    const top = session.stack.at(-1);
    const flow = top && program.flow(top.flow, top.version);
    const step = top && flow?.steps[top.step];
    return step?.kind === 'ask' ? (flow?.slots[step.slot]?.kind ?? null) : null;
  }

  /** From wherever this walk ended: everything open can be cancelled, and then the menu answers. */
  function leave(): void {
    opens = [];
    for (let depth = session.stack.length; session.stack.length > 0; depth = session.stack.length) {
      turn({ does: 'say', event: { kind: 'text', text: 'cancel' }, asks: true });
      if (session.stack.length < depth) continue;
      const yes = messages.at(-1)?.choices.find(({ token }) => token.endsWith(':yes'));
      if (yes)
        turn({ does: 'say', event: { kind: 'press', token: yes.token, title: yes.label }, asks: true });
      const top = session.stack.at(-1);
      if (session.stack.length >= depth)
        throw new Met('no_way_out', `${top?.flow}.${top?.step} cannot be cancelled`);
    }
    turn({ does: 'say', event: { kind: 'text', text: 'menu' }, asks: true });
  }

  return { act, leave, turns: () => turns, trail: () => trail.slice(-16) };
}

/** Conversations that a person can be led into without being about something. */
const beginnable: ReadonlySet<string> = new Set([
  'availability',
  'registration',
  'menu',
  'my_data',
  'language',
  'human',
]);

function describe(event: Heard['event']): string {
  switch (event.kind) {
    case 'text':
      return `say "${event.text.slice(0, 60)}"`;
    case 'press':
      return `press [${event.title ?? ''}] ${event.token}`;
    case 'begin':
      return `begin ${event.flow}`;
    case 'media':
      return `send ${event.media}`;
    case 'location':
      return 'send location';
  }
}

/** Values that are filled in when a message leaves. */
function filled(message: Message): Message {
  return {
    ...message,
    parts: message.parts.map(({ key, params }) => ({ key, ...(params && { params: fillAll(params) }) })),
  };
}

function fillAll(params: Params): Params {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, fill(value)]));
}

function fill(param: Param): Param {
  if (typeof param !== 'object') return param;
  if ('person' in param) return 'Diane INGABIRE';
  if ('travel' in param) return 'ET 717';
  if ('lines' in param) return { lines: param.lines.map(fill) };
  return 'key' in param && param.params ? { ...param, params: fillAll(param.params) } : param;
}

const days = new Map<string, string>();
const quarterMs = 900_000; // zones begin their days on a quarter of an hour

/** {@link localDay}, remembered: walkers pass the same hours again and again. */
function dayIn(date: Date, zone: string): string {
  const key = `${Math.floor(date.getTime() / quarterMs)} ${zone}`;
  const known = days.get(key) ?? localDay(date, zone);
  days.set(key, known);
  return known;
}
