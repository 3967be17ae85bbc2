import { planAssignment } from './calendar.ts';
import { applicationLife, needLife, next } from './lifecycle.ts';
import type { Assignment, AssignmentStatus, Deed, DomainEvent, Travel, Value } from './model.ts';

/** What commands may change about an assignment, in the model's own words. */
export type AssignmentChange = Partial<
  Pick<
    Assignment,
    'status' | 'startsOn' | 'endsOn' | 'scope' | 'mode' | 'focalYesAt' | 'offeredAt' | 'offerEndsAt' | 'gates'
  >
>;
export type TravelChange = Partial<
  Pick<Travel, 'status' | 'legs' | 'departsAt' | 'arrivesAt' | 'pickup' | 'lodging' | 'dayBefore' | 'arrival'>
>;

/** What follows a change besides the row. */
export type Aftermath = {
  /** What becomes of the application when the assignment ends before it began; `release` unless said. */
  readonly application?: 'accept' | 'decline' | 'expire' | 'release';
  readonly reason?: string | null;
  /** Its mission was cancelled: nobody needs the post any more. */
  readonly dropPost?: true;
};

/**
 * The only way to change an assignment: the row, what hangs on its state (the member's window, the post, the
 * application; `assignment.agreed` when both have said yes), and all its timers planned anew.
 */
export function changeAssignment(
  assignment: Assignment,
  set: AssignmentChange,
  after: Aftermath = {},
): readonly Deed[] {
  return [
    updateAssignment(assignment, set),
    ...(set.status ? consequences(assignment, set.status, after) : []),
    planAssignment({ ...assignment, ...set }),
    ...(set.status === 'agreed' ? [happened('assignment.agreed', { ...assignment, ...set }, 'system')] : []),
  ];
}

/**
 * The only way to change a journey, with or without its assignment: one plan of timers for both.
 * Throws when the assignment has none: those from afar never ask about one.
 */
export function changeTravel(
  assignment: Assignment,
  set: TravelChange,
  also: AssignmentChange = {},
): readonly Deed[] {
  const { travel } = assignment;
  if (!travel) throw new Error(`${assignment.code} has no journey`);
  const next: Travel = { ...travel, ...set };
  const touchesPlan = set.legs !== undefined || set.pickup !== undefined || set.lodging !== undefined;
  const row: Deed = {
    kind: 'update',
    table: 'travel',
    id: travel.id,
    revision: travel.revision,
    owner: assignment.personId,
    set: {
      ...columnsOf(travelColumns, set),
      ...(touchesPlan && { plan: { legs: next.legs, pickup: next.pickup, lodging: next.lodging } }),
    },
  };
  const changed = Object.keys(also).length > 0 ? [updateAssignment(assignment, also)] : [];
  return [row, ...changed, planAssignment({ ...assignment, ...also, travel: next })];
}

/** Rows that follow an assignment from one state to another. */
function consequences(assignment: Assignment, to: AssignmentStatus, after: Aftermath): readonly Deed[] {
  const from = assignment.status;
  if (to === 'agreed')
    return [
      ...takePost(assignment),
      ...setWindow(assignment, 'used'),
      ...changeApplication(assignment, after),
    ];
  if (to === 'member_accepted') return changeApplication(assignment, after);
  // The member said yes and the host no: the yes is kept while a coordinator looks for another hospital.
  if (to === 'host_refused' && from === 'member_accepted') return [];
  const post = beyondAgreed.includes(from) && !after.dropPost ? freePost(assignment) : [];
  if (to === 'released' || to === 'host_refused') {
    return [
      ...changeApplication(assignment, { application: 'release', ...after }),
      ...setWindow(assignment, 'open'),
      ...post,
    ];
  }
  return to === 'proposed' ? [...reoffer(assignment), ...setWindow(assignment, 'held'), ...post] : [];
}

function takePost({ need }: Assignment): readonly Deed[] {
  const filled = need.taken + 1 >= need.posts ? next(needLife, need.status, 'fill') : null;
  // Written even when nothing changes: of two agreements at once on the last post, one has to look again.
  return [
    {
      kind: 'update',
      table: 'need',
      id: need.id,
      revision: need.revision,
      set: { status: filled ?? need.status },
    },
  ];
}

