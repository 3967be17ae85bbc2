import { initialGates, withGate } from '../../domain/gates.ts';
import type {
  Assignment,
  Context,
  GateCode,
  HostContact,
  Member,
  Mission,
  Need,
  Person,
  Travel,
  Window,
} from '../../domain/model.ts';
import type { Answers } from '../../engine/flow.ts';
import { hospital } from './world.ts';

/** Where walkers begin: all invented. `opens` are the questions that the programme asks such a person unasked. */
export type Situation = {
  readonly name: string;
  readonly context: Context;
  readonly opens: readonly { readonly flow: string; readonly step: string; readonly data: Answers }[];
};

/** The day on which every walk begins. */
export const beginning = Date.parse('2026-11-23T08:00:00Z');

const stranger: Context = {
  conversation: { id: 31, channel: 'whatsapp' },
  person: null,
  member: null,
  windows: [],
  calls: [],
  assignments: [],
  host: null,
  staff: null,
  codes: [],
};

const diane: Person = {
  id: 12,
  revision: 1,
  name: 'Diane INGABIRE',
  phone: '+32470000012',
  email: null,
  lang: 'fr',
  zone: 'Europe/Brussels',
  optedOut: false,
  consents: { service_messages: 'given', profile_processing: 'given', mission_calls: 'given' },
};

const member: Member = {
  id: 7,
  revision: 0,
  code: 'D-00231',
  personId: 12,
  status: 'active',
  country: 'BE',
  city: 'Namur',
  profession: 'RN_GEN',
  professionText: null,
  specialty: null,
  years: 9,
  licensed: 'yes',
  levels: { rw: 3, fr: 3, en: 2 },
  nationalityGroup: 'dual',
  flags: [],
};

const window: Window = {
  id: 3,
  revision: 0,
  fromDay: '2027-03-01',
  toDay: '2027-06-30',
  minDays: 30,
  maxDays: 60,
  flexibleDays: 7,
  mode: 'physical',
  hoursPerWeek: null,
  certainty: 'firm',
  noticeWeeks: null,
  status: 'open',
};

