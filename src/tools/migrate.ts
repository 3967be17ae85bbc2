import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { migrations } from '../../flows/migrations.ts';
import { migrateSessions } from '../app/migrate-sessions.ts';
import { type Config, readConfig } from '../config.ts';
import { createProgram } from '../program.ts';
import { openClock, realClock } from '../store/clock.ts';
import { homeOf } from '../store/database-home.ts';
import { joinEmbedded, openEmbedded } from '../store/embedded.ts';
import { openLiveSessions } from '../store/live-sessions.ts';
import { readLiveVersions } from '../store/live-versions.ts';
import { pendingMigrations } from '../store/migrate.ts';
import { openSeals } from '../store/seal.ts';
import type { Say } from './locales.ts';
import { project } from './project.ts';

/**
 * `intumwa flows migrate`: with `--dry-run` it only says who would break and why. Works beside a running product and
 * without one, since a build that lacks a version does not start before its people are moved.
 */
export async function migrateLive(args: string[], say: Say): Promise<number> {
  const { values } = parseArgs({ args, options: { 'dry-run': { type: 'boolean', default: false } } });
  const read = readConfig();
  if (!read.ok) {
    for (const problem of read.problems) say.error(problem);
    return 1;
  }
  const { databaseUrl, dataDir } = read.config;
  if (!databaseUrl && !homeOf(resolve(dataDir))) {
    say.line(`there is no database in ${dataDir} yet: nobody is in a conversation`);
    return 0;
  }
  const { url, close } = await databaseOf(read.config, say);
  const pending = await pendingMigrations(url);
  if (pending.length > 0) {
    const how = databaseUrl ? 'run "npm run intumwa -- migrate" first' : '"npm start" brings them';
    say.error(`The database lacks ${pending.length} migration(s): ${how}.`);
    await close();
    return 1;
  }
  const db = new pg.Pool({ connectionString: url, max: 2 });
  db.on('error', () => {}); // the query that needed the connection says it
  try {
    const now = (read.config.simulated ? await openClock(db) : realClock).now();
    const program = createProgram(project().words);
    const live = await readLiveVersions(db, now);
    const lacking = live
      .filter(({ flow, version }) => !program.flow(flow, version))
      .map(({ flow, version }) => `${flow}@${version}`);
    const sessions = openLiveSessions(db, openSeals(Buffer.from(read.config.masterKey)));
    const dryRun = values['dry-run'];
    const report = await migrateSessions(sessions, program, migrations, { now, dryRun, lacking });
    for (const { who, at, why } of report.broken) say.error(`${who}, ${at}: ${why}`);
    say.line(
      `${report.sessions} sessions and ${report.messages} messages ${dryRun ? 'would move' : 'moved'}, ${report.broken.length} ${dryRun ? 'would break' : 'left as they are'}`,
    );
    return report.broken.length > 0 ? 1 : 0;
  } finally {
    await db.end();
    await close();
  }
}

async function databaseOf(
  { databaseUrl, dataDir }: Config,
  say: Say,
): Promise<{ url: string; close(): Promise<void> }> {
  const running = databaseUrl ?? (await joinEmbedded(dataDir));
  if (running !== undefined) return { url: running, close: async () => {} };
  const own = await openEmbedded({ dataDir, log: (line) => say.error(line) });
  return { url: own.url, close: () => own.stop() };
}
