import { sep } from 'node:path';
import type { Context, Deed } from '../../src/domain/model.ts';
import { nudgeHours } from '../../src/domain/silence.ts';
import { advance } from '../../src/engine/advance.ts';
import { ask } from '../../src/engine/ask.ts';
import type { Answers, Need, Program } from '../../src/engine/flow.ts';
import {
  type GlobalWord,
  type Lang,
  languages,
  type MediaKind,
  type Message,
  type Param,
  type Params,
} from '../../src/engine/message.ts';
import { type Rendered, render, type Writer } from '../../src/engine/render.ts';
import { newSession, type Open, type Session } from '../../src/engine/session.ts';
import { frameOf } from '../../src/engine/summon.ts';
import { draftOf, finish, type Heard, type Note } from '../../src/engine/turn.ts';
import { wallClock } from '../../src/language/wall-clock.ts';
import type { Moment } from './situations.ts';

/**
 * Plays a transcript: a conversation that is script and expectation at once. The person's lines are kept and
 * played, everything the product says and does is written anew; the test compares, `vitest -u` rewrites.
 *
 * Files are `test/transcripts/<flow>/<lang>/<what happens>.txt`. The folder gives the language the conversation
 * starts in. One line is one of these; a text goes on in lines indented by five spaces:
 *
 *     context registered              what is known from here on: an export of test/support/contexts/*.ts
 *     now 2027-03-01T08:00:00Z        programme time; each turn takes a minute (default 23 November 2026, 08:00 UTC)
 *     later 25h                       time passes: so many m, h or d
 *     found invitation {"id":4}       what a named query finds from here on (JSON). `fresh` (ids 101, 102 … and the
 *                                     codes of the examples) and `newCode` (482913) are there by themselves
 *     begin availability {"a":1}      a flow that is started for the person, with its data
 *     open 7 call asked {"a":1}       a proactive question arrives: id, flow, step, data
 *                                     (`open 7 resume answer`: the reminder of src/domain/silence.ts)
 *     user 5 Nzeri 2027               the person writes
 *     user-at-once Uwase            … and did so half a second after the last question was asked
 *     user-before Uwase             … or ten seconds before it was
 *     tap Emeza                       the person presses the choice of that label in the last message that has it …
 *     tap-old Emeza                   … or in the last such message but the newest
 *     user+ / tap+                    sent in the same moment as the line before, so before its answer was seen
 *     send image                      the person sends a medium, or `location`
 *     -- a note                       a remark of the author
 *     bot  Murakaza neza.             what the product answered, its choices last: [Yego] [Oya]
 *     --   insert member              what the turn did: changed rows, events, plans, tickets, ends
 *
 * Once a person has taken over, only MENU, SOS and STOP are answered, as in src/app/receive.ts.
 *
 * A label is compared without regard to case. Every turn passes the session through JSON, as the store does.
 */
export function replay(file: string, script: string, stage: Stage): Replayed {
  const scene = createScene(file, stage);
  for (const { verb, rest, raw } of linesOf(script)) {
    scene.lines.push(raw);
    play(scene, verb, rest);
  }
  return { text: `${scene.lines.join('\n')}\n`, moments: scene.moments };
}

/** The transcript as it reads now, and what situations.ts judges it by. */
export type Replayed = { readonly text: string; readonly moments: readonly Moment[] };

export type Stage = {
  readonly program: Program;
  readonly write: Writer;
  readonly contexts: Readonly<Record<string, Context>>;
};

/** What a message needs from a phone to us. */
const travelMs = 1_000;
/** What is still answered while a ticket is open (src/app/receive.ts, rule 14). */
const passes: readonly GlobalWord[] = ['menu', 'sos', 'stop'];

type Line = { readonly verb: string; readonly rest: string; readonly raw: string };

const verbs =
  /^(context|now|later|found|begin|open|user|user\+|user-at-once|user-before|tap|tap\+|tap-old|send|--)(?: (.*))?$/;

