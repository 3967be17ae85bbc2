import { type Log, Unavailable } from './ports.ts';

/** Does `work` now and then, never twice at once, until stopped; a database that is away is waited for. */
export function sweepEvery(everyMs: number, work: () => Promise<void>, log: Log): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  const tick = () => {
    running = work()
      .catch((error: unknown) => {
        if (error instanceof Unavailable) log.warn({ detail: error.message }, 'database away');
        else log.error({ err: error }, 'sweep failed');
      })
      .then(() => {
        if (!stopped) timer = setTimeout(tick, everyMs);
      });
  };
  timer = setTimeout(tick, everyMs);
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
      return running;
    },
  };
}
