/**
 * Per-sender flood limit (design §12), machine time: a person may write in bursts, nobody needs more than two messages
 * a second for long. What comes faster is kept like everything else, but not answered.
 */
export type Flood = {
  /** `over_first` is the moment to say so, once. */
  judge(address: string): 'ok' | 'over_first' | 'over';
};

const burst = 200;
const perSecond = 2;
/** Addresses remembered; the oldest are forgotten, which only ever means being patient again. */
const remembered = 10_000;

export function floodLimit(machineNow: () => number): Flood {
  const buckets = new Map<string, { left: number; at: number; told: boolean }>();
  return {
    judge(address) {
      const now = machineNow();
      const bucket = buckets.get(address) ?? { left: burst, at: now, told: false };
      bucket.left = Math.min(burst, bucket.left + ((now - bucket.at) / 1000) * perSecond);
      bucket.at = now;
      buckets.delete(address);
      buckets.set(address, bucket);
      if (buckets.size > remembered) buckets.delete(buckets.keys().next().value ?? '');
      if (bucket.left >= 1) {
        bucket.left -= 1;
        bucket.told = false;
        return 'ok';
      }
      if (bucket.told) return 'over';
      bucket.told = true;
      return 'over_first';
    },
  };
}
