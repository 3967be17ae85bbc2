import type { Mission, Need } from '../../domain/model.ts';
import { may } from '../../domain/permissions.ts';
import { type AssignmentUseCases, assignmentUseCases } from './assignments.ts';
import { type CallUseCases, callUseCases } from './call.ts';
import { type DeadLetterUseCases, deadLetterUseCases, isTheirs as isTheirLetter } from './dead-letters.ts';
import { type Interested, listInterested } from './match.ts';
import { type Activation, activateUseCase, findMember, type MaskedMember } from './members.ts';
import { type MissionUseCases, missionUseCases } from './missions.ts';
import { type NeedUseCases, needUseCases } from './needs.ts';
import { type NewOffer, offerUseCase, type ShownOffer } from './offers.ts';
import type {
  AudienceCounts,
  Broadcast,
  Coordinator,
  DeadLetter,
  DeskAssignment,
  DeskDeps,
  DeskReads,
  MissionLine,
  Ticket,
} from './ports.ts';
import { isTheirs, type TicketUseCases, ticketUseCases } from './tickets.ts';
import { type Today, today } from './today.ts';
import { type TravelUseCases, travelUseCases } from './travel.ts';
import type { UseCase } from './use-case.ts';

/** All that coordinators can do and see, whatever the front end. What they may is checked here (rule 28). */
export type Desk = {
  readonly needs: NeedUseCases;
  readonly missions: MissionUseCases;
  readonly calls: CallUseCases;
  readonly offer: UseCase<NewOffer, ShownOffer>;
  readonly assignments: AssignmentUseCases;
  readonly travel: TravelUseCases;
  readonly activate: UseCase<Activation, MaskedMember>;
  readonly tickets: TicketUseCases;
  readonly deadLetters: DeadLetterUseCases;
  readonly see: Views;
  /** Who writes from this Slack account; null for anybody who is not staff. */
  staffOf(slackUser: string): Promise<Coordinator | null>;
};

/** What may be looked at. Null, or an empty list, where there is nothing or nothing for this person. */
export type Views = {
  today(actor: Coordinator): Promise<Today>;
  hospitals: DeskReads['hospitals'];
  need(code: string, actor: Coordinator): Promise<Need | null>;
  needs(statuses: readonly Need['status'][], actor: Coordinator): Promise<readonly Need[]>;
  missions(actor: Coordinator): Promise<readonly MissionLine[]>;
  mission(
    code: string,
    actor: Coordinator,
  ): Promise<{
    readonly mission: Mission;
    readonly needs: readonly Need[];
    readonly audience: AudienceCounts;
  } | null>;
  broadcast(
    code: string,
    actor: Coordinator,
  ): Promise<{ readonly broadcast: Broadcast; readonly progress: Readonly<Record<string, number>> } | null>;
  interested(
    code: string,
    actor: Coordinator,
  ): Promise<{ readonly mission: Mission; readonly list: readonly Interested[] } | null>;
  assignment(code: string, actor: Coordinator): Promise<DeskAssignment | null>;
  assignments(actor: Coordinator): Promise<readonly DeskAssignment[]>;
  member(code: string, actor: Coordinator): Promise<MaskedMember | null>;
  ticket(code: string, actor: Coordinator): Promise<Ticket | null>;
  tickets(actor: Coordinator): Promise<readonly Ticket[]>;
  /** Messages that did not arrive. */
  failed(actor: Coordinator): Promise<readonly DeadLetter[]>;
};

export function createDesk(deps: DeskDeps): Desk {
  const { reads } = deps;
  return {
    needs: needUseCases(deps),
    missions: missionUseCases(deps),
    calls: callUseCases(deps),
    offer: offerUseCase(deps),
    assignments: assignmentUseCases(deps),
    travel: travelUseCases(deps),
    activate: activateUseCase(deps),
    tickets: ticketUseCases(deps),
    deadLetters: deadLetterUseCases(deps),
    see: views(deps),
    staffOf: reads.staff,
  };
}

function views({ reads, clock }: Pick<DeskDeps, 'reads' | 'clock'>): Views {
  const sees = (actor: Coordinator, country?: string) => may(actor, 'see_member', country);
  return {
    today: (actor) => today(reads, actor, clock.now()),
    hospitals: reads.hospitals,
    need: async (code, actor) => (sees(actor) ? reads.need(code) : null),
    needs: async (statuses, actor) => (sees(actor) ? reads.needs(statuses) : []),
    missions: async (actor) => (sees(actor) ? reads.missions() : []),
    async mission(code, actor) {
      const mission = sees(actor) ? await reads.mission(code) : null;
      if (!mission) return null;
      const [needs, audience] = await Promise.all([
        reads.missionNeeds(mission.id),
        reads.audience(mission.id),
      ]);
      return { mission, needs, audience };
    },
    async broadcast(code, actor) {
      const broadcast = sees(actor) ? await reads.broadcast(code) : null;
      return broadcast && { broadcast, progress: await reads.progress(broadcast.id) };
    },
    interested: (code, actor) => listInterested(reads, code, actor),
    async assignment(code, actor) {
      const found = sees(actor) ? await reads.assignment(code) : null;
      return found && sees(actor, found.country) ? found : null;
    },
    assignments: async (actor) =>
      sees(actor) ? (await reads.assignments()).filter(({ country }) => sees(actor, country)) : [],
    member: (code, actor) => findMember(reads, code, actor),
    async ticket(code, actor) {
      const found = await reads.ticket(code);
      return found && isTheirs(found, actor) ? found : null;
    },
    tickets: async (actor) => (await reads.tickets()).filter((ticket) => isTheirs(ticket, actor)),
    failed: async (actor) =>
      (await reads.deadLetters(clock.now())).filter((letter) => isTheirLetter(letter, actor)),
  };
}
