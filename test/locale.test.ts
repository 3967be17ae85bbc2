import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createWords, hashOf } from '../src/locale.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

type Files = Readonly<Record<string, unknown>>;

/** A small locales folder; each language gets the same texts unless it has its own. */
function wordsOf(
  texts: { rw?: Files; fr?: Files; en: Files },
  more: { classes?: Files; review?: Files } = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'intumwa-words-'));
  folders.push(folder);
  for (const lang of ['rw', 'fr', 'en'] as const) {
    mkdirSync(join(folder, lang));
    for (const [file, content] of Object.entries({ ...texts.en, ...texts[lang] })) {
      writeFileSync(join(folder, lang, `${file}.json`), JSON.stringify(content));
    }
  }
  writeFileSync(join(folder, 'classes.json'), JSON.stringify(more.classes ?? { common: 'reply' }));
  writeFileSync(join(folder, 'review.json'), JSON.stringify({ sensitive: [], ...more.review }));
  return createWords(folder);
}

const hello = (text: string) => ({ form: { hello: { text } } });

test('a text is found by file and path, an older version by its own file', () => {
  const words = wordsOf({ en: { ...hello('new'), 'form.v1': { hello: { text: 'old' } } } });
  expect(words.text('en', 'form.hello.text')).toBe('new');
  expect(words.text('en', 'form.v1.hello.text')).toBe('old');
  expect(words.has('form.hello.text')).toBe(true);
  expect(words.has('form.hello')).toBe(false);
});

test('values are written in the language of the text', () => {
  const words = wordsOf({ en: hello('{{a}} | {{b}} | {{c}} | {{d}} | {{e}} | {{f}}') });
  const params = {
    a: { date: '2027-03-01' },
    b: { country: 'BE', in: true },
    c: { profession: 'MIDWIFE' },
    d: { month: '2027-09' },
    e: { text: { rw: 'fallback:fr', fr: 'Cardiologie', en: 'Cardiology' } },
    f: { from: '2027-05-03', to: '2027-05-20' },
  } as const;
  expect(words.text('en', 'form.hello.text', params)).toBe(
    '1 March 2027 | in Belgium | Midwife | September 2027 | Cardiology | from 3 to 20 May 2027',
  );
  expect(words.text('fr', 'form.hello.text', params)).toMatch(
    /^1er mars 2027 \| en Belgique \| .* \| septembre 2027 \| Cardiologie \| du 3 au 20 mai 2027$/,
  );
  expect(words.text('rw', 'form.hello.text', params)).toMatch(
    /^1 Werurwe 2027 \| mu Bubiligi \| .* \| Nzeri 2027 \| Cardiologie \| kuva/,
  );
});

test('lines, labels and instants inside a text', () => {
  const words = wordsOf({
    en: { form: { sum: { text: 'So:\n{{lines}}' }, line: '{{label}}: {{value}}', label: 'When' } },
  });
  const line = {
    key: 'form.line',
    params: { label: { key: 'form.label' }, value: { instant: '2027-05-03T12:00:00Z' } },
  };
  expect(words.text('en', 'form.sum.text', { lines: { lines: [line, 12_345] } })).toBe(
    'So:\nWhen: Monday 3 May 2027 at 14:00 (Kigali time)\n12,345',
  );
});

test('what a person typed is never read as markup, as a key or as a value', () => {
  const words = wordsOf({ en: hello('Hello {{name}}, {{other}}') });
  const name = '<b> & {{other}} $t(form.hello.text) {name}';
  expect(words.text('en', 'form.hello.text', { name, other: 'x' })).toBe(`Hello ${name}, x`);
});

test('names of values that i18next keeps for itself are ordinary here', () => {
  const words = wordsOf({ en: hello('{{context}} {{ns}} {{lng}} {{defaultValue}}') });
  expect(words.text('fr', 'form.hello.text', { context: 'a', ns: 'b', lng: 'c', defaultValue: 'd' })).toBe(
    'a b c d',
  );
});

