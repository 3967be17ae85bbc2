import type pg from 'pg';
import type { LiveSession, LiveSessions } from '../app/migrate-sessions.ts';
import { type Open, sessionFrom } from '../engine/session.ts';
import { openedFor } from './load.ts';
import { type Seals, seal, unseal } from './seal.ts';

/** So many rows are read at once. */
const batch = 500;

/** Everybody who is in the middle of something, for moving them from one version to the next. */
export function openLiveSessions(db: pg.Pool, seals: Seals): LiveSessions {
  return {
    async *sessions(versions) {
      for (let after = 0; ; ) {
        const { rows } = await db.query<{
          id: string;
          revision: number;
          session: string;
          data_key: Buffer;
          lang: string;
        }>(
          `SELECT id, revision, session, data_key FROM conversation
           WHERE flows <> '{}' AND flows && $1 AND id > $2 AND data_key IS NOT NULL ORDER BY id LIMIT ${batch}`,
          [versions, after],
        );
        for (const row of rows) yield readSession(row, seals);
        if (rows.length < batch) return;
        after = Number(rows.at(-1)?.id);
      }
    },
    async *messages(versions, now) {
      for (let after = 0; ; ) {
        const { rows } = await db.query<{ id: string; opens: Omit<Open, 'id' | 'at'> }>(
          `SELECT id, opens FROM ledger
           WHERE opens IS NOT NULL AND answered_at IS NULL AND state NOT IN ('failed', 'cancelled')
             AND created_at > $3::timestamptz - interval '${openedFor}'
             AND (opens->>'flow') || '@' || (opens->>'version') = ANY($1) AND id > $2 ORDER BY id LIMIT ${batch}`,
          [versions, after, now],
        );
        for (const { id, opens } of rows) yield { ...opens, id };
        if (rows.length < batch) return;
        after = Number(rows.at(-1)?.id);
      }
    },
    async moveSession(live, session, now) {
      const before = live.session.stack.at(-1);
      const after = session.stack.at(-1);
      const { rows } = await db.query<{ data_key: Buffer }>(
        'SELECT data_key FROM conversation WHERE id = $1',
        [live.id],
      );
      const wrapped = rows[0]?.data_key;
      if (!wrapped) return false; // erased meanwhile
      const { rowCount } = await db.query(
        `WITH moved AS (
           UPDATE conversation SET session = $3, flow = $4, flows = $5, revision = revision + 1
           WHERE id = $1 AND revision = $2 RETURNING id, revision)
         INSERT INTO turn (conversation_id, at, kind, flow, version, step_before, step_after, revision, trips, parked)
         SELECT id, $6, 'migrated', $4, $7, $8, $9, revision, 0, false FROM moved`,
        [
          live.id,
          live.revision,
          seal(seals.unwrap(wrapped), JSON.stringify(session)),
          after?.flow ?? null,
          session.stack.map(({ flow, version }) => `${flow}@${version}`),
          now,
          after?.version ?? null,
          before?.step ?? null,
          after?.step ?? null,
        ],
      );
      return rowCount === 1;
    },
    async moveMessage(id, opens) {
      await db.query('UPDATE ledger SET opens = $2 WHERE id = $1 AND answered_at IS NULL', [id, opens]);
    },
  };
}

function readSession(
  row: {
    readonly id: string;
    readonly revision: number;
    readonly session: string;
    readonly data_key: Buffer;
  },
  seals: Seals,
): LiveSession {
  const kept = sessionFrom(unseal(seals.unwrap(row.data_key), row.session));
  return { id: Number(row.id), revision: row.revision, session: kept };
}
