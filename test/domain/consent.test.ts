import { describe, expect, test } from 'vitest';
import {
  answerCalls,
  consentNeeds,
  giveConsent,
  hasAgreed,
  noticeVersion,
  releaseMinor,
  withdrawCalls,
} from '../../src/domain/consent.ts';
import { optIn, optOut, requestErasure, speak } from '../../src/domain/contact.ts';
import type { Deed } from '../../src/domain/model.ts';
import { react } from '../../src/domain/reactions/reactions.ts';
import { raiseSos, tellDanger } from '../../src/domain/sos.ts';
import type { Done } from '../../src/engine/flow.ts';
import { agreed, onMission, optedOut, registered, stranger } from '../support/contexts/member.ts';

const now = new Date('2026-11-23T10:00:00Z');
const found = { fresh: { person: [12], consent: [101, 102, 103] } };

const deedsOf = ({ deeds }: Done) => deeds as readonly Deed[]; // the engine carries them unseen
const inserts = (done: Done, table: string) =>
  deedsOf(done).flatMap((deed) => (deed.kind === 'insert' && deed.table === table ? [deed] : []));
const events = (done: Done) => deedsOf(done).flatMap((deed) => (deed.kind === 'event' ? [deed.event] : []));

describe('agreeing to the notice', () => {
  const done = giveConsent({ context: stranger, found, now, lang: 'rw' });

  test('makes a person of the address, in the language of the conversation', () => {
    expect(inserts(done, 'person')).toMatchObject([
      { id: 12, owner: 12, row: { lang: 'rw', zone: 'Africa/Kigali' } },
    ]);
    expect(deedsOf(done)).toContainEqual({ kind: 'link', personId: 12 });
    expect(done.answers).toEqual({ person_id: 12 });
  });

  test('records each purpose with the version and the language of the text that was shown', () => {
    expect(inserts(done, 'consent').map(({ row }) => row)).toMatchObject([
      {
        person_id: 12,
        purpose: 'service_messages',
        state: 'given',
        text_version: noticeVersion,
        lang: 'rw',
        conversation_id: 31,
      },
      {
        person_id: 12,
        purpose: 'profile_processing',
        state: 'given',
        text_version: noticeVersion,
        lang: 'rw',
        conversation_id: 31,
      },
    ]);
  });

  test('says nothing about mission calls', () => {
    expect(inserts(done, 'consent').map(({ row }) => row['purpose'])).not.toContain('mission_calls');
  });

  test('again, after a withdrawal, makes no second person', () => {
    const context = { ...agreed, person: agreed.person && { ...agreed.person, consents: {} } };
    expect(consentNeeds({ context })).toEqual([{ query: 'fresh', args: { consent: 2 } }]);
    const again = giveConsent({ context, found, now, lang: 'fr' });
    expect(inserts(again, 'person')).toEqual([]);
    expect(inserts(again, 'consent')).toHaveLength(2);
  });
});

test('mission calls are recorded either way, for the person of the same turn', () => {
  const scope = { context: stranger, found, now, lang: 'fr' as const };
  const yes = answerCalls({ ...scope, answers: { calls: 'yes', person_id: 12 } });
  const no = answerCalls({ ...scope, answers: { calls: 'no', person_id: 12 } });
  expect(inserts(yes, 'consent')).toMatchObject([
    { row: { person_id: 12, purpose: 'mission_calls', state: 'given' } },
  ]);
  expect(inserts(no, 'consent')).toMatchObject([
    { row: { person_id: 12, purpose: 'mission_calls', state: 'refused' } },
  ]);
  expect(() => answerCalls({ ...scope, answers: { calls: 'yes' } })).toThrow(/before anybody agreed/);
});

test('no more calls withdraws that consent alone', () => {
  const done = withdrawCalls({ context: registered, found, now, lang: 'fr' });
  expect(inserts(done, 'consent').map(({ row }) => [row['purpose'], row['state']])).toEqual([
    ['mission_calls', 'withdrawn'],
  ]);
});

