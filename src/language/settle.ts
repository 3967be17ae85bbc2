import type { Reading } from '../engine/message.ts';
import type { Rest, Role } from './around.ts';
import { ambiguous, certain, likely, unclear } from './reading.ts';
import { asks } from './tokens.ts';

/** An answer found in a message: where, and what it may be. `sure` is false where the reader itself guessed. */
export type Found<T> = {
  readonly from: number;
  readonly to: number;
  readonly values: readonly T[];
  readonly sure: boolean;
  /** Must be asked back although there is one candidate only (12/31/2027). */
  readonly ask?: true;
};

/** Beyond this many unknown words a message tells a story; what was found in it is no answer to rely on. */
const story = 8;

/**
 * Weighs what was found against the rest of the message. One value with nothing but courtesy around it is certain;
 * a hedge, a question mark, a "but" or an unknown word makes it likely; a denial or a limit makes it unclear. Two
 * values are ambiguous, unless the second corrects the first. `harmless` roles do not count for this kind.
 */
export function settle<T>(
  found: readonly Found<T>[],
  rest: Rest,
  { text, why, harmless = [] }: { text: string; why: string; harmless?: readonly Role[] },
): Reading<T> {
  const [first] = found;
  if (!first || rest.unknown > story) return unclear(text, why);
  const has = (role: Role) => rest.roles.has(role) && !harmless.includes(role);
  const values = distinct(found.flatMap((one) => one.values));
  const [only] = values;
  if (only === undefined || has('block') || values.length > 4) return unclear(text, why);
  if (found.some(({ ask }) => ask)) return has('not') ? unclear(text, why) : ambiguous(values);
  if (values.length === 1) {
    if (has('not')) return unclear(text, why);
    const clear =
      found.every(({ sure }) => sure) &&
      rest.unknown === 0 &&
      !has('hedge') &&
      !has('but') &&
      !has('or') &&
      !has('until') &&
      !asks(text);
    return clear ? certain(only) : likely(only);
  }
  const kept = rest.denied === 1 && found.length === 2 ? found[0] : found.at(-1);
  const last = kept?.values ?? [];
  const corrected = has('instead') || (has('not') && !has('or'));
  const [lastOnly] = last;
  if (corrected && found.length === 2 && last.length === 1 && lastOnly !== undefined) {
    const plain = !has('not') && !has('hedge') && !has('but') && rest.unknown === 0 && !asks(text);
    return plain && found.every(({ sure }) => sure) ? certain(lastOnly) : likely(lastOnly);
  }
  return has('not') ? unclear(text, why) : ambiguous(values);
}

export function distinct<T>(values: readonly T[]): readonly T[] {
  const seen = new Set<string>();
  return values.filter((value) => {
    const key = JSON.stringify(value);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
