import type { ChannelName } from './people.ts';

export type InFlight = {
  /** Counts one thing on its way to the product; call the answer once, when it has arrived or was given up. */
  enter(channel: ChannelName): () => void;
  counts(): Record<ChannelName, number>;
  /** Grows with every entry: two equal readings mean that nothing happened between them. */
  activity(): number;
  /** True when nothing is on its way, false when `timeoutMs` of machine time passed first. */
  quiet(timeoutMs: number): Promise<boolean>;
};

/** Keeps count of what the stand-ins still owe the product: updates, webhooks, callbacks, retries. */
export function createInFlight(): InFlight {
  const counts: Record<ChannelName, number> = { whatsapp: 0, telegram: 0, slack: 0 };
  const waiting = new Set<() => void>();
  let activity = 0;
  const isQuiet = () => counts.whatsapp + counts.telegram + counts.slack === 0;
  return {
    enter(channel) {
      counts[channel] += 1;
      activity += 1;
      let left = false;
      return () => {
        if (left) return;
        left = true;
        counts[channel] -= 1;
        if (isQuiet()) for (const wake of [...waiting]) wake();
      };
    },
    counts: () => ({ ...counts }),
    activity: () => activity,
    quiet(timeoutMs) {
      if (isQuiet()) return Promise.resolve(true);
      return new Promise((resolve) => {
        const finish = (result: boolean) => {
          waiting.delete(wake);
          clearTimeout(timer);
          resolve(result);
        };
        const wake = () => finish(true);
        const timer = setTimeout(() => finish(false), timeoutMs);
        waiting.add(wake);
      });
    },
  };
}
