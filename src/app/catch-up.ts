import type { Clock, Log } from './ports.ts';

/** Where the last look ended; null before the first. Programme time. */
export type Marks = { read(): Promise<Date | null>; write(through: Date): Promise<void> };

/**
 * What a look at a provider's own records came to: everything until `through` is kept. `more`: as much as one look may
 * take. `interrupted`: something could not be kept, or the provider did not answer.
 */
export type Caught = {
  readonly kind: 'done' | 'more' | 'interrupted';
  readonly through: Date;
  readonly messages: number;
};

type Deps = {
  readonly marks: Marks;
  /** Hands in what the provider took since then and could not deliver, oldest first. */
  readonly fetch: (since: Date) => Promise<Caught>;
  readonly clock: Clock;
  readonly log: Log;
};

/** How far back the very first look goes. */
const firstMs = 24 * 3_600_000;
/** A message may be listed late, and clocks differ: each look begins this long before the last one's end. */
const overlapMs = 10 * 60_000;

/** Takes in what a provider could not deliver since the last look, however long ago that was. */
export async function catchUp({ marks, fetch, clock, log }: Deps): Promise<void> {
  const now = clock.now();
  const since = (await marks.read()) ?? new Date(now.getTime() - firstMs);
  const { kind, through, messages } = await fetch(since);
  const safe = new Date(Math.min(through.getTime(), now.getTime() - overlapMs));
  // More at once than one look may take must not be looked at again and again.
  const next = kind === 'more' && safe <= since ? through : safe;
  if (next > since) await marks.write(next);
  if (kind !== 'done') log.warn({ kind, messages, through }, 'missed events are not all taken in yet');
}
