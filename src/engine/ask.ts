import type { Flow, Step } from './flow.ts';
import type { Option, Param, Params } from './message.ts';
import { type Aside, type Frame, moved } from './session.ts';
import { stepIn } from './trail.ts';
import {
  type Draft,
  flowOf,
  labelOf,
  replaceTop,
  say,
  sayOwn,
  scopeOf,
  slotOf,
  stepOf,
  textsOf,
  topOf,
} from './turn.ts';

/** Choices on one page; longer lists end with "More" (rule 25). */
export const pageSize = 9;

/** Asks the top frame's open question: for the first time, or again under the same id. */
export function ask(draft: Draft): void {
  const top = topOf(draft);
  if (!top) return;
  const frame = numbered(draft, top);
  replaceTop(draft, frame);
  const flow = flowOf(draft, frame);
  if (frame.aside) sayAside(draft, frame);
  else sayQuestion(draft, flow, stepOf(flow, frame.step), frame);
  draft.options = shownOptions(draft, frame).map((option) => labelled(flow, frame.step, option));
  draft.question = frame.aside?.q ?? frame.q ?? null;
  draft.at = { flow: flow.id, step: frame.step };
}

function labelled(flow: Flow, step: string, option: Option): Option {
  if (option.label !== undefined) return option;
  const { id, description } = option;
  const label = labelOf(flow, step, option);
  return description === undefined ? { id, label } : { id, label, description };
}

/** The frame with the id of its open question, and of the engine's own question before it. */
function numbered(draft: Draft, frame: Frame): Frame {
  const next = moved(frame, frame.step, frame.answers, frame.trail);
  next.q = frame.q ?? nextQuestion(draft);
  next.at = draft.heard.now.getTime();
  if (frame.misses !== undefined) next.misses = frame.misses;
  if (frame.puzzled !== undefined) next.puzzled = frame.puzzled;
  if (frame.page !== undefined) next.page = frame.page;
  if (frame.aside) next.aside = frame.aside.q ? frame.aside : { ...frame.aside, q: nextQuestion(draft) };
  return next;
}

function nextQuestion(draft: Draft): string {
  draft.asked += 1;
  return `q${draft.asked}`;
}

function sayQuestion(draft: Draft, flow: Flow, step: Step, frame: Frame): void {
  if (step.kind !== 'ask' && step.kind !== 'review')
    throw new Error(`${flow.id} cannot wait at "${frame.step}"`);
  const scope = scopeOf(draft, frame);
  const key = `${textsOf(flow)}.${frame.step}`;
  const at = flow.progress?.indexOf(frame.step) ?? -1;
  const params: Params = step.params?.(scope) ?? {};
  if (step.kind === 'review') {
    say(draft, `${key}.text`, { ...params, summary: { lines: summary(draft, flow, frame) } });
    return;
  }
  const earlier =
    frame.revisit && !slotOf(flow, step.slot).leads ? shownAnswer(draft, frame, flow, step.slot) : null;
  if (earlier !== null) say(draft, 'common.earlier', { value: earlier });
  if (at >= 0 && flow.progress) say(draft, 'common.progress', { i: at + 1, n: flow.progress.length });
  const variant = step.variant?.(scope);
  say(draft, variant ? `${key}.${variant}.text` : `${key}.text`, params);
}

function sayAside(draft: Draft, frame: Frame): void {
  const { aside } = frame;
  if (!aside) return;
  if (aside.kind === 'cancel') sayOwn(draft, frame, 'cancel_sure');
  else if (aside.kind === 'distress') say(draft, 'common.distress');
  else if (aside.kind === 'fields') say(draft, 'common.which_field');
  else if (aside.kind === 'amend') sayAmend(draft, frame, aside);
  else if (aside.kind === 'several') saySeveral(draft, frame, aside);
  else if (isSure(frame)) say(draft, 'common.did_you_mean', { value: asideLabels(draft, frame)[0] ?? '' });
  else say(draft, 'common.which');
}

function sayAmend(draft: Draft, frame: Frame, { changes }: Aside & { kind: 'amend' }): void {
  const [only, ...more] = changes;
  if (more.length > 0) return say(draft, 'common.which_field');
  const flow = flowOf(draft, frame);
  const step = only && stepOf(flow, only.step);
  if (step?.kind !== 'ask') return;
  const value = shownValue(draft, { ...frame, step: only?.step ?? frame.step }, flow, step.slot, only?.value);
  const label = `${textsOf(flow)}.${only?.step}.label`;
  if (draft.program.has(label)) say(draft, 'common.amend', { label: { key: label }, value });
  else say(draft, 'common.amend_plain', { value });
}

function saySeveral(draft: Draft, frame: Frame, { answers }: Aside & { kind: 'several' }): void {
  const flow = flowOf(draft, frame);
  const shown = answers.map(({ step: name, value }) => {
    const step = stepOf(flow, name);
    return step.kind === 'ask' ? shownValue(draft, { ...frame, step: name }, flow, step.slot, value) : '';
  });
  say(draft, 'common.did_you_mean', { value: listed(shown) });
}

/** "Belgium, Liège". */
export function listed(shown: readonly Param[]): Param {
  return shown.reduce((a, b) => ({ key: 'common.listed', params: { a, b } }));
}

