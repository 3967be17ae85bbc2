import { gateDueOn, openGates } from '../src/domain/gates.ts';
import type { Assignment, Context } from '../src/domain/model.ts';
import {
  acceptNeeds,
  acceptOffer,
  assignmentOf,
  declineOffer,
  type OfferAnswers,
  proposeOtherDates,
  whyNotAnswerable,
} from '../src/domain/offer-answers.ts';
import { defineFlow, type Scope, type Slot } from '../src/engine/flow.ts';
import type { Param, Params } from '../src/engine/message.ts';
import { dayRange } from '../src/language/day-slots.ts';
import { acceptance, choice, yesNo } from '../src/language/slots.ts';

/** A member's answer to an offer: 72 hours, and only the typed word with the code binds. */
type Answers = Omit<OfferAnswers, 'answer'> & { readonly answer?: OfferAnswers['answer'] | 'typed' };
type Told = {
  readonly answers: Answers;
  readonly data: { readonly assignmentId?: number };
  readonly context: Context;
};

const codeOf = (scope: Told) => assignmentOf(scope)?.code ?? '';

const isExpired = (scope: Told & { readonly now: Date }) => whyNotAnswerable(scope) === 'expired';
const isGone = (scope: Told & { readonly now: Date }) => whyNotAnswerable(scope) !== null;
const accepts = ({ answers }: Told) => answers.answer === 'accept';
const acceptsAtOnce = ({ answers }: Told) => answers.answer === 'typed';
const declines = ({ answers }: Told) => answers.answer === 'decline';
const wantsOtherDates = ({ answers }: Told) => answers.answer === 'dates';
const hasShared = ({ context }: Told) => context.person?.consents.share_with_host_moh === 'given';
const refusesToShare = ({ answers }: Told) => answers.share === 'no';
const typedCode = (scope: Told) => ({ typed: codeOf(scope) });

const factParams = (scope: Told): Params => factsFor(assignmentOf(scope));

function factsFor(assignment: Assignment | null): Params {
  return {
    code: assignment?.code ?? '',
    hospital: assignment?.need.hospital.name ?? '',
    department: assignment?.need.department ?? '',
    from: { date: assignment?.startsOn ?? '' },
    to: { date: assignment?.endsOn ?? '' },
    scope: { key: `offer.scope.${assignment?.scope ?? 'supervised'}` },
    mode: { key: `offer.mode.${assignment?.mode ?? 'physical'}` },
    until: { instant: assignment?.offerEndsAt ?? '', zone: assignment?.zone ?? 'Africa/Kigali' },
  };
}

/** What has to be done before the first day, each with its day. */
const gateLines = (scope: Told): Params => {
  const assignment = assignmentOf(scope);
  const lines: readonly Param[] = assignment
    ? openGates(assignment.gates).map((gate) => ({
        key: 'offer.gate_line',
        params: { gate: { key: `offer.gates.${gate}` }, by: { date: gateDueOn(gate, assignment.startsOn) } },
      }))
    : [];
  const coordinator: Param = assignment ? { person: assignment.coordinatorId } : '';
  return { ...factParams(scope), gates: { lines }, coordinator };
};

/** The choices, and the exact words of acceptance for who writes them at once. A plain yes is told which they are. */
function reply(): Slot<NonNullable<Answers['answer']>> {
  const choices = choice('accept', 'decline', 'dates', 'talk');
  const words = acceptance(codeOf);
  const plain = yesNo();
  return {
    ...choices,
    first: true,
    show: (value) => value,
    read(text: string, scope: Scope) {
      const typed = words.read(text, scope);
      if (typed.kind === 'value') return { ...typed, value: 'typed' };
      const said = plain.read(text, scope);
      return said.kind === 'value' && said.value === 'yes'
        ? { kind: 'unclear', why: 'not_accepted' }
        : choices.read(text, scope);
    },
  };
}

export const offer = defineFlow({
  id: 'offer',
  version: 1,
  start: 'begin',
  entries: ['answer'],
  closed: whyNotAnswerable,
  slots: {
    answer: reply(),
    typed: acceptance(codeOf),
    share: yesNo(),
    reason: choice('dates', 'employer', 'family', 'funding', 'private_health', 'other'),
    range: dayRange({ notBefore: 'today' }),
  },
  steps: {
    // Also begun by a typed ACCEPT or WITHDRAW, when the offer may just have ended.
    begin: {
      kind: 'decide',
      next: [{ when: isExpired, go: 'expired' }, { when: isGone, go: 'withdrawn' }, 'answer'],
    },
    answer: {
      kind: 'ask',
      slot: 'answer',
      params: factParams,
      next: [
        { when: accepts, go: 'typed' },
        { when: acceptsAtOnce, go: 'take_typed' },
        { when: declines, go: 'reason' },
        { when: wantsOtherDates, go: 'range' },
        'talk',
      ],
    },
    talk: { kind: 'hand_over', reason: 'offer_question', params: factParams },

    typed: { kind: 'ask', slot: 'typed', params: factParams, next: 'share' },
    take_typed: { kind: 'set', values: typedCode, next: 'share' },
    share: {
      kind: 'ask',
      slot: 'share',
      unless: hasShared,
      params: factParams,
      next: [{ when: refusesToShare, go: 'not_shared' }, 'accept'],
    },
    not_shared: { kind: 'hand_over', reason: 'offer_without_sharing', params: factParams },
    accept: {
      kind: 'do',
      needs: acceptNeeds,
      run: acceptOffer,
      refused: { withdrawn: 'withdrawn', not_open: 'withdrawn', expired: 'expired', not_typed: 'typed' },
      next: 'accepted',
    },
    accepted: {
      kind: 'end',
      variant: (scope: Told) => (assignmentOf(scope)?.status === 'host_accepted' ? 'agreed' : 'waiting'),
      params: gateLines,
    },

    reason: { kind: 'ask', slot: 'reason', optional: true, params: factParams, next: 'decline' },
    decline: {
      kind: 'do',
      run: declineOffer,
      refused: { withdrawn: 'withdrawn', not_open: 'withdrawn' },
      next: 'declined',
    },
    declined: { kind: 'end', params: factParams },

    range: { kind: 'ask', slot: 'range', params: factParams, next: 'propose' },
    propose: {
      kind: 'do',
      run: proposeOtherDates,
      refused: { withdrawn: 'withdrawn', not_open: 'withdrawn', expired: 'expired' },
      next: 'proposed',
    },
    proposed: { kind: 'end', params: factParams },

    withdrawn: { kind: 'end' },
    expired: { kind: 'end' },
  },
});
