import { ask, shownOptions } from './ask.ts';
import type { Frame } from './session.ts';
import { type Draft, flowOf, replaceTop, say, sayOwn, scopeOf, stepOf, textsOf } from './turn.ts';

/** After this many answers that cannot be read, a person takes over; never a fourth identical question. */
const missesToPerson = 3;

/**
 * What was not understood, with an example; then the choices; then a person (domain rule "bad answer"). `instead` is the
 * text of a moment that says more than the reason does.
 */
export function missed(draft: Draft, frame: Frame, why: string, instead?: string): void {
  const misses = (frame.misses ?? 0) + 1;
  const flow = flowOf(draft, frame);
  const step = stepOf(flow, frame.step);
  if (misses >= missesToPerson) {
    const { misses: _, aside: __, ...rest } = frame;
    replaceTop(draft, rest);
    draft.notes.push({ kind: 'ticket', reason: 'not_understood', flow: flow.id, step: frame.step });
    return say(draft, 'common.third_miss');
  }
  replaceTop(draft, { ...frame, misses });
  const own = `${textsOf(flow)}.${frame.step}.${why}`;
  const params = 'params' in step ? step.params?.(scopeOf(draft, frame)) : undefined;
  if (instead) sayOwn(draft, frame, instead);
  else if (draft.program.has(own)) say(draft, own, params);
  else say(draft, `common.unclear.${why}`);
  if (misses === 2) {
    const optional = step.kind === 'ask' && step.optional && !frame.aside;
    if (optional) say(draft, 'common.choose_or_skip');
    else if (shownOptions(draft, frame).length > 0) say(draft, 'common.choose');
    else say(draft, 'common.or_person');
  }
  ask(draft);
}
