import { initialGates, withGate } from '../../../src/domain/gates.ts';
import type {
  Application,
  Assignment,
  Call,
  Context,
  Mission,
  Need,
  Travel,
} from '../../../src/domain/model.ts';
import { registered } from './member.ts';

/** A mission for Aline, from the call to the arrival; all invented. "Now" in these is 23 November 2026, 10:00 UTC. */

export const now = new Date('2026-11-23T10:00:00Z');

export const kibuye: Need = {
  id: 41,
  revision: 2,
  code: 'N-0141',
  hospital: { id: 5, code: 'H-005', name: 'Kibuye Referral Hospital', district: 'Karongi' },
  missionId: 3,
  department: 'Surgery',
  profession: 'RN_GEN',
  posts: 1,
  taken: 0,
  scope: 'supervised',
  mode: 'physical',
  objectives: 'Triage after operations',
  languages: ['fr', 'en'],
  earliest: '2027-04-01',
  latest: '2027-06-30',
  minDays: 14,
  maxDays: 90,
  lodging: true,
  status: 'published',
};

export const gisenyi: Need = {
  ...kibuye,
  id: 42,
  code: 'N-0142',
  hospital: { id: 6, code: 'H-006', name: 'Gisenyi District Hospital', district: 'Rubavu' },
  department: 'Maternity',
  posts: 2,
  minDays: 30,
};

export const mission: Mission = {
  id: 3,
  revision: 4,
  code: 'M-2027-03',
  title: {
    rw: 'Abaforomo mu bitaro by’uturere',
    fr: 'Infirmières et infirmiers dans les hôpitaux de district',
    en: 'Nurses in district hospitals',
  },
  status: 'call_open',
  opensOn: '2026-11-20',
  closesOn: '2026-12-20',
  startsOn: '2027-04-01',
  endsOn: '2027-06-30',
  countries: ['BE', 'DE', 'FR', 'GB', 'NL'],
  approvals: [
    { personId: 90, role: 'coord_rw', at: '2026-11-18T08:00:00.000Z' },
    { personId: 91, role: 'moh', at: '2026-11-19T08:00:00.000Z' },
  ],
};

export const application: Application = {
  id: 61,
  revision: 1,
  personId: 12,
  missionId: 3,
  status: 'complete',
  needs: [41, 42],
  fromDay: '2027-05-01',
  toDay: '2027-06-15',
  leave: 'agreed',
  motivation: null,
  share: true,
  reason: null,
  remindOn: null,
};

const openCall: Call = { mission, needs: [kibuye, gisenyi], application: null };

/** A registered, active member; everything below is hers. */
export const active: Context = {
  ...registered,
  member: registered.member && { ...registered.member, status: 'active' },
};

export const called: Context = { ...active, calls: [openCall] };
export const calledOnePost: Context = { ...active, calls: [{ ...openCall, needs: [kibuye] }] };
export const calledNoPost: Context = { ...active, calls: [{ ...openCall, needs: [] }] };
export const calledLate: Context = {
  ...active,
  calls: [{ ...openCall, mission: { ...mission, status: 'selection' } }],
};
export const callCancelled: Context = {
  ...active,
  calls: [{ ...openCall, mission: { ...mission, status: 'cancelled' } }],
};
export const interested: Context = { ...active, calls: [{ ...openCall, application }] };

/** Offered on 22 November at 10:00 UTC: 48 hours are left. */
export const proposal: Assignment = {
  id: 87,
  revision: 3,
  code: 'A-0087',
  personId: 12,
  application: { id: 61, revision: 2, status: 'offered' },
  window: { id: 71, revision: 1, status: 'held' },
  zone: 'Europe/Brussels',
  need: kibuye,
  mission: { id: 3, code: 'M-2027-03', title: mission.title },
  startsOn: '2027-05-03',
  endsOn: '2027-06-11',
  scope: 'supervised',
  mode: 'physical',
  status: 'proposed',
  focalYesAt: null,
  offeredAt: '2026-11-22T10:00:00.000Z',
  offerEndsAt: '2026-11-25T10:00:00.000Z',
  coordinatorId: 90,
  gates: initialGates('physical', 'supervised'),
  readiness: { id: 75, revision: 0, assignmentId: 87, status: 'not_started', items: {}, notes: {} },
  travel: {
    id: 77,
    revision: 0,
    assignmentId: 87,
    status: 'empty',
    legs: [],
    departsAt: null,
    arrivesAt: null,
    pickup: null,
    lodging: null,
    dayBefore: null,
    arrival: null,
  },
  profile: { profession: 'RN_GEN', years: 8, levels: { rw: 3, fr: 3, en: 2 } },
  memberName: 'Aline UWASE',
};

