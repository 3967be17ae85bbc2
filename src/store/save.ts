import type pg from 'pg';
import type { DataKey, Outgoing, Place, Save, Saved } from '../app/store.ts';
import type { Deed, DomainEvent, PlannedTimer, Subject, Table, Value } from '../domain/model.ts';
import { nudgesFor } from '../domain/silence.ts';
import { type Seals, seal } from './seal.ts';

/** Saves a turn or a use case in one statement: everything, or nothing (rules 7, 8). */
export async function save(
  db: pg.Pool,
  seals: Seals,
  wanted: Save,
  coordinators: number | null,
): Promise<Saved> {
  const payload = JSON.stringify(payloadOf(wanted, seals, coordinators));
  try {
    const { rows } = await db.query<{ saved: Saved }>({
      name: 'save',
      text: 'SELECT save_turn($1) AS saved',
      values: [payload],
    });
    const saved = rows[0]?.saved;
    if (!saved) throw new Error('save_turn answers one row, always');
    return saved;
  } catch (error) {
    // IN409: a row moved on since it was read. 23505: two first messages of one address, or one code taken twice.
    const code = (error as { code?: unknown }).code;
    if (code === 'IN409' || code === '23505') return { kind: 'stale' };
    throw error;
  }
}

/** Columns encrypted with the owner's data key (rule 26). `name`, `phone` and `email` can also be found. */
const sealedColumns: { readonly [table in Table]?: readonly string[] } = {
  person: ['name', 'phone', 'email'],
  member: ['city', 'profession_text', 'specialty', 'nationality_group'],
  application: ['motivation'],
  readiness: ['notes'],
  travel: ['plan'],
};
const indexedColumns = new Set(['name', 'phone', 'email']);

function payloadOf(wanted: Save, seals: Seals, coordinators: number | null): unknown {
  const { conversation: c, deeds, at } = wanted;
  // A first message that could not be applied has no conversation yet whose key would be kept.
  const { parked } = wanted.turn;
  const key = c?.place.key ?? (parked?.id === null ? seals.own : parked?.key);
  const keys = new Map(wanted.keys);
  const linked = deeds.find((deed) => deed.kind === 'link')?.personId;
  return {
    at: at.toISOString(),
    coordinators,
    ...(wanted.fired !== undefined && { fired: wanted.fired }),
    ...(wanted.seen && { seen: wanted.seen }),
    ...(wanted.nudged && { nudged: { ...wanted.nudged, since: wanted.nudged.since.toISOString() } }),
    ...(c && {
      conversation: {
        ...placeOf(c.place),
        person_id: linked ?? c.personId,
        lang: c.lang,
        session: seal(c.place.key, JSON.stringify(c.session)),
        flow: busyWith(c.session.stack.at(-1)?.flow),
        flows: c.session.stack.map(({ flow, version }) => `${flow}@${version}`),
        last_inbound_at: c.lastInboundAt?.toISOString() ?? null,
        ...(c.lastInboundAt && { nudges_left: nudgesLeft(c.session.stack.at(-1)?.flow ?? null, deeds) }),
      },
    }),
    ...(linked !== undefined && { linked }),
    ...optedOut(deeds),
    ...erased(deeds),
    turn: {
      kind: wanted.turn.kind,
      event: key && wanted.turn.event !== undefined ? seal(key, wanted.turn.event) : null,
      flow: wanted.turn.flow,
      version: wanted.turn.version,
      step_before: wanted.turn.stepBefore,
      step_after: wanted.turn.stepAfter,
      trips: wanted.turn.trips,
      ...(wanted.turn.parked && { parked: true, conversation_id: wanted.turn.parked.id }),
      ...(wanted.nudged && { conversation_id: wanted.nudged.conversation }),
    },
    rows: deeds.flatMap((deed) =>
      rowOf(linked === undefined ? deed : withPhone(deed, linked, c?.place), keys, seals, at),
    ),
    plans: deeds.flatMap((deed) => (deed.kind === 'plan' ? [planOf(deed.subject, deed.timers)] : [])),
    messages: wanted.messages.map((message) => ({
      lane: message.lane,
      class: message.class,
      key: message.key,
      ...(message.to && { to: message.to }),
      message: sealedMessage(message, key, seals),
      opens: message.opens ?? null,
    })),
    answered: wanted.answered,
    audit: deeds.flatMap((deed) => (deed.kind === 'event' ? [auditOf(deed.event, seals)] : [])),
  };
}

/** A menu left open is not a conversation that something else would interrupt (rule 12). */
const menus: ReadonlySet<string> = new Set(['menu', 'host_menu', 'staff']);

function busyWith(flow: string | undefined): string | null {
  return flow === undefined || menus.has(flow) ? null : flow;
}

function placeOf(place: Place): object {
  // Of two names of one address, the store keeps whichever it did not know.
  const names = {
    address_index: hex(place.addressIndex),
    ...(place.aliasIndex && { alias_index: hex(place.aliasIndex) }),
  };
  if (place.id !== null) return { id: place.id, revision: place.revision, ...names };
  return {
    ...names,
    account_id: place.accountId,
    address: seal(place.key, place.address),
    data_key: place.wrappedKey && hex(place.wrappedKey),
  };
}

/**
 * A reply holds the person's values and goes under the conversation's key. A proactive message names people
 * instead of quoting them, and its reader's key is not known yet: it goes under our own.
 */
