import { allOptions, shownValue } from './ask.ts';
import type { Field, Slot } from './flow.ts';
import type { Param, Reading } from './message.ts';
import type { Aside, Frame } from './session.ts';
import { lastOf, stepIn } from './trail.ts';
import { type Draft, flowOf, labelOf, say, scopeOf, slotOf, stepOf, textsOf, topOf } from './turn.ts';
import { answered, goBackTo } from './walk.ts';

/** An earlier answer that typed words may be changing, latest first. */
type Change = {
  readonly step: string;
  readonly value: unknown;
  /** Nothing in the words leaves a doubt about the value. */
  readonly sure: boolean;
  readonly named: boolean;
  readonly slot: Slot;
  readonly label: boolean;
};

/** What to do about words that change an earlier answer; null when they change none. */
export type Amendment =
  | { readonly do: 'change'; readonly step: string; readonly value: unknown }
  | { readonly do: 'ask'; readonly aside: Aside & { readonly kind: 'amend' } }
  | { readonly do: 'reopen'; readonly step: string }
  /** The same answer again. */
  | { readonly do: 'keep' }
  /** What it would change is behind a barrier (rule 8). */
  | { readonly do: 'refuse' };

/** Fits on buttons, and nobody reads more. */
const mostFields = 4;

/**
 * Whether typed words change an answer given earlier in this conversation, not across a barrier. The open question
 * reads first (`own`): only what is no answer to it, or opens with a word of correction, is a change. One certain value
 * behind a plain mark is taken; everything else is asked first, and several fields are offered. Never a guess.
 */
export function amendment(
  draft: Draft,
  frame: Frame,
  words: string,
  own: Reading<unknown> | null,
  slot: Slot | null,
): Amendment | null {
  const { mark, rest } = draft.program.reading.correction?.(words, draft.lang) ?? { mark: null, rest: words };
  const answers = own?.kind === 'value' || own?.kind === 'ambiguous';
  if (answers && (mark === null || (mark !== 'clear' && !slot?.free))) return null;
  if (frame.trail.length === 0) {
    const beyond = frame.did && !answers && (mark === 'clear' || mark === 'change');
    return beyond ? { do: 'refuse' } : null;
  }
  const read = fitting(changesIn(draft, frame, rest, mark, slot));
  if (mark === 'change') return asked(draft, frame, rest, read);
  const changes = read.filter(({ step, value }) => !isPresent(draft, frame, step, value));
  // "No wait, yes" answers the open question, though "yes" is what an earlier one has already.
  const open = answers && !slot?.free;
  if (changes.length === 0)
    return !open && mark !== null && read.some(({ sure }) => sure) ? { do: 'keep' } : null;
  // In the middle of free words only what is beyond doubt is no part of them.
  if (answers && slot?.free && !changes.every(({ sure }) => sure)) return null;
  const story = answers && slot?.free === 'long';
  if (story && !isShort(rest) && !changes.every(({ named }) => named)) return null;
  return decided(draft, frame, changes, mark === 'clear' && !story, answers && !slot?.free ? own : null);
}

function isShort(words: string): boolean {
  return words.trim().split(/\s+/).length <= 3;
}

function decided(
  draft: Draft,
  frame: Frame,
  changes: readonly Change[],
  plain: boolean,
  own: Reading<unknown> | null,
): Amendment | null {
  const [first] = changes;
  if (!first) return null;
  const single: Amendment = { do: 'ask', aside: { kind: 'amend', changes: [pick(first)] } };
  // "Actually 5 May" may be the open question's answer as well.
  const open = own?.kind === 'value' ? [{ step: frame.step, value: own.value }] : [];
  if (open.length > 0 && labelKey(draft, frame, frame.step) === null) return null;
  // Another way through a menu is taken at once: there is no answer to lose.
  const taken = plain || first.slot.leads === true;
  if (changes.length + open.length === 1)
    return taken && first.sure ? { do: 'change', step: first.step, value: first.value } : single;
  const labelled = changes.filter(({ label }) => label).map(pick);
  if (labelled.length === 0) return open.length > 0 ? null : single;
  return { do: 'ask', aside: { kind: 'amend', changes: [...labelled, ...open].slice(0, mostFields) } };
}

