import { Passing } from './ports.ts';

/** Why a timer did not fire: it threw, or it lost every race. */
export type Trouble = { readonly threw: unknown } | 'stale';

export type Step =
  /** `tell`: it fails for so long that the coordinators should know. */
  | { readonly kind: 'again'; readonly afterMinutes: number; readonly tell: boolean }
  /** It is for a person now. */
  | { readonly kind: 'give_up' };

/** Minutes of programme time after which something that threw is tried again; a defect does not mend itself. */
const triesOfADefect = [1, 5, 30] as const;
const longestMinutes = 60;
/** With the growing delay, after half an hour. */
const tellAtTry = 6;

/** What becomes of a timer that failed, having failed `before` so often already. */
export function afterTrouble(trouble: Trouble, before: number): Step {
  if (trouble === 'stale' || trouble.threw instanceof Passing)
    return {
      kind: 'again',
      afterMinutes: Math.min(2 ** before, longestMinutes),
      tell: before + 1 === tellAtTry,
    };
  const afterMinutes = triesOfADefect[before];
  return afterMinutes === undefined ? { kind: 'give_up' } : { kind: 'again', afterMinutes, tell: false };
}
