import type {
  ApplicationStatus,
  AssignmentStatus,
  MissionStatus,
  Need,
  Role,
  TravelStatus,
} from './model.ts';

/** Who may bring a step about, besides staff and host roles. */
export type Who = Role | 'member' | 'system';

/** One row of a lifecycle. `guard` names a further condition that the command of this event checks. */
export type Transition<S extends string = string, E extends string = string> = {
  readonly from: readonly S[];
  readonly event: E;
  readonly to: S;
  readonly who: readonly Who[];
  readonly guard?: string;
};

/** The state an event leads to, or null: what no row lists is refused. */
export function next<S extends string, E extends string>(
  table: readonly Transition<S, E>[],
  from: S,
  event: E,
): S | null {
  return table.find((row) => row.event === event && row.from.includes(from))?.to ?? null;
}

/** Whether the table lets this role (or the member, or the system) bring the event about at all. */
export function mayBring<S extends string, E extends string>(
  table: readonly Transition<S, E>[],
  event: E,
  who: Who,
): boolean {
  return table.some((row) => row.event === event && row.who.includes(who));
}

type NeedEvent = 'submit' | 'validate' | 'return' | 'attach' | 'fill' | 'reopen' | 'close' | 'withdraw';
export const needLife: readonly Transition<Need['status'], NeedEvent>[] = [
  { from: ['draft'], event: 'submit', to: 'submitted', who: ['host_focal', 'host_dg', 'coord_rw'] },
  { from: ['submitted'], event: 'validate', to: 'validated', who: ['moh'] },
  { from: ['submitted'], event: 'return', to: 'draft', who: ['moh'] },
  { from: ['validated'], event: 'attach', to: 'published', who: ['coord_rw'] },
  { from: ['published'], event: 'fill', to: 'filled', who: ['system'], guard: 'all_posts_taken' },
  { from: ['filled'], event: 'reopen', to: 'published', who: ['system'] },
  { from: ['filled'], event: 'close', to: 'closed', who: ['system'] },
  // A host or the ministry may step back until all posts are filled.
  {
    from: ['draft', 'submitted', 'validated', 'published'],
    event: 'withdraw',
    to: 'withdrawn',
    who: ['host_focal', 'host_dg', 'moh'],
  },
];

type MissionEvent =
  | 'approve'
  | 'open'
  | 'extend'
  | 'close'
  | 'confirm'
  | 'prepare'
  | 'start'
  | 'report'
  | 'finish'
  | 'postpone'
  | 'cancel';
export const missionLife: readonly Transition<MissionStatus, MissionEvent>[] = [
  { from: ['draft'], event: 'approve', to: 'approved', who: ['coord_rw', 'moh'], guard: 'both_approved' },
  {
    from: ['approved'],
    event: 'open',
    to: 'call_open',
    who: ['coord_rw', 'system'],
    guard: 'titles_complete',
  },
  { from: ['call_open'], event: 'extend', to: 'call_open', who: ['coord_rw'], guard: 'later_date' },
  { from: ['call_open'], event: 'close', to: 'selection', who: ['coord_rw', 'system'] },
  // Interest that came late may move a call back into its open time (2026-11-23).
  { from: ['selection'], event: 'extend', to: 'call_open', who: ['coord_rw'], guard: 'later_date' },
  { from: ['selection'], event: 'confirm', to: 'confirmed', who: ['coord_rw'] },
  { from: ['confirmed'], event: 'prepare', to: 'preparing', who: ['system'] },
  // Offers may be accepted and people may travel before every post is decided (2026-11-23).
  { from: ['selection', 'confirmed', 'preparing'], event: 'start', to: 'in_progress', who: ['system'] },
  { from: ['in_progress'], event: 'report', to: 'reporting', who: ['system', 'coord_rw'] },
  { from: ['reporting'], event: 'finish', to: 'closed', who: ['coord_rw'] },
  {
    from: ['approved', 'call_open', 'selection', 'confirmed', 'preparing'],
    event: 'postpone',
    to: 'postponed',
    who: ['coord_rw'],
  },
  {
    from: ['draft', 'approved', 'call_open', 'selection', 'confirmed', 'preparing', 'postponed'],
    event: 'cancel',
    to: 'cancelled',
    who: ['coord_rw', 'moh'],
    guard: 'two_persons',
  },
];

