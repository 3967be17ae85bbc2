/** How long what is kept (domain rule 9, rule 1), in days of programme time. Audit rows stay: they hold no values. */
export const keptDays = {
  /** A chat of somebody who never agreed to be known, after their last word. */
  strangers: 30,
  /** What was said, by either side: the raw words. */
  contents: 90,
  /** Providers' event ids, by which a repeated one is recognised. */
  seen: 90,
  /** That something was said, sent and delivered, and when. */
  traces: 365,
} as const;

/** What is older than this is kept no longer. */
export function keptSince(what: keyof typeof keptDays, now: Date): Date {
  return new Date(now.getTime() - keptDays[what] * 86_400_000);
}
