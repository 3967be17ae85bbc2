import type { Params } from '../../engine/message.ts';
import type { DomainEvent } from '../model.ts';
import { itemLines, number, placeAndDays, toCoordinators, toHospital, word } from './event-values.ts';
import type { Reactions } from './reactions.ts';

/** What a hospital and its coordinators hear of the checklist. */
export const readinessReactions: Reactions = {
  'readiness.opened': ({ data }) => [
    toHospital(data, ['focal'], 'host_news.readiness.text', listParams(data), begin),
  ],
  // As for the placement: the focal point twice, then those above, and a coordinator who phones.
  'readiness.unanswered': ({ data }) =>
    number(data, 'days') < 7
      ? [toHospital(data, ['focal'], 'host_news.readiness_again.text', listParams(data), begin)]
      : [
          toHospital(data, ['dg', 'deputy'], 'host_news.readiness_again.text', listParams(data), begin),
          toCoordinators('host_alert.readiness_unanswered.text', codeAndHospital(data)),
        ],
  'readiness.ask_again': ({ data }) => {
    const item = word(data, 'item');
    const others = itemLines(data, 'others');
    const several = others.lines.length > 0;
    const params = {
      code: word(data, 'code'),
      item: { key: `readiness.short.${item}` },
      ...(several && { others }),
    };
    return [
      toHospital(data, ['focal'], `host_news.ask_again${several ? '_several' : ''}.text`, params, {
        flow: 'readiness',
        step: 'item',
        item,
      }),
    ];
  },
  'readiness.na_asked': ({ data }) => [
    toCoordinators('host_alert.na_asked.text', {
      ...codeAndHospital(data),
      item: { key: `readiness.short.${word(data, 'item')}` },
    }),
  ],
  'readiness.reopened': ({ data }) => [
    toCoordinators('host_alert.reopened.text', { ...codeAndHospital(data), items: itemLines(data) }),
  ],
  'readiness.at_risk': ({ data }) => [
    toCoordinators('host_alert.at_risk.text', { ...codeAndHospital(data), items: itemLines(data) }),
  ],
  'readiness.not_ready': ({ data }) => [
    toCoordinators('host_alert.not_ready.text', {
      ...codeAndHospital(data),
      from: { date: word(data, 'startsOn') },
      items: itemLines(data),
    }),
  ],
  'readiness.confirmed': ({ data }) => [
    toHospital(data, ['focal'], 'host_news.ready.text', { code: word(data, 'code') }),
  ],
  'readiness.recheck_asked': ({ data }) => [
    toHospital(
      data,
      ['focal'],
      'host_news.recheck.text',
      { code: word(data, 'code'), from: { date: word(data, 'startsOn') } },
      { flow: 'recheck', step: 'supervisor' },
    ),
  ],
  'readiness.recheck_unanswered': ({ data }) => [
    toCoordinators('host_alert.recheck_unanswered.text', codeAndHospital(data)),
  ],
};

const begin = { flow: 'readiness', step: 'opened' } as const;

function listParams(data: DomainEvent['data']): Params {
  const { code = '', department = '', from = '' } = placeAndDays(data);
  return { code, department, from, open: number(data, 'open') };
}

function codeAndHospital(data: DomainEvent['data']): Params {
  return { code: word(data, 'code'), hospital: word(data, 'hospital') };
}