test('somebody under 18 is released from everything they agreed to', () => {
  const done = releaseMinor({ context: agreed, answers: {}, found, now, lang: 'fr' });
  expect(inserts(done, 'consent').map(({ row }) => row['state'])).toEqual([
    'withdrawn',
    'withdrawn',
    'withdrawn',
  ]);
  expect(events(done).map(({ name }) => name)).toEqual(['person.too_young']);
});

test('only a consent that stands counts as agreement', () => {
  expect(hasAgreed(agreed)).toBe(true);
  expect(hasAgreed(stranger)).toBe(false);
  const taken = {
    ...agreed,
    person: agreed.person && { ...agreed.person, consents: { profile_processing: 'withdrawn' as const } },
  };
  expect(hasAgreed(taken)).toBe(false);
});

describe('stop and start', () => {
  test('stop marks the person once', () => {
    const done = optOut({ context: registered, now });
    expect(deedsOf(done)[0]).toMatchObject({
      kind: 'update',
      table: 'person',
      id: 12,
      revision: 1,
      set: { opted_out_at: '2026-11-23T10:00:00.000Z' },
    });
    expect(optOut({ context: optedOut, now }).deeds).toEqual([]);
  });

  test('stop from somebody unknown is kept by the chat alone', () => {
    expect(optOut({ context: stranger, now })).toEqual({
      ok: true,
      deeds: [{ kind: 'rest', stopped: true }],
    });
  });

  test('a coordinator is asked to phone who stops on a mission, and only them', () => {
    const told = events(optOut({ context: onMission, now })).flatMap(react);
    expect(told).toMatchObject([
      { to: { kind: 'coordinators' }, params: { code: 'D-00231', assignments: 'A-0087' } },
    ]);
    expect(events(optOut({ context: registered, now })).flatMap(react)).toEqual([]);
  });

  test('start ends the opt-out, and nothing else', () => {
    expect(deedsOf(optIn({ context: optedOut }))[0]).toMatchObject({ set: { opted_out_at: null } });
    expect(optIn({ context: registered }).deeds).toEqual([]);
  });
});

test('a language is kept for messages to come, and only when it changes', () => {
  expect(speak('en', { context: registered })).toMatchObject({
    lang: 'en',
    deeds: [{ table: 'person', set: { lang: 'en' } }],
  });
  expect(speak('fr', { context: registered })).toEqual({ ok: true, deeds: [], lang: 'fr' });
  expect(speak('en', { context: stranger })).toEqual({ ok: true, deeds: [], lang: 'en' });
});

test('a wish to be erased names the assignments that stand in its way', () => {
  expect(events(requestErasure({ context: onMission }))).toMatchObject([
    { name: 'person.erase_requested', data: { assignments: ['A-0087'] } },
  ]);
});

describe('sos', () => {
  test('is told at its first word, by codes alone', () => {
    const [intent] = events(raiseSos({ context: onMission })).flatMap(react);
    expect(intent).toMatchObject({ key: 'member_news.sos.known.text', params: { who: 'D-00231, A-0087' } });
    expect(JSON.stringify(intent)).not.toMatch(/Aline|UWASE|\+32/);
  });

  test('from a stranger is told all the same', () => {
    expect(events(raiseSos({ context: stranger })).flatMap(react)).toMatchObject([
      { key: 'member_news.sos.unknown.text' },
    ]);
  });

  test('abuse is never told in the coordinators’ channel', () => {
    expect(tellDanger({ answers: { kind: 'abuse' }, context: onMission }).deeds).toEqual([]);
    expect(
      events(tellDanger({ answers: { kind: 'medical' }, context: onMission })).flatMap(react),
    ).toMatchObject([{ params: { danger: { key: 'sos.kind.choices.medical' } } }]);
  });

  test('what is said in own words is told of, and not repeated', () => {
    expect(
      events(tellDanger({ answers: { kind: 'words' }, context: onMission })).flatMap(react),
    ).toMatchObject([{ key: 'member_news.sos.words.text' }]);
  });
});
