import { describe, expect, test } from 'vitest';
import type { Lang } from '../../src/engine/message.ts';
import { readQuestion, type Topic, topicsOf } from '../../src/language/questions.ts';

describe('a question of the person’s own', () => {
  test.each<readonly [Lang, string, readonly Topic[]]>([
    ['en', 'who pays the flight?', ['covered']],
    ['en', 'who pays the flight', ['covered']],
    ['fr', 'qui paie le billet', ['covered']],
    ['fr', 'Bonjour, qui prend en charge le vol ?', ['covered']],
    ['rw', 'ninde wishyura itike?', ['covered']],
    ['rw', 'itike yishyurwa na nde', ['covered']],
    // Paying outweighs the thing paid for.
    ['en', 'who pays for the hotel?', ['covered']],
    ['en', 'Do I need a visa', ['visa']],
    ['fr', 'Ai-je besoin d’un visa ?', ['visa']],
    ['rw', 'ese nkeneye viza', ['visa']],
    ['en', 'how long is the mission', ['length']],
    ['fr', 'combien de temps dure la mission ?', ['length']],
    ['rw', 'ni iminsi ingahe?', ['length']],
    ['en', 'where will I stay?', ['lodging']],
    ['fr', 'où vais-je loger', ['lodging']],
    ['rw', 'icumbi rizaba he', ['lodging']],
    ['en', 'is it safe?', ['safety']],
    ['en', 'who sees my data', ['privacy']],
    ['fr', 'puis-je participer ?', ['eligibility']],
    ['en', 'Which licence do I need as a nurse?', ['licence']],
    ['en', 'Do I need a jab against yellow fever?', ['health']],
    ['en', 'how can I contact you?', ['contact']],
    // Two topics alike are none: it is asked which.
    ['fr', 'faut-il un visa et un vaccin ?', ['visa', 'health']],
    ['en', 'Do you like football?', []],
    ['fr', 'Est-ce que mon diplôme suffit ?', []],
  ])('%s: %s', (lang, text, topics) => {
    expect(readQuestion(text, lang)?.topics).toEqual(topics);
  });
});

describe('no question', () => {
  test.each<readonly [Lang, string]>([
    ['en', 'yes'],
    ['en', 'what?'],
    ['en', 'I live in Germany'],
    ['en', 'will come in May'],
    ['en', 'I pay taxes in Belgium'],
    ['en', 'what do you mean'],
    ['fr', 'quand vous voulez'],
    ['fr', 'ou bien le 5 mai'],
    ['rw', 'ni byo'],
    ['rw', 'kuva ku wa 3 kugeza ku wa 20 Gicurasi'],
    ['en', 'Where There Is Hope'],
  ])('%s: %s', (lang, text) => {
    expect(readQuestion(text, lang)).toBeNull();
  });

  test('words of the labelled answers are taken for none without the sign', () => {
    expect(topicsOf('two weeks in May, phone me', 'en')).toEqual([]);
  });
});
