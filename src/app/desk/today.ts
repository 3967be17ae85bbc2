import type { Need } from '../../domain/model.ts';
import { may, permissions } from '../../domain/permissions.ts';
import { isTheirs as isTheirLetter } from './dead-letters.ts';
import { type Interested, listInterested } from './match.ts';
import { type NextStep, nextStep } from './next-step.ts';
import type {
  Broadcast,
  Coordinator,
  DeskAssignment,
  DeskReads,
  MemberLine,
  MissionLine,
  Ticket,
} from './ports.ts';
import { isTheirs } from './tickets.ts';

/** Everything that waits for somebody, by what this person may see and do. */
export type Today = {
  readonly tickets: readonly Ticket[];
  /** How many messages did not arrive. */
  readonly failed: number;
  readonly needsToValidate: readonly Need[];
  /** Validated, and in no mission yet. */
  readonly needsToPublish: readonly Need[];
  readonly missions: readonly MissionLine[];
  readonly broadcasts: readonly Broadcast[];
  readonly newMembers: readonly MemberLine[];
  /** Who answered a call and has no offer yet, by mission. */
  readonly interested: readonly {
    readonly mission: MissionLine['mission'];
    readonly list: readonly Interested[];
  }[];
  readonly assignments: readonly { readonly assignment: DeskAssignment; readonly next: NextStep }[];
};

export async function today(reads: DeskReads, actor: Coordinator, now: Date): Promise<Today> {
  const sees = may(actor, 'see_member');
  const inScope = ({ country }: { readonly country: string }) => may(actor, 'see_member', country);
  const works = [...permissions.create_mission.roles, ...permissions.validate_need.roles].some(
    (role) => role === actor.role,
  );
  const [tickets, letters, submitted, validated, missions, broadcasts, members, assignments] =
    await Promise.all([
      reads.tickets(),
      may(actor, 'send_again') ? reads.deadLetters(now) : [],
      works ? reads.needs(['submitted']) : [],
      works ? reads.needs(['validated']) : [],
      sees ? reads.missions() : [],
      may(actor, 'approve_broadcast') ? reads.broadcasts(['waiting']) : [],
      sees ? reads.members('submitted') : [],
      sees ? reads.assignments() : [],
    ]);
  const open = missions.filter(({ interested }) => interested > 0);
  const interested = await Promise.all(open.map(({ mission }) => listInterested(reads, mission.code, actor)));
  return {
    tickets: tickets.filter((ticket) => isTheirs(ticket, actor)),
    failed: letters.filter((letter) => isTheirLetter(letter, actor)).length,
    needsToValidate: submitted,
    needsToPublish: validated,
    missions,
    broadcasts,
    newMembers: members.filter(inScope),
    interested: interested
      .flatMap((found) => (found ? [{ ...found, list: found.list.filter(isFree) }] : []))
      .filter(({ list }) => list.length > 0),
    assignments: assignments
      .filter(inScope)
      .map((assignment) => ({ assignment, next: nextStep(assignment) })),
  };
}

function isFree({ application: { status } }: Interested): boolean {
  return ['complete', 'late', 'shortlisted', 'waitlisted', 'expired'].includes(status);
}
