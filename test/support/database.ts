import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

/** A database of the test's own, with every migration applied and nothing in it. */
export async function freshDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const problem = inject('templateProblem');
  if (problem !== '') throw new Error(problem);
  return createDatabase('template');
}

/** A database without any table. */
export function emptyDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  return createDatabase('template0');
}

async function createDatabase(template: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `t_${randomBytes(6).toString('hex')}`;
  // Copying files is ten times faster than writing the copy to a log that nobody will read.
  await onServer(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`);
  return {
    url: inject('serverUrl').replace('/intumwa?', `/${name}?`),
    // FORCE, because pools close their connections in their own time.
    drop: () => onServer(`DROP DATABASE ${name} WITH (FORCE)`),
  };
}

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('serverUrl') });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
