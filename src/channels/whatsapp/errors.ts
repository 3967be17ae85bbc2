import type { Outcome } from '../../app/ports.ts';

/**
 * What an error code of Twilio means for the message, whether it came as the answer to a send or later in
 * a status callback. Unknown codes are `rejected`: repeating what was refused for an unknown reason may
 * annoy a person, and a person can send it again from the dead letters. Twilio says that its codes change,
 * so they are data, by reaction.
 */
export function outcomeOfCode(code: string): Outcome {
  return outcomeOf(reactionOf(code) ?? 'content_bug', code);
}

/** Reactions beyond an outcome are put into its `detail`, as `<reaction>:<code>`, for whoever decides what follows. */
export type Reaction = keyof typeof codes;

export function reactionOf(code: string): Reaction | null {
  return byCode.get(code) ?? null;
}

const minute = 60_000;
const hour = 60 * minute;

// An outcome for each reaction; `detail` is added.
const outcomes = {
  misconfigured: { kind: 'misconfigured' },
  too_fast: { kind: 'throttled', scope: 'account', retryAfterMs: null },
  // One recipient's limit, or one sender's for the day: the rest of the account is not asked to be silent.
  over_quota: { kind: 'throttled', scope: 'row', retryAfterMs: 4 * hour },
  // Meta asks for at least a day before it is tried again for the same person.
  not_this_marketing: { kind: 'throttled', scope: 'row', retryAfterMs: 24 * hour },
  later: { kind: 'throttled', scope: 'row', retryAfterMs: 5 * minute },
  unknown: { kind: 'unknown' },
  unreachable: { kind: 'unreachable' },
  opted_out: { kind: 'blocked' },
  window_closed: { kind: 'window_closed' },
  too_long: { kind: 'rejected' },
  fallback_plain: { kind: 'rejected' },
  fallback_link: { kind: 'rejected' },
  template_broken: { kind: 'rejected' },
  forbidden_there: { kind: 'rejected' },
  content_bug: { kind: 'rejected' },
} as const;

const codes = {
  misconfigured: [
    20003, 20005, 63001, 20404, 21212, 21606, 63002, 63007, 21703, 21705, 21910, 63020, 63051, 63062,
  ],
  too_fast: [20429, 14107],
  over_quota: [63017, 63018, 63038, 63026],
  not_this_marketing: [63049],
  // Ended badly for a passing reason, and nothing reached the person. 63029 is a phone without room.
  later: [63009, 63010, 63011, 63012, 63037, 30001, 63023, 63029],
  unknown: [20500, 20503, 30410],
  unreachable: [21211, 21614, 63003, 63024, 63015, 63032],
  opted_out: [21610, 63014, 63033],
  window_closed: [63016],
  too_long: [21617],
  fallback_plain: [21619, 21620, 63005, 63006, 63021, 63030],
  fallback_link: [63019, 63034],
  template_broken: [21654, 21655, 21656, 21658, 63027, 63028, 63040, 63041, 63042],
  // Our account may not write to that country; it may to others.
  forbidden_there: [21408],
  content_bug: [20422, 21653, 63013, 63031],
} as const satisfies Record<keyof typeof outcomes, readonly number[]>;

const byCode: ReadonlyMap<string, Reaction> = new Map(
  Object.entries(codes).flatMap(([reaction, list]) =>
    // Object.entries forgets the literal keys of the table above.
    list.map((code) => [String(code), reaction as Reaction] as const),
  ),
);

function outcomeOf(reaction: Reaction, code: string): Outcome {
  const outcome = outcomes[reaction];
  if (outcome.kind === 'window_closed' || (outcome.kind === 'throttled' && outcome.scope === 'account'))
    return outcome;
  return { ...outcome, detail: `${reaction}:${code}` };
}
