import { hoursAfter } from './days.ts';

/**
 * What becomes of a timer whose hour has passed (rule 21), because the service was down, because firing it failed for a
 * while, or because the question it reminds of was held and came late. Nothing here asks which: a timer that fires on
 * time is before all its limits.
 */
export type Line<S> = {
  readonly line: string;
  readonly due: (subject: S) => string | null;
  readonly late: Late<S>;
  /** The question that it reminds of, or whose silence it tells of. */
  readonly asked?: Asked<S>;
};

export type Late<S> =
  /** However late it is. */
  | 'fire'
  /** Not once that line is due as well, which says the same or more. */
  | { readonly skipAt: string }
  /** Not from this instant on. Null: there is no such instant. */
  | { readonly skipFrom: (subject: S) => string | null }
  /** In one with every other of this name that waits. */
  | { readonly combine: string };

/** Never fewer `hours` after the question really reached its reader than that; `since` is when it may have been asked first. */
export type Asked<S> = {
  readonly flow: string;
  readonly since: (subject: S) => string | null;
  readonly hours: number;
  /**
   * `sent`: while the question has not left, nobody is reminded of it. `written`: from when it was written, until it has
   * left, since somebody must hear of it also where it cannot.
   */
  readonly from: 'sent' | 'written';
};

/** What became of the question: null when there is none that left or still may. */
export type Question = { readonly writtenAt: string; readonly sentAt: string | null } | null;

/** A timer of the same subject, as it is stored. */
export type Standing = {
  readonly id: number;
  readonly line: string;
  readonly dueAt: string;
  readonly firedAt: string | null;
  /** Not looked at before. */
  readonly waitUntil: string | null;
};

/** `ladder` is only asked for where the line is combined, `question` only where it has one. */
export type Facts = { readonly ladder: readonly Standing[]; readonly question: Question };

export type Verdict =
  /** `by` carries the others in one; null when nothing is combined. */
  | { readonly kind: 'fire'; readonly by: Standing | null; readonly together: readonly string[] }
  | { readonly kind: 'skip' }
  | { readonly kind: 'wait'; readonly until: string };

/** Questions leave a little after their hour; reminders keep theirs. */
const slackMs = 15 * 60_000;

const alone: Verdict = { kind: 'fire', by: null, together: [] };

/** What a timer that is due does now. A line that is unknown, or no more due, is left to whoever fires it. */
export function judge<S>(
  lines: readonly Line<S>[],
  name: string,
  subject: S,
  facts: Facts,
  now: Date,
): Verdict {
  const line = find(lines, name);
  const at = line && firesAt(line, subject, facts.question, now);
  if (!line || at === null || at === undefined) return alone;
  const { late } = line;
  if (typeof late === 'object' && 'skipFrom' in late && isPast(late.skipFrom(subject), now))
    return { kind: 'skip' };
  if (typeof late === 'object' && 'skipAt' in late) {
    const next = find(lines, late.skipAt);
    if (next && isPast(firesAt(next, subject, facts.question, now), now)) return { kind: 'skip' };
  }
  if (!isPast(at, now)) return { kind: 'wait', until: at };
  return typeof late === 'object' && 'combine' in late
    ? combined(lines, name, late.combine, facts.ladder, now)
    : alone;
}

/** When a line fires, once it is known how late its question came. */
function firesAt<S>({ due, asked }: Line<S>, subject: S, question: Question, now: Date): string | null {
  const planned = due(subject);
  if (planned === null || !asked || !question) return planned;
  const from = question.sentAt ?? (asked.from === 'written' ? question.writtenAt : now.toISOString());
  const counted = hoursAfter(from, asked.hours);
  return Date.parse(counted) - Date.parse(planned) > slackMs ? counted : planned;
}

/** The last of those that wait carries them all, and the others find that it did: so a crash between two loses none. */
function combined<S>(
  lines: readonly Line<S>[],
  name: string,
  group: string,
  ladder: readonly Standing[],
  now: Date,
): Verdict {
  const order = (one: Standing) =>
    `${one.dueAt} ${String(lines.findIndex(({ line }) => line === one.line)).padStart(3, '0')}`;
  const members = ladder
    .filter(({ line }) => {
      const late = find(lines, line)?.late;
      return typeof late === 'object' && 'combine' in late && late.combine === group;
    })
    .toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
  const own = members.find(({ line }) => line === name);
  if (!own) return alone;
  const carried =
    own.firedAt !== null ||
    members.some((one) => order(one) > order(own) && one.firedAt !== null && one.firedAt >= own.dueAt);
  if (carried) return { kind: 'skip' };
  const waiting = members.filter(
    ({ dueAt, firedAt, waitUntil }) =>
      firedAt === null && isPast(dueAt, now) && (waitUntil === null || isPast(waitUntil, now)),
  );
  return { kind: 'fire', by: waiting.at(-1) ?? own, together: waiting.map(({ line }) => line) };
}

function find<S>(lines: readonly Line<S>[], name: string): Line<S> | undefined {
  return lines.find(({ line }) => line === name);
}

function isPast(instant: string | null, now: Date): boolean {
  return instant !== null && Date.parse(instant) <= now.getTime();
}