const need: Need = {
  id: 41,
  revision: 2,
  code: 'N-0141',
  hospital,
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

const mission: Mission = {
  id: 3,
  revision: 4,
  code: 'M-2027-03',
  title: {
    rw: 'Abaforomo mu bitaro',
    fr: 'Soins infirmiers en district',
    en: 'Nurses in district hospitals',
  },
  status: 'call_open',
  opensOn: '2026-11-20',
  closesOn: '2026-12-20',
  startsOn: '2027-04-01',
  endsOn: '2027-06-30',
  countries: ['BE', 'DE', 'FR', 'GB', 'NL'],
  approvals: [],
};

const plan: Travel = {
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
  pickup: { name: 'Paul Nkusi', phone: '+250788000111' },
  lodging: 'Guest house, Muhanga',
  dayBefore: null,
  arrival: null,
};

const proposed: Assignment = {
  id: 87,
  revision: 3,
  code: 'A-0087',
  personId: 12,
  application: { id: 61, revision: 2, status: 'offered' },
  window: { id: 3, revision: 1, status: 'held' },
  zone: 'Europe/Brussels',
  need,
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
  travel: plan,
  profile: { profession: 'RN_GEN', years: 9, levels: { rw: 3, fr: 3, en: 2 } },
  memberName: 'Diane INGABIRE',
};
const gates = (Object.keys(proposed.gates) as GateCode[]).reduce(
  (all, code) => withGate(all, code, { state: 'green' }),
  proposed.gates,
); // keys of a record of gate codes
const agreed: Assignment = {
  ...proposed,
  status: 'agreed',
  focalYesAt: '2026-11-22T12:00:00.000Z',
  readiness: { id: 75, revision: 1, assignmentId: 87, status: 'open', items: {}, notes: {} },
};
const leaving: Assignment = {
  ...agreed,
  status: 'ready_to_travel',
  gates,
  travel: { ...plan, status: 'confirmed' },
};
const travelling: Assignment = { ...leaving, status: 'travelling', travel: { ...plan, status: 'departed' } };
const there: Assignment = {
  ...travelling,
  status: 'on_mission',
  travel: { ...plan, status: 'arrived', arrival: 'met' },
};
const submitted: Assignment = {
  ...agreed,
  status: 'clearing',
  readiness: {
    id: 75,
    revision: 6,
    assignmentId: 87,
    status: 'submitted',
    items: { R1: { answer: 'yes', by: 51, at: '2026-11-20T08:00:00Z' } },
    notes: {},
  },
};

const confirmed: Assignment = {
  ...submitted,
  readiness: {
    id: 75,
    revision: 7,
    assignmentId: 87,
    status: 'confirmed',
    items: { R1: { answer: 'yes', by: 51, at: '2026-11-20T08:00:00Z' } },
    notes: {},
  },
};

const known: Context = { ...stranger, person: diane, member, windows: [window] };
const mine = (...assignments: readonly Assignment[]): Context => ({ ...known, assignments });
const about = { assignmentId: 87 };

const focal: Person = {
  ...diane,
  id: 51,
  name: 'Jeanne MUKAMANA',
  phone: '+250788000051',
  zone: 'Africa/Kigali',
};
const hostOf = (role: HostContact['role'], ...assignments: readonly Assignment[]): Context => ({
  ...stranger,
  conversation: { id: 41, channel: 'whatsapp' },
  person: focal,
  host: { contact: { id: 21, revision: 0, personId: 51, hospital, role }, assignments },
});
const ward: Context = {
  ...hostOf('focal', proposed, { ...submitted, id: 88, code: 'A-0088' }),
  host: {
    contact: { id: 21, revision: 0, personId: 51, hospital, role: 'focal' },
    assignments: [proposed, { ...submitted, id: 88, code: 'A-0088' }],
    sharing: {
      contacts: [
        { personId: 51, role: 'focal' },
        { personId: 52, role: 'dg' },
      ],
      knownUntil: null,
    },
  },
};
const code = {
  id: 5,
  revision: 0,
  purpose: 'placement',
  assignmentId: 87,
  expiresAt: '2026-11-25T08:00:00Z',
  tries: 0,
} as const;

export const situations: readonly Situation[] = [
  { name: 'a stranger', context: stranger, opens: [] },
  {
    name: 'somebody who agreed',
    context: { ...stranger, person: { ...diane, name: null, phone: null } },
    opens: [{ flow: 'resume', step: 'answer', data: { to: 'registration' } }],
  },
  {
    name: 'a member without dates',
    context: { ...known, windows: [] },
    opens: [{ flow: 'resume', step: 'answer', data: { to: 'availability' } }],
  },
  {
    name: 'a member whose dates are old',
    context: { ...known, windows: [{ ...window, status: 'stale' }] },
    opens: [],
  },
  {
    name: 'a member who is called',
    context: {
      ...known,
      calls: [
        {
          mission,
          needs: [need, { ...need, id: 42, code: 'N-0142', department: 'Maternity' }],
          application: null,
        },
      ],
    },
    opens: [{ flow: 'call', step: 'answer', data: { missionId: 3 } }],
  },
  {
    name: 'a member with an offer',
    context: mine(proposed),
    opens: [{ flow: 'offer', step: 'answer', data: about }],
  },
  {
    name: 'a member who prepares',
    context: mine({ ...agreed, status: 'clearing' }),
    opens: [{ flow: 'itinerary', step: 'answer', data: about }],
  },
  {
    name: 'a member who leaves',
    context: mine(leaving),
    opens: [
      { flow: 'travel_card', step: 'answer', data: about },
      { flow: 'day_before', step: 'answer', data: about },
    ],
  },
  {
    name: 'a member on the way',
    context: mine(travelling),
    opens: [{ flow: 'arrival', step: 'answer', data: about }],
  },
  { name: 'a member on a mission', context: mine(there), opens: [] },
  { name: 'a member who said STOP', context: { ...known, person: { ...diane, optedOut: true } }, opens: [] },
  { name: 'a hospital without placements', context: hostOf('focal'), opens: [] },
  {
    name: 'a hospital that is asked',
    context: hostOf('focal', proposed),
    opens: [{ flow: 'placement', step: 'answer', data: about }],
  },
  {
    name: 'a hospital with a checklist',
    context: hostOf('focal', agreed),
    opens: [
      { flow: 'readiness', step: 'opened', data: about },
      { flow: 'readiness', step: 'item', data: { ...about, item: 'R4' } },
    ],
  },
  {
    name: 'a hospital that is ready',
    context: hostOf('focal', confirmed),
    opens: [{ flow: 'recheck', step: 'supervisor', data: about }],
  },
  {
    name: 'a hospital asked twice',
    context: hostOf('focal', proposed, { ...proposed, id: 88, code: 'A-0088' }),
    opens: [],
  },
  {
    name: 'a hospital that expects somebody',
    context: hostOf('focal', travelling),
    opens: [
      { flow: 'host_arrival', step: 'arrived', data: about },
      { flow: 'host_arrival', step: 'started', data: about },
    ],
  },
  {
    name: 'a director asked for digits',
    context: {
      ...hostOf(
        'dg',
        { ...proposed, focalYesAt: '2026-11-22T12:00:00.000Z' },
        { ...submitted, id: 88, code: 'A-0088' },
      ),
      codes: [code],
    },
    opens: [{ flow: 'sign_off', step: 'code', data: about }],
  },
  { name: 'a ward telephone', context: ward, opens: [{ flow: 'placement', step: 'answer', data: about }] },
  {
    name: 'a coordinator',
    context: {
      ...stranger,
      person: { ...diane, id: 40 },
      staff: { id: 2, revision: 0, personId: 40, role: 'coord_rw', country: null },
    },
    opens: [],
  },
];
