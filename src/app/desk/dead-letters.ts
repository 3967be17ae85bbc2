import { may } from '../../domain/permissions.ts';
import { wordsOf } from '../follow-up.ts';
import type { Coordinator, DeadLetter, DeskDeps } from './ports.ts';
import { refusal, type UseCase, useCase } from './use-case.ts';

export type DeadLetterUseCases = {
  /** The same words once more, in a new row that takes this one's place (rule 16). */
  readonly again: UseCase<{ readonly id: number }, DeadLetter>;
};

/** Messages that did not arrive and that nothing else takes the place of: a person decides. */
export function deadLetterUseCases(deps: DeskDeps): DeadLetterUseCases {
  return {
    again: useCase(deps, {
      name: 'message.again',
      action: 'send_again',
      async load({ id }: { readonly id: number }, actor) {
        const letter = await deps.reads.deadLetter(id);
        return letter && isTheirs(letter, actor) ? { letter } : null;
      },
      decide: (_, { letter }, actor) =>
        letter.optedOut
          ? refusal('opted_out')
          : {
              ok: true,
              deeds: [
                {
                  kind: 'event',
                  event: {
                    name: 'message.sent_again',
                    subject: { kind: 'conversation', id: letter.conversationId },
                    by: actor.personId,
                    data: { what: wordsOf(letter.key) },
                  },
                },
              ],
            },
      show: (_, { letter }) => letter,
      save: (wanted, { id }) => deps.reads.sendAgain(wanted, id),
    }),
  };
}

export function isTheirs({ country }: DeadLetter, actor: Coordinator): boolean {
  return may(actor, 'send_again', country ?? undefined);
}
