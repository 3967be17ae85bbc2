import type { Param, Params } from '../../engine/message.ts';
import type { DomainEvent } from '../model.ts';
import { assignmentIn, toCoordinators, toHost, toMember } from './about.ts';
import type { Reactions } from './reactions.ts';

/** From the offer to "ready to travel": what the member, the hospital and the coordinators hear. */
export const offerReactions: Reactions = {
  'offer.made': (event) => [toMember(event, 'offer.invite.text', factsIn(event), 'offer')],
  'offer.remind_due': (event) => [
    toMember(
      event,
      `offer.remind${Number(event.data['hours'])}.text`,
      pick(factsIn(event), ['code', 'hospital', 'until']),
      'offer',
    ),
  ],
  'offer.expired': (event) => {
    const about = pick(factsIn(event), ['code', 'hospital']);
    return [toMember(event, 'offer.ended.text', about), toCoordinators('offer.desk.expired.text', about)];
  },
  'offer.accepted': (event) => [
    toCoordinators('offer.desk.accepted.text', pick(factsIn(event), ['code', 'hospital'])),
  ],
  'offer.declined': (event) => [
    toCoordinators('offer.desk.declined.text', {
      ...pick(factsIn(event), ['code', 'hospital']),
      reason: reasonIn(event),
    }),
  ],
  'offer.other_dates': (event) => {
    const asked = { from: { date: String(event.data['from']) }, to: { date: String(event.data['to']) } };
    const { code, hospital } = assignmentIn(event);
    return [
      toCoordinators('offer.desk.dates.text', { code, hospital, ...asked }),
      toHost(event, 'offer.host.dates.text', { code, ...asked }, ['focal']),
    ];
  },
  // Whoever had said yes keeps it while another host is looked for; to all others the place fell away.
  'placement.refused': (event) => [
    toMember(
      event,
      event.data['memberSaidYes'] === true ? 'offer.kept.text' : 'offer.fell_away.text',
      pick(factsIn(event), ['code', 'hospital']),
    ),
  ],
  'assignment.agreed': (event) => {
    const facts = factsIn(event);
    const dates = ['code', 'hospital', 'from', 'to'];
    return [
      toMember(event, 'offer.agreed.text', pick(facts, dates)),
      toHost(event, 'offer.host.agreed.text', {
        ...pick(facts, ['code', 'department', 'from', 'to']),
        member: memberIn(event),
      }),
      toCoordinators('offer.desk.agreed.text', pick(facts, dates)),
    ];
  },
  'assignment.released': (event) => [
    toMember(event, 'offer.fell_away.text', pick(factsIn(event), ['code', 'hospital'])),
  ],
  'assignment.ready_to_travel': (event) => [
    toMember(event, 'offer.ready.text', pick(factsIn(event), ['code', 'hospital', 'from'])),
    toHost(event, 'offer.host.ready.text', {
      ...pick(factsIn(event), ['code', 'from']),
      member: memberIn(event),
    }),
  ],
  'gate.changed': (event) =>
    event.data['to'] === 'red'
      ? [
          toCoordinators('offer.desk.red.text', {
            code: assignmentIn(event).code,
            gate: { key: `offer.gates.${String(event.data['gate'])}` },
          }),
        ]
      : [],
};

function factsIn(event: DomainEvent): Params {
  const { code, hospital, department, title, startsOn, endsOn, scope, mode, offerEndsAt, zone } =
    assignmentIn(event);
  return {
    code,
    hospital,
    department,
    title: { text: title },
    from: { date: startsOn },
    to: { date: endsOn },
    scope: { key: `offer.scope.${scope}` },
    mode: { key: `offer.mode.${mode}` },
    until: { instant: offerEndsAt, zone },
  };
}

function memberIn(event: DomainEvent): Param {
  return { person: assignmentIn(event).personId };
}

function reasonIn({ data }: DomainEvent): Param {
  const reason = data['reason'];
  return { key: typeof reason === 'string' ? `offer.reason.choices.${reason}` : 'offer.desk.no_reason' };
}

function pick(params: Params, names: readonly string[]): Params {
  return Object.fromEntries(Object.entries(params).filter(([name]) => names.includes(name)));
}