test('plural forms follow our own rule, since Node knows none for Kinyarwanda', () => {
  const words = wordsOf({
    en: { form: { left_one: '{{count}} day left', left_other: '{{count}} days left', left_zero: 'Today' } },
    fr: { form: { left_one: 'reste {{count}} jour', left_other: 'restent {{count}} jours' } },
    rw: {
      form: {
        left_one: 'Hasigaye umunsi 1.',
        left_other: 'Hasigaye iminsi {{count}}.',
        left_zero: 'Ni uyu munsi.',
      },
    },
  });
  const left = (lang: 'rw' | 'fr' | 'en', count: number) => words.text(lang, 'form.left', { count });
  expect([0, 1, 2].map((n) => left('en', n))).toEqual(['Today', '1 day left', '2 days left']);
  expect([0, 1, 2].map((n) => left('fr', n))).toEqual(['reste 0 jour', 'reste 1 jour', 'restent 2 jours']);
  expect([0, 1, 2].map((n) => left('rw', n))).toEqual([
    'Ni uyu munsi.',
    'Hasigaye umunsi 1.',
    'Hasigaye iminsi 2.',
  ]);
});

test('a fallback is said whole in the other language, values included', () => {
  const words = wordsOf({ en: hello('On {{day}}'), fr: hello('Le {{day}}'), rw: hello('fallback:fr') });
  expect(words.text('rw', 'form.hello.text', { day: { date: '2027-05-03' } })).toBe('Le 3 mai 2027');
  expect(words.stateOf('rw', 'form.hello.text')).toBe('fallback');
  expect(words.stateOf('fr', 'form.hello.text')).toBe('composed');
});

test('a sensitive text that nobody attested stands above its French, a button does not', () => {
  const texts = {
    en: { form: { agree: { text: 'I agree', choices: { yes: 'Yes' } } } },
    fr: { form: { agree: { text: 'J’accepte', choices: { yes: 'Oui' } } } },
    rw: { form: { agree: { text: 'Ndabyemeye', choices: { yes: 'Yego' } } } },
  };
  const words = wordsOf(texts, { review: { sensitive: ['form.agree'] } });
  expect(words.text('rw', 'form.agree.text')).toBe('Ndabyemeye\n—\nJ’accepte');
  expect(words.text('rw', 'form.agree.choices.yes')).toBe('Yego');
  expect(words.text('en', 'form.agree.text')).toBe('I agree');

  const attested = wordsOf(texts, {
    review: { sensitive: ['form.agree'], rw: { 'form.agree.text': 'attested' } },
  });
  expect(attested.text('rw', 'form.agree.text')).toBe('Ndabyemeye');
});

test('a review names its source, so that a changed source can be found', () => {
  const reviewed = {
    by: 'R. Uwera',
    on: '2027-01-31',
    source: hashOf('J’accepte'),
    text: hashOf('Ndabyemeye'),
  };
  const words = wordsOf(
    { en: hello('x') },
    { review: { rw: { 'form.hello.text': { state: 'attested', reviewed } } } },
  );
  expect(words.reviewOf('rw', 'form.hello.text')).toEqual(reviewed);
  expect(words.reviewOf('rw', 'form.other')).toBeUndefined();
});

test('the class of a text is that of the longest prefix, whole words only', () => {
  const words = wordsOf(
    { en: hello('x') },
    { classes: { form: 'reply', 'form.remind': 'service', my: 'urgent' } },
  );
  expect(words.classOf('form.hello.text')).toBe('reply');
  expect(words.classOf('form.remind.text_one')).toBe('service');
  expect(words.classOf('my_data.see.text')).toBeUndefined();
});

test('what is missing or personal throws, with its name', () => {
  const words = wordsOf({ en: hello('Hello {{name}}') });
  expect(() => words.text('en', 'form.nothing')).toThrow('no text "form.nothing" in en');
  expect(() => words.text('en', 'form.hello.text')).toThrow('no value for "name"');
  expect(() => words.write('en', { person: 7 })).toThrow('was not filled in');
});

test('a file that is not what it should be is named', () => {
  expect(() => wordsOf({ en: { form: { hello: 3 } } })).toThrow('form.json cannot be used');
  expect(() => wordsOf({ en: hello('x') }, { classes: { form: 'loud' } })).toThrow(
    'classes.json cannot be used',
  );
});
