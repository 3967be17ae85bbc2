import { answeredSteps, ask, canKeep } from './ask.ts';
import type { GlobalWord } from './message.ts';
import { type Frame, goTo } from './session.ts';
import { forget, push } from './stack.ts';
import { stepIn } from './trail.ts';
import { type Draft, flowOf, replaceTop, say, sayOwn, stepOf, textsOf, topOf } from './turn.ts';
import { answered, cancelTop, goBackTo, walk } from './walk.ts';

/**
 * Does what a global word says, at any moment. Words about the open conversation are the engine's own;
 * every other word opens the flow that the program names for it, on top of what is open. `said` is the whole
 * message; `unsure` when the word was only one of two meanings, `abuse` when a call for help told of it.
 */
export function obey(
  draft: Draft,
  word: GlobalWord,
  { said = '', unsure = false, abuse = false } = {},
): void {
  const top = topOf(draft);
  const own = ownWords[word];
  if (own && top) return own(draft, top);
  const system = draft.program.word(word, draft.heard.context, said);
  if (system) {
    // The same word twice does not stack the same conversation twice.
    forget(draft, system.flow);
    push(draft, system.flow, {
      ...system.data,
      ...(unsure && { unsure: true }),
      ...(abuse && { abuse: true }),
    });
    return walk(draft);
  }
  // "Start" from somebody who never left only means "go on".
  if (word === 'start' && top) return goOn(draft, top);
  say(draft, top ? 'common.not_here' : 'common.nothing_open');
  ask(draft);
}

/** A word about the open conversation, as against one that leads elsewhere. */
export function isOwnWord(word: GlobalWord): boolean {
  return Object.hasOwn(ownWords, word);
}

const ownWords: { readonly [word in GlobalWord]?: (draft: Draft, top: Frame) => void } = {
  help,
  back,
  skip,
  cancel,
  restart,
  change,
};

/** Three lines about the present conversation, then the question again. */
function help(draft: Draft, top: Frame): void {
  const own = `${textsOf(flowOf(draft, top))}.help`;
  say(draft, draft.program.has(own) ? own : 'common.help');
  ask(draft);
}

/** To the question before, its answer kept; never across something already done. */
function back(draft: Draft, top: Frame): void {
  if (top.aside) {
    const { aside: _, ...rest } = top;
    replaceTop(draft, rest);
    return ask(draft);
  }
  const at = before(draft, top);
  if (!at) return stuck(draft, top);
  goBackTo(draft, at.trail.length - 1);
  ask(draft);
}

/** The frame with a question to go back to, on top: this one, the one that called it, or the one that led to it. */
function before(draft: Draft, top: Frame): Frame | undefined {
  if (top.trail.length > 0) return top;
  if (top.did) return undefined;
  const { stack } = draft;
  const caller = top.called && stack[stack.length - 2];
  if (caller && caller.trail.length > 0) {
    stack.pop();
    return caller;
  }
  // Its version may be gone by now: then there is no way back.
  if (!top.from || !draft.program.flow(top.from.flow, top.from.version)) return undefined;
  replaceTop(draft, top.from);
  return top.from;
}

/** Nothing to go back to: nothing came before, or it is done, and then another word changes it. */
function stuck(draft: Draft, top: Frame): void {
  sayOwn(draft, top, top.did ? 'barrier' : 'no_way_back');
  ask(draft);
}

function skip(draft: Draft, top: Frame): void {
  const step = stepOf(flowOf(draft, top), top.step);
  if (step.kind !== 'ask' || !step.optional || top.aside) {
    say(draft, 'common.cannot_skip');
    return ask(draft);
  }
  answered(draft, top, { ...top.answers, [step.slot]: null });
}

function cancel(draft: Draft, top: Frame): void {
  if (isUntouched(draft, top)) return cancelTop(draft);
  const { page: _, ...rest } = top;
  replaceTop(draft, { ...rest, aside: { kind: 'cancel' } });
  ask(draft);
}

/** Nothing was answered or done in it yet, so nothing is lost with it: leaving needs no second question. */
function isUntouched(draft: Draft, { flow, version, trail, did, called, aside, revisit }: Frame): boolean {
  if (did || called || aside || revisit) return false;
  const { slots, steps } = flowOf(draft, { flow, version });
  return trail.every((mark) => {
    const asked = steps[stepIn(mark)];
    return asked?.kind === 'ask' && slots[asked.slot]?.leads === true;
  });
}

/** From the start of this flow; where something was already done, from the first question after it. */
function restart(draft: Draft, top: Frame): void {
  const first = top.trail[0];
  if (!first) return stuck(draft, top);
  const { revisit: _, ...rest } = goTo(
    { ...top, trail: [] },
    top.did ? stepIn(first) : flowOf(draft, top).start,
  );
  const asked = new Set(top.trail.map(stepIn));
  replaceTop(draft, { ...rest, answers: top.did ? withoutAnswers(draft, top, asked) : {} });
  walk(draft);
}

/** What commands and earlier questions left behind stays; what was asked since goes. */
function withoutAnswers(draft: Draft, top: Frame, asked: ReadonlySet<string>): Frame['answers'] {
  const { steps } = flowOf(draft, top);
  const slots = new Set<string>();
  for (const name of asked) {
    const step = steps[name];
    if (step?.kind === 'ask') slots.add(step.slot);
  }
  return Object.fromEntries(Object.entries(top.answers).filter(([slot]) => !slots.has(slot)));
}

/** Offers the earlier answers of this flow, to change one. */
function change(draft: Draft, top: Frame): void {
  const steps = answeredSteps(draft, flowOf(draft, top), top);
  if (steps.length === 0) return back(draft, top);
  const { page: _, ...rest } = top;
  replaceTop(draft, { ...rest, aside: { kind: 'fields', steps } });
  ask(draft);
}

/** "Go on": the open question again, or with the old answer where one is offered. */
function goOn(draft: Draft, top: Frame): void {
  if (canKeep(draft, top)) keep(draft, top);
  else ask(draft);
}

/** The old answer stays. */
export function keep(draft: Draft, top: Frame): void {
  answered(draft, top, top.answers);
}
