import { describe, expect, test } from 'vitest';
import { outcomeOfError } from '../../../src/channels/slack/classify.ts';
import { identify } from '../../../src/channels/slack/slack.ts';
import { hearing, programmeNow } from '../hearing.ts';
import { delivery, rendered } from '../messages.ts';
import { slackAt } from '../providers.ts';
import { type RecordingServer, type Reply, recordingServer } from '../recording-server.ts';

async function start() {
  const server = await recordingServer(well);
  return { server, channel: slackAt(server.url, hearing()) };
}

function well({ path }: { path: string }): Reply {
  if (path === '/api/conversations.open') return { json: { ok: true, channel: { id: 'D0CLAUDINE' } } };
  return { json: { ok: true, channel: 'D0CLAUDINE', ts: '1700000000.000100' } };
}

const calls = ({ requests }: RecordingServer) =>
  requests.map(
    ({ path, body }) => [path.replace('/api/', ''), Object.fromEntries(new URLSearchParams(body))] as const,
  );

describe('a message to Slack', () => {
  test('opens the direct channel once, carries the ledger id, and cannot shout', async () => {
    const { server, channel } = await start();
    const first = delivery('U0CLAUDINE', rendered('<!channel> Muraho & *karibu*', 2));
    await channel.send(first);
    await channel.send(delivery('U0CLAUDINE', rendered('Muraho', 0)));
    expect(calls(server).map(([method]) => method)).toEqual([
      'conversations.open',
      'chat.postMessage',
      'chat.postMessage',
    ]);
    const [, message] = calls(server)[1]!;
    expect(message).toMatchObject({
      channel: 'D0CLAUDINE',
      text: '&lt;!channel&gt; Muraho &amp; *karibu*',
      mrkdwn: 'false',
    });
    expect(JSON.parse(message.metadata ?? '')).toEqual({
      event_type: 'intumwa',
      event_payload: { id: first.ledgerId },
    });
    expect(JSON.parse(message.blocks ?? '')).toEqual([
      { type: 'section', text: { type: 'plain_text', text: '<!channel> Muraho & *karibu*', emoji: true } },
      {
        type: 'actions',
        elements: [1, 2].map((number) => ({
          type: 'button',
          action_id: `choice-${number}`,
          text: { type: 'plain_text', text: `Choice ${number}`, emoji: true },
          value: `q7:demo.pick:c${number}`,
        })),
      },
    ]);
  });

  test('goes into a channel, and into a thread of it', async () => {
    const { server, channel } = await start();
    await channel.send(delivery('C0DESK', rendered('Alert', 0)));
    await channel.send(delivery('C0DESK:1699990000.000200', rendered('Alert', 0)));
    expect(calls(server).map(([, { channel: to, thread_ts }]) => [to, thread_ts])).toEqual([
      ['C0DESK', undefined],
      ['C0DESK', '1699990000.000200'],
    ]);
  });

  test('has not left when the direct channel could not be opened', async () => {
    const { server, channel } = await start();
    server.answer = (request) => (request.path.endsWith('conversations.open') ? 'reset' : well(request));
    expect((await channel.send(delivery('U0CLAUDINE', rendered('Muraho', 0)))).kind).toBe('not_sent');
    server.answer = () => ({ json: { ok: false, error: 'user_not_found' } });
    expect((await channel.send(delivery('U0CLAUDINE', rendered('Muraho', 0)))).kind).toBe('unreachable');
  });

  test('opens the direct channel anew when Slack no longer knows it', async () => {
    const { server, channel } = await start();
    await channel.send(delivery('U0CLAUDINE', rendered('Muraho', 0)));
    server.answer = (request) =>
      request.path.endsWith('postMessage')
        ? { json: { ok: false, error: 'channel_not_found' } }
        : well(request);
    await channel.send(delivery('U0CLAUDINE', rendered('Muraho', 0)));
    server.answer = well;
    await channel.send(delivery('U0CLAUDINE', rendered('Muraho', 0)));
    expect(calls(server).filter(([method]) => method === 'conversations.open').length).toBe(2);
  });

  test('a rate limit says when to come again', async () => {
    const { server, channel } = await start();
    server.answer = (request) =>
      request.path.endsWith('postMessage')
        ? { status: 429, headers: { 'retry-after': '7' }, text: '' }
        : well(request);
    expect(await channel.send(delivery('U0CLAUDINE', rendered('Muraho', 0)))).toEqual({
      kind: 'throttled',
      scope: 'account',
      retryAfterMs: 7000,
    });
    server.answer = (request) =>
      request.path.endsWith('postMessage') ? { status: 429, text: '' } : well(request);
    expect((await channel.send(delivery('U0CLAUDINE', rendered('Muraho', 0)))).kind).toBe('throttled');
  });
});

