import { isValidSlackRequest } from '@slack/bolt';
import { SocketModeClient } from '@slack/socket-mode';
import { describe, expect, test, vi } from 'vitest';
import { simulatedAccounts } from '../../src/simulator/product.ts';
import { type Hook, type Scene, scene, signingSecret, silent } from './scene.ts';

const isSigned = ({ headers, body }: Hook) =>
  isValidSlackRequest({
    signingSecret,
    body,
    headers: {
      'x-slack-signature': String(headers['x-slack-signature']),
      'x-slack-request-timestamp': Number(headers['x-slack-request-timestamp']),
    },
  });
const payloadOf = (hook: Hook) => JSON.parse(hook.form['payload'] ?? 'null');
const eventOf = (hook: Hook) => JSON.parse(hook.body).event;
const failure = (error: string) =>
  expect.objectContaining({ data: expect.objectContaining({ ok: false, error }) });
const at = (path: string) => (hook: Hook) => hook.path === path;
const button = (text: string, value: string, action_id = `a-${value}`) => ({
  type: 'button' as const,
  text: { type: 'plain_text' as const, text },
  value,
  action_id,
});
const form = (callback_id = 'call') => ({
  type: 'modal' as const,
  callback_id,
  title: { type: 'plain_text' as const, text: 'New call' },
  submit: { type: 'plain_text' as const, text: 'Go' },
  blocks: [
    {
      type: 'input' as const,
      block_id: 'title',
      label: { type: 'plain_text' as const, text: 'Title' },
      element: { type: 'plain_text_input' as const, action_id: 'in', max_length: 20 },
    },
    {
      type: 'input' as const,
      block_id: 'place',
      optional: true,
      label: { type: 'plain_text' as const, text: 'Place' },
      element: {
        type: 'static_select' as const,
        action_id: 'in',
        options: ['Huye', 'Kigali'].map((name) => ({
          text: { type: 'plain_text' as const, text: name },
          value: name.toLowerCase(),
        })),
      },
    },
  ],
});

async function withAnna(options: Parameters<typeof scene>[0] = {}) {
  const s = await scene(options);
  await s.person('slack', 'U1', { name: 'Anna Mukamana' });
  return s;
}

