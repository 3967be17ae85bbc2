import type { Interested } from '../app/desk/match.ts';
import type { NextStep } from '../app/desk/next-step.ts';
import type { Coordinator, DeadLetter, DeskAssignment, MissionLine, Ticket } from '../app/desk/ports.ts';
import { shortName } from '../app/desk/short-name.ts';
import type { Today } from '../app/desk/today.ts';
import { wordsOf } from '../app/follow-up.ts';
import type { Need } from '../domain/model.ts';
import { may } from '../domain/permissions.ts';
import { assignmentLines, country, days, nextLine, profession } from './facts.ts';
import type { Button, Row } from './page.ts';
import { plain, reasonWords } from './words.ts';

/** One line of each noun, with the buttons of what this person can sensibly do next. */
export const newNeed: Button = { label: 'New need', does: { form: 'need', given: {} } };
export const newMission: Button = { label: 'New mission', does: { form: 'mission', given: {} } };

export function needButtons({ code, status }: Need, actor: Coordinator): readonly Button[] {
  if (status === 'submitted' && may(actor, 'validate_need'))
    return [
      { label: `Validate ${code}`, does: { deal: 'need.validate', input: { code } }, style: 'primary' },
      { label: `Return ${code}`, does: { deal: 'need.return', input: { code } } },
    ];
  if (status === 'validated' && may(actor, 'create_mission'))
    return [{ label: `New mission with ${code}`, does: { form: 'mission', given: { needs: code } } }];
  return [];
}

export function missionLine({ mission, posts, interested }: MissionLine): string {
  const { code, title, status, closesOn, approvals } = mission;
  const approved = status === 'draft' ? ` · approved by ${approvals.length} of 2` : '';
  return `${code} · ${title.en} · ${plain(status)}${approved} · ${posts} posts, ${interested} interested · call until ${closesOn}`;
}

export function missionButtons({ mission }: MissionLine, actor: Coordinator): readonly Button[] {
  const { code, status, approvals } = mission;
  const buttons: Button[] = [];
  const mine = approvals.some(({ personId, role }) => personId === actor.personId || role === actor.role);
  if (status === 'draft' && !mine && may(actor, 'approve_mission'))
    buttons.push({
      label: `Approve ${code}`,
      does: { deal: 'mission.approve', input: { code } },
      style: 'primary',
    });
  if (status === 'approved' && may(actor, 'open_call'))
    buttons.push({
      label: `Open the call of ${code}`,
      does: { deal: 'call.send', input: { code } },
      style: 'primary',
    });
  if (status === 'call_open' || status === 'selection')
    buttons.push({ label: `Interested in ${code}`, does: { page: 'match', code } });
  if (status === 'call_open' && may(actor, 'close_call'))
    buttons.push({ label: `Close the call of ${code}`, does: { deal: 'mission.close', input: { code } } });
  return [...buttons, { label: `Show ${code}`, does: { page: 'mission', code } }];
}

export function interestedRow(
  { member, name, application, need, reasons }: Interested,
  actor: Coordinator,
): Row {
  const { fromDay, toDay, status } = application;
  const asked = fromDay && toDay ? ` · ${days(fromDay, toDay)}` : '';
  const free = ['complete', 'late', 'shortlisted', 'waitlisted', 'expired'].includes(status);
  const given: { [field: string]: string } = { member: member.code };
  if (need) given['need'] = need.code;
  if (need && fromDay && toDay) {
    given['from'] = fromDay;
    given['to'] = toDay;
  }
  if (need) given['scope'] = need.scope;
  return {
    text: `${member.code} (${name}), ${profession(member.profession)}, ${member.years} years, ${country(member.country)}${asked} · ${plain(status)}${need ? ` · ${need.code}` : ''}\n${reasons.map((reason) => reasonWords[reason]).join(', ')}`,
    buttons:
      free && may(actor, 'make_offer')
        ? [{ label: `Offer ${member.code}`, does: { form: 'offer', given } }]
        : [],
  };
}

export function assignmentRow(
  assignment: DeskAssignment,
  next: NextStep,
  actor: Coordinator,
  isWhole: boolean,
): Row {
  const { code } = assignment;
  const whole = assignmentLines(assignment, shortName(assignment.memberName));
  const lines = isWhole ? whole : [whole[0] ?? '', whole[3] ?? ''];
  const looks: readonly Button[] = isWhole
    ? [
        { label: `Gates of ${code}`, does: { page: 'gates', code } },
        { label: `Readiness of ${code}`, does: { page: 'readiness', code } },
        { label: `Journey of ${code}`, does: { page: 'travel', code } },
      ]
    : [{ label: `Show ${code}`, does: { page: 'assignment', code } }];
  return {
    text: [...lines, nextLine(next)].filter(Boolean).join('\n'),
    buttons: [...stepButtons(assignment, next, actor), ...looks],
  };
}

