import type { Deed } from '../../domain/model.ts';
import { may } from '../../domain/permissions.ts';
import type { Done, Refused } from '../../engine/flow.ts';
import type { Loaded } from '../store.ts';
import type { ByCode } from './needs.ts';
import type { Coordinator, DeskDeps, Ticket } from './ports.ts';
import { refusal, type UseCase, useCase } from './use-case.ts';

export type TicketUseCases = {
  readonly take: UseCase<ByCode, Ticket>;
  /** The chat is the flows' again. */
  readonly close: UseCase<ByCode, Ticket>;
  /** A coordinator's own words to the person, on the address that asked. */
  readonly reply: UseCase<ByCode & { readonly text: string }, Ticket>;
};

/** A coordinator's words as the person reads them. */
export const replyKey = 'desk.reply.text';

/** Somebody asked for a person: until the ticket is closed, that chat is answered by one (rule 14). */
export function ticketUseCases(deps: DeskDeps): TicketUseCases {
  const load = async ({ code }: ByCode, actor: Coordinator) => {
    const ticket = await deps.reads.ticket(code);
    return ticket && isTheirs(ticket, actor) ? { ticket } : null;
  };
  return {
    take: useCase(deps, {
      name: 'ticket.take',
      action: 'reply_ticket',
      load,
      decide: (_, { ticket }, actor) =>
        ticket.status === 'open'
          ? move(ticket, { status: 'assigned' }, 'ticket.taken', actor)
          : refusal('wrong_state'),
      show: (_, { ticket }) => ticket,
    }),
    close: useCase(deps, {
      name: 'ticket.close',
      action: 'reply_ticket',
      load,
      decide: (_, { ticket }, actor, now) =>
        ticket.status === 'closed'
          ? refusal('wrong_state')
          : move(ticket, { status: 'closed', closed_at: now.toISOString() }, 'ticket.closed', actor),
      show: (_, { ticket }) => ticket,
    }),
    reply: useCase(deps, {
      name: 'ticket.reply',
      action: 'reply_ticket',
      async load(input: ByCode & { readonly text: string }, actor) {
        const found = await load(input, actor);
        const id = found?.ticket.conversationId ?? null;
        const chat = id === null ? null : await deps.store.loadConversation(id, deps.clock.now());
        return found && chat ? { ...found, chat } : null;
      },
      decide: (_, { ticket }, actor) =>
        ticket.status === 'closed'
          ? refusal('wrong_state')
          : move(ticket, { status: 'assigned' }, 'ticket.answered', actor),
      say: ({ text }, { chat }) => ({
        conversation: asItIs(chat),
        messages: [
          {
            lane: 'reply',
            class: 'service',
            key: replyKey,
            message: { parts: [{ key: replyKey, params: { text } }] },
          },
        ],
      }),
      show: (_, { ticket }) => ticket,
    }),
  };
}

/** A complaint about conduct is for its focal point alone, who reads nothing else (domain reference, section 2 and C12). */
export function isTheirs(
  { reason, country }: Pick<Ticket, 'reason' | 'country'>,
  actor: Coordinator,
): boolean {
  if ((reason === 'psea') !== may(actor, 'read_complaint')) return false;
  return may(actor, 'reply_ticket', country ?? undefined);
}

function move(
  { id, revision, code, reason, conversationId, personId }: Ticket,
  set: { readonly [column: string]: string },
  name: string,
  actor: Coordinator,
): Done | Refused {
  const subject =
    conversationId === null
      ? ({ kind: 'person', id: personId ?? 0 } as const)
      : ({ kind: 'conversation', id: conversationId } as const);
  const deeds: Deed[] = [
    { kind: 'update', table: 'ticket', id, revision, set },
    { kind: 'event', event: { name, subject, by: actor.personId, data: { code, reason } } },
  ];
  return { ok: true, deeds };
}

/** The chat's own row is saved as it was read: so that the words are sealed with its key. */
function asItIs({ place, personId, session }: Loaded) {
  return { place, personId, lang: session.lang, session, lastInboundAt: null };
}
