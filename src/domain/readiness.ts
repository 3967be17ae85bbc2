import type { Done, Need, Refused } from '../engine/flow.ts';
import { planAssignment } from './calendar.ts';
import { changeAssignment, happened } from './change-assignment.ts';
import { withGate } from './gates.ts';
import { acting, subjectOf, type Who } from './host.ts';
import type {
  Assignment,
  Context,
  Deed,
  Readiness,
  ReadinessAnswer,
  ReadinessCode,
  ReadinessItem,
  ReadinessStatus,
  Value,
} from './model.ts';
import { codeWay, type IssueFound, issueCode, issueNeeds } from './one-time-code.ts';
import { hasChecklist, isComplete, isSettled, neededRules, nextToAsk, ruleOf } from './readiness-items.ts';

/** The host's checklist: every answer is kept at once, and can be given in any order, again and again. */

/** What a host says about one item; `code` where the message named another item than the one asked about. */
export type ItemReply = {
  readonly code?: ReadinessCode;
  readonly answer: ReadinessAnswer;
  readonly note?: string;
};

export type ReadinessAnswers = {
  readonly which?: string;
  readonly who?: Who;
  readonly item?: ReadinessCode | null;
  readonly reply?: ItemReply | null;
  readonly missing?: string | null;
  readonly by_when?: string | null;
};
export type ReadinessScope = {
  readonly answers: ReadinessAnswers;
  readonly data: { readonly assignmentId?: number };
  readonly context: Context;
  readonly found: IssueFound;
  readonly now: Date;
};

/** Longest note we keep, in characters. */
export const noteLength = 280;

/** The six digits are needed only by the answer that completes the list. */
export function answerNeeds(scope: Omit<ReadinessScope, 'found'>): readonly Need[] {
  const change = changeOf({ ...scope, found: {} });
  return change?.status === 'submitted' && change.readiness.status !== 'submitted'
    ? issueNeeds(change.assignment, scope.context.conversation.id)
    : [];
}

/**
 * Keeps one answer. With the last blocking item the list is submitted and the director gets a code; an item that falls
 * away later opens it again, with its gate. Answers: `item` is what to ask next, or null; `told` what changed for the
 * list (`submitted`, `reopened`, `na`, `saved`), `way` how the code goes out. Refuses `gone`.
 */
export function answerItem(scope: ReadinessScope): Done | Refused {
  const change = changeOf(scope);
  if (!change) return { ok: false, why: 'gone' };
  const { found, now } = scope;
  const { assignment, readiness, code, item, items, status, by } = change;
  const notes = { ...readiness.notes };
  const note = change.note;
  if (note === null) delete notes[code];
  else notes[code] = note;
  const submits = status === 'submitted' && readiness.status !== 'submitted';
  const reopens =
    status === 'in_progress' && (readiness.status === 'confirmed' || readiness.status === 'reconfirmed');
  const asksLeave = item.answer === 'na' && ruleOf(code).blocking;
  const way = codeWay(found.director);
  const told = submits ? 'submitted' : reopens ? 'reopened' : asksLeave ? 'na' : 'saved';
  return {
    ok: true,
    deeds: [
      ...changeReadiness(assignment, { items, notes, status }, reopens ? 'open' : null),
      happened('readiness.answered', assignment, by, { item: code, answer: item.answer }),
      ...(asksLeave ? [happened('readiness.na_asked', assignment, by, { item: code })] : []),
      ...(reopens ? [happened('readiness.reopened', assignment, by, { items: [code] })] : []),
      ...(submits ? [happened('readiness.submitted', assignment, by, { way })] : []),
      ...(submits ? issueCode('readiness', assignment, found, now, by) : []),
    ],
    answers: {
      item: nextToAsk(assignment, items, now),
      told,
      way: submits ? way : null,
      said: { code, answer: item.answer },
      open: openCount(assignment, items),
      reply: null,
      missing: null,
      by_when: null,
    },
  };
}

/** The director's confirmation of a submitted list: gate G10 is green. Null when it is no longer submitted. */
export function dgConfirms(assignment: Assignment, by: number, now: Date): readonly Deed[] | null {
  if (assignment.readiness?.status !== 'submitted') return null;
  return [
    ...changeReadiness(assignment, { status: 'confirmed' }, 'green', { by, at: now.toISOString() }),
    happened('readiness.confirmed', assignment, by),
  ];
}

type RecheckAnswers = {
  readonly which?: string;
  readonly who?: Who;
  readonly supervisor?: 'yes' | 'no';
  readonly lodging?: 'yes' | 'no';
  readonly pickup?: 'yes' | 'no';
};
const rechecked: readonly (readonly [
  keyof RecheckAnswers & ('supervisor' | 'lodging' | 'pickup'),
  ReadinessCode,
])[] = [
  ['supervisor', 'R2'],
  ['lodging', 'R5'],
  ['pickup', 'R6'],
];

