import { earlier, readAt } from './amend.ts';
import { optionMeant } from './meant.ts';
import type { Reading } from './message.ts';
import type { Aside, Frame } from './session.ts';
import { stepIn } from './trail.ts';
import { type Draft, flowOf, scopeOf, slotOf, stepOf } from './turn.ts';

/** Words sent this long before the open question was asked cannot mean it: providers' clocks differ by less. */
const beforeMs = 2_000;
/** Beyond this it is a clock that is wrong, not a message that is late. */
const lateMs = 600_000;
/** Nobody reads a question and writes an answer within this time; whoever did was still writing. */
const glimpseMs = 1_500;

/**
 * What words mean that were sent before the open question could be read: two messages at once, or a backlog after an
 * outage.
 *
 * | sent | and they | mean |
 * |---|---|---|
 * | surely before | repeat the answer given last | `same`: the impatience of somebody who waited |
 * | | surely answer the open question, by more than taking anything | `answer`: two answers in two messages |
 * | | fit a name or town that takes anything | asked first |
 * | | go on with the name or town given last | asked first |
 * | | are anything else | `old`: the question is asked again, nothing is counted |
 * | in the same moment | go on with the name given last, and answer nothing | asked first |
 * | | are anything else | `answer`: a quick hand cannot be told from a hasty one |
 */
export function sentEarly(draft: Draft, frame: Frame, words: string): 'answer' | 'old' | 'same' | Aside {
  const early = (frame.at ?? 0) - draft.heard.at;
  if (early <= -glimpseMs || early >= lateMs) return 'answer';
  if (frame.aside) return early > beforeMs ? 'old' : 'answer';
  const before = lastGiven(draft, frame);
  if (early <= beforeMs) {
    const answers =
      before && isOneName(words) && isOneName(String(before.value)) && !isRead(draft, frame, words);
    return (answers ? goesOn(draft, frame, before, words) : null) ?? 'answer';
  }
  if (before && isRepeated(draft, before, words)) return 'same';
  const reading = readingOf(draft, frame, words);
  if (reading?.kind === 'value' && reading.confidence === 'certain') {
    const step = stepOf(flowOf(draft, frame), frame.step);
    const free = step.kind === 'ask' && slotOf(flowOf(draft, frame), step.slot).free !== undefined;
    return free ? { kind: 'which', values: [reading.value], sure: true } : 'answer';
  }
  return (before && goesOn(draft, frame, before, words)) ?? 'old';
}

type Before = { readonly frame: Frame; readonly step: string; readonly value: unknown };

/** The question answered last, as it stood, and its answer. */
function lastGiven(draft: Draft, frame: Frame): Before | null {
  const mark = frame.trail.at(-1);
  if (mark === undefined) return null;
  const name = stepIn(mark);
  const step = stepOf(flowOf(draft, frame), name);
  return step.kind === 'ask'
    ? { frame: earlier(frame, name), step: name, value: frame.answers[step.slot] ?? null }
    : null;
}

function isRepeated(draft: Draft, { frame, value }: Before, words: string): boolean {
  const again = readingOf(draft, frame, words);
  const sure = again?.kind === 'value' && again.confidence === 'certain';
  return sure && JSON.stringify(again.value) === JSON.stringify(value);
}

/** The name or town given last with more words to it; null where the whole would be none. */
function goesOn(
  draft: Draft,
  frame: Frame,
  { frame: then, step, value }: Before,
  words: string,
): Aside | null {
  const asked = stepOf(flowOf(draft, then), step);
  if (asked.kind !== 'ask' || typeof value !== 'string') return null;
  const slot = slotOf(flowOf(draft, then), asked.slot);
  if (slot.free !== 'short') return null;
  const whole = slot.read(`${value} ${words}`, scopeOf(draft, frame));
  const sure = whole.kind === 'value' && whole.confidence === 'certain';
  return sure ? { kind: 'amend', changes: [{ step, value: whole.value }] } : null;
}

function isRead(draft: Draft, frame: Frame, words: string): boolean {
  const reading = readingOf(draft, frame, words);
  return (
    optionMeant(draft, frame, words) !== undefined ||
    reading?.kind === 'value' ||
    reading?.kind === 'ambiguous'
  );
}

/** By labels and readers alone: the numbers of choices were not on the screen. */
function readingOf(draft: Draft, frame: Frame, words: string): Reading<unknown> | null {
  const flow = flowOf(draft, frame);
  const step = stepOf(flow, frame.step);
  return step.kind === 'ask' ? readAt(draft, frame, slotOf(flow, step.slot), words) : null;
}

function isOneName(words: string): boolean {
  return /^\s*\p{Lu}[\p{L}\p{M}'’-]+\s*$/u.test(words);
}
