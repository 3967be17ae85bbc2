import { repeated } from '../app/queue.ts';
import { blockSeconds, isSilenced } from './settle.ts';

/** Machine time a taken row may take before somebody else asks what became of it; beyond every SDK's timeout. */
const leaseSeconds = 25;

/** What a row needs to be sent, after `moved` has taken it. An erased address has no key: there is nobody to send to. */
const shape = `
SELECT m.id, m.conversation_id, m.lang, m.class, m.key, m.lane, m.attempts, m.message, m.plain, m.opens, m.form, m.tried_at,
  coalesce(m.reason = 'may_repeat', false) AS may_repeat,
  coalesce(came_back.since, m.tried_at) AS since, coalesce(came_back.times, 0) AS times,
  extract(epoch FROM clock_timestamp() - m.blocks_until)::float8 * 1000 + ${blockSeconds * 1000} AS waited_ms,
  m.opens IS NOT NULL AND EXISTS (SELECT 1 FROM transition t WHERE t.ledger_id = m.id AND t.state = 'held') AS was_held,
  c.flow IS NOT NULL AND m.lane = 'proactive' AND EXISTS (
    SELECT 1 FROM transition t WHERE t.ledger_id = m.id AND t.state = 'held' AND t.detail = 'window_closed') AS awaited,
  a.id AS account_id, a.channel, a.provider_id AS account, c.address, c.data_key, c.last_inbound_at, c.flow, p.zone,
  EXISTS (SELECT 1 FROM person o WHERE o.id = m.person_id AND ${isSilenced('m', 'o')}) AS silenced,
  EXISTS (SELECT 1 FROM ticket k WHERE k.conversation_id = c.id AND k.status IN ('open', 'assigned') AND k.reason <> 'psea') AS with_person,
  EXISTS (SELECT 1 FROM host_contact h WHERE h.person_id = p.id AND h.to_day IS NULL) AS host
FROM moved m JOIN conversation c ON c.id = m.conversation_id AND c.data_key IS NOT NULL
JOIN account a ON a.id = c.account_id LEFT JOIN person p ON p.id = c.person_id
LEFT JOIN LATERAL (SELECT min(t.at) AS since, count(*)::int AS times FROM transition t WHERE t.ledger_id = m.id
  AND t.detail = CASE m.before WHEN 'may_repeat' THEN '${repeated}' ELSE m.before END) came_back ON m.before IS NOT NULL`;

export const silencedSql = `SELECT 1 FROM ledger m JOIN person o ON o.id = m.person_id WHERE m.id = $1 AND ${isSilenced('m', 'o')}`;

/** A chat gets one message a second, and up to this many at once after a pause (generic cell rate; machine time). */
const burst = 3;
/** Rows of an account whose next free place is further away are left alone: taken, they would outlive their lease. */
const farSeconds = 3;

/** SQL: what waits to be repeated after an unknown outcome holds up its address no longer than that outcome itself. */
const holdsUp = (row: string): string =>
  `(${row}.reason IS DISTINCT FROM 'may_repeat' OR ${row}.due_at <= (SELECT now FROM given) OR ${row}.blocks_until > clock_timestamp())`;

/**
 * SQL: the first rows that wait, without those of channels that have as much on its way as they may (those in $4 have
 * no room for urgent rows either). Only so many are looked at: a broadcast of a full channel may be all that waits.
 */
const front = 5000;
const frontSql = (how: 'around' | 'urgent') => `(
    SELECT f.id FROM (
      SELECT w.id, w.lane, w.conversation_id FROM ledger w WHERE w.state IN ('queued', 'held') AND w.due_at <= (SELECT now FROM given)${how === 'urgent' ? " AND w.lane = 'urgent'" : ''}
      ORDER BY w.lane DESC, w.due_at, w.id LIMIT ${front}) f
    JOIN conversation x ON x.id = f.conversation_id JOIN account y ON y.id = x.account_id
    WHERE y.channel <> ALL ($3::text[]) OR (f.lane = 'urgent' AND y.channel <> ALL ($4::text[]))) front JOIN `;