/** The author's lines; what the product said and did last time is dropped. */
function linesOf(script: string): readonly Line[] {
  const lines: { verb: string; rest: string; raw: string }[] = [];
  let last: { verb: string; rest: string; raw: string } | null = null;
  for (const raw of script.split('\n')) {
    const match = raw.startsWith('--   ') ? null : verbs.exec(raw.trimEnd());
    if (match) {
      last = { verb: match[1] ?? '', rest: (match[2] ?? '').trimStart(), raw: raw.trimEnd() };
      lines.push(last);
    } else if (last?.verb.startsWith('user') && raw.startsWith('     ')) {
      last.rest += `\n${raw.slice(5)}`;
      last.raw += `\n${raw.trimEnd()}`;
    } else {
      if (raw.trim() !== '' && !/^(bot | {5}|-- {3})/.test(raw))
        throw new Error(`no such line in a transcript: ${raw}`);
      last = null;
    }
  }
  return lines;
}

function play(scene: Scene, verb: string, rest: string): void {
  switch (verb) {
    case 'context':
      return scene.know(rest);
    case 'now':
      return scene.setClock(Date.parse(rest));
    case 'later':
      return scene.pass(milliseconds(rest));
    case 'found': {
      const [query = '', value] = split(rest);
      scene.found[query] = value;
      return;
    }
    case 'begin': {
      const [flow = '', data] = split(rest);
      return scene.turn({ kind: 'begin', flow, data });
    }
    case 'open':
      return scene.open(rest);
    case 'user':
      return scene.turn({ kind: 'text', text: rest });
    case 'user+':
      return scene.turn({ kind: 'text', text: rest }, { together: true });
    case 'user-at-once':
      return scene.turn({ kind: 'text', text: rest }, { early: -500 });
    case 'user-before':
      return scene.turn({ kind: 'text', text: rest }, { early: 10_000 });
    case 'tap':
      return scene.tap(rest);
    case 'tap+':
      return scene.tap(rest, { together: true });
    case 'tap-old':
      return scene.tap(rest, { skip: 1 });
    case 'send':
      if (rest === 'location') return scene.turn({ kind: 'location', latitude: -1.9441, longitude: 30.0619 });
      // The author's word; the engine treats one it does not know like any other.
      return scene.turn({ kind: 'media', media: rest as MediaKind });
  }
}

type Scene = ReturnType<typeof createScene>;
type When = { readonly together?: boolean; readonly early?: number };

