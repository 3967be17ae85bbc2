import { expect, test } from 'vitest';
import { checkFlow, checkTexts, type Problem, type Texts } from '../../src/engine/check.ts';
import { checkReleased, fingerprint } from '../../src/engine/fingerprint.ts';
import type { Flow, Step } from '../../src/engine/flow.ts';
import { type Lang, languages, type Param } from '../../src/engine/message.ts';
import { choice, choiceOf, count, yesNo } from '../../src/language/slots.ts';

/** Each kind of defect, planted in a flow that is otherwise sound (promise 9). */

const isMany = ({ answers }: { answers: { guests?: number } }) => (answers.guests ?? 0) > 8;
const isFew = ({ answers }: { answers: { guests?: number } }) => (answers.guests ?? 0) < 2;
const counted = ({ answers }: { answers: { guests?: number } }) => ({ guests: answers.guests ?? 0 });
const nights = () => ({ count: 1 });
const book = () => ({ ok: true, deeds: [] }) as const;

const sound = {
  id: 'table',
  version: 1,
  start: 'guests',
  slots: { guests: count({ min: 1, max: 40 }), seat: choice('inside', 'outside'), sure: yesNo() },
  steps: {
    guests: { kind: 'ask', slot: 'guests', next: [{ when: isMany, go: 'colleague' }, 'seat'] },
    seat: { kind: 'ask', slot: 'seat', params: counted, next: 'sum' },
    sum: { kind: 'review', next: 'book' },
    book: { kind: 'do', run: book, refused: { full: 'colleague' }, next: 'booked' },
    booked: { kind: 'end', params: nights },
    colleague: { kind: 'hand_over', reason: 'large_party' },
  },
} satisfies Flow;

const words = {
  'guests.text': 'How many guests?',
  'guests.label': 'Guests',
  'seat.text': 'Where for {{guests}}?',
  'seat.choices.inside': 'Inside',
  'seat.choices.outside': 'Outside',
  'sum.text': '{{summary}}',
  'booked.text_one': 'One night.',
  'booked.text_other': '{{count}} nights.',
  'colleague.text': 'A colleague will write.',
};

type Changes = Partial<Record<Lang, Readonly<Record<string, string | null>>>>;

function textsWith(changes: Changes = {}, classOf: Texts['classOf'] = () => 'reply'): Texts {
  const all = languages.map((lang): [Lang, Map<string, string>] => {
    const merged = new Map(Object.entries(words).map(([key, value]) => [`table.${key}`, value]));
    for (const [key, value] of Object.entries(changes[lang] ?? {})) {
      if (value === null) merged.delete(`table.${key}`);
      else merged.set(`table.${key}`, value);
    }
    return [lang, merged];
  });
  const byLang = new Map(all);
  return {
    keys: (lang) => [...(byLang.get(lang)?.keys() ?? [])],
    raw: (lang, key) => byLang.get(lang)?.get(key),
    write: (_lang: Lang, param: Param) => String(param),
    classOf,
  };
}

function problemsOf(
  flow: Flow,
  texts = textsWith(),
  known = { flows: new Set(['table', 'menu']) },
): readonly Problem[] {
  return checkFlow(flow, known, texts);
}

/** The sound flow with one step put in or exchanged. The compiler would refuse most of these. */
function withStep(name: string, step: Step, more: Partial<Flow> = {}): Flow {
  return { ...sound, ...more, steps: { ...sound.steps, [name]: step } };
}

test('a sound flow has no problems', () => {
  expect(problemsOf(sound)).toEqual([]);
});

test('a step that nothing leads to', () => {
  expect(problemsOf(withStep('lost', { kind: 'decide', next: 'booked' }))).toEqual([
    { flow: 'table', step: 'lost', problem: 'unreachable_step' },
  ]);
  // Unless a proactive message opens it.
  expect(problemsOf(withStep('lost', { kind: 'decide', next: 'booked' }, { entries: ['lost'] }))).toEqual([]);
});