// The most urgent lane first; of one address and lane only its first row, and none while another of this lane or a
// higher one is on its way (lanes sort by name). A row that waits for a retry goes before those behind it; one that is
// held blocks nobody (rule 15).
// With the limit written out and the time hidden in `given`, one plan serves every claim: to plan takes longer than to take.
export const claimSql = (limit: number, how: 'all' | 'around' | 'urgent') => `
WITH given AS MATERIALIZED (SELECT $1::timestamptz AS now),
paused AS MATERIALIZED (
  SELECT account_id FROM budget WHERE next_at > clock_timestamp() + interval '${farSeconds} seconds'
),
due AS (
  SELECT l.id, l.reason AS before FROM ${how === 'all' ? 'ledger l' : `${frontSql(how)}ledger l ON l.id = front.id`}
  WHERE l.state IN ('queued', 'held') AND l.due_at <= (SELECT now FROM given)
    AND (l.lane = 'urgent' OR NOT EXISTS (SELECT 1 FROM pace p WHERE p.conversation_id = l.conversation_id
      AND p.next_at > clock_timestamp() + interval '${burst - 1} seconds'))
    AND (NOT EXISTS (SELECT 1 FROM paused) OR NOT EXISTS (SELECT 1 FROM conversation x JOIN paused ON paused.account_id = x.account_id
      WHERE x.id = l.conversation_id))
    AND NOT EXISTS (SELECT 1 FROM ledger b WHERE b.conversation_id = l.conversation_id AND b.id <> l.id
      AND b.state IN ('queued', 'held', 'sending', 'unknown') AND (
      (b.state = 'queued' AND ${holdsUp('b')} AND (b.lane > l.lane OR (b.lane = l.lane AND b.id < l.id)))
      OR (b.state = 'held' AND b.due_at <= (SELECT now FROM given) AND (b.lane > l.lane OR (b.lane = l.lane AND b.id < l.id)))
      OR (b.lane >= l.lane AND (b.state = 'sending' OR (b.state = 'unknown' AND b.blocks_until > clock_timestamp())))))
  ORDER BY l.lane DESC, l.due_at, l.id LIMIT ${limit} FOR UPDATE OF l SKIP LOCKED
),
moved AS (
  UPDATE ledger l SET state = 'sending', attempts = attempts + 1, tried_at = $1, reason = CASE WHEN reason = 'may_repeat' THEN reason END,
    leased_until = clock_timestamp() + interval '${leaseSeconds} seconds', blocks_until = clock_timestamp() + interval '${blockSeconds} seconds'
  FROM due WHERE l.id = due.id RETURNING l.*, due.before
),
history AS (INSERT INTO transition (ledger_id, at, state) SELECT id, $1, 'sending' FROM moved),
pacing AS (
  INSERT INTO pace AS p (conversation_id, next_at)
    SELECT m.conversation_id, clock_timestamp() + interval '1 second' FROM moved m
    JOIN conversation x ON x.id = m.conversation_id JOIN account y ON y.id = x.account_id
    WHERE y.channel = ANY ($2::text[])
  ON CONFLICT (conversation_id) DO UPDATE SET next_at = greatest(p.next_at, clock_timestamp()) + interval '1 second')
${shape}`;

export const lostSql = `
WITH due AS (
  SELECT id FROM ledger WHERE state IN ('sending', 'unknown') AND leased_until < clock_timestamp()
  ORDER BY leased_until LIMIT $2 FOR UPDATE SKIP LOCKED
),
moved AS (
  UPDATE ledger l SET state = 'unknown', leased_until = clock_timestamp() + interval '${leaseSeconds} seconds'
  FROM due, (SELECT $1::timestamptz) now WHERE l.id = due.id RETURNING l.*, l.reason AS before
)
${shape}`;
