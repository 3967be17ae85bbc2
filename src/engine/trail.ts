/**
 * The questions answered on the way here, oldest first, each as `<step>:<question id>`; the id is empty for a question
 * that was never sent. Strings, because a trail is most of a session and every turn takes the session through JSON
 * twice: with objects a turn took 14.8 µs where it takes 11.8.
 */
export type Trail = readonly string[];

/** Trails are for going back a few questions, not an archive. */
export const trailLength = 24;

export function markOf(step: string, question = ''): string {
  return `${step}:${question}`;
}

export function stepIn(mark: string): string {
  return mark.slice(0, mark.lastIndexOf(':'));
}

export function questionIn(mark: string): string {
  return mark.slice(mark.lastIndexOf(':') + 1);
}

/** The trail with one more question behind it. */
export function longer(trail: Trail, mark: string): Trail {
  return trail.length < trailLength ? [...trail, mark] : [...trail.slice(1 - trailLength), mark];
}

/** Where a question stands in a trail by its id; -1 when it does not. */
export function asksIn(trail: Trail, question: string): number {
  const end = `:${question}`;
  return trail.findIndex((mark) => mark.endsWith(end));
}

/** Where a step stands in a trail, the last time; -1 when it does not. */
export function lastOf(trail: Trail, step: string): number {
  return trail.findLastIndex((mark) => stepIn(mark) === step);
}

/** How trails were kept until 30 November 2026; conversations of that time go on. To be removed with the next release. */
type Former = readonly (string | { readonly step: string; readonly q: string })[];

export function trailFrom(kept: Former): Trail {
  return kept.map((mark) => (typeof mark === 'string' ? mark : markOf(mark.step, mark.q)));
}
