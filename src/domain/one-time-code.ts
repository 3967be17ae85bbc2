import type { Need } from '../engine/flow.ts';
import { happened } from './change-assignment.ts';
import { type Fresh, freshCode, freshId, freshNeed } from './fresh.ts';
import type { Assignment, Deed } from './model.ts';

/** Six digits that a director types back before something binds the hospital (domain rule "second step"). */

export type CodePurpose = 'placement' | 'readiness';

export const codeHours = 48;
/** After so many wrong ones only a coordinator can have a new code made. */
export const codeTries = 3;

/** What the query `director` finds: the hospital's DG, else a deputy; `elsewhere`: reached by another address than this one. */
export type Director = { readonly personId: number; readonly elsewhere: boolean };

export type IssueFound = {
  readonly director?: Director | null;
  readonly newCode?: { readonly digits: string };
  readonly fresh?: Fresh;
};

/** What the query `code` finds: the newest unused code of that assignment and purpose, compared with what was typed. */
export type TypedCode = {
  readonly id: number;
  readonly revision: number;
  readonly right: boolean;
  readonly expired: boolean;
  readonly tries: number;
};

export function issueNeeds(assignment: Assignment, conversationId: number): readonly Need[] {
  return [
    { query: 'director', args: { hospitalId: assignment.need.hospital.id, conversationId } },
    { query: 'newCode', args: {} },
    freshNeed({ one_time_code: 1, ticket: 1 }),
  ];
}

/** How the director will get it: on a phone of their own, by a coordinator's voice (rule 30), or nobody is there to get it. */
export function codeWay(director: Director | null | undefined): 'sent' | 'read_out' | 'nobody' {
  if (!director) return 'nobody';
  return director.elsewhere ? 'sent' : 'read_out';
}

/**
 * A new code and the event that brings it to the director. The digits travel in the event alone: its message is sealed
 * in the ledger, its audit row holds a keyed hash. `code_index` is plain here; the store keeps only its HMAC.
 */
export function issueCode(
  purpose: CodePurpose,
  assignment: Assignment,
  found: IssueFound,
  now: Date,
  by: number | 'system',
): readonly Deed[] {
  const { director } = found;
  if (!director) {
    return [
      coordinatorsTask('no_director', found.fresh, null),
      happened('code.nobody', assignment, by, { purpose }),
    ];
  }
  const digits = found.newCode?.digits;
  if (digits === undefined) throw new Error('a code was to be issued, but its step did not ask for one');
  const row = {
    purpose,
    person_id: director.personId,
    assignment_id: assignment.id,
    code_index: digits,
    expires_at: new Date(now.getTime() + codeHours * 3_600_000).toISOString(),
    tries: 0,
    used_at: null,
  };
  const more = { purpose, directorId: director.personId, digits };
  return [
    { kind: 'insert', table: 'one_time_code', id: freshId(found.fresh, 'one_time_code'), row },
    ...(codeWay(director) === 'sent'
      ? [happened('code.issued', assignment, by, more)]
      : [
          coordinatorsTask('read_out_code', found.fresh, director.personId),
          happened('code.read_out', assignment, by, more),
        ]),
  ];
}

/**
 * A ticket that hangs on the director, not on this conversation: the flow goes on speaking here while a coordinator
 * takes up the telephone.
 */
export function coordinatorsTask(reason: string, fresh: Fresh | undefined, personId: number | null): Deed {
  const row = {
    code: freshCode(fresh, 'ticket'),
    conversation_id: null,
    person_id: personId,
    reason,
    status: 'open',
    flow: 'sign_off',
    step: 'code',
  };
  return { kind: 'insert', table: 'ticket', id: freshId(fresh, 'ticket'), row };
}
