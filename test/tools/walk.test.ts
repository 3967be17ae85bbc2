import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { defineFlow, type Flow, type Program, type Slot } from '../../src/engine/flow.ts';
import { languages } from '../../src/engine/message.ts';
import { choiceOf, text } from '../../src/language/slots.ts';
import { createWords } from '../../src/locale.ts';
import { createProgram } from '../../src/program.ts';
import { project } from '../../src/tools/project.ts';
import { walkInParallel } from '../../src/tools/walk/crowd.ts';
import { situations } from '../../src/tools/walk/situations.ts';
import { walkFlows } from '../../src/tools/walk/walk.ts';

/** Random people through all conversations; `intumwa flows walk` sends 10,000. Each kind of defect is found. */

const { flows, words } = project();
const program = createProgram(words);

test('six hundred random people: nobody crashes, is left without an answer or cannot leave', () => {
  const walked = walkFlows({ program, words, flows, people: 600, seed: 20261123 });
  expect(walked.failures).toEqual([]);
  expect(walked.turns).toBeGreaterThan(12_000);

  const places = [...walked.visited.keys()].map((place) => place.split('.'));
  const met = (at: number) => new Set(places.map((place) => place[at]));
  expect([...met(0)].sort()).toEqual([...new Set(flows.map(({ id }) => id))].sort());
  expect([...met(2)].sort()).toEqual([...languages].sort());
  expect([...met(3)].sort()).toEqual(['slack', 'telegram', 'whatsapp']);
  const asked = flows.flatMap(({ id, steps }) =>
    Object.keys(steps)
      .filter((step) => steps[step]?.kind === 'ask')
      .map((step) => `${id}.${step}`),
  );
  const reached = new Set(places.map(([flow, step]) => `${flow}.${step}`));
  expect(asked.filter((step) => reached.has(step)).length / asked.length).toBeGreaterThan(0.9);
}, 60_000);

test('the same seed walks the same ways, in one process or in two', async () => {
  const alone = walkFlows({ program, words, flows, people: 60, seed: 7 });
  const crowd = await walkInParallel({ people: 60, seed: 7, workers: 2 });
  expect(crowd).toEqual(alone);
  expect(walkFlows({ program, words, flows, people: 60, seed: 8 }).visited).not.toEqual(alone.visited);
}, 60_000);

// ------------------------------------------------------------- defects

const sound = { kind: 'ask', slot: 'name', next: 'done' } as const;

/** What walkers meet in a conversation of one question, here `toy`, that strangers are led into. */
function meet({
  slot = text({ max: 4_000 }),
  steps = {},
  acts,
}: {
  slot?: Slot;
  steps?: Flow['steps'];
  acts?: number;
}) {
  const folder = mkdtempSync(join(tmpdir(), 'intumwa-walk-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync(fileURLToPath(new URL('../../locales', import.meta.url)), folder, { recursive: true });
  for (const lang of languages)
    writeFileSync(
      join(folder, lang, 'toy.json'),
      JSON.stringify({ name: { text: 'What? {{x}}' }, noted: { text: 'Noted.' }, done: { text: 'Fine.' } }),
    );
  const own = createWords(folder);
  const params = () => ({ x: 1 });
  const toy = defineFlow({
    id: 'toy',
    version: 1,
    start: 'name',
    slots: { name: slot },
    steps: { name: { ...sound, params }, done: { kind: 'end' }, ...steps },
  });
  const real = createProgram(own);
  const playing: Program = {
    ...real,
    flow: (id, version) => (id === 'toy' ? toy : real.flow(id, version)),
    newest: (id) => (id === 'toy' ? toy : real.newest(id)),
    entry: () => ({ flow: 'toy' }),
    word: () => null,
  };
  const from = situations.filter(({ name }) => name === 'a stranger');
  const { failures } = walkFlows({
    program: playing,
    words: own,
    flows: [toy],
    people: 40,
    seed: 3,
    from,
    ...(acts && { acts }),
  });
  return new Set(failures.map(({ kind, detail }) => `${kind}: ${detail}`));
}

const only = (failures: ReadonlySet<string>, start: string) => {
  expect([...failures].length).toBeGreaterThan(0);
  expect([...failures].filter((failure) => !failure.startsWith(start))).toEqual([]);
};

test('a sound toy has no failures', () => {
  expect([...meet({})]).toEqual([]);
});

test('a guard that throws, and a text without its value', () => {
  const fails = () => {
    throw new Error('no such member');
  };
  only(
    meet({
      steps: { name: { ...sound, params: () => ({ x: 1 }), next: [{ when: fails, go: 'done' }, 'done'] } },
    }),
    'crash: no such member',
  );
  only(meet({ steps: { name: { ...sound, params: () => ({}) } } }), 'crash: a text has no value for "x"');
});

test('an answer to which nothing is said', () => {
  only(meet({ steps: { done: { kind: 'end', silent: true } } }), 'silence: ');
});

test('the same question again and again', () => {
  const deaf: Slot = { ...text({ max: 4_000 }), read: () => ({ kind: 'other', other: 'question' }) };
  only(meet({ slot: deaf }), 'repeated: 4 times');
});

test('a question that swallows every word, so that nobody can leave', () => {
  const greedy: Slot = {
    ...text({ max: 4_000 }),
    first: true,
    read: (said) => ({ kind: 'value', value: said, confidence: 'certain' }),
  };
  const forget = () => ({ name: undefined });
  const never = () => false;
  const steps = {
    name: { ...sound, params: () => ({ x: 1 }), next: 'noted' },
    noted: { kind: 'say', next: 'forget' },
    forget: { kind: 'set', values: forget, next: [{ when: never, go: 'done' }, 'name'] },
    done: { kind: 'end' },
  } as const;
  only(meet({ slot: greedy, steps, acts: 2 }), 'no_way_out: toy.name cannot be cancelled');
});

test('a choice too long for a channel', () => {
  const wide = choiceOf('wide', () => [{ id: 'a', label: 'A choice as long as a whole sentence' }]);
  only(meet({ slot: wide }), 'does_not_fit: "A choice as long');
});
