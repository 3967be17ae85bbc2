import type { DomainEvent, Intent } from '../model.ts';
import { missionIn, toCoordinators } from './about.ts';
import type { Reactions } from './reactions.ts';

/** Around the call. The call itself is a broadcast, and no reaction. */
export const missionReactions: Reactions = {
  'application.remind_due': (event) => [reminder(event)],
  'application.interested': (event) =>
    event.data['status'] === 'late' ? [toCoordinators('call.desk.late.text', aboutMember(event))] : [],
  'application.withdrawn': (event) => [toCoordinators('call.desk.withdrawn.text', aboutMember(event))],
};

function reminder(event: DomainEvent): Intent {
  const { missionId, code, title, closesOn } = missionIn(event);
  return {
    kind: 'message',
    to: { kind: 'person', personId: Number(event.data['personId']) },
    key: event.data['open'] === true ? 'call.remind.text' : 'call.remind_closed.text',
    params: { code, title: { text: title }, closes: { date: closesOn } },
    opens: { flow: 'call', step: 'answer', data: { missionId } },
  };
}

function aboutMember(event: DomainEvent) {
  return { code: missionIn(event).code, member: String(event.data['member'] ?? '') };
}
