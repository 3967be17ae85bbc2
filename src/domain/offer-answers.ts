import type { Done, Need, Refused } from '../engine/flow.ts';
import type { Lang } from '../engine/message.ts';
import { refused } from './actor.ts';
import { shareVersion } from './application.ts';
import { isOver, memberAccepts, memberDeclines, otherDates } from './assignment.ts';
import { type Fresh, freshId, freshNeed } from './fresh.ts';
import type { Assignment, Context, Deed } from './model.ts';

/** The member's side of an offer, as its conversation gives it. */
export type OfferAnswers = {
  readonly answer?: 'accept' | 'decline' | 'dates' | 'talk';
  /** The code typed behind ACCEPT. */
  readonly typed?: string;
  readonly share?: 'yes' | 'no';
  readonly reason?: string | null;
  readonly range?: { readonly from: string; readonly to: string };
};
type Subject = { readonly data: { readonly assignmentId?: number }; readonly context: Context };
type Scope = Subject & {
  readonly answers: OfferAnswers;
  readonly found: { readonly fresh?: Fresh };
  readonly now: Date;
  readonly lang: Lang;
};

/** The member's own assignment that a conversation is about. */
export function assignmentOf({ data, context }: Subject): Assignment | null {
  return context.assignments.find(({ id }) => id === data.assignmentId) ?? null;
}

/** The offer that a typed ACCEPT means: the one whose code it names, else the only one that waits for an answer. */
export function openOffer({ assignments }: Pick<Context, 'assignments'>, typed: string): Assignment | null {
  const waiting = assignments.filter(({ status }) => closings[status] === null);
  const named = waiting.find(({ code }) => typed.toUpperCase().includes(code));
  return named ?? (waiting.length === 1 ? (waiting[0] ?? null) : null);
}

/** Why an offer cannot be answered any more: `expired`, `answered`, `withdrawn`; null while it can. */
export function whyNotAnswerable(scope: Subject & { readonly now: Date }): string | null {
  const assignment = assignmentOf(scope);
  if (!assignment) return 'withdrawn';
  if (isOver(assignment, scope.now)) return 'expired';
  const why = closings[assignment.status];
  return why === undefined ? 'answered' : why;
}

export function acceptNeeds({ answers }: { readonly answers: OfferAnswers }): readonly Need[] {
  return answers.share ? [freshNeed({ consent: 1 })] : [];
}

/** The typed ACCEPT with the consent that goes with it. Refused with `withdrawn`, `not_typed`, `expired`, `not_open`. */
export function acceptOffer(scope: Scope): Done | Refused {
  const { answers, context, found, now, lang } = scope;
  const assignment = assignmentOf(scope);
  const { person } = context;
  if (!assignment || !person) return refused('withdrawn');
  if (answers.typed !== assignment.code) return refused('not_typed');
  const result = memberAccepts(assignment, person.id, now);
  if (!result.ok || !answers.share) return result;
  const consent: Deed = {
    kind: 'insert',
    table: 'consent',
    id: freshId(found.fresh, 'consent'),
    row: {
      person_id: person.id,
      purpose: 'share_with_host_moh',
      state: answers.share === 'yes' ? 'given' : 'refused',
      text_version: shareVersion,
      lang,
      at: now.toISOString(),
      conversation_id: context.conversation.id,
    },
  };
  return { ...result, deeds: [...result.deeds, consent] };
}

export function declineOffer(scope: Scope): Done | Refused {
  const assignment = assignmentOf(scope);
  if (!assignment || !scope.context.person) return refused('withdrawn');
  return memberDeclines(assignment, scope.answers.reason ?? null, scope.context.person.id);
}

export function proposeOtherDates(scope: Scope): Done | Refused {
  const assignment = assignmentOf(scope);
  const { range } = scope.answers;
  if (!assignment || !scope.context.person || !range) return refused('withdrawn');
  return otherDates(assignment, range, scope.context.person.id, scope.now);
}

const closings: { readonly [status in Assignment['status']]?: string | null } = {
  proposed: null,
  host_accepted: null,
  released: 'withdrawn',
  host_refused: 'withdrawn',
};
