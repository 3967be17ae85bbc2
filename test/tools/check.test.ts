import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { fingerprint } from '../../src/engine/fingerprint.ts';
import type { Flow } from '../../src/engine/flow.ts';
import { createWords } from '../../src/locale.ts';
import { checkAll, sayFinding } from '../../src/tools/check.ts';
import { drawFlow } from '../../src/tools/graph.ts';
import { project } from '../../src/tools/project.ts';

/** The whole check over the real project with one thing spoilt; each defect in one line with file, key, limit, actual. */

const real = project();

function linesWith(changes: {
  flows?: readonly Flow[];
  released?: object;
  texts?: readonly [string, string, string][];
}) {
  const folder = mkdtempSync(join(tmpdir(), 'intumwa-check-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync(fileURLToPath(new URL('../../locales', import.meta.url)), folder, { recursive: true });
  for (const [file, from, to] of changes.texts ?? []) {
    const path = join(folder, file);
    const content = readFileSync(path, 'utf8');
    expect(content.includes(from), from).toBe(true);
    writeFileSync(path, content.replace(from, to));
  }
  const words = createWords(folder);
  const released = { ...real.released, ...changes.released };
  return checkAll({ ...real, words, released, flows: changes.flows ?? real.flows }).map(sayFinding);
}

const french = (key: string) => real.words.raw('fr', key) ?? '';

test('a text of one language: file, key, limit and length', () => {
  const label = french('registration.city.label');
  expect(
    linesWith({
      texts: [['fr/registration.json', `"label": "${label}"`, '"label": "La ville où vous habitez"']],
    }),
  ).toEqual(['locales/fr/registration.json registration.city.label (fr): label too long: 24, at most 20']);
});

test('a text missing in one language, and one without a class', () => {
  const label = french('registration.city.label');
  expect(
    linesWith({ texts: [['fr/registration.json', `"label": "${label}"`, `"lable": "${label}"`]] }),
  ).toEqual(
    expect.arrayContaining([
      'locales/fr/registration.json registration.city.label (fr): text missing',
      'locales/en/registration.json registration.city.lable (en): text missing',
    ]),
  );
  expect(
    linesWith({ texts: [['classes.json', '"registration": "reply"', '"registered": "reply"']] }),
  ).toContain(
    'locales/*/registration.json registration.name.text: text without a class in locales/classes.json',
  );
});

test('a step that is gone, with the file of its flow', () => {
  const flows = real.flows.map(
    (flow): Flow =>
      flow.id === 'host_menu'
        ? { ...flow, steps: { ...flow.steps, lost: { kind: 'decide', next: 'nowhere' } } }
        : flow,
  );
  expect(linesWith({ flows })).toEqual([
    'flows/host-menu.ts lost: leads to a step that is not there: nowhere',
    'flows/host-menu.ts lost: nothing leads to this step',
    'flows/host-menu.ts lost: no end can be reached from this step',
    'flows/host-menu.ts host_menu@1: a released version was edited: give the change a new version',
  ]);
});

test('a reminder that no WhatsApp template can say', () => {
  const reminder = french('offer.remind24.text');
  const line = (name: string, text: string) => `"${name}": ${JSON.stringify(text)}`;
  const spoilt = (to: string) => linesWith({ texts: [['fr/offer.json', line('text', reminder), to]] });
  expect(spoilt(line('text_other', reminder))).toEqual([
    'locales/fr/offer.json offer.remind24.text (fr): a message that comes unasked has no WhatsApp template (plural, or missing)',
  ]);
  expect(spoilt(line('text', `${reminder} ${'x'.repeat(1_000)}`))).toEqual([
    expect.stringMatching(
      /^locales\/fr\/offer\.json offer\.remind24\.text \(fr\): too long for a WhatsApp template: \d{4}, at most 1024$/,
    ),
  ]);
});

test('a released version that was edited, is gone, or shares its words with another', () => {
  const offer = real.flows.find(({ id }) => id === 'offer');
  if (!offer) throw new Error('the offer is a conversation of ours');
  expect(linesWith({ released: { 'offer@1': '0000000000000000' } })).toEqual([
    'flows/offer.ts offer@1: a released version was edited: give the change a new version',
  ]);
  expect(linesWith({ released: { 'offer@1': fingerprint(offer) } })).toEqual([]);
  expect(linesWith({ released: { 'offer@0': '0000000000000000' } })).toEqual([
    'flows/index.ts offer@0: a released version is gone: drop it from flows/released.json once nobody is in it',
  ]);
  expect(linesWith({ flows: [...real.flows, { ...offer, version: 2 }] })).toContain(
    'flows/index.ts offer@2: shares its texts with another version: offer@1',
  );
  expect(linesWith({ flows: [...real.flows, offer] })).toContain('flows/index.ts offer@1: listed twice');
});

test.each(real.flows.map((flow) => [flow.id, flow] as const))(
  '%s can be drawn, every step once',
  (_, flow) => {
    const lines = drawFlow(flow).trimEnd().split('\n');
    expect(lines[0]).toBe('flowchart TD');
    const nodes = lines.flatMap((line) => /^ {2}(s_\w+)[[({]/.exec(line)?.[1] ?? []);
    expect(nodes.length).toBe(Object.keys(flow.steps).length);
    expect(new Set(nodes).size).toBe(nodes.length);
    const targets = lines.flatMap(
      (line) => /(?:-->|==>|-\.->)(?:\|"[^"]*"\|)? (s_\w+)$/.exec(line)?.[1] ?? [],
    );
    expect(targets.filter((target) => !nodes.includes(target))).toEqual([]);
  },
);
