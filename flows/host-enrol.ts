import { checkInvitation, enrol, enrolNeeds, hostRoles, invitationNeeds } from '../src/domain/host.ts';
import type { HostContact } from '../src/domain/model.ts';
import { defineFlow, type Slot } from '../src/engine/flow.ts';
import { fold } from '../src/language/normalise.ts';
import { name } from '../src/language/person-slots.ts';
import { choice, yesNo } from '../src/language/slots.ts';

/** A hospital's contact makes themselves known with the code a coordinator gave them. */

type Told = {
  readonly answers: {
    readonly name?: string;
    readonly role?: HostContact['role'];
    readonly agree?: 'agree' | 'refuse';
    readonly tries?: number;
    readonly hospital?: string;
    readonly invited_as?: HostContact['role'];
  };
};

/** So many wrong codes, then a person looks. */
const codesToPerson = 3;
const isDirectorRole = ({ answers }: Told) => answers.role === 'dg';
const refuses = ({ answers }: Told) => answers.agree === 'refuse';
const wasLastTry = ({ answers }: Told) => (answers.tries ?? 0) >= codesToPerson;
const oneMoreTry = ({ answers }: Told) => ({ tries: (answers.tries ?? 0) + 1, code: null });
const hospitalOf = ({ answers }: Told) => ({ hospital: answers.hospital ?? '' });
const shownAgain = ({ answers }: Told) => ({
  hospital: answers.hospital ?? '',
  name: answers.name ?? '',
  // What they agree to is the role they were invited in; one who says another is looked at by a coordinator.
  role: { key: `host_enrol.role.choices.${answers.invited_as ?? answers.role ?? 'focal'}` },
});

export const hostEnrol = defineFlow({
  id: 'host_enrol',
  version: 1,
  start: 'code',
  slots: {
    code: invitationCode(),
    name: name(),
    role: choice(...hostRoles),
    informed: yesNo(),
    agree: choice('agree', 'refuse'),
  },
  progress: ['code', 'name', 'role', 'informed', 'agree'],
  steps: {
    code: { kind: 'ask', slot: 'code', next: 'check' },
    check: {
      kind: 'do',
      needs: invitationNeeds,
      run: checkInvitation,
      refused: { unknown_code: 'count', used_code: 'used', expired_code: 'expired' },
      next: 'name',
    },
    count: { kind: 'set', values: oneMoreTry, next: [{ when: wasLastTry, go: 'person' }, 'wrong'] },
    wrong: { kind: 'say', next: 'code' },
    person: { kind: 'hand_over', reason: 'invitation' },
    used: { kind: 'hand_over', reason: 'invitation' },
    expired: { kind: 'hand_over', reason: 'invitation' },
    name: { kind: 'ask', slot: 'name', params: hospitalOf, next: 'role' },
    role: { kind: 'ask', slot: 'role', next: 'informed' },
    informed: { kind: 'ask', slot: 'informed', unless: isDirectorRole, next: 'agree' },
    agree: {
      kind: 'ask',
      slot: 'agree',
      params: shownAgain,
      next: [{ when: refuses, go: 'refused' }, 'enrol'],
    },
    enrol: {
      kind: 'do',
      needs: enrolNeeds,
      run: enrol,
      refused: { unknown_code: 'person', used_code: 'used', expired_code: 'expired' },
      next: 'done',
    },
    done: { kind: 'end', params: hospitalOf },
    refused: { kind: 'end' },
  },
});

/** Letters and digits as a coordinator wrote them on paper, in any case, with or without dashes. `not_a_code`. */
function invitationCode(): Slot<string> {
  return {
    kind: 'code',
    read(typed) {
      const value = fold(typed)
        .replace(/[\s.-]/g, '')
        .toUpperCase();
      return /^[A-Z0-9]{4,12}$/.test(value) && /\d/.test(value)
        ? { kind: 'value', value, confidence: 'certain' }
        : { kind: 'unclear', why: 'not_a_code' };
    },
    show: (value) => '•'.repeat(value.length),
  };
}
