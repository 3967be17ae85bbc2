import type { DomainEvent, Intent } from '../model.ts';
import type { Reactions } from './reactions.ts';

/** What coordinators hear of members: codes and days, never names or numbers. And what silence brings. */
export const memberReactions: Reactions = {
  'member.submitted': ({ data }) => [
    toCoordinators(
      `member_news.submitted.${Number(data['possibleDuplicates']) > 0 ? 'doubt' : 'plain'}.text`,
      {
        code: String(data['code']),
        profession: { profession: String(data['profession']) },
        country: { country: String(data['country']) },
        years: Number(data['years']),
        by: { date: String(data['decideBy']) },
      },
    ),
  ],
  // Somebody on a mission cannot just fall silent: the rest need no call.
  'person.opted_out': (event) => {
    const live = codesIn(event);
    if (live === '') return [];
    return [
      toCoordinators('member_news.opted_out.text', {
        code: String(event.data['member'] ?? ''),
        assignments: live,
      }),
    ];
  },
  'person.draft_warned': ({ subject, data }) => [
    {
      kind: 'message',
      to: { kind: 'person', personId: subject.id },
      key: 'resume.warning.text',
      params: { day: { date: String(data['erasedOn']) } },
      opens: { flow: 'resume', step: 'answer', data: { to: 'registration' } },
    },
  ],
  'person.erase_requested': () => [toCoordinators('member_news.erase.text', {})],
  'sos.raised': ({ data }) => {
    const who = whoIn(data['who'], data['assignments']);
    return [
      who === ''
        ? toCoordinators('member_news.sos.unknown.text', {})
        : toCoordinators('member_news.sos.known.text', { who }),
    ];
  },
  'sos.described': ({ data }) => {
    const who = whoIn(data['who'], data['assignments']);
    const { danger } = data;
    return [
      danger === 'words'
        ? toCoordinators('member_news.sos.words.text', { who })
        : toCoordinators('member_news.sos.described.text', {
            who,
            danger: { key: `sos.kind.choices.${String(danger)}` },
          }),
    ];
  },
  'sos.mistaken': ({ data }) => [
    toCoordinators('member_news.sos.mistaken.text', { who: whoIn(data['who'], data['assignments']) }),
  ],
};

function toCoordinators(key: string, params: Intent['params']): Intent {
  return { kind: 'message', to: { kind: 'coordinators' }, key, params };
}

function codesIn({ data }: DomainEvent): string {
  const codes = data['assignments'];
  return Array.isArray(codes) ? codes.join(', ') : '';
}

/** `D-00231, A-0087`: enough to find who it is, and nothing that says it by itself. */
function whoIn(who: unknown, assignments: unknown): string {
  const codes = Array.isArray(assignments) ? assignments : [];
  return [who, ...codes].filter((code) => typeof code === 'string' && code !== '').join(', ');
}
