/** Chance that can be repeated: the same seed gives the same people. */
export type Random = {
  /** A whole number from 0 up to, not including, `n`. */
  below(n: number): number;
  chance(share: number): boolean;
  /** Throws on an empty list. */
  pick<T>(items: readonly T[]): T;
};

/** Mulberry32: small, fast and even enough for people who press buttons. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number) => Math.floor(next() * n);
  return {
    below,
    chance: (share) => next() < share,
    pick(items) {
      const item = items[below(items.length)];
      if (item === undefined) throw new RangeError('nothing to pick from');
      return item;
    },
  };
}
