import { nudgesFor } from '../../src/domain/silence.ts';
import type { GlobalWord, Message } from '../../src/engine/message.ts';
import type { Frame, Open, Session } from '../../src/engine/session.ts';
import { readToken } from '../../src/engine/token.ts';
import type { Heard, Note } from '../../src/engine/turn.ts';

/**
 * What happens to people in a conversation, and whether a transcript shows it. Judged by what was played, not by
 * what a file says of itself, so that a changed flow cannot leave a claim behind.
 */
export const situations = [
  'happy path',
  'misread',
  'change of mind',
  'cancel',
  'silence',
  'old button',
  'other language',
  'two at once',
] as const;
export type Situation = (typeof situations)[number];

/** One turn of a transcript. */
export type Moment = {
  readonly event: Heard['event'];
  /** When the person sent it, ms. */
  readonly at: number;
  /** Sent in the same second as the line before. */
  readonly together: boolean;
  readonly before: Session;
  /** The proactive questions that were open before. */
  readonly opens: readonly Open[];
  /** The global word that was typed. */
  readonly word: GlobalWord | null;
  readonly after: Session;
  readonly message: Message | null;
  readonly notes: readonly Note[];
};

/** The situations in which this flow was seen. The happy path has no other situation on it. */
export function happened(flow: string, moments: readonly Moment[]): ReadonlySet<Situation> {
  const seen = new Set<Situation>();
  for (const [i, moment] of moments.entries()) {
    const earlier = moments.slice(0, i);
    if (isMisread(flow, moment)) seen.add('misread');
    if (isChangeOfMind(flow, moment, earlier)) seen.add('change of mind');
    if (hasEnded(flow, moment, ['cancelled'])) seen.add('cancel');
    if (isAfterSilence(flow, moment)) seen.add('silence');
    if (isOldButton(flow, moment)) seen.add('old button');
    if (isOtherLanguage(flow, moment, moments.slice(i + 1))) seen.add('other language');
    if (isTogether(flow, moment, earlier.at(-1))) seen.add('two at once');
  }
  const good = handedOnPurpose.has(flow) ? (['done', 'handed_over'] as const) : (['done'] as const);
  const detours = [...seen].filter((situation) => flow !== 'language' || situation !== 'other language');
  if (detours.length === 0 && moments.some((moment) => hasEnded(flow, moment, good))) seen.add('happy path');
  return seen;
}

/** Flows whose good end is a person who takes over. */
const handedOnPurpose: ReadonlySet<string> = new Set(['human', 'sos']);

const dayMs = 86_400_000;

/** The frame of this flow, before or after a turn. */
function frameIn({ stack }: Session, flow: string): Frame | undefined {
  return stack.findLast((frame) => frame.flow === flow);
}

/** Under way, or asked by a message that waits for its answer. */
function isAtHand(flow: string, { before, opens }: Moment): boolean {
  return frameIn(before, flow) !== undefined || opens.some((open) => open.flow === flow);
}

function hasEnded(
  flow: string,
  { notes }: Moment,
  how: readonly (Note & { kind: 'ended' })['how'][],
): boolean {
  return notes.some((note) => note.kind === 'ended' && note.flow === flow && how.includes(note.how));
}

/** The answer could not be read. */
function isMisread(flow: string, { before, after, notes }: Moment): boolean {
  const top = after.stack.at(-1);
  const misses = (frame: Frame | undefined) => frame?.misses ?? 0;
  return (
    (top?.flow === flow && misses(top) > misses(frameIn(before, flow))) ||
    notes.some((note) => note.kind === 'ticket' && note.reason === 'not_understood' && note.flow === flow)
  );
}

const secondThoughts: readonly (GlobalWord | null)[] = ['back', 'change', 'restart'];

/** An earlier question is open again, an answer is changed, or somebody asked for that where it cannot be. */
function isChangeOfMind(flow: string, moment: Moment, earlier: readonly Moment[]): boolean {
  const { before, after, event, message, word } = moment;
  if (secondThoughts.includes(word)) return isAtHand(flow, moment) || endedJustNow(flow, earlier);
  const frame = frameIn(after, flow);
  if (frame?.revisit && !frameIn(before, flow)?.revisit) return true;
  if (frame && message?.parts.some(({ key }) => saysChanged(key))) return true;
  if (event.kind !== 'press') return false;
  const token = readToken(event.token);
  return (
    token?.flow === flow &&
    earlier.some(({ event: first }) => {
      const pressed = first.kind === 'press' ? readToken(first.token) : null;
      return pressed?.question === token.question && pressed.option !== token.option;
    })
  );
}

/** The texts that name an answer which is another now. */
export function saysChanged(key: string): boolean {
  return key === 'common.changed' || key === 'common.changed_label';
}

function endedJustNow(flow: string, earlier: readonly Moment[]): boolean {
  const last = earlier.at(-1);
  return last !== undefined && hasEnded(flow, last, ['done', 'handed_over']);
}

/** The person comes back to a question asked a day ago or longer; reminded of it, where the product reminds. */
function isAfterSilence(flow: string, { before, opens, event, at }: Moment): boolean {
  if (event.kind === 'begin') return false;
  const asked = [
    frameIn(before, flow)?.at,
    ...opens.map((open) => (open.flow === flow ? open.at : undefined)),
  ];
  const isLong = asked.some((then) => then !== undefined && at - then >= dayMs);
  return isLong && (nudgesFor(flow) === 0 || opens.some((open) => open.flow === 'resume'));
}

/** A choice of a question that is not the newest one open: of this flow, or while this flow waits for something else. */
function isOldButton(flow: string, moment: Moment): boolean {
  const { event, together } = moment;
  const token = event.kind === 'press' ? readToken(event.token) : null;
  if (!token || together || token.question === newestQuestion(moment)) return false;
  return token.flow === flow || isAtHand(flow, moment);
}

function newestQuestion({ before, opens }: Moment): string | undefined {
  const top = before.stack.at(-1);
  const asked = opens.map(({ id, at }) => ({ q: `o${id}`, at }));
  if (top) asked.unshift({ q: top.aside?.q ?? top.q ?? '', at: top.at ?? 0 });
  return asked.toSorted((a, b) => b.at - a.at)[0]?.q;
}

/** The language changes while this flow waits, and it goes on in the new one. */
function isOtherLanguage(flow: string, moment: Moment, later: readonly Moment[]): boolean {
  const { before, after } = moment;
  if (before.lang === after.lang) return false;
  // What the language flow has to say, it says in the turn of the change.
  if (flow === 'language') return hasEnded(flow, moment, ['done']);
  return (
    isAtHand(flow, moment) &&
    later.some((next) => next.after.lang === after.lang && next.message !== null && isAtHand(flow, next))
  );
}

/** Two messages before an answer could be seen: this flow waited for the first, or the second met it. */
function isTogether(flow: string, moment: Moment, last: Moment | undefined): boolean {
  return moment.together && (isAtHand(flow, moment) || (last !== undefined && isAtHand(flow, last)));
}
