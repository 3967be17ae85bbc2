import {
  type CallAnswers,
  callOf,
  chosenNeeds,
  datesFit,
  interestNeeds,
  isCallOpen,
  mostPosts,
  recordInterest,
  recordMaybe,
  recordNo,
} from '../src/domain/application.ts';
import { addDays } from '../src/domain/days.ts';
import type { ApplicationStatus, Context, Need } from '../src/domain/model.ts';
import { defineFlow } from '../src/engine/flow.ts';
import type { Option, Param, Params } from '../src/engine/message.ts';
import { day, dayRange, daysAhead } from '../src/language/day-slots.ts';
import { choice, ranked, text, yesNo } from '../src/language/slots.ts';

/** A member's answer to a mission call. Opened by the call itself at `answer`; `data.missionId` says which. */
type Answers = CallAnswers & {
  readonly changed?: 'yes' | 'no';
  readonly tries?: number;
  readonly question?: { readonly more?: 'another' | 'person' | 'done' };
};
type Told = {
  readonly answers: Answers;
  readonly data: { readonly missionId?: number };
  readonly context: Context;
};

/** After so many pairs of dates that fit no post, a person helps. */
const mostTries = 3;

const isInterested = ({ answers }: Told) => answers.answer === 'interested';
const isMaybe = ({ answers }: Told) => answers.answer === 'maybe';
const isNo = ({ answers }: Told) => answers.answer === 'no';
const wantsPerson = ({ answers }: Told) => answers.question?.more === 'person';
const hasNoPost = (scope: Told) => (callOf(scope)?.needs.length ?? 0) === 0;
const hasOnePost = (scope: Told) => callOf(scope)?.needs.length === 1;
const wantsNone = ({ answers }: Told) => answers.posts?.includes('none') === true;
const areDatesFit = (scope: Told) => {
  const call = callOf(scope);
  return call !== null && datesFit(call, scope.answers);
};
const isStuck = ({ answers }: Told) => (answers.tries ?? 0) >= mostTries;
const hasShared = ({ context }: Told) => context.person?.consents.share_with_host_moh === 'given';
const hasChanged = ({ answers }: Told) => answers.changed === 'yes';

const decided: readonly ApplicationStatus[] = ['shortlisted', 'offered', 'accepted', 'not_selected'];
const closedBecause = (scope: Told) => {
  const call = callOf(scope);
  if (!call) return 'gone';
  const { mission, application } = call;
  if (mission.status === 'cancelled' || mission.status === 'postponed') return mission.status;
  return application && decided.includes(application.status) ? 'decided' : null;
};

const postLine = ({ code, hospital, department, earliest, latest, minDays }: Need): Param => ({
  key: 'call.post',
  params: {
    code,
    hospital: hospital.name,
    department,
    from: { date: earliest },
    to: { date: latest },
    days: { key: 'call.days', params: { count: minDays } },
  },
});
const postOptions = (scope: Told): readonly Option[] => [
  ...(callOf(scope)?.needs ?? []).map(({ id, code, hospital, department }) => ({
    id: String(id),
    label: code,
    description: `${hospital.name}, ${department}`.slice(0, 72),
  })),
  { id: 'none', label: { key: 'call.posts.choices.none' } },
];
const callParams = (scope: Told): Params => {
  const call = callOf(scope);
  return {
    code: call?.mission.code ?? '',
    title: call ? { text: call.mission.title } : '',
    closes: { date: call?.mission.closesOn ?? '' },
  };
};
/** The only post was never asked about, so the summary's lines lack it: it stands beside the call. */
const summaryParams = (scope: Told): Params => {
  const known = callParams(scope);
  const only = hasOnePost(scope) ? callOf(scope)?.needs[0] : undefined;
  if (!only) return known;
  return { ...known, code: `${known['code']}, ${only.code}: ${only.hospital.name}, ${only.department}` };
};
const postsParams = (scope: Told): Params => ({
  posts: { lines: (callOf(scope)?.needs ?? []).map(postLine) },
});
const rangeParams = (scope: Told): Params => {
  const call = callOf(scope);
  return { posts: { lines: call ? chosenNeeds(call, scope.answers.posts).map(postLine) : [] } };
};
const unfitParams = (scope: Told): Params => {
  const { dates } = scope.answers;
  return { ...rangeParams(scope), from: { date: dates?.from ?? '' }, to: { date: dates?.to ?? '' } };
};
const onlyPost = (scope: Told) => ({ posts: [String(callOf(scope)?.needs[0]?.id ?? '')] });
const noDates = ({ answers }: Told) => ({ dates: undefined, tries: (answers.tries ?? 0) + 1 });
const howRecorded = (scope: Told) => {
  const call = callOf(scope);
  if (call && !isCallOpen(call)) return 'late';
  return scope.answers.share === 'no' ? 'not_shared' : 'open';
};

