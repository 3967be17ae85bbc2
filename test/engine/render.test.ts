import { expect, test } from 'vitest';
import type { Message, Param } from '../../src/engine/message.ts';
import { render } from '../../src/engine/render.ts';
import { readToken, tokenOf } from '../../src/engine/token.ts';

const write = (lang: string, param: Param) =>
  typeof param === 'object' && 'key' in param ? `${lang}:${param.key}` : String(param);

const message: Message = {
  parts: [{ key: 'common.noted' }, { key: 'common.progress' }, { key: 'form.fruit.text' }],
  options: [
    { id: 'apple', label: { key: 'form.fruit.choices.apple' } },
    { id: 'pear', label: 'Pear', description: 'green' },
  ],
  question: 'q7',
  at: { flow: 'form', step: 'fruit' },
};

test('parts stand apart, the progress stands right above its question', () => {
  expect(render(message, 'fr', write).text).toBe('fr:common.noted\n\nfr:common.progress\nfr:form.fruit.text');
});

test('choices carry the token of their own question, and their words', () => {
  expect(render(message, 'en', write).choices).toEqual([
    { token: 'q7:form.fruit:apple', label: 'en:form.fruit.choices.apple' },
    { token: 'q7:form.fruit:pear', label: 'Pear', description: 'green' },
  ]);
  expect(render(message, 'en', write).listButton).toBe('en:common.list_button');
});

test('a message that asks nothing has no choices', () => {
  expect(render({ parts: [{ key: 'form.end.text' }] }, 'rw', write)).toEqual({
    text: 'rw:form.end.text',
    choices: [],
    listButton: '',
  });
});

test('a token says which question of which step it answers; anything else is none of ours', () => {
  expect(readToken(tokenOf('q7', 'form', 'fruit', 'apple'))).toEqual({
    question: 'q7',
    flow: 'form',
    step: 'fruit',
    option: 'apple',
  });
  for (const text of [
    '',
    'apple',
    'q7:form',
    ':form.fruit:apple',
    'q7:formfruit:apple',
    'q7:form.fruit',
    'x'.repeat(65),
  ]) {
    expect(readToken(text)).toBeNull();
  }
});
