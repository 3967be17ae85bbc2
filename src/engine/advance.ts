import { earlier, sayChanged } from './amend.ts';
import { answerMedia, answerOption, answerText, answerWords, mediaKey } from './answer.ts';
import { allOptions, ask } from './ask.ts';
import { sentEarly } from './early.ts';
import type { Program } from './flow.ts';
import { closeLost } from './lost.ts';
import { globalIn, namesOwnChoice, optionMeant, spokenIn } from './meant.ts';
import { longestRead, type Said } from './message.ts';
import { questionOutside, rememberPuzzle } from './questions.ts';
import type { Frame, Session } from './session.ts';
import { push } from './stack.ts';
import { frameOf, summon, takeOpen } from './summon.ts';
import { readToken } from './token.ts';
import { stepIn } from './trail.ts';
import {
  type Draft,
  draftOf,
  finish,
  flowOf,
  type Heard,
  labelOf,
  replaceTop,
  say,
  scopeOf,
  slotOf,
  stepOf,
  type Turn,
  textsOf,
  topOf,
} from './turn.ts';
import { askAgain, openMeant, passesBy, readsFirst } from './unasked.ts';
import { begin, goBackTo, resume, walk } from './walk.ts';
import { isOwnWord, obey } from './words.ts';

/**
 * One turn: what a person did, against where the conversation stands.
 *
 * Pure and total over people: whatever they send is answered, never thrown back. Throws only on a defect of
 * ours (a session pinned to a version this build lacks, a flow that loops), which the shell parks (rule 6).
 * A `needs` result changes nothing: run the queries and call again with them in `heard.found`.
 */
export function advance(program: Program, session: Session, heard: Heard): Turn {
  const draft = draftOf(program, session, heard);
  const { event } = heard;
  const closed = closeLost(draft);
  switch (event.kind) {
    case 'begin':
      begin(draft, event.flow, event.data ?? {});
      break;
    case 'press':
      press(draft, event, closed);
      break;
    case 'text':
      text(draft, event.text, closed);
      break;
    default:
      media(draft, event, closed);
  }
  if (draft.lang !== session.lang) askAgain(draft);
  if (event.kind !== 'begin') answerAnyway(draft);
  return finish(draft);
}

/** Nobody who did something is left without a word: "yes" to a reminder of what was cancelled meanwhile says nothing. */
function answerAnyway(draft: Draft): void {
  if (draft.parts.length > 0 || draft.needs) return;
  if (topOf(draft)) ask(draft);
  else say(draft, 'common.nothing_open');
}

/** `closed`: the question this may have answered was closed a moment ago, and no other may take the answer. */
function text(draft: Draft, raw: string, closed: boolean): void {
  const words = raw.slice(0, longestRead).trim();
  if (!isVisible(words)) return media(draft, { kind: 'media', media: 'unknown' }, closed);
  const { reading } = draft.program;
  if (reading.isSos(words, draft.lang)) {
    return answersSos(draft, words) ? answerWords(draft, words) : obey(draft, 'sos', { said: words });
  }
  if (reading.isStop(words, draft.lang)) return obey(draft, 'stop', { said: words });
  const global = globalIn(draft, words);
  const system = global?.kind === 'value' && !isOwnWord(global.value) ? global.value : null;
  if (closed) return system ? obey(draft, system, { said: words }) : resume(draft);

  const { about } = draft.heard;
  if (about && !system) {
    const found = summon(draft, about);
    if (found === 'lost') return resume(draft);
    if (typeof found === 'number') goBackTo(draft, found);
    if (found !== null) return answerText(draft, words);
  }
  const newest = openMeant(draft);
  const open = newest && passesBy(draft, newest, global, words) ? undefined : newest;
  // "Menu" is not the answer to a mission call, unless the call has a choice of that name.
  if (open && (!system || optionMeant(draft, frameOf(open), words) || readsFirst(draft, frameOf(open)))) {
    if (!takeOpen(draft, open)) return resume(draft);
    return answerText(draft, words);
  }
  const top = topOf(draft);
  if (!top) return fresh(draft, words, global);
  if (!global && about !== undefined) return tooOld(draft);
  const meant = global ? 'answer' : sentEarly(draft, top, words);
  if (meant === 'answer') return answerText(draft, words);
  if (meant === 'old') return tooOld(draft);
  if (meant === 'same') {
    say(draft, 'common.already');
    return ask(draft);
  }
  replaceTop(draft, { ...top, aside: meant });
  ask(draft);
}

/** "Accident" while SOS asks what happened belongs to that question: it must not sound the alarm a second time. */
function answersSos(draft: Draft, words: string): boolean {
  const top = topOf(draft);
  if (!top?.did || top.aside) return false;
  const { flow } = draft.program.word('sos', draft.heard.context, words) ?? {};
  return flow === top.flow && namesOwnChoice(draft, top, words);
}

/** False for nothing but spaces, invisible characters and blanks that count as letters: some phones send those. */
function isVisible(text: string): boolean {
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(text.replace(/[\u115f\u1160\u2800\u3164\uffa0]/g, ''));
}

