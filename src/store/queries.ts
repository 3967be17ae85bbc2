import { randomInt } from 'node:crypto';
import type pg from 'pg';
import type { Loaded } from '../app/store.ts';
import type { Need } from '../engine/flow.ts';
import { codeIndex, indexForm } from './save.ts';
import type { Seals } from './seal.ts';

/**
 * The named queries that commands may ask for between loading and saving (rule 7): ids and codes to use in
 * new rows, and look-ups that need a value the person typed. `trips` says how many round trips it took: none for
 * ids and codes that this process has in stock.
 */
export function openQueries(
  db: pg.Pool,
  seals: Seals,
): (need: Need, now: Date, loaded?: Loaded) => Promise<{ readonly value: unknown; readonly trips: number }> {
  const stock = openStock(db);
  return async ({ query, args }, now, loaded) => {
    if (query === 'newCode')
      return { value: { digits: String(randomInt(1_000_000)).padStart(6, '0') }, trips: 0 };
    if (query === 'fresh') return fresh(stock, args, now);
    const ready = loaded && readyAnswers[query]?.({ seals, args, now, loaded });
    if (ready) return { value: ready, trips: 0 };
    const run = queries[query];
    if (!run) throw new Error(`no query is named "${query}"`);
    return { value: await run({ db, seals, args, now }), trips: 1 };
  };
}

/** Answers that the load brought along. Undefined: it did not, so the database is asked. */
const readyAnswers: {
  readonly [query: string]: (asked: Omit<Asked, 'db'> & { readonly loaded: Loaded }) => object | undefined;
} = {
  code({ seals, args, now, loaded }) {
    const waiting = loaded.ready.codes.findLast(
      (code) => code.assignmentId === args['assignmentId'] && code.purpose === args['purpose'],
    );
    if (!waiting) return undefined;
    const { id, revision, tries, expiresAt, index } = waiting;
    const typed = codeIndex(seals, `code ${args['assignmentId']}`, String(args['code'])).toString('hex');
    return { id, revision, tries, right: typed === index, expired: new Date(expiresAt) < now };
  },
  director({ args, loaded }) {
    const { director } = loaded.ready;
    return director?.hospitalId === args['hospitalId'] ? (director ?? undefined) : undefined;
  },
};

type Asked = { readonly db: pg.Pool; readonly seals: Seals; readonly args: Need['args']; readonly now: Date };

const queries: { readonly [name: string]: (asked: Asked) => Promise<unknown> } = {
  invitation,
  code: oneTimeCode,
  same: samePerson,
  director,
};

/** What commands may ask for, for the flow check. */
export const queryNames: readonly string[] = ['fresh', 'newCode', ...Object.keys(queries)];

/** How a code reads that people see, by table; the number comes from a sequence and may have gaps (rule 3). */
const codes: { readonly [table: string]: (n: number, now: Date) => string } = {
  member: (n) => `D-${pad(n, 5)}`,
  mission: (n, now) => `M-${now.getUTCFullYear()}-${pad(n, 2)}`,
  need: (n) => `N-${pad(n, 4)}`,
  assignment: (n) => `A-${pad(n, 4)}`,
  ticket: (n) => `K-${pad(n, 4)}`,
  broadcast: (n) => `B-${pad(n, 4)}`,
  hospital: (n) => `H-${pad(n, 3)}`,
};

/** Ids and code numbers fetched ahead, by table; what a process does not use up is a gap, which codes may have. */
type Stock = {
  take(table: string, count: number): Promise<{ readonly rows: readonly Piece[]; readonly trips: number }>;
};
type Piece = { readonly id: number; readonly code: number | null };

const block = 10;

function openStock(db: pg.Pool): Stock {
  const shelves = new Map<string, Piece[]>();
  return {
    async take(table, count) {
      const shelf = shelves.get(table) ?? [];
      shelves.set(table, shelf);
      if (shelf.length >= count) return { rows: shelf.splice(0, count), trips: 0 };
      const { rows } = await db.query<Piece>({
        name: 'fresh',
        text: `SELECT nextval(pg_get_serial_sequence(quote_ident($1), 'id'))::int AS id,
            CASE WHEN to_regclass('code_' || $1) IS NOT NULL THEN nextval('code_' || $1)::int END AS code
          FROM generate_series(1, $2)`,
        values: [table, count + block],
      });
      shelf.push(...rows);
      return { rows: shelf.splice(0, count), trips: 1 };
    },
  };
}

