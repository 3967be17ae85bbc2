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
  at: Message['at'] | null;
  deeds: unknown[];
  notes: Note[];
  needs: readonly Need[] | null;
  steps: number;
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
  };
}

export function finish(draft: Draft): Turn {
  if (draft.needs) return { kind: 'needs', needs: draft.needs };
  const { parts, options, question, at } = draft;
  return {
    kind: 'turn',
    session: { lang: draft.lang, asked: draft.asked, stack: draft.stack },
    message:
      parts.length === 0
        ? null
        : { parts, ...(options.length > 0 && { options }), ...(question && at && { question, at }) },
    deeds: draft.deeds,
    notes: draft.notes,
  };
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
  const { context, found, now, today } = draft.heard;
  // Opaque to the engine by its type; flows declare what they expect, and the shell loads just that.
  return {
    answers: frame.answers,
    data: frame.data,
    context: context as never,
    found,
    lang: draft.lang,
    now,
    today,
  };
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
