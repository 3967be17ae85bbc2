import type { Param } from '../../engine/message.ts';
import type { DomainEvent, Intent } from '../model.ts';
import { toCoordinators } from './about.ts';
import type { Reactions } from './reactions.ts';

/** What one coordinator's deed means to the others, and to the person it is about. */
export const deskReactions: Reactions = {
  'need.created': (event) => [toCoordinators('staff.news.need_created.text', needIn(event))],
  'need.validated': (event) => [toCoordinators('staff.news.need_validated.text', needIn(event))],
  'mission.created': (event) => [toCoordinators('staff.news.mission_created.text', titleIn(event))],
  'mission.approval_given': (event) => [toCoordinators('staff.news.mission_waits.text', titleIn(event))],
  'mission.approved': (event) => [toCoordinators('staff.news.mission_approved.text', titleIn(event))],
  'mission.call_closed': (event) => [toCoordinators('staff.news.call_closed.text', titleIn(event))],
  'call.approval_asked': (event) => [toCoordinators('staff.news.call_waits.text', broadcastIn(event))],
  'call.sent': (event) => [toCoordinators('staff.news.call_sent.text', broadcastIn(event))],
  'member.activated': (event) => [activated(event)],
};

function activated({ data }: DomainEvent): Intent {
  return {
    kind: 'message',
    to: { kind: 'person', personId: Number(data['personId']) },
    key: 'desk.activated.text',
    params: { code: String(data['code']) },
  };
}

function needIn({ data }: DomainEvent) {
  return {
    code: String(data['code']),
    hospital: String(data['hospital']),
    profession: { profession: String(data['profession']) },
    posts: Number(data['posts']),
  };
}

function titleIn({ data }: DomainEvent) {
  return { code: String(data['code']), title: { text: data['title'] } as Param }; // a mission's title, in three languages
}

function broadcastIn(event: DomainEvent) {
  const { broadcast, recipients } = event.data;
  return { ...titleIn(event), broadcast: String(broadcast), recipients: Number(recipients) };
}
