import { ask } from './ask.ts';
import type { Answers, Flow, Next, Scope, Step } from './flow.ts';
import { closeLost } from './lost.ts';
import { type Frame, goTo, moved } from './session.ts';
import { push, raiseSame } from './stack.ts';
import { longer, markOf, questionIn, stepIn, type Trail, trailLength } from './trail.ts';
import { type Draft, flowOf, replaceTop, say, sayOwn, scopeOf, stepOf, textsOf, topOf } from './turn.ts';

/** No honest flow takes this many steps without a question: a loop of guards is a bug, and stops. */
const stepsPerTurn = 64;

/** Walks from the top frame's step to the next open question, or until nothing is open. */
export function walk(draft: Draft): void {
  for (let frame = topOf(draft); frame; frame = topOf(draft)) {
    draft.steps += 1;
    if (draft.steps > stepsPerTurn) {
      throw new Error(`${frame.flow}.${frame.step}: no question after ${stepsPerTurn} steps`);
    }
    const flow = flowOf(draft, frame);
    if (!enter(draft, flow, stepOf(flow, frame.step), frame)) return;
  }
}

/** Starts a flow, or takes up the same one where it was interrupted. */
export function begin(draft: Draft, id: string, data: Answers): void {
  if (raiseSame(draft, id, data)) return resume(draft);
  push(draft, id, data);
  walk(draft);
}

/** Back to the question that was interrupted, unless its subject went away meanwhile. */
export function resume(draft: Draft): void {
  closeLost(draft);
  if (!topOf(draft)) return;
  say(draft, 'common.resume');
  ask(draft);
}

/** Does one step. True while there is more to walk. */
function enter(draft: Draft, flow: Flow, step: Step, frame: Frame): boolean {
  const scope = scopeOf(draft, frame);
  switch (step.kind) {
    case 'ask':
      if (step.unless?.(scope)) return go(draft, frame, step.next, scope);
      if (frame.answers[step.slot] === undefined) return open(draft, frame, true);
      if (!frame.revisit?.some((mark) => stepIn(mark) === frame.step)) return open(draft, frame, false);
      return go(draft, { ...passed(frame), trail: longer(frame.trail, behind(frame)) }, step.next, scope);
    case 'review':
      return open(draft, frame, false);
    case 'say':
      say(draft, textKey(flow, frame, step.variant?.(scope)), step.params?.(scope));
      return go(draft, frame, step.next, scope);
    case 'decide':
      return go(draft, frame, step.next, scope);
    case 'set': {
      const answers = { ...frame.answers, ...step.values(scope) };
      return go(draft, { ...frame, answers }, step.next, { ...scope, answers });
    }
    case 'do':
      return perform(draft, step, frame, scope);
    case 'call':
      if (frame.revisit && frame.answers[frame.step] !== undefined) return go(draft, frame, step.next, scope);
      push(draft, step.flow, step.data?.(scope) ?? {}, { called: true });
      return true;
    case 'hand_over':
      say(draft, textKey(flow, frame, undefined), step.params?.(scope));
      draft.notes.push({ kind: 'ticket', reason: step.reason, flow: flow.id, step: frame.step });
      // A person takes over: asking the interrupted question now would talk over them.
      return leave(draft, 'handed_over', true);
    case 'end': {
      if (!step.silent) say(draft, textKey(flow, frame, step.variant?.(scope)), step.params?.(scope));
      const then = step.then?.(scope);
      if (!then) return leave(draft, 'done', step.last);
      if (frame.called)
        throw new Error(`${flow.id}.${frame.step}: a called flow cannot be followed by another`);
      draft.notes.push({ kind: 'ended', flow: flow.id, how: 'done' });
      draft.stack.pop();
      if (!raiseSame(draft, then.flow, then.data ?? {})) {
        push(draft, then.flow, then.data ?? {}, origin(flow, frame));
        return true;
      }
      resume(draft);
      return false;
    }
  }
}

/** What the frame that follows keeps of this one: enough to ask its last question again. */
function origin(flow: Flow, frame: Frame): Partial<Frame> {
  const last = frame.trail.at(-1);
  if (!last || flow.reminds) return {};
  const { flow: id, version, step, data, answers, did } = frame;
  return { from: { flow: id, version, step, data, answers, trail: [last], ...(did && { did }) } };
}

/**
 * Waits for an answer here. A question met again on the way forward keeps its id, so that old taps still find it.
 * One that has no answer yet, because the change led here, does not make the person repeat those behind it (`goesOn`).
 */
function open(draft: Draft, frame: Frame, goesOn: boolean): false {
  if (frame.revisit) {
    const q = questionIn(behind(frame));
    const { revisit, ...rest } = goesOn ? passed(frame) : { ...frame, revisit: undefined };
    replaceTop(draft, { ...rest, ...(q !== '' && { q }), ...(revisit?.length && { revisit }) });
  }
  ask(draft);
  return false;
}

/** The frame with this step behind it: what is met again after that, in a loop, is a new question. */
function passed(frame: Frame): Frame {
  const at = frame.revisit?.findIndex((mark) => stepIn(mark) === frame.step) ?? -1;
  return at < 0 ? frame : { ...frame, revisit: frame.revisit?.toSpliced(at, 1) ?? [] };
}

