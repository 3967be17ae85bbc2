import { describe, expect, test } from 'vitest';
import {
  acting,
  answersNow,
  checkInvitation,
  enrol,
  enrolNeeds,
  type Invitation,
  isShared,
} from '../../src/domain/host.ts';
import type { Context, Deed } from '../../src/domain/model.ts';
import { focal, invited, kabgayi, wardPhone } from '../support/contexts/host.ts';
import { registered } from '../support/contexts/member.ts';

const now = new Date('2027-01-11T09:00:00Z');
const invitation: Invitation = {
  id: 4,
  revision: 0,
  hospital: kabgayi,
  role: 'focal',
  expired: false,
  used: false,
};
const fresh = { person: [51], host_contact: [21], consent: [1, 2] };

describe('an invitation', () => {
  test.each([
    [null, 'unknown_code'],
    [{ ...invitation, used: true }, 'used_code'],
    [{ ...invitation, expired: true }, 'expired_code'],
  ])('is refused: %s', (found, why) => {
    expect(checkInvitation({ found: { invitation: found } })).toEqual({ ok: false, why });
    expect(enrolled({ found: { invitation: found, fresh } })).toEqual({ ok: false, why });
  });

  test('changes nothing while it is only checked', () => {
    expect(checkInvitation({ found: { invitation } })).toEqual({
      ok: true,
      deeds: [],
      answers: { hospital: 'Kabgayi', invited_as: 'focal' },
    });
  });
});

describe('enrolment', () => {
  test('makes person, contact and consents, uses the invitation up and links the address', () => {
    const deeds = deedsOf(enrolled({}));
    expect(deeds.map(nameOf)).toEqual([
      'insert person',
      'link',
      'insert host_contact',
      'insert consent',
      'insert consent',
      'update invitation',
      'host.enrolled',
    ]);
    expect(deeds).toContainEqual({
      kind: 'insert',
      table: 'host_contact',
      id: 21,
      row: { person_id: 51, hospital_id: 9, role: 'focal', from_day: '2027-01-11', to_day: null },
    });
    expect(deeds).toContainEqual({
      kind: 'update',
      table: 'invitation',
      id: 4,
      revision: 0,
      set: { used_by: 51 },
    });
  });

  test('gives the role of the invitation, and says what the person called themselves', () => {
    const deeds = deedsOf(enrolled({ answers: { ...told, role: 'dg' } }));
    expect(deeds.find(({ kind }) => kind === 'event')).toMatchObject({
      event: { data: { role: 'focal', saidRole: 'dg', directorInformed: true } },
    });
    expect(deeds.some((deed) => deed.kind === 'insert' && deed.row['role'] === 'dg')).toBe(false);
  });

  test('on a phone of somebody else makes one more person', () => {
    const deeds = deedsOf(
      enrolled({
        context: focal(),
        answers: { ...told, name: 'Eric NIYONZIMA' },
        found: { invitation, fresh: { ...fresh, person: [53] } },
      }),
    );
    expect(deeds[0]).toMatchObject({ kind: 'insert', table: 'person', id: 53 });
    expect(deeds).toContainEqual({ kind: 'link', personId: 53 });
  });

  test('of the same person again changes them, whatever the order of the names', () => {
    const scope = { context: focal(), answers: { ...told, name: 'Mukamana Jeanne' } };
    expect(deedsOf(enrolled(scope))[0]).toMatchObject({
      kind: 'update',
      table: 'person',
      id: 51,
      revision: 2,
    });
    expect(enrolNeeds(scope)).toContainEqual({ query: 'fresh', args: { host_contact: 1, consent: 2 } });
  });
});

test('a member who is a hospital’s contact too keeps address and name', () => {
  const deeds = deedsOf(enrolled({ context: registered, answers: { ...told, name: 'Aline' } }));
  expect(deeds[0]).toEqual({
    kind: 'update',
    table: 'person',
    id: 12,
    revision: 1,
    owner: 12,
    set: { lang: 'fr' },
  });
  expect(deeds).toContainEqual({ kind: 'link', personId: 12 });
});

describe('a ward phone', () => {
  const context = wardPhone();

  test('asks who is answering until somebody said so within the last twelve hours', () => {
    expect(isShared({ answers: {}, context, now })).toBe(true);
    expect(isShared({ answers: { who: { person: '52' } }, context, now })).toBe(false);
    expect(isShared({ answers: {}, context: known(context, '2027-01-11T12:00:00.000Z'), now })).toBe(false);
    expect(isShared({ answers: {}, context: known(context, '2027-01-11T09:00:00.000Z'), now })).toBe(true);
    expect(isShared({ answers: {}, context: focal(), now })).toBe(false);
  });

  test('acts as the person who was named, else as the one it belongs to', () => {
    expect(acting({ answers: { who: { person: '52' } }, context })).toEqual({ personId: 52, role: 'dg' });
    expect(acting({ answers: {}, context })).toEqual({ personId: 51, role: 'focal' });
    expect(acting({ answers: { who: { person: '99' } }, context })).toEqual({ personId: 51, role: 'focal' });
    expect(acting({ answers: {}, context: invited })).toBeNull();
  });

  test('belongs to who answered from now on, and to nobody who is not of this phone', () => {
    expect(answersNow({ answers: { person: '52' }, context }).deeds[0]).toEqual({
      kind: 'link',
      personId: 52,
    });
    expect(answersNow({ answers: { person: '99' }, context }).deeds).toEqual([]);
  });
});

const told = { code: 'HK7204', name: 'Jeanne MUKAMANA', role: 'focal', informed: 'yes' } as const;

function enrolled(changes: Partial<Parameters<typeof enrol>[0]>) {
  return enrol({
    answers: told,
    context: invited,
    found: { invitation, fresh },
    now,
    lang: 'fr',
    ...changes,
  });
}

function known(context: Context, until: string): Context {
  const { host } = context;
  if (!host?.sharing) throw new Error('not a ward phone');
  return { ...context, host: { ...host, sharing: { ...host.sharing, knownUntil: until } } };
}

function deedsOf(result: ReturnType<typeof enrol>): readonly Deed[] {
  if (!result.ok) throw new Error(`refused: ${result.why}`);
  return result.deeds as readonly Deed[]; // every deed of a domain command is one
}

function nameOf(deed: Deed): string {
  if (deed.kind === 'event') return deed.event.name;
  return 'table' in deed ? `${deed.kind} ${deed.table}` : deed.kind;
}
