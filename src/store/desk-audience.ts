import type pg from 'pg';
import type { AudienceCounts, CallRows } from '../app/desk/ports.ts';
import type { Save, Saved } from '../app/store.ts';
import { exclusions } from '../domain/audience.ts';
import { languages } from '../engine/message.ts';
import { save } from './save.ts';
import { type Seals, unseal } from './seal.ts';

/**
 * The audience of a call, judged by the database (a roster may have a million members): the same rules, in the same
 * order, as domain/audience.ts, which a test compares. Besides, nobody is told of one mission twice.
 */
const judged = `
  SELECT m.person_id, m.country, m.profession, p.lang, p.name, p.data_key, c.id AS conversation_id, a.channel,
    CASE
      WHEN m.status NOT IN ('active', 'submitted') THEN 'not_on_roster'
      WHEN NOT mi.countries ? m.country THEN 'other_country'
      WHEN NOT EXISTS (SELECT 1 FROM need n WHERE n.mission_id = mi.id AND n.status = 'published' AND n.profession = m.profession)
        THEN 'other_profession'
      WHEN p.opted_out_at IS NOT NULL THEN 'opted_out'
      WHEN (SELECT x.state FROM consent x WHERE x.person_id = p.id AND x.purpose = 'mission_calls' ORDER BY x.id DESC LIMIT 1)
        IS DISTINCT FROM 'given' THEN 'no_consent'
      WHEN c.id IS NULL OR c.blocked_at IS NOT NULL THEN 'unreachable'
      WHEN p.id IN (SELECT l.person_id FROM ledger l JOIN broadcast b ON b.id = l.broadcast_id
        WHERE b.mission_id = $1 AND b.kind = 'call' AND l.state <> 'cancelled' AND l.person_id IS NOT NULL) THEN 'already_told'
    END AS why
  FROM mission mi CROSS JOIN member m JOIN person p ON p.id = m.person_id
  LEFT JOIN LATERAL (
    SELECT x.id, x.blocked_at, x.account_id FROM conversation x WHERE x.person_id = p.id
    ORDER BY x.id = p.preferred_id DESC NULLS LAST, x.last_inbound_at DESC NULLS LAST LIMIT 1) c ON true
  LEFT JOIN account a ON a.id = c.account_id
  WHERE mi.id = $1`;

/** Most people of a large roster are passed over by work and country alone: these two are asked first, by an index. */
const near = `m.status IN ('active', 'submitted') AND mi.countries ? m.country
  AND m.profession IN (SELECT n.profession FROM need n WHERE n.mission_id = $1 AND n.status = 'published')`;
const narrowed = `${judged} AND ${near}`;

/** Why everybody else is left out: by what stands in one table, since those may be nearly all of a million. */
const passedOver = `
  SELECT CASE
      WHEN m.status NOT IN ('active', 'submitted') THEN 'not_on_roster'
      WHEN NOT mi.countries ? m.country THEN 'other_country'
      ELSE 'other_profession'
    END AS why, count(*)::int AS n
  FROM mission mi CROSS JOIN member m
  WHERE mi.id = $1 AND NOT (${near}) GROUP BY 1`;

export async function countAudience(db: pg.Pool, missionId: number): Promise<AudienceCounts> {
  const { rows } = await db.query<{
    why: string | null;
    lang: string;
    channel: string;
    country: string;
    n: number;
  }>(
    `SELECT why, lang, coalesce(channel, '') AS channel, country, count(*)::int AS n FROM (${narrowed}) j GROUP BY 1, 2, 3, 4
     UNION ALL SELECT why, '', '', '', n FROM (${passedOver}) o`,
    [missionId],
  );
  const selected = rows.filter(({ why }) => why === null);
  const sum = (some: typeof rows) => some.reduce((total, { n }) => total + n, 0);
  const by = (some: typeof rows, key: 'lang' | 'channel' | 'country' | 'why') => {
    const counts: { [value: string]: number } = {};
    for (const row of some) counts[row[key] ?? ''] = (counts[row[key] ?? ''] ?? 0) + row.n;
    return counts;
  };
  const zero = (keys: readonly string[]) => Object.fromEntries(keys.map((key) => [key, 0]));
  return {
    total: sum(rows),
    selected: sum(selected),
    byLang: { ...zero(languages), ...by(selected, 'lang') },
    byChannel: by(selected, 'channel'),
    byCountry: by(selected, 'country'),
    byExclusion: {
      ...zero([...exclusions, 'already_told']),
      ...by(
        rows.filter(({ why }) => why !== null),
        'why',
      ),
    },
  };
}

