import { describe, expect, test } from 'vitest';
import type { Lang } from '../../src/engine/message.ts';
import {
  isGoOn,
  isSos,
  isStart,
  isStop,
  readCommand,
  readLanguageWish,
} from '../../src/language/commands.ts';
import { courtesyIn, readCourtesy } from '../../src/language/courtesy.ts';
import { readCode, readOfferWord } from '../../src/language/offer-word.ts';
import { brief } from './expect-reading.ts';

const command = (lang: Lang, text: string) => brief(readCommand(text, lang));

describe('a global word', () => {
  test.each([
    ['en', 'HELP', 'help'],
    ['fr', 'Aide', 'help'],
    ['rw', 'ubufasha', 'help'],
    ['en', '?', 'help'],
    ['fr', '??', 'help'],
    ['rw', 'Ahabanza', 'menu'],
    ['en', 'menu', 'menu'],
    ['fr', 'Précédent', 'back'],
    ['rw', 'Subira inyuma', 'back'],
    ['en', '⬅️', 'back'],
    ['rw', 'simbuka', 'skip'],
    ['fr', 'PASSER', 'skip'],
    ['fr', 'annuler', 'cancel'],
    ['en', 'nevermind', 'cancel'],
    ['rw', 'tangira bundi bushya', 'restart'],
    ['fr', 'parler à quelqu’un', 'human'],
    ['rw', 'vugana n’umukozi', 'human'],
    ['rw', 'umuntu', 'human'],
    ['en', 'change language', 'language'],
    ['rw', 'ururimi', 'language'],
    ['fr', 'en kinyarwanda', 'language'],
    ['en', 'MYDATA', 'mydata'],
    ['fr', 'mes données', 'mydata'],
    ['rw', 'amakuru yanjye', 'mydata'],
    ['rw', 'nivanyemo', 'withdraw'],
    ['fr', 'retirer', 'withdraw'],
    ['rw', 'urutonde', 'list'],
    ['fr', 'modifier', 'change'],
    ['en', 'START', 'start'],
    ['rw', 'tabara!!!', 'sos'],
    ['fr', 'Arrêt', 'stop'],
    ['fr', 'ACCEPTER A-0087', 'accept'],
  ] as const)('%s "%s" is %s', (lang, text, word) => {
    expect(command(lang, text)).toBe(word);
  });

  test.each([
    ['fr', 'help'],
    ['rw', 'aide'],
    ['en', 'ubufasha'],
  ] as const)('is understood from %s in another language: "%s"', (lang, text) => {
    expect(command(lang, text)).toBe('help');
  });

  test.each([
    ['en', 'I need help with my visa'],
    ['fr', 'je voudrais passer par Bruxelles'],
    ['en', 'please go back to my first answer'],
    ['rw', 'ndi umuforomo mu serivisi y’indembe'],
    ['fr', 'infirmière aux urgences'],
    ['fr', 'FR'],
    ['fr', 'Rwandais'],
    ['en', '🇫🇷'],
    ['rw', 'ndemera'],
    ['en', 'accept'],
    ['en', ''],
  ] as const)('is never found inside a sentence or another answer: %s "%s"', (lang, text) => {
    expect(command(lang, text)).toEqual({ why: 'not_a_command' });
  });

  test('with two meanings is asked back', () => {
    expect(command('rw', 'Hagarika')).toEqual({ oneOf: ['cancel', 'stop'] });
    expect(command('rw', 'reka')).toEqual({ oneOf: ['cancel', 'stop'] });
    expect(command('fr', 'hagarika')).toEqual({ oneOf: ['cancel', 'stop'] });
    expect(command('en', 'quit')).toEqual({ oneOf: ['cancel', 'stop'] });
    expect(command('rw', 'subira')).toEqual({ oneOf: ['back', 'restart'] });
  });

  test('that softly wishes for silence deserves one question', () => {
    expect(command('en', 'leave me alone')).toEqual({ oneOf: ['stop'] });
    expect(command('fr', 'Ne m’écrivez plus')).toEqual({ oneOf: ['stop'] });
    expect(command('rw', 'ntimunyandikire')).toEqual({ oneOf: ['stop'] });
  });
});

