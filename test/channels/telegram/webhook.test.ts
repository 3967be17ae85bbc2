import { describe, expect, test } from 'vitest';
import { telegram } from '../../../src/channels/telegram/telegram.ts';
import { hearing } from '../hearing.ts';
import { payload } from '../payloads.ts';
import { telegramToken } from '../providers.ts';
import { recordingServer } from '../recording-server.ts';

async function start() {
  const server = await recordingServer(() => ({ json: { ok: true, result: true } }));
  const ear = hearing();
  const mode = {
    kind: 'webhook',
    secret: 'right_secret',
    publicBaseUrl: 'https://bot.example.org/',
  } as const;
  const channel = telegram({ ...ear, token: telegramToken, apiRoot: server.url, mode });
  const post = (
    body: string,
    headers: Record<string, string> = { 'x-telegram-bot-api-secret-token': 'right_secret' },
  ) => channel.routes!.request('/webhooks/telegram', { method: 'POST', body, headers });
  return { server, ear, channel, post };
}

describe('the Telegram webhook', () => {
  test('answers after the event is kept, and stops the spinner', async () => {
    const { server, ear, post } = await start();
    expect((await post(JSON.stringify(payload('telegram', 'press')))).status).toBe(200);
    expect(ear.heard.map(({ event }) => event.kind)).toEqual(['press']);
    await ear.until(() => ear.counted.includes('telegram.press_answered'));
    expect(server.requests.map(({ path, body }) => [path.split('/').at(-1), JSON.parse(body)])).toEqual([
      ['answerCallbackQuery', { callback_query_id: '900001' }],
    ]);
  });

  test('a press too old to be answered is nobody’s trouble', async () => {
    const { server, ear, post } = await start();
    const description = 'Bad Request: query is too old and response timeout expired or query ID is invalid';
    server.answer = () => ({ status: 400, json: { ok: false, error_code: 400, description } });
    expect((await post(JSON.stringify(payload('telegram', 'press')))).status).toBe(200);
    await ear.until(() => ear.counted.includes('telegram.press_too_late'));
    expect(ear.logged).toEqual([]);
  });

  test('a second delivery has the same key', async () => {
    const { ear, post } = await start();
    const body = JSON.stringify(payload('telegram', 'text'));
    expect([(await post(body)).status, (await post(body)).status]).toEqual([200, 200]);
    expect(ear.counted).toEqual(['telegram.kept', 'telegram.duplicate']);
  });

  test('is refused without the secret, before anything is read', async () => {
    const { ear, post } = await start();
    const body = JSON.stringify(payload('telegram', 'text'));
    expect((await post(body, {})).status).toBe(403);
    expect((await post(body, { 'x-telegram-bot-api-secret-token': 'right_secre' })).status).toBe(403);
    expect(ear.heard).toEqual([]);
  });

  test('asks to come again only while the database is away', async () => {
    const { ear, post } = await start();
    ear.unavailable = 1;
    const body = JSON.stringify(payload('telegram', 'press'));
    expect((await post(body)).status).toBe(503);
    expect(ear.heard).toEqual([]);
    expect((await post(body)).status).toBe(200);
    expect(ear.heard.length).toBe(1);
  });

  test('what can never be read is acknowledged, so that it does not block the chat', async () => {
    const { ear, post } = await start();
    expect((await post('{"update_id": 1, "mess')).status).toBe(200);
    expect((await post('{"update_id": 1, "message": {"text": 5}}')).status).toBe(200);
    expect((await post(JSON.stringify(payload('telegram', 'guest-message')))).status).toBe(200);
    expect(ear.counted).toEqual(['telegram.ignored.malformed', 'telegram.ignored.unknown_update']);
    expect(ear.heard).toEqual([]);
  });

  test('a body over one megabyte is not read, with or without a declared length', async () => {
    const { post } = await start();
    expect((await post('x'.repeat(1024 * 1024 + 1))).status).toBe(413);
    const { channel } = await start();
    const chunk = new TextEncoder().encode('x'.repeat(64 * 1024));
    let pulled = 0;
    const endless = new ReadableStream({
      pull(controller) {
        pulled += 1;
        controller.enqueue(chunk);
      },
    });
    const request = new Request('http://localhost/webhooks/telegram', {
      method: 'POST',
      body: endless,
      headers: { 'x-telegram-bot-api-secret-token': 'right_secret' },
      duplex: 'half',
    } as RequestInit); // `duplex` is missing in the types of Node 20
    expect((await channel.routes!.request(request)).status).toBe(413);
    expect(pulled).toBeLessThan(25);
  });

  test('start registers the address, the secret and the kinds we read', async () => {
    const { server, channel } = await start();
    await channel.start();
    expect(JSON.parse(server.requests[0]?.body ?? '{}')).toEqual({
      url: 'https://bot.example.org/webhooks/telegram',
      secret_token: 'right_secret',
      allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
      max_connections: 100,
    });
  });
});
