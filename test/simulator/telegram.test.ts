import { GrammyError } from 'grammy';
import { describe, expect, test, vi } from 'vitest';
import { simulatedAccounts } from '../../src/simulator/product.ts';
import { scene, telegramSecret } from './scene.ts';

const refusal = (error_code: number, description: string) =>
  expect.objectContaining({ error_code, description: expect.stringContaining(description) });

describe('sending through grammY', () => {
  test('a message with a keyboard shows on the phone and comes back as a Message', async () => {
    const s = await scene();
    await s.person('telegram', '4001', { name: 'Aline Uwase' });
    const sent = await s.bot().api.sendMessage(4001, '<b>Muraho</b> &amp; welcome', {
      parse_mode: 'HTML',
      reply_markup: {
        inline_keyboard: [
          [{ text: 'Yego', callback_data: 'q1:yes' }],
          [{ text: 'Site', url: 'https://moh.example' }],
        ],
      },
    });
    expect(sent).toMatchObject({
      message_id: 1,
      chat: { id: 4001, type: 'private' },
      text: 'Muraho & welcome',
      date: 1795420800,
      entities: [{ type: 'bold', offset: 0, length: 6 }],
    });
    expect(await s.messages('telegram', '4001')).toMatchObject([
      {
        id: '1',
        text: 'Muraho & welcome',
        choices: [
          { id: 'q1:yes', label: 'Yego' },
          { label: 'Site', url: 'https://moh.example' },
        ],
        receipts: { sent: '2026-11-23T08:00:00.000Z', delivered: null, read: null },
      },
    ]);
  });

  test.each([
    ['an unknown chat', 4009, 'x', {}, 400, 'chat not found'],
    ['an empty text', 4001, ' ', {}, 400, 'message text is empty'],
    ['4097 characters', 4001, 'a'.repeat(4097), {}, 400, 'message is too long'],
    [
      'a tag left open',
      4001,
      '<b>x',
      { parse_mode: 'HTML' },
      400,
      "can't parse entities: Can't find end tag",
    ],
    [
      'a bare less-than',
      4001,
      '1 < 2',
      { parse_mode: 'HTML' },
      400,
      "can't parse entities: Unsupported start tag",
    ],
    [
      'an unescaped dot',
      4001,
      'x.',
      { parse_mode: 'MarkdownV2' },
      400,
      "can't parse entities: Character '.' is reserved",
    ],
    [
      '65 bytes of data',
      4001,
      'x',
      { reply_markup: { inline_keyboard: [[{ text: 'a', callback_data: 'é'.repeat(33) }]] } },
      400,
      'BUTTON_DATA_INVALID',
    ],
    [
      '101 buttons',
      4001,
      'x',
      {
        reply_markup: {
          inline_keyboard: Array.from({ length: 101 }, (_, n) => [{ text: 'a', callback_data: `${n}` }]),
        },
      },
      400,
      'reply markup is too long',
    ],
  ] as const)('%s is refused in the words of Telegram', async (_, chat, text, extra, code, words) => {
    const s = await scene();
    await s.person('telegram', '4001');
    // The table's literal types are narrower than the options of the call.
    const refused = s.bot().api.sendMessage(chat, text, extra as object);
    await expect(refused).rejects.toThrow(GrammyError);
    await expect(refused).rejects.toEqual(refusal(code, words));
    expect(await s.messages('telegram', '4001')).toEqual([]);
  });

  test('4096 characters pass when tags and references are not counted', async () => {
    const s = await scene();
    await s.person('telegram', '4001');
    await expect(
      s.bot().api.sendMessage(4001, `<b>${'&lt;'.repeat(4096)}</b>`, { parse_mode: 'HTML' }),
    ).resolves.toMatchObject({ message_id: 1 });
  });

  test('whoever blocked the bot, or never pressed Start, answers 403', async () => {
    const s = await scene();
    await s.person('telegram', '4001');
    await s.person('telegram', '4002', { started: false });
    await s.act('telegram', '4001', 'block');
    await expect(s.bot().api.sendMessage(4001, 'x')).rejects.toEqual(
      refusal(403, 'bot was blocked by the user'),
    );
    await expect(s.bot().api.sendMessage(4002, 'x')).rejects.toEqual(
      refusal(403, "bot can't initiate conversation"),
    );
    await s.act('telegram', '4002', 'say', { text: '/start' });
    await expect(s.bot().api.sendMessage(4002, 'x')).resolves.toBeDefined();
  });

  test('a bad token is 401, a malformed one 404', async () => {
    const s = await scene();
    const bad = await fetch(`${s.url}/telegram/bot123:short/getMe`);
    const malformed = await fetch(`${s.url}/telegram/botnothing/getMe`);
    expect([bad.status, malformed.status]).toEqual([401, 404]);
    expect(await s.bot().api.getMe()).toMatchObject({
      is_bot: true,
      username: simulatedAccounts.telegramUsername,
    });
  });

  test('an edit changes the message once, the same again is "not modified", a deleted one is not found', async () => {
    const s = await scene();
    await s.person('telegram', '4001');
    const { api } = s.bot();
    const { message_id } = await api.sendMessage(4001, 'one');
    await api.editMessageText(4001, message_id, 'two', {
      reply_markup: { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] },
    });
    expect(await s.messages('telegram', '4001')).toMatchObject([
      { text: 'two', edited: true, choices: [{ id: 'a' }] },
    ]);
    await api.editMessageReplyMarkup(4001, message_id);
    expect(await s.messages('telegram', '4001')).toMatchObject([{ text: 'two', choices: [] }]);
    await expect(api.editMessageText(4001, message_id, 'two')).rejects.toEqual(
      refusal(400, 'message is not modified'),
    );
    await api.deleteMessage(4001, message_id);
    await expect(api.editMessageText(4001, message_id, 'three')).rejects.toEqual(
      refusal(400, 'message to edit not found'),
    );
  });

  test('typing reaches the page; commands are kept by language; multipart is understood', async () => {
    const s = await scene();
    await s.person('telegram', '4001');
    const { api } = s.bot();
    expect(await api.sendChatAction(4001, 'typing')).toBe(true);
    await api.setMyCommands([{ command: 'help', description: 'Ubufasha' }], { language_code: 'rw' });
    expect(await api.getMyCommands({ language_code: 'rw' })).toEqual([
      { command: 'help', description: 'Ubufasha' },
    ]);
    await expect(api.setMyCommands([{ command: 'Bad Name', description: 'x' }])).rejects.toEqual(
      refusal(400, 'BOT_COMMAND_INVALID'),
    );
    const form = new FormData();
    form.set('chat_id', '4001');
    form.set('text', 'by form');
    const answer = await fetch(`${s.url}/telegram/bot${simulatedAccounts.telegramToken}/sendMessage`, {
      method: 'POST',
      body: form,
    });
    expect(await answer.json()).toMatchObject({ ok: true, result: { text: 'by form' } });
  });
});

