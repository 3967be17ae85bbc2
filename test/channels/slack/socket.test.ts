import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { slack } from '../../../src/channels/slack/slack.ts';
import { hearing } from '../hearing.ts';
import { payload } from '../payloads.ts';
import { slackUs } from '../providers.ts';
import { recordingServer } from '../recording-server.ts';

/** Slack's side of Socket Mode: one connection, and what was acknowledged over it. */
async function start() {
  const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await new Promise((resolve) => sockets.once('listening', resolve));
  onTestFinished(() => sockets.close());
  const { port } = sockets.address() as AddressInfo; // it listens on TCP
  const server = await recordingServer(() => ({ json: { ok: true, url: `ws://127.0.0.1:${port}/` } }));
  const acks: { envelope_id: string; payload: unknown }[] = [];
  const ear = hearing();
  const mode = { kind: 'socket', appToken: 'xapp-test' } as const;
  const channel = slack({
    ...ear,
    ...slackUs,
    botToken: 'xoxb-test',
    slackApiUrl: `${server.url}/api/`,
    mode,
  });
  const opened = new Promise<(envelope: object) => void>((resolve) => {
    sockets.on('connection', (socket) => {
      socket.on('message', (data) => {
        acks.push(JSON.parse(String(data)));
        ear.count('acknowledged');
      });
      socket.send(JSON.stringify({ type: 'hello', num_connections: 1 }));
      resolve((envelope) => socket.send(JSON.stringify(envelope)));
    });
  });
  await channel.start();
  onTestFinished(() => {
    // It waits seconds for a goodbye that nobody here says.
    void channel.stop();
    for (const client of sockets.clients) client.terminate();
  });
  return { ear, channel, acks, send: await opened };
}

describe('Socket Mode', () => {
  test('an envelope is acknowledged after it is kept, and not while the database is away', async () => {
    const { ear, acks, send } = await start();
    ear.unavailable = 1;
    const body = payload('slack', 'text');
    send({ envelope_id: 'e1', type: 'events_api', payload: body, accepts_response_payload: false });
    await ear.until(() => ear.counted.includes('slack.unavailable'));
    send({
      envelope_id: 'e2',
      type: 'events_api',
      payload: body,
      accepts_response_payload: false,
      retry_attempt: 1,
    });
    await ear.until(() => acks.length > 0);
    expect(ear.heard.length).toBe(1);
    expect(acks.map(({ envelope_id }) => envelope_id)).toEqual(['e2']);
  });

  test('a press is heard, and a command is answered in its acknowledgement', async () => {
    const { ear, channel, acks, send } = await start();
    channel.bolt.command('/intumwa', ({ ack }) => ack({ text: 'here I am' }));
    send({
      envelope_id: 'e1',
      type: 'interactive',
      payload: payload('slack', 'press'),
      accepts_response_payload: true,
    });
    await ear.until(() => acks.length === 1);
    const command = {
      command: '/intumwa',
      text: '',
      user_id: 'U0CLAUDINE',
      team_id: 'T0TEST',
      channel_id: 'C0DESK',
    };
    send({ envelope_id: 'e2', type: 'slash_commands', payload: command, accepts_response_payload: true });
    await ear.until(() => acks.length === 2);
    expect(ear.heard.map(({ event }) => event.kind)).toEqual(['press']);
    expect(acks[1]).toEqual({ envelope_id: 'e2', payload: { text: 'here I am' } });
  });
});