describe('the Web API through WebClient', () => {
  test('a message reaches the direct conversation by user or channel id, and is found with its metadata', async () => {
    const s = await withAnna();
    const slack = s.slack();
    const { channel } = await slack.conversations.open({ users: 'U1' });
    const metadata = { event_type: 'outbox', event_payload: { id: '17' } };
    const sent = await slack.chat.postMessage({
      channel: channel?.id ?? '',
      text: 'Muraho &amp; <https://moh.example|site>',
      metadata,
    });
    await slack.chat.postMessage({ channel: 'U1', text: 'second' });
    expect(sent).toMatchObject({
      ok: true,
      channel: channel?.id,
      ts: expect.stringMatching(/^\d{10}\.\d{6}$/),
      message: { bot_id: simulatedAccounts.botId },
    });
    expect(await s.messages('slack', 'U1')).toMatchObject([
      { id: sent.ts, text: 'Muraho & site (https://moh.example)', channel: channel?.id },
      { text: 'second' },
    ]);
    const found = await slack.conversations.history({
      channel: channel?.id ?? '',
      include_all_metadata: true,
      limit: 10,
    });
    expect(found.messages?.map(({ text, metadata: kept }) => [text, kept?.event_payload])).toEqual([
      ['second', undefined],
      ['Muraho &amp; <https://moh.example|site>', { id: '17' }],
    ]);
    const bare = await slack.conversations.history({
      channel: channel?.id ?? '',
      oldest: sent.ts ?? '',
      inclusive: true,
      limit: 1,
    });
    expect(bare).toMatchObject({ has_more: true, messages: [{ text: 'second' }] });
  });

  test('a channel is read by its members, an ephemeral message by one', async () => {
    const s = await withAnna();
    await s.person('slack', 'U2', { name: 'Bea' });
    await s.person('slack', 'U3', { name: 'Not in it', channels: [] });
    const { id } = simulatedAccounts.channel;
    await s.slack().chat.postMessage({ channel: id, text: 'to all' });
    await s.slack().chat.postEphemeral({ channel: id, user: 'U2', text: 'to one' });
    const texts = async (address: string) => (await s.messages('slack', address)).map(({ text }) => text);
    expect(await texts('U1')).toEqual(['to all']);
    expect(await texts('U2')).toEqual(['to all', 'to one']);
    expect(await texts('U3')).toEqual([]);
    expect(await texts(id)).toEqual(['to all']);
  });

  test('updates and deletes its own messages', async () => {
    const s = await withAnna();
    const slack = s.slack();
    const { ts = '', channel = '' } = await slack.chat.postMessage({
      channel: 'U1',
      text: 'one',
      blocks: [{ type: 'actions', elements: [button('Yes', 'y')] }],
    });
    await slack.chat.update({ channel, ts, text: 'two' });
    expect(await s.messages('slack', 'U1')).toMatchObject([
      { id: ts, text: 'two', choices: [], edited: true },
    ]);
    await slack.chat.delete({ channel, ts });
    expect(await s.messages('slack', 'U1')).toMatchObject([{ id: ts, deleted: true }]);
    await expect(slack.chat.update({ channel, ts, text: 'x' })).rejects.toEqual(failure('message_not_found'));
    const said = await s.act('slack', 'U1', 'say', { text: 'mine' });
    await expect(slack.chat.update({ channel, ts: String(said.body['id']), text: 'x' })).rejects.toEqual(
      failure('cant_update_message'),
    );
  });

  test.each([
    ['an unknown channel', { channel: 'C404', text: 'x' }, 'channel_not_found'],
    ['an unknown user', { channel: 'U404', text: 'x' }, 'user_not_found'],
    ['nothing', { channel: 'U1', text: '' }, 'no_text'],
    [
      '51 blocks',
      { channel: 'U1', text: 'x', blocks: Array.from({ length: 51 }, () => ({ type: 'divider' })) },
      'invalid_blocks',
    ],
    [
      'a section of 3001 characters',
      {
        channel: 'U1',
        text: 'x',
        blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'a'.repeat(3001) } }],
      },
      'invalid_blocks',
    ],
    [
      'a button of 76 characters',
      { channel: 'U1', text: 'x', blocks: [{ type: 'actions', elements: [button('a'.repeat(76), 'v')] }] },
      'invalid_blocks',
    ],
    [
      '26 buttons',
      {
        channel: 'U1',
        text: 'x',
        blocks: [{ type: 'actions', elements: Array.from({ length: 26 }, (_, n) => button('b', `${n}`)) }],
      },
      'invalid_blocks',
    ],
    [
      'a block_id twice',
      {
        channel: 'U1',
        text: 'x',
        blocks: [
          { type: 'divider', block_id: 'b' },
          { type: 'divider', block_id: 'b' },
        ],
      },
      'invalid_blocks',
    ],
    [
      'a type that does not exist',
      { channel: 'U1', text: 'x', blocks: [{ type: 'sektion' }] },
      'invalid_blocks',
    ],
    [
      'too much in all',
      {
        channel: 'U1',
        text: 'x',
        blocks: Array.from({ length: 5 }, () => ({
          type: 'section',
          text: { type: 'mrkdwn', text: 'a'.repeat(2900) },
        })),
      },
      'msg_blocks_too_long',
    ],
  ])('%s is refused', async (_, args, error) => {
    const s = await withAnna();
    // The table holds what the types would forbid.
    await expect(
      s.slack().chat.postMessage(args as Parameters<ReturnType<Scene['slack']>['chat']['postMessage']>[0]),
    ).rejects.toEqual(failure(error));
  });

  test('who is not signed in, unknown methods and deactivated members', async () => {
    const s = await withAnna();
    const open = await fetch(`${s.url}/slack/api/auth.test`, { method: 'POST' });
    expect(await open.json()).toEqual({ ok: false, error: 'not_authed' });
    await expect(s.slack().apiCall('chat.shout', {})).rejects.toEqual(failure('unknown_method'));
    expect(await s.slack().auth.test()).toMatchObject({
      team_id: simulatedAccounts.teamId,
      user_id: simulatedAccounts.botUserId,
    });
    await s.act('slack', 'U1', 'block');
    expect(await s.slack().users.info({ user: 'U1' })).toMatchObject({
      user: { id: 'U1', real_name: 'Anna Mukamana', deleted: true },
    });
    await expect(s.slack().chat.postMessage({ channel: 'U1', text: 'x' })).rejects.toEqual(
      failure('user_disabled'),
    );
    expect(eventOf(await s.hook(at('/slack/events')))).toMatchObject({
      type: 'user_change',
      user: { id: 'U1', deleted: true },
    });
  });
});