/** The conversation while it is played: what is known, what time it is, and the lines written so far. */
function createScene(file: string, { program, write, contexts }: Stage) {
  const folders = file.split(sep);
  const lines: string[] = [];
  const found: Record<string, unknown> = { newCode: { digits: '482913' } };
  const seen: Rendered[] = [];
  const moments: Moment[] = [];
  let glanced = 0; // how much of `seen` was there when the last line was sent
  let sent = 0;
  let handedOver = false; // a ticket is open
  let now = Date.parse('2026-11-23T08:00:00Z');
  let session: Session = newSession(languages.find((lang) => folders.at(-2) === lang) ?? 'en');
  let context: Context | undefined;
  let opens: readonly Open[] = [];
  let nextId = 101;

  function know(name: string): void {
    context = contexts[name];
    if (!context) throw new Error(`no context "${name}" among ${Object.keys(contexts).join(', ')}`);
  }

  /** Shows a question of a flow as a proactive message would, and waits for the person. */
  function open(line: string): void {
    const [, id = '', flow = '', step = '', json] = /^(\S+) (\S+) (\S+)(?: (.*))?$/.exec(line) ?? [];
    const question: Open = {
      id,
      flow,
      version: program.newest(flow)?.version ?? 0,
      step,
      data: dataOf(json),
      at: now,
    };
    if (flow === 'resume' && !question.data.to) mayBeReminded();
    opens = [...opens, question];
    const draft = draftOf(
      program,
      { ...session, stack: [frameOf(question)] },
      heard({ kind: 'begin', flow }),
    );
    ask(draft);
    const shown = finish(draft);
    if (shown.kind === 'turn') say(shown.message, session.lang);
  }

  /** A reminder that the product would not send has no place in a transcript. */
  function mayBeReminded(): void {
    const flow = session.stack.at(-1)?.flow ?? 'nothing';
    const hours = (now - sent) / 3_600_000;
    if (!nudgeHours[flow]?.some((due) => Math.abs(hours - due) < 1))
      throw new Error(`nobody is reminded of ${flow} ${Math.round(hours)} hours after their last word`);
  }

  function tap(label: string, { skip = 0, together = false } = {}): void {
    const asking = seen.slice(0, together ? glanced : undefined).filter(({ choices }) => choices.length > 0);
    for (const rendered of asking.toReversed().slice(skip)) {
      const choice = rendered.choices.find((known) => known.label.toLowerCase() === label.toLowerCase());
      if (!choice) continue;
      return turn({ kind: 'press', token: choice.token, title: choice.label }, { together });
    }
    throw new Error(`nobody can tap "${label}" after:\n${lines.slice(-12).join('\n')}`);
  }

  /** `together`: sent in the same second as the line before; `early`: so many ms before the last question was asked. */
  function turn(event: Heard['event'], { together = false, early }: When = {}): void {
    if (!together) {
      now += 60_000;
      sent = early === undefined ? now - travelMs : (session.stack.at(-1)?.at ?? now) - early;
      glanced = seen.length;
    } else now += travelMs;
    const before = { before: session, opens };
    const spoken = event.kind === 'text' ? program.reading.global(event.text, session.lang) : null;
    const word = spoken?.kind === 'value' ? spoken.value : null;
    if (handedOver && session.stack.at(-1)?.flow !== 'sos') {
      if (!word || !passes.includes(word)) {
        lines.push('--   no answer: a person has taken over');
        moments.push({
          ...before,
          event,
          at: sent,
          together,
          word,
          after: session,
          message: null,
          notes: [],
        });
        return;
      }
      if (word === 'menu') handedOver = false;
    }
    let answers: Record<string, unknown> = {};
    for (let tries = 0; tries < 4; tries += 1) {
      const made = advance(program, session, { ...heard(event), at: sent, found: answers });
      if (made.kind === 'turn') {
        session = JSON.parse(JSON.stringify(made.session)) as Session; // what the store gives back
        say(made.message, session.lang);
        for (const deed of made.deeds) lines.push(`--   ${describeDeed(deed as Deed)}`); // our flows give no others
        for (const note of made.notes) lines.push(`--   ${describeNote(note)}`);
        handedOver ||= made.notes.some(({ kind }) => kind === 'ticket');
        const answered = new Set(made.notes.map((note) => (note.kind === 'answered' ? note.open : '')));
        opens = opens.filter(({ id }) => !answered.has(id));
        const { message, notes } = made;
        moments.push({ ...before, event, at: sent, together, word, after: session, message, notes });
        return;
      }
      answers = { ...answers, ...Object.fromEntries(made.needs.map((need) => [need.query, answer(need)])) };
    }
    throw new Error('a command asks for the same query again and again');
  }

  function heard(event: Heard['event']): Heard {
    const date = new Date(now);
    const today = wallClock(date.toISOString(), 'Africa/Kigali').day;
    return { event, at: sent || now, opens, context, found: {}, now: date, today };
  }

  function answer(need: Need): unknown {
    if (Object.hasOwn(found, need.query)) return found[need.query];
    if (need.query === 'fresh') return fresh(need.args);
    throw new Error(`this transcript needs a line: found ${need.query} {…} for ${JSON.stringify(need.args)}`);
  }

  function fresh(args: Answers): unknown {
    const codes: Record<string, string[]> = {};
    const ids: Record<string, number[]> = {};
    for (const [table, count] of Object.entries(args)) {
      const first = nextId;
      nextId += Number(count);
      ids[table] = Array.from({ length: Number(count) }, (_, i) => first + i);
      const code = exampleCodes[table];
      if (code) codes[table] = Array.from({ length: Number(count) }, (_, i) => nextCode(code, i));
    }
    return { ...ids, codes };
  }

  function say(message: Message | null, lang: Lang): void {
    if (!message) return;
    const rendered = render(filled(message), lang, write);
    seen.push(rendered);
    const choices = rendered.choices.map(({ label }) => `[${label}]`).join(' ');
    const all = [...rendered.text.split('\n'), ...(choices === '' ? [] : [choices])];
    lines.push(...all.map((line, at) => (at === 0 ? `bot  ${line}` : line === '' ? '' : `     ${line}`)));
  }

  return {
    lines,
    moments,
    found,
    know,
    open,
    tap,
    turn,
    setClock(to: number) {
      now = to;
    },
    pass(ms: number) {
      now += ms;
    },
  };
}