test.each([
  'STOP',
  'Stop.',
  'ARRÊT',
  'arret',
  'Hagarika ubutumwa',
  'HAGARIKA UBUTUMWA!',
  'Unsubscribe',
  'Arrêter les messages',
])('"%s" opts out at once, whatever the language', (text) => {
  expect(isStop(text)).toBe(true);
});

test.each(['hagarika', 'reka', 'stop the drip at noon', 'oya', 'annuler', 'leave me alone', '', 'non stop'])(
  '"%s" does not opt out',
  (text) => {
    expect(isStop(text)).toBe(false);
  },
);

test('a long story that begins with a command is none', () => {
  const story = `stop ${' '.repeat(600)}`;
  expect(isStop(`${story} the nurse said, and then we all went home`)).toBe(false);
  expect(readCommand(`help${'!'.repeat(600)}`, 'en')).toEqual({ kind: 'unclear', why: 'not_a_command' });
});

test('only a few words end an opt-out; the others of starting mean go on', () => {
  for (const text of ['START', 'début', 'TANGIRA', 'unstop', 'Emera ubutumwa'])
    expect.soft(isStart(text), text).toBe(true);
  for (const text of ['komeza', 'continuer', 'go', 'commencer', 'subscribe', 'resume']) {
    expect.soft(isStart(text), text).toBe(false);
    expect.soft(isGoOn(text, 'en'), text).toBe(true);
  }
});

test('danger is heard in any language, as the whole message only', () => {
  for (const text of ['SOS', 'sos!!', 'Urgence', 'au secours', 'ndatabaza', 'mutabare', '🆘']) {
    expect.soft(isSos(text), text).toBe(true);
  }
  for (const text of ['infirmier aux urgences', 'emergency nurse', 'save'])
    expect.soft(isSos(text), text).toBe(false);
});

test('a language is wished for by its name', () => {
  expect(readLanguageWish('en français', 'en')).toBe('fr');
  expect(readLanguageWish('Mu Cyongereza', 'rw')).toBe('en');
  expect(readLanguageWish('ikinyarwanda', 'fr')).toBe('rw');
  expect(readLanguageWish('Changer de langue', 'fr')).toBe('switch');
  expect(readLanguageWish('Rwandan', 'en')).toBeUndefined();
});

test('a code is read as people copy it', () => {
  expect(readCode('a 87')).toBe('A-0087');
  expect(readCode('A-0087')).toBe('A-0087');
  expect(readCode('m-2027-3')).toBe('M-2027-03');
  expect(readCode('D231')).toBe('D-00231');
  expect(readCode('87')).toBeUndefined();
  expect(readOfferWord('NDEMERA A-0087')).toEqual({ word: 'accept', code: 'A-0087' });
  expect(readOfferWord('accept a87')).toEqual({ word: 'accept', code: 'A-0087' });
  expect(readOfferWord('withdraw M-2027-03')).toEqual({ word: 'withdraw', code: 'M-2027-03' });
  expect(readOfferWord('yes A-0087')).toBeUndefined();
});

test('politeness of several parts is told by its first', () => {
  expect(courtesyIn('Bonjour madame, comment allez-vous ?', 'fr')).toBe('greeting');
  expect(courtesyIn('thank you so much, good night', 'en')).toBe('thanks');
  expect(courtesyIn('Muraho neza 🙏', 'rw')).toBe('greeting');
  expect(courtesyIn('bonjour, je suis infirmière', 'fr')).toBeNull();
  expect(courtesyIn('all', 'en')).toBeNull();
  expect(courtesyIn('', 'en')).toBeNull();
});

test('politeness is not an answer', () => {
  expect(readCourtesy('Murakoze cyane', 'fr')).toBe('thanks');
  expect(readCourtesy('bonjour', 'rw')).toBe('greeting');
  expect(readCourtesy('Murabeho', 'en')).toBe('goodbye');
  expect(readCourtesy('bonjour je suis infirmière', 'fr')).toBeUndefined();
});
