import type { Answers, Flow, Need, Program, Scope, Slot, Step } from './flow.ts';
import type { Lang, Message, Option, Param, Params, Part, Said } from './message.ts';
import type { Frame, Open, Session } from './session.ts';

/** What the shell hands to one turn besides the session. */
export type Heard = {
  readonly event:
    | Said
    /** Start a flow on this address: the shell's or a coordinator's wish. */
    | { readonly kind: 'begin'; readonly flow: string; readonly data?: Answers };
  /** When the person did it, ms. */
  readonly at: number;
  /** The question our quoted message asked, where the provider told (rule 11, 2). */
  readonly about?: string;
  readonly opens: readonly Open[];
  readonly context: unknown;
  readonly found: Scope['found'];
  readonly now: Date;
  readonly today: string;
};

/** Facts of a turn that are neither words nor changes of the programme. */
export type Note =
  | { readonly kind: 'answered'; readonly open: string; readonly option?: string }
  | { readonly kind: 'ticket'; readonly reason: string; readonly flow: string; readonly step: string }
  | {
      readonly kind: 'ended';
      readonly flow: string;
      readonly how: 'done' | 'cancelled' | 'closed' | 'handed_over';
    };

export type Turn =
  | {
      readonly kind: 'turn';
      readonly session: Session;
      readonly message: Message | null;
      readonly deeds: readonly unknown[];
      readonly notes: readonly Note[];
    }
  | { readonly kind: 'needs'; readonly needs: readonly Need[] };

/** The turn while it is being made. Lives inside one call of `advance`; nobody else ever sees it. */
export type Draft = {
  readonly program: Program;
  readonly heard: Heard;
  lang: Lang;
  asked: number;
  stack: Frame[];
  parts: Part[];
  options: Option[];
  question: string | null;
  at: NonNullable<Message['at']> | null;
  deeds: unknown[];
  notes: Note[];
  needs: readonly Need[] | null;
  steps: number;
  /** The scope made last: asking one question needs the same several times. */
  scope: Scope | null;
};

export function draftOf(program: Program, session: Session, heard: Heard): Draft {
  return {
    program,
    heard,
    lang: session.lang,
    asked: session.asked,
    stack: session.stack.slice(),
    parts: [],
    options: [],
    question: null,
    at: null,
    deeds: [],
    notes: [],
    needs: null,
    steps: 0,
    scope: null,
  };
}

export function finish(draft: Draft): Turn {
  if (draft.needs) return { kind: 'needs', needs: draft.needs };
  const { lang, asked, stack, deeds, notes } = draft;
  return { kind: 'turn', session: { lang, asked, stack }, message: messageOf(draft), deeds, notes };
}

function messageOf({ parts, options, question, at }: Draft): Message | null {
  if (parts.length === 0) return null;
  const asks = question !== null && at !== null;
  if (options.length === 0) return asks ? { parts, question, at } : { parts };
  return asks ? { parts, options, question, at } : { parts, options };
}

export function topOf(draft: Draft): Frame | undefined {
  return draft.stack[draft.stack.length - 1];
}

export function replaceTop(draft: Draft, frame: Frame): void {
  draft.stack[draft.stack.length - 1] = frame;
}

/** Throws when a build lacks the version a session is pinned to: start-up should have refused (promise 8). */
export function flowOf(draft: Draft, frame: { flow: string; version: number }): Flow {
  const flow = draft.program.flow(frame.flow, frame.version);
  if (!flow) throw new Error(`no flow ${frame.flow}@${frame.version} in this build`);
  return flow;
}

export function stepOf(flow: Flow, name: string): Step {
  const step = flow.steps[name];
  if (!step) throw new Error(`${flow.id}@${flow.version} has no step "${name}"`);
  return step;
}

export function slotOf(flow: Flow, name: string): Slot {
  const slot = flow.slots[name];
  if (!slot) throw new Error(`${flow.id}@${flow.version} has no slot "${name}"`);
  return slot;
}

export function scopeOf(draft: Draft, frame: Frame): Scope {
  const { scope: last, lang } = draft;
  const { answers, data } = frame;
  if (last && last.answers === answers && last.data === data && last.lang === lang) return last;
  const { context, found, now, today } = draft.heard;
  // Opaque to the engine by its type; flows declare what they expect, and the shell loads just that.
  draft.scope = { answers, data, context: context as never, found, lang, now, today };
  return draft.scope;
}

/** The first part of a flow's text keys. */
export function textsOf(flow: Flow): string {
  return flow.texts ?? flow.id;
}

export function say(draft: Draft, key: string, params?: Params): void {
  draft.parts.push(params ? { key, params } : { key });
}

/** What is said at such a moment of this step, else of this flow, else of any: `sos.kind.cancelled`, `sos.cancelled` … */
export function sayOwn(draft: Draft, frame: Frame, what: string): void {
  const flow = flowOf(draft, frame);
  const step = stepOf(flow, frame.step);
  const own = [`${textsOf(flow)}.${frame.step}.${what}`, `${textsOf(flow)}.${what}`];
  const key = own.find((known) => draft.program.has(known));
  if (!key) return say(draft, `common.${what}`);
  say(draft, key, 'params' in step ? step.params?.(scopeOf(draft, frame)) : undefined);
}

export function labelOf(flow: Flow, step: string, option: Option): Param {
  return option.label ?? { key: `${textsOf(flow)}.${step}.choices.${option.id}` };
}
