import type { Program } from '../engine/flow.ts';
import { type Migration, migrateFrame, migrateSession } from '../engine/migration.ts';
import type { Open, Session } from '../engine/session.ts';
import { frameOf } from '../engine/summon.ts';

/** Live sessions and open messages as the store has them, by the versions they pin. */
export type LiveSessions = {
  /** Those that are in one of these `flow@version`, opened one batch after the other. */
  sessions(versions: readonly string[]): AsyncIterable<LiveSession>;
  messages(
    versions: readonly string[],
    now: Date,
  ): AsyncIterable<Pick<Open, 'id' | 'flow' | 'version' | 'step' | 'data'>>;
  /** False when the conversation moved on since it was read. */
  moveSession(live: LiveSession, session: Session, now: Date): Promise<boolean>;
  moveMessage(id: string, opens: Pick<Open, 'flow' | 'version' | 'step' | 'data'>): Promise<void>;
};

export type LiveSession = { readonly id: number; readonly revision: number; readonly session: Session };

export type MigrationReport = {
  readonly sessions: number;
  readonly messages: number;
  /** Who would break, or broke nothing because they were left alone, and why. Ids only. */
  readonly broken: readonly { readonly who: string; readonly at: string; readonly why: string }[];
};

/**
 * Moves everybody for whom a migration is declared, or only says what would happen. Who cannot be moved is left as
 * they are and named.
 */
export async function migrateSessions(
  live: LiveSessions,
  program: Program,
  migrations: readonly Migration[],
  {
    now,
    dryRun,
    lacking,
  }: { readonly now: Date; readonly dryRun: boolean; readonly lacking: readonly string[] },
): Promise<MigrationReport> {
  const broken: MigrationReport['broken'][number][] = [];
  const versions = [...new Set([...migrations.map(({ flow, from }) => `${flow}@${from}`), ...lacking])];
  let sessions = 0;
  let messages = 0;
  for await (const one of live.sessions(versions)) {
    const who = `conversation ${one.id}`;
    const result = migrateSession(one.session, migrations, program);
    if (!result.ok) broken.push({ who, at: result.at, why: result.why });
    else if (result.moved.length > 0) {
      if (dryRun || (await live.moveSession(one, result.session, now))) sessions += 1;
      else broken.push({ who, at: result.moved.join(', '), why: 'it moved on meanwhile: run again' });
    }
  }
  for await (const one of live.messages(versions, now)) {
    const result = migrateFrame(frameOf({ ...one, at: now.getTime() }), migrations, program);
    if (!result.ok) {
      broken.push({ who: `message ${one.id}`, at: result.at, why: result.why });
      continue;
    }
    const { flow, version, step, data } = result.frame;
    if (!dryRun) await live.moveMessage(one.id, { flow, version, step, data });
    messages += 1;
  }
  return { sessions, messages, broken };
}
