import type pg from 'pg';
import { expect, test } from 'vitest';
import { migrationsMissing, readStanding, standingSql } from '../../src/store/measures.ts';
import { testStore } from '../support/store.ts';

const now = new Date('2027-03-01T10:00:00Z');

test('an empty database has nothing waiting', async () => {
  const { db } = await testStore();
  expect(await readStanding(db, now)).toEqual({
    queued: 0,
    sending: 0,
    unknown: 0,
    held: new Map(),
    oldestQueuedSeconds: 0,
    tickets: { open: 0, assigned: 0 },
    timersOverdue: 0,
  });
});

test('what waits is counted by state and reason; what is over is not', async () => {
  const { db } = await testStore();
  await fill(db);
  expect(await readStanding(db, now)).toEqual({
    queued: 2,
    sending: 1,
    unknown: 1,
    held: new Map([
      ['quiet_hours', 2],
      ['other', 1],
    ]),
    oldestQueuedSeconds: 90,
    tickets: { open: 2, assigned: 1 },
    timersOverdue: 2,
  });
});

test('the history of what was sent is not read', async () => {
  const { db } = await testStore();
  await fill(db);
  await db.query(`
    INSERT INTO ledger (conversation_id, lane, class, key, lang, state, due_at, created_at)
      SELECT 1, 'reply', 'reply', 'common.help', 'fr', 'delivered', '2027-01-01', '2027-01-01' FROM generate_series(1, 20000);
    INSERT INTO timer (subject_kind, subject_id, line, due_at, fired_at)
      SELECT 'mission', n, 'call.close', '2027-01-01', '2027-01-01' FROM generate_series(100, 20000) n;
    INSERT INTO ticket (code, reason, status, opened_at) SELECT 'K-' || n, 'asked', 'closed', '2027-01-01' FROM generate_series(100, 20000) n;`);
  await db.query('ANALYZE ledger, timer, ticket');
  const { rows } = await db.query<{ 'QUERY PLAN': string }>(
    `EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) ${standingSql.replaceAll('$1', `'${now.toISOString()}'`)}`,
  );
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).not.toContain('Seq Scan');
  expect(plan, 'no step touches a hundred rows').not.toMatch(/rows=\d{3,}|Rows Removed by [\w ]+: \d{3,}/);
});

test('a migration that the database lacks is named', async () => {
  const { db } = await testStore();
  const missing = migrationsMissing(db);
  expect(await missing()).toEqual([]);
  const { rows } = await db.query<{ name: string }>(
    'UPDATE _prisma_migrations SET rolled_back_at = clock_timestamp() WHERE migration_name LIKE $1 RETURNING migration_name AS name',
    ['%_turn'],
  );
  expect(await missing()).toEqual(rows.map(({ name }) => name));
  expect(rows).toHaveLength(1);
});

async function fill(db: pg.Pool): Promise<void> {
  await db.query(`
    INSERT INTO account (id, channel, provider_id) OVERRIDING SYSTEM VALUE VALUES (1, 'telegram', '4711');
    INSERT INTO conversation (id, account_id, address_index, address, lang, session, created_at)
      OVERRIDING SYSTEM VALUE VALUES (1, 1, '\\x01', 'sealed', 'fr', 'sealed', '2027-01-01');
    INSERT INTO ledger (conversation_id, lane, class, key, lang, state, reason, due_at, created_at)
      SELECT 1, 'reply', 'reply', 'common.help', 'fr', state, reason, due_at, created_at FROM (VALUES
        ('queued', NULL, '2027-03-01T09:59:00Z'::timestamptz, '2027-03-01T09:58:30Z'::timestamptz),
        ('queued', 'throttled by somebody', '2027-03-01T10:05:00Z', '2027-03-01T09:59:50Z'),
        ('held', 'quiet_hours', '2027-03-01T11:00:00Z', '2027-02-28T20:00:00Z'),
        ('held', 'quiet_hours', '2027-03-01T11:00:00Z', '2027-02-28T20:00:00Z'),
        ('held', 'Claudine said no', '2027-03-01T11:00:00Z', '2027-02-28T20:00:00Z'),
        ('sending', NULL, '2027-03-01T09:00:00Z', '2027-02-28T20:00:00Z'),
        ('unknown', NULL, '2027-03-01T09:00:00Z', '2027-02-28T20:00:00Z'),
        ('delivered', NULL, '2027-01-01', '2027-01-01'),
        ('failed', 'rejected', '2027-01-01', '2027-01-01'),
        ('cancelled', 'opted_out', '2027-01-01', '2027-01-01')) row (state, reason, due_at, created_at);
    INSERT INTO ticket (code, reason, status, opened_at) VALUES
      ('K-1', 'asked', 'open', '2027-03-01'), ('K-2', 'sos', 'open', '2027-03-01'), ('K-3', 'asked', 'assigned', '2027-03-01'),
      ('K-4', 'asked', 'closed', '2027-03-01'), ('K-5', 'psea', 'open', '2027-03-01');
    INSERT INTO timer (subject_kind, subject_id, line, due_at, fired_at) VALUES
      ('mission', 1, 'call.close', '2027-02-28', NULL), ('mission', 2, 'call.close', '2027-03-01T10:00:00Z', NULL),
      ('mission', 3, 'call.close', '2027-03-02', NULL), ('mission', 4, 'call.close', '2027-02-28', '2027-02-28');`);
}
