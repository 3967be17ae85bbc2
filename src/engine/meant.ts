import { isSure, shownOptions } from './ask.ts';
import type { GlobalWord, Option, Reading } from './message.ts';
import type { Frame } from './session.ts';
import { type Draft, flowOf, labelOf, scopeOf, slotOf, stepOf } from './turn.ts';

/** The choice that a number, a label or, for the engine's own questions, any yes or no means. */
export function optionMeant(draft: Draft, frame: Frame, words: string): Option | undefined {
  const shown = shownOptions(draft, frame);
  if (shown.length === 0) return undefined;
  const { program, lang } = draft;
  const flow = flowOf(draft, frame);
  const labels = shown.map((option) => program.write(lang, labelOf(flow, frame.step, option)));
  const index = program.reading.choice(words, labels, lang);
  if (index !== null) return shown[index];
  const said = program.reading.yesNo?.(words, lang);
  if (isSure(frame)) return shown.find(({ id }) => id === said);
  // "Yes" below a summary confirms it; "no" says nothing about what is wrong.
  const confirms = said === 'yes' && !frame.aside && stepOf(flow, frame.step).kind === 'review';
  return confirms ? shown.find(({ id }) => id === 'confirm') : undefined;
}

/** Whether words are the label of a choice, not its number. */
export function isLabel(draft: Draft, frame: Frame, option: Option, words: string): boolean {
  const label = draft.program.write(draft.lang, labelOf(flowOf(draft, frame), frame.step, option));
  return label.toLowerCase() === words.trim().toLowerCase();
}

/** Whether the words are the label of a choice of this conversation, at any of its questions. */
export function namesOwnChoice(draft: Draft, frame: Frame, words: string): boolean {
  const { program, lang } = draft;
  const flow = flowOf(draft, frame);
  return Object.entries(flow.steps).some(([name, step]) => {
    if (step.kind !== 'ask') return false;
    const options = slotOf(flow, step.slot).options?.(scopeOf(draft, frame)) ?? [];
    const labels = options.map((option) => program.write(lang, labelOf(flow, name, option)));
    return program.reading.choice(words, labels, lang) !== null;
  });
}

/** A global word or the choice between two; null for everything else. */
export function globalIn(draft: Draft, words: string): Global | null {
  return globalOf(draft.program.reading.global(words, draft.lang));
}

/** The same, said as a sentence: looked for only where the message answers nothing (rule 9). One that is a guess is asked back. */
export function spokenIn(draft: Draft, words: string): Global | null {
  const reading = globalOf(draft.program.reading.spoken?.(words, draft.lang) ?? null);
  return reading?.kind === 'value' && reading.confidence !== 'certain'
    ? { kind: 'ambiguous', candidates: [reading.value] }
    : reading;
}

type Global = Reading<GlobalWord> & { kind: 'value' | 'ambiguous' };

function globalOf(reading: Reading<GlobalWord> | null): Global | null {
  if (reading?.kind === 'value') return reading;
  return reading?.kind === 'ambiguous' && reading.candidates.length > 0 ? reading : null;
}
