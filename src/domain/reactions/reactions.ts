import type { DomainEvent, Intent } from '../model.ts';
import { deskReactions } from './desk.ts';
import { memberReactions } from './member.ts';
import { missionReactions } from './mission.ts';
import { offerReactions } from './offer.ts';
import { placementReactions } from './placement.ts';
import { readinessReactions } from './readiness.ts';
import { travelReactions } from './travel.ts';

/** What the programme says to whom when something happened: pure, a table from event to messages (rule 22). */
export type Reactions = { readonly [event: string]: (event: DomainEvent) => readonly Intent[] };

const tables: readonly Reactions[] = [
  deskReactions,
  memberReactions,
  missionReactions,
  offerReactions,
  placementReactions,
  readinessReactions,
  travelReactions,
];

/** What every table has to say: member, hospital and coordinators may each hear of the same event. */
export function react(event: DomainEvent): readonly Intent[] {
  return tables.flatMap((table) => table[event.name]?.(event) ?? []);
}
