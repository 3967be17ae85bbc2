import { withdrawable, withdrawInterest } from '../src/domain/application.ts';
import type { Assignment, AssignmentStatus, Context } from '../src/domain/model.ts';
import { defineFlow } from '../src/engine/flow.ts';
import type { Option, Params } from '../src/engine/message.ts';
import { choice, choiceOf } from '../src/language/slots.ts';

/** WITHDRAW: an interest is taken back here; an offer is declined in its own conversation; an agreement needs a person. */
type Told = {
  readonly answers: { readonly which?: string; readonly reason?: string | null };
  readonly context: Context;
};

const offered: readonly AssignmentStatus[] = ['proposed', 'host_accepted'];
const agreed: readonly AssignmentStatus[] = [
  'member_accepted',
  'agreed',
  'clearing',
  'ready_to_travel',
  'travelling',
  'arrived',
  'on_mission',
  'hold',
];
const live = ({ assignments }: Context): readonly Assignment[] =>
  assignments.filter(({ status }) => offered.includes(status) || agreed.includes(status));

const options = ({ context }: Told): readonly Option[] => [
  ...withdrawable(context).map(({ mission }) => ({ id: `m${mission.id}`, label: mission.code })),
  ...live(context).map(({ id, code }) => ({ id: `a${id}`, label: code })),
];
const chosen = ({ answers, context }: Told) => live(context).find(({ id }) => `a${id}` === answers.which);

const hasNothing = (scope: Told) => options(scope).length === 0;
const isOffer = (scope: Told) => offered.includes(chosen(scope)?.status ?? 'closed');
const isAgreed = (scope: Told) => chosen(scope) !== undefined;

const whatParams = (scope: Told): Params => {
  const { answers, context } = scope;
  const call = withdrawable(context).find(({ mission }) => `m${mission.id}` === answers.which);
  return { code: chosen(scope)?.code ?? call?.mission.code ?? '' };
};
const listParams = ({ context }: Told): Params => ({
  list: {
    lines: [
      ...withdrawable(context).map(({ mission }) => ({
        key: 'withdraw.interest',
        params: { code: mission.code, title: { text: mission.title } },
      })),
      ...live(context).map(({ code, need }) => ({
        key: 'withdraw.placement',
        params: { code, hospital: need.hospital.name },
      })),
    ],
  },
});

export const withdraw = defineFlow({
  id: 'withdraw',
  version: 1,
  start: 'begin',
  slots: {
    which: choiceOf('which', options),
    reason: choice('dates', 'employer', 'family', 'funding', 'private_health', 'other'),
  },
  steps: {
    begin: { kind: 'decide', next: [{ when: hasNothing, go: 'nothing' }, 'which'] },
    which: {
      kind: 'ask',
      slot: 'which',
      params: listParams,
      next: [{ when: isOffer, go: 'to_offer' }, { when: isAgreed, go: 'agreed' }, 'reason'],
    },
    to_offer: {
      kind: 'end',
      silent: true,
      then: (scope: Told) => ({ flow: 'offer', data: { assignmentId: chosen(scope)?.id } }),
    },
    agreed: { kind: 'hand_over', reason: 'wants_to_withdraw', params: whatParams },
    reason: { kind: 'ask', slot: 'reason', optional: true, next: 'summary' },
    summary: { kind: 'review', params: whatParams, next: 'save' },
    save: { kind: 'do', run: withdrawInterest, refused: { gone: 'gone' }, next: 'withdrawn' },
    withdrawn: { kind: 'end', params: whatParams },
    gone: { kind: 'end' },
    nothing: { kind: 'end' },
  },
});