describe('events', () => {
  test('a direct message is signed, escaped and in an envelope', async () => {
    const s = await withAnna();
    const { body } = await s.act('slack', 'U1', 'say', { text: 'a < b & c' });
    const hook = await s.hook(at('/slack/events'));
    expect(isSigned(hook)).toBe(true);
    expect(hook.headers['content-type']).toBe('application/json');
    expect(JSON.parse(hook.body)).toMatchObject({
      type: 'event_callback',
      team_id: simulatedAccounts.teamId,
      event_id: expect.stringMatching(/^Ev/),
      event: {
        type: 'message',
        channel_type: 'im',
        channel: 'D1',
        user: 'U1',
        text: 'a &lt; b &amp; c',
        ts: body['id'],
      },
    });
    expect(isSigned({ ...hook, body: `${hook.body} ` })).toBe(false);
  });

  test('are tried three times more, with number and reason, and then given up', async () => {
    const s = await withAnna({ reply: () => ({ status: 500 }) });
    await s.act('slack', 'U1', 'say', { text: 'x' });
    expect(await s.simulator.quiet(5_000)).toBe(true);
    expect(
      s.hooks.map(({ headers }) => [headers['x-slack-retry-num'], headers['x-slack-retry-reason']]),
    ).toEqual([
      [undefined, undefined],
      ['1', 'http_error'],
      ['2', 'http_error'],
      ['3', 'http_error'],
    ]);
    expect(new Set(s.hooks.map(({ body }) => JSON.parse(body).event_id)).size).toBe(1);
    expect(s.hooks.every(isSigned)).toBe(true);
  });

  test('edits, deletes, reactions, files and threads have their own', async () => {
    const s = await withAnna();
    const { ts } = await s.slack().chat.postMessage({ channel: 'U1', text: 'root' });
    const { body } = await s.act('slack', 'U1', 'say', { text: 'one', thread: ts });
    await s.act('slack', 'U1', 'edit', { message: body['id'], text: 'two' });
    await s.act('slack', 'U1', 'react', { message: ts, emoji: ':tada:' });
    await s.act('slack', 'U1', 'delete', { message: body['id'] });
    await s.act('slack', 'U1', 'send', {
      kind: 'document',
      name: 'plan.pdf',
      content: Buffer.from('%PDF').toString('base64'),
    });
    await s.simulator.quiet(2_000);
    expect(s.hooks.map(eventOf)).toMatchObject([
      { type: 'message', text: 'one', thread_ts: ts },
      { subtype: 'message_changed', message: { text: 'two' }, previous_message: { text: 'one' } },
      { type: 'reaction_added', reaction: 'tada', item: { ts }, item_user: simulatedAccounts.botUserId },
      { subtype: 'message_deleted', deleted_ts: body['id'] },
      { subtype: 'file_share', files: [{ name: 'plan.pdf', mimetype: 'application/pdf', size: 4 }] },
    ]);
    const { url_private_download: url } = eventOf(s.hooks[4] as Hook).files[0];
    expect(await (await fetch(url)).text()).toContain('<!DOCTYPE html>');
    expect(
      await (await fetch(url, { headers: { authorization: `Bearer ${simulatedAccounts.botToken}` } })).text(),
    ).toBe('%PDF');
    expect((await s.act('slack', 'U1', 'send', { kind: 'location' })).status).toBe(400);
  });
});

