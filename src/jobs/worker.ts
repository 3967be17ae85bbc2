import { Logger, parseCronItems, run } from 'graphile-worker';
import type pg from 'pg';
import type { Log } from '../app/ports.ts';

/**
 * The alarm clock (design §7): rows are the truth, a job only ever means "look now". Every minute a sweep fires
 * what is due and sets an alarm for what falls due before the next one; every few minutes the providers are asked
 * for what they could not deliver. Jobs run in one replica at a time, whichever is free. The job of a replica that was
 * killed stays locked for four hours, so every replica also looks by itself (product.ts).
 */
export type Jobs = {
  /** Fires what is due; answers in how many milliseconds of machine time the next thing falls due, null when nothing soon. */
  sweep(): Promise<number | null>;
  /** Takes in what a provider kept for us. */
  catchUp(): Promise<void>;
  /** Asks Meta what became of our templates. */
  templates(): Promise<void>;
  /** Forgets what is kept no longer. */
  retain(): Promise<void>;
};

/** An alarm further away than this is left to a later sweep. */
const alarmMs = 90_000;

export async function startJobs(db: pg.Pool, jobs: Jobs, log: Log): Promise<{ stop(): Promise<void> }> {
  const sweep = async (_payload: unknown, { addJob }: { addJob: AddJob }) => {
    const nextMs = await jobs.sweep();
    if (nextMs === null || nextMs > alarmMs) return;
    await addJob(
      'alarm',
      {},
      { runAt: new Date(Date.now() + nextMs), jobKey: 'alarm', jobKeyMode: 'replace' },
    );
  };
  const runner = await run({
    pgPool: db,
    concurrency: 2,
    noHandleSignals: true,
    pollInterval: 1_000,
    taskList: {
      sweep,
      alarm: sweep,
      catch_up: () => jobs.catchUp(),
      templates: () => jobs.templates(),
      retention: () => jobs.retain(),
    },
    parsedCronItems: parseCronItems([
      { task: 'sweep', match: '* * * * *', identifier: 'sweep' },
      { task: 'catch_up', match: '*/3 * * * *', identifier: 'catch_up' },
      { task: 'templates', match: '17 * * * *', identifier: 'templates' },
      { task: 'retention', match: '47 2 * * *', identifier: 'retention' },
    ]),
    logger: quiet(log),
  });
  await runner.addJob('sweep', {}, { jobKey: 'first_sweep' });
  await runner.addJob('catch_up', {}, { jobKey: 'first_catch_up' });
  await runner.addJob('templates', {}, { jobKey: 'first_templates' });
  await runner.addJob('retention', {}, { jobKey: 'first_retention' });
  return { stop: () => runner.stop() };
}

type AddJob = (
  task: 'alarm',
  payload: object,
  spec: { runAt: Date; jobKey: string; jobKeyMode: 'replace' },
) => Promise<unknown>;

/** Only what an operator must see; the library's own running commentary is not for our log. */
function quiet(log: Log): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error') log.error({ job: true }, message);
    else if (level === 'warning') log.warn({ job: true }, message);
  });
}
