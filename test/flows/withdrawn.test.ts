import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Context } from '../../src/domain/model.ts';
import { advance } from '../../src/engine/advance.ts';
import { newSession, type Session } from '../../src/engine/session.ts';
import type { Heard } from '../../src/engine/turn.ts';
import { createWords } from '../../src/locale.ts';
import { createProgram } from '../../src/program.ts';
import { agreedPlacement, checklist, dg, focal, focalSaidYes, proposal } from '../support/contexts/host.ts';

/** What a conversation is about goes away while its question is open; found by the random walk. */

const program = createProgram(createWords(fileURLToPath(new URL('../../locales', import.meta.url))));
const now = new Date('2027-02-02T08:00:00Z');

function turn(session: Session, context: Context, event: Heard['event']) {
  const made = advance(program, session, {
    event,
    at: now.getTime(),
    opens: [],
    context,
    found: {},
    now,
    today: '2027-02-02',
  });
  if (made.kind !== 'turn') throw new Error('no command runs here');
  return { session: made.session, said: made.message?.parts.map(({ key }) => key) ?? [] };
}

const say = (text: string) => ({ kind: 'text', text }) as const;

test.each([
  ['placement', focal(proposal), focal(), 'placement.closed.withdrawn'],
  ['sign_off', dg(focalSaidYes), dg(), 'sign_off.closed.settled'],
  ['readiness', focal(agreedPlacement), focal(), 'readiness.closed.over'],
] as const)(
  '%s of the only one there was says so, when it is asked again and when it is taken up',
  (flow, before, after, closed) => {
    const begun = turn(newSession('en'), before, { kind: 'begin', flow });
    expect(begun.session.stack).toHaveLength(1);
    expect(turn(begun.session, after, say('help')).said).toContain(closed);

    const apart = turn(begun.session, before, say('language'));
    expect(apart.session.stack.at(-1)?.flow).toBe('language');
    const back = turn(apart.session, after, say('English'));
    expect(back.said).toContain(closed);
    expect(back.said).not.toContain('common.resume');
    expect(back.session.stack).toEqual([]);
  },
);

test('what begins to wait meanwhile does not change what the open question is about', () => {
  const other = { ...checklist([], 'submitted'), id: 88, code: 'A-0088' };
  const begun = turn(newSession('en'), dg(focalSaidYes), { kind: 'begin', flow: 'sign_off' });
  const again = turn(begun.session, dg(focalSaidYes, other), say('help'));
  expect(again.said.at(-1)).toBe('sign_off.code.placement.text');
  expect(again.session.stack[0]?.answers).toMatchObject({ which: '87' });
});
