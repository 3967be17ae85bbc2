import type {
  Application,
  Assignment,
  Context,
  Deed,
  HostContact,
  Member,
  Person,
  Readiness,
  Travel,
  Value,
  Window,
} from '../../domain/model.ts';
import type { Answers, Need } from '../../engine/flow.ts';
import type { Random } from './random.ts';

/**
 * The programme of one walker, in memory: what commands want done is put into the context they read next, near
 * enough to the real store for a conversation to go on. It is no test of the store.
 */
export function applyDeeds(context: Context, deeds: readonly Deed[]): Context {
  return deeds.reduce(apply, context);
}

function apply(context: Context, deed: Deed): Context {
  switch (deed.kind) {
    case 'insert':
      return tables[deed.table]?.(context, deed.id, { ...deed.row, id: deed.id }, true) ?? context;
    case 'update':
      return tables[deed.table]?.(context, deed.id, deed.set, false) ?? context;
    case 'erase':
      return {
        ...context,
        person: null,
        member: null,
        windows: [],
        calls: [],
        assignments: [],
        host: null,
        codes: [],
      };
    default:
      return context;
  }
}

type Columns = { readonly [column: string]: Value };
type Change = (context: Context, id: number, set: Columns, isNew: boolean) => Context;

const tables: { readonly [table: string]: Change } = {
  person(context, id, set, isNew) {
    if (isNew) return { ...context, person: { ...nobody, ...namesOf(set), id } as Person }; // the columns of one row
    if (context.person?.id !== id) return context;
    const { opted_out_at: out, ...rest } = set;
    const optedOut = out === undefined ? context.person.optedOut : out !== null;
    return { ...context, person: { ...merged(context.person, rest), optedOut } };
  },
  consent(context, _, set) {
    const { person } = context;
    if (!person || set['person_id'] !== person.id) return context;
    const consents = { ...person.consents, [String(set['purpose'])]: set['state'] };
    return { ...context, person: { ...person, consents } };
  },
  member(context, id, set, isNew) {
    if (isNew)
      return { ...context, member: { ...unsaid, ...namesOf(set), revision: 0 } as unknown as Member }; // one row
    return context.member?.id === id ? { ...context, member: merged(context.member, set) } : context;
  },
  availability(context, id, set, isNew) {
    const added = isNew ? [{ ...unplanned, ...namesOf(set), revision: 0 } as Window] : []; // one row
    const windows = [...context.windows, ...added].map((window) =>
      window.id === id && !isNew ? merged(window, set) : window,
    );
    const open = windows.filter(({ status }) => ['open', 'held', 'used', 'stale'].includes(status));
    return eachAssignment({ ...context, windows: open }, (assignment) =>
      assignment.window?.id === id ? { ...assignment, window: merged(assignment.window, set) } : assignment,
    );
  },
  application(context, id, set, isNew) {
    const calls = context.calls.map((call) => {
      if (isNew && call.mission.id === set['mission_id'])
        return {
          ...call,
          application: { ...unapplied, ...namesOf(set), revision: 0 } as unknown as Application,
        }; // one row
      return call.application?.id === id ? { ...call, application: merged(call.application, set) } : call;
    });
    return eachAssignment({ ...context, calls }, (assignment) =>
      assignment.application.id === id
        ? { ...assignment, application: merged(assignment.application, set) }
        : assignment,
    );
  },
  assignment: (context, id, set) =>
    eachAssignment(context, (assignment) => (assignment.id === id ? merged(assignment, set) : assignment)),
  need: (context, id, set) =>
    eachAssignment(context, (assignment) =>
      assignment.need.id === id ? { ...assignment, need: merged(assignment.need, set) } : assignment,
    ),
  readiness: (context, id, set) =>
    eachAssignment(context, ({ readiness, ...rest }) => ({
      ...rest,
      readiness: readiness?.id === id ? (merged(readiness, set) as Readiness) : readiness,
    })),
  travel: (context, id, { plan, ...set }) =>
    eachAssignment(context, ({ travel, ...rest }) => ({
      ...rest,
      travel:
        travel?.id === id ? { ...(merged(travel, set) as Travel), ...(plan as Partial<Travel>) } : travel, // plan: as travel commands write it
    })),
  host_contact(context, id, set, isNew) {
    if (!isNew || !context.person) return context;
    const contact = {
      id,
      revision: 0,
      personId: context.person.id,
      hospital,
      role: set['role'],
    } as HostContact; // one row
    return { ...context, host: { contact, assignments: context.host?.assignments ?? [] } };
  },
  one_time_code(context, id, set, isNew) {
    if (isNew) return context; // it waits for the director, on another phone
    const codes = context.codes.map((code) => (code.id === id ? merged(code, set) : code));
    return { ...context, codes: 'used_at' in set ? codes.filter((code) => code.id !== id) : codes };
  },
};

