import type { Assignment, Context, Member, Person, Window } from '../../../src/domain/model.ts';

/** People of the members' conversations; all invented. Conversation 31 is Aline's, on WhatsApp. */

/** Somebody of whom nothing is known but the address. */
export const stranger: Context = {
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

/** A stranger whose first message was surely French. */
export const frenchStranger: Context = { ...stranger, detected: 'fr' };

const aline: Person = {
  id: 12,
  revision: 1,
  name: null,
  phone: null,
  email: null,
  lang: 'fr',
  zone: 'Africa/Kigali',
  optedOut: false,
  consents: { service_messages: 'given', profile_processing: 'given', mission_calls: 'given' },
};

/** Has agreed, has not registered yet. */
export const agreed: Context = { ...stranger, person: aline };

const alineMember: Member = {
  id: 7,
  revision: 0,
  code: 'D-00231',
  personId: 12,
  status: 'submitted',
  country: 'BE',
  city: 'Liège',
  profession: 'RN_GEN',
  professionText: null,
  specialty: 'bloc opératoire',
  years: 8,
  licensed: 'yes',
  levels: { rw: 3, fr: 3, en: 2 },
  nationalityGroup: 'dual',
  flags: [],
};

/** Registered, with nothing planned yet. */
export const registered: Context = {
  ...stranger,
  person: { ...aline, name: 'Aline UWASE', phone: '+32470123456', zone: 'Europe/Brussels' },
  member: alineMember,
};

export const spring: Window = {
  id: 3,
  revision: 0,
  fromDay: '2027-03-01',
  toDay: '2027-04-30',
  minDays: 30,
  maxDays: 60,
  flexibleDays: 7,
  mode: 'physical',
  hoursPerWeek: null,
  certainty: 'firm',
  noticeWeeks: null,
  status: 'open',
};

export const available: Context = { ...registered, windows: [spring] };
export const staleDates: Context = { ...registered, windows: [{ ...spring, status: 'stale' }] };
export const heldDates: Context = { ...registered, windows: [{ ...spring, status: 'held' }] };
export const fiveWindows: Context = {
  ...registered,
  windows: [1, 2, 3, 4, 5].map((id) => ({
    ...spring,
    id,
    fromDay: `2027-0${id}-01`,
    toDay: `2027-0${id}-20`,
  })),
};

/** Said STOP some time ago. */
export const optedOut: Context = {
  ...registered,
  person: { ...aline, name: 'Aline UWASE', zone: 'Europe/Brussels', optedOut: true },
};

/** On a mission at this moment. */
export const onMission: Context = {
  ...registered,
  member: { ...alineMember, status: 'active' },
  assignments: [assignment('A-0087', 'on_mission')],
};

/** A call is open to her that she has not answered. */
export const invitedToApply: Context = {
  ...registered,
  calls: [
    {
      mission: {
        id: 4,
        revision: 2,
        code: 'M-2027-03',
        title: { rw: 'Gutera ikinya', fr: 'Anesthésie', en: 'Anaesthesia' },
        status: 'call_open',
        opensOn: '2026-11-16',
        closesOn: '2026-12-31',
        startsOn: '2027-03-01',
        endsOn: '2027-06-30',
        countries: ['BE'],
        approvals: [],
      },
      needs: [],
      application: null,
    },
  ],
};

function assignment(code: string, status: Assignment['status']): Assignment {
  return {
    id: 87,
    revision: 4,
    code,
    personId: 12,
    application: { id: 5, revision: 1, status: 'accepted' },
    window: { id: 3, revision: 1, status: 'used' },
    zone: 'Africa/Kigali',
    need: {
      id: 142,
      revision: 1,
      code: 'N-0142',
      hospital: { id: 9, code: 'H-009', name: 'Ibitaro bya Kibuye', district: 'Karongi' },
      missionId: 3,
      department: 'Surgery',
      profession: 'RN_GEN',
      posts: 1,
      taken: 1,
      scope: 'hands_on',
      mode: 'physical',
      objectives: null,
      languages: ['rw', 'fr'],
      earliest: '2026-11-01',
      latest: '2026-12-31',
      minDays: 14,
      maxDays: 60,
      lodging: true,
      status: 'filled',
    },
    mission: { id: 3, code: 'M-2026-03', title: { rw: 'Ububyaza', fr: 'Maternité', en: 'Maternity' } },
    startsOn: '2026-11-09',
    endsOn: '2026-12-12',
    scope: 'hands_on',
    mode: 'physical',
    status,
    focalYesAt: null,
    offeredAt: '2026-09-01T08:00:00.000Z',
    offerEndsAt: '2026-09-04T08:00:00.000Z',
    coordinatorId: 40,
    gates: {
      G1: { state: 'green' },
      G2: { state: 'green' },
      G3: { state: 'green' },
      G4: { state: 'green' },
      G5: { state: 'green' },
      G6: { state: 'green' },
      G7: { state: 'green' },
      G8: { state: 'green' },
      G9: { state: 'green' },
      G10: { state: 'green' },
      G11: { state: 'green' },
    },
    readiness: null,
    travel: null,
    profile: { profession: 'RN_GEN', years: 8, levels: { rw: 3, fr: 3, en: 2 } },
    memberName: 'Aline UWASE',
  };
}

/** A coordinator who writes on a messenger. */
export const coordinator: Context = {
  ...stranger,
  conversation: { id: 40, channel: 'telegram' },
  person: { ...aline, id: 40, name: 'Joseph NSHUTI', lang: 'en' },
  staff: { id: 2, revision: 0, personId: 40, role: 'coord_rw', country: null },
};
