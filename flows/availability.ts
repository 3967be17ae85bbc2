import {
  type Dates,
  daysBetween,
  joined,
  lastPlannableDay,
  longestFitting,
  mostWindows,
  openWindows,
  overlapping,
  saveWindow,
  shortestStay,
  windowNeeds,
} from '../src/domain/availability.ts';
import type { Context } from '../src/domain/model.ts';
import { defineFlow, type Slot } from '../src/engine/flow.ts';
import { day } from '../src/language/day-slots.ts';
import { choice, count, twoNumbers, within, yesNo } from '../src/language/slots.ts';

/** When somebody could come. `data.online`: online only, so neither the length of a stay nor the place is asked. */
type Answers = Dates & {
  readonly join?: 'yes' | 'no';
  /** The dates that "join" was said of; for others it is asked again. */
  readonly join_for?: string;
};
type Told = {
  readonly answers: Answers;
  readonly data: { readonly online?: boolean };
  readonly context: Context;
};

// Not "no member": right after registration the context of that turn does not know of one yet.
const isUnknown = ({ context }: Told) => context.person === null;
const isFull = ({ context }: Told) => openWindows(context).length >= mostWindows;
const isOnline = ({ answers, data }: Told) => data.online === true || answers.mode === 'virtual';
const isOnlineOnly = ({ data }: Told) => data.online === true;
const isTentative = ({ answers }: Told) => answers.certainty === 'tentative';
const isOverlapping = (scope: Told) => overlapping(scope).length > 0;
const isApart = (scope: Told) => !isOverlapping(scope);
const isJoinStale = ({ answers }: Told) => answers.join === 'yes' && answers.join_for !== datesOf(answers);
const joins = (scope: Told) => isOverlapping(scope) && scope.answers.join === 'yes';
const keepsApart = (scope: Told) => isOverlapping(scope) && scope.answers.join === 'no';
/** After a change of one end the other may not fit any more. */
const isUntilUnfit = (scope: Told) => {
  const { from, until } = scope.answers;
  return from !== undefined && until !== undefined && (until < from || isTooShort(scope, until));
};
const isStayUnfit = ({ answers }: Told) => answers.stay != null && answers.stay[1] > longestFitting(answers);
const needsStay = ({ answers, data }: Told) =>
  data.online !== true && answers.mode !== 'virtual' && answers.stay === undefined;

function isTooShort({ answers, data }: Pick<Told, 'answers' | 'data'>, until: string): boolean {
  return (
    data.online !== true && answers.from !== undefined && daysBetween(answers.from, until) < shortestStay
  );
}

/** A stay on site lasts two weeks at least, so shorter dates are asked back at once: `too_short`. */
function lastDay(): Slot<string> {
  const any = day({
    notBefore: ({ answers }: Told) => answers.from,
    notAfter: ({ today }) => lastPlannableDay(today),
  });
  return {
    ...any,
    // A slot reads with the whole scope; what a flow put into it is only known here.
    read: (typed, scope) =>
      within(any.read(typed, scope), (until) =>
        isTooShort(scope as Pick<Told, 'answers' | 'data'>, until) ? 'too_short' : null,
      ),
  };
}

const stayParams = ({ answers }: Told) => ({ min: shortestStay, max: longestFitting(answers) });
const joinParams = (scope: Told) => {
  const both = joined(scope);
  return {
    lines: {
      lines: overlapping(scope).map(({ fromDay, toDay }) => ({ from: fromDay, to: toDay })),
    },
    from: { date: both?.from ?? '' },
    until: { date: both?.until ?? '' },
  };
};
const widened = (scope: Told) => {
  const both = joined(scope) ?? {};
  return { ...both, join_for: datesOf(both) };
};

function datesOf({ from, until }: { readonly from?: string; readonly until?: string }): string {
  return `${from} ${until}`;
}

export const availability = defineFlow({
  id: 'availability',
  version: 1,
  start: 'begin',
  slots: {
    from: day({ notBefore: 'today', notAfter: ({ today }) => lastPlannableDay(today) }),
    until: lastDay(),
    join: yesNo(),
    stay: twoNumbers({ min: shortestStay, max: ({ answers }: Told) => longestFitting(answers) }),
    flexible: count({ min: 0, max: 30 }),
    mode: choice('physical', 'virtual', 'either'),
    hours: count({ min: 1, max: 20 }),
    certainty: choice('firm', 'tentative'),
    notice: count({ min: 0, max: 52 }),
  },
  steps: {
    begin: {
      kind: 'decide',
      next: [{ when: isUnknown, go: 'not_known' }, { when: isFull, go: 'full' }, 'from'],
    },
    from: { kind: 'ask', slot: 'from', next: [{ when: isUntilUnfit, go: 'until_again' }, 'until'] },
    until_again: { kind: 'set', values: () => ({ until: undefined }), next: 'until' },
    until: { kind: 'ask', slot: 'until', next: [{ when: isJoinStale, go: 'join_again' }, 'join'] },
    join_again: { kind: 'set', values: () => ({ join: undefined }), next: 'join' },
    join: {
      kind: 'ask',
      slot: 'join',
      unless: isApart,
      params: joinParams,
      next: [{ when: joins, go: 'widen' }, { when: keepsApart, go: 'other_dates' }, 'length'],
    },
    widen: { kind: 'set', values: widened, next: 'length' },
    other_dates: {
      kind: 'set',
      values: () => ({ from: undefined, until: undefined, join: undefined }),
      next: 'from',
    },
    length: { kind: 'decide', next: [{ when: isStayUnfit, go: 'stay_again' }, 'stay'] },
    stay_again: { kind: 'set', values: () => ({ stay: undefined }), next: 'stay' },
    stay: { kind: 'ask', slot: 'stay', unless: isOnline, params: stayParams, next: 'flexible' },
    flexible: { kind: 'ask', slot: 'flexible', optional: true, next: 'mode' },
    mode: {
      kind: 'ask',
      slot: 'mode',
      unless: isOnlineOnly,
      next: [{ when: isOnline, go: 'no_stay' }, { when: needsStay, go: 'stay_late' }, 'certainty'],
    },
    // Online, a length of stay means nothing: hours do.
    no_stay: { kind: 'set', values: () => ({ stay: undefined }), next: 'hours' },
    hours: { kind: 'ask', slot: 'hours', next: 'certainty' },
    stay_late: { kind: 'ask', slot: 'stay', params: stayParams, next: 'certainty' },
    certainty: { kind: 'ask', slot: 'certainty', next: [{ when: isTentative, go: 'notice' }, 'summary'] },
    notice: { kind: 'ask', slot: 'notice', next: 'summary' },
    summary: { kind: 'review', next: 'save' },
    save: {
      kind: 'do',
      needs: windowNeeds,
      run: saveWindow,
      refused: { full: 'full', not_known: 'not_known', unfinished: 'from' },
      next: 'saved',
    },
    saved: {
      kind: 'end',
      params: ({ answers }: Told) => ({
        from: { date: answers.from ?? '' },
        until: { date: answers.until ?? '' },
      }),
    },
    full: { kind: 'end' },
    not_known: { kind: 'end', then: () => ({ flow: 'hello' }) },
  },
});