/** "Change my city to Namur", or just "change my city": without a field that is named nothing is changed. */
function asked(draft: Draft, frame: Frame, rest: string, read: readonly Change[]): Amendment | null {
  const [only, ...more] = read.filter(({ named }) => named);
  if (only && more.length === 0) {
    if (isPresent(draft, frame, only.step, only.value)) return { do: 'keep' };
    return only.sure
      ? { do: 'change', step: only.step, value: only.value }
      : { do: 'ask', aside: { kind: 'amend', changes: [pick(only)] } };
  }
  if (only) return { do: 'ask', aside: { kind: 'amend', changes: read.map(pick).slice(0, mostFields) } };
  const named = earlierSteps(frame).filter((step) => fieldIn(draft, frame, step, rest)?.value === '');
  return named.length === 1 && named[0] !== undefined ? { do: 'reopen', step: named[0] } : null;
}

function pick({ step, value }: Change) {
  return { step, value };
}

/** Takes the change; what it decides anew is walked again, as after a late tap. */
export function change(draft: Draft, step: string, value: unknown): void {
  const top = topOf(draft);
  const at = top ? lastOf(top.trail, step) : -1;
  if (!top || at < 0) return;
  const flow = flowOf(draft, top);
  const asked = stepOf(flow, step);
  if (asked.kind !== 'ask') return;
  const then = earlier(top, step);
  sayChanged(draft, then, shownValue(draft, then, flow, asked.slot, value));
  goBackTo(draft, at);
  const frame = topOf(draft);
  if (frame) answered(draft, frame, { ...frame.answers, [asked.slot]: value });
}

/** Which answer is another now, by the label of its question where it has one. Another way through a menu is none. */
export function sayChanged(draft: Draft, then: Frame, value: Param): void {
  const flow = flowOf(draft, then);
  const step = stepOf(flow, then.step);
  if (step.kind === 'ask' && slotOf(flow, step.slot).leads) return;
  const key = labelKey(draft, then, then.step);
  if (key === null) say(draft, 'common.changed', { value });
  else say(draft, 'common.changed_label', { label: { key }, value });
}

/** The frame as it stood at that step, to look at its choices. */
export function earlier({ flow, version, data, answers }: Frame, step: string): Frame {
  return { flow, version, data, answers, step, trail: [] };
}

/** The questions answered on the way here, latest first, each once; not the open one. */
function earlierSteps(frame: Frame): readonly string[] {
  const steps = new Set<string>();
  for (const step of frame.trail.map(stepIn).toReversed()) if (step !== frame.step) steps.add(step);
  return [...steps];
}

/** Every earlier question to which the words give a value. */
function changesIn(
  draft: Draft,
  frame: Frame,
  rest: string,
  mark: string | null,
  open: Slot | null,
): readonly Change[] {
  const found: Change[] = [];
  for (const [at, name] of earlierSteps(frame).entries()) {
    const flow = flowOf(draft, frame);
    const step = stepOf(flow, name);
    if (step.kind !== 'ask') continue;
    const slot = slotOf(flow, step.slot);
    const field = fieldIn(draft, frame, name, rest);
    // "Year 2" may begin a sentence; "Year: 2" names the field, and so does any name behind a mark.
    const named = field !== null && (mark !== null || !field.plain);
    if (slot.free && !named) continue;
    // A bare number below other choices is one of those; a bare yes or no is about what was asked last.
    if (mark === null && !named && (slot.short || !/\p{L}/u.test(rest))) continue;
    // A date too early for this question is a bad answer to it, not a good one to another.
    if (mark === null && !named && slot.kind === open?.kind) continue;
    if (slot.short && !named && at > 0) continue;
    const reading = readingOf(draft, frame, name, slot, rest, named ? field.value : null);
    if (reading.kind !== 'value') continue;
    const certain = reading.confidence === 'certain';
    if (mark === null && !certain) continue;
    found.push({
      step: name,
      value: reading.value,
      sure: certain && (named || !slot.short),
      named,
      slot,
      label: labelKey(draft, frame, name) !== null,
    });
  }
  return found;
}

