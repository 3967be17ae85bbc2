import type { Done, Need, Refused } from '../engine/flow.ts';
import * as life from './assignment.ts';
import { happened } from './change-assignment.ts';
import { acting, awaitsDirector, awaitsHost, isOpenToHost, subjectOf, type Who } from './host.ts';
import type { Assignment, Context, Deed } from './model.ts';
import { codeWay, type IssueFound, issueCode, issueNeeds } from './one-time-code.ts';
import { itemRules, needsReadiness } from './readiness-items.ts';

/** The hospital's answer to one proposal: the focal point says yes, the director binds the hospital. */

export type PlacementScope = {
  readonly answers: {
    readonly which?: string;
    readonly who?: Who;
    readonly from?: string;
    readonly to?: string;
    readonly reason?: string | null;
  };
  readonly data: { readonly assignmentId?: number };
  readonly context: Context;
  readonly found: IssueFound;
  readonly now: Date;
};

export function acceptNeeds(scope: Pick<PlacementScope, 'answers' | 'data' | 'context'>): readonly Need[] {
  const assignment = subjectOf(scope, awaitsHost);
  return assignment ? issueNeeds(assignment, scope.context.conversation.id) : [];
}

/**
 * The focal point's yes: a field, not a state. The director gets a six-digit code; the answer `way` says how
 * (`sent`, `read_out`, `nobody`). Refuses `gone` when there is nothing left to say yes to.
 */
export function focalAccepts(scope: PlacementScope): Done | Refused {
  const { found, now } = scope;
  const assignment = subjectOf(scope, awaitsHost);
  const by = acting(scope)?.personId;
  if (!assignment || by === undefined || !awaitsHost(assignment)) return gone;
  const yes = life.focalAccepts(assignment, by, now);
  if (!yes.ok) return gone;
  const deeds = [...yes.deeds, ...issueCode('placement', assignment, found, now, by)];
  return { ok: true, deeds, answers: { way: codeWay(found.director) } };
}

/** "Yes, but other dates": nothing moves until a coordinator has asked the member. Refuses `gone`. */
export function otherDatesProposed(scope: PlacementScope): Done | Refused {
  const assignment = subjectOf(scope, awaitsHost);
  const by = acting(scope)?.personId;
  const { from, to } = scope.answers;
  if (!assignment || by === undefined || !from || !to || !isOpenToHost(assignment)) return gone;
  return { ok: true, deeds: [happened('placement.other_dates', assignment, by, { from, to })] };
}

/** "Not possible": the member's yes is kept while a coordinator looks for another host. Refuses `gone`. */
export function hostRefuses(scope: PlacementScope): Done | Refused {
  const assignment = subjectOf(scope, awaitsHost);
  const by = acting(scope)?.personId;
  if (!assignment || by === undefined) return gone;
  const no = life.hostRefuses(assignment, scope.answers.reason ?? 'host_capacity', by);
  return no.ok ? no : gone;
}

/**
 * The director's confirmation: the hospital has accepted. Its checklist opens, with the director's own agreement to
 * dates, department and scope (R1) already on it; of an earlier round, what does not hang on the days stays. Null when
 * the moment has passed.
 */
export function hostAccepts(assignment: Assignment, by: number, now: Date): readonly Deed[] | null {
  const { readiness } = assignment;
  if (!needsReadiness(assignment) || !readiness) return deedsOf(life.hostAccepts(assignment, by, now));
  const kept = Object.entries(readiness.items).filter(([code]) => !datedItems.includes(code));
  const items = { ...Object.fromEntries(kept), R1: { answer: 'yes', by, at: now.toISOString() } } as const;
  const status = Object.keys(items).length > 1 ? 'in_progress' : 'open';
  const opened = { ...assignment, readiness: { ...readiness, items, status } } as const;
  const accepted = deedsOf(life.hostAccepts(opened, by, now));
  if (!accepted) return null;
  const { id, revision } = readiness;
  return [{ kind: 'update', table: 'readiness', id, revision, set: { items, status } }, ...accepted];
}

/** A new code after three wrong ones or two days, made by a coordinator. Null when nobody waits for one. */
export function renewCode(
  assignment: Assignment,
  found: IssueFound,
  now: Date,
  by: number,
): readonly Deed[] | null {
  const submitted = assignment.readiness?.status === 'submitted';
  if (!awaitsDirector(assignment) && !submitted) return null;
  return issueCode(submitted ? 'readiness' : 'placement', assignment, found, now, by);
}

const datedItems: readonly string[] = itemRules.filter(({ dated }) => dated).map(({ code }) => code);

const gone: Refused = { ok: false, why: 'gone' };

function deedsOf(result: Done | Refused): readonly Deed[] | null {
  // Every deed of a domain command is one; the engine's type only forgets it.
  return result.ok ? (result.deeds as readonly Deed[]) : null;
}
