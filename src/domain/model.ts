import type { Lang, Params } from '../engine/message.ts';

/**
 * The programme's nouns as conversations and use cases see them, already decrypted. Days are `YYYY-MM-DD`,
 * instants ISO strings in UTC, ids the database's own. `revision` is what a change must be based on (rule 7).
 */

type Row = { readonly id: number; readonly revision: number };

export const consentPurposes = [
  'service_messages',
  'profile_processing',
  'mission_calls',
  'share_with_host_moh',
  'photo_quote',
  'alumni',
] as const;
export type ConsentPurpose = (typeof consentPurposes)[number];

export type Role =
  | 'host_focal'
  | 'host_dg'
  | 'host_supervisor'
  | 'coord_rw'
  | 'coord_country'
  | 'moh'
  | 'duty'
  | 'dpo'
  | 'psea'
  | 'admin';

export type Person = Row & {
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly lang: Lang;
  /** IANA. */
  readonly zone: string;
  readonly optedOut: boolean;
  readonly consents: { readonly [purpose in ConsentPurpose]?: 'given' | 'refused' | 'withdrawn' };
};

export type MemberStatus =
  | 'registering'
  | 'submitted'
  | 'active'
  | 'paused'
  | 'unreachable'
  | 'dormant'
  | 'not_eligible'
  | 'suspended'
  | 'archived'
  | 'erased';

export type Member = Row & {
  /** `D-00231`. */
  readonly code: string;
  readonly personId: number;
  readonly status: MemberStatus;
  readonly country: string;
  readonly city: string | null;
  readonly profession: string;
  readonly professionText: string | null;
  readonly specialty: string | null;
  readonly years: number;
  readonly licensed: 'yes' | 'no' | 'expired';
  readonly levels: { readonly rw: number; readonly fr: number; readonly en: number };
  readonly nationalityGroup: string;
  readonly flags: readonly string[];
};

/** Availability. */
export type Window = Row & {
  readonly fromDay: string;
  readonly toDay: string;
  readonly minDays: number | null;
  readonly maxDays: number | null;
  readonly flexibleDays: number;
  readonly mode: 'physical' | 'virtual' | 'either';
  readonly hoursPerWeek: number | null;
  readonly certainty: 'firm' | 'tentative';
  readonly noticeWeeks: number | null;
  readonly status: 'open' | 'held' | 'used' | 'stale' | 'closed' | 'withdrawn';
};

export type Scope = 'hands_on' | 'supervised' | 'teaching_only';
export type Mode = 'physical' | 'virtual' | 'blended';

export type Hospital = {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly district: string;
};

export type Need = Row & {
  /** `N-0142`. */
  readonly code: string;
  readonly hospital: Hospital;
  readonly missionId: number | null;
  readonly department: string;
  readonly profession: string;
  readonly posts: number;
  /** Posts that have an assignment `agreed` or beyond, those that ended early not counted. */
  readonly taken: number;
  readonly scope: Scope;
  readonly mode: Mode;
  readonly objectives: string | null;
  readonly languages: readonly Lang[];
  readonly earliest: string;
  readonly latest: string;
  readonly minDays: number;
  readonly maxDays: number;
  readonly lodging: boolean;
  readonly status: 'draft' | 'submitted' | 'validated' | 'published' | 'filled' | 'closed' | 'withdrawn';
};

export type MissionStatus =
  | 'draft'
  | 'approved'
  | 'call_open'
  | 'selection'
  | 'confirmed'
  | 'preparing'
  | 'in_progress'
  | 'reporting'
  | 'closed'
  | 'postponed'
  | 'cancelled';

export type Mission = Row & {
  /** `M-2027-03`. */
  readonly code: string;
  readonly title: Readonly<Record<Lang, string>>;
  readonly status: MissionStatus;
  readonly opensOn: string;
  readonly closesOn: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly countries: readonly string[];
  /** Who approved it: staff ids; coord_rw and moh are both needed. */
  readonly approvals: readonly { readonly personId: number; readonly role: Role; readonly at: string }[];
};

export type ApplicationStatus =
  | 'invited'
  | 'interested'
  | 'complete'
  | 'late'
  | 'maybe'
  | 'declined'
  | 'shortlisted'
  | 'offered'
  | 'accepted'
  | 'expired'
  | 'waitlisted'
  | 'withdrawn'
  | 'not_selected';

export type Application = Row & {
  readonly personId: number;
  readonly missionId: number;
  readonly status: ApplicationStatus;
  /** Need ids in the member's order. */
  readonly needs: readonly number[];
  readonly fromDay: string | null;
  readonly toDay: string | null;
  readonly leave: 'agreed' | 'asked' | 'not_yet' | 'self_employed' | null;
  readonly motivation: string | null;
  readonly share: boolean | null;
  readonly reason: string | null;
  readonly remindOn: string | null;
};

