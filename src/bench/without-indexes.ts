import type pg from 'pg';

/**
 * Loads much into tables: their indexes are made afterwards, which is several times faster, and references are not
 * checked, since what is loaded together refers to itself. Primary keys that rise with the rows stay as they are.
 */
export async function withoutIndexes(
  db: pg.Pool,
  tables: readonly string[],
  load: (client: pg.PoolClient) => Promise<void>,
): Promise<void> {
  const client = await db.connect();
  try {
    await client.query('SET session_replication_role = replica');
    await client.query(`SET maintenance_work_mem = '1GB'`);
    const { rows: indexes } = await client.query<{ drop: string; make: string }>(
      `SELECT 'DROP INDEX ' || indexrelid::regclass AS drop, pg_get_indexdef(indexrelid) AS make
       FROM pg_index WHERE indrelid = ANY ($1::regclass[]) AND NOT indisprimary
       UNION ALL
       SELECT 'ALTER TABLE ' || conrelid::regclass || ' DROP CONSTRAINT ' || conname,
         'ALTER TABLE ' || conrelid::regclass || ' ADD CONSTRAINT ' || conname || ' ' || pg_get_constraintdef(oid)
       FROM pg_constraint WHERE contype = 'p' AND conrelid = ANY ($1::regclass[]) AND conrelid = 'seen'::regclass`,
      [tables],
    );
    for (const { drop } of indexes) await client.query(drop);
    await load(client);
    for (const { make } of indexes) await client.query(make);
    await client.query('SET session_replication_role = origin');
  } finally {
    client.release();
  }
}
