import { makeOffer } from '../../domain/assignment.ts';
import type { Mission, Need, Scope } from '../../domain/model.ts';
import { type OfferFacts, type OfferInput, offerObstacles } from '../../domain/offer-guards.ts';
import type { DeskDeps } from './ports.ts';
import { shortName } from './short-name.ts';
import { refusal, type UseCase, useCase } from './use-case.ts';

export type NewOffer = {
  readonly member: string;
  readonly need: string;
  readonly from: string;
  readonly to: string;
  readonly scope: Scope;
};
export type ShownOffer = {
  readonly member: string;
  readonly name: string;
  readonly need: Need;
  readonly mission: Mission;
  readonly input: OfferInput;
  /** Of the assignment, once it is made. */
  readonly code: string | null;
};

/**
 * One post for one member, offered to both sides at the same time. Refused with every obstacle at once, joined by
 * commas in the order a coordinator would mend them; `no_interest` where the member never answered the call.
 */
export function offerUseCase(deps: DeskDeps): UseCase<NewOffer, ShownOffer> {
  const { reads } = deps;
  const inputOf = ({ from, to, scope }: NewOffer): OfferInput => ({ fromDay: from, toDay: to, scope });
  return useCase(deps, {
    name: 'offer.make',
    action: 'make_offer',
    fresh: { assignment: 1, readiness: 1, travel: 1 },
    async load({ member: memberCode, need: needCode }: NewOffer) {
      const [file, need] = await Promise.all([reads.member(memberCode), reads.need(needCode)]);
      if (!file) return refusal('unknown_member');
      if (!need) return refusal('unknown_need');
      const mission = need.missionId === null ? null : await reads.missionById(need.missionId);
      if (!mission) return refusal('need_not_open');
      const [application, others] = await Promise.all([
        reads.application(file.person.id, mission.id),
        reads.assignmentsOf(file.person.id),
      ]);
      if (!application) return refusal('no_interest');
      return { ...file, need, mission, application, others } satisfies OfferFacts;
    },
    decide(input, facts, actor, now) {
      const obstacles = offerObstacles(inputOf(input), facts);
      if (obstacles.length > 0) return refusal(obstacles.join(','));
      return makeOffer(inputOf(input), facts, actor, now);
    },
    show: (input, { person, member, need, mission }, fresh) => ({
      member: member.code,
      name: shortName(person.name),
      need,
      mission,
      input: inputOf(input),
      code: fresh?.codes?.assignment?.[0] ?? null,
    }),
  });
}
