import { expect, test } from 'vitest';
import { simulatedAccounts } from '../../src/simulator/product.ts';
import type { RecordedRequest } from '../../src/simulator/tap.ts';
import { checkRequest } from '../support/contract.ts';
import { scene } from './scene.ts';

const recorded = (
  provider: RecordedRequest['provider'],
  method: string,
  params: Record<string, unknown>,
  more: Partial<RecordedRequest> = {},
): RecordedRequest => ({
  id: 1,
  at: '',
  provider,
  method,
  http: 'POST',
  path: `/${method}`,
  contentType: provider === 'telegram' ? 'application/json' : 'application/x-www-form-urlencoded',
  params,
  via: null,
  status: 200,
  answeredAt: null,
  made: null,
  heard: true,
  ...more,
});
const messages = { path: `/2010-04-01/Accounts/${simulatedAccounts.accountSid}/Messages.json` };
const content = { path: '/v1/Content', contentType: 'application/json' };

test('what the real SDKs send passes', async () => {
  const s = await scene();
  await s.person('telegram', '4001');
  await s.person('whatsapp', '+32470000001');
  await s.person('slack', 'U1');
  await s.act('whatsapp', '+32470000001', 'say', { text: 'x' });
  const { api } = s.bot();
  await api.sendMessage(4001, '<b>x</b>', {
    parse_mode: 'HTML',
    link_preview_options: { is_disabled: true },
    reply_markup: { inline_keyboard: [[{ text: 'Yes', callback_data: 'y' }]] },
  });
  await api.getUpdates({ timeout: 0, allowed_updates: ['message'] });
  await api.setMyCommands([{ command: 'help', description: 'x' }], {
    language_code: 'fr',
    scope: { type: 'all_private_chats' },
  });
  await api.sendChatAction(4001, 'typing');
  const client = s.twilio();
  // The SDK's type wants camelCase, which the API does not know.
  const made = await client.content.v1.contents.create({
    friendly_name: 'x',
    language: 'fr',
    variables: { 1: 'x' },
    types: {
      'twilio/quick-reply': {
        body: 'Hello {{1}} there',
        actions: [{ type: 'QUICK_REPLY', title: 'Yes', id: 'y' }],
      },
    },
  } as never);
  await client.content.v1
    .contents(made.sid)
    .approvalCreate.create({ name: 'x', category: 'UTILITY', allow_category_change: false } as never);
  await client.content.v1.contents(made.sid).approvalFetch().fetch();
  await client.messages.create({
    to: 'whatsapp:+32470000001',
    from: simulatedAccounts.sender,
    contentSid: made.sid,
    contentVariables: '{"1":"a"}',
    statusCallback: `${s.productUrl}/status`,
  });
  const [inbound] = await client.messages.list({
    to: simulatedAccounts.sender,
    pageSize: 20,
    dateSentAfter: new Date('2026-11-01T00:00:00Z'),
  });
  await client.messaging.v2.typingIndicator.create({ channel: 'whatsapp', messageId: inbound?.sid ?? '' });
  const slack = s.slack();
  const sent = await slack.chat.postMessage({
    channel: 'U1',
    text: 'x',
    blocks: [{ type: 'divider' }],
    metadata: { event_type: 'outbox', event_payload: { id: '1' } },
    unfurl_links: false,
  });
  await slack.chat.update({ channel: sent.channel ?? '', ts: sent.ts ?? '', text: 'y' });
  await slack.conversations.history({ channel: sent.channel ?? '', include_all_metadata: true, limit: 20 });
  await slack.views.publish({ user_id: 'U1', view: { type: 'home', blocks: [] } });
  await slack.users.info({ user: 'U1' });
  const requests = await s.requests();
  expect(requests.length).toBe(15);
  expect(requests.flatMap(checkRequest)).toEqual([]);
});

test.each([
  [recorded('telegram', 'sendMessage', { text: 'x' }), 'missing field chat_id'],
  [recorded('telegram', 'sendMessage', { chat_id: 1, text: 'x', colour: 'red' }), 'unknown field colour'],
  [recorded('telegram', 'sendMessage', { chat_id: 1, text: 5 }), 'text is not of type String'],
  [
    recorded('telegram', 'sendMessage', {
      chat_id: 1,
      text: 'x',
      reply_markup: { inline_keyboard: [[{ label: 'x' }]] },
    }),
    'missing field reply_markup.inline_keyboard[0][0].text',
  ],
  [recorded('telegram', 'sendPigeon', {}), 'unknown method'],
  [recorded('slack', 'chat.postMessage', { text: 'x' }), 'missing field channel'],
  [recorded('slack', 'chat.postMessage', { channel: 'C1', text: 'x', to: 'y' }), 'unknown field to'],
  [
    recorded('slack', 'chat.postMessage', { channel: 'C1', unfurl_links: 'perhaps' }),
    'unfurl_links is not of type boolean',
  ],
  [recorded('slack', 'chat.shout', {}), 'unknown method'],
  [recorded('twilio', 'Messages.create', { From: 'x', Body: 'x' }, messages), 'missing field To'],
  [recorded('twilio', 'Messages.create', { To: 'x', body: 'x' }, messages), 'unknown field body'],
  [
    recorded('twilio', 'Messages.create', { To: 'x', MessagingServiceSid: 'x' }, messages),
    'MessagingServiceSid does not match',
  ],
  [
    recorded('twilio', 'Messages.create', { To: 'x' }, { ...messages, contentType: 'application/json' }),
    'content type is application/json',
  ],
  [
    recorded('twilio', 'Content.create', { friendlyName: 'x', language: 'fr', types: {} }, content),
    'unknown field friendlyName',
  ],
  [
    recorded(
      'twilio',
      'Content.create',
      { language: 'fr', types: { 'twilio/quick-reply': { body: 'x', buttons: [] } } },
      content,
    ),
    'missing field types.twilio/quick-reply.actions',
  ],
  [
    recorded('twilio', 'Calls.create', {}, { path: '/2010-04-01/Accounts/AC1/Calls.json' }),
    'unknown call POST',
  ],
])('%# is caught: %s', (request, problem) => {
  expect(checkRequest(request).join('\n')).toContain(problem);
});