/** Brussels, Saturday 1 May 2027 at 10:20, by Addis Ababa to Kigali at 02:05 on Sunday. */
export const journey: Travel = {
  id: 77,
  revision: 1,
  assignmentId: 87,
  status: 'proposed',
  legs: [
    { from: 'BRU', to: 'ADD', number: 'ET 717', departs: '2027-05-01T10:20', arrives: '2027-05-01T19:00' },
    { from: 'ADD', to: 'KGL', number: 'ET 807', departs: '2027-05-01T23:30', arrives: '2027-05-02T01:05' },
  ],
  departsAt: '2027-05-01T08:20:00.000Z',
  arrivesAt: '2027-05-01T23:05:00.000Z',
  pickup: { name: 'Jean Habimana', phone: '+250788000111' },
  lodging: 'Hotel Iris, Kigali',
  dayBefore: null,
  arrival: null,
};

const allGates = Object.keys(proposal.gates) as (keyof Assignment['gates'])[]; // keys of a record of gate codes
const green = allGates.reduce((gates, code) => withGate(gates, code, { state: 'green' }), proposal.gates);

const withAssignment = (assignment: Assignment): Context => ({ ...active, assignments: [assignment] });

/** The same, after the answers so far. */
export const hostAccepted: Assignment = {
  ...proposal,
  status: 'host_accepted',
  focalYesAt: '2026-11-22T12:00:00.000Z',
};
export const memberAccepted: Assignment = {
  ...proposal,
  status: 'member_accepted',
  application: { ...proposal.application, status: 'accepted' },
};
export const agreedOn: Assignment = {
  ...hostAccepted,
  status: 'agreed',
  application: memberAccepted.application,
  window: { id: 71, revision: 2, status: 'used' },
  need: { ...kibuye, taken: 1, status: 'filled' },
};
export const clearing: Assignment = {
  ...agreedOn,
  status: 'clearing',
  gates: withGate(withGate(green, 'G9', { state: 'in_progress' }), 'G7', { state: 'open' }),
  travel: journey,
};
export const leavingSoon: Assignment = {
  ...agreedOn,
  status: 'ready_to_travel',
  gates: green,
  travel: { ...journey, status: 'confirmed' },
};
export const onTheWay: Assignment = {
  ...leavingSoon,
  status: 'travelling',
  travel: { ...journey, status: 'departed' },
};

export const offered: Context = withAssignment(proposal);
export const offeredHostReady: Context = withAssignment(hostAccepted);
/** Who already agreed to be shown to the hospital is not asked again. */
export const offeredSharing: Context = {
  ...offered,
  person: offered.person && {
    ...offered.person,
    consents: { ...offered.person.consents, share_with_host_moh: 'given' },
  },
};
export const offerOver: Context = withAssignment({ ...proposal, status: 'released' });
export const itineraryProposed: Context = withAssignment(clearing);
export const itineraryLast: Context = withAssignment({
  ...leavingSoon,
  status: 'clearing',
  gates: withGate(green, 'G9', { state: 'in_progress' }),
  travel: journey,
});
export const beforeDeparture: Context = withAssignment(leavingSoon);
export const landing: Context = withAssignment(onTheWay);
export const several: Context = { ...interested, assignments: [agreedOn] };
export const offeredAndInterested: Context = { ...interested, assignments: [proposal] };
