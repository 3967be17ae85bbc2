import { keptDays, keptSince } from '../domain/retention.ts';
import type { Clock, Log } from './ports.ts';

/** Forgetting what is kept no longer (domain/retention.ts): everything older than `before`, in batches. */
export type Retention = {
  /** Chats of people who never agreed to be known, with everything said there. Answers how many. */
  strangers(before: Date): Promise<number>;
  /** The words of turns and messages; that there was one stays. */
  contents(before: Date, now: Date): Promise<number>;
  seen(before: Date): Promise<number>;
  /** Turns, messages and their history. Open questions of live assignments stay. */
  traces(before: Date): Promise<number>;
};

type Deps = { readonly retention: Retention; readonly clock: Clock; readonly log: Log };

/** Promised to the day, so it is looked at as often as timers are. */
export async function forgetStrangers({ retention, clock, log }: Deps): Promise<number> {
  const count = await retention.strangers(keptSince('strangers', clock.now()));
  if (count > 0) log.info({ count }, 'chats of strangers forgotten');
  return count;
}

/** Everything that is kept for a time only. Done again, or by several replicas at once, it finds nothing more. */
export async function retain(deps: Deps): Promise<void> {
  await forgetStrangers(deps);
  const now = deps.clock.now();
  for (const what of ['contents', 'seen', 'traces'] as const) {
    const count = await deps.retention[what](keptSince(what, now), now);
    if (count > 0) deps.log.info({ what, days: keptDays[what], count }, 'forgotten');
  }
}

/** Does `work` at the first call of each day of programme time; after a failure, at the next call again. */
export function onceADay(clock: Clock, work: () => Promise<void>): () => Promise<void> {
  let done = '';
  return async () => {
    const today = clock.now().toISOString().slice(0, 10);
    if (today === done) return;
    await work();
    done = today;
  };
}
