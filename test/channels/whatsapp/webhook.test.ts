import twilio from 'twilio';
import { describe, expect, test } from 'vitest';
import { hearing } from '../hearing.ts';
import { formPayload } from '../payloads.ts';
import { authToken, whatsappAt } from '../providers.ts';

const base = 'https://bot.example.org/in';

function start() {
  const ear = hearing();
  const { routes } = whatsappAt('http://127.0.0.1:9', ear);
  /** Comes as through a proxy: another host, without the prefix; signed for the public address. */
  const post = (
    path: string,
    form: Record<string, string>,
    signedFor = `${base}${path}`,
    token = authToken,
  ) =>
    routes.request(`http://10.0.0.7:3000${path}`, {
      method: 'POST',
      body: new URLSearchParams(form).toString(),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': twilio.getExpectedTwilioSignature(token, signedFor, form),
      },
    });
  return { ear, routes, post };
}

describe('the WhatsApp webhook', () => {
  test('answers with nothing after the message is kept', async () => {
    const { ear, post } = start();
    const answer = await post('/webhooks/whatsapp', formPayload('button'));
    expect([answer.status, await answer.text()]).toEqual([204, '']);
    expect(ear.heard.map(({ event }) => event)).toEqual([
      { kind: 'press', token: 'q7:registration.consent:yes', title: 'Yego' },
    ]);
  });

  test('refuses what is signed for another address, by another token, or not at all', async () => {
    const { ear, routes, post } = start();
    const form = formPayload('text');
    expect((await post('/webhooks/whatsapp', form, 'http://10.0.0.7:3000/webhooks/whatsapp')).status).toBe(
      403,
    );
    expect((await post('/webhooks/whatsapp', form, undefined, 'guessed')).status).toBe(403);
    expect((await routes.request('/webhooks/whatsapp', { method: 'POST', body: 'Body=x' })).status).toBe(403);
    expect(ear.heard).toEqual([]);
    expect(ear.counted).toEqual(Array(3).fill('whatsapp.bad_signature'));
  });

  test('a second delivery has the same key', async () => {
    const { ear, post } = start();
    await post('/webhooks/whatsapp', formPayload('text'));
    await post('/webhooks/whatsapp', formPayload('text'));
    expect(ear.counted).toEqual(['whatsapp.kept', 'whatsapp.duplicate']);
  });

  test('asks to come again only while the database is away', async () => {
    const { ear, post } = start();
    ear.unavailable = 1;
    expect((await post('/webhooks/whatsapp', formPayload('text'))).status).toBe(503);
    expect((await post('/webhooks/whatsapp', formPayload('text'))).status).toBe(204);
    expect(ear.heard.length).toBe(1);
  });

  test('a form that is no message is acknowledged and counted', async () => {
    const { ear, post } = start();
    expect((await post('/webhooks/whatsapp', { Body: 'x' })).status).toBe(204);
    expect(ear.counted).toEqual(['whatsapp.ignored.malformed']);
  });

  test('a receipt finds its row by the address that we gave, before we know the sid, in any order', async () => {
    const { ear, post } = start();
    const form = { MessageSid: 'SM9', To: 'whatsapp:+250788000001' };
    for (const MessageStatus of ['read', 'delivered', 'delivered', 'sent']) {
      expect((await post('/webhooks/whatsapp/status?m=41', { ...form, MessageStatus })).status).toBe(204);
    }
    expect(
      ear.heard.map(({ event }) =>
        event.kind === 'receipt' ? [event.receipt.ledgerId, event.receipt.state] : null,
      ),
    ).toEqual([
      ['41', 'read'],
      ['41', 'delivered'],
      ['41', 'sent'],
    ]);
    // The query is part of what is signed.
    const moved = await post(
      '/webhooks/whatsapp/status?m=42',
      { ...form, MessageStatus: 'read' },
      `${base}/webhooks/whatsapp/status?m=41`,
    );
    expect(moved.status).toBe(403);
  });

  test('a body over one megabyte is not read', async () => {
    const { post } = start();
    expect((await post('/webhooks/whatsapp', { Body: 'x'.repeat(1024 * 1024) })).status).toBe(413);
  });
});
