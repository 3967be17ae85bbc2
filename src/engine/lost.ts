import { dropTop } from './stack.ts';
import { type Draft, flowOf, say, scopeOf, textsOf, topOf } from './turn.ts';

/**
 * A conversation whose subject went away (offer withdrawn, mission cancelled) says so and closes, and so does the
 * next one below if its subject went too (rule 22). True when at least one closed.
 */
export function closeLost(draft: Draft): boolean {
  let closed = false;
  for (let frame = topOf(draft); frame; frame = topOf(draft)) {
    const flow = flowOf(draft, frame);
    const why = flow.closed?.(scopeOf(draft, frame));
    if (!why) return closed;
    say(draft, `${textsOf(flow)}.closed.${why}`);
    draft.notes.push({ kind: 'ended', flow: frame.flow, how: 'closed' });
    dropTop(draft);
    closed = true;
  }
  return closed;
}