function describeNote(note: Note): string {
  switch (note.kind) {
    case 'answered':
      return `answered ${note.open}${note.option ? ` with ${note.option}` : ''}`;
    case 'ticket':
      return `ticket ${note.reason} from ${note.flow}.${note.step}`;
    case 'ended':
      return `${note.flow} ended: ${note.how}`;
  }
}

/** A change without its values: transcripts show what happens, the commands' own tests show with which values. */
function describeDeed(deed: Deed): string {
  switch (deed.kind) {
    case 'insert':
      return `insert ${deed.table} ${deed.id}: ${Object.keys(deed.row).join(', ')}`;
    case 'update':
      return `update ${deed.table} ${deed.id}: ${Object.keys(deed.set).join(', ')}`;
    case 'event':
      return `event ${deed.event.name}`;
    case 'link':
      return `link person ${deed.personId}`;
    case 'plan':
      return `plan ${deed.subject.kind}: ${deed.timers.map(({ line }) => line).join(', ') || 'nothing'}`;
    default:
      return (deed as { readonly kind: string }).kind; // a kind that came after this list
  }
}

/** The codes of the programme's examples, counted up. */
const exampleCodes: { readonly [table: string]: string } = {
  member: 'D-00231',
  need: 'N-0142',
  mission: 'M-2027-03',
  assignment: 'A-0087',
  ticket: 'K-0301',
  broadcast: 'B-0012',
};

function nextCode(code: string, more: number): string {
  return code.replace(/\d+$/, (digits) => String(Number(digits) + more).padStart(digits.length, '0'));
}

/** Values that are filled in when a message leaves stand as their names here. */
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
  if ('person' in param) return `«person ${param.person}»`;
  if ('travel' in param) return `«${param.field} of ${param.travel}»`;
  if ('lines' in param) return { lines: param.lines.map(fill) };
  return 'key' in param && param.params ? { key: param.key, params: fillAll(param.params) } : param;
}

function split(rest: string): readonly [string, Answers] {
  const at = rest.indexOf(' ');
  return at < 0 ? [rest, {}] : [rest.slice(0, at), dataOf(rest.slice(at + 1))];
}

function dataOf(json: string | undefined): Answers {
  return json ? (JSON.parse(json) as Answers) : {}; // written by the transcript's author
}

function milliseconds(text: string): number {
  const [, count, unit] = /^(\d+)([mhd])$/.exec(text) ?? [];
  const size = unit === 'm' ? 60_000 : unit === 'h' ? 3_600_000 : unit === 'd' ? 86_400_000 : Number.NaN;
  const value = Number(count) * size;
  if (Number.isNaN(value)) throw new Error(`later ${text}: so many m, h or d`);
  return value;
}
