import { type Amendment, amendment, change } from './amend.ts';
import { allOptions, ask, pageSize, shownOptions, shownValue } from './ask.ts';
import { globalIn, isLabel, optionMeant, spokenIn } from './meant.ts';
import type { Reading, Said } from './message.ts';
import { missed } from './missed.ts';
import { answerQuestion, questionIn } from './questions.ts';
import type { Aside, Frame } from './session.ts';
import { answerEach, severalIn, takeSeveral } from './several.ts';
import { lastOf, stepIn } from './trail.ts';
import { type Draft, flowOf, replaceTop, say, scopeOf, slotOf, stepOf, topOf } from './turn.ts';
import { answered, cancelTop, confirmed, goBackTo } from './walk.ts';
import { keep, obey } from './words.ts';

/** A pressed or numbered choice of the open question. */
export function answerOption(draft: Draft, id: string): void {
  const frame = topOf(draft);
  if (!frame) return;
  if (id === 'more' && shownOptions(draft, frame).some((option) => option.id === 'more')) {
    replaceTop(draft, { ...frame, page: pageAfter(draft, frame) });
    return ask(draft);
  }
  if (!allOptions(draft, frame).some((option) => option.id === id)) {
    say(draft, 'common.old_question');
    return ask(draft);
  }
  noteOption(draft, frame, id);
  if (frame.aside) return settle(draft, frame, frame.aside, id);
  if (id === 'skip') return obey(draft, 'skip');
  if (id === 'keep') return keep(draft, frame);
  const flow = flowOf(draft, frame);
  const step = stepOf(flow, frame.step);
  if (step.kind === 'review') return review(draft, id);
  if (step.kind !== 'ask') return;
  const slot = slotOf(flow, step.slot);
  accept(draft, frame, slot.fromOption ? slot.fromOption(id, scopeOf(draft, frame)) : id, false);
}

/** Rule 9 from the fourth step on: number or label, then other global words, then the slot's own reader. */
export function answerText(draft: Draft, words: string): void {
  const frame = topOf(draft);
  if (!frame) return;
  const step = stepOf(flowOf(draft, frame), frame.step);
  const slot = step.kind === 'ask' ? slotOf(flowOf(draft, frame), step.slot) : null;
  const option = optionMeant(draft, frame, words);
  if (option) {
    // "1" is a number before it is the place of "Skip" below a question about numbers.
    const reading =
      slot && !slot.options && !frame.aside && !isLabel(draft, frame, option, words)
        ? slot.read(words, scopeOf(draft, frame))
        : null;
    if (reading?.kind === 'value' || reading?.kind === 'ambiguous') return take(draft, frame, reading, words);
    return answerOption(draft, option.id);
  }
  if (slot?.first && !frame.aside) {
    const reading = slot.read(words, scopeOf(draft, frame));
    if (reading.kind === 'value') return take(draft, frame, reading, words);
  }
  const global = globalIn(draft, words);
  if (global) return commanded(draft, frame, global, words);
  const { aside, ...open } = frame;
  const reading = slot?.read(words, scopeOf(draft, frame)) ?? null;
  // A call for help, or a word that works everywhere, is nothing else besides.
  if (reading?.kind === 'other' && reading.other !== 'question' && !aside)
    return take(draft, frame, reading, words);
  // "Bonjour, comment allez-vous ?": the question again, kindly, and not counted as a bad answer.
  const answersNothing = !reading || reading.kind === 'unclear' || reading.kind === 'other';
  const courtesy = answersNothing ? draft.program.reading.courtesy?.(words, draft.lang) : null;
  if (courtesy) {
    say(draft, `common.courtesy.${courtesy}`);
    return ask(draft);
  }
  const asked = questionIn(draft, words, reading, slot);
  if (asked?.answer) return answerQuestion(draft, frame, asked);
  const several = reading && !aside ? severalIn(draft, open, words, reading) : null;
  if (several) {
    const unsure = takeSeveral(draft, several);
    return unsure ? putAside(draft, open, unsure) : undefined;
  }
  if (!aside || aside.kind === 'amend') {
    const found = amendment(draft, open, words, reading, slot);
    if (found) return amend(draft, open, found);
  }
  const spoken = answersNothing ? spokenIn(draft, words) : null;
  if (spoken && (!asked || spoken.kind === 'value')) return commanded(draft, frame, spoken, words);
  if (asked) return answerQuestion(draft, frame, asked);
  if (!reading) return missed(draft, frame, 'not_a_choice');
  if (!aside) return take(draft, open, reading, words);
  // "No, the 5th of September": a correction instead of one of the candidates.
  const corrects = aside.kind === 'which' || aside.kind === 'several' || aside.kind === 'amend';
  if (!corrects || reading.kind === 'unclear' || reading.kind === 'other')
    return missed(draft, frame, 'not_a_choice');
  replaceTop(draft, open);
  take(draft, open, reading, words);
}

