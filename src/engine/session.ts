import type { Answers } from './flow.ts';
import type { GlobalWord, Lang } from './message.ts';
import { type Trail, trailFrom } from './trail.ts';

/** One conversation's memory: plain JSON, small, of the same size after five hundred turns as after twenty. */
export type Session = {
  readonly lang: Lang;
  /** Numbers the questions of this conversation. */
  readonly asked: number;
  /** The open flows, the one being talked about last. */
  readonly stack: readonly Frame[];
};

export type Frame = {
  readonly flow: string;
  readonly version: number;
  readonly step: string;
  readonly data: Answers;
  readonly answers: Answers;
  /** The open question and when it was asked (ms); absent while a frame waits for its sub-flow. */
  readonly q?: string;
  readonly at?: number;
  readonly misses?: number;
  /** Questions of the person's own to which there was no answer, since this one was asked. */
  readonly puzzled?: number;
  /** Questions answered since the last barrier, oldest first: the way back. */
  readonly trail: Trail;
  /** Started by the frame below it, which continues when this one ends. */
  readonly called?: true;
  /**
   * An earlier answer is being changed: the questions that were behind it, so that answered ones are passed over
   * and keep their ids.
   */
  readonly revisit?: Trail;
  /** A command was run, here or in a flow called from here: the way back ends there. */
  readonly did?: true;
  /** Which page of a long list of choices is shown. */
  readonly page?: number;
  /** A question of the engine's own that must be settled before the step's. */
  readonly aside?: Aside;
  /** The proactive message that opened this frame. */
  readonly opened?: string;
  /** The conversation whose last answer led here, for who goes back behind the first question. */
  readonly from?: Pick<Frame, 'flow' | 'version' | 'step' | 'data' | 'answers' | 'trail' | 'did'>;
};

/** `q` is its own question id: an old "yes" of the step's question must never answer "cancel, really?". */
export type Aside = { readonly q?: string } & (
  | /** "Did you mean …?": one candidate is a yes/no, more are a list. */ {
      readonly kind: 'which';
      readonly values: readonly unknown[];
      readonly sure?: true;
    }
  | { readonly kind: 'which_word'; readonly words: readonly GlobalWord[] }
  | { readonly kind: 'cancel' }
  /** Which earlier answer to change. */
  | { readonly kind: 'fields'; readonly steps: readonly string[] }
  /** A change of an earlier answer, told in words: one is a yes/no, more are a list of fields. */
  | {
      readonly kind: 'amend';
      readonly changes: readonly { readonly step: string; readonly value: unknown }[];
    }
  /** Several answers in one message, of which one was not certain: all of them, in the order of their questions. */
  | {
      readonly kind: 'several';
      readonly answers: readonly { readonly step: string; readonly value: unknown }[];
    }
  /** "Do you need help now?"; the answer in which it was heard is kept. */
  | { readonly kind: 'distress'; readonly value?: unknown; readonly abuse?: true }
);

/** A proactive question that reached this address and was not answered yet (rule 12). */
export type Open = {
  readonly id: string;
  readonly flow: string;
  readonly version: number;
  readonly step: string;
  readonly data: Answers;
  /** When it was accepted by the provider, ms. */
  readonly at: number;
};

export function newSession(lang: Lang): Session {
  return { lang, asked: 0, stack: [] };
}

/** A session out of the text that it was kept as. */
export function sessionFrom(text: string): Session {
  const session = JSON.parse(text) as Session; // our own JSON, sealed since
  return session.stack.some(isFormer) ? { ...session, stack: session.stack.map(fromFormer) } : session;
}

function isFormer({ trail, revisit, from }: Frame): boolean {
  return typeof (trail[0] ?? revisit?.[0] ?? from?.trail[0]) === 'object';
}

function fromFormer(frame: Frame): Frame {
  const { trail, revisit, from } = frame;
  return {
    ...frame,
    trail: trailFrom(trail),
    ...(revisit && { revisit: trailFrom(revisit) }),
    ...(from && { from: { ...from, trail: trailFrom(from.trail) } }),
  };
}

/** The frame at another step, free of whatever belonged to the question before. */
export function goTo(frame: Frame, step: string): Frame {
  return moved(frame, step, frame.answers, frame.trail);
}

/** {@link goTo} with new answers. Built property by property: this is the hot path, and spreads cost it a third. */
export function moved(frame: Frame, step: string, answers: Answers, trail: Trail): NewFrame {
  const next: NewFrame = {
    flow: frame.flow,
    version: frame.version,
    step,
    data: frame.data,
    answers,
    trail,
  };
  if (frame.called) next.called = true;
  if (frame.revisit) next.revisit = frame.revisit;
  if (frame.did) next.did = true;
  if (frame.opened !== undefined) next.opened = frame.opened;
  if (frame.from) next.from = frame.from;
  return next;
}

/** A frame that nobody else holds yet. */
export type NewFrame = { -readonly [K in keyof Frame]: Frame[K] };
