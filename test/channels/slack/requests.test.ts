import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { slack } from '../../../src/channels/slack/slack.ts';
import { hearing } from '../hearing.ts';
import { payload } from '../payloads.ts';
import { signingSecret, slackUs } from '../providers.ts';

const machineNow = 1_700_000_000_000;

function start() {
  const ear = hearing();
  const mode = { kind: 'http', signingSecret } as const;
  const config = { ...ear, ...slackUs, botToken: 'xoxb-test', slackApiUrl: 'http://127.0.0.1:9/api/', mode };
  const channel = slack({ ...config, machineNow: () => machineNow });
  const post = (path: string, body: string, signature = sign(body), seconds = machineNow / 1000, more = {}) =>
    channel.routes!.request(`/webhooks/slack/${path}`, {
      method: 'POST',
      body,
      headers: { 'x-slack-signature': signature, 'x-slack-request-timestamp': String(seconds), ...more },
    });
  const event = (name: string) => post('events', JSON.stringify(payload('slack', name)));
  const interact = (name: string) =>
    post('interactivity', form({ payload: JSON.stringify(payload('slack', name)) }));
  const command = (text: string) =>
    post(
      'commands',
      form({ command: '/intumwa', text, user_id: 'U0CLAUDINE', team_id: 'T0TEST', channel_id: 'C0DESK' }),
    );
  return { ear, channel, post, event, interact, command };
}

const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();

function sign(body: string, seconds = machineNow / 1000): string {
  return `v0=${createHmac('sha256', signingSecret).update(`v0:${seconds}:${body}`).digest('hex')}`;
}

describe('the Slack routes', () => {
  test('know the vector, and answer the challenge', async () => {
    const { post } = start();
    const signature = 'v0=150f3e2597227d90deb3d93af65b6450381ac5c2ff275a89b8daf98c8df38326';
    const answer = await post('events', '{"type":"url_verification","challenge":"abc"}', signature);
    expect([answer.status, await answer.text()]).toEqual([200, 'abc']);
  });

  test('refuse a wrong signature, an old one and one from the future', async () => {
    const { ear, post } = start();
    const body = JSON.stringify(payload('slack', 'text'));
    expect((await post('events', body, 'v0=00')).status).toBe(403);
    expect((await post('events', `${body} `, sign(body))).status).toBe(403);
    for (const seconds of [machineNow / 1000 - 301, machineNow / 1000 + 301, Number.NaN]) {
      expect((await post('events', body, sign(body, seconds), seconds)).status).toBe(403);
    }
    const almost = machineNow / 1000 - 299;
    expect((await post('events', body, sign(body, almost), almost)).status).toBe(200);
    expect(ear.heard.length).toBe(1);
  });

  test('answer after the event is kept, and ask again while the database is away', async () => {
    const { ear, event, interact } = start();
    ear.unavailable = 2;
    expect((await event('text')).status).toBe(503);
    expect((await interact('press')).status).toBe(503);
    expect(ear.heard).toEqual([]);
    const kept = await interact('press');
    expect([kept.status, await kept.text()]).toEqual([200, '']);
    expect((await event('text')).status).toBe(200);
    expect((await event('text')).status).toBe(200);
    expect(ear.counted.slice(2)).toEqual(['slack.kept', 'slack.kept', 'slack.duplicate']);
  });

  test('acknowledge what is signed but cannot be read', async () => {
    const { ear, post } = start();
    expect((await post('events', '{"type":')).status).toBe(200);
    expect((await post('interactivity', 'payload=%7B')).status).toBe(200);
    expect((await post('events', '{"type":"event_callback"}')).status).toBe(200);
    expect(ear.counted).toEqual(['slack.ignored.malformed']);
  });

  test('answer the probe for TLS, and nothing that only looks like it', async () => {
    const { post } = start();
    expect((await post('commands', 'token=x&ssl_check=1', 'v0=00')).status).toBe(200);
    expect((await post('commands', 'ssl_check=1&command=%2Fintumwa', 'v0=00')).status).toBe(403);
  });

  test('do not read a body over one megabyte', async () => {
    const { post } = start();
    expect((await post('events', 'x'.repeat(1024 * 1024 + 1))).status).toBe(413);
  });
});

describe('the coordinators’ listeners', () => {
  test('answer a command in the response itself', async () => {
    const { channel, command } = start();
    channel.bolt.command('/intumwa', async ({ command: given, ack }) => {
      await ack({ response_type: 'ephemeral', text: `heard ${given.text}` });
    });
    const answer = await command('status');
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { response_type: 'ephemeral', text: 'heard status' },
    ]);
  });

  test('answer a form with its errors', async () => {
    const { channel, interact } = start();
    channel.bolt.view('mission.open', ({ ack }) =>
      ack({ response_action: 'errors', errors: { title: 'Please give a title' } }),
    );
    const answer = await interact('view-submission');
    expect(await answer.json()).toEqual({
      response_action: 'errors',
      errors: { title: 'Please give a title' },
    });
  });

  test('hear other buttons and events, which the conversation does not', async () => {
    const { ear, channel, interact, event } = start();
    const heard: string[] = [];
    channel.bolt.action('ticket.take', async ({ ack }) => {
      await ack();
      heard.push('take');
    });
    channel.bolt.event('app_home_opened', async ({ event: opened }) => {
      heard.push(opened.user);
    });
    expect((await interact('coordinator-press')).status).toBe(200);
    expect((await event('home-opened')).status).toBe(200);
    expect(heard).toEqual(['take', 'U0CLAUDINE']);
    expect(ear.heard).toEqual([]);
  });

  test('a command or a form that fails must not look as if it had worked', async () => {
    const { ear, channel, interact, command } = start();
    expect((await command('nobody listens')).status).toBe(500);
    channel.bolt.view('mission.open', () => {
      throw new Error('broken');
    });
    expect((await interact('view-submission')).status).toBe(500);
    expect(ear.logged.filter(({ level }) => level === 'error').map(({ text }) => text)).toEqual([
      'a listener failed',
    ]);
  });
});
