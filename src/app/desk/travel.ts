import { type ItineraryInput, proposeItinerary, recordTicket } from '../../domain/travel.ts';
import type { ByCode } from './needs.ts';
import type { DeskAssignment, DeskDeps } from './ports.ts';
import { type UseCase, useCase } from './use-case.ts';

export type NewItinerary = ByCode & ItineraryInput;
export type TravelUseCases = {
  readonly propose: UseCase<
    NewItinerary,
    { readonly assignment: DeskAssignment; readonly input: ItineraryInput }
  >;
  readonly ticket: UseCase<ByCode, DeskAssignment>;
};

/** The journey as the coordinator plans it; the member confirms it in the chat. */
export function travelUseCases(deps: DeskDeps): TravelUseCases {
  const load = async ({ code }: ByCode) => {
    const assignment = await deps.reads.assignment(code);
    return assignment && { assignment };
  };
  return {
    propose: useCase(deps, {
      name: 'travel.propose',
      action: 'set_travel',
      load: (input: NewItinerary) => load(input),
      decide: proposeItinerary,
      show: (input, { assignment }) => ({ assignment, input }),
    }),
    ticket: useCase(deps, {
      name: 'travel.ticket',
      action: 'set_travel',
      load,
      decide: recordTicket,
      show: (_, { assignment }) => assignment,
    }),
  };
}