/** An open call as a member sees it: the mission, its posts that match, and what the member said before. */
export type Call = {
  readonly mission: Mission;
  readonly needs: readonly Need[];
  readonly application: Application | null;
};

export const gateCodes = ['G1', 'G2', 'G3', 'G4', 'G5', 'G6', 'G7', 'G8', 'G9', 'G10', 'G11'] as const;
export type GateCode = (typeof gateCodes)[number];
export type Gate = {
  readonly state: 'not_needed' | 'open' | 'in_progress' | 'green' | 'red' | 'waived';
  readonly note?: string;
  readonly by?: number;
  readonly at?: string;
};

export type AssignmentStatus =
  | 'proposed'
  | 'host_accepted'
  | 'member_accepted'
  | 'agreed'
  | 'clearing'
  | 'ready_to_travel'
  | 'travelling'
  | 'arrived'
  | 'on_mission'
  | 'ended'
  | 'completed'
  | 'closed'
  | 'released'
  | 'host_refused'
  | 'hold';

export type Assignment = Row & {
  /** `A-0087`. */
  readonly code: string;
  readonly personId: number;
  /** What it came from and what it holds, with their revisions: they change with it. */
  readonly application: {
    readonly id: number;
    readonly revision: number;
    readonly status: ApplicationStatus;
  };
  readonly window: {
    readonly id: number;
    readonly revision: number;
    readonly status: Window['status'];
  } | null;
  /** The member's, IANA: days and hours of their reminders are counted in it. */
  readonly zone: string;
  readonly need: Need;
  readonly mission: {
    readonly id: number;
    readonly code: string;
    readonly title: Readonly<Record<Lang, string>>;
  };
  readonly startsOn: string;
  readonly endsOn: string;
  readonly scope: Scope;
  readonly mode: Mode;
  readonly status: AssignmentStatus;
  /** The focal point's yes is a field, not a state. */
  readonly focalYesAt: string | null;
  readonly offeredAt: string;
  /** End of the 72 hours for the member's answer. */
  readonly offerEndsAt: string;
  readonly coordinatorId: number;
  readonly gates: Readonly<Record<GateCode, Gate>>;
  readonly readiness: Readiness | null;
  readonly travel: Travel | null;
  /** What the host may see before acceptance: no name. */
  readonly profile: {
    readonly profession: string;
    readonly years: number;
    readonly levels: Member['levels'];
  };
  /** The member's name, only for the member and, after both acceptances, for the host. */
  readonly memberName: string | null;
};

export const readinessCodes = [
  'R1',
  'R2',
  'R3',
  'R4',
  'R5',
  'R6',
  'R7',
  'R8',
  'R9',
  'R10',
  'R11',
  'R12',
  'R13',
  'R14',
] as const;
export type ReadinessCode = (typeof readinessCodes)[number];
export type ReadinessAnswer = 'yes' | 'partly' | 'no' | 'na' | 'ask';
export type ReadinessItem = {
  readonly answer: ReadinessAnswer;
  readonly by: number;
  readonly at: string;
  /** "By when" of a partly or a no. */
  readonly neededBy?: string;
  readonly waivedBy?: number;
};
export type ReadinessStatus =
  | 'not_started'
  | 'open'
  | 'in_progress'
  | 'submitted'
  | 'confirmed'
  | 'reconfirmed'
  | 'at_risk'
  | 'not_ready';
export type Readiness = Row & {
  readonly assignmentId: number;
  readonly status: ReadinessStatus;
  readonly items: { readonly [code in ReadinessCode]?: ReadinessItem };
  /** What is missing, in the host's words (at most 280 characters). Encrypted. */
  readonly notes: { readonly [code in ReadinessCode]?: string };
};

export type Leg = {
  /** IATA. */
  readonly from: string;
  readonly to: string;
  readonly number: string;
  /** Local wall-clock times, `YYYY-MM-DDTHH:MM`. */
  readonly departs: string;
  readonly arrives: string;
};
export type TravelStatus =
  | 'empty'
  | 'proposed'
  | 'confirmed'
  | 'ticketed'
  | 'cleared'
  | 'departed'
  | 'arrived'
  | 'changed'
  | 'cancelled';
export type Travel = Row & {
  readonly assignmentId: number;
  readonly status: TravelStatus;
  readonly legs: readonly Leg[];
  /** First departure and last arrival, plain for timers. */
  readonly departsAt: string | null;
  readonly arrivesAt: string | null;
  readonly pickup: { readonly name: string; readonly phone: string } | null;
  readonly lodging: string | null;
  /** What the member said at the day-before question and on arrival. */
  readonly dayBefore: 'yes' | 'later' | 'no' | null;
  readonly arrival: 'met' | 'nobody' | 'delayed' | 'not_travelling' | null;
};

export type HostContact = Row & {
  readonly personId: number;
  readonly hospital: Hospital;
  readonly role: 'focal' | 'dg' | 'deputy' | 'supervisor' | 'logistics';
};