export async function nameAudience(
  db: pg.Pool,
  seals: Seals,
  missionId: number,
  limit: number,
): Promise<readonly (string | null)[]> {
  const { rows } = await db.query<{ name: string | null; data_key: Buffer | null }>(
    `SELECT name, data_key FROM (${narrowed}) j WHERE why IS NULL ORDER BY person_id LIMIT $2`,
    [missionId, limit],
  );
  return rows.map(({ name, data_key: key }) => (name && key ? unseal(seals.unwrap(key), name) : null));
}

/** The use case's own rows, and one ledger row for each recipient, or neither. */
export async function saveCall(
  db: pg.Pool,
  seals: Seals,
  coordinators: number | null,
  wanted: Save,
  call: CallRows,
): Promise<Saved> {
  const { key, broadcastId, missionId, opens, params } = call;
  return together(db, seals, coordinators, wanted, missionId, async (client, turn) => {
    const plain = Object.entries(params).map(([profession, values]) => ({
      profession,
      plain: { key, params: values },
    }));
    const { rows } = await client.query<{ n: number }>(
      `WITH told AS (SELECT * FROM jsonb_to_recordset($2) AS t(profession text, plain jsonb)),
       made AS (
         INSERT INTO ledger (conversation_id, turn_id, person_id, lane, class, key, lang, plain, opens, state, due_at, created_at, broadcast_id)
         SELECT j.conversation_id, $3, j.person_id, 'proactive', $4, $5, j.lang, told.plain, $6, 'queued', $7, $7, $8
         FROM (${narrowed}) j JOIN told USING (profession) WHERE j.why IS NULL ORDER BY j.person_id
         RETURNING id, state),
       history AS (INSERT INTO transition (ledger_id, at, state) SELECT id, $7, state FROM made)
       SELECT count(*)::int AS n FROM made`,
      [
        missionId,
        JSON.stringify(plain),
        turn,
        call.class,
        key,
        JSON.stringify(opens),
        wanted.at,
        broadcastId,
      ],
    );
    const made = rows[0]?.n ?? 0;
    return made === call.recipients ? made : null;
  });
}

export async function stopRows(
  db: pg.Pool,
  seals: Seals,
  coordinators: number | null,
  wanted: Save,
  { id: broadcastId, missionId }: { readonly id: number; readonly missionId: number },
): Promise<Saved> {
  return together(db, seals, coordinators, wanted, missionId, async (client) => {
    await client.query(
      `WITH gone AS (
         UPDATE ledger SET state = 'cancelled', reason = 'stopped' WHERE broadcast_id = $1 AND state IN ('queued', 'held') RETURNING id)
       INSERT INTO transition (ledger_id, at, state, detail) SELECT id, $2, 'cancelled', 'stopped' FROM gone`,
      [broadcastId, wanted.at],
    );
    return 0;
  });
}

/**
 * A save, and what has to be true with it, in one transaction, one at a time for a mission: two calls at once would
 * each find that nobody has been told. `more` answers how many rows it queued, null to take everything back.
 */
async function together(
  db: pg.Pool,
  seals: Seals,
  coordinators: number | null,
  wanted: Save,
  missionId: number,
  more: (client: pg.PoolClient, turn: number) => Promise<number | null>,
): Promise<Saved> {
  const client = await db.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1, $2)', [callLock, missionId]);
    // `save` only queries, which a client does as a pool does.
    const saved = await save(client as unknown as pg.Pool, seals, wanted, coordinators);
    const queued = saved.kind === 'saved' ? await more(client, saved.turn) : null;
    await client.query(queued === null ? 'ROLLBACK' : 'COMMIT');
    if (saved.kind !== 'saved') return saved;
    return queued === null ? { kind: 'stale' } : { ...saved, queued: saved.queued + queued };
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {}); // the first error tells more
    throw error;
  } finally {
    client.release();
  }
}

/** Names our advisory locks among others of the database; the second half is the mission. */
const callLock = 1_128_352_844;
