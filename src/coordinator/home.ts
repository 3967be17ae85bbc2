import type { Coordinator } from '../app/desk/ports.ts';
import type { Today } from '../app/desk/today.ts';
import { may } from '../domain/permissions.ts';
import { needLine } from './facts.ts';
import type { Page, Row } from './page.ts';
import {
  assignmentRow,
  interestedRow,
  memberRow,
  missionButtons,
  missionLine,
  needButtons,
  newMission,
  newNeed,
  ticketRow,
} from './rows.ts';

/** The home tab: what waits, the most pressing first; nothing is listed that has nothing to say. */
export function todayPages(work: Today, actor: Coordinator): readonly Page[] {
  const own = may(actor, 'create_need')
    ? [newNeed, ...(may(actor, 'create_mission') ? [newMission] : [])]
    : [];
  const parts: readonly Page[] = [
    { title: `Tickets (${work.tickets.length})`, rows: work.tickets.slice(0, 6).map(ticketRow) },
    {
      title: `Messages that did not arrive (${work.failed})`,
      rows:
        work.failed === 0
          ? []
          : [{ text: '', buttons: [{ label: 'Show what failed', does: { page: 'failed', code: '' } }] }],
    },
    {
      title: `Broadcasts to approve (${work.broadcasts.length})`,
      rows: work.broadcasts.slice(0, 4).map(({ code, missionCode, preview, createdBy }) => ({
        text: `${code}: call of ${missionCode} to ${preview?.selected ?? 0} members`,
        buttons:
          createdBy === actor.personId
            ? []
            : [{ label: `Approve ${code}`, does: { deal: 'call.approve', input: { code } } }],
      })),
    },
    {
      title: `Needs to validate (${work.needsToValidate.length})`,
      rows: work.needsToValidate
        .slice(0, 6)
        .map((need) => ({ text: needLine(need), buttons: needButtons(need, actor) })),
    },
    {
      title: `Needs without a mission (${work.needsToPublish.length})`,
      rows: work.needsToPublish
        .slice(0, 6)
        .map((need) => ({ text: needLine(need), buttons: needButtons(need, actor) })),
    },
    {
      title: `Missions (${work.missions.length})`,
      rows: work.missions
        .slice(0, 6)
        .map((line) => ({ text: missionLine(line), buttons: missionButtons(line, actor) })),
    },
    ...work.interested.slice(0, 3).map(({ mission, list }) => ({
      title: `Interested in ${mission.code} (${list.length})`,
      rows: list.slice(0, 5).map((one) => interestedRow(one, actor)),
    })),
    {
      title: `Assignments (${work.assignments.length})`,
      rows: work.assignments
        .slice(0, 8)
        .map(({ assignment, next }) => assignmentRow(assignment, next, actor, false)),
    },
    {
      title: `New members (${work.newMembers.length})`,
      rows: work.newMembers.slice(0, 5).map((line) => memberRow(line, actor)),
    },
  ];
  const filled = parts.filter(({ rows }) => rows.length > 0);
  const rest: Row = { text: filled.length === 0 ? 'Nothing waits for you today.' : '', buttons: own };
  return [...filled, { title: 'Begin', rows: [rest] }].filter(({ rows }) =>
    rows.some(({ text, buttons }) => text !== '' || (buttons?.length ?? 0) > 0),
  );
}
