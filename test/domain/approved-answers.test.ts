import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { approvedAnswers, standingOf } from '../../src/domain/approved-answers.ts';
import { languages } from '../../src/engine/message.ts';
import { topics } from '../../src/language/questions.ts';
import { createWords } from '../../src/locale.ts';

const words = createWords(join(fileURLToPath(new URL('.', import.meta.url)), '../../locales'));

test('every topic that is understood has an answer with an owner, sources and a last day', () => {
  expect(Object.keys(approvedAnswers)).toEqual([...topics]);
  for (const { owner, sources, validUntil } of Object.values(approvedAnswers)) {
    expect(owner).not.toBe('');
    expect(sources.length).toBeGreaterThan(0);
    expect(validUntil).toMatch(/^20\d\d-\d\d-\d\d$/);
  }
});

test('an answer is good to the end of its last day, then nobody vouches for it', () => {
  const { validUntil } = approvedAnswers.visa;
  expect(standingOf('visa', validUntil, false)).toBe('good');
  expect(standingOf('visa', '2999-01-01', false)).toBe('stale');
});

test('a hospital gets only the answers that are as true for it', () => {
  expect(standingOf('covered', '2026-11-27', true)).toBe('none');
  expect(standingOf('contact', '2026-11-27', true)).toBe('good');
});

test('no answer names an amount of money, or says that no visa is needed', () => {
  for (const lang of languages) {
    for (const topic of topics) {
      const text = words.write(lang, { key: `questions.answer.${topic}.text` });
      expect(text).not.toMatch(/\d\s?(?:€|\$|£|frw|eur|usd|euros?|dollars?|francs?)\b|[€$£]\s?\d/iu);
      expect(text).not.toMatch(/need no visa|no visa is|pas besoin de visa|sans visa/iu);
    }
  }
});