function sealedMessage({ message, plain }: Outgoing, key: DataKey | undefined, seals: Seals): string {
  if (message && key) return seal(key, JSON.stringify(message));
  if (plain) return seal(seals.own, JSON.stringify(plain));
  throw new Error('a ledger row without words');
}

/** On WhatsApp the address of a new person is their telephone, unless they hide it. */
function withPhone(deed: Deed, linked: number, place: Place | undefined): Deed {
  const isNew = deed.kind === 'insert' && deed.table === 'person' && deed.id === linked;
  if (!isNew || place?.channel !== 'whatsapp' || !/^\+\d{6,15}$/.test(place.address) || 'phone' in deed.row)
    return deed;
  return { ...deed, row: { ...deed.row, phone: place.address } };
}

/** Who did what to which subject, by keyed hashes only (rule 27). */
function auditOf({ name, subject, by }: DomainEvent, seals: Seals): object {
  const hash = (kind: string, id: number) => seals.index(`audit ${kind}`, String(id)).toString('hex');
  return {
    actor: by === 'system' ? by : hash('person', by),
    what: name,
    subject: `${subject.kind} ${hash(subject.kind, subject.id)}`,
  };
}

function rowOf(deed: Deed, keys: Map<number, DataKey>, seals: Seals, at: Date): unknown[] {
  if (deed.kind === 'insert') {
    const extra: { [column: string]: unknown } = {};
    if (deed.table === 'person') {
      const made = seals.newKey();
      keys.set(deed.id, made.key);
      extra['data_key'] = hex(made.wrapped);
    }
    const columns = {
      revision: 0,
      ...defaultsOf(deed.table, at),
      ...sealed(deed, deed.row, keys, seals),
      ...extra,
    };
    return [{ table: deed.table, insert: { id: deed.id, ...columns } }];
  }
  if (deed.kind === 'update') {
    return [
      { table: deed.table, id: deed.id, revision: deed.revision, set: sealed(deed, deed.set, keys, seals) },
    ];
  }
  return [];
}

function sealed(
  deed: Deed & { kind: 'insert' | 'update' },
  columns: { readonly [column: string]: Value },
  keys: Map<number, DataKey>,
  seals: Seals,
): object {
  const secret = sealedColumns[deed.table] ?? [];
  const owner = deed.owner ?? (deed.table === 'person' ? deed.id : undefined);
  const out: { [column: string]: unknown } = {};
  for (const [column, value] of Object.entries(columns)) {
    if (deed.table === 'one_time_code' && column === 'code_index') {
      out[column] = hex(codeIndex(seals, `code ${String(columns['assignment_id'])}`, String(value)));
      continue;
    }
    if (!secret.includes(column) || value === null) {
      out[column] = value;
      if (deed.table === 'person' && indexedColumns.has(column)) out[`${column}_index`] = null;
      continue;
    }
    const key = owner === undefined ? undefined : keys.get(owner);
    if (!key) throw new Error(`no data key for ${deed.table}.${column} of person ${owner ?? '?'}`);
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    out[column] = seal(key, text);
    if (deed.table === 'person' && indexedColumns.has(column))
      out[`${column}_index`] = hex(seals.index(column, indexForm(column, text)));
  }
  return out;
}

/** Codes are kept as keyed hashes only; case, spaces and dashes do not matter. */
export function codeIndex(seals: Seals, kind: string, code: string): Buffer {
  return seals.index(kind, code.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase());
}

/** Names are found whatever their order, accents and case (domain rule "duplicate suspicion"). */
export function indexForm(column: string, value: string): string {
  if (column !== 'name') return value.trim().toLowerCase();
  const plain = value.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return plain
    .split(/[^\p{L}]+/u)
    .filter(Boolean)
    .sort()
    .join(' ');
}

function optedOut(deeds: readonly Deed[]): { opted_out?: number } {
  const deed = deeds.find(
    (d) => d.kind === 'update' && d.table === 'person' && typeof d.set['opted_out_at'] === 'string',
  );
  return deed?.kind === 'update' ? { opted_out: deed.id } : {};
}

function erased(deeds: readonly Deed[]): { erased?: number; silent_since?: string } {
  const deed = deeds.find(({ kind }) => kind === 'erase');
  if (deed?.kind !== 'erase') return {};
  return { erased: deed.personId, ...(deed.silentSince && { silent_since: deed.silentSince }) };
}

/** A word of the person begins the reminders anew, unless it was one against them. */
function nudgesLeft(flow: string | null, deeds: readonly Deed[]): number {
  const rest = deeds.find(({ kind }) => kind === 'rest');
  if (rest?.kind !== 'rest') return nudgesFor(flow);
  return rest.stopped ? -1 : 0;
}

function planOf(subject: Subject, timers: readonly PlannedTimer[]): unknown {
  return { kind: subject.kind, id: subject.id, timers };
}

/** Columns that every insert must fill, since a populated record leaves database defaults aside. */
function defaultsOf(table: Table, at: Date): { [column: string]: unknown } {
  const iso = at.toISOString();
  switch (table) {
    case 'person':
    case 'application':
    case 'availability':
      return { created_at: iso };
    case 'consent':
      return { at: iso };
    case 'ticket':
      return { opened_at: iso };
    default:
      return {};
  }
}

function hex(bytes: Buffer): string {
  return `\\x${bytes.toString('hex')}`;
}
