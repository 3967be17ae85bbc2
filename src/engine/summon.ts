import { closeLost } from './lost.ts';
import type { Frame, Open } from './session.ts';
import { push, raise } from './stack.ts';
import { asksIn } from './trail.ts';
import { type Draft, replaceTop, topOf } from './turn.ts';

/**
 * Brings the conversation that asked this question on top (rules 11, 12):
 * - `open`: its question is the open one;
 * - a number: where in the top frame's trail the question stands, already answered;
 * - `lost`: its subject is gone, which has been said;
 * - null: nobody here asked it, or something it called must be finished first.
 */
export function summon(draft: Draft, question: string): 'open' | 'lost' | number | null {
  const { stack, heard } = draft;
  const at = stack.findLastIndex((frame) => asked(frame, question));
  if (at < 0) {
    const open = heard.opens.find(({ id }) => question === `o${id}`);
    if (!open) return null;
    return takeOpen(draft, open) ? 'open' : 'lost';
  }
  if (at < stack.length - 1 && !raise(draft, at)) return null;
  if (closeLost(draft)) return 'lost';
  const top = topOf(draft);
  if (!top) return null;
  if (top.aside?.q === question) return 'open';
  if (top.q === question) {
    if (top.aside) {
      // The step's own question, answered while ours stood before it: ours is settled by that.
      const { aside: _, ...rest } = top;
      replaceTop(draft, rest);
    }
    return 'open';
  }
  return asksIn(top.trail, question);
}

function asked(frame: Frame, question: string): boolean {
  return frame.q === question || frame.aside?.q === question || asksIn(frame.trail, question) >= 0;
}

/** Puts the frame of a proactive question on top, answered by this turn. False when its subject is gone. */
export function takeOpen(draft: Draft, open: Open): boolean {
  draft.notes.push({ kind: 'answered', open: open.id });
  push(draft, open.flow, open.data, openFrame(open));
  return !closeLost(draft);
}

/** What a frame keeps of the proactive message it comes from. */
function openFrame(open: Open) {
  return { version: open.version, step: open.step, q: `o${open.id}`, at: open.at, opened: open.id };
}

/** The frame that {@link takeOpen} would push, to look at before deciding. */
export function frameOf(open: Open): Frame {
  return { flow: open.flow, data: open.data, answers: {}, trail: [], ...openFrame(open) };
}
