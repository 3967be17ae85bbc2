import { describe, expect, test } from 'vitest';
import {
  flagsOf,
  type Registration,
  registrationNeeds,
  submitRegistration,
} from '../../src/domain/member.ts';
import type { Deed } from '../../src/domain/model.ts';
import { react } from '../../src/domain/reactions/reactions.ts';
import { workingDaysAfter } from '../../src/domain/working-days.ts';
import { agreed, registered, stranger } from '../support/contexts/member.ts';

const answers: Registration = {
  name: 'Aline UWASE',
  country: 'BE',
  city: null,
  link: 'origin',
  profession_code: 'RN_GEN',
  specialty: 'bloc opératoire',
  years: 8,
  licensed: 'yes',
  levels: { rw: 3, fr: 3, en: 2 },
  taken_part: 'yes',
  taken_year: 2021,
  email: 'aline@example.org',
  source: 'embassy',
  when: 'dates',
};
const scope = {
  context: agreed,
  found: { fresh: { member: [7], codes: { member: ['D-00231'] } }, same: 0 },
  now: new Date('2026-11-23T10:00:00Z'),
  today: '2026-11-23',
};
const submit = (more: Partial<typeof scope> & { answers?: Registration } = {}) =>
  submitRegistration({ answers, ...scope, ...more });
const deeds = (more: Parameters<typeof submit>[0] = {}) => {
  const result = submit(more);
  if (!result.ok) throw new Error(result.why);
  return result.deeds as readonly Deed[]; // the engine carries them unseen
};

describe('a confirmed registration', () => {
  test('makes a submitted member with the code that the person is told', () => {
    expect(deeds()).toContainEqual({
      kind: 'insert',
      table: 'member',
      id: 7,
      owner: 12,
      row: {
        person_id: 12,
        code: 'D-00231',
        status: 'submitted',
        country: 'BE',
        city: null,
        profession: 'RN_GEN',
        profession_text: null,
        specialty: 'bloc opératoire',
        years: 8,
        licensed: 'yes',
        levels: { rw: 3, fr: 3, en: 2 },
        nationality_group: 'rwandan_origin_other_passport',
        taken_part: 'yes 2021',
        source: 'embassy',
        flags: ['took_part_before'],
        submitted_at: '2026-11-23T10:00:00.000Z',
      },
    });
    expect(submit()).toMatchObject({ ok: true, answers: { code: 'D-00231', decide_by: '2026-12-07' } });
  });

  test('names the person, and moves them to the clocks of their country', () => {
    expect(deeds()[0]).toEqual({
      kind: 'update',
      table: 'person',
      id: 12,
      revision: 1,
      owner: 12,
      set: { name: 'Aline UWASE', email: 'aline@example.org', zone: 'Europe/Brussels' },
    });
  });

  test('tells coordinators without a name, and until when an answer is promised', () => {
    const told = deeds().flatMap((deed) => (deed.kind === 'event' ? react(deed.event) : []));
    expect(told).toMatchObject([
      {
        to: { kind: 'coordinators' },
        key: 'member_news.submitted.plain.text',
        params: { code: 'D-00231', by: { date: '2026-12-07' } },
      },
    ]);
    expect(JSON.stringify(told)).not.toMatch(/Aline|UWASE|example/);
  });

  test('keeps the words of a profession that is not listed, and only then', () => {
    const other = deeds({
      answers: { ...answers, profession_code: 'OTHER', profession_text: 'Perfusion trainer' },
    });
    const listed = deeds({ answers: { ...answers, profession_text: 'typed before choosing nurse' } });
    expect(other[1]).toMatchObject({ row: { profession: 'OTHER', profession_text: 'Perfusion trainer' } });
    expect(listed[1]).toMatchObject({ row: { profession: 'RN_GEN', profession_text: null } });
  });
});

test('a suspicion of a duplicate is a note to a coordinator, never a refusal', () => {
  const told = deeds({ found: { ...scope.found, same: 1 } }).flatMap((deed) =>
    deed.kind === 'event' ? react(deed.event) : [],
  );
  expect(told).toMatchObject([{ key: 'member_news.submitted.doubt.text' }]);
});

test('the own telephone number is no duplicate', () => {
  const context = { ...agreed, person: agreed.person && { ...agreed.person, phone: '+32470123456' } };
  const event = deeds({ context, found: { ...scope.found, same: 1 } }).find((deed) => deed.kind === 'event');
  expect(event).toMatchObject({ event: { data: { possibleDuplicates: 0 } } });
  expect(registrationNeeds({ answers, context })).toContainEqual({
    query: 'same',
    args: { phone: '+32470123456', email: 'aline@example.org', name: 'Aline UWASE' },
  });
});

describe('a registration is refused', () => {
  test('without a consent that stands', () => {
    expect(submit({ context: stranger })).toEqual({ ok: false, why: 'no_consent' });
  });
  test('when there is a member already', () => {
    expect(submit({ context: registered })).toEqual({ ok: false, why: 'registered' });
  });
  test('when a required answer is missing', () => {
    const { levels: _, ...rest } = answers;
    expect(submit({ answers: rest })).toEqual({ ok: false, why: 'unfinished' });
  });
});

test.each<[string, Registration]>([
  ['outside_project_countries', { country: 'CA' }],
  ['other_link', { link: 'other' }],
  ['few_years', { years: 1 }],
  ['teaching_or_online', { licensed: 'expired' }],
  ['two_languages_missing', { levels: { rw: 0, fr: 3, en: 0 } }],
  ['took_part_before', { taken_part: 'yes' }],
  ['online_only', { when: 'online' }],
])('a coordinator is shown %s', (flag, answer) => {
  expect(flagsOf(answer)).toEqual([flag]);
});

test('nothing is flagged that needs no second look', () => {
  expect(flagsOf({ ...answers, taken_part: 'no', years: 2, levels: { rw: 0, fr: 3, en: 1 } })).toEqual([]);
});

test.each([
  ['2026-11-23', 10, '2026-12-07', 'two weeks when nothing lies between'],
  ['2026-12-18', 10, '2027-01-05', 'Christmas and New Year are not working days'],
  ['2026-11-21', 1, '2026-11-23', 'a weekend does not count'],
])('from %s, %i working days end on %s: %s', (from, count, end) => {
  expect(workingDaysAfter(from, count)).toBe(end);
});