describe('updates by long polling', () => {
  test('are kept until an offset confirms them', async () => {
    const s = await scene();
    await s.person('telegram', '4001', { name: 'Aline Uwase', locale: 'fr' });
    const { api } = s.bot();
    const { body } = await s.act('telegram', '4001', 'say', { text: '/start abc' });
    const first = await api.getUpdates({ timeout: 1 });
    expect(first).toMatchObject([
      {
        message: {
          message_id: Number(body['id']),
          text: '/start abc',
          from: { id: 4001, first_name: 'Aline', last_name: 'Uwase', language_code: 'fr' },
          chat: { id: 4001, type: 'private' },
          entities: [{ type: 'bot_command', offset: 0, length: 6 }],
        },
      },
    ]);
    expect(await api.getUpdates({ timeout: 0 })).toEqual(first);
    const offset = (first[0]?.update_id ?? 0) + 1;
    expect(await api.getUpdates({ offset, timeout: 0 })).toEqual([]);
    expect((await api.getWebhookInfo()).pending_update_count).toBe(0);
  });

  test('a waiting poll is answered as soon as something happens', async () => {
    const s = await scene();
    await s.person('telegram', '4001');
    const { api } = s.bot();
    const waiting = api.getUpdates({ timeout: 30 });
    await vi.waitFor(async () => expect(await s.requests('?method=getUpdates')).toHaveLength(1));
    await s.act('telegram', '4001', 'send', { kind: 'location', latitude: -1.95, longitude: 30.06 });
    expect(await waiting).toMatchObject([{ message: { location: { latitude: -1.95, longitude: 30.06 } } }]);
  });

  test('a second poller, or a webhook, is a conflict', async () => {
    const s = await scene();
    const { api } = s.bot();
    const first = api.getUpdates({ timeout: 30 });
    const refused = expect(first).rejects.toEqual(refusal(409, 'terminated by other getUpdates request'));
    await vi.waitFor(async () => expect(await s.requests('?method=getUpdates')).toHaveLength(1));
    await api.getUpdates({ timeout: 0 });
    await refused;
    await api.setWebhook(`${s.productUrl}/telegram`);
    await expect(api.getUpdates({ timeout: 0 })).rejects.toEqual(
      refusal(409, "can't use getUpdates method while webhook is active"),
    );
    await api.deleteWebhook();
    expect(await api.getUpdates({ timeout: 0 })).toEqual([]);
  });

  test('only the allowed kinds come', async () => {
    const s = await scene();
    await s.person('telegram', '4001');
    const { api } = s.bot();
    await api.getUpdates({ timeout: 0, allowed_updates: ['callback_query'] });
    await s.act('telegram', '4001', 'say', { text: 'unheard' });
    expect(await api.getUpdates({ timeout: 0 })).toEqual([]);
  });

  test('a press carries the data and its message, and is answered once', async () => {
    const s = await scene();
    await s.person('telegram', '4001');
    const { api } = s.bot();
    await api.sendMessage(4001, 'Ready?', {
      reply_markup: {
        inline_keyboard: [
          [
            { text: 'Yes', callback_data: 't:1' },
            { text: 'No', callback_data: 't:2' },
          ],
        ],
      },
    });
    const { body } = await s.act('telegram', '4001', 'press', { label: 'no' });
    const [update] = await api.getUpdates({ timeout: 1 });
    expect(update).toMatchObject({
      callback_query: {
        id: body['id'],
        data: 't:2',
        from: { id: 4001 },
        message: { message_id: 1, text: 'Ready?' },
      },
    });
    expect(await api.answerCallbackQuery(String(body['id']))).toBe(true);
    await expect(api.answerCallbackQuery(String(body['id']))).rejects.toEqual(
      refusal(400, 'query is too old'),
    );
  });

  test('block, edit and files reach the bot; a delete does not', async () => {
    const s = await scene();
    await s.person('telegram', '4001');
    const { api, token } = s.bot();
    const said = await s.act('telegram', '4001', 'say', { text: 'on', thread: undefined });
    await s.act('telegram', '4001', 'edit', { message: said.body['id'], text: 'one' });
    await s.act('telegram', '4001', 'delete', { message: said.body['id'] });
    await s.act('telegram', '4001', 'send', {
      kind: 'document',
      name: 'leave.pdf',
      caption: 'my leave',
      content: Buffer.from('%PDF').toString('base64'),
    });
    await s.act('telegram', '4001', 'block');
    await s.act('telegram', '4001', 'unblock');
    const updates = await api.getUpdates({ timeout: 1 });
    expect(updates).toMatchObject([
      { message: { text: 'on' } },
      { edited_message: { text: 'one', edit_date: expect.any(Number) } },
      {
        message: {
          caption: 'my leave',
          document: { file_name: 'leave.pdf', mime_type: 'application/pdf', file_size: 4 },
        },
      },
      { my_chat_member: { new_chat_member: { status: 'kicked' } } },
      { my_chat_member: { new_chat_member: { status: 'member' } } },
    ]);
    const { file_path } = await api.getFile(updates[2]?.message?.document?.file_id ?? '');
    const file = await fetch(`${s.url}/telegram/file/bot${token}/${file_path}`);
    expect(await file.text()).toBe('%PDF');
  });
});

