import type { Params } from '../../engine/message.ts';
import type { DomainEvent } from '../model.ts';
import { number, placeAndDays, toCoordinators, toHospital, word } from './event-values.ts';
import type { Reactions } from './reactions.ts';

/** What a hospital and its coordinators hear of a placement: a profile without a name, codes, days. */
export const placementReactions: Reactions = {
  'offer.made': ({ data }) => [
    toHospital(data, ['focal'], 'host_news.placement.text', profile(data), answer),
  ],
  // The focal point on the second and the fifth day; then those above, and a coordinator who phones.
  'placement.unanswered': ({ data }) =>
    number(data, 'days') < 7
      ? [toHospital(data, ['focal'], 'host_news.placement_again.text', profile(data), answer)]
      : [
          toHospital(data, ['dg', 'deputy'], 'host_news.placement_again.text', profile(data), answer),
          toCoordinators('host_alert.unanswered.text', codeAndHospital(data)),
        ],
  'placement.other_dates': ({ data }) => [
    toCoordinators('host_alert.other_dates.text', {
      ...codeAndHospital(data),
      from: { date: word(data, 'from') },
      to: { date: word(data, 'to') },
    }),
  ],
  'placement.refused': ({ data }) => [
    toCoordinators('host_alert.refused.text', {
      ...codeAndHospital(data),
      reason: {
        key: `host_alert.reasons.${known.includes(word(data, 'reason')) ? word(data, 'reason') : 'other'}`,
      },
    }),
  ],
  'placement.confirmed': ({ data }) => [
    toHospital(data, ['focal'], 'host_news.placement_confirmed.text', codeAndDepartment(data)),
  ],
  'offer.declined': fellAway,
  'offer.expired': fellAway,
  'assignment.released': ({ data }) => [
    toHospital(data, ['focal', 'dg'], 'host_news.placement_gone.text', codeAndDepartment(data)),
  ],
  'code.issued': ({ data }) => {
    const purpose = word(data, 'purpose');
    return [
      {
        kind: 'message',
        to: { kind: 'person', personId: number(data, 'directorId') },
        key: `host_news.code.${purpose}.text`,
        params: { ...placeAndDays(data), digits: word(data, 'digits') },
        opens: { flow: 'sign_off', step: 'code', data: { assignmentId: number(data, 'assignmentId') } },
      },
    ];
  },
  'code.read_out': ({ data }) => [
    toCoordinators('host_alert.read_out.text', { ...codeAndHospital(data), digits: word(data, 'digits') }),
  ],
  'code.nobody': ({ data }) => [toCoordinators('host_alert.no_director.text', codeAndHospital(data))],
  'code.locked': ({ data }) => [toCoordinators('host_alert.locked.text', codeAndHospital(data))],
  'code.late': ({ data }) => [toCoordinators('host_alert.code_late.text', codeAndHospital(data))],
  'host.enrolled': ({ data }) => {
    const role = word(data, 'role');
    const said = word(data, 'saidRole');
    const params = { hospital: word(data, 'hospital'), role: { key: `host_enrol.role.choices.${role}` } };
    return role === said && data['directorInformed'] === true
      ? [toCoordinators('host_alert.enrolled.text', params)]
      : [
          toCoordinators('host_alert.enrolled_doubt.text', {
            ...params,
            said: { key: `host_enrol.role.choices.${said}` },
          }),
        ];
  },
  // Whoever was told of the journey's end sees whether it came true.
  'arrival.remind_due': ({ data }) => [
    toHospital(data, ['focal'], 'host_news.arrived.text', codeAndName(data), {
      flow: 'host_arrival',
      step: 'arrived',
    }),
  ],
  'first_day.due': ({ data }) => [
    toHospital(data, ['focal'], 'host_news.started.text', codeAndName(data), {
      flow: 'host_arrival',
      step: 'started',
    }),
  ],
  'arrival.not_seen': ({ data }) => [toCoordinators('host_alert.not_seen.text', codeAndHospital(data))],
  'arrival.disagreement': ({ data }) => [
    toCoordinators('host_alert.disagreement.text', codeAndHospital(data)),
  ],
  'first_day.missed': ({ data }) => [
    toCoordinators('host_alert.first_day_missed.text', codeAndHospital(data)),
  ],
};

const answer = { flow: 'placement', step: 'answer' } as const;
const known: readonly string[] = ['dates', 'host_capacity', 'funding', 'security', 'other'];

/** The member said no, or nothing: a hospital that had said yes is told. */
function fellAway({ data }: DomainEvent) {
  return data['hostKnew'] === true
    ? [toHospital(data, ['focal', 'dg'], 'host_news.placement_gone.text', codeAndDepartment(data))]
    : [];
}

function profile(data: DomainEvent['data']): Params {
  const levels = data['levels'];
  const level = (lang: 'rw' | 'fr' | 'en') => {
    const value =
      typeof levels === 'object' && levels !== null && !Array.isArray(levels) ? Reflect.get(levels, lang) : 0;
    return { key: `placement.levels.${Number(value)}` };
  };
  return {
    ...placeAndDays(data),
    profession: { profession: word(data, 'profession') },
    years: number(data, 'years'),
    rw: level('rw'),
    fr: level('fr'),
    en: level('en'),
  };
}

function codeAndHospital(data: DomainEvent['data']): Params {
  return { code: word(data, 'code'), hospital: word(data, 'hospital') };
}

function codeAndDepartment(data: DomainEvent['data']): Params {
  return { code: word(data, 'code'), department: word(data, 'department') };
}

/** Both sides have said yes by then: the name is the hospital's to know. Filled in when the message leaves. */
function codeAndName(data: DomainEvent['data']): Params {
  return { code: word(data, 'code'), name: { person: number(data, 'personId') } };
}