test('a step from which no end can be reached', () => {
  const flow = withStep('seat', { kind: 'ask', slot: 'seat', next: 'again' });
  const loop: Flow = { ...flow, steps: { ...flow.steps, again: { kind: 'decide', next: 'seat' } } };
  expect(problemsOf(loop)).toEqual(
    expect.arrayContaining([
      { flow: 'table', step: 'seat', problem: 'trapped_step' },
      { flow: 'table', step: 'again', problem: 'trapped_step' },
    ]),
  );
});

test('a branch, a refusal or a start that leads nowhere', () => {
  expect(
    problemsOf(
      withStep('seat', { kind: 'ask', slot: 'seat', next: [{ when: isFew, go: 'nowhere' }, 'sum'] }),
    ),
  ).toContainEqual({
    flow: 'table',
    step: 'seat',
    problem: 'unknown_step',
    actual: 'nowhere',
  });
  expect(
    problemsOf(withStep('book', { kind: 'do', run: book, refused: { full: 'nowhere' }, next: 'booked' })),
  ).toContainEqual({
    flow: 'table',
    step: 'book',
    problem: 'unknown_step',
    actual: 'nowhere',
  });
  expect(problemsOf({ ...sound, start: 'nowhere' })).toContainEqual({
    flow: 'table',
    step: 'nowhere',
    problem: 'unknown_step',
    actual: 'nowhere',
  });
});

test('a slot, a called flow or a following flow that does not exist', () => {
  expect(problemsOf(withStep('seat', { kind: 'ask', slot: 'chair', next: 'sum' }))).toContainEqual({
    flow: 'table',
    step: 'seat',
    problem: 'unknown_slot',
    actual: 'chair',
  });
  expect(problemsOf(withStep('seat', { kind: 'call', flow: 'nothing', next: 'sum' }))).toContainEqual({
    flow: 'table',
    step: 'seat',
    problem: 'unknown_flow',
    actual: 'nothing',
  });
  expect(problemsOf(withStep('booked', { kind: 'end', then: () => ({ flow: 'nothing' }) }))).toContainEqual({
    flow: 'table',
    step: 'booked',
    problem: 'unknown_flow',
    actual: 'nothing',
  });
  expect(
    problemsOf(withStep('booked', { kind: 'end', params: nights, then: () => ({ flow: 'menu' }) })),
  ).toEqual([]);
});

test('progress over a step that asks nothing', () => {
  expect(problemsOf({ ...sound, progress: ['guests', 'book'] })).toContainEqual({
    flow: 'table',
    step: 'book',
    problem: 'not_an_ask',
  });
});

test.each(languages)('a text that is missing in %s, with its key', (lang) => {
  expect(problemsOf(sound, textsWith({ [lang]: { 'guests.text': null } }))).toContainEqual({
    flow: 'table',
    key: 'table.guests.text',
    lang,
    problem: 'missing_text',
  });
});

test('a text that is missing everywhere, for a step and for a choice', () => {
  const nowhere = (key: string) =>
    textsWith({ rw: { [key]: null }, fr: { [key]: null }, en: { [key]: null } });
  expect(problemsOf(sound, nowhere('guests.text'))).toContainEqual({
    flow: 'table',
    step: 'guests',
    key: 'table.guests.text',
    lang: 'rw',
    problem: 'missing_text',
  });
  expect(problemsOf(sound, nowhere('seat.choices.outside'))).toContainEqual({
    flow: 'table',
    step: 'seat',
    key: 'table.seat.choices.outside',
    lang: 'en',
    problem: 'missing_text',
  });
});

test('a step whose words depend on something needs at least one variant', () => {
  const flow = withStep('booked', { kind: 'end', params: nights, variant: () => 'late' });
  expect(problemsOf(flow)).toContainEqual({
    flow: 'table',
    step: 'booked',
    key: 'table.booked.*.text',
    problem: 'missing_variant',
  });
  const late = { 'booked.late.text': 'Late.' };
  expect(problemsOf(flow, textsWith({ rw: late, fr: late, en: late }))).toEqual([]);
  expect(problemsOf(flow, textsWith({ rw: late, en: late }))).toEqual([
    { flow: 'table', key: 'table.booked.late.text', lang: 'fr', problem: 'missing_text' },
  ]);
});

