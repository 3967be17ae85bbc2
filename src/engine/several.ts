import { readAt } from './amend.ts';
import { listed, shownValue } from './ask.ts';
import type { Slot, Split } from './flow.ts';
import { optionMeant } from './meant.ts';
import type { Param, Reading } from './message.ts';
import type { Aside, Frame } from './session.ts';
import { type Draft, flowOf, replaceTop, scopeOf, slotOf, stepOf, textsOf, topOf } from './turn.ts';
import { answered } from './walk.ts';

/** One of the answers in a message, and how it is said back. */
type Given = {
  readonly step: string;
  readonly value: unknown;
  readonly sure: boolean;
  readonly shown: Param;
};

/** More than this in one message is a letter, not answers. */
const mostAnswers = 4;

/**
 * Two answers in one message: the open question's, and those to the questions that really follow. Only where every part
 * reads as a value, and the whole does not read as one answer of its own. What is certain is taken and said back
 * together; a likely part makes one question of it all. Null when the message is not like that.
 */
export function severalIn(
  draft: Draft,
  frame: Frame,
  words: string,
  own: Reading<unknown>,
): readonly Given[] | null {
  const splits = splitsOf(draft, words);
  if (splits.length === 0) return null;
  const slot = askedSlot(draft, frame);
  // Which choice answered a message of ours is kept with that message, so that answer stands alone.
  if (!slot || slot.first || (frame.opened !== undefined && frame.trail.length === 0)) return null;
  for (const split of splits) {
    const first = readOpen(draft, frame, slot, split.head);
    if (first?.kind !== 'value' || !allows(own, first, split)) continue;
    const next = after(draft, frame, first.value);
    const rest = next && restOf(next, { split, slot, first: first.value });
    if (rest) return [given(draft, frame, first), ...rest];
  }
  return null;
}

/** The questions that follow an answer, as they would be asked, with nothing said. Null where more than asking happens. */
function after(draft: Draft, frame: Frame, value: unknown): Draft | null {
  const step = stepOf(flowOf(draft, frame), frame.step);
  if (step.kind !== 'ask') return null;
  const trial: Draft = { ...draft, stack: draft.stack.slice(), parts: [], options: [], deeds: [], notes: [] };
  answered(trial, frame, { ...frame.answers, [step.slot]: value });
  const top = topOf(trial);
  if (!top || trial.needs || trial.deeds.length > 0 || trial.notes.length > 0) return null;
  if (trial.stack.length !== draft.stack.length || top.flow !== frame.flow || top.aside) return null;
  const flow = flowOf(trial, top);
  if (stepOf(flow, top.step).kind !== 'ask') return null;
  const own = `${textsOf(flow)}.${top.step}.`;
  return trial.parts.every(({ key }) => key.startsWith(own) || key.startsWith('common.')) ? trial : null;
}

/** The rest of a message, read by the question that follows, and by those after it. */
function restOf(
  draft: Draft,
  before: { readonly split: Split; readonly slot: Slot; readonly first: unknown },
  depth = 2,
): readonly Given[] | null {
  const { split } = before;
  const frame = topOf(draft);
  const slot = frame && askedSlot(draft, frame);
  if (!frame || !slot || slot.first) return null;
  // Numbers of choices that nobody has seen yet mean nothing.
  if (slot.options && !/\p{L}/u.test(split.tail)) return null;
  const reading = readAt(draft, frame, slot, split.tail);
  for (const deeper of depth < mostAnswers ? splitsOf(draft, split.tail) : []) {
    const next = readAt(draft, frame, slot, deeper.head);
    const head = { ...before, split: { ...split, tail: deeper.head } };
    if (next.kind !== 'value' || !allows(reading, next, deeper) || !fits(draft, slot, head)) continue;
    const onwards = after(draft, frame, next.value);
    const rest = onwards && restOf(onwards, { split: deeper, slot, first: next.value }, depth + 1);
    if (rest) return [given(draft, frame, next), ...rest];
  }
  return reading.kind === 'value' && fits(draft, slot, before) ? [given(draft, frame, reading)] : null;
}

function splitsOf(draft: Draft, words: string): readonly Split[] {
  return draft.program.reading.splits?.(words, draft.lang) ?? [];
}

/** Whether the whole message, as the open question reads it, leaves room for a second answer. */
function allows(own: Reading<unknown>, first: Reading<unknown> & { kind: 'value' }, { by }: Split): boolean {
  if (own.kind !== 'value' || own.confidence !== 'certain') return true;
  // "Belgium, Liège" is Belgium either way; the town would be lost.
  return by !== 'word' && first.confidence === 'certain' && isSame(own.value, first.value);
}

/** What a slot that takes almost anything, or a second yes or no, may take from the rest of a message. */
function fits(
  draft: Draft,
  slot: Slot,
  { split, slot: asked, first }: { readonly split: Split; readonly slot: Slot; readonly first: unknown },
): boolean {
  if (slot.short && asked.short) return split.by === 'line';
  if (!slot.free) return true;
  if (slot.free === 'long') return split.by === 'line';
  if (!split.name) return false;
  // "Belgium, France" is no town of that name, but a choice of two countries.
  const frame = topOf(draft);
  const other = frame ? asked.read(split.tail, scopeOf(draft, frame)) : null;
  return other?.kind !== 'value' || isSame(other.value, first);
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function askedSlot(draft: Draft, frame: Frame): Slot | null {
  const flow = flowOf(draft, frame);
  const step = stepOf(flow, frame.step);
  return step.kind === 'ask' ? slotOf(flow, step.slot) : null;
}

/** The open question is on the screen, so that the number of a choice counts too. */
function readOpen(draft: Draft, frame: Frame, slot: Slot, words: string): Reading<unknown> | null {
  const option = optionMeant(draft, frame, words);
  if (!option) return slot.read(words, scopeOf(draft, frame));
  if (option.id === 'more' || option.id === 'skip' || option.id === 'keep') return null;
  const value = slot.fromOption ? slot.fromOption(option.id, scopeOf(draft, frame)) : option.id;
  return { kind: 'value', value, confidence: 'certain' };
}

function given(
  draft: Draft,
  frame: Frame,
  { value, confidence }: Reading<unknown> & { kind: 'value' },
): Given {
  const flow = flowOf(draft, frame);
  const step = stepOf(flow, frame.step);
  const shown = step.kind === 'ask' ? shownValue(draft, frame, flow, step.slot, value) : '';
  return { step: frame.step, value, sure: confidence === 'certain', shown };
}

/** Takes them all, or asks once whether that is what was meant. */
export function takeSeveral(draft: Draft, all: readonly Given[]): Aside | null {
  if (!all.every(({ sure }) => sure)) return { kind: 'several', answers: all.map(pick) };
  const parts = draft.parts.length;
  answerEach(draft, all);
  draft.parts.splice(parts, 0, {
    key: 'common.noted',
    params: { value: listed(all.map(({ shown }) => shown)) },
  });
  return null;
}

function pick({ step, value }: Given) {
  return { step, value };
}

/** One answer after the other, as long as each is still what is asked; only the last question is said. */
export function answerEach(
  draft: Draft,
  all: readonly { readonly step: string; readonly value: unknown }[],
): void {
  const said = draft.parts.length;
  for (const { step: name, value } of all) {
    const frame = topOf(draft);
    const step = frame && stepOf(flowOf(draft, frame), frame.step);
    if (!frame || frame.step !== name || step?.kind !== 'ask') return;
    draft.parts.splice(said);
    replaceTop(draft, frame);
    answered(draft, frame, { ...frame.answers, [step.slot]: value });
  }
}
