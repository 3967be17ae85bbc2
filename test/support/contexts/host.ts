import { initialGates } from '../../../src/domain/gates.ts';
import type {
  Assignment,
  Context,
  Hospital,
  HostContact,
  Person,
  ReadinessCode,
  ReadinessItem,
  ReadinessStatus,
} from '../../../src/domain/model.ts';
import { itemRules } from '../../../src/domain/readiness-items.ts';

/** A hospital's people and placements; all invented. Conversation 41 is Jeanne's, the focal point of Kabgayi. */

export const kabgayi: Hospital = { id: 9, code: 'H-009', name: 'Kabgayi', district: 'Muhanga' };

const jeanne: Person = {
  id: 51,
  revision: 2,
  name: 'Jeanne MUKAMANA',
  phone: '+250788000051',
  email: null,
  lang: 'fr',
  zone: 'Africa/Kigali',
  optedOut: false,
  consents: { service_messages: 'given', profile_processing: 'given' },
};
const director: Person = { ...jeanne, id: 52, name: 'Dr Charles HABIMANA', phone: '+250788000052' };

/** Somebody with an invitation in hand, known by nothing but the address. */
export const invited: Context = {
  conversation: { id: 41, channel: 'whatsapp' },
  person: null,
  member: null,
  windows: [],
  calls: [],
  assignments: [],
  host: null,
  staff: null,
  codes: [],
};

/** T is 4 May 2027; offered on 1 February to an anaesthetist from Belgium; the member has not answered. */
export const proposal: Assignment = {
  id: 87,
  revision: 3,
  code: 'A-0087',
  personId: 12,
  application: { id: 61, revision: 1, status: 'offered' },
  window: { id: 5, revision: 1, status: 'held' },
  zone: 'Europe/Brussels',
  need: {
    id: 142,
    revision: 4,
    code: 'N-0142',
    hospital: kabgayi,
    missionId: 3,
    department: 'Bloc opératoire',
    profession: 'MD_ANAES',
    posts: 1,
    taken: 0,
    scope: 'supervised',
    mode: 'physical',
    objectives: null,
    languages: ['fr'],
    earliest: '2027-04-01',
    latest: '2027-08-31',
    minDays: 14,
    maxDays: 60,
    lodging: true,
    status: 'published',
  },
  mission: {
    id: 3,
    code: 'M-2027-03',
    title: { rw: 'Ikinya 2027', fr: 'Anesthésie 2027', en: 'Anaesthesia 2027' },
  },
  startsOn: '2027-05-04',
  endsOn: '2027-06-03',
  scope: 'supervised',
  mode: 'physical',
  status: 'proposed',
  focalYesAt: null,
  offeredAt: '2027-02-01T08:00:00.000Z',
  offerEndsAt: '2027-02-04T08:00:00.000Z',
  coordinatorId: 71,
  gates: initialGates('physical', 'supervised'),
  readiness: { id: 33, revision: 0, assignmentId: 87, status: 'not_started', items: {}, notes: {} },
  travel: null,
  profile: { profession: 'MD_ANAES', years: 8, levels: { rw: 3, fr: 3, en: 2 } },
  memberName: null,
};

/** Said yes to by the focal point on 2 February; the director's digits are awaited. */
export const focalSaidYes: Assignment = { ...proposal, revision: 4, focalYesAt: '2027-02-02T09:00:00.000Z' };

/** Both sides said yes; the checklist is open and holds only the director's consent. */
export const agreedPlacement: Assignment = {
  ...focalSaidYes,
  revision: 6,
  status: 'agreed',
  readiness: withItems({ R1: said('yes') }, 'open'),
};

/** Every item answered yes but these. */
export function checklist(open: readonly ReadinessCode[], status: ReadinessStatus): Assignment {
  const codes = itemRules.map(({ code }) => code).filter((code) => code !== 'R3' && !open.includes(code));
  const items = Object.fromEntries(codes.map((code) => [code, said('yes')]));
  return { ...agreedPlacement, status: 'clearing', readiness: withItems(items, status) };
}

export function said(answer: ReadinessItem['answer'], at = '2027-02-03T09:00:00.000Z'): ReadinessItem {
  return { answer, by: 51, at };
}

