import type { Actor } from '../../domain/actor.ts';
import type { Exclusion } from '../../domain/audience.ts';
import type { Fresh } from '../../domain/fresh.ts';
import type {
  Application,
  Assignment,
  Hospital,
  Member,
  Mission,
  Need,
  Person,
  Table,
  Window,
} from '../../domain/model.ts';
import type { Program } from '../../engine/flow.ts';
import type { Lang, Params } from '../../engine/message.ts';
import type { ClassOf } from '../commit.ts';
import type { ChannelName, Clock } from '../ports.ts';
import type { Save, Saved, Store } from '../store.ts';

/** Who works at the desk: staff of IOM or the ministry, known by their Slack id. */
export type Coordinator = Actor & { readonly country: string | null; readonly name: string | null };

/** What the coordinators' use cases need of the outside. */
export type DeskDeps = {
  readonly reads: DeskReads;
  readonly store: Pick<Store, 'save' | 'loadConversation'>;
  readonly program: Program;
  readonly classOf: ClassOf;
  readonly clock: Clock;
  /** Called after each commit: something may be waiting to leave. */
  readonly committed: () => void;
};

/**
 * What coordinators look at, by the codes they type. Null and empty mean "none such"; rights are the use cases'
 * affair. Names come whole and leave the use cases shortened.
 */
export type DeskReads = {
  staff(slackUser: string): Promise<Coordinator | null>;
  /** Where the events of the desk's front end are kept from happening twice: an account row. */
  account(): Promise<number>;
  fresh(counts: { readonly [table in Table]?: number }, now: Date): Promise<Fresh>;
  hospitals(): Promise<readonly Hospital[]>;
  hospital(code: string): Promise<Hospital | null>;
  need(code: string): Promise<Need | null>;
  needs(statuses: readonly Need['status'][]): Promise<readonly Need[]>;
  mission(code: string): Promise<Mission | null>;
  missionById(id: number): Promise<Mission | null>;
  missions(): Promise<readonly MissionLine[]>;
  missionNeeds(missionId: number): Promise<readonly Need[]>;
  member(code: string): Promise<MemberFile | null>;
  members(status: Member['status']): Promise<readonly MemberLine[]>;
  application(personId: number, missionId: number): Promise<Application | null>;
  /** Who answered a call, or every call that is not over when null. */
  applicants(missionId: number | null): Promise<readonly ApplicantRow[]>;
  assignment(code: string): Promise<DeskAssignment | null>;
  /** Those that are alive, the next to begin first. */
  assignments(): Promise<readonly DeskAssignment[]>;
  /** Of one member, past ones too. */
  assignmentsOf(personId: number): Promise<readonly Assignment[]>;
  ticket(code: string): Promise<Ticket | null>;
  tickets(): Promise<readonly Ticket[]>;
  /** Messages that did not arrive in the last 30 days and that nothing took the place of, the newest first. */
  deadLetters(now: Date): Promise<readonly DeadLetter[]>;
  deadLetter(id: number): Promise<DeadLetter | null>;
  /** Saves, and queues the same words in a new row. `stale` when another row has taken its place already. */
  sendAgain(wanted: Save, id: number): Promise<Saved>;
  broadcast(code: string): Promise<Broadcast | null>;
  broadcasts(statuses: readonly BroadcastStatus[]): Promise<readonly Broadcast[]>;
  /** How far a broadcast has come: rows by state, answers apart (rule 16: derived, never stored). */
  progress(broadcastId: number): Promise<Readonly<Record<string, number>>>;
  audience(missionId: number): Promise<AudienceCounts>;
  /** Names of the first few that a call would reach. */
  audienceNames(missionId: number, limit: number): Promise<readonly (string | null)[]>;
  /**
   * Saves, and makes the ledger rows of everybody in the audience at this moment, in one transaction and one
   * statement for all recipients. `stale` also when they are not as many as the use case has shown and written down.
   */
  saveCall(wanted: Save, call: CallRows): Promise<Saved>;
  /** Saves, and cancels what has not left yet. */
  stopBroadcast(wanted: Save, broadcast: Pick<Broadcast, 'id' | 'missionId'>): Promise<Saved>;
};

export type CallRows = {
  readonly broadcastId: number;
  readonly missionId: number;
  /** How many there should be. */
  readonly recipients: number;
  readonly key: string;
  readonly class: string;
  /** What each profession is told: the posts differ. */
  readonly params: { readonly [profession: string]: Params };
  readonly opens: {
    readonly flow: string;
    readonly version: number;
    readonly step: string;
    readonly data: object;
  };
};

/** An assignment, and whose it is. */
export type DeskAssignment = Assignment & { readonly memberCode: string; readonly country: string };

export type MemberFile = {
  readonly person: Person;
  readonly member: Member;
  readonly windows: readonly Window[];
};
export type MemberLine = Pick<Member, 'code' | 'status' | 'profession' | 'country' | 'years' | 'flags'> & {
  readonly name: string | null;
};
export type ApplicantRow = {
  readonly application: Application;
  readonly missionCode: string;
  readonly member: MemberLine & Pick<Member, 'levels' | 'licensed'>;
};
export type MissionLine = { readonly mission: Mission; readonly posts: number; readonly interested: number };

export type Ticket = {
  readonly id: number;
  readonly revision: number;
  readonly code: string;
  readonly conversationId: number | null;
  readonly personId: number | null;
  readonly reason: string;
  readonly status: 'open' | 'assigned' | 'resolved' | 'closed';
  readonly flow: string | null;
  readonly openedAt: string;
  /** Whose conversation it is, where that is known. */
  readonly name: string | null;
  readonly memberCode: string | null;
  readonly country: string | null;
};

/** A message that did not arrive. */
export type DeadLetter = {
  readonly id: number;
  readonly conversationId: number;
  /** The text's key; its words may be private. */
  readonly key: string;
  readonly reason: string;
  /** When it was tried last. */
  readonly at: string;
  readonly channel: ChannelName;
  /** A member's or a hospital's; null for somebody not known, and for the coordinators' channel. */
  readonly code: string | null;
  readonly name: string | null;
  readonly country: string | null;
  /** The person wants no messages, and this is no reply. */
  readonly optedOut: boolean;
};

export type BroadcastStatus = 'waiting' | 'sent' | 'stopped';
export type Broadcast = {
  readonly id: number;
  readonly revision: number;
  readonly code: string;
  readonly missionId: number;
  readonly missionCode: string;
  readonly status: BroadcastStatus;
  readonly createdBy: number;
  readonly preview: AudienceCounts | null;
};

/** The audience of a call in numbers: every candidate is in `selected` or under one exclusion. */
export type AudienceCounts = {
  readonly total: number;
  readonly selected: number;
  readonly byLang: { readonly [lang in Lang]?: number };
  readonly byChannel: { readonly [channel in ChannelName]?: number };
  readonly byCountry: { readonly [country: string]: number };
  /** Beside the audience's own rules: who was told of this mission before is not told again. */
  readonly byExclusion: { readonly [why in Exclusion | 'already_told']?: number };
};
