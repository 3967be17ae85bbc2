import type { Done } from '../engine/flow.ts';
import type { Lang } from '../engine/message.ts';
import { updatePerson } from './consent.ts';
import type { AssignmentStatus, Context, Deed, Person } from './model.ts';

/** Assignments that somebody still relies on: a coordinator phones when their member stops the messages. */
const over: ReadonlySet<AssignmentStatus> = new Set([
  'completed',
  'closed',
  'released',
  'ended',
  'host_refused',
]);

/** The codes of this person's live assignments. */
export function liveAssignments({
  assignments,
}: {
  readonly assignments: Context['assignments'];
}): readonly string[] {
  return assignments.filter(({ status }) => !over.has(status)).map(({ code }) => code);
}

/**
 * STOP: at once and for every address of the person (rule 14). Of somebody we keep nothing of, this chat alone
 * falls silent. Repeated, it changes nothing again.
 */
export function optOut({ context, now }: { readonly context: Context; readonly now: Date }): Done {
  const { person } = context;
  if (!person) return { ok: true, deeds: [{ kind: 'rest', stopped: true }] };
  if (person.optedOut) return { ok: true, deeds: [] };
  return {
    ok: true,
    deeds: [
      updatePerson(person, { opted_out_at: now.toISOString() }),
      personEvent('person.opted_out', person, {
        assignments: liveAssignments(context),
        member: context.member?.code ?? null,
      }),
    ],
  };
}

/** START: only these words end an opt-out (rule 9). */
export function optIn({ context }: { readonly context: Context }): Done {
  const { person } = context;
  if (!person?.optedOut) return { ok: true, deeds: [] };
  return {
    ok: true,
    deeds: [updatePerson(person, { opted_out_at: null }), personEvent('person.opted_in', person, {})],
  };
}

/** The language of this conversation, and of messages to come where there is a person. */
export function speak(lang: Lang | undefined, { context }: { readonly context: Context }): Done {
  const { person } = context;
  if (!lang) return { ok: true, deeds: [] };
  const deeds = person && person.lang !== lang ? [updatePerson(person, { lang })] : [];
  return { ok: true, deeds, lang };
}

/** "Delete me", said twice: decided by the data officer within 30 days, through a ticket. */
export function requestErasure({ context }: { readonly context: Context }): Done {
  const { person } = context;
  if (!person) return { ok: true, deeds: [] };
  const live = liveAssignments(context);
  return { ok: true, deeds: [personEvent('person.erase_requested', person, { assignments: live })] };
}

function personEvent(
  name: string,
  { id }: Person,
  data: { readonly [key: string]: string | null | readonly string[] },
): Deed {
  return { kind: 'event', event: { name, subject: { kind: 'person', id }, by: id, data } };
}
