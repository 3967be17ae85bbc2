import type { Desk } from '../app/desk/desk.ts';
import { nextStep } from '../app/desk/next-step.ts';
import type { Coordinator } from '../app/desk/ports.ts';
import { may } from '../domain/permissions.ts';
import { neededRules } from '../domain/readiness-items.ts';
import {
  audienceLines,
  country,
  days,
  gateLines,
  legLine,
  missionLines,
  needLine,
  needLines,
  profession,
  progressLine,
} from './facts.ts';
import { todayPages } from './home.ts';
import { type Button, type Page, page, type Row } from './page.ts';
import {
  activateButtons,
  assignmentRow,
  interestedRow,
  letterRow,
  memberRow,
  missionButtons,
  missionLine,
  needButtons,
  newMission,
  newNeed,
  stepButtons,
  ticketRow,
} from './rows.ts';
import { itemNames, plain } from './words.ts';

/** What coordinators look at, each with the buttons of what can sensibly be done next. Null: no such code for them. */
export type Pages = { readonly [name: string]: (code: string, actor: Coordinator) => Promise<Page | null> };

/** A message holds few buttons comfortably; the rest is reached by its code. */
const mostRows = 12;

export function pagesOf({ see }: Desk): Pages {
  return {
    async today(_, actor) {
      const pages = todayPages(await see.today(actor), actor);
      return {
        title: 'Today',
        rows: pages.flatMap(({ title, rows }) => [{ text: `— ${title} —` }, ...rows]),
      };
    },
    async needs(_, actor) {
      const found = await see.needs(['submitted', 'validated', 'published'], actor);
      return {
        title: 'Needs',
        rows: [
          ...rowsOf(
            found,
            (need) => ({ text: needLine(need), buttons: needButtons(need, actor) }),
            'No need is open.',
          ),
          ...(may(actor, 'create_need') ? [{ text: '', buttons: [newNeed] }] : []),
        ],
      };
    },
    async need(code, actor) {
      const need = await see.need(code, actor);
      return (
        need &&
        page(
          `Need ${code}`,
          [`State: ${plain(need.status)}`, ...needLines(need, need.hospital)],
          needButtons(need, actor),
        )
      );
    },
    async missions(_, actor) {
      const found = await see.missions(actor);
      return {
        title: 'Missions',
        rows: [
          ...rowsOf(
            found,
            (line) => ({ text: missionLine(line), buttons: missionButtons(line, actor) }),
            'No mission is under way.',
          ),
          ...(may(actor, 'create_mission') ? [{ text: '', buttons: [newMission] }] : []),
        ],
      };
    },
    async mission(code, actor) {
      const found = await see.mission(code, actor);
      if (!found) return null;
      const { mission, needs, audience } = found;
      const approved = mission.approvals.map(({ role }) => plain(role)).join(', ') || 'nobody yet';
      return page(
        `Mission ${code}`,
        [
          `State: ${plain(mission.status)} · approved by: ${approved}`,
          ...missionLines(mission, needs),
          ...audienceLines(audience, []),
        ],
        missionButtons({ mission, posts: 0, interested: 0 }, actor),
      );
    },
    async broadcast(code, actor) {
      const found = await see.broadcast(code, actor);
      if (!found) return null;
      const { broadcast, progress } = found;
      const buttons: Button[] =
        broadcast.status === 'waiting' && broadcast.createdBy !== actor.personId
          ? [{ label: `Approve ${code}`, does: { deal: 'call.approve', input: { code } }, style: 'primary' }]
          : broadcast.status === 'sent'
            ? [{ label: `Stop ${code}`, does: { deal: 'call.stop', input: { code } }, style: 'danger' }]
            : [];
      return page(
        `Broadcast ${code}`,
        [
          `Call of ${broadcast.missionCode} · ${broadcast.status}`,
          `Recipients: ${broadcast.preview?.selected ?? 0}`,
          progressLine(progress),
        ],
        buttons,
      );
    },
    async match(code, actor) {
      const found = await see.interested(code, actor);
      if (!found) return null;
      return {
        title: `Interested in ${found.mission.code}`,
        rows: rowsOf(found.list, (one) => interestedRow(one, actor), 'Nobody has answered yet.'),
      };
    },
    async assignment(code, actor) {
      const found = await see.assignment(code, actor);
      return (
        found && { title: `Assignment ${code}`, rows: [assignmentRow(found, nextStep(found), actor, true)] }
      );
    },
    async assignments(_, actor) {
      const found = await see.assignments(actor);
      return {
        title: 'Assignments',
        rows: rowsOf(
          found,
          (one) => assignmentRow(one, nextStep(one), actor, false),
          'No assignment is alive.',
        ),
      };
    },
    async gates(code, actor) {
      const found = await see.assignment(code, actor);
      const edit: Button = { label: `Set gates of ${code}`, does: { form: 'gates', given: { code } } };
      return found && page(`Gates of ${code}`, gateLines(found), may(actor, 'set_gate') ? [edit] : []);
    },
    async readiness(code, actor) {
      const found = await see.assignment(code, actor);
      if (!found) return null;
      const { readiness } = found;
      const items = neededRules(found).map(({ code: item, blocking }) => {
        const said = readiness?.items[item];
        const by = said?.neededBy ? ` by ${said.neededBy}` : '';
        return `${item} ${itemNames[item]}${blocking ? '' : ' (not blocking)'}: ${said ? plain(said.answer) : 'not answered'}${by}${said?.waivedBy === undefined ? '' : ' (waived)'}`;
      });
      const lines = readiness
        ? [`State: ${plain(readiness.status)}`, ...items]
        : ['This assignment needs no checklist.'];
      return page(`Readiness for ${code}`, lines, stepButtons(found, nextStep(found), actor));
    },
    async travel(code, actor) {
      const found = await see.assignment(code, actor);
      if (!found) return null;
      const { travel } = found;
      const plan: Button = {
        label: `Plan the journey of ${code}`,
        does: { form: 'travel', given: { code } },
      };
      const ticket: Button = {
        label: `Ticket bought for ${code}`,
        does: { deal: 'travel.ticket', input: { code } },
      };
      const lines = travel
        ? [
            `State: ${plain(travel.status)}`,
            ...travel.legs.map(legLine),
            `Pick-up: ${travel.pickup ? 'given' : 'none'} · Lodging: ${travel.lodging ? 'given' : 'none'}`,
            travel.dayBefore ? `The day before: ${travel.dayBefore}` : '',
            travel.arrival ? `On arrival: ${plain(travel.arrival)}` : '',
          ]
        : ['This assignment needs no journey.'];
      return page(
        `Journey of ${code}`,
        lines,
        may(actor, 'set_travel') && travel ? [plan, ...(travel.status === 'confirmed' ? [ticket] : [])] : [],
      );
    },
    async member(code, actor) {
      const found = await see.member(code, actor);
      if (!found) return null;
      const { levels } = found;
      return page(
        `Member ${code}`,
        [
          `${code} (${found.name}) · ${plain(found.status)}${found.optedOut ? ' · stopped messages' : ''}`,
          `${profession(found.profession)}, ${found.years} years, ${country(found.country)}`,
          `Licence: ${found.licensed} · rw ${levels.rw}, fr ${levels.fr}, en ${levels.en} (0 to 3)`,
          `Calls: ${found.calls ? 'yes' : 'no'}${found.flags.length > 0 ? ` · ${found.flags.map(plain).join(', ')}` : ''}`,
          ...found.windows.map(({ from, to, status }) => `Free: ${days(from, to)} (${status})`),
          ...found.assignments.map(({ code: own, status }) => `${own}: ${plain(status)}`),
        ],
        found.status === 'submitted' ? activateButtons(code, found.licensed, actor) : [],
      );
    },
    async members(_, actor) {
      const { newMembers } = await see.today(actor);
      return {
        title: 'New members',
        rows: rowsOf(newMembers, (line) => memberRow(line, actor), 'Nobody waits to be checked.'),
      };
    },
    async ticket(code, actor) {
      const found = await see.ticket(code, actor);
      return found && { title: `Ticket ${code}`, rows: [ticketRow(found)] };
    },
    async failed(_, actor) {
      const found = await see.failed(actor);
      return {
        title: 'Messages that did not arrive',
        rows: rowsOf(
          found,
          (letter) => letterRow(letter, actor),
          'Every message has arrived, or is on its way.',
        ),
      };
    },
    async tickets(_, actor) {
      return { title: 'Tickets', rows: rowsOf(await see.tickets(actor), ticketRow, 'No ticket is open.') };
    },
  };
}

function rowsOf<T>(items: readonly T[], row: (item: T) => Row, none: string): readonly Row[] {
  if (items.length === 0) return [{ text: none }];
  const more = items.length - mostRows;
  return [...items.slice(0, mostRows).map(row), ...(more > 0 ? [{ text: `… and ${more} more` }] : [])];
}