describe('updates by webhook', () => {
  test('carry the secret, in the order of the chat, and come again until a 2xx', async () => {
    const s = await scene({ telegramWebhook: true });
    await s.person('telegram', '4001');
    let refusals = 2;
    s.answers(() => (refusals-- > 0 ? { status: 503 } : {}));
    await s.act('telegram', '4001', 'say', { text: 'one' });
    await s.act('telegram', '4001', 'say', { text: 'two' });
    await s.hook(({ body }) => body.includes('"two"'));
    expect(s.hooks.map(({ body }) => JSON.parse(body).message.text)).toEqual(['one', 'one', 'one', 'two']);
    expect(
      s.hooks.every(({ headers }) => headers['x-telegram-bot-api-secret-token'] === telegramSecret),
    ).toBe(true);
    expect(new Set(s.hooks.slice(0, 3).map(({ body }) => JSON.parse(body).update_id)).size).toBe(1);
    expect(await s.simulator.quiet(1_000)).toBe(true);
  });

  test('a press overtakes a message that the product keeps refusing', async () => {
    const s = await scene({ telegramWebhook: true });
    await s.person('telegram', '4001');
    await s.bot().api.sendMessage(4001, 'Ready?', {
      reply_markup: { inline_keyboard: [[{ text: 'Yes', callback_data: 't:1' }]] },
    });
    s.answers(({ body }) => (body.includes('poison') ? { status: 500 } : {}));
    await s.act('telegram', '4001', 'say', { text: 'poison' });
    await s.act('telegram', '4001', 'press', { index: 0 });
    await s.hook(({ body }) => body.includes('callback_query'));
    const { last_error_message, pending_update_count } = await s.bot().api.getWebhookInfo();
    expect(last_error_message).toContain('500');
    expect(pending_update_count).toBe(1);
    s.answers(() => ({}));
    expect(await s.simulator.quiet(2_000)).toBe(true);
  });
});