type ApplicationEvent =
  | 'answer'
  | 'answer_late'
  | 'maybe'
  | 'decline_call'
  | 'rank'
  | 'offer'
  | 'accept'
  | 'decline'
  | 'expire'
  | 'release'
  | 'waitlist'
  | 'withdraw'
  | 'not_select';
/** Before the first row there is no application: `invited` stands for that too. */
const unanswered: readonly ApplicationStatus[] = ['invited', 'interested', 'maybe', 'declined', 'withdrawn'];
export const applicationLife: readonly Transition<ApplicationStatus, ApplicationEvent>[] = [
  // Who said no, or took the interest back, may change their mind while the call is open (2026-11-23).
  { from: [...unanswered, 'complete'], event: 'answer', to: 'complete', who: ['member'], guard: 'call_open' },
  { from: [...unanswered, 'late'], event: 'answer_late', to: 'late', who: ['member'] },
  { from: ['invited', 'interested', 'maybe', 'declined'], event: 'maybe', to: 'maybe', who: ['member'] },
  {
    from: ['invited', 'interested', 'maybe', 'declined'],
    event: 'decline_call',
    to: 'declined',
    who: ['member'],
  },
  { from: ['complete', 'late'], event: 'rank', to: 'shortlisted', who: ['coord_rw'] },
  // Ranking and offering may be one deed of the coordinator (2026-11-23); an expired offer may be made again once.
  {
    from: ['complete', 'late', 'shortlisted', 'waitlisted', 'expired'],
    event: 'offer',
    to: 'offered',
    who: ['coord_rw'],
  },
  { from: ['offered'], event: 'accept', to: 'accepted', who: ['member'] },
  { from: ['offered'], event: 'decline', to: 'declined', who: ['member'] },
  { from: ['offered'], event: 'expire', to: 'expired', who: ['system'] },
  // The place fell away without the member's doing: back among those to be offered one (2026-11-23).
  {
    from: ['offered', 'accepted'],
    event: 'release',
    to: 'shortlisted',
    who: ['coord_rw', 'host_dg', 'system'],
  },
  { from: ['shortlisted'], event: 'waitlist', to: 'waitlisted', who: ['coord_rw'] },
  {
    from: [
      'invited',
      'interested',
      'complete',
      'late',
      'maybe',
      'shortlisted',
      'offered',
      'accepted',
      'expired',
      'waitlisted',
    ],
    event: 'withdraw',
    to: 'withdrawn',
    who: ['member'],
  },
  {
    from: ['complete', 'late', 'shortlisted', 'waitlisted'],
    event: 'not_select',
    to: 'not_selected',
    who: ['coord_rw'],
  },
];

type AssignmentEvent =
  | 'host_accept'
  | 'member_accept'
  | 'member_decline'
  | 'expire'
  | 'host_refuse'
  | 'release'
  | 'withdraw'
  | 'sign'
  | 'clear'
  | 'depart'
  | 'arrive'
  | 'start'
  | 'end'
  | 'end_early'
  | 'complete'
  | 'close'
  | 'hold'
  | 'resume'
  | 'change_dates';
