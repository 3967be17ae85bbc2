import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { flows } from '../../flows/index.ts';
import { advance } from '../../src/engine/advance.ts';
import type { Lang } from '../../src/engine/message.ts';
import { newSession, type Session } from '../../src/engine/session.ts';
import { stepIn } from '../../src/engine/trail.ts';
import { draftOf, type Heard, scopeOf } from '../../src/engine/turn.ts';
import { createWords } from '../../src/locale.ts';
import { createProgram } from '../../src/program.ts';
import { beginning, situations } from '../../src/tools/walk/situations.ts';

/** The open question reads first: whatever repair is tried, an answer that is sure is never taken for something else. */

const folder = fileURLToPath(new URL('.', import.meta.url));
const program = createProgram(createWords(join(folder, '../../locales')));
const registration = flows.find(({ id }) => id === 'registration');
const agreed = situations.find(({ name }) => name === 'somebody who agreed');

const answers = [
  'Aline Uwase',
  'yes',
  'Belgium',
  'Liège',
  'Rwandan',
  'psychologist',
  'skip',
  '8',
  'yes',
  '332',
  'no',
];

const said = ['rw', 'fr', 'en', 'blind'].flatMap((name) =>
  readFileSync(join(folder, `../language/utterances/${name}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { readonly lang: Lang; readonly text: string }),
);

test.each(answers.map((_, at) => at))('the labelled messages, at question %i of the registration', (at) => {
  const session = answers.slice(0, at).reduce((before, text) => turn(before, text), begun());
  const top = session.stack.at(-1);
  const step = registration?.steps[top?.step ?? ''];
  const slot = step?.kind === 'ask' ? registration?.slots[step.slot] : undefined;
  if (!top || step?.kind !== 'ask' || !slot) throw new Error('the registration has other questions now');
  let sure = 0;
  for (const { lang, text } of said) {
    const mine: Session = { ...session, lang };
    if (program.reading.global(text, lang) || program.reading.isSos(text, lang)) continue;
    const reading = slot.read(text, scopeOf(draftOf(program, mine, heard(text)), top));
    if (reading.kind !== 'value' || reading.confidence !== 'certain') continue;
    // A name, a town and free words take anything, questions and corrections too: those are told apart elsewhere.
    if (slot.free) continue;
    sure += 1;
    const made = advance(program, mine, heard(text));
    // "No" to the question of age runs a command, which asks for more.
    if (made.kind === 'needs') continue;
    const after = made.session.stack.at(-1);
    const past = after?.trail.map(stepIn).slice(0, at + 1) ?? [];
    expect([text, after?.aside, past.includes(top.step)]).toEqual([text, undefined, true]);
  }
  const labelled = ['yes_no', 'country', 'profession_family', 'count'];
  if (labelled.includes(slot.kind)) expect(sure).toBeGreaterThan(10);
});

function begun(): Session {
  return turn(newSession('en'), { kind: 'begin', flow: 'registration' });
}

function turn(session: Session, event: string | Heard['event']): Session {
  const made = advance(program, session, heard(event));
  if (made.kind !== 'turn') throw new Error('only the summary asks for more');
  return made.session;
}

function heard(event: string | Heard['event']): Heard {
  return {
    event: typeof event === 'string' ? { kind: 'text', text: event } : event,
    at: beginning,
    opens: [],
    context: agreed?.context,
    found: {},
    now: new Date(beginning),
    today: '2026-11-23',
  };
}