describe('outcomeOfError', () => {
  test.each([
    ['service_unavailable', 'not_sent'],
    ['fatal_error', 'unknown'],
    ['missing_scope', 'misconfigured'],
    ['restricted_action_read_only_channel', 'unreachable'],
    ['msg_too_long', 'rejected'],
    ['something_new', 'rejected'],
    ['ratelimited', 'throttled'],
  ])('%s is %s', (error, kind) => {
    expect(outcomeOfError(error).kind).toBe(kind);
  });
});

describe('lookUp', () => {
  test('asks Slack by the ledger id in the metadata', async () => {
    const { server, channel } = await start();
    const history = (id: string): Reply => ({
      json: {
        ok: true,
        messages: [{ ts: '1.1' }, { ts: '1.2', metadata: { event_type: 'intumwa', event_payload: { id } } }],
      },
    });
    server.answer = (request) => (request.path.endsWith('history') ? history('41') : well(request));
    const row = delivery('U0CLAUDINE', rendered('Muraho', 0), { ledgerId: '41' });
    const question = { ...row, since: programmeNow };
    expect(await channel.lookUp(question)).toEqual({ kind: 'found', providerId: '1.2' });
    expect(calls(server).at(-1)).toMatchObject([
      'conversations.history',
      { include_all_metadata: 'true', channel: 'D0CLAUDINE' },
    ]);
    // The first part of a split message is not the row.
    server.answer = (request) => (request.path.endsWith('history') ? history('41/1') : well(request));
    expect(await channel.lookUp(question)).toEqual({ kind: 'absent' });
    server.answer = () => 'reset';
    expect((await channel.lookUp(question)).kind).toBe('cannot_tell');
  });
});

describe('the coordinators’ desk', () => {
  test('posts, updates, opens and publishes, and a failure is Slack’s own word', async () => {
    const { server, channel } = await start();
    const { desk } = channel;
    expect(await desk.post({ to: 'U0CLAUDINE', text: 'Ticket', blocks: [{ type: 'divider' }] })).toEqual({
      ok: true,
      channel: 'D0CLAUDINE',
      ts: '1700000000.000100',
    });
    server.answer = () => ({ json: { ok: true, view: { id: 'V1', hash: 'h1' } } });
    const view = { type: 'modal', title: { type: 'plain_text', text: 'Mission' }, blocks: [] };
    expect(await desk.open({ triggerId: 't', view })).toEqual({ ok: true, viewId: 'V1', hash: 'h1' });
    expect(await desk.updateView({ viewId: 'V1', hash: 'h1', view })).toEqual({
      ok: true,
      viewId: 'V1',
      hash: 'h1',
    });
    expect(await desk.publish({ user: 'U0CLAUDINE', view: { type: 'home', blocks: [] } })).toEqual({
      ok: true,
    });
    expect(await desk.update({ channel: 'C1', ts: '1.1', text: 'x' })).toEqual({ ok: true });
    expect(await desk.ephemeral({ channel: 'C1', user: 'U1', text: 'x' })).toEqual({ ok: true });
    server.answer = () => ({ json: { ok: false, error: 'expired_trigger_id' } });
    expect(await desk.open({ triggerId: 't', view })).toEqual({ ok: false, error: 'expired_trigger_id' });
    server.answer = () => ({ status: 429, headers: { 'retry-after': '3' }, text: '' });
    expect(await desk.update({ channel: 'C1', ts: '1.1', text: 'x' })).toEqual({
      ok: false,
      error: 'ratelimited',
      retryAfterMs: 3000,
    });
    server.answer = () => 'reset';
    expect((await desk.publish({ user: 'U1', view })).ok).toBe(false);
  });
});

describe('identify', () => {
  test('asks the token who we are', async () => {
    const { server } = await start();
    server.answer = () => ({ json: { ok: true, team_id: 'T1', user_id: 'U1', bot_id: 'B1' } });
    const log = hearing().log;
    expect(await identify('xoxb-test', `${server.url}/api/`, log)).toEqual({
      teamId: 'T1',
      botUserId: 'U1',
      botId: 'B1',
    });
    server.answer = () => ({ json: { ok: false, error: 'invalid_auth' } });
    expect(await identify('xoxb-test', `${server.url}/api/`, log)).toEqual({
      failed: { kind: 'misconfigured', detail: 'invalid_auth' },
    });
  });
});