/** The one button that moves an assignment on, where it is this person's to press. */
export function stepButtons({ code }: DeskAssignment, next: NextStep, actor: Coordinator): readonly Button[] {
  switch (next.step) {
    case 'contract':
      return may(actor, 'sign_contract')
        ? [
            {
              label: `Contract of ${code} signed`,
              does: { deal: 'assignment.clear', input: { code } },
              style: 'primary',
            },
          ]
        : [];
    case 'gates':
      return may(actor, 'set_gate')
        ? [{ label: `Set gates of ${code}`, does: { form: 'gates', given: { code } }, style: 'primary' }]
        : [];
    case 'itinerary':
      return may(actor, 'set_travel')
        ? [
            {
              label: `Plan the journey of ${code}`,
              does: { form: 'travel', given: { code } },
              style: 'primary',
            },
          ]
        : [];
    case 'decide':
      return may(actor, 'clear_to_travel')
        ? [
            {
              label: `${code} is ready to travel`,
              does: { deal: 'assignment.ready', input: { code } },
              style: 'primary',
            },
          ]
        : [];
    case 'resume':
      return may(actor, 'hold_assignment')
        ? [{ label: `Resume ${code}`, does: { deal: 'assignment.resume', input: { code } } }]
        : [];
    default:
      return [];
  }
}

export function activateButtons(code: string, licensed: string, actor: Coordinator): readonly Button[] {
  if (!may(actor, 'activate_member')) return [];
  const teaching: Button = {
    label: `Activate ${code} for teaching`,
    does: { deal: 'member.activate', input: { code, check: 'teaching' } },
  };
  const licence: Button = {
    label: `Activate ${code}: licence seen`,
    does: { deal: 'member.activate', input: { code, check: 'licence' } },
    style: 'primary',
  };
  return licensed === 'yes' ? [licence, teaching] : [teaching];
}

export function memberRow(line: Today['newMembers'][number], actor: Coordinator): Row {
  const { code, name, years } = line;
  const flags = line.flags.length > 0 ? ` · ${line.flags.map(plain).join(', ')}` : '';
  const licensed = line.flags.includes('teaching_or_online') ? 'no' : 'yes';
  return {
    text: `${code} (${shortName(name)}), ${profession(line.profession)}, ${years} years, ${country(line.country)}${flags}`,
    buttons: [
      ...activateButtons(code, licensed, actor),
      { label: `Show ${code}`, does: { page: 'member', code } },
    ],
  };
}

/** Whom it was for, what it was, when and why not: never its words. */
export function letterLine({ code, name, key, at, channel, reason }: DeadLetter): string {
  const who = code === null ? 'The coordinators, or somebody not known yet' : `${code} (${shortName(name)})`;
  return `${who} · ${wordsOf(key)} · ${channel} · ${at.slice(0, 16).replace('T', ' ')} UTC · ${plain(reason)}`;
}

export function letterRow(letter: DeadLetter, actor: Coordinator): Row {
  const again: Button = {
    label: 'Send again',
    does: { deal: 'message.again', input: { id: letter.id } },
  };
  return {
    text: letterLine(letter),
    buttons: may(actor, 'send_again') && !letter.optedOut ? [again] : [],
  };
}

export function ticketRow({ code, reason, status, flow, openedAt, name, memberCode }: Ticket): Row {
  const who = memberCode ? ` · ${memberCode} (${shortName(name)})` : '';
  const where = flow ? ` · during ${plain(flow)}` : '';
  return {
    text: `${code} · ${plain(reason)}${who}${where} · ${status} · since ${openedAt.slice(0, 16).replace('T', ' ')} UTC`,
    buttons: [
      ...(status === 'open'
        ? [{ label: `Take ${code}`, does: { deal: 'ticket.take', input: { code } } } as const]
        : []),
      ...(status === 'closed'
        ? []
        : ([
            { label: `Reply to ${code}`, does: { form: 'reply', given: { code } } },
            { label: `Close ${code}`, does: { deal: 'ticket.close', input: { code } } },
          ] as const)),
    ],
  };
}
