import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { flows } from '../../flows/index.ts';
import { advance } from '../../src/engine/advance.ts';
import { allOptions } from '../../src/engine/ask.ts';
import { type Frame, newSession, type Session } from '../../src/engine/session.ts';
import { stepIn } from '../../src/engine/trail.ts';
import { draftOf, flowOf, type Heard, labelOf } from '../../src/engine/turn.ts';
import { createWords } from '../../src/locale.ts';
import { createProgram } from '../../src/program.ts';
import { type Random, seeded } from '../../src/tools/walk/random.ts';
import { beginning, type Situation, situations } from '../../src/tools/walk/situations.ts';
import { answerNeed } from '../../src/tools/walk/world.ts';
import { saysChanged } from '../support/situations.ts';

/** Repair in every conversation: who has come to a second question changes the first one's answer by words. */

const words = createWords(join(fileURLToPath(new URL('.', import.meta.url)), '../../locales'));
const program = createProgram(words);

/** Conversations in which every answer is used at once, or that ask but one thing: nothing earlier is left to change. */
const withoutSecond = [
  'day_before',
  'host_arrival',
  'host_who',
  'human',
  'language',
  'resume',
  'sos',
  'staff',
  'start',
  'stop',
  'travel_card',
  'withdraw',
];

const typed: { readonly [kind: string]: readonly string[] } = {
  name: ['Diane Ingabire', 'my name is Alice Keza'],
  city: ['Namur', 'my city is Liège'],
  country: ['Belgium', 'Germany'],
  phone: ['+32 470 00 00 12', '+32 470 00 00 13'],
  day: ['3 May 2027', '5 May 2027'],
  day_range: ['01/05/2027 - 15/06/2027', '02/05/2027 - 15/06/2027'],
  code: ['ABCD2345', 'ABCD2346'],
  text: ['a few words', 'Note: other words'],
  count: ['8', '9'],
};

describe.each([...new Set(flows.map(({ id }) => id))].sort())('%s', (id) => {
  const found = secondQuestion(id);

  test('its first answer changes by words', () => {
    if (!found) return expect(withoutSecond).toContain(id);
    expect(withoutSecond).not.toContain(id);
    const { session, situation } = found;
    const top = session.stack.at(-1);
    const first = top?.trail.map(stepIn).find((step) => step !== top.step) ?? '';
    const results = corrections(session, situation, first).map((said) => {
      const asked = turn(session, situation, said);
      const field = asked?.session.stack.at(-1)?.aside?.kind === 'amend';
      return keys(field ? turn(asked.session, situation, '1') : asked);
    });
    expect(results.some(leads(top, first) ? isFollowed : (said) => said.some(saysChanged))).toBe(true);
  });
});

/** A way through a menu is followed without a word; what has not been understood is told by the engine. */
function isFollowed(said: readonly string[]): boolean {
  return said.length > 0 && said.every((key) => !key.startsWith('common.'));
}

function leads(top: Frame | undefined, name: string): boolean {
  const flow = top && program.flow(top.flow, top.version);
  const step = flow?.steps[name];
  return step?.kind === 'ask' && flow?.slots[step.slot]?.leads === true;
}

type Made = ReturnType<typeof turn>;

function keys(made: Made): readonly string[] {
  return made?.message?.parts.map(({ key }) => key) ?? [];
}

/** What people may write to change that answer: another choice by its words, or another value. */
function corrections(session: Session, situation: Situation, step: string): readonly string[] {
  const top = session.stack.at(-1);
  if (!top) return [];
  const then = { ...top, step, trail: [] };
  const draft = draftOf(program, session, heard(situation, 'x'));
  const flow = flowOf(draft, top);
  const asked = flow.steps[step];
  const labels = allOptions(draft, then).map((option) => words.write('en', labelOf(flow, step, option)));
  const kind = asked?.kind === 'ask' ? (flow.slots[asked.slot]?.kind ?? '') : '';
  return [...labels, ...(typed[kind] ?? [])].map((said) => `correction: ${said}`);
}

/** The first place of this conversation, from any situation, where an earlier answer can still be changed. */
function secondQuestion(id: string): { readonly session: Session; readonly situation: Situation } | null {
  for (const situation of situations) {
    const starts = [{ flow: id, data: {} }, ...situation.opens.filter(({ flow }) => flow === id)];
    for (const { data } of starts) {
      const made = turn(newSession('en'), situation, { kind: 'begin', flow: id, data });
      const session = made && search(id, made.session, situation, 3);
      if (session) return { session, situation };
    }
  }
  return null;
}

function search(id: string, session: Session, situation: Situation, depth: number): Session | null {
  const top = session.stack.at(-1);
  if (!top || session.stack.some(({ flow }, at) => at > 0 && flow !== id)) return null;
  if (top.flow === id && !top.aside && top.trail.some((mark) => stepIn(mark) !== top.step)) return session;
  if (depth === 0) return null;
  const draft = draftOf(program, session, heard(situation, 'x'));
  const flow = flowOf(draft, top);
  const step = flow.steps[top.step];
  const kind = step?.kind === 'ask' ? (flow.slots[step.slot]?.kind ?? '') : '';
  const labels = allOptions(draft, top).map((option) => words.write('en', labelOf(flow, top.step, option)));
  for (const said of [...labels, typed[kind]?.[0] ?? 'yes']) {
    const made = turn(session, situation, said);
    const deeper = made && search(id, made.session, situation, depth - 1);
    if (deeper) return deeper;
  }
  return null;
}

/** Everything that may go wrong goes well. */
const lucky: Random = { ...seeded(1), chance: () => false };

function heard(situation: Situation, said: string | Heard['event'], found = {}): Heard {
  return {
    event: typeof said === 'string' ? { kind: 'text', text: said } : said,
    at: beginning,
    opens: [],
    context: situation.context,
    found,
    now: new Date(beginning),
    today: '2026-11-23',
  };
}

/** One turn; null where this situation does not know the conversation. */
function turn(session: Session, situation: Situation, said: string | Heard['event']) {
  let found = {};
  const numbers = { nextId: () => 1_000, wrongCodes: 0 };
  for (let tries = 0; tries < 4; tries += 1) {
    const made = advance(program, session, heard(situation, said, found));
    if (made.kind === 'turn') return made;
    const answers = made.needs.map((need) => [need.query, answerNeed(need, lucky, numbers)]);
    found = { ...found, ...Object.fromEntries(answers) };
  }
  return null;
}
