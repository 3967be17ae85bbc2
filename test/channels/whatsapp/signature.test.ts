import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { isSigned, publicUrlOf, readForm } from '../../../src/channels/whatsapp/signature.ts';

const url = 'https://bot.example.org/in/twilio';
const form = {
  MessageSid: 'SM00000000000000000000000000000001',
  From: 'whatsapp:+250788000001',
  To: 'whatsapp:+14155238886',
  Body: 'Muraho & "yego"',
  NumMedia: '0',
};
const signature = 'Khe/xTDLJYgrCF+P56KtTupXaGg=';

describe('isSigned', () => {
  test('knows the vectors', () => {
    const call = {
      CallSid: 'CA1234567890ABCDE',
      Caller: '+14158675309',
      Digits: '1234',
      From: '+14158675309',
      To: '+18005551212',
    };
    expect(
      isSigned(
        ['12345'],
        'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
        'https://mycompany.com/myapp.php?foo=1&bar=2',
        call,
      ),
    ).toBe(true);
    expect(isSigned(['test-auth-token'], signature, url, form)).toBe(true);
  });

  test.each([
    ['another token', ['other'], signature, url, form],
    ['another path', ['test-auth-token'], signature, `${url}/`, form],
    ['another scheme', ['test-auth-token'], signature, url.replace('https', 'http'), form],
    ['another value', ['test-auth-token'], signature, url, { ...form, Body: 'oya' }],
    ['one more field', ['test-auth-token'], signature, url, { ...form, Extra: '' }],
    ['no signature', ['test-auth-token'], undefined, url, form],
    ['an empty one', ['test-auth-token'], '', url, form],
    ['no URL at all', ['test-auth-token'], signature, 'nonsense', form],
  ])('%s is refused', (_what, tokens, given, address, fields) => {
    expect(isSigned(tokens, given, address, fields)).toBe(false);
  });

  test('while a token is rotated, the old one still counts', () => {
    expect(isSigned(['new-token', 'test-auth-token'], signature, url, form)).toBe(true);
  });

  test('repeated fields are signed once each, sorted', () => {
    const once = createHmac('sha1', 't').update(`${url}AaAbc`).digest('base64');
    expect(isSigned(['t'], once, url, readForm('A=bc&A=a&A=bc'))).toBe(true);
    expect(isSigned(['t'], once, url, readForm('A=bc&A=a&A=c'))).toBe(false);
  });
});

describe('publicUrlOf', () => {
  test('takes only path and query from the request, never its host', () => {
    const request = 'http://10.0.0.7:3000/webhooks/whatsapp/status?m=4%201';
    expect(publicUrlOf('https://bot.example.org/in/', request)).toBe(
      'https://bot.example.org/in/webhooks/whatsapp/status?m=4%201',
    );
  });
});
