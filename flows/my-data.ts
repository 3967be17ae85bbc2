import { callsNeeds, withdrawCalls } from '../src/domain/consent.ts';
import { liveAssignments, requestErasure } from '../src/domain/contact.ts';
import { type Context, consentPurposes } from '../src/domain/model.ts';
import { defineFlow, type Slot } from '../src/engine/flow.ts';
import type { Option, Param, Params } from '../src/engine/message.ts';
import { choiceOf, yesNo } from '../src/language/slots.ts';

/** What somebody may see, correct, withdraw and have deleted. What only a person can do opens a ticket and says so. */
type Told = { readonly answers: { readonly what?: string }; readonly context: Context };
type Knows = { readonly context: Context };

const options = ({ context }: Knows): readonly Option[] => [
  { id: 'see' },
  ...(context.person
    ? [
        { id: 'correct' },
        ...(context.person.consents.mission_calls === 'given' ? [{ id: 'no_calls' }] : []),
        { id: 'withdraw' },
        { id: 'delete' },
      ]
    : []),
  { id: 'complain' },
  { id: 'close' },
];

const sees = ({ answers }: Told) => answers.what === 'see';
const corrects = ({ answers }: Told) => answers.what === 'correct';
const endsCalls = ({ answers }: Told) => answers.what === 'no_calls';
const withdraws = ({ answers }: Told) => answers.what === 'withdraw';
const deletes = ({ answers }: Told) => answers.what === 'delete';
const complains = ({ answers }: Told) => answers.what === 'complain';
const isNobody = ({ context }: Knows) => context.person === null;

/** Everything kept that may be shown on a messenger, one line each. */
const keptLines = ({ context: { person, member, windows } }: Knows): Params => {
  const lines: Param[] = [];
  const put = (what: string, value: Param | null | undefined) => {
    if (value !== null && value !== undefined && value !== '') {
      lines.push({ key: 'common.line', params: { label: { key: `kept.label.${what}` }, value } });
    }
  };
  put('name', person?.name);
  put('phone', person?.phone);
  put('email', person?.email);
  if (member) {
    put('code', member.code);
    put('country', { country: member.country });
    put('city', member.city);
    put('profession', member.professionText ?? { profession: member.profession });
    put('specialty', member.specialty);
    put('years', member.years);
    put('licensed', { key: `registration.licensed.choices.${member.licensed}` });
    put('levels', { key: 'common.levels', params: member.levels });
  }
  for (const { fromDay, toDay } of windows) {
    put('window', { from: fromDay, to: toDay });
  }
  for (const purpose of consentPurposes) {
    const state = person?.consents[purpose];
    if (state) put(`consent_${purpose}`, { key: `kept.state.${state}` });
  }
  return { lines: { lines } };
};

/** Typed letter by letter, so that nobody is deleted by a slip of the thumb. A plain no keeps everything. */
function deleteWord(): Slot<'delete'> {
  const plain = yesNo();
  return {
    kind: 'delete_word',
    read(typed, scope) {
      if (/^\s*(delete|supprimer|siba)[\s.!]*$/i.test(typed))
        return { kind: 'value', value: 'delete', confidence: 'certain' };
      const said = plain.read(typed, scope);
      return said.kind === 'value' && said.value === 'no'
        ? { kind: 'other', other: 'cancel' }
        : { kind: 'unclear', why: 'not_the_word' };
    },
    first: true,
    show: () => '',
  };
}

export const myData = defineFlow({
  id: 'my_data',
  version: 1,
  start: 'what',
  slots: { what: { ...choiceOf('my_data', options), leads: true }, word: deleteWord() },
  steps: {
    what: {
      kind: 'ask',
      slot: 'what',
      next: [
        { when: sees, go: 'look' },
        { when: corrects, go: 'correct' },
        { when: endsCalls, go: 'end_calls' },
        { when: withdraws, go: 'withdraw' },
        { when: deletes, go: 'word' },
        { when: complains, go: 'complain' },
        'close',
      ],
    },
    look: { kind: 'decide', next: [{ when: isNobody, go: 'nothing' }, 'kept'] },
    kept: { kind: 'end', params: keptLines },
    nothing: { kind: 'end' },
    correct: { kind: 'hand_over', reason: 'data_correction' },
    end_calls: { kind: 'do', needs: callsNeeds, run: withdrawCalls, next: 'calls_ended' },
    calls_ended: { kind: 'end' },
    withdraw: { kind: 'hand_over', reason: 'consent_withdrawal' },
    word: {
      kind: 'ask',
      slot: 'word',
      variant: ({ context }: Knows) => (liveAssignments(context).length > 0 ? 'live' : 'plain'),
      params: ({ context }: Knows) => ({ codes: liveAssignments(context).join(', ') }),
      next: 'erase',
    },
    erase: { kind: 'do', run: requestErasure, next: 'erasing' },
    erasing: { kind: 'hand_over', reason: 'erasure' },
    complain: { kind: 'hand_over', reason: 'data_complaint' },
    close: { kind: 'end' },
  },
});