const over: readonly string[] = ['released', 'closed', 'completed', 'host_refused'];

/** The same on both sides; what is over is not loaded any more. */
export function eachAssignment(context: Context, change: (assignment: Assignment) => Assignment): Context {
  const changed = (all: readonly Assignment[]) =>
    all.map(change).filter(({ status }) => !over.includes(status));
  const { host } = context;
  return {
    ...context,
    assignments: changed(context.assignments),
    ...(host && { host: { ...host, assignments: changed(host.assignments) } }),
  };
}

/** What the store would find: ids and codes, and right or wrong codes as chance has it. */
export function answerNeed({ query, args }: Need, random: Random, numbers: Numbers): unknown {
  const answer = queries[query];
  if (!answer) throw new Error(`a command asks for "${query}", which nobody answers`);
  return answer(args, random, numbers);
}

/** What is counted in a walker's world: new rows, and the wrong codes since the last right one. */
export type Numbers = { readonly nextId: () => number; wrongCodes: number };

type Query = (args: Answers, random: Random, numbers: Numbers) => unknown;
const queries: { readonly [query: string]: Query } = {
  fresh(args, _, { nextId }) {
    const ids: { [table: string]: number[] } = {};
    const codes: { [table: string]: string[] } = {};
    for (const [table, count] of Object.entries(args)) {
      ids[table] = Array.from({ length: Number(count) }, nextId);
      codes[table] = ids[table].map((id) => `${table.charAt(0).toUpperCase()}-${id}`);
    }
    return { ...ids, codes };
  },
  invitation: (_, random, { nextId }) =>
    random.chance(0.3)
      ? null
      : {
          id: nextId(),
          revision: 0,
          role: random.pick(['focal', 'dg', 'deputy', 'supervisor', 'logistics']),
          used: random.chance(0.1),
          expired: random.chance(0.1),
          hospital,
        },
  code(_, random, numbers) {
    if (random.chance(0.1)) return null;
    const right = random.chance(0.5);
    const tries = numbers.wrongCodes;
    numbers.wrongCodes = right ? 0 : tries + 1;
    return { id: numbers.nextId(), revision: 0, right, expired: random.chance(0.1), tries };
  },
  newCode: (_, random) => ({ digits: String(100_000 + random.below(900_000)) }),
  same: (_, random) => (random.chance(0.1) ? 1 : 0),
  director: (_, random) => (random.chance(0.2) ? null : { personId: 52, elsewhere: random.chance(0.7) }),
};

export const hospital = { id: 9, code: 'H-009', name: 'Kabgayi', district: 'Muhanga' };

const nobody = {
  revision: 0,
  name: null,
  phone: null,
  email: null,
  lang: 'en',
  zone: 'Africa/Kigali',
  optedOut: false,
  consents: {},
};
const unsaid = {
  status: 'submitted',
  city: null,
  professionText: null,
  specialty: null,
  nationalityGroup: '',
  flags: [],
};
const unplanned = {
  minDays: null,
  maxDays: null,
  flexibleDays: 0,
  hoursPerWeek: null,
  noticeWeeks: null,
  status: 'open',
};
const unapplied = {
  needs: [],
  fromDay: null,
  toDay: null,
  leave: null,
  motivation: null,
  share: null,
  reason: null,
  remindOn: null,
};

/** A row with new values, one revision on. */
function merged<T extends { readonly revision: number }>(row: T, set: Columns): T {
  return { ...row, ...namesOf(set), revision: row.revision + 1 };
}

/** Columns by their names in the model: `opted_out_at` is `optedOutAt`. */
function namesOf(set: Columns): Columns {
  return Object.fromEntries(
    Object.entries(set).map(([column, value]) => [
      column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}