/** A week before: still true? Any no opens the list and its gate again. Answer `still`: `yes` or `no`. Refuses `gone`. */
export function recheck(
  scope: Omit<ReadinessScope, 'answers'> & { readonly answers: RecheckAnswers },
): Done | Refused {
  const assignment = subjectOf(scope, awaitsRecheck);
  const by = acting(scope)?.personId;
  const readiness = assignment?.readiness;
  if (!assignment || !readiness || by === undefined || !awaitsRecheck(assignment))
    return { ok: false, why: 'gone' };
  const lost = rechecked.filter(([answer]) => scope.answers[answer] === 'no').map(([, code]) => code);
  if (lost.length === 0) {
    return {
      ok: true,
      deeds: [
        ...changeReadiness(assignment, { status: 'reconfirmed' }, null),
        happened('readiness.reconfirmed', assignment, by),
      ],
      answers: { still: 'yes' },
    };
  }
  const at = scope.now.toISOString();
  const items = { ...readiness.items };
  for (const code of lost) items[code] = { answer: 'no', by, at };
  return {
    ok: true,
    deeds: [
      ...changeReadiness(assignment, { items, status: 'in_progress' }, 'open'),
      happened('readiness.reopened', assignment, by, { items: lost }),
    ],
    answers: { still: 'no' },
  };
}

export function awaitsRecheck({ readiness }: Assignment): boolean {
  return readiness?.status === 'confirmed' || readiness?.status === 'reconfirmed';
}

/**
 * A coordinator's leave for an item that stays open; the reason is the use case's to audit. The last one completes the
 * list, so it needs what {@link issueNeeds} finds. Null when there is no list or the item is not on it.
 */
export function waiveItem(
  assignment: Assignment,
  code: ReadinessCode,
  found: IssueFound,
  by: number,
  now: Date,
): readonly Deed[] | null {
  const { readiness } = assignment;
  if (!readiness || !neededRules(assignment).some((rule) => rule.code === code)) return null;
  const before = readiness.items[code] ?? { answer: 'na', by, at: now.toISOString() };
  const items = { ...readiness.items, [code]: { ...before, waivedBy: by } };
  const signed = readiness.status === 'confirmed' || readiness.status === 'reconfirmed';
  const submits = readiness.status !== 'submitted' && !signed && isComplete(assignment, items);
  return [
    ...changeReadiness(assignment, { items, ...(submits && { status: 'submitted' }) }, null),
    happened('readiness.waived', assignment, by, { item: code }),
    ...(submits ? [happened('readiness.submitted', assignment, by, { way: codeWay(found.director) })] : []),
    ...(submits ? issueCode('readiness', assignment, found, now, by) : []),
  ];
}

type ReadinessChange = Partial<Pick<Readiness, 'items' | 'notes' | 'status'>>;

/** The row, the gate where it moves, and the timers that hang on the answers. */
export function changeReadiness(
  assignment: Assignment,
  set: ReadinessChange,
  gate: 'open' | 'green' | null,
  signed: { readonly by?: number; readonly at?: string } = {},
): readonly Deed[] {
  const { readiness } = assignment;
  if (!readiness) throw new Error(`${assignment.code} has no checklist`);
  const changed = { ...assignment, readiness: { ...readiness, ...set } };
  const row: Deed = {
    kind: 'update',
    table: 'readiness',
    id: readiness.id,
    revision: readiness.revision,
    owner: assignment.personId,
    set: columns(set),
  };
  if (gate === null || assignment.gates.G10.state === 'waived') return [row, planAssignment(changed)];
  return [
    row,
    ...changeAssignment(changed, { gates: withGate(assignment.gates, 'G10', { state: gate, ...signed }) }),
  ];
}

function columns({ items, notes, status }: ReadinessChange): { [column: string]: Value } {
  return { ...(items && { items }), ...(notes && { notes }), ...(status && { status }) };
}

type Change = {
  readonly assignment: Assignment;
  readonly readiness: Readiness;
  readonly by: number;
  readonly code: ReadinessCode;
  readonly item: ReadinessItem;
  readonly items: Readiness['items'];
  readonly note: string | null;
  readonly status: ReadinessStatus;
};

function changeOf(scope: ReadinessScope): Change | null {
  const { answers, now } = scope;
  const assignment = subjectOf(scope, hasChecklist);
  const by = acting(scope)?.personId;
  const { reply } = answers;
  const code = reply?.code ?? answers.item;
  if (!assignment || !hasChecklist(assignment) || by === undefined || !reply || !code) return null;
  const { readiness } = assignment;
  if (!readiness || !neededRules(assignment).some((rule) => rule.code === code)) return null;
  const { answer } = reply;
  const lacking = answer === 'partly' || answer === 'no';
  const neededBy = lacking ? answers.by_when : null;
  const item: ReadinessItem = { answer, by, at: now.toISOString(), ...(neededBy && { neededBy }) };
  const items = { ...readiness.items, [code]: item };
  const note = [reply.note, lacking ? answers.missing : null].filter(Boolean).join('. ').slice(0, noteLength);
  return {
    assignment,
    readiness,
    by,
    code,
    item,
    items,
    note: note === '' ? null : note,
    status: statusAfter(assignment, readiness, code, items),
  };
}

function statusAfter(
  assignment: Assignment,
  before: Readiness,
  code: ReadinessCode,
  items: Readiness['items'],
): ReadinessStatus {
  const { status } = before;
  const signed = status === 'confirmed' || status === 'reconfirmed';
  if (!isComplete(assignment, items)) {
    // What is late or was given up stays so until the list is complete: one answer does not calm a coordinator.
    return status === 'at_risk' || status === 'not_ready' ? status : 'in_progress';
  }
  if (!signed) return 'submitted';
  const rule = ruleOf(code);
  return isSettled(rule, before.items[code]) && !isSettled(rule, items[code]) ? 'in_progress' : status;
}

function openCount(assignment: Assignment, items: Readiness['items']): number {
  return neededRules(assignment).filter((rule) => !isSettled(rule, items[rule.code])).length;
}
