import { awaitsHost, isShared, subjectOf } from '../src/domain/host.ts';
import type { Assignment, Context } from '../src/domain/model.ts';
import {
  acceptNeeds,
  focalAccepts,
  hostRefuses,
  otherDatesProposed,
  type PlacementScope,
} from '../src/domain/placement.ts';
import { defineFlow } from '../src/engine/flow.ts';
import type { Params } from '../src/engine/message.ts';
import { day } from '../src/language/day-slots.ts';
import { choice, choiceOf } from '../src/language/slots.ts';

/** A hospital's answer to one proposal. What it sees of the member is a profile without a name (domain C9). */

type Told = {
  readonly answers: PlacementScope['answers'] & {
    readonly reply?: 'accept' | 'other' | 'no' | 'question';
    readonly way?: 'sent' | 'read_out' | 'nobody';
  };
  readonly data: PlacementScope['data'];
  readonly context: Context;
};

const waiting = (context: Context) => (context.host?.assignments ?? []).filter(awaitsHost);
const hasNone = ({ context, data }: Told) => data.assignmentId === undefined && waiting(context).length === 0;
const hasSeveral = ({ context, data }: Told) =>
  data.assignmentId === undefined && waiting(context).length > 1;
// A choice of one is no question, but it is remembered: it may be gone, or not alone, by the time of the answer.
const onlyOne = (scope: Told) => {
  const only = subjectOf(scope, awaitsHost)?.id;
  return { which: scope.answers.which ?? (only === undefined ? undefined : String(only)) };
};
const accepts = ({ answers }: Told) => answers.reply === 'accept';
const wantsOtherDates = ({ answers }: Told) => answers.reply === 'other';
const cannot = ({ answers }: Told) => answers.reply === 'no';

const whatWaits = ({ context }: Told) =>
  waiting(context).map(({ id, code, startsOn, need }) => ({
    id: String(id),
    label: code,
    description: {
      key: 'placement.which.line',
      params: { department: need.department, from: { date: startsOn } },
    },
  }));

const profile = (scope: Told): Params => {
  const assignment = subjectOf(scope, awaitsHost);
  return assignment ? profileOf(assignment) : {};
};

/** What is told of a member before both sides said yes. */
function profileOf({
  code,
  need,
  profile: { profession, years, levels },
  startsOn,
  endsOn,
  scope,
}: Assignment): Params {
  return {
    code,
    hospital: need.hospital.name,
    department: need.department,
    profession: { profession },
    years,
    rw: { key: `placement.levels.${levels.rw}` },
    fr: { key: `placement.levels.${levels.fr}` },
    en: { key: `placement.levels.${levels.en}` },
    from: { date: startsOn },
    to: { date: endsOn },
    scope: { key: `placement.scopes.${scope}` },
  };
}

const codeOf = (scope: Told): Params => {
  const { assignmentId } = scope.data;
  const id = assignmentId ?? Number(scope.answers.which ?? waiting(scope.context)[0]?.id);
  return { code: scope.context.host?.assignments.find((assignment) => assignment.id === id)?.code ?? '' };
};

export const placement = defineFlow({
  id: 'placement',
  version: 1,
  start: 'begin',
  entries: ['answer'],
  slots: {
    which: choiceOf('assignment', whatWaits),
    reply: choice('accept', 'other', 'no', 'question'),
    from: day({ notBefore: 'today' }),
    to: day({ notBefore: ({ answers }: { answers: { from?: string } }) => answers.from }),
    reason: choice('dates', 'host_capacity', 'funding', 'security', 'other'),
  },
  closed: (scope: Told) => {
    if (scope.data.assignmentId === undefined && scope.answers.which === undefined) return null;
    const assignment = subjectOf(scope, awaitsHost);
    if (!assignment) return 'withdrawn';
    return awaitsHost(assignment) ? null : 'answered';
  },
  steps: {
    begin: {
      kind: 'decide',
      next: [{ when: hasNone, go: 'none' }, { when: hasSeveral, go: 'which' }, 'only'],
    },
    only: { kind: 'set', values: onlyOne, next: 'answer' },
    none: { kind: 'end' },
    which: { kind: 'ask', slot: 'which', next: 'answer' },
    answer: { kind: 'ask', slot: 'reply', params: profile, next: [{ when: isShared, go: 'who' }, 'branch'] },
    who: { kind: 'call', flow: 'host_who', next: 'branch' },
    branch: {
      kind: 'decide',
      next: [
        { when: accepts, go: 'accept' },
        { when: wantsOtherDates, go: 'from' },
        { when: cannot, go: 'reason' },
        'question',
      ],
    },
    accept: {
      kind: 'do',
      needs: acceptNeeds,
      run: focalAccepts,
      refused: { gone: 'gone' },
      next: 'accepted',
    },
    accepted: { kind: 'end', variant: ({ answers }: Told) => answers.way ?? 'nobody', params: codeOf },
    from: { kind: 'ask', slot: 'from', next: 'to' },
    to: { kind: 'ask', slot: 'to', next: 'dates' },
    dates: { kind: 'review', next: 'propose' },
    propose: { kind: 'do', run: otherDatesProposed, refused: { gone: 'gone' }, next: 'proposed' },
    proposed: { kind: 'end', params: codeOf },
    reason: { kind: 'ask', slot: 'reason', optional: true, next: 'refusal' },
    refusal: { kind: 'review', params: codeOf, next: 'refuse' },
    refuse: { kind: 'do', run: hostRefuses, refused: { gone: 'gone' }, next: 'refused' },
    refused: { kind: 'end', params: codeOf },
    question: { kind: 'hand_over', reason: 'host_question' },
    gone: { kind: 'end' },
  },
});
