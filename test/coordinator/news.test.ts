import { expect, test } from 'vitest';
import type { DomainEvent } from '../../src/domain/model.ts';
import { deskReactions } from '../../src/domain/reactions/desk.ts';
import { languages } from '../../src/engine/message.ts';
import { words } from './scene.ts';

const data = {
  code: 'M-2027-01',
  title: { rw: 'Ubuzima bwo mu mutwe', fr: 'Santé mentale', en: 'Mental health' },
  hospital: 'Kabgayi Hospital',
  profession: 'AH_PSYCHO',
  posts: 2,
  broadcast: 'B-0001',
  recipients: 21,
  personId: 7,
};

test.each(Object.keys(deskReactions))('%s is told in every language, and waits for the morning', (name) => {
  const event: DomainEvent = { name, subject: { kind: 'mission', id: 1 }, by: 3, data };
  const intents = deskReactions[name]?.(event) ?? [];
  expect(intents).toHaveLength(1);
  for (const { key, params } of intents) {
    for (const lang of languages) expect(words.text(lang, key, params)).toContain('M-2027-01');
    expect(words.classOf(key)).toBe('service');
  }
});
