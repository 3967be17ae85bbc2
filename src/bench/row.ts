import type { Ground } from './ground.ts';

/** One line of the table of what must be fast: how it is measured, beside a floor taken in the same run. */
export type Row = {
  readonly what: string;
  measure(ground: Ground): Promise<Result>;
};

export type Result = {
  /** What was counted, and in which unit: `{ 'turns a second': 61234 }`. */
  readonly figures: Readonly<Record<string, number>>;
  readonly checks: readonly Check[];
};

/** `value` is compared with `limit` as `relation` says. */
export type Check = {
  readonly name: string;
  readonly value: number;
  readonly relation: '≥' | '≤';
  readonly limit: number;
  readonly ok: boolean;
};

/** How much is done. The times are machine time. */
export type Size = {
  readonly rounds: number;
  readonly warmSeconds: number;
  /** Turns before the first round, at most 15 s of them: code that has run often is compiled better. */
  readonly warmTurns: number;
  readonly seconds: number;
  /** Rounds of what one core does alone. They are short and many, since it is the fastest that counts. */
  readonly shortRounds: number;
  /** Turns of the engine, and readings, in one of them. */
  readonly advances: number;
  readonly readings: number;
  /** Persons with an address in the small database of the turn row. */
  readonly contacts: number;
  readonly recipients: number;
  /** Rows waiting at the start of a dispatch. */
  readonly waiting: number;
  readonly budgetSeconds: number;
  readonly large: { readonly contacts: number; readonly messages: number };
};

export const fullSize: Size = {
  rounds: 3,
  warmSeconds: 1,
  warmTurns: 5_000,
  seconds: 6,
  shortRounds: 15,
  advances: 20_000,
  readings: 8_000,
  contacts: 5_000,
  recipients: 100_000,
  waiting: 20_000,
  budgetSeconds: 30,
  large: { contacts: 1_000_000, messages: 10_000_000 },
};

/** Everything once and small: it shows that the bench works, and its figures mean nothing. */
export const quickSize: Size = {
  rounds: 1,
  warmSeconds: 0.3,
  warmTurns: 0,
  seconds: 0.7,
  shortRounds: 1,
  advances: 2_000,
  readings: 300,
  contacts: 200,
  recipients: 400,
  waiting: 400,
  budgetSeconds: 1.5,
  large: { contacts: 1_000, messages: 5_000 },
};

export function atLeast(name: string, value: number, limit: number): Check {
  return { name, value, relation: '≥', limit, ok: value >= limit };
}

export function atMost(name: string, value: number, limit: number): Check {
  return { name, value, relation: '≤', limit, ok: value <= limit };
}