function withItems(
  items: { readonly [code in ReadinessCode]?: ReadinessItem },
  status: ReadinessStatus,
): NonNullable<Assignment['readiness']> {
  return { id: 33, revision: 5, assignmentId: 87, status, items, notes: {} };
}

/** Jeanne's phone, with these placements. */
export function focal(...assignments: readonly Assignment[]): Context {
  return { ...invited, person: jeanne, host: { contact: contactOf(51, 'focal'), assignments } };
}

/** The director's own phone. */
export function dg(...assignments: readonly Assignment[]): Context {
  return {
    ...invited,
    conversation: { id: 42, channel: 'whatsapp' },
    person: director,
    host: { contact: contactOf(52, 'dg'), assignments },
  };
}

/** The ward phone: it belonged to Jeanne last, and nobody said today who holds it. */
export function wardPhone(...assignments: readonly Assignment[]): Context {
  const contacts = [
    { personId: 51, role: 'focal', name: jeanne.name },
    { personId: 52, role: 'dg', name: director.name },
  ] as const;
  return {
    ...invited,
    person: jeanne,
    host: { contact: contactOf(51, 'focal'), assignments, sharing: { contacts, knownUntil: null } },
  };
}

function contactOf(personId: number, role: HostContact['role']): HostContact {
  return { id: personId - 30, revision: 0, personId, hospital: kabgayi, role };
}

// ---------------------------------------------------------------- situations, as transcripts call them

const second: Assignment = {
  ...proposal,
  id: 88,
  code: 'A-0088',
  need: { ...proposal.need, department: 'Maternité' },
  profile: { ...proposal.profile, profession: 'MIDWIFE', years: 12 },
};

export const focalAtRest = focal();
export const focalAsked = focal(proposal);
export const focalAskedTwice = focal(proposal, second);
export const focalAnswered = focal(focalSaidYes);
export const focalWithList = focal(agreedPlacement);
/** Hands-on work: the letter for the council is on the list too. */
export const focalHandsOn = focal({ ...agreedPlacement, scope: 'hands_on' });
export const focalNearlyDone = focal(checklist(['R14'], 'in_progress'));
export const focalLateWithLodging = focal(checklist(['R5', 'R7'], 'at_risk'));
export const focalDone = focal(checklist([], 'submitted'));
export const focalReady = focal(checklist([], 'confirmed'));
export const dgAtRest = dg();
export const dgAsked = dg(focalSaidYes);
/** Two placements wait for the director's digits. */
export const dgAskedTwice = dg(focalSaidYes, { ...second, focalYesAt: focalSaidYes.focalYesAt });
export const dgAskedForReadiness = dg(checklist([], 'submitted'));
export const wardAsked = wardPhone(proposal);
export const wardSigning = wardPhone(focalSaidYes);
export const wardWithList = wardPhone(agreedPlacement);
/** The member says they are late, or is there; the host is asked what it saw. */
export const focalExpecting = focal({ ...agreedPlacement, status: 'travelling', travel: journey(null) });
export const focalExpectingLate = focal({
  ...agreedPlacement,
  status: 'travelling',
  travel: journey('delayed'),
});
export const focalFirstDay = focal({ ...agreedPlacement, status: 'arrived', travel: journey('met') });

function journey(arrival: NonNullable<Assignment['travel']>['arrival']): NonNullable<Assignment['travel']> {
  return {
    id: 44,
    revision: 7,
    assignmentId: 87,
    status: arrival === 'met' ? 'arrived' : 'departed',
    legs: [],
    departsAt: '2027-05-02T08:00:00.000Z',
    arrivesAt: '2027-05-02T18:00:00.000Z',
    pickup: null,
    lodging: null,
    dayBefore: 'yes',
    arrival,
  };
}

/** The list as it stands after the first answers of a conversation. */
export const focalTwoDone = focal(withAnswers({ R1: said('yes'), R2: said('yes') }));
export const focalThreeSaid = focal(
  withAnswers({ R1: said('yes'), R2: said('yes'), R4: { ...said('partly'), neededBy: '2027-04-01' } }),
);
export const focalSubmittedWithoutPhone = focal(checklist(['R7'], 'submitted'));

function withAnswers(items: Parameters<typeof withItems>[0]): Assignment {
  return { ...agreedPlacement, readiness: withItems(items, 'in_progress') };
}
