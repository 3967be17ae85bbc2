import type { Params } from '../../engine/message.ts';
import type { AssignmentFacts } from '../change-assignment.ts';
import type { MissionFacts } from '../mission.ts';
import type { DomainEvent, HostContact, Intent } from '../model.ts';

/** What an event about an assignment tells of it; `happened` in change-assignment.ts is its only maker. */
export function assignmentIn(event: DomainEvent): AssignmentFacts {
  return event.data as unknown as AssignmentFacts; // made by `happened`, which takes nothing else
}

/** Likewise for missions: `missionFacts` in mission.ts makes them. */
export function missionIn(event: DomainEvent): MissionFacts {
  return event.data as unknown as MissionFacts; // made by `missionFacts`, which takes nothing else
}

export function toMember(event: DomainEvent, key: string, params: Params, flow?: string): Intent {
  const { personId, assignmentId } = assignmentIn(event);
  return {
    kind: 'message',
    to: { kind: 'person', personId },
    key,
    params,
    ...(flow && { opens: { flow, step: 'answer', data: { assignmentId } } }),
  };
}

export function toHost(
  event: DomainEvent,
  key: string,
  params: Params,
  roles: readonly HostContact['role'][] = ['focal', 'dg', 'deputy'],
): Intent {
  return {
    kind: 'message',
    to: { kind: 'hospital', hospitalId: assignmentIn(event).hospitalId, roles },
    key,
    params,
  };
}

export function toCoordinators(key: string, params: Params): Intent {
  return { kind: 'message', to: { kind: 'coordinators' }, key, params };
}
