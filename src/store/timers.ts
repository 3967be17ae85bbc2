import type pg from 'pg';
import type { TimerSubject, Timers } from '../app/wake.ts';
import type { Application, Mission } from '../domain/model.ts';
import { reachable } from './away.ts';
import { type RawAssignment, readAssignment } from './load.ts';
import { type Seals, unseal } from './seal.ts';
import { nextNudge } from './silence.ts';

export function openTimers(db: pg.Pool, seals: Seals): Timers {
  return {
    due: (now, limit) =>
      reachable(async () => {
        const { rows } = await db.query<{
          id: string;
          subject_kind: string;
          subject_id: string;
          line: string;
        }>({ name: 'due', text: dueSql, values: [now, limit] });
        return rows.map((row) => ({
          id: Number(row.id),
          subject: { kind: row.subject_kind, id: Number(row.subject_id) },
          line: row.line,
        }));
      }),
    setAside: ({ id }) =>
      reachable(async () => {
        const { rows } = await db.query<{ tries: number }>({
          name: 'set_aside',
          text: setAsideSql,
          values: [id],
        });
        return rows[0]?.tries ?? 0;
      }),
    async next(now) {
      const { rows } = await db.query<{ at: Date | null }>({
        name: 'next',
        text: `SELECT least((SELECT min(due_at) FROM timer WHERE fired_at IS NULL AND due_at > $1),
          (SELECT min(due_at) FROM ledger WHERE state IN ('queued', 'held') AND due_at > $1)) AS at`,
        values: [now],
      });
      return earlier(rows[0]?.at ?? null, await nextNudge(db, now));
    },
    subject: ({ subject: { kind, id } }) =>
      reachable(async () => {
        const read = subjects[kind];
        if (!read) throw new Error(`nobody knows what a timer of "${kind}" is about`);
        return read(db, seals, id);
      }),
  };
}

/** A timer that failed comes again after half a minute, then twice as late each time, every hour at the longest. */
const firstRetrySeconds = 30;
const longestRetrySeconds = 3600;

// Whatever is set aside holds up the steps that follow it on its own ladder, so that nobody is asked why they did not
// answer what they were not asked; and nothing else.
const dueSql = `
SELECT t.id, t.subject_kind, t.subject_id, t.line FROM timer t
WHERE t.fired_at IS NULL AND t.due_at <= $1 AND (t.retry_at IS NULL OR t.retry_at <= clock_timestamp())
  AND NOT EXISTS (SELECT 1 FROM timer w WHERE w.subject_kind = t.subject_kind AND w.subject_id = t.subject_id
    AND w.fired_at IS NULL AND w.due_at < t.due_at AND w.retry_at > clock_timestamp()
    AND split_part(w.line, '.', 1) = split_part(t.line, '.', 1))
ORDER BY t.due_at, t.id LIMIT $2`;

const setAsideSql = `
UPDATE timer SET tries = tries + 1,
  retry_at = clock_timestamp() + least(${firstRetrySeconds} * 2 ^ least(tries, 20), ${longestRetrySeconds}) * interval '1 second'
WHERE id = $1 AND fired_at IS NULL RETURNING tries`;

function earlier(a: Date | null, b: Date | null): Date | null {
  if (!a || !b) return a ?? b;
  return a < b ? a : b;
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
  /** Null for everybody who is more than a draft, or nobody any more. */
  async person(db, _seals, id) {
    const { rows } = await db.query<{ zone: string; last_word: Date; ticket: boolean }>(
      `SELECT p.zone, coalesce(max(c.last_inbound_at), p.created_at) AS last_word,
         EXISTS (SELECT 1 FROM ticket t WHERE t.status IN ('open', 'assigned')
           AND (t.person_id = p.id OR t.conversation_id IN (SELECT x.id FROM conversation x WHERE x.person_id = p.id))) AS ticket
       FROM person p LEFT JOIN conversation c ON c.person_id = p.id
       WHERE p.id = $1 AND p.data_key IS NOT NULL AND NOT EXISTS (SELECT 1 FROM member m WHERE m.person_id = p.id)
         AND NOT EXISTS (SELECT 1 FROM host_contact h WHERE h.person_id = p.id) AND NOT EXISTS (SELECT 1 FROM staff s WHERE s.person_id = p.id)
       GROUP BY p.id`,
      [id],
    );
    const row = rows[0];
    if (!row) return null;
    const { zone, last_word, ticket } = row;
    return {
      kind: 'person',
      draft: { personId: id, zone, lastWordAt: last_word.toISOString(), ticketOpen: ticket },
    };
  },
};
