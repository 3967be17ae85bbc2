import type { Answers } from './flow.ts';
import type { Frame } from './session.ts';
import { type Draft, topOf } from './turn.ts';

/** Interruptions of interruptions: beyond this the oldest is let go. */
const framesPerSession = 8;

/** Puts a flow on top, at its start unless `extra` says otherwise. */
export function push(draft: Draft, id: string, data: Answers, extra: Partial<Frame> = {}): void {
  const flow = extra.version === undefined ? draft.program.newest(id) : draft.program.flow(id, extra.version);
  if (!flow) throw new Error(`no flow "${id}" in this build`);
  draft.stack.push({
    flow: id,
    version: flow.version,
    step: flow.start,
    data,
    answers: {},
    trail: [],
    ...extra,
  });
  if (draft.stack.length > framesPerSession) dropOldest(draft);
}

/** Brings an interrupted conversation on top. False when something it called is open above it: that comes first. */
export function raise(draft: Draft, index: number): boolean {
  const { stack } = draft;
  if (stack[index + 1]?.called) return false;
  const first = callerOf(stack, index);
  stack.push(...stack.splice(first, index - first + 1));
  return true;
}

/** The same conversation opened before and interrupted since is taken up again; true when there was one. */
export function raiseSame(draft: Draft, id: string, data: Answers): boolean {
  const { stack } = draft;
  const wanted = JSON.stringify(data);
  const at = stack.findIndex(
    (frame) => frame.flow === id && !frame.called && JSON.stringify(frame.data) === wanted,
  );
  if (at < 0) return false;
  let last = at;
  while (stack[last + 1]?.called) last += 1;
  return raise(draft, last);
}

/** Forgets an open conversation of this flow, with what it called: a menu asked for again starts afresh. */
export function forget(draft: Draft, id: string): void {
  const { stack } = draft;
  const at = stack.findIndex((frame) => frame.flow === id && !frame.called);
  if (at < 0) return;
  let length = 1;
  while (stack[at + length]?.called) length += 1;
  stack.splice(at, length);
}

/** Takes the top frame away together with the flows that wait for it. */
export function dropTop(draft: Draft): void {
  if (!topOf(draft)) return;
  const { stack } = draft;
  stack.splice(callerOf(stack, stack.length - 1));
}

function callerOf(stack: readonly Frame[], index: number): number {
  let first = index;
  while (stack[first]?.called) first -= 1;
  return first;
}

function dropOldest(draft: Draft): void {
  const oldest = draft.stack[0];
  if (oldest) draft.notes.push({ kind: 'ended', flow: oldest.flow, how: 'cancelled' });
  draft.stack.shift();
  while (draft.stack[0]?.called) draft.stack.shift();
}