/** `{ person: 1, member: 1 }` → `{ person: [12], member: [7], codes: { member: ['D-00231'] } }`. */
async function fresh(
  stock: Stock,
  args: Need['args'],
  now: Date,
): Promise<{ readonly value: unknown; readonly trips: number }> {
  const wanted = Object.entries(args);
  const taken = await Promise.all(wanted.map(([table, count]) => stock.take(table, Number(count))));
  const ids: { [table: string]: readonly number[] } = {};
  const made: { [table: string]: readonly string[] } = {};
  taken.forEach(({ rows }, i) => {
    const table = wanted[i]?.[0] ?? '';
    ids[table] = rows.map(({ id }) => id);
    const write = codes[table];
    if (write) made[table] = rows.flatMap(({ code }) => (code === null ? [] : [write(code, now)]));
  });
  // Asked for together, they are one wait.
  return { value: { ...ids, codes: made }, trips: Math.max(0, ...taken.map(({ trips }) => trips)) };
}

/** An invitation by the code a hospital's contact typed; null when there is none such. */
async function invitation({ db, seals, args, now }: Asked): Promise<unknown> {
  const { rows } = await db.query<{ found: unknown }>(
    `SELECT jsonb_build_object('id', i.id, 'revision', i.revision, 'role', i.role, 'used', i.used_by IS NOT NULL, 'expired', i.expires_at < $2,
       'hospital', jsonb_build_object('id', h.id, 'code', h.code, 'name', h.name, 'district', h.district)) AS found
     FROM invitation i JOIN hospital h ON h.id = i.hospital_id WHERE i.code_index = $1`,
    [codeIndex(seals, 'invitation', String(args['code'])), now],
  );
  return rows[0]?.found ?? null;
}

/** The hospital's DG, else a deputy, and whether they are reached by another address than this conversation's. */
async function director({ db, args }: Asked): Promise<unknown> {
  const { rows } = await db.query<{ found: unknown }>(
    `SELECT jsonb_build_object('personId', h.person_id, 'elsewhere', p.preferred_id IS NOT NULL AND p.preferred_id <> $2) AS found
     FROM host_contact h JOIN person p ON p.id = h.person_id
     WHERE h.hospital_id = $1 AND h.to_day IS NULL AND h.role IN ('dg', 'deputy') ORDER BY h.role = 'dg' DESC, h.id DESC LIMIT 1`,
    [args['hospitalId'], args['conversationId']],
  );
  return rows[0]?.found ?? null;
}

/** The newest unused one-time code for an assignment and purpose, and whether this is it. */
async function oneTimeCode({ db, seals, args, now }: Asked): Promise<unknown> {
  const index = codeIndex(seals, `code ${args['assignmentId']}`, String(args['code']));
  const { rows } = await db.query<{ found: unknown }>(
    `SELECT jsonb_build_object('id', id, 'revision', revision, 'right', code_index = $1, 'expired', expires_at < $2, 'tries', tries) AS found
     FROM one_time_code WHERE assignment_id = $3 AND used_at IS NULL AND purpose = $4 ORDER BY id DESC LIMIT 1`,
    [index, now, args['assignmentId'], args['purpose']],
  );
  return rows[0]?.found ?? null;
}

/** Persons who share a telephone, an e-mail or a name: a suspicion that a coordinator looks into, never a merge. */
async function samePerson({ db, seals, args }: Asked): Promise<unknown> {
  const index = (column: string) => {
    const value = args[column];
    return typeof value === 'string' && value !== '' ? seals.index(column, indexForm(column, value)) : null;
  };
  const { rows } = await db.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM person WHERE (phone_index = $1 OR email_index = $2 OR name_index = $3) AND id IS DISTINCT FROM $4`,
    [index('phone'), index('email'), index('name'), args['except'] ?? null],
  );
  return rows[0]?.n ?? 0;
}

function pad(n: number, width: number): string {
  return String(n).padStart(width, '0');
}