export const assignmentLife: readonly Transition<AssignmentStatus, AssignmentEvent>[] = [
  { from: ['proposed'], event: 'host_accept', to: 'host_accepted', who: ['host_dg'] },
  { from: ['member_accepted'], event: 'host_accept', to: 'agreed', who: ['host_dg'] },
  {
    from: ['proposed'],
    event: 'member_accept',
    to: 'member_accepted',
    who: ['member'],
    guard: 'within_72_hours',
  },
  {
    from: ['host_accepted'],
    event: 'member_accept',
    to: 'agreed',
    who: ['member'],
    guard: 'within_72_hours',
  },
  { from: ['proposed', 'host_accepted'], event: 'member_decline', to: 'released', who: ['member'] },
  { from: ['proposed', 'host_accepted'], event: 'expire', to: 'released', who: ['system'] },
  // A director may also take back a yes that the member has not answered yet (2026-11-23).
  {
    from: ['proposed', 'member_accepted', 'host_accepted'],
    event: 'host_refuse',
    to: 'host_refused',
    who: ['host_dg'],
  },
  {
    from: ['agreed'],
    event: 'sign',
    to: 'clearing',
    who: ['coord_rw'],
    guard: 'contract_and_conduct_signed',
  },
  { from: ['clearing'], event: 'clear', to: 'ready_to_travel', who: ['coord_rw'], guard: 'all_gates_green' },
  { from: ['ready_to_travel'], event: 'depart', to: 'travelling', who: ['member', 'coord_rw', 'system'] },
  // People forget to say that they left: whoever has arrived has travelled (2026-11-23).
  {
    from: ['ready_to_travel', 'travelling'],
    event: 'arrive',
    to: 'arrived',
    who: ['member', 'coord_rw', 'duty'],
  },
  {
    from: ['arrived'],
    event: 'start',
    to: 'on_mission',
    who: ['host_focal', 'host_dg', 'host_supervisor', 'coord_rw'],
  },
  // Work from afar begins without a journey (2026-11-23).
  {
    from: ['ready_to_travel'],
    event: 'start',
    to: 'on_mission',
    who: ['host_focal', 'host_dg', 'host_supervisor', 'coord_rw'],
    guard: 'virtual',
  },
  { from: ['on_mission'], event: 'end', to: 'ended', who: ['member', 'coord_rw'] },
  {
    from: ['travelling', 'arrived', 'on_mission'],
    event: 'end_early',
    to: 'ended',
    who: ['coord_rw'],
    guard: 'two_persons',
  },
  { from: ['ended'], event: 'complete', to: 'completed', who: ['coord_rw', 'system'] },
  { from: ['completed'], event: 'close', to: 'closed', who: ['coord_rw', 'system'] },
  { from: ['agreed', 'clearing', 'ready_to_travel'], event: 'hold', to: 'hold', who: ['coord_rw', 'system'] },
  { from: ['hold'], event: 'resume', to: 'clearing', who: ['coord_rw'] },
  // New dates need both yeses again, whatever was said before (2026-11-23).
  {
    from: ['proposed', 'host_accepted', 'member_accepted', 'agreed', 'clearing', 'ready_to_travel', 'hold'],
    event: 'change_dates',
    to: 'proposed',
    who: ['coord_rw'],
  },
  {
    from: [
      'proposed',
      'host_accepted',
      'member_accepted',
      'host_refused',
      'agreed',
      'clearing',
      'ready_to_travel',
      'hold',
    ],
    event: 'release',
    to: 'released',
    who: ['coord_rw'],
  },
  // The member's own wish after a yes, entered by a coordinator who spoke with them (2026-11-23).
  {
    from: ['member_accepted', 'agreed', 'clearing', 'ready_to_travel', 'hold'],
    event: 'withdraw',
    to: 'released',
    who: ['coord_rw'],
  },
];

type TravelEvent = 'propose' | 'confirm' | 'wrong' | 'ticket' | 'clear' | 'depart' | 'arrive' | 'cancel';
export const travelLife: readonly Transition<TravelStatus, TravelEvent>[] = [
  {
    from: ['empty', 'proposed', 'confirmed', 'changed'],
    event: 'propose',
    to: 'proposed',
    who: ['coord_rw'],
  },
  // New legs after the ticket are confirmed again, and the host hears of them.
  { from: ['ticketed', 'cleared'], event: 'propose', to: 'changed', who: ['coord_rw'] },
  { from: ['proposed', 'changed'], event: 'confirm', to: 'confirmed', who: ['member'] },
  // A leg that is wrong stays proposed until the coordinator has looked at it.
  { from: ['proposed', 'changed'], event: 'wrong', to: 'changed', who: ['member'] },
  { from: ['confirmed'], event: 'ticket', to: 'ticketed', who: ['coord_rw'] },
  { from: ['confirmed', 'ticketed'], event: 'clear', to: 'cleared', who: ['coord_rw', 'system'] },
  {
    from: ['confirmed', 'ticketed', 'cleared'],
    event: 'depart',
    to: 'departed',
    who: ['member', 'coord_rw', 'system'],
  },
  {
    from: ['confirmed', 'ticketed', 'cleared', 'departed'],
    event: 'arrive',
    to: 'arrived',
    who: ['member', 'coord_rw', 'duty'],
  },
  {
    from: ['empty', 'proposed', 'confirmed', 'changed', 'ticketed', 'cleared'],
    event: 'cancel',
    to: 'cancelled',
    who: ['coord_rw'],
  },
];
