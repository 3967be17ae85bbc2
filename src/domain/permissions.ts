import type { Role } from './model.ts';

/** What stands behind an action besides the right to it. */
export type Second =
  | 'none'
  /** Shown what will happen, then confirmed by the same person. */
  | 'preview'
  /** A reason, which is logged. */
  | 'reason'
  /** Another person with a role of `seconds`. */
  | 'person'
  /** The six-digit code sent to another address. */
  | 'code';

export type Rule = {
  readonly roles: readonly Role[];
  readonly second: Second;
  readonly seconds?: readonly Role[];
};

/** Who may do what, whatever the front end (rule 28; domain reference, section 2). What is not here, nobody may. */
export const permissions = {
  see_member: { roles: ['coord_rw', 'coord_country', 'duty', 'moh'], second: 'none' },
  activate_member: { roles: ['coord_rw', 'coord_country'], second: 'preview' },
  create_need: { roles: ['host_focal', 'host_dg', 'coord_rw'], second: 'none' },
  validate_need: { roles: ['moh'], second: 'none' },
  withdraw_need: { roles: ['host_focal', 'host_dg', 'moh'], second: 'reason' },
  create_mission: { roles: ['coord_rw'], second: 'preview' },
  approve_mission: { roles: ['coord_rw', 'moh'], second: 'person', seconds: ['coord_rw', 'moh'] },
  open_call: { roles: ['coord_rw'], second: 'preview' },
  extend_call: { roles: ['coord_rw'], second: 'preview' },
  close_call: { roles: ['coord_rw'], second: 'preview' },
  cancel_mission: { roles: ['coord_rw'], second: 'person', seconds: ['moh'] },
  send_broadcast: { roles: ['coord_rw', 'coord_country'], second: 'preview' },
  approve_broadcast: {
    roles: ['coord_rw', 'coord_country', 'moh'],
    second: 'person',
    seconds: ['coord_rw', 'coord_country', 'moh'],
  },
  make_offer: { roles: ['coord_rw'], second: 'preview' },
  release_offer: { roles: ['coord_rw'], second: 'preview' },
  set_gate: { roles: ['coord_rw'], second: 'preview' },
  waive_gate: { roles: ['coord_rw'], second: 'reason' },
  sign_contract: { roles: ['coord_rw'], second: 'preview' },
  clear_to_travel: { roles: ['coord_rw'], second: 'preview' },
  hold_assignment: { roles: ['coord_rw', 'moh', 'duty'], second: 'reason' },
  set_travel: { roles: ['coord_rw'], second: 'preview' },
  focal_answer: { roles: ['host_focal'], second: 'none' },
  confirm_placement: { roles: ['host_dg'], second: 'code' },
  confirm_readiness: { roles: ['host_dg'], second: 'code' },
  end_early: { roles: ['coord_rw'], second: 'person', seconds: ['duty', 'moh'] },
  suspend_member: { roles: ['coord_rw'], second: 'person', seconds: ['duty', 'moh'] },
  merge_members: { roles: ['coord_rw'], second: 'person', seconds: ['coord_rw', 'dpo'] },
  erase_person: { roles: ['dpo'], second: 'person', seconds: ['coord_rw', 'dpo'] },
  safety_alert: { roles: ['duty', 'coord_rw'], second: 'preview' },
  reply_ticket: { roles: ['coord_rw', 'coord_country', 'duty', 'psea'], second: 'none' },
  read_complaint: { roles: ['psea'], second: 'none' },
  send_again: { roles: ['coord_rw', 'coord_country', 'duty'], second: 'preview' },
  see_audit: { roles: ['admin', 'dpo'], second: 'none' },
} as const satisfies Readonly<Record<string, Rule>>;
export type Action = keyof typeof permissions;

/** `country` is the member's or the audience's: a country office acts in its own alone. */
export function may(
  actor: { readonly role: Role; readonly country?: string | null },
  action: Action,
  country?: string,
): boolean {
  const { roles }: Rule = permissions[action];
  if (!roles.includes(actor.role)) return false;
  return actor.role !== 'coord_country' || country === undefined || actor.country === country;
}

/** Whether this second person lends the action the weight it needs; never the first person again. */
export function isSecond(
  action: Action,
  first: { readonly personId: number },
  second: { readonly personId: number; readonly role: Role },
): boolean {
  const { seconds = [] }: Rule = permissions[action];
  return second.personId !== first.personId && seconds.includes(second.role);
}

/** Audiences larger than this, and any with a host in it, are approved by a second person. */
export const audienceAlone = 20;

export function needsApproval(recipients: number, hosts: number): boolean {
  return recipients > audienceAlone || hosts > 0;
}