/** The engine's own question has two answers, yes and no. */
export function isSure({ aside }: Frame): boolean {
  if (!aside || aside.kind === 'fields') return false;
  if (aside.kind === 'which') return aside.sure === true;
  if (aside.kind === 'amend') return aside.changes.length === 1;
  return aside.kind !== 'which_word' || aside.words.length === 1;
}

/** Every choice of the open question, the engine's own among them, all pages. */
export function allOptions(draft: Draft, frame: Frame): readonly Option[] {
  if (frame.aside) {
    if (isSure(frame)) return sureOptions;
    return asideLabels(draft, frame).map((label, i) => ({ id: `a${i}`, label }));
  }
  const flow = flowOf(draft, frame);
  const step = stepOf(flow, frame.step);
  if (step.kind === 'review') return reviewOptions;
  if (step.kind !== 'ask') return [];
  const options = slotOf(flow, step.slot).options?.(scopeOf(draft, frame)) ?? [];
  const keep = canKeep(draft, frame);
  if (!step.optional && !keep) return options;
  return [...options, ...(keep ? [keepOption] : []), ...(step.optional ? [skipOption] : [])];
}

/** On the way back the old answer is offered: one choice keeps it. */
export function canKeep(draft: Draft, frame: Frame): boolean {
  if (!frame.revisit || frame.aside) return false;
  const flow = flowOf(draft, frame);
  const step = stepOf(flow, frame.step);
  return step.kind === 'ask' && !slotOf(flow, step.slot).leads && (frame.answers[step.slot] ?? null) !== null;
}

/** The page of choices that is on the screen, which is also what a typed number counts. */
export function shownOptions(draft: Draft, frame: Frame): readonly Option[] {
  const all = allOptions(draft, frame);
  if (all.length <= pageSize + 1) return all;
  // The list may have shrunk since the page was turned.
  const page = (frame.page ?? 0) % Math.ceil(all.length / pageSize);
  return [...all.slice(page * pageSize, (page + 1) * pageSize), moreOption];
}

function asideLabels(draft: Draft, frame: Frame): readonly Param[] {
  const { aside } = frame;
  if (aside?.kind === 'which_word') return aside.words.map((word) => ({ key: `common.words.${word}` }));
  const flow = flowOf(draft, frame);
  if (aside?.kind === 'fields') return aside.steps.map((step) => ({ key: `${textsOf(flow)}.${step}.label` }));
  if (aside?.kind === 'amend')
    return aside.changes.map(({ step }) => ({ key: `${textsOf(flow)}.${step}.label` }));
  const step = stepOf(flow, frame.step);
  if (aside?.kind !== 'which' || step.kind !== 'ask') return [];
  return aside.values.map((value) => shownValue(draft, frame, flow, step.slot, value));
}

/** One line an answer: what a review shows and what "change" can reach, in the order asked. */
export function answeredSteps(draft: Draft, flow: Flow, frame: Frame): readonly string[] {
  return [...new Set(frame.trail.map(stepIn))].filter((name) => {
    const step = flow.steps[name];
    return step?.kind === 'ask' && draft.program.has(`${textsOf(flow)}.${name}.label`);
  });
}

function summary(draft: Draft, flow: Flow, frame: Frame): readonly Param[] {
  return answeredSteps(draft, flow, frame).flatMap((name) => {
    const step = stepOf(flow, name);
    const value = step.kind === 'ask' ? shownAnswer(draft, frame, flow, step.slot) : null;
    if (value === null) return [];
    return [{ key: 'common.line', params: { label: { key: `${textsOf(flow)}.${name}.label` }, value } }];
  });
}

/** An answer in words. Null when skipped or not given. */
function shownAnswer(draft: Draft, frame: Frame, flow: Flow, slotName: string): Param | null {
  const value = frame.answers[slotName];
  return value === undefined || value === null ? null : shownValue(draft, frame, flow, slotName, value);
}

/** A value by the label of the choice it is, else by its slot. */
export function shownValue(draft: Draft, frame: Frame, flow: Flow, slotName: string, value: unknown): Param {
  const slot = slotOf(flow, slotName);
  const scope = scopeOf(draft, frame);
  const option = slot.fromOption ? undefined : slot.options?.(scope).find(({ id }) => id === value);
  if (!option) return slot.show(value, scope);
  const asks = (name: string) => {
    const step = flow.steps[name];
    return step?.kind === 'ask' && step.slot === slotName;
  };
  // The words of a choice belong to a step: this one, or the first that asks for the slot.
  const step = asks(frame.step) ? frame.step : Object.keys(flow.steps).find(asks);
  return labelOf(flow, step ?? frame.step, option);
}

const sureOptions: readonly Option[] = [
  { id: 'yes', label: { key: 'common.yes' } },
  { id: 'no', label: { key: 'common.no' } },
];
const reviewOptions: readonly Option[] = [
  { id: 'confirm', label: { key: 'common.confirm' } },
  { id: 'change', label: { key: 'common.change' } },
  { id: 'cancel', label: { key: 'common.cancel' } },
];
const keepOption: Option = { id: 'keep', label: { key: 'common.keep' } };
const skipOption: Option = { id: 'skip', label: { key: 'common.skip' } };
const moreOption: Option = { id: 'more', label: { key: 'common.more' } };
