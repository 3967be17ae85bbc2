import type { Param } from '../../engine/message.ts';
import type { DomainEvent } from '../model.ts';
import { assignmentIn, toCoordinators, toHost, toMember } from './about.ts';
import type { Reactions } from './reactions.ts';

/** From the itinerary to the arrival. The hospital sees when and who arrives, never the whole journey. */
export const travelReactions: Reactions = {
  'itinerary.proposed': (event) => [
    toMember(event, 'itinerary.invite.text', { code: codeIn(event), legs: part(event, 'legs') }, 'itinerary'),
  ],
  'itinerary.remind_due': (event) => [
    toMember(event, 'itinerary.remind.text', { code: codeIn(event), legs: part(event, 'legs') }, 'itinerary'),
  ],
  'itinerary.missing': (event) => [toCoordinators('itinerary.desk.missing.text', { code: codeIn(event) })],
  'itinerary.confirmed': (event) => [
    toCoordinators('itinerary.desk.confirmed.text', { code: codeIn(event) }),
    toHost(
      event,
      'itinerary.host.confirmed.text',
      { code: codeIn(event), member: memberIn(event), arrives: arrivesIn(event) },
      ['focal', 'logistics'],
    ),
  ],
  'itinerary.wrong': (event) => {
    const { leg } = event.data;
    const code = codeIn(event);
    return [
      typeof leg === 'number'
        ? toCoordinators('itinerary.desk.wrong.text', { code, leg })
        : toCoordinators('itinerary.desk.refused.text', { code }),
    ];
  },
  'travel.card_due': (event) => [
    toMember(
      event,
      'travel_card.invite.text',
      {
        code: codeIn(event),
        hospital: assignmentIn(event).hospital,
        legs: part(event, 'legs'),
        pickup: part(event, 'pickup'),
        lodging: part(event, 'lodging'),
      },
      'travel_card',
    ),
  ],
  'travel.day_before_due': (event) => [
    toMember(
      event,
      'day_before.invite.text',
      {
        code: codeIn(event),
        day: { date: String(event.data['departsOn'] ?? '') },
        flight: String(event.data['flight'] ?? ''),
      },
      'day_before',
    ),
  ],
  'travel.day_before_silent': (event) => [
    toCoordinators('day_before.desk.silent.text', { code: codeIn(event) }),
  ],
  'travel.day_before_answered': (event) => {
    const { answer } = event.data;
    return answer === 'no' || answer === 'later'
      ? [toCoordinators(`day_before.desk.${answer}.text`, { code: codeIn(event) })]
      : [];
  },
  'arrival.due': (event) => [toMember(event, 'arrival.invite.text', { code: codeIn(event) }, 'arrival')],
  'arrival.remind_due': (event) => [
    toMember(event, 'arrival.remind.text', { code: codeIn(event) }, 'arrival'),
  ],
  'arrival.not_answered': (event) => [toCoordinators('arrival.desk.silent.text', { code: codeIn(event) })],
  'arrival.delayed': (event) => [
    toCoordinators('arrival.desk.late.text', { code: codeIn(event) }),
    toHost(event, 'arrival.host.late.text', { code: codeIn(event), member: memberIn(event) }, [
      'focal',
      'logistics',
    ]),
  ],
  'arrival.answered': (event) => {
    const about = { code: codeIn(event), member: memberIn(event) };
    const { code } = about;
    switch (event.data['answer']) {
      case 'met':
        return [
          toCoordinators('arrival.desk.met.text', { code }),
          toHost(event, 'arrival.host.met.text', about, ['focal']),
        ];
      case 'nobody':
        return [
          toCoordinators('arrival.desk.nobody.text', { code }),
          toHost(event, 'arrival.host.nobody.text', about, ['focal', 'dg', 'logistics']),
        ];
      case 'delayed':
        return [
          toCoordinators('arrival.desk.delayed.text', { code, arrives: arrivesIn(event) }),
          toHost(event, 'arrival.host.delayed.text', { ...about, arrives: arrivesIn(event) }, [
            'focal',
            'logistics',
          ]),
        ];
      default:
        return [toCoordinators('arrival.desk.not_travelling.text', { code })];
    }
  },
};

function codeIn(event: DomainEvent): string {
  return assignmentIn(event).code;
}

function memberIn(event: DomainEvent): Param {
  return { person: assignmentIn(event).personId };
}

function part(event: DomainEvent, field: 'legs' | 'pickup' | 'lodging'): Param {
  return { travel: assignmentIn(event).assignmentId, field };
}

function arrivesIn({ data }: DomainEvent): Param {
  return { instant: String(data['arrivesAt'] ?? '') };
}