test('a fallback is present on purpose, but only to a text that exists', () => {
  expect(problemsOf(sound, textsWith({ rw: { 'guests.text': 'fallback:fr' } }))).toEqual([]);
  const broken = textsWith({ rw: { 'guests.text': 'fallback:fr' }, fr: { 'guests.text': null } });
  expect(problemsOf(sound, broken).map(({ lang }) => lang)).toEqual(['rw', 'fr']);
});

test('a value that one language forgets or invents', () => {
  expect(problemsOf(sound, textsWith({ fr: { 'seat.text': 'Où ?' } }))).toEqual([
    { flow: 'table', key: 'table.seat.text', lang: 'fr', problem: 'placeholder_missing', actual: 'guests' },
  ]);
  expect(problemsOf(sound, textsWith({ rw: { 'guests.text': '{{name}}?' } }))).toContainEqual({
    flow: 'table',
    key: 'table.guests.text',
    lang: 'rw',
    problem: 'placeholder_extra',
    actual: 'name',
  });
});

test('a placeholder spelt differently, and one that its step gives no value for', () => {
  expect(problemsOf(sound, textsWith({ fr: { 'seat.text': 'Où pour {{guest}} ?' } }))).toEqual([
    {
      flow: 'table',
      key: 'table.seat.text',
      lang: 'fr',
      problem: 'placeholder_mismatch',
      actual: 'guests, guest',
    },
  ]);
  const asks = { 'guests.text': 'How many, {{name}}?' };
  expect(problemsOf(sound, textsWith({ rw: asks, fr: asks, en: asks }))).toEqual(
    languages.map((lang) => ({
      flow: 'table',
      step: 'guests',
      key: 'table.guests.text',
      lang,
      problem: 'placeholder_unknown',
      actual: 'name',
    })),
  );
});

test('a plural without a form for other numbers', () => {
  expect(problemsOf(sound, textsWith({ en: { 'booked.text_other': null } }))).toContainEqual({
    flow: 'table',
    key: 'table.booked.text',
    lang: 'en',
    problem: 'missing_text',
  });
});

test('a summary that is not shown, and an empty text', () => {
  const without = { 'sum.text': 'Right?' };
  expect(
    problemsOf(sound, textsWith({ rw: without, fr: without, en: without })).map(({ problem }) => problem),
  ).toEqual(['no_summary', 'no_summary', 'no_summary']);
  expect(problemsOf(sound, textsWith({ fr: { 'guests.text': ' ' } }))).toEqual([
    { flow: 'table', key: 'table.guests.text', lang: 'fr', problem: 'empty_text' },
  ]);
});

test('a label longer than a channel allows, with limit and length', () => {
  const long = 'À l’intérieur, si possible';
  expect(problemsOf(sound, textsWith({ fr: { 'seat.choices.inside': long } }))).toEqual([
    {
      flow: 'table',
      key: 'table.seat.choices.inside',
      lang: 'fr',
      problem: 'label_too_long',
      limit: 20,
      actual: long.length,
    },
  ]);
  const seat = choiceOf('seat', () => [{ id: 'inside', label: 'Inside, if it can be had' }]);
  expect(problemsOf({ ...sound, slots: { ...sound.slots, seat } })).toHaveLength(3);
});

test('a choice whose id or token is longer than a button can carry', () => {
  const seat = (id: string) => ({
    ...sound,
    slots: { ...sound.slots, seat: choiceOf('seat', () => [{ id, label: 'x' }]) },
  });
  expect(problemsOf(seat('a b'))).toEqual([
    { flow: 'table', step: 'seat', problem: 'bad_option_id', actual: 'a b' },
  ]);
  const long = { ...seat('x'.repeat(24)), id: 'table_of_a_very_long_name' };
  expect(problemsOf(long).filter(({ problem }) => problem === 'token_too_long')).toEqual([
    { flow: long.id, step: 'seat', problem: 'token_too_long', limit: 64, actual: 69 },
  ]);
});