function commanded(
  draft: Draft,
  frame: Frame,
  global: NonNullable<ReturnType<typeof globalIn>>,
  words: string,
): void {
  if (global.kind === 'value') return obey(draft, global.value, { said: words });
  replaceTop(draft, { ...frame, aside: { kind: 'which_word', words: global.candidates } });
  ask(draft);
}

/** A message that is no global word here, whatever it looks like: a choice of the open question, else its own words. */
export function answerWords(draft: Draft, words: string): void {
  const frame = topOf(draft);
  if (!frame) return;
  const option = optionMeant(draft, frame, words);
  if (option) return answerOption(draft, option.id);
  const flow = flowOf(draft, frame);
  const step = stepOf(flow, frame.step);
  if (step.kind === 'ask')
    take(draft, frame, slotOf(flow, step.slot).read(words, scopeOf(draft, frame)), words);
}

/** Words that change an earlier answer. */
function amend(draft: Draft, frame: Frame, found: Amendment): void {
  replaceTop(draft, frame);
  switch (found.do) {
    case 'change':
      return change(draft, found.step, found.value);
    case 'ask':
      return putAside(draft, frame, found.aside);
    case 'reopen': {
      const at = lastOf(frame.trail, found.step);
      if (at >= 0) goBackTo(draft, at);
      return ask(draft);
    }
    case 'keep':
      say(draft, 'common.already');
      return ask(draft);
    case 'refuse':
      return missed(draft, frame, 'not_meant', 'barrier');
  }
}

function take(draft: Draft, frame: Frame, reading: Reading<unknown>, words: string): void {
  switch (reading.kind) {
    case 'value':
      if (reading.confidence === 'certain')
        return accept(draft, frame, reading.value, words !== String(reading.value));
      return putAside(draft, frame, { kind: 'which', values: [reading.value], sure: true });
    case 'ambiguous': {
      const { candidates } = reading;
      if (candidates.length === 0) return missed(draft, frame, 'not_a_choice');
      const only = candidates.length === 1;
      return putAside(draft, frame, { kind: 'which', values: candidates, ...(only && { sure: true }) });
    }
    case 'unclear':
      return missed(draft, frame, reading.why);
    case 'other':
      if (reading.other === 'distress') {
        const { value, abuse } = reading;
        const kept = { ...(value !== undefined && { value }), ...(abuse && { abuse }) };
        return putAside(draft, frame, { kind: 'distress', ...kept });
      }
      if (reading.other !== 'question') return obey(draft, reading.other, { said: words });
      // A question in return is not a bad answer: it does not count towards the three.
      say(draft, 'common.question');
      return ask(draft);
  }
}

function putAside(draft: Draft, frame: Frame, aside: Aside): void {
  const { page: _, ...rest } = frame;
  replaceTop(draft, { ...rest, aside });
  ask(draft);
}

/** A photo, a voice note, a place: an answer where the question asked for one, else refused kindly. */
export function answerMedia(draft: Draft, said: Said & { kind: 'media' | 'location' }): void {
  const frame = topOf(draft);
  if (!frame) return;
  const flow = flowOf(draft, frame);
  const step = stepOf(flow, frame.step);
  const slot = step.kind === 'ask' && !frame.aside ? slotOf(flow, step.slot) : null;
  if (said.kind === 'location') {
    if (slot?.fromLocation)
      return accept(draft, frame, slot.fromLocation(said.latitude, said.longitude), false);
  } else if (slot?.fromMedia && slot.accepts?.includes(said.media)) {
    return accept(draft, frame, slot.fromMedia(said.media), false);
  }
  say(draft, mediaKey(said));
  ask(draft);
}

