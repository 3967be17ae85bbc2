import type pg from 'pg';
import type { TimerSubject, Timers } from '../app/wake.ts';
import type { FactsNeeded } from '../domain/fire.ts';
import type { Question, Standing } from '../domain/late.ts';
import type { Application, Assignment, Mission } from '../domain/model.ts';
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
          tries: number;
        }>({ name: 'due', text: dueSql, values: [now, limit] });
        return rows.map((row) => ({
          id: Number(row.id),
          subject: { kind: row.subject_kind, id: Number(row.subject_id) },
          line: row.line,
          tries: row.tries,
        }));
      }),
    next: (now) =>
      reachable(async () => {
        const { rows } = await db.query<{ at: Date | null }>({ name: 'next', text: nextSql, values: [now] });
        return earlier(rows[0]?.at ?? null, await nextNudge(db, now));
      }),
    subject: ({ subject: { kind, id } }) =>
      reachable(async () => {
        const read = subjects[kind];
        if (!read) throw new Error(`nobody knows what a timer of "${kind}" is about`);
        return read(db, seals, id);
      }),
    facts: (assignment, { ladder, question }) =>
      reachable(async () => ({
        ladder: ladder ? await standings(db, assignment.id) : [],
        question: question && (await questionOf(db, assignment, question)),
      })),
    wait: ({ id }, until, tries) =>
      reachable(async () => {
        await db.query({
          name: 'wait',
          text: 'UPDATE timer SET wait_until = $2, tries = $3 WHERE id = $1 AND fired_at IS NULL',
          values: [id, until, tries],
        });
      }),
  };
}

// What failed holds up the steps that follow it on its own ladder, so that nobody is said not to have answered what they
// were not asked; and nothing else.
const dueSql = `
SELECT t.id, t.subject_kind, t.subject_id, t.line, t.tries FROM timer t
WHERE t.fired_at IS NULL AND t.due_at <= $1 AND (t.wait_until IS NULL OR t.wait_until <= $1)
  AND NOT EXISTS (SELECT 1 FROM timer w WHERE w.subject_kind = t.subject_kind AND w.subject_id = t.subject_id
    AND w.fired_at IS NULL AND w.tries > 0 AND w.wait_until > $1 AND (w.due_at, w.id) < (t.due_at, t.id)
    AND split_part(w.line, '.', 1) = split_part(t.line, '.', 1))
ORDER BY t.due_at, t.id LIMIT $2`;

const nextSql = `
SELECT least((SELECT min(due_at) FROM timer WHERE fired_at IS NULL AND due_at > $1),
  (SELECT min(wait_until) FROM timer WHERE fired_at IS NULL AND wait_until > $1),
  (SELECT min(due_at) FROM ledger WHERE state IN ('queued', 'held') AND due_at > $1)) AS at`;

async function standings(db: pg.Pool, assignment: number): Promise<readonly Standing[]> {
  const { rows } = await db.query<{
    id: string;
    line: string;
    due_at: Date;
    fired_at: Date | null;
    wait_until: Date | null;
  }>({
    name: 'standings',
    text: "SELECT id, line, due_at, fired_at, wait_until FROM timer WHERE subject_kind = 'assignment' AND subject_id = $1",
    values: [assignment],
  });
  return rows.map((row) => ({
    id: Number(row.id),
    line: row.line,
    dueAt: row.due_at.toISOString(),
    firedAt: row.fired_at?.toISOString() ?? null,
    waitUntil: row.wait_until?.toISOString() ?? null,
  }));
}

/** The first that was asked since, by whichever row it left: one that failed was replaced by another form, or is none. */
async function questionOf(
  db: pg.Pool,
  { id, personId, need }: Assignment,
  { flow, since }: NonNullable<FactsNeeded['question']>,
): Promise<Question> {
  const { rows } = await db.query<{ sent_at: Date | null; created_at: Date | null }>({
    name: 'question',
    text: questionSql,
    values: [personId, need.hospital.id, flow, String(id), since],
  });
  const row = rows[0];
  return row?.created_at
    ? { writtenAt: row.created_at.toISOString(), sentAt: row.sent_at?.toISOString() ?? null }
    : null;
}

// What was asked before, and has not left, is still to come.
const questionSql = `
SELECT min(l.created_at) AS created_at, min(l.sent_at) AS sent_at FROM ledger l
WHERE l.conversation_id IN (SELECT c.id FROM conversation c
    WHERE c.person_id = $1 OR c.person_id IN (SELECT h.person_id FROM host_contact h WHERE h.hospital_id = $2))
  AND l.opens->>'flow' = $3 AND l.opens->'data'->>'assignmentId' = $4 AND l.state NOT IN ('failed', 'cancelled')
  AND (l.created_at >= $5::timestamptz - interval '1 minute' OR l.state IN ('queued', 'held'))`;

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