test('a list longer than any channel shows at once, where no page can be turned', () => {
  const many = Array.from({ length: 11 }, (_, i) => ({ id: `s${i}`, label: `Seat ${i}` }));
  const flow: Flow = { ...sound, slots: { ...sound.slots, seat: choiceOf('seat', () => many) } };
  expect(problemsOf(flow)).toEqual([]);
  expect(problemsOf({ ...flow, entries: ['seat'] })).toEqual([
    { flow: 'table', step: 'seat', problem: 'list_too_long', limit: 10, actual: 11 },
  ]);
});

test('a description longer than a list shows', () => {
  const seat = choiceOf('seat', () => [{ id: 'a', label: 'A', description: 'x'.repeat(73) }]);
  expect(problemsOf({ ...sound, slots: { ...sound.slots, seat } })).toContainEqual({
    flow: 'table',
    key: 'a',
    lang: 'fr',
    problem: 'description_too_long',
    limit: 72,
    actual: 73,
  });
});

test('branches without a fallback', () => {
  // The type forbids it; a flow put together by other means may still have it.
  const next = [{ when: isMany, go: 'colleague' }] as unknown as 'seat';
  expect(problemsOf(withStep('guests', { kind: 'ask', slot: 'guests', next }))).toContainEqual({
    flow: 'table',
    step: 'guests',
    problem: 'no_fallback',
  });
});

test('a command that is not there, one without a name, and a query nobody answers', () => {
  const found = (step: Step, queries?: ReadonlySet<string>) =>
    problemsOf(withStep('book', step), undefined, {
      flows: new Set(['table']),
      ...(queries && { queries }),
    }).map(({ problem, actual }) => [problem, ...(actual === undefined ? [] : [actual])]);
  const missing = undefined as unknown as typeof book;
  expect(found({ kind: 'do', run: missing, refused: { full: 'colleague' }, next: 'booked' })).toEqual([
    ['unknown_command'],
  ]);
  expect(
    found({
      kind: 'do',
      run: () => ({ ok: true, deeds: [] }),
      refused: { full: 'colleague' },
      next: 'booked',
    }),
  ).toEqual([['unnamed_function']]);
  const needs = () => [{ query: 'weather', args: {} }];
  const asking: Step = { kind: 'do', run: book, needs, refused: { full: 'colleague' }, next: 'booked' };
  expect(found(asking, new Set(['fresh']))).toEqual([['unknown_query', 'weather']]);
  expect(found(asking, new Set(['weather']))).toEqual([]);
});

test('a text without a class', () => {
  const texts = textsWith({}, (key) => (key.startsWith('table.sum') ? undefined : 'reply'));
  expect(problemsOf(sound, texts)).toEqual([
    { flow: 'table', key: 'table.sum.text', problem: 'missing_class' },
  ]);
  expect(checkTexts('nothing', texts)).toEqual([]);
});

test('a released flow edited in place is found, a new wording is not an edit', () => {
  const flow: Flow = sound;
  const released = { 'table@1': fingerprint(flow) };
  expect(checkReleased([flow], released)).toEqual([]);
  const reordered: Flow = { ...flow, steps: Object.fromEntries(Object.entries(flow.steps).reverse()) };
  expect(checkReleased([reordered], released)).toEqual([]);

  const rebook = () => ({ ok: true, deeds: [] }) as const;
  const edits: readonly Flow[] = [
    withStep('seat', { kind: 'ask', slot: 'seat', next: 'book' }),
    withStep('seat', { kind: 'ask', slot: 'seat', next: 'sum', optional: true }),
    withStep('guests', { kind: 'ask', slot: 'guests', next: [{ when: isFew, go: 'colleague' }, 'seat'] }),
    withStep('book', { kind: 'do', run: rebook, refused: { full: 'colleague' }, next: 'booked' }),
    { ...sound, slots: { ...sound.slots, seat: choice('inside', 'outside', 'bar') } },
    { ...sound, slots: { ...sound.slots, guests: yesNo() } },
    { ...sound, start: 'seat' },
  ];
  for (const edited of edits) {
    expect(checkReleased([edited], released)).toEqual([
      { flow: 'table@1', problem: 'released_flow_changed' },
    ]);
  }
  expect(checkReleased([{ ...sound, version: 2 }], released)).toEqual([
    { flow: 'table@1', problem: 'released_flow_missing' },
  ]);
});