export function mediaKey(said: Said & { kind: 'media' | 'location' }): string {
  return `common.media.${said.kind === 'media' ? said.media : 'location'}`;
}

/** Takes a value as the answer to the open question and goes on. `typed` values are said back where the slot asks for it. */
function accept(draft: Draft, frame: Frame, value: unknown, typed: boolean): void {
  const flow = flowOf(draft, frame);
  const step = stepOf(flow, frame.step);
  if (step.kind !== 'ask') return;
  if (typed && slotOf(flow, step.slot).echo) {
    say(draft, 'common.noted', { value: shownValue(draft, frame, flow, step.slot, value) });
  }
  answered(draft, frame, { ...frame.answers, [step.slot]: value });
}

function settle(draft: Draft, frame: Frame, aside: Aside, id: string): void {
  const { aside: _, page: __, ...plain } = frame;
  replaceTop(draft, plain);
  switch (aside.kind) {
    case 'cancel':
      return id === 'yes' ? cancelTop(draft) : ask(draft);
    case 'which_word': {
      if (id === 'no') return ask(draft);
      const word = aside.words[id === 'yes' ? 0 : Number(id.slice(1))];
      return word ? obey(draft, word) : ask(draft);
    }
    case 'which': {
      if (id === 'no') return missed(draft, plain, 'not_meant');
      return accept(draft, plain, aside.values[id === 'yes' ? 0 : Number(id.slice(1))], false);
    }
    case 'several':
      return id === 'yes' ? answerEach(draft, aside.answers) : missed(draft, plain, 'not_meant');
    case 'amend': {
      // To leave an answer as it is was no bad answer to the open question.
      if (id === 'no') {
        say(draft, 'common.resume');
        return ask(draft);
      }
      const one = aside.changes[id === 'yes' ? 0 : Number(id.slice(1))];
      if (!one) return ask(draft);
      // "Actually 5 May" was meant for the open question after all.
      if (one.step === plain.step) return accept(draft, plain, one.value, false);
      return change(draft, one.step, one.value);
    }
    case 'distress':
      return distressed(draft, plain, aside, id);
    case 'fields': {
      const step = aside.steps[Number(id.slice(1))];
      const at = plain.trail.findIndex((mark) => stepIn(mark) === step);
      if (at >= 0) goBackTo(draft, at);
      return ask(draft);
    }
  }
}

/** Help first; the answer in which the call was heard is kept either way. */
function distressed(
  draft: Draft,
  frame: Frame,
  { value, abuse }: Aside & { kind: 'distress' },
  id: string,
): void {
  const step = stepOf(flowOf(draft, frame), frame.step);
  if (id === 'no' && abuse) say(draft, 'common.conduct');
  if (id === 'no') return value === undefined ? ask(draft) : accept(draft, frame, value, false);
  if (value !== undefined && step.kind === 'ask') {
    // Offered again, as after "back", when this conversation is taken up.
    replaceTop(draft, {
      ...frame,
      answers: { ...frame.answers, [step.slot]: value },
      revisit: frame.revisit ?? [],
    });
  }
  obey(draft, 'sos', { abuse: abuse === true });
}

function review(draft: Draft, id: string): void {
  if (id === 'change') return obey(draft, 'change');
  if (id === 'cancel') return cancelTop(draft);
  const frame = topOf(draft);
  if (frame) confirmed(draft, frame);
}

/** The turn that opens a proactive question remembers which choice answered it. */
function noteOption(draft: Draft, frame: Frame, option: string): void {
  if (frame.opened === undefined) return;
  const at = draft.notes.findIndex((note) => note.kind === 'answered' && note.open === frame.opened);
  const known = draft.notes[at];
  if (known?.kind === 'answered' && !known.option) draft.notes[at] = { ...known, option };
}

function pageAfter(draft: Draft, frame: Frame): number {
  const pages = Math.ceil(allOptions(draft, frame).length / pageSize);
  return ((frame.page ?? 0) + 1) % pages;
}
