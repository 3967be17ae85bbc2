import { describe, expect, test } from 'vitest';
import { detectLanguage } from '../../src/language/detect.ts';

describe('the language of a first message', () => {
  test.each([
    ['Muraho', 'rw'],
    ['mwaramutse neza', 'rw'],
    ['Muraho, ndi umuforomo mu Bubiligi', 'rw'],
    ['ndashaka kwiyandikisha', 'rw'],
    ['nitwa Aline, nkora mu bitaro', 'rw'],
    ['murakoze', 'rw'],
    ['bonjour', 'fr'],
    ['Bonjour, je suis infirmière à Liège', 'fr'],
    ['je voudrais m’inscrire svp', 'fr'],
    ['comment faire pour participer à la mission', 'fr'],
    ['en français svp', 'fr'],
    ['Hello', 'en'],
    ['hi, i would like to register', 'en'],
    ['how do I join the mission?', 'en'],
    ['I am a nurse in Leeds', 'en'],
    ['english', 'en'],
    ['bonjour, I would like to register please', 'en'],
    ['ikinyarwanda', 'rw'],
  ] as const)('"%s" is %s', (text, lang) => {
    expect(detectLanguage(text)).toBe(lang);
  });

  test.each([
    '',
    'ok',
    '👋',
    '12',
    'Jean',
    'Kigali',
    'mission',
    'STOP',
    'Aline Uwase',
    'hello bonjour muraho',
    'ok merci thanks',
  ])('"%s" is not sure enough', (text) => {
    expect(detectLanguage(text)).toBeNull();
  });
});