/** This step's entry in the way that lay ahead before the person went back. */
function behind({ step, revisit }: Frame): string {
  return revisit?.find((mark) => stepIn(mark) === step) ?? markOf(step);
}

function perform(draft: Draft, step: Step & { kind: 'do' }, frame: Frame, scope: Scope): boolean {
  const missing = step.needs?.(scope).filter(({ query }) => !Object.hasOwn(scope.found, query)) ?? [];
  if (missing.length > 0) {
    draft.needs = missing;
    return false;
  }
  const result = step.run(scope);
  if (!result.ok) {
    const to = step.refused?.[result.why];
    if (!to) throw new Error(`${frame.flow}.${frame.step} refused with "${result.why}", which has no step`);
    replaceTop(draft, goTo(frame, to));
    return true;
  }
  draft.deeds.push(...result.deeds);
  if (result.lang) draft.lang = result.lang;
  const answers = { ...frame.answers, ...result.answers };
  // What was done is done: the way back ends here (rule 8).
  const { revisit: _, ...rest } = frame;
  return go(draft, { ...rest, answers, trail: [], did: true }, step.next, {
    ...scope,
    answers,
    lang: draft.lang,
  });
}

/** Ends the top frame: back to the flow that called it, or to the one it interrupted. True while there is more to walk. */
export function leave(
  draft: Draft,
  how: 'done' | 'cancelled' | 'closed' | 'handed_over',
  last = false,
): boolean {
  const ended = draft.stack.pop();
  if (!ended) return false;
  draft.notes.push({ kind: 'ended', flow: ended.flow, how });
  const below = topOf(draft);
  if (!below) return false;
  if (ended.called && how === 'done') {
    const step = stepOf(flowOf(draft, below), below.step);
    if (step.kind !== 'call') throw new Error(`${below.flow}.${below.step} called nothing`);
    const answers = { ...below.answers, [below.step]: ended.answers };
    const caller: Frame = { ...below, answers, ...(ended.did && { trail: [], did: true }) };
    return go(draft, caller, step.next, scopeOf(draft, caller));
  }
  // A called flow that did not finish takes its caller with it: the caller has no answer to go on with.
  if (ended.called) return leave(draft, how, last);
  if (!last) resume(draft);
  return false;
}

function go(draft: Draft, frame: Frame, next: Next, scope: Scope): true {
  replaceTop(draft, goTo(frame, choose(next, scope)));
  return true;
}

/** Takes these answers for the open question and walks on to whatever comes next. */
export function answered(draft: Draft, top: Frame, answers: Answers): void {
  const flow = flowOf(draft, top);
  const step = stepOf(flow, top.step);
  if (step.kind !== 'ask') throw new Error(`${top.flow}.${top.step} was not asked`);
  const kept = flow.voids ? withoutVoid(flow, step.slot, top.answers, answers) : answers;
  leaveFor(draft, top, step.next, kept, longer(top.trail, markOf(top.step, top.q)));
}

/** A question that was skipped stays skipped. */
function withoutVoid({ voids }: Flow, slot: string, before: Answers, now: Answers): Answers {
  const others = voids?.[slot]?.filter((other) => now[other] != null) ?? [];
  if (others.length === 0 || before[slot] === undefined || before[slot] === now[slot]) return now;
  return { ...now, ...Object.fromEntries(others.map((other) => [other, undefined])) };
}

/** From the confirmed summary to whatever comes next. */
export function confirmed(draft: Draft, top: Frame): void {
  const step = stepOf(flowOf(draft, top), top.step);
  if (step.kind !== 'review') throw new Error(`${top.flow}.${top.step} is no summary`);
  leaveFor(draft, top, step.next, top.answers, top.trail);
}

function leaveFor(draft: Draft, top: Frame, next: Next, answers: Answers, trail: Trail): void {
  const to = typeof next === 'string' ? next : choose(next, { ...scopeOf(draft, top), answers });
  replaceTop(draft, moved(top, to, answers, trail));
  walk(draft);
}

/** Ends what is on top by the person's wish and takes up what lies below. */
export function cancelTop(draft: Draft): void {
  const top = topOf(draft);
  if (top) sayOwn(draft, top, 'cancelled');
  leave(draft, 'cancelled');
}

/**
 * Back to a question of this frame that was answered, its answer offered. What lay between keeps its answers and
 * is passed over on the way forward.
 */
export function goBackTo(draft: Draft, at: number): void {
  const top = topOf(draft);
  const to = top?.trail[at];
  if (!top || to === undefined) return;
  const q = questionIn(to);
  const ahead = [...top.trail.slice(at + 1), markOf(top.step, top.q), ...(top.revisit ?? [])];
  const frame = goTo({ ...top, trail: top.trail.slice(0, at) }, stepIn(to));
  replaceTop(draft, { ...frame, ...(q !== '' && { q }), revisit: ahead.slice(0, trailLength) });
}

function choose(next: Next, scope: Scope): string {
  if (typeof next === 'string') return next;
  for (const branch of next) {
    if (typeof branch === 'string') return branch;
    if (branch.when(scope)) return branch.go;
  }
  throw new Error('a branch list without fallback'); // the type forbids it
}

function textKey(flow: Flow, { step }: Frame, variant: string | undefined): string {
  return variant ? `${textsOf(flow)}.${step}.${variant}.text` : `${textsOf(flow)}.${step}.text`;
}
