import { describe, expect, test } from 'vitest';
import { readInbound, readStatus } from '../../../src/channels/whatsapp/read.ts';
import { programmeNow } from '../hearing.ts';
import { formPayload } from '../payloads.ts';

const account = 'whatsapp:+14155238886';
const read = (name: string) => readInbound(formPayload(name), account, programmeNow);
const said = (name: string) => {
  const result = read(name);
  return result.kind === 'inbound' ? result.inbound.event : result;
};

describe('readInbound', () => {
  test('the business-scoped id is the address, the phone its alias', () => {
    expect(read('text')).toEqual({
      kind: 'inbound',
      inbound: {
        channel: 'whatsapp',
        account,
        address: 'RW.13491208655302741918',
        alias: '+250788000001',
        key: 'SM00000000000000000000000000000001',
        at: programmeNow,
        event: { kind: 'text', text: 'Muraho & "yego"' },
      },
    });
  });

  test('without such an id the phone is the address', () => {
    const result = read('text-without-user-id');
    expect(result).toMatchObject({ inbound: { address: '+250788000001' } });
    expect(result).not.toHaveProperty('inbound.alias');
  });

  test('a person who hides the phone is heard all the same', () => {
    const result = read('hidden-phone');
    expect(result).toMatchObject({ inbound: { address: 'BE.90311208655302741918' } });
    expect(result).not.toHaveProperty('inbound.alias');
  });

  test.each([
    ['button', { kind: 'press', token: 'q7:registration.consent:yes', title: 'Yego' }],
    ['list', { kind: 'press', token: 'q7:registration.language:fr', title: 'Français' }],
    ['image-with-caption', { kind: 'media', media: 'image', caption: 'diploma' }],
    ['voice', { kind: 'media', media: 'voice' }],
    ['document', { kind: 'media', media: 'document' }],
    ['vcard', { kind: 'media', media: 'contact' }],
    ['sticker', { kind: 'media', media: 'sticker' }],
    ['location', { kind: 'location', latitude: -1.9536, longitude: 30.0606 }],
    ['nothing-readable', { kind: 'media', media: 'unknown' }],
  ])('%s is heard', (name, event) => {
    expect(said(name)).toEqual(event);
  });

  test.each(['button', 'quoted'])('%s names the message that it answers', (name) => {
    expect(read(name)).toMatchObject({ inbound: { repliesTo: 'SM00000000000000000000000000000077' } });
  });

  test('a form without sender or id is ignored', () => {
    expect(readInbound({ Body: 'x' }, account, programmeNow)).toEqual({ kind: 'ignored', why: 'malformed' });
  });
});

describe('readStatus', () => {
  const form = { MessageSid: 'SM1', To: 'whatsapp:+250788000001' };
  const status = (MessageStatus: string, query = 'm=41', more = {}) =>
    readStatus({ ...form, MessageStatus, ...more }, new URLSearchParams(query), account, programmeNow);

  test.each([
    ['queued', 'sent'],
    ['sending', 'sent'],
    ['sent', 'sent'],
    ['delivered', 'delivered'],
    ['read', 'read'],
  ])('%s is a receipt of %s that carries the ledger id', (from, state) => {
    expect(status(from)).toMatchObject({
      inbound: {
        key: `SM1:${from}`,
        address: '+250788000001',
        event: { kind: 'receipt', receipt: { ledgerId: '41', providerId: 'SM1', state } },
      },
    });
  });

  test('a failure carries its code', () => {
    expect(status('undelivered', 'm=41', { ErrorCode: '63016' })).toMatchObject({
      inbound: { event: { receipt: { state: 'failed', code: '63016' } } },
    });
  });

  test('of an earlier part only a failure matters: its delivery says nothing about the row', () => {
    expect(status('delivered', 'm=41&part=1')).toEqual({ kind: 'ignored', why: 'earlier_part' });
    expect(status('failed', 'm=41&part=1').kind).toBe('inbound');
  });

  test('a status that we do not know is ignored and counted', () => {
    expect(status('teleported')).toEqual({ kind: 'ignored', why: 'unknown_status' });
  });
});
