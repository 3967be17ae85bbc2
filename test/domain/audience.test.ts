import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { audienceOf, type Candidate } from '../../src/domain/audience.ts';

const aline: Candidate = {
  personId: 12,
  memberCode: 'D-00231',
  status: 'active',
  country: 'BE',
  profession: 'RN_GEN',
  lang: 'fr',
  optedOut: false,
  calls: 'given',
  channel: 'whatsapp',
};
const mission = { countries: ['BE', 'NL'] };
const needs = [{ profession: 'RN_GEN' }, { profession: 'PSYCHOLOGIST' }];
const judged = (over: Partial<Candidate>) => audienceOf([{ ...aline, ...over }], mission, needs);

describe('a call goes to', () => {
  test.each<readonly [string, Partial<Candidate>]>([
    ['an active member', {}],
    ['somebody just registered', { status: 'submitted' }],
    ['any profession of its posts', { profession: 'PSYCHOLOGIST' }],
    ['any of its countries, on any channel', { country: 'NL', channel: 'telegram', lang: 'rw' }],
  ])('%s', (_, over) => {
    expect(judged(over).selected).toHaveLength(1);
  });
});

describe('a call does not go to', () => {
  test.each<readonly [string, Partial<Candidate>]>([
    ['not_on_roster', { status: 'paused' }],
    ['opted_out', { optedOut: true }],
    ['no_consent', { calls: 'withdrawn' }],
    ['no_consent', { calls: undefined }],
    ['other_country', { country: 'CA' }],
    ['other_profession', { profession: 'SURGEON' }],
    ['unreachable', { channel: null }],
    // Whom it is not about is asked first, whatever else would keep them out.
    ['other_country', { optedOut: true, calls: 'refused', country: 'CA' }],
    ['opted_out', { optedOut: true, calls: 'refused' }],
  ])('%s', (why, over) => {
    expect(judged(over).excluded.map((each) => each.why)).toEqual([why]);
  });

  test('the same person twice', () => {
    expect(audienceOf([aline, aline], mission, needs).counts).toMatchObject({
      selected: 1,
      byExclusion: { twice: 1 },
    });
  });
});

test('everybody is in exactly one place, and the sums add up', () => {
  const candidates = fc.array(
    fc.record<Candidate>({
      personId: fc.integer({ min: 1, max: 30 }),
      memberCode: fc.constant('D-00001'),
      status: fc.constantFrom('active', 'submitted', 'paused', 'archived'),
      country: fc.constantFrom('BE', 'NL', 'CA'),
      profession: fc.constantFrom('RN_GEN', 'SURGEON'),
      lang: fc.constantFrom('rw', 'fr', 'en'),
      optedOut: fc.boolean(),
      calls: fc.constantFrom('given', 'refused', undefined),
      channel: fc.constantFrom('whatsapp', 'telegram', null),
    }),
  );
  const sum = (counts: Readonly<Record<string, number>>) =>
    Object.values(counts).reduce((all, n) => all + n, 0);
  fc.assert(
    fc.property(candidates, (people) => {
      const { selected, excluded, counts } = audienceOf(people, mission, needs);
      expect(selected.length + excluded.length).toBe(people.length);
      expect([sum(counts.byLang), sum(counts.byChannel), sum(counts.byCountry)]).toEqual([
        counts.selected,
        counts.selected,
        counts.selected,
      ]);
      expect(sum(counts.byExclusion) + counts.selected).toBe(counts.total);
      expect(new Set(selected.map(({ personId }) => personId)).size).toBe(selected.length);
    }),
  );
});
