import { type globalIn, optionMeant } from './meant.ts';
import type { Frame, Open } from './session.ts';
import { frameOf, takeOpen } from './summon.ts';
import { type Draft, flowOf, scopeOf, slotOf, stepOf, topOf } from './turn.ts';
import { resume } from './walk.ts';

/** A reply this soon after a newer question still belongs to the older one (rule 12). */
const glanceMs = 5_000;

/** Which proactive question typed words answer: the newest that had time to be read. */
export function openMeant(draft: Draft): Open | undefined {
  const { opens, at } = draft.heard;
  const top = topOf(draft);
  const asked = top?.at ?? Number.NEGATIVE_INFINITY;
  const newer = opens
    .filter((open) => open.at > asked && !draft.stack.some(({ opened }) => opened === open.id))
    .sort((a, b) => b.at - a.at);
  // With no older question to belong to, even a quick reply can only mean this one.
  return newer.find((open) => open.at <= at - glanceMs) ?? (top ? undefined : newer.at(-1));
}

/** A global word passes a mere reminder by, unless it skips it or is the label of one of its choices. */
export function passesBy(
  draft: Draft,
  open: Open,
  global: ReturnType<typeof globalIn>,
  words: string,
): boolean {
  if (!global || !flowOf(draft, open).reminds) return false;
  if (global.kind === 'value' && global.value === 'skip') return false;
  return !optionMeant(draft, frameOf(open), words);
}

export function readsFirst(draft: Draft, frame: Frame): boolean {
  const flow = flowOf(draft, frame);
  const step = stepOf(flow, frame.step);
  return step.kind === 'ask' && slotOf(flow, step.slot).first === true;
}

/** The newest question that came unasked and waits, in the language that was just chosen. What is open says it by itself. */
export function askAgain(draft: Draft): void {
  if (topOf(draft) || draft.needs) return;
  const answered = new Set(draft.notes.map((note) => (note.kind === 'answered' ? note.open : '')));
  const open = draft.heard.opens
    .filter((known) => !answered.has(known.id) && !flowOf(draft, known).reminds)
    .reduce<Open | undefined>(
      (newest, known) => (newest && newest.at > known.at ? newest : known),
      undefined,
    );
  if (!open || flowOf(draft, open).closed?.(scopeOf(draft, frameOf(open)))) return;
  takeOpen(draft, open);
  resume(draft);
}