export type Staff = Row & { readonly personId: number; readonly role: Role; readonly country: string | null };

/** Loaded with every turn: the small part of the programme that this conversation's flows may read (rule 7). */
export type Context = {
  readonly conversation: { readonly id: number; readonly channel: 'whatsapp' | 'telegram' | 'slack' };
  readonly person: Person | null;
  /** The language a first message was surely written in. */
  readonly detected?: Lang | null;
  readonly member: Member | null;
  readonly windows: readonly Window[];
  readonly calls: readonly Call[];
  /** The member's own. */
  readonly assignments: readonly Assignment[];
  readonly host: {
    readonly contact: HostContact;
    /** Those at this hospital that are alive, proposals included. */
    readonly assignments: readonly Assignment[];
    /**
     * Contacts of this hospital who consented on this very address, where there are several (a ward phone, rule 1),
     * and until when the last answer to "who is answering?" holds (12 h after the address was last linked).
     */
    readonly sharing?: {
      readonly contacts: readonly {
        readonly personId: number;
        readonly role: HostContact['role'];
        readonly name?: string | null;
      }[];
      readonly knownUntil: string | null;
    };
  } | null;
  readonly staff: Staff | null;
  /** A code (see table one_time_code) waiting for this person: what it is for. */
  readonly codes: readonly {
    readonly id: number;
    readonly revision: number;
    readonly purpose: 'placement' | 'readiness';
    readonly assignmentId: number;
    readonly expiresAt: string;
    readonly tries: number;
  }[];
};

// ---------------------------------------------------------------- changes

/** Tables that commands may change, and what a new or changed row says. Columns by their database names. */
export type Table =
  | 'person'
  | 'member'
  | 'consent'
  | 'availability'
  | 'hospital'
  | 'host_contact'
  | 'invitation'
  | 'need'
  | 'mission'
  | 'application'
  | 'assignment'
  | 'readiness'
  | 'travel'
  | 'ticket'
  | 'one_time_code'
  | 'staff'
  | 'broadcast'
  | 'conversation';

export type Value =
  | string
  | number
  | boolean
  | null
  | readonly unknown[]
  | { readonly [key: string]: unknown };

/**
 * What a command wants saved. Values are plain: the store encrypts the columns that its table of sealed
 * columns names, with the data key of `owner` (a person's id).
 */
export type Deed =
  | {
      readonly kind: 'insert';
      readonly table: Table;
      readonly id: number;
      readonly owner?: number;
      readonly row: { readonly [column: string]: Value };
    }
  | {
      readonly kind: 'update';
      readonly table: Table;
      readonly id: number;
      readonly revision: number;
      readonly owner?: number;
      readonly set: { readonly [column: string]: Value };
    }
  /** Something happened that others may have to hear of (reactions) and that is audited. */
  | { readonly kind: 'event'; readonly event: DomainEvent }
  /** Destroys a person's data key and look-up values, and lets go of their addresses: nothing can be read again. */
  /** With `silentSince`, only if none of their addresses was written from since then. */
  | { readonly kind: 'erase'; readonly personId: number; readonly silentSince?: string }
  /** This address is not reminded to go on until its next word; a stranger who said STOP, not at all. */
  | { readonly kind: 'rest'; readonly stopped?: true }
  /** This address belongs to that person from now on. */
  | { readonly kind: 'link'; readonly personId: number }
  /** The wanted timers of one subject, all of them: the difference is stored (rule 22). */
  | { readonly kind: 'plan'; readonly subject: Subject; readonly timers: readonly PlannedTimer[] };

export type Subject = {
  readonly kind:
    | 'assignment'
    | 'mission'
    | 'application'
    | 'need'
    | 'person'
    | 'conversation'
    | 'readiness'
    | 'travel';
  readonly id: number;
};
export type PlannedTimer = { readonly line: string; readonly dueAt: string };

/** A fact of the programme, in the past tense. `data` carries what reactions need, never personal values. */
export type DomainEvent = {
  readonly name: string;
  readonly subject: Subject;
  /** Who did it: a person's id, or the system by a timer. */
  readonly by: number | 'system';
  readonly data: { readonly [key: string]: Value };
};

/** Whom a message is for; the store finds addresses and languages at the moment of saving. */
export type Recipient =
  | { readonly kind: 'person'; readonly personId: number }
  | { readonly kind: 'hospital'; readonly hospitalId: number; readonly roles: readonly HostContact['role'][] }
  | { readonly kind: 'coordinators' };

/** A proactive message (rule 12): a ledger row, never a change of anybody's session. */
export type Intent = {
  readonly kind: 'message';
  readonly to: Recipient;
  /** Text key; its class decides what may hold it (rule 13). */
  readonly key: string;
  readonly params: Params;
  /** The flow that an answer opens, at the step whose choices are shown. */
  readonly opens?: {
    readonly flow: string;
    readonly step: string;
    readonly data: { readonly [key: string]: Value };
  };
};
