import { describe, expect, test } from 'vitest';
import { readAction, readEvent } from '../../../src/channels/slack/read.ts';
import { dateOfTs, readSlackText, writeSlackText } from '../../../src/channels/slack/text.ts';
import { programmeNow } from '../hearing.ts';
import { payload } from '../payloads.ts';
import { slackUs } from '../providers.ts';

const event = (name: string) => readEvent(payload('slack', name), slackUs, programmeNow);
const action = (name: string) => readAction(payload('slack', name), slackUs, programmeNow);

describe('readEvent', () => {
  test('a direct message is heard in plain words, with its own time', () => {
    expect(event('text')).toEqual({
      kind: 'inbound',
      inbound: {
        channel: 'slack',
        account: 'T0TEST',
        address: 'U0CLAUDINE',
        key: 'Ev0001',
        at: new Date(1_700_000_000_000),
        event: { kind: 'text', text: 'Muraho <3 & example.org/a @U0ERIC' },
      },
    });
  });

  test.each([
    ['file', { kind: 'media', media: 'document', caption: 'my diploma' }],
    ['voice-clip', { kind: 'media', media: 'voice' }],
    ['edited', { kind: 'edited', text: 'ndi umuganga' }],
    ['reaction-in-dm', { kind: 'reaction', emoji: '+1' }],
    ['user-left', { kind: 'blocked' }],
  ])('%s is heard', (name, said) => {
    expect(event(name)).toMatchObject({ inbound: { address: 'U0CLAUDINE', event: said } });
  });

  test('an answer in a thread, and a reaction, name their message', () => {
    expect(event('thread-reply')).toMatchObject({ inbound: { repliesTo: '1699990000.000200' } });
    expect(event('reaction-in-dm')).toMatchObject({ inbound: { repliesTo: '1699990000.000200' } });
  });

  test.each([
    ['link-unfolded', 'edit_without_change'],
    ['deleted', 'subtype'],
    ['own-message', 'bot'],
    ['other-team', 'other_team'],
  ])('%s is ignored and counted', (name, why) => {
    expect(event(name)).toEqual({ kind: 'ignored', why });
  });

  test.each(['channel-message', 'reaction-in-channel', 'home-opened'])('%s is the coordinators’', (name) => {
    expect(event(name)).toEqual({ kind: 'coordinator' });
  });

  test('what is no envelope is ignored', () => {
    expect(readEvent({ event: 7 }, slackUs, programmeNow)).toEqual({ kind: 'ignored', why: 'malformed' });
  });
});

describe('readAction', () => {
  test('a button of ours is a press, the same for every delivery of it', () => {
    expect(action('press')).toEqual({
      kind: 'inbound',
      inbound: {
        channel: 'slack',
        account: 'T0TEST',
        address: 'U0CLAUDINE',
        key: '1700000000.500000:U0CLAUDINE:q7:registration.consent:yes',
        at: new Date(1_700_000_000_500),
        event: { kind: 'press', token: 'q7:registration.consent:yes', title: 'Yego' },
        repliesTo: '1699990000.000200',
      },
    });
  });

  test('so is a choice from a select', () => {
    expect(action('select')).toMatchObject({
      inbound: { event: { kind: 'press', token: 'q7:registration.language:fr', title: 'Français' } },
    });
  });

  test('other buttons and forms are the coordinators’, and outsiders are nobody', () => {
    expect(action('coordinator-press')).toEqual({ kind: 'coordinator' });
    expect(action('view-submission')).toEqual({ kind: 'coordinator' });
    expect(action('press-by-outsider')).toEqual({ kind: 'ignored', why: 'other_team' });
  });
});

describe('Slack text', () => {
  test('nobody’s name can shout at a channel', () => {
    expect(writeSlackText('<!channel> & <@U1>')).toBe('&lt;!channel&gt; &amp; &lt;@U1&gt;');
  });

  test('reading undoes writing', () => {
    for (const text of ['<!channel> & &lt;', 'a > b', '&amp;'])
      expect(readSlackText(writeSlackText(text))).toBe(text);
  });

  test('links become what was written', () => {
    expect(
      readSlackText('<mailto:c@example.org|c@example.org> <https://example.org> <#C1|desk> <!here>'),
    ).toBe('c@example.org https://example.org #desk @here');
  });

  test('a timestamp is a date, anything else is none', () => {
    expect(dateOfTs('1700000000.500000')).toEqual(new Date(1_700_000_000_500));
    expect([dateOfTs(undefined), dateOfTs('soon')]).toEqual([null, null]);
  });
});
