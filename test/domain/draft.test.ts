import { describe, expect, test } from 'vitest';
import { type Draft, fireDraft, planDraft } from '../../src/domain/draft.ts';
import type { Deed } from '../../src/domain/model.ts';

const lastWord = '2027-03-01T09:00:00.000Z';
const draft: Draft = { personId: 12, zone: 'Europe/Brussels', lastWordAt: lastWord, ticketOpen: false };
const day = (n: number) => new Date(Date.parse(lastWord) + n * 86_400_000);
const timers = (deeds: readonly Deed[]) => deeds.flatMap((deed) => (deed.kind === 'plan' ? deed.timers : []));
const names = (deeds: readonly Deed[]) =>
  deeds.flatMap((deed) => (deed.kind === 'event' ? [deed.event.name] : []));

describe('a draft', () => {
  test('is warned on day 23 and erased on day 30, by the day that the warning names', () => {
    expect(timers([planDraft(12, lastWord)])).toEqual([{ line: 'draft.warn', dueAt: day(23).toISOString() }]);
    const warned = fireDraft('draft.warn', draft, day(23));
    expect(timers(warned)).toEqual([{ line: 'draft.erase', dueAt: day(30).toISOString() }]);
    expect(warned).toContainEqual(
      expect.objectContaining({ event: expect.objectContaining({ data: { erasedOn: '2027-03-31' } }) }),
    );
    const erased = fireDraft('draft.erase', draft, day(30));
    expect(names(erased)).toEqual(['person.draft_erased']);
    expect(erased).toContainEqual({ kind: 'erase', personId: 12, silentSince: lastWord });
  });

  test.each(['draft.warn', 'draft.erase'])('whose person wrote meanwhile begins anew: %s', (line) => {
    const wrote = { ...draft, lastWordAt: day(20).toISOString() };
    const deeds = fireDraft(line, wrote, day(30));
    expect(names(deeds)).toEqual([]);
    expect(timers(deeds)).toEqual([{ line: 'draft.warn', dueAt: day(43).toISOString() }]);
  });

  test('that was found late, after a time without service, has its full week of warning', () => {
    expect(timers(fireDraft('draft.warn', draft, day(50)))).toEqual([
      { line: 'draft.erase', dueAt: day(57).toISOString() },
    ]);
  });

  test('with a ticket that waits for one of us is looked at again the next day', () => {
    const deeds = fireDraft('draft.erase', { ...draft, ticketOpen: true }, day(30));
    expect(deeds).toHaveLength(1);
    expect(timers(deeds)).toEqual([{ line: 'draft.erase', dueAt: day(31).toISOString() }]);
  });

  test('a timer of another build is a bug, and says so', () => {
    expect(() => fireDraft('draft.sing', draft, day(23))).toThrow('draft.sing');
  });
});
