import { type Measures, type Outcome, type TurnMade, Unavailable } from '../app/ports.ts';
import type { Metrics } from './metrics.ts';
import type { Spans } from './traces.ts';

/** The use cases' deeds, timed by the machine's clock, counted and traced. `nowMs` only ever goes forward. */
export function createMeasures(
  metrics: Metrics,
  spans: Spans,
  nowMs: () => number = () => performance.now(),
): Measures {
  const since = (started: number) => (nowMs() - started) / 1000;
  return {
    turn(channel, kind, work) {
      const made: TurnMade = { flow: null, trips: 0 };
      const started = nowMs();
      const counted = (outcome: string) =>
        metrics.turn(channel, made.flow, outcome, since(started), made.trips);
      return spans.inside(
        'turn',
        { channel, kind },
        () => watched(() => work(made), counted, counted),
        (outcome) => ({
          outcome,
          ...(made.flow !== null && { flow: made.flow }),
          failed: outcome === 'parked',
        }),
      );
    },
    sending(channel, { kind, flow }, work) {
      const started = nowMs();
      const counted = (outcome: Outcome['kind'] | 'threw') => metrics.sent(channel, outcome, since(started));
      return spans.inside(
        'deliver',
        { channel, kind, ...(flow !== null && { flow }) },
        () =>
          watched(
            work,
            (outcome) => counted(outcome.kind),
            () => counted('threw'),
          ),
        (outcome) => ({ outcome: outcome.kind, failed: outcome.kind !== 'sent' }),
      );
    },
    timer(line, work) {
      const counted = (outcome: string) => metrics.timer(line, outcome);
      return spans.inside(
        'wake',
        { kind: line },
        () => watched(work, counted, counted),
        (outcome) => ({
          outcome,
          failed: outcome === 'stale' || outcome === 'failed' || outcome === 'given_up',
        }),
      );
    },
    receipt: metrics.receipt,
    count: metrics.count,
  };
}

async function watched<T>(
  work: () => Promise<T>,
  done: (result: T) => void,
  broke: (how: 'unavailable' | 'threw') => void,
): Promise<T> {
  let result: T;
  try {
    result = await work();
  } catch (error) {
    broke(error instanceof Unavailable ? 'unavailable' : 'threw');
    throw error;
  }
  done(result);
  return result;
}