/** What fits best: a named field before all others, a sure reading before a guess, one of a list before free words. */
function fitting(found: readonly Change[]): readonly Change[] {
  const named = found.filter((one) => one.named);
  const kept = (named.length > 0 ? named : found).filter((one) => !found.some((other) => covers(other, one)));
  const sure = kept.filter((one) => one.sure && !one.slot.free);
  return sure.length > 0 ? sure : kept;
}

/** The same answer twice in one conversation (a field and its detail, a country and "which one?"): one of them says it all. */
function covers(other: Change, one: Change): boolean {
  if (other === one || JSON.stringify(other.value) !== JSON.stringify(one.value)) return false;
  if (other.slot.narrows === one.slot.kind) return true;
  return other.slot.kind === one.slot.kind && other.label && !one.label;
}

function readingOf(
  draft: Draft,
  frame: Frame,
  step: string,
  slot: Slot,
  rest: string,
  field: string | null,
): Reading<unknown> {
  for (const words of slot.free ? [field ?? ''] : field === null ? [rest] : [rest, field]) {
    const reading = readAt(draft, earlier(frame, step), slot, words);
    if (reading.kind === 'value' && reading.confidence === 'certain') return reading;
    if (words === (field ?? rest)) return reading;
  }
  return { kind: 'unclear', why: 'not_meant' };
}

/** A question that is not on the screen is answered by the label of a choice or by its reader, never by a number of the list. */
export function readAt(draft: Draft, frame: Frame, slot: Slot, words: string): Reading<unknown> {
  const options = allOptions(draft, frame).filter(({ id }) => id !== 'skip' && id !== 'keep');
  const { program, lang } = draft;
  if (options.length > 1) {
    const labels = options.map((option) =>
      program.write(lang, labelOf(flowOf(draft, frame), frame.step, option)),
    );
    const at = program.reading.choice(words, labels, lang);
    // Asked again with the list turned by one: only a label is found in both.
    const turned =
      at === null ? null : program.reading.choice(words, [...labels.slice(1), ...labels.slice(0, 1)], lang);
    const option =
      at !== null && turned === (at + labels.length - 1) % labels.length ? options[at] : undefined;
    if (option) {
      const value = slot.fromOption ? slot.fromOption(option.id, scopeOf(draft, frame)) : option.id;
      return { kind: 'value', value, confidence: 'certain' };
    }
  }
  return slot.read(words, scopeOf(draft, frame));
}

function fieldIn(draft: Draft, frame: Frame, name: string, rest: string): Field | null {
  const flow = flowOf(draft, frame);
  const step = stepOf(flow, name);
  if (step.kind !== 'ask') return null;
  const key = labelKey(draft, frame, name);
  const label = key === null ? null : draft.program.write(draft.lang, { key });
  return draft.program.reading.field?.(rest, label, slotOf(flow, step.slot).kind, draft.lang) ?? null;
}

export function labelKey(draft: Draft, frame: Frame, step: string): string | null {
  const key = `${textsOf(flowOf(draft, frame))}.${step}.label`;
  return draft.program.has(key) ? key : null;
}

function isPresent(draft: Draft, frame: Frame, name: string, value: unknown): boolean {
  const step = stepOf(flowOf(draft, frame), name);
  return step.kind === 'ask' && JSON.stringify(frame.answers[step.slot]) === JSON.stringify(value);
}
