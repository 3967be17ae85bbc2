import type { Done } from '../engine/flow.ts';
import type { Context, Deed } from './model.ts';

/**
 * What kind of danger. `abuse` goes another way: nothing of it is told in the coordinators' channel. `words`: said in
 * the person's own words, which stay in the conversation.
 */
export type Danger = 'medical' | 'accident' | 'security' | 'lost' | 'abuse' | 'mistake' | 'words';

/** A call for help is told at its first word, before any question is answered: who called may not get to the second. */
export function raiseSos({ context }: { readonly context: Context }): Done {
  return { ok: true, deeds: [sosEvent('sos.raised', context, {})] };
}

/** What kind it is, for those who were told; not for abuse, which only the trusted person may know of. */
export function tellDanger({
  answers: { kind },
  context,
}: {
  readonly answers: { readonly kind?: Danger };
  readonly context: Context;
}): Done {
  if (!kind || kind === 'abuse') return { ok: true, deeds: [] };
  const name = kind === 'mistake' ? 'sos.mistaken' : 'sos.described';
  return { ok: true, deeds: [sosEvent(name, context, { danger: kind })] };
}

/** Codes say which case it is; a name never leaves through an event. */
function sosEvent(name: string, context: Context, data: { readonly danger?: Danger }): Deed {
  const { conversation, person, member, host, assignments } = context;
  return {
    kind: 'event',
    event: {
      name,
      subject: { kind: 'conversation', id: conversation.id },
      by: person?.id ?? 'system',
      data: {
        ...data,
        who: member?.code ?? host?.contact.hospital.code ?? '',
        channel: conversation.channel,
        assignments: assignments.map(({ code }) => code),
      },
    },
  };
}