export const call = defineFlow({
  id: 'call',
  version: 2,
  start: 'answer',
  closed: closedBecause,
  slots: {
    answer: choice('interested', 'maybe', 'no', 'question'),
    posts: ranked({ max: mostPosts, options: postOptions }),
    note: text({ max: 600, voice: true }),
    dates: dayRange({ notBefore: 'today' }),
    leave: choice('agreed', 'asked', 'not_yet', 'self_employed'),
    changed: yesNo(),
    motivation: text({ max: 600, voice: true }),
    share: yesNo(),
    remind_on: day({ notBefore: ({ today }) => addDays(today, 1), notAfter: daysAhead(365) }),
    reason: choice('dates', 'employer', 'family', 'funding', 'private_health', 'other'),
    keep: yesNo(),
  },
  steps: {
    answer: {
      kind: 'ask',
      slot: 'answer',
      params: callParams,
      next: [
        { when: isInterested, go: 'fits' },
        { when: isMaybe, go: 'remind_on' },
        { when: isNo, go: 'reason' },
        'question',
      ],
    },
    // Approved answers first; then the call is asked again, unless a person is wanted.
    question: {
      kind: 'call',
      flow: 'questions',
      data: () => ({ called: true }),
      next: [{ when: wantsPerson, go: 'asked' }, 'answer'],
    },
    asked: { kind: 'hand_over', reason: 'call_question', params: callParams },

    fits: {
      kind: 'decide',
      next: [{ when: hasNoPost, go: 'note' }, { when: hasOnePost, go: 'only' }, 'posts'],
    },
    only: { kind: 'set', values: onlyPost, next: 'dates' },
    posts: {
      kind: 'ask',
      slot: 'posts',
      params: postsParams,
      next: [{ when: wantsNone, go: 'note' }, 'dates'],
    },
    note: { kind: 'ask', slot: 'note', next: 'no_fit' },
    no_fit: { kind: 'hand_over', reason: 'no_post_fits' },

    dates: {
      kind: 'ask',
      slot: 'dates',
      params: rangeParams,
      next: [{ when: areDatesFit, go: 'leave' }, 'unfit'],
    },
    unfit: { kind: 'say', params: unfitParams, next: 'again' },
    again: { kind: 'set', values: noDates, next: [{ when: isStuck, go: 'stuck' }, 'dates'] },
    stuck: { kind: 'hand_over', reason: 'dates_do_not_fit' },
    leave: { kind: 'ask', slot: 'leave', next: 'changed' },
    changed: { kind: 'ask', slot: 'changed', next: 'motivation' },
    motivation: { kind: 'ask', slot: 'motivation', optional: true, next: 'share' },
    share: { kind: 'ask', slot: 'share', unless: hasShared, next: 'summary' },
    summary: { kind: 'review', params: summaryParams, next: 'save' },
    save: {
      kind: 'do',
      needs: interestNeeds,
      run: recordInterest,
      refused: { closed: 'gone', unfinished: 'answer', dates: 'unfit', offered: 'decided' },
      next: [{ when: hasChanged, go: 'recorded_changed' }, 'recorded'],
    },
    recorded: { kind: 'end', variant: howRecorded, params: callParams },
    recorded_changed: { kind: 'hand_over', reason: 'profile_changed', params: callParams },

    remind_on: { kind: 'ask', slot: 'remind_on', params: callParams, next: 'save_maybe' },
    save_maybe: {
      kind: 'do',
      needs: interestNeeds,
      run: recordMaybe,
      refused: { closed: 'gone', unfinished: 'answer', offered: 'decided' },
      next: 'maybe_kept',
    },
    maybe_kept: {
      kind: 'end',
      params: (scope: Told) => ({ ...callParams(scope), on: { date: scope.answers.remind_on ?? '' } }),
    },

    reason: { kind: 'ask', slot: 'reason', optional: true, next: 'keep' },
    keep: { kind: 'ask', slot: 'keep', next: 'save_no' },
    save_no: {
      kind: 'do',
      needs: interestNeeds,
      run: recordNo,
      refused: { closed: 'gone', offered: 'decided' },
      next: 'no_kept',
    },
    no_kept: { kind: 'end', variant: ({ answers }: Told) => (answers.keep === 'no' ? 'no_more' : 'go_on') },

    gone: { kind: 'end' },
    decided: { kind: 'end' },
  },
});
