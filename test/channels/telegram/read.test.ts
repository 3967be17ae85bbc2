import { describe, expect, test } from 'vitest';
import { callbackIdOf, readUpdate } from '../../../src/channels/telegram/read.ts';
import { programmeNow } from '../hearing.ts';
import { payload } from '../payloads.ts';

const read = (name: string) => readUpdate(payload('telegram', name), '7000000009', programmeNow);
const said = (name: string) => {
  const result = read(name);
  return result.kind === 'inbound' ? result.inbound.event : result;
};

describe('readUpdate', () => {
  test('a text carries its address, its own time, and the language of the app as a hint', () => {
    expect(read('text')).toEqual({
      kind: 'inbound',
      inbound: {
        channel: 'telegram',
        account: '7000000009',
        address: '5001',
        key: '1001',
        at: new Date('2023-11-14T22:13:20.000Z'),
        langHint: 'fr',
        event: { kind: 'text', text: 'Muraho, ndi umuforomokazi' },
      },
    });
  });

  test.each([
    ['start-with-payload', { kind: 'text', text: '/start m_Zx81kq' }],
    ['command-with-bot-name', { kind: 'text', text: '/help' }],
    ['photo', { kind: 'media', media: 'image', caption: 'my diploma' }],
    ['document', { kind: 'media', media: 'document' }],
    ['voice', { kind: 'media', media: 'voice' }],
    ['animation', { kind: 'media', media: 'video' }],
    ['sticker', { kind: 'media', media: 'sticker' }],
    ['contact', { kind: 'media', media: 'contact' }],
    ['venue', { kind: 'location', latitude: -1.9536, longitude: 30.0606 }],
    ['dice', { kind: 'media', media: 'unknown' }],
    ['rich-message', { kind: 'media', media: 'unknown' }],
    ['rtl-and-zero-width', { kind: 'text', text: '\u200fمرحبا \u200b\u200d agaciro' }],
    ['edited', { kind: 'edited', text: 'Muraho, ndi umuganga' }],
    ['blocked', { kind: 'blocked' }],
    ['unblocked', { kind: 'unblocked' }],
  ])('%s is heard', (name, event) => {
    expect(said(name)).toEqual(event);
  });

  test.each([
    ['pinned', 'service_message'],
    ['live-location-moves', 'edit_without_text'],
    ['group-text', 'not_private'],
    ['guest-message', 'unknown_update'],
  ])('%s is ignored and counted', (name, why) => {
    expect(read(name)).toEqual({ kind: 'ignored', why });
  });

  test('a press names its question, its label and the message, and has our time, for Telegram gives none', () => {
    expect(read('press')).toMatchObject({
      inbound: {
        address: '5001',
        at: programmeNow,
        repliesTo: '77',
        event: { kind: 'press', token: 'q7:registration.consent:yes', title: 'Yego' },
      },
    });
    expect(callbackIdOf(payload('telegram', 'press'))).toBe('900001');
    expect(callbackIdOf(payload('telegram', 'text'))).toBeNull();
  });

  test('a press on a message too old to be shown still counts', () => {
    expect(read('press-on-inaccessible-message')).toMatchObject({
      inbound: {
        address: '5001',
        repliesTo: '12',
        event: { kind: 'press', token: 'q7:registration.consent:no' },
      },
    });
  });

  test('an answer by quoting names the message', () => {
    expect(read('reply')).toMatchObject({ inbound: { repliesTo: '77' } });
  });

  test('the pictures of an album are one event, and no caption is lost', () => {
    const keys = ['album-1', 'album-2', 'album-3-with-caption'].map((name) => {
      const result = read(name);
      return result.kind === 'inbound' ? result.inbound.key : null;
    });
    expect(keys[0]).toBe(keys[1]);
    expect(keys[2]).not.toBe(keys[0]);
    expect(said('album-3-with-caption')).toMatchObject({ caption: 'all three pages' });
  });

  test.each([null, 7, 'text', {}, { update_id: 'x' }, { update_id: 1, message: { text: 5 } }])(
    'what is no update is ignored: %j',
    (update) => {
      expect(readUpdate(update, '7', programmeNow).kind).toBe('ignored');
    },
  );
});
