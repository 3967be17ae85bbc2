import type { Deliverer } from './deliver.ts';

/**
 * Moving the simulated clock as if the service had been up all the time (rule 21): to each due instant in turn,
 * settling there, timers born on the way included.
 */
export type TimeMachine = {
  moveTo(to: Date): Promise<void>;
  /** Everything due at the present instant has happened, and everything that may leave has left. */
  settle(): Promise<void>;
};

type Deps = {
  readonly clock: { now(): Date; moveTo(to: Date): Promise<Date> };
  readonly nextDue: (now: Date) => Promise<Date | null>;
  readonly wake: () => Promise<number>;
  readonly deliverer: Deliverer;
  /** True once the stand-ins have nothing on its way to us. */
  readonly quiet: (timeoutMs: number) => Promise<boolean>;
};

/** Machine time that one instant may take to settle. */
const patienceMs = 20_000;

export function timeMachine({ clock, nextDue, wake, deliverer, quiet }: Deps): TimeMachine {
  const settle = async () => {
    do {
      await quiet(patienceMs);
      await deliverer.idle();
    } while ((await wake()) > 0);
  };
  return {
    settle,
    async moveTo(to) {
      if (to < clock.now()) throw new RangeError('the clock only moves forward');
      await settle();
      for (
        let due = await nextDue(clock.now());
        due !== null && due <= to;
        due = await nextDue(clock.now())
      ) {
        if (due > clock.now()) await clock.moveTo(due);
        await settle();
      }
      if (to > clock.now()) await clock.moveTo(to);
      await settle();
    },
  };
}