function freePost({ need }: Assignment): readonly Deed[] {
  const status = next(needLife, need.status, 'reopen');
  return status
    ? [{ kind: 'update', table: 'need', id: need.id, revision: need.revision, set: { status } }]
    : [];
}

/** Only a window that this assignment holds or uses is its to move. */
function setWindow({ window }: Assignment, status: 'open' | 'held' | 'used'): readonly Deed[] {
  if (!window || window.status === status || !['held', 'used'].includes(window.status)) return [];
  return [
    { kind: 'update', table: 'availability', id: window.id, revision: window.revision, set: { status } },
  ];
}

function changeApplication(
  { application }: Assignment,
  { application: event, reason }: Aftermath,
): readonly Deed[] {
  const status = event ? next(applicationLife, application.status, event) : null;
  if (!status) return [];
  const set = { status, ...(reason && { reason }) };
  return [{ kind: 'update', table: 'application', id: application.id, revision: application.revision, set }];
}

function reoffer({ application }: Assignment): readonly Deed[] {
  if (application.status !== 'accepted') return [];
  return [
    {
      kind: 'update',
      table: 'application',
      id: application.id,
      revision: application.revision,
      set: { status: 'offered' },
    },
  ];
}

function updateAssignment(assignment: Assignment, set: AssignmentChange): Deed {
  const { id, revision } = assignment;
  return { kind: 'update', table: 'assignment', id, revision, set: columnsOf(assignmentColumns, set) };
}

/** What every event about an assignment carries: codes, days and public names, nothing of the person. */
export type AssignmentFacts = {
  readonly assignmentId: number;
  readonly code: string;
  readonly personId: number;
  readonly coordinatorId: number;
  readonly hospitalId: number;
  readonly hospital: string;
  readonly department: string;
  readonly profession: string;
  readonly years: number;
  readonly levels: Assignment['profile']['levels'];
  readonly missionId: number;
  readonly mission: string;
  readonly title: Assignment['mission']['title'];
  readonly startsOn: string;
  readonly endsOn: string;
  readonly scope: Assignment['scope'];
  readonly mode: Assignment['mode'];
  readonly offerEndsAt: string;
  readonly zone: string;
};

export function factsOf(assignment: Assignment): AssignmentFacts {
  const {
    id,
    code,
    personId,
    coordinatorId,
    need,
    mission,
    profile,
    startsOn,
    endsOn,
    scope,
    mode,
    offerEndsAt,
    zone,
  } = assignment;
  return {
    assignmentId: id,
    code,
    personId,
    coordinatorId,
    hospitalId: need.hospital.id,
    hospital: need.hospital.name,
    department: need.department,
    profession: profile.profession,
    years: profile.years,
    levels: profile.levels,
    missionId: mission.id,
    mission: mission.code,
    title: mission.title,
    startsOn,
    endsOn,
    scope,
    mode,
    offerEndsAt,
    zone,
  };
}

/** An event whose subject is an assignment, with {@link AssignmentFacts} and what is special to it. */
export function happened(
  name: string,
  assignment: Assignment,
  by: DomainEvent['by'],
  more: { readonly [key: string]: Value } = {},
): Deed {
  const event: DomainEvent = {
    name,
    subject: { kind: 'assignment', id: assignment.id },
    by,
    data: { ...factsOf(assignment), ...more },
  };
  return { kind: 'event', event };
}

const beyondAgreed: readonly AssignmentStatus[] = ['agreed', 'clearing', 'ready_to_travel', 'hold'];

const assignmentColumns: Readonly<Record<keyof AssignmentChange, string>> = {
  status: 'status',
  startsOn: 'starts_on',
  endsOn: 'ends_on',
  scope: 'scope',
  mode: 'mode',
  focalYesAt: 'focal_yes_at',
  offeredAt: 'offered_at',
  offerEndsAt: 'offer_ends_at',
  gates: 'gates',
};

const travelColumns = {
  status: 'status',
  departsAt: 'departs_at',
  arrivesAt: 'arrives_at',
  dayBefore: 'day_before',
  arrival: 'arrival',
} as const;

function columnsOf(
  columns: Readonly<Record<string, string>>,
  set: { readonly [key: string]: unknown },
): { [column: string]: Value } {
  return Object.fromEntries(
    Object.entries(columns).flatMap(([key, column]) =>
      set[key] === undefined ? [] : [[column, set[key] as Value]],
    ), // every changeable field is a Value by its type
  );
}
