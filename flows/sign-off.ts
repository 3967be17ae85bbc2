import { isShared } from '../src/domain/host.ts';
import type { Context } from '../src/domain/model.ts';
import type { CodePurpose } from '../src/domain/one-time-code.ts';
import { awaitingCode, codeNeeds, type SignOffScope, signOff, signOffOf } from '../src/domain/sign-off.ts';
import { defineFlow } from '../src/engine/flow.ts';
import type { Params } from '../src/engine/message.ts';
import { choiceOf, code } from '../src/language/slots.ts';

/** The director confirms a placement or a checklist by typing back six digits. */

type Told = {
  readonly answers: SignOffScope['answers'] & {
    readonly outcome?: 'right' | 'wrong' | 'locked';
    readonly left?: number;
    readonly purpose?: CodePurpose;
  };
  readonly data: SignOffScope['data'] & { readonly said?: string };
  readonly context: Context;
};

const hasNone = ({ context }: Told) => awaitingCode(context).length === 0;
const hasSeveral = (scope: Told) => awaitingCode(scope.context).length > 1 && signOffOf(scope) === null;
// A choice of one is no question, but it is remembered: something else may wait by the time the digits come.
const onlyOne = (scope: Told) => {
  const { which } = scope.answers;
  const only = signOffOf(scope)?.assignment.id;
  return { which: which ?? (only === undefined ? undefined : String(only)) };
};
const isSettled = (scope: Told) =>
  (scope.data.assignmentId !== undefined || scope.answers.which !== undefined) && signOffOf(scope) === null;
const hasTyped = ({ data }: Told) => data.said !== undefined;
const isWrong = ({ answers }: Told) => answers.outcome === 'wrong';
const isLocked = ({ answers }: Told) => answers.outcome === 'locked';
const typedDigits = ({ data }: Told) => ({ code: (data.said ?? '').replace(/\D/g, '') });

const whatWaits = ({ context }: Told) =>
  awaitingCode(context).map(({ id, code: label }) => ({ id: String(id), label }));

const facts = (scope: Told): Params => {
  const what = signOffOf(scope);
  if (!what) return {};
  const { code: shown, need, startsOn, endsOn, scope: work } = what.assignment;
  return {
    code: shown,
    department: need.department,
    from: { date: startsOn },
    to: { date: endsOn },
    scope: { key: `placement.scopes.${work}` },
  };
};
const purposeOf = (scope: Told) => scope.answers.purpose ?? signOffOf(scope)?.purpose ?? 'placement';

export const signOffFlow = defineFlow({
  id: 'sign_off',
  version: 1,
  start: 'begin',
  entries: ['code'],
  slots: { which: choiceOf('assignment', whatWaits), code: code({ length: 6 }) },
  closed: (scope: Told) => (isSettled(scope) ? 'settled' : null),
  steps: {
    begin: {
      kind: 'decide',
      next: [{ when: hasNone, go: 'nothing' }, { when: hasSeveral, go: 'which' }, 'only'],
    },
    only: { kind: 'set', values: onlyOne, next: 'arrive' },
    which: { kind: 'ask', slot: 'which', next: 'arrive' },
    arrive: { kind: 'decide', next: [{ when: hasTyped, go: 'typed' }, 'code'] },
    typed: { kind: 'set', values: typedDigits, next: 'gate' },
    code: { kind: 'ask', slot: 'code', variant: purposeOf, params: facts, next: 'gate' },
    gate: { kind: 'decide', next: [{ when: isShared, go: 'who' }, 'check'] },
    who: { kind: 'call', flow: 'host_who', next: 'check' },
    check: {
      kind: 'do',
      needs: codeNeeds,
      run: signOff,
      refused: {
        gone: 'nothing',
        not_yours: 'not_yours',
        no_code: 'no_code',
        expired: 'expired',
        locked: 'locked',
      },
      next: [{ when: isWrong, go: 'wrong' }, { when: isLocked, go: 'locked' }, 'done'],
    },
    wrong: { kind: 'say', params: ({ answers }: Told) => ({ count: answers.left ?? 0 }), next: 'code' },
    locked: { kind: 'end' },
    expired: { kind: 'end' },
    no_code: { kind: 'end' },
    not_yours: { kind: 'end' },
    nothing: { kind: 'end' },
    done: { kind: 'end', variant: purposeOf, params: facts },
  },
});
