import type pg from 'pg';
import type { TimerSubject, Timers } from '../app/wake.ts';
import type { Application, Mission } from '../domain/model.ts';
import { type RawAssignment, readAssignment } from './load.ts';
import { type Seals, unseal } from './seal.ts';

export function openTimers(db: pg.Pool, seals: Seals): Timers {
  return {
    async due(now, limit) {
      const { rows } = await db.query<{ id: string; subject_kind: string; subject_id: string; line: string }>(
        {
          name: 'due',
          text: 'SELECT id, subject_kind, subject_id, line FROM timer WHERE fired_at IS NULL AND due_at <= $1 ORDER BY due_at, id LIMIT $2',
          values: [now, limit],
        },
      );
      return rows.map((row) => ({
        id: Number(row.id),
        subject: { kind: row.subject_kind, id: Number(row.subject_id) },
        line: row.line,
      }));
    },
    async next(now) {
      const { rows } = await db.query<{ at: Date | null }>({
        name: 'next',
        text: `SELECT least((SELECT min(due_at) FROM timer WHERE fired_at IS NULL AND due_at > $1),
          (SELECT min(due_at) FROM ledger WHERE state IN ('queued', 'held') AND due_at > $1)) AS at`,
        values: [now],
      });
      return rows[0]?.at ?? null;
    },
    async subject({ subject: { kind, id } }) {
      const read = subjects[kind];
      return read ? read(db, seals, id) : null;
    },
  };
}

const subjects: {
  readonly [kind: string]: (db: pg.Pool, seals: Seals, id: number) => Promise<TimerSubject | null>;
} = {
  async assignment(db, seals, id) {
    const { rows } = await db.query<{ assignment: RawAssignment; key: string | null }>(
      'SELECT assignment, data_key::text AS key FROM assignment_json WHERE id = $1',
      [id],
    );
    return rows[0] ? { kind: 'assignment', assignment: readAssignment(rows[0], seals, 'staff') } : null;
  },
  async mission(db, _seals, id) {
    const { rows } = await db.query<{ mission: Mission }>('SELECT mission FROM mission_json WHERE id = $1', [
      id,
    ]);
    return rows[0] ? { kind: 'mission', mission: rows[0].mission } : null;
  },
  async application(db, seals, id) {
    const { rows } = await db.query<{ application: Application; mission: Mission; data_key: Buffer | null }>(
      `SELECT a.application, m.mission, p.data_key FROM application_json a
       JOIN mission_json m ON m.id = a.mission_id JOIN person p ON p.id = a.person_id WHERE a.id = $1`,
      [id],
    );
    const row = rows[0];
    if (!row) return null;
    const { motivation } = row.application;
    const opened =
      motivation !== null && row.data_key ? unseal(seals.unwrap(row.data_key), motivation) : null;
    return {
      kind: 'application',
      application: { ...row.application, motivation: opened },
      mission: row.mission,
    };
  },
};
