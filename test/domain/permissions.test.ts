import { describe, expect, test } from 'vitest';
import type { Role } from '../../src/domain/model.ts';
import { type Action, isSecond, may, needsApproval, permissions } from '../../src/domain/permissions.ts';

const roles: readonly Role[] = [
  'host_focal',
  'host_dg',
  'host_supervisor',
  'coord_rw',
  'coord_country',
  'moh',
  'duty',
  'dpo',
  'psea',
  'admin',
];

const expected: Readonly<Record<Action, readonly Role[]>> = {
  see_member: ['coord_rw', 'coord_country', 'moh', 'duty'],
  activate_member: ['coord_rw', 'coord_country'],
  create_need: ['host_focal', 'host_dg', 'coord_rw'],
  validate_need: ['moh'],
  withdraw_need: ['host_focal', 'host_dg', 'moh'],
  create_mission: ['coord_rw'],
  approve_mission: ['coord_rw', 'moh'],
  open_call: ['coord_rw'],
  extend_call: ['coord_rw'],
  close_call: ['coord_rw'],
  cancel_mission: ['coord_rw'],
  send_broadcast: ['coord_rw', 'coord_country'],
  approve_broadcast: ['coord_rw', 'coord_country', 'moh'],
  make_offer: ['coord_rw'],
  release_offer: ['coord_rw'],
  set_gate: ['coord_rw'],
  waive_gate: ['coord_rw'],
  sign_contract: ['coord_rw'],
  clear_to_travel: ['coord_rw'],
  hold_assignment: ['coord_rw', 'moh', 'duty'],
  set_travel: ['coord_rw'],
  focal_answer: ['host_focal'],
  confirm_placement: ['host_dg'],
  confirm_readiness: ['host_dg'],
  end_early: ['coord_rw'],
  suspend_member: ['coord_rw'],
  merge_members: ['coord_rw'],
  erase_person: ['dpo'],
  safety_alert: ['coord_rw', 'duty'],
  reply_ticket: ['coord_rw', 'coord_country', 'duty', 'psea'],
  read_complaint: ['psea'],
  send_again: ['coord_rw', 'coord_country', 'duty'],
  see_audit: ['dpo', 'admin'],
};

test('the table has these actions and no others', () => {
  expect(Object.keys(permissions).sort()).toEqual(Object.keys(expected).sort());
});

describe.each(Object.entries(expected) as [Action, readonly Role[]][])('%s', (action, allowed) => {
  test.each(roles)('%s', (role) => {
    expect(may({ role }, action)).toBe(allowed.includes(role));
  });
});

test('a country office acts in its own country alone', () => {
  const actor = { role: 'coord_country', country: 'BE' } as const;
  expect([may(actor, 'send_broadcast', 'BE'), may(actor, 'send_broadcast', 'NL')]).toEqual([true, false]);
});

test.each([
  [{ personId: 2, role: 'moh' }, true],
  [{ personId: 1, role: 'moh' }, false],
  [{ personId: 2, role: 'coord_rw' }, false],
] as const)('cancelling a mission with %o as second person: %s', (second, allowed) => {
  expect(isSecond('cancel_mission', { personId: 1 }, second)).toBe(allowed);
});

test.each([
  [20, 0, false],
  [21, 0, true],
  [1, 1, true],
])('%i recipients, %i of them hosts, need approval: %s', (recipients, hosts, expectedApproval) => {
  expect(needsApproval(recipients, hosts)).toBe(expectedApproval);
});