describe('interactions', () => {
  test('a press is a form of exactly this content type, and its response_url changes the message five times', async () => {
    const s = await withAnna();
    const { ts } = await s.slack().chat.postMessage({
      channel: simulatedAccounts.channel.id,
      text: 'Approve?',
      blocks: [
        { type: 'actions', block_id: 'b', elements: [button('Approve', 'm1'), button('Refuse', 'm2')] },
      ],
    });
    await s.act('slack', 'U1', 'press', { label: 'Approve' });
    const hook = await s.hook(at('/slack/interactivity'));
    expect(hook.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(isSigned(hook)).toBe(true);
    const payload = payloadOf(hook);
    expect(payload).toMatchObject({
      type: 'block_actions',
      user: { id: 'U1' },
      channel: { id: simulatedAccounts.channel.id },
      container: { type: 'message', message_ts: ts },
      message: { ts },
      actions: [{ type: 'button', block_id: 'b', action_id: 'a-m1', value: 'm1' }],
    });
    const respond = (body: object) =>
      fetch(payload.response_url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    expect((await respond({ replace_original: true, text: 'Approved' })).status).toBe(200);
    expect(await s.messages('slack', 'U1')).toMatchObject([{ id: ts, text: 'Approved', choices: [] }]);
    for (let use = 2; use <= 5; use += 1) await respond({ text: `note ${use}` });
    expect((await respond({ text: 'once too often' })).status).toBe(404);
    expect((await s.messages('slack', 'U1')).at(-1)).toMatchObject({ text: 'note 5', ephemeral: true });
  });

  test('a command is acknowledged with words for its author, and may open a modal in time, once', async () => {
    const s = await withAnna();
    const results: unknown[] = [];
    s.answers(async ({ path, form: fields }) => {
      if (path !== '/slack/commands') return {};
      for (let attempt = 0; attempt < 2; attempt += 1)
        results.push(
          await s
            .slack()
            .views.open({ trigger_id: fields['trigger_id'] ?? '', view: form() })
            .then(
              ({ ok }) => ok,
              ({ data }) => data.error,
            ),
        );
      return { body: { text: 'Opening', response_type: 'ephemeral' } };
    });
    const { status } = await s.act('slack', 'U1', 'command', { text: '/intumwa call Huye' });
    const hook = await s.hook(at('/slack/commands'));
    expect([status, results]).toEqual([202, [true, 'exchanged_trigger_id']]);
    expect(isSigned(hook)).toBe(true);
    expect(hook.form).toMatchObject({
      command: '/intumwa',
      text: 'call Huye',
      user_id: 'U1',
      channel_id: 'D1',
      team_id: simulatedAccounts.teamId,
      response_url: expect.stringContaining(s.url),
    });
    expect(await s.messages('slack', 'U1')).toMatchObject([
      { text: 'Opening', from: 'product', ephemeral: true },
    ]);
    expect((await s.get('slack', 'U1', 'modal'))['modal']).toMatchObject({
      callback_id: 'call',
      title: 'New call',
      submit: 'Go',
      fields: [
        { block: 'title', label: 'Title' },
        { block: 'place', options: [{ value: 'huye', label: 'Huye' }, { value: 'kigali' }] },
      ],
    });
  });

  test('a command that fails says so to its author', async () => {
    const s = await withAnna({ reply: () => ({ status: 500 }) });
    const { body } = await s.act('slack', 'U1', 'command', { text: '/intumwa' });
    expect(body['problem']).toBe('http_500');
    expect(await s.messages('slack', 'U1')).toMatchObject([
      { from: 'provider', text: '/intumwa failed with the error "http_500"' },
    ]);
  });

  test('a trigger is good for three seconds', async () => {
    const s = await withAnna({ timing: { triggerMs: -1 } });
    await s.act('slack', 'U1', 'command', { text: '/intumwa' });
    const { form: fields } = await s.hook(at('/slack/commands'));
    await expect(
      s.slack().views.open({ trigger_id: fields['trigger_id'] ?? '', view: form() }),
    ).rejects.toEqual(failure('expired_trigger_id'));
    await expect(s.slack().views.open({ trigger_id: 'none', view: form() })).rejects.toEqual(
      failure('invalid_trigger_id'),
    );
  });

  test('a submission is answered with errors, an update, another view, or silence that closes', async () => {
    const s = await withAnna();
    await s.act('slack', 'U1', 'command', { text: '/intumwa' });
    const { form: fields } = await s.hook(at('/slack/commands'));
    const { view } = await s.slack().views.open({ trigger_id: fields['trigger_id'] ?? '', view: form() });
    const modal = async () => (await s.get('slack', 'U1', 'modal'))['modal'];
    const submit = (body: object) => s.act('slack', 'U1', 'submit', body);

    expect((await submit({ values: {} })).body['error']).toContain('must be filled in');
    expect((await submit({ values: { title: 'x'.repeat(21) } })).status).toBe(400);
    expect((await submit({ values: { nothing: 'x' } })).status).toBe(400);

    s.answers(() => ({ body: { response_action: 'errors', errors: { title: 'Too short' } } }));
    const refused = await submit({ view: 'call', values: { title: 'x', Place: 'Huye' } });
    expect(refused).toMatchObject({ status: 202, body: { id: view?.id, errors: { title: 'Too short' } } });
    expect(await modal()).toMatchObject({ id: view?.id, errors: { title: 'Too short' } });
    const hook = await s.hook(at('/slack/interactivity'));
    expect(payloadOf(hook)).toMatchObject({
      type: 'view_submission',
      user: { id: 'U1' },
      view: {
        id: view?.id,
        callback_id: 'call',
        state: {
          values: {
            title: { in: { type: 'plain_text_input', value: 'x' } },
            place: { in: { type: 'static_select', selected_option: { value: 'huye' } } },
          },
        },
      },
    });

    s.answers(() => ({ body: { response_action: 'push', view: form('second') } }));
    await submit({ values: { title: 'xy' } });
    expect(await modal()).toMatchObject({ callback_id: 'second' });
    s.answers(() => ({}));
    await submit({ values: { title: 'xy' } });
    expect(await modal()).toMatchObject({ callback_id: 'call' });
    s.answers(() => ({ body: { response_action: 'update', view: form('third') } }));
    await submit({ values: { title: 'xy' } });
    expect(await modal()).toMatchObject({ id: view?.id, callback_id: 'third' });
    s.answers(() => ({ body: { response_action: 'clear' } }));
    await submit({ values: { title: 'xy' } });
    expect(await modal()).toBeNull();
  });

  test('a stale hash is a conflict, and a broken view is refused', async () => {
    const s = await withAnna();
    await s.act('slack', 'U1', 'command', { text: '/intumwa' });
    const { form: fields } = await s.hook(at('/slack/commands'));
    const slack = s.slack();
    const { view } = await slack.views.open({ trigger_id: fields['trigger_id'] ?? '', view: form() });
    const [view_id, hash] = [view?.id ?? '', view?.hash ?? ''];
    await slack.views.update({ view_id, hash, view: form('newer') });
    await expect(slack.views.update({ view_id, hash, view: form() })).rejects.toEqual(
      failure('hash_conflict'),
    );
    const long = { ...form(), title: { type: 'plain_text' as const, text: 'x'.repeat(25) } };
    await expect(slack.views.update({ view_id, view: long })).rejects.toEqual(failure('invalid_arguments'));
  });

  test('the home tab is asked for, shown and pressed', async () => {
    const s = await withAnna();
    const blocks = [
      { type: 'section' as const, text: { type: 'mrkdwn' as const, text: '*Today*' } },
      { type: 'actions' as const, elements: [button('New call', 'new')] },
    ];
    s.answers(async ({ path }) => {
      if (path === '/slack/events')
        await s.slack().views.publish({ user_id: 'U1', view: { type: 'home', blocks } });
      return {};
    });
    expect((await s.get('slack', 'U1', 'home?peek=true'))['home']).toBeNull();
    expect((await s.get('slack', 'U1', 'home'))['home']).toMatchObject({
      text: '*Today*',
      choices: [{ id: 'new', label: 'New call' }],
    });
    expect(eventOf(await s.hook(at('/slack/events')))).toMatchObject({
      type: 'app_home_opened',
      user: 'U1',
      tab: 'home',
      channel: 'D1',
    });
    await s.act('slack', 'U1', 'press', { label: 'New call', message: 'home' });
    expect(payloadOf(await s.hook(at('/slack/interactivity')))).toMatchObject({
      container: { type: 'view' },
      view: { type: 'home' },
      actions: [{ value: 'new' }],
    });
  });
});

test('Socket Mode carries everything while a connection is open, and tries again what is not acknowledged', async () => {
  const s = await withAnna({ timing: { slackAckMs: 50 } });
  const client = new SocketModeClient({
    appToken: simulatedAccounts.appToken,
    logger: silent,
    clientOptions: { slackApiUrl: `${s.url}/slack/api/` },
  });
  const seen: unknown[] = [];
  client.on('slack_event', async ({ type, body, ack, retry_num }) => {
    if (type === 'hello') return;
    seen.push([type, body.event?.text ?? body.command, retry_num]);
    if (type === 'events_api' && retry_num === undefined) return;
    await ack(type === 'slash_commands' ? { text: 'by socket' } : undefined);
  });
  await client.start();
  await s.act('slack', 'U1', 'say', { text: 'hello' });
  await vi.waitFor(() => expect(seen).toHaveLength(2));
  await s.act('slack', 'U1', 'command', { text: '/intumwa' });
  expect(seen).toEqual([
    ['events_api', 'hello', undefined],
    ['events_api', 'hello', 1],
    ['slash_commands', '/intumwa', undefined],
  ]);
  expect(await s.messages('slack', 'U1')).toMatchObject([{ text: 'by socket' }]);
  expect(s.hooks).toEqual([]);
  await client.disconnect();
});
