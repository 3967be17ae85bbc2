import type { Done, Need, Refused } from '../engine/flow.ts';
import { happened } from './change-assignment.ts';
import { type Fresh, freshNeed } from './fresh.ts';
import { acting, awaitsDirector, type Who } from './host.ts';
import type { Assignment, Context, Deed } from './model.ts';
import { type CodePurpose, codeTries, coordinatorsTask, type TypedCode } from './one-time-code.ts';
import { hostAccepts } from './placement.ts';
import { dgConfirms } from './readiness.ts';
import { isDirector } from './readiness-items.ts';

/** The director types the six digits: for a placement, or for the checklist. */
export type SignOffScope = {
  readonly answers: { readonly which?: string; readonly who?: Who; readonly code?: string };
  readonly data: { readonly assignmentId?: number };
  readonly context: Context;
  readonly found: { readonly code?: TypedCode | null; readonly fresh?: Fresh };
  readonly now: Date;
};

/** What waits for a director's digits, and what for. Null when nothing does. */
export function signOffOf(
  scope: Pick<SignOffScope, 'answers' | 'data' | 'context'>,
): { readonly assignment: Assignment; readonly purpose: CodePurpose } | null {
  const { answers, data, context } = scope;
  const waiting = awaitingCode(context);
  const id = data.assignmentId ?? (answers.which === undefined ? undefined : Number(answers.which));
  const assignment =
    id === undefined && waiting.length === 1 ? waiting[0] : waiting.find((one) => one.id === id);
  return assignment ? { assignment, purpose: awaitsDirector(assignment) ? 'placement' : 'readiness' } : null;
}

/** The placements and checklists of this hospital that only lack the director's digits. */
export function awaitingCode({ host }: Context): readonly Assignment[] {
  return (host?.assignments ?? []).filter(
    (assignment) => awaitsDirector(assignment) || assignment.readiness?.status === 'submitted',
  );
}

export function codeNeeds(scope: Pick<SignOffScope, 'answers' | 'data' | 'context'>): readonly Need[] {
  const what = signOffOf(scope);
  if (!what) return [];
  const { assignment, purpose } = what;
  // The number of a ticket is drawn beforehand: this may be the third wrong try.
  return [
    { query: 'code', args: { assignmentId: assignment.id, purpose, code: scope.answers.code ?? '' } },
    freshNeed({ ticket: 1 }),
  ];
}

/**
 * Right digits bind the hospital. Wrong ones are counted: the answer `outcome` is `right`, `wrong` or `locked` (the third
 * time, when a coordinator must make a new code), `left` how many tries remain. Refuses `gone`, `not_yours` (only the DG or
 * the deputy may), `no_code`, `expired`, `locked`.
 */
export function signOff(scope: SignOffScope): Done | Refused {
  const what = signOffOf(scope);
  const by = acting(scope);
  if (!what || !by) return refused('gone');
  if (!isDirector(by.role)) return refused('not_yours');
  const { assignment, purpose } = what;
  const { code } = scope.found;
  if (!code) return refused('no_code');
  if (code.tries >= codeTries) return refused('locked');
  if (code.expired) return refused('expired');
  const { id, revision } = code;
  if (!code.right) {
    const tries = code.tries + 1;
    const left = codeTries - tries;
    const name = left === 0 ? 'code.locked' : 'code.wrong';
    return {
      ok: true,
      deeds: [
        { kind: 'update', table: 'one_time_code', id, revision, set: { tries } },
        ...(left === 0 ? [coordinatorsTask('code_locked', scope.found.fresh, by.personId)] : []),
        happened(name, assignment, by.personId, { purpose, tries }),
      ],
      answers: { outcome: left === 0 ? 'locked' : 'wrong', left, code: null, purpose },
    };
  }
  const bound = bind[purpose](assignment, by.personId, scope.now);
  if (!bound) return refused('gone');
  const used: Deed = {
    kind: 'update',
    table: 'one_time_code',
    id,
    revision,
    set: { used_at: scope.now.toISOString() },
  };
  return {
    ok: true,
    deeds: [used, ...bound],
    answers: { outcome: 'right', code: null, purpose, assignment: assignment.id },
  };
}

const bind: Readonly<
  Record<CodePurpose, (assignment: Assignment, by: number, now: Date) => readonly Deed[] | null>
> = { placement: hostAccepts, readiness: dgConfirms };

function refused(why: string): Refused {
  return { ok: false, why };
}
