import { ask } from './ask.ts';
import type { Asked, Slot } from './flow.ts';
import type { Reading } from './message.ts';
import type { Frame } from './session.ts';
import { type Draft, replaceTop, say, topOf } from './turn.ts';

/** After this many questions to which there is no answer, a person takes over. */
const puzzlesToPerson = 2;

/**
 * Whether typed words are a question of the person's own rather than an answer. The open question reads first: a sure
 * answer is never a question, except that a name, a town or free words take anything, questions too. Those lose only
 * what looks like nothing else: short ones a question about something known, long ones one with its sign as well.
 */
export function questionIn(
  draft: Draft,
  words: string,
  own: Reading<unknown> | null,
  slot: Slot | null,
): Asked | null {
  const sure = own?.kind === 'value' && own.confidence === 'certain';
  if (sure && !slot?.free) return null;
  // A word that works everywhere, or a call for help, is none.
  if (own?.kind === 'other' && own.other !== 'question') return null;
  const { program, heard, lang } = draft;
  const asked = program.question?.(words, lang, heard.context, heard.today) ?? null;
  if (asked === null) return null;
  const fits = own?.kind === 'value' || own?.kind === 'ambiguous';
  if (!fits) return asked;
  if (asked.answer === null) return null;
  return slot?.free === 'long' ? (asked.plain && !slot.takesQuestions ? asked : null) : asked;
}

/** The answer, then the open question again; not a bad answer. Where there is none, kindly; the second time a person. */
export function answerQuestion(draft: Draft, frame: Frame, asked: Asked): void {
  if (asked.answer === 'stale') return handOver(draft, frame, 'common.question_stale');
  if (asked.answer) {
    say(draft, asked.answer.key);
    return ask(draft);
  }
  const puzzled = (frame.puzzled ?? 0) + 1;
  if (puzzled >= puzzlesToPerson) return handOver(draft, frame, 'common.question_person');
  replaceTop(draft, { ...frame, puzzled });
  say(draft, 'common.question');
  ask(draft);
}

/** What somebody asks while nothing is open, answered before whatever opens for them. Null when they asked nothing. */
export function questionOutside(draft: Draft, words: string): Asked | null {
  const { program, heard, lang } = draft;
  const asked = program.question?.(words, lang, heard.context, heard.today) ?? null;
  if (asked?.answer === 'stale') {
    const { flow } = program.entry(heard.context, { text: words, lang });
    draft.notes.push({ kind: 'ticket', reason: 'question', flow, step: 'question' });
    say(draft, 'common.question_stale');
  } else if (asked) say(draft, asked.answer ? asked.answer.key : 'common.question_outside');
  return asked;
}

/** A question that had no answer counts where the next one may be asked. */
export function rememberPuzzle(draft: Draft): void {
  const top = topOf(draft);
  if (top && !draft.needs) replaceTop(draft, { ...top, puzzled: 1 });
}

function handOver(draft: Draft, frame: Frame, key: string): void {
  const { puzzled: _, misses: __, ...rest } = frame;
  replaceTop(draft, rest);
  draft.notes.push({ kind: 'ticket', reason: 'question', flow: frame.flow, step: frame.step });
  say(draft, key);
}