/** Nothing is open: a global word, or the flow that fits this person. */
function fresh(draft: Draft, words: string, global: ReturnType<typeof globalIn>): void {
  if (obeyed(draft, words, global)) return;
  const cry = draft.program.reading.distress?.(words, draft.lang);
  if (cry) return obey(draft, 'sos', { unsure: true, abuse: cry === 'abuse' });
  if (!global && obeyed(draft, words, spokenIn(draft, words))) return;
  const asked = questionOutside(draft, words);
  if (asked?.answer === 'stale') return;
  enter(draft, words);
  if (asked && !asked.answer) rememberPuzzle(draft);
}

function obeyed(draft: Draft, words: string, global: ReturnType<typeof globalIn>): boolean {
  const { heard, program } = draft;
  if (global?.kind === 'value' && program.word(global.value, heard.context, words)) {
    obey(draft, global.value, { said: words });
    return true;
  }
  // With nothing open there is nothing to cancel: of two meanings the other one, asked first.
  const other =
    global?.kind === 'ambiguous' ? global.candidates.find((word) => word !== 'cancel') : undefined;
  if (other) obey(draft, other, { said: words, unsure: true });
  return other !== undefined;
}

function enter(draft: Draft, words?: string): void {
  const { program, heard, lang } = draft;
  const said = draft.parts.length;
  const { flow, data } = program.entry(
    heard.context,
    words === undefined ? undefined : { text: words, lang },
  );
  push(draft, flow, data ?? {});
  walk(draft);
  if (draft.parts.length === said && draft.question === null && !draft.needs)
    say(draft, 'common.nothing_open');
}

function media(draft: Draft, said: Said & { kind: 'media' | 'location' }, closed: boolean): void {
  if (closed) return resume(draft);
  if (topOf(draft)) return answerMedia(draft, said);
  const open = openMeant(draft);
  if (open) return takeOpen(draft, open) ? answerMedia(draft, said) : undefined;
  say(draft, mediaKey(said));
  enter(draft);
}

function press(draft: Draft, said: Said & { kind: 'press' }, closed: boolean): void {
  const token = readToken(said.token);
  const question = token?.question ?? draft.heard.about;
  // Neither token nor reference: its title is as good as typed (rule 11, 3).
  if (question === undefined) return said.title ? text(draft, said.title, closed) : tooOld(draft);
  const found = summon(draft, question);
  if (found === 'lost') return resume(draft);
  if (found === null) return closed ? resume(draft) : tooOld(draft, token?.flow);
  const option = token?.option ?? said.token;
  if (typeof found === 'number') return changeEarlier(draft, found, option, said.title);
  const top = topOf(draft);
  answerOption(draft, token || !top ? option : chosen(draft, top, option, said.title));
}

/** A template's button carries the option's id, or nothing but its title. */
function chosen(draft: Draft, frame: Frame, option: string, title: string | undefined): string {
  const known = option === 'more' || allOptions(draft, frame).some(({ id }) => id === option);
  return known || title === undefined ? option : (optionMeant(draft, frame, title)?.id ?? option);
}

/**
 * What was pressed, of the conversation `flow`, can no longer be answered. With nothing open that conversation knows
 * best which word helps: what is left open is asked again, and says so by itself.
 */
function tooOld(draft: Draft, flow?: string): void {
  const top = topOf(draft);
  const own = top ? `${textsOf(flowOf(draft, top))}.${top.step}.old_question` : `${flow}.old_question`;
  if (draft.program.has(own)) say(draft, own);
  else say(draft, top ? 'common.old_question' : 'common.old_button');
  ask(draft);
}

/** A late tap on a question of this flow already answered, not beyond a barrier: the answer is changed. */
function changeEarlier(draft: Draft, at: number, option: string, title: string | undefined): void {
  const top = topOf(draft);
  const mark = top?.trail[at];
  if (!top || mark === undefined) return;
  const then: Frame = earlier(top, stepIn(mark));
  const id = chosen(draft, then, option, title);
  if (!allOptions(draft, then).some((known) => known.id === id)) return tooOld(draft);
  if (isSame(draft, then, id)) {
    say(draft, 'common.already');
    return ask(draft);
  }
  const value = labelIn(draft, then, id);
  goBackTo(draft, at);
  sayChanged(draft, then, value);
  answerOption(draft, id);
}

function isSame(draft: Draft, frame: Frame, option: string): boolean {
  const flow = flowOf(draft, frame);
  const step = stepOf(flow, frame.step);
  if (step.kind !== 'ask') return false;
  const slot = slotOf(flow, step.slot);
  const value =
    option === 'skip' ? null : slot.fromOption ? slot.fromOption(option, scopeOf(draft, frame)) : option;
  return JSON.stringify(frame.answers[step.slot]) === JSON.stringify(value);
}

function labelIn(draft: Draft, frame: Frame, id: string) {
  const option = allOptions(draft, frame).find((known) => known.id === id) ?? { id };
  return labelOf(flowOf(draft, frame), frame.step, option);
}
