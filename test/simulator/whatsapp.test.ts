import twilioSdk from 'twilio';
import { describe, expect, test } from 'vitest';
import { simulatedAccounts } from '../../src/simulator/product.ts';
import { authToken, type Hook, type Scene, scene } from './scene.ts';

const jean = '+32470000001';
const to = `whatsapp:${jean}`;
const from = simulatedAccounts.sender;
const isSigned = (s: Scene, hook: Hook) =>
  twilioSdk.validateRequest(
    authToken,
    String(hook.headers['x-twilio-signature']),
    `${s.productUrl}${hook.path}`,
    hook.form,
  );

async function withJean(options: Parameters<typeof scene>[0] = {}) {
  const s = await scene(options);
  await s.person('whatsapp', jean, { name: 'Jean Habimana' });
  return s;
}
async function inSession() {
  const s = await withJean();
  await s.act('whatsapp', jean, 'say', { text: 'Muraho' });
  await s.hook(({ path }) => path === '/whatsapp');
  return s;
}
const statusOf = (status: string) => (hook: Hook) =>
  hook.path.startsWith('/status') && hook.form['MessageStatus'] === status;

// The SDK's types want camelCase, which the API does not know: what is really sent is told here.
type NewContent = Parameters<ReturnType<Scene['twilio']>['content']['v1']['contents']['create']>[0];
const content = (types: object, variables: object = {}) =>
  ({ friendly_name: 'test', language: 'fr', variables, types }) as unknown as NewContent;
const buttons = (count: number) => ({
  'twilio/quick-reply': {
    body: 'Bonjour {{1}}, prêt ?',
    actions: Array.from({ length: count }, (_, n) => ({
      type: 'QUICK_REPLY',
      title: `{{${n + 2}}}`,
      id: `c${n}`,
    })),
  },
});

describe('inbound', () => {
  test('a text is a signed form with the fields of a real one', async () => {
    const s = await withJean();
    const { status, body } = await s.act('whatsapp', jean, 'say', { text: 'Muraho & "yego"' });
    const hook = await s.hook(({ path }) => path === '/whatsapp');
    expect(status).toBe(202);
    expect(isSigned(s, hook)).toBe(true);
    expect(hook.form).toMatchObject({
      MessageSid: body['id'],
      SmsMessageSid: body['id'],
      SmsSid: body['id'],
      AccountSid: simulatedAccounts.accountSid,
      ApiVersion: '2010-04-01',
      From: to,
      To: from,
      Body: 'Muraho & "yego"',
      NumMedia: '0',
      NumSegments: '1',
      ReferralNumMedia: '0',
      SmsStatus: 'received',
      MessageType: 'text',
      ProfileName: 'Jean Habimana',
      WaId: '32470000001',
    });
    expect(hook.form).not.toHaveProperty('ExternalUserId');
    expect(hook.headers['i-twilio-idempotency-token']).toBeDefined();
  });

  test('a person may be known by a business-scoped id beside the number, or alone', async () => {
    const s = await scene();
    await s.person('whatsapp', '+32470000002', { externalUserId: 'BE.abc123' });
    await s.person('whatsapp', 'RW.hidden9');
    await s.act('whatsapp', '+32470000002', 'say', { text: 'a' });
    await s.act('whatsapp', 'RW.hidden9', 'say', { text: 'b' });
    const seen = await s.hook(({ form }) => form['Body'] === 'a');
    const hidden = await s.hook(({ form }) => form['Body'] === 'b');
    expect(seen.form).toMatchObject({ From: 'whatsapp:+32470000002', ExternalUserId: 'whatsapp:BE.abc123' });
    expect(hidden.form).toMatchObject({ From: 'whatsapp:RW.hidden9', ExternalUserId: 'whatsapp:RW.hidden9' });
    expect(hidden.form).not.toHaveProperty('WaId');
    await s.twilio().messages.create({ to: 'whatsapp:RW.hidden9', from, body: 'found' });
    await s.call('POST', 'settle');
    expect(await s.messages('whatsapp', 'RW.hidden9')).toMatchObject([{ text: 'found' }]);
  });

  test('media come by a link that wants the password, then points elsewhere; location and quotes have their fields', async () => {
    const s = await inSession();
    const { sid } = await s.twilio().messages.create({ to, from, body: 'Where are you?' });
    await s.call('POST', 'settle');
    await s.act('whatsapp', jean, 'send', {
      kind: 'image',
      caption: 'here',
      content: Buffer.from('jpeg').toString('base64'),
    });
    await s.act('whatsapp', jean, 'send', {
      kind: 'location',
      latitude: -1.95,
      longitude: 30.06,
      thread: sid,
    });
    const image = await s.hook(({ form }) => form['MessageType'] === 'image');
    const place = await s.hook(({ form }) => form['MessageType'] === 'location');
    expect(image.form).toMatchObject({
      NumMedia: '1',
      Body: 'here',
      MediaContentType0: 'image/jpeg',
      MessageSid: expect.stringMatching(/^MM/),
    });
    expect(place.form).toMatchObject({
      Latitude: '-1.95',
      Longitude: '30.06',
      OriginalRepliedMessageSid: sid,
      OriginalRepliedMessageSender: from,
    });
    const url = image.form['MediaUrl0'] ?? '';
    expect((await fetch(url)).status).toBe(401);
    const authorization = `Basic ${Buffer.from(`${simulatedAccounts.accountSid}:${authToken}`).toString('base64')}`;
    expect(await (await fetch(url, { headers: { authorization } })).text()).toBe('jpeg');
  });

  test('comes once more when the connection failed, with the same token, and never after a 500', async () => {
    const s = await withJean();
    s.answers(() => 'hang up');
    await s.act('whatsapp', jean, 'say', { text: 'lost' });
    await s.simulator.quiet(2_000);
    expect(s.hooks).toHaveLength(2);
    expect(new Set(s.hooks.map(({ headers }) => headers['i-twilio-idempotency-token'])).size).toBe(1);
    s.answers(() => ({ status: 500 }));
    await s.act('whatsapp', jean, 'say', { text: 'refused' });
    await s.simulator.quiet(2_000);
    expect(s.hooks).toHaveLength(3);
  });

  test('what was lost is found in the message list', async () => {
    const s = await withJean({ reply: () => ({ status: 500 }) });
    const { body } = await s.act('whatsapp', jean, 'say', { text: 'lost' });
    const found = await s.twilio().messages.list({ to: from, limit: 20 });
    expect(found.map(({ sid, direction, body: text }) => [sid, direction, text])).toEqual([
      [body['id'], 'inbound', 'lost'],
    ]);
  });
});

describe('sending', () => {
  test('is accepted, then sent, delivered and, when the person looks, read, each signed', async () => {
    const s = await inSession();
    const callback = `${s.productUrl}/status?ledger=17`;
    const sent = await s
      .twilio()
      .messages.create({ to, from, body: 'Murakaza neza', statusCallback: callback });
    expect(sent).toMatchObject({
      status: 'queued',
      direction: 'outbound-api',
      body: 'Murakaza neza',
      dateCreated: s.clock.time,
    });
    await s.hook(statusOf('delivered'));
    expect(s.hooks.some(statusOf('read'))).toBe(false);
    await s.act('whatsapp', jean, 'read');
    await s.hook(statusOf('read'));
    const callbacks = s.hooks.filter(({ path }) => path.startsWith('/status'));
    expect(callbacks.map(({ form }) => form['MessageStatus'])).toEqual(['sent', 'delivered', 'read']);
    expect(callbacks.every((hook) => isSigned(s, hook) && hook.path === '/status?ledger=17')).toBe(true);
    expect(callbacks[2]?.form).toMatchObject({
      MessageSid: sent.sid,
      SmsStatus: 'read',
      EventType: 'READ',
      To: to,
      From: from,
      ChannelPrefix: 'whatsapp',
    });
    const now = s.clock.time.toISOString();
    expect(await s.messages('whatsapp', jean)).toMatchObject([
      {
        id: sent.sid,
        text: 'Murakaza neza',
        template: null,
        receipts: { sent: now, delivered: now, read: now },
      },
    ]);
    expect(await s.twilio().messages(sent.sid).fetch()).toMatchObject({
      status: 'read',
      dateSent: s.clock.time,
    });
  });

  test.each([
    [{ body: 'a'.repeat(1601) }, 21617],
    [{}, 21619],
    [{ contentSid: `HX${'0'.repeat(32)}` }, 21655],
    [{ body: 'x', from: 'whatsapp:+15550001111' }, 63007],
    [{ body: 'x', to: 'whatsapp:nobody' }, 21211],
    [{ body: 'x', statusCallback: 'http://my_host.example/x' }, 21609],
  ])('%j is refused at once with %i', async (params, code) => {
    const s = await inSession();
    await expect(s.twilio().messages.create({ to, from, ...params })).rejects.toMatchObject({
      status: 400,
      code,
    });
  });

  test('a wrong password is 401', async () => {
    const s = await withJean();
    const stranger = twilioSdk(simulatedAccounts.accountSid, 'wrong');
    stranger.api.baseUrl = `${s.url}/twilio`;
    await expect(stranger.messages.create({ to, from, body: 'x' })).rejects.toMatchObject({
      status: 401,
      code: 20003,
    });
  });

  test('free text fails with 63016 when 24 hours have passed by programme time, and passes a moment before', async () => {
    const s = await inSession();
    const statusCallback = `${s.productUrl}/status`;
    s.clock.time = new Date(s.clock.time.getTime() + 24 * 3_600_000 - 1_000);
    await s.twilio().messages.create({ to, from, body: 'just in time', statusCallback });
    await s.hook(statusOf('delivered'));
    s.clock.time = new Date(s.clock.time.getTime() + 1_000);
    const late = await s.twilio().messages.create({ to, from, body: 'too late', statusCallback });
    const failed = await s.hook(statusOf('failed'));
    expect(failed.form).toMatchObject({ MessageSid: late.sid, ErrorCode: '63016' });
    expect((await s.messages('whatsapp', jean)).map(({ text }) => text)).toEqual(['just in time']);
  });

  test('nobody at that number is reported, a blocker is not: the message stays sent', async () => {
    const s = await inSession();
    const statusCallback = `${s.productUrl}/status`;
    await s.twilio().messages.create({ to: 'whatsapp:+32470009999', from, body: 'x', statusCallback });
    expect((await s.hook(statusOf('undelivered'))).form).toMatchObject({ ErrorCode: '63024' });
    await s.act('whatsapp', jean, 'block');
    const { sid } = await s.twilio().messages.create({ to, from, body: 'unseen', statusCallback });
    await s.call('POST', 'settle');
    expect(await s.twilio().messages(sid).fetch()).toMatchObject({ status: 'sent', errorCode: null });
    expect(await s.messages('whatsapp', jean)).toEqual([]);
  });

  test('a phone that is off gets everything in order when it is on again', async () => {
    const s = await inSession();
    await s.act('whatsapp', jean, 'offline');
    for (const body of ['one', 'two'])
      await s.twilio().messages.create({ to, from, body, statusCallback: `${s.productUrl}/status` });
    await s.call('POST', 'settle');
    expect(await s.messages('whatsapp', jean)).toEqual([]);
    expect(s.hooks.filter(statusOf('delivered'))).toEqual([]);
    await s.act('whatsapp', jean, 'online');
    expect((await s.messages('whatsapp', jean)).map(({ text }) => text)).toEqual(['one', 'two']);
    await s.call('POST', 'settle');
    expect(s.hooks.filter(statusOf('delivered'))).toHaveLength(2);
  });

  test('the list is newest first, filtered and in pages', async () => {
    const s = await inSession();
    await s.person('whatsapp', '+32470000003');
    for (const body of ['1', '2', '3']) await s.twilio().messages.create({ to, from, body });
    await s.twilio().messages.create({ to: 'whatsapp:+32470000003', from, body: 'other' });
    await s.call('POST', 'settle');
    const found = await s.twilio().messages.list({ to, from, pageSize: 2 });
    expect(found.map(({ body }) => body)).toEqual(['3', '2', '1']);
    expect(await s.twilio().messages.list({ dateSentAfter: new Date('2026-11-24T00:00:00Z') })).toEqual([]);
  });

  test('a copy at the provider can be redacted and removed', async () => {
    const s = await inSession();
    const client = s.twilio();
    const { sid } = await client.messages.create({ to, from, body: 'secret' });
    expect(await client.messages(sid).update({ body: '' })).toMatchObject({ body: '' });
    await client.messages(sid).remove();
    await expect(client.messages(sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  });

  test('typing needs an inbound message of ours to answer', async () => {
    const s = await inSession();
    const [inbound] = await s.twilio().messages.list({ to: from });
    const typing = s.twilio().messaging.v2.typingIndicator;
    expect(await typing.create({ channel: 'whatsapp', messageId: inbound?.sid ?? '' })).toMatchObject({
      success: true,
    });
    await expect(
      typing.create({ channel: 'whatsapp', messageId: `SM${'0'.repeat(32)}` }),
    ).rejects.toMatchObject({ status: 404 });
  });
});

describe('content', () => {
  test('buttons in session carry their ids back with the message they answer', async () => {
    const s = await inSession();
    const client = s.twilio();
    const { sid } = await client.content.v1.contents.create(content(buttons(2), { 1: 'x', 2: 'x', 3: 'x' }));
    const sent = await client.messages.create({
      to,
      from,
      contentSid: sid,
      contentVariables: JSON.stringify({ 1: 'Jean', 2: 'Oui', 3: 'Non' }),
    });
    await s.call('POST', 'settle');
    expect(await s.messages('whatsapp', jean)).toMatchObject([
      {
        text: 'Bonjour Jean, prêt ?',
        choices: [
          { id: 'c0', label: 'Oui' },
          { id: 'c1', label: 'Non' },
        ],
        template: null,
      },
    ]);
    await s.act('whatsapp', jean, 'press', { label: 'Non' });
    const press = await s.hook(({ form }) => form['ButtonPayload'] !== undefined);
    expect(press.form).toMatchObject({
      MessageType: 'interactive',
      ButtonPayload: 'c1',
      ButtonText: 'Non',
      Body: 'Non',
      OriginalRepliedMessageSid: sent.sid,
      OriginalRepliedMessageSender: from,
    });
    expect(isSigned(s, press)).toBe(true);
  });

  test('a list answers with ListId and ListTitle', async () => {
    const s = await inSession();
    const client = s.twilio();
    const items = [
      { item: '{{1}}', id: '{{2}}', description: 'Huye' },
      { item: 'Kigali', id: 'kgl' },
    ];
    const { sid } = await client.content.v1.contents.create(
      content({ 'twilio/list-picker': { body: 'Où ?', button: 'Choisir', items } }, { 1: 'a', 2: 'b' }),
    );
    await client.messages.create({
      to,
      from,
      contentSid: sid,
      contentVariables: JSON.stringify({ 1: 'CHUB', 2: 'h1' }),
    });
    await s.call('POST', 'settle');
    expect(await s.messages('whatsapp', jean)).toMatchObject([
      { listButton: 'Choisir', choices: [{ id: 'h1', label: 'CHUB', description: 'Huye' }, { id: 'kgl' }] },
    ]);
    await s.act('whatsapp', jean, 'press', { index: 0 });
    expect((await s.hook(({ form }) => form['ListId'] !== undefined)).form).toMatchObject({
      ListId: 'h1',
      ListTitle: 'CHUB',
      Body: 'CHUB',
    });
  });

  test.each([
    ['four buttons without approval', buttons(4), { 1: 'a', 2: 'b', 3: 'c', 4: 'd', 5: 'e' }, '63021'],
    ['a title of 21 characters in session', buttons(1), { 1: 'a', 2: 'x'.repeat(21) }, '63021'],
    ['a missing variable', buttons(2), { 1: 'a', 2: 'b' }, '63028'],
    ['a body over 1024 characters', buttons(1), { 1: 'a'.repeat(1020), 2: 'b' }, '63013'],
  ])('%s is accepted and fails later', async (_, types, variables, code) => {
    const s = await inSession();
    const client = s.twilio();
    const { sid } = await client.content.v1.contents.create(content(types));
    await client.messages.create({
      to,
      from,
      contentSid: sid,
      contentVariables: JSON.stringify(variables),
      statusCallback: `${s.productUrl}/status`,
    });
    expect((await s.hook(statusOf('failed'))).form['ErrorCode']).toBe(code);
  });

  test.each(['{"1":', '{"1":null}', '{"1":""}', '{"1":2}', '[]'])(
    'variables %s are refused with 21656',
    async (contentVariables) => {
      const s = await inSession();
      const { sid } = await s.twilio().content.v1.contents.create(content(buttons(1)));
      await expect(
        s.twilio().messages.create({ to, from, contentSid: sid, contentVariables }),
      ).rejects.toMatchObject({ code: 21656 });
    },
  );

  test.each([
    ['the camelCase of the SDK', { friendlyName: 'x', language: 'fr', types: {} }],
    ['no language', { friendly_name: 'x', types: { 'twilio/text': { body: 'x' } } }],
    ['eleven buttons', { language: 'fr', types: buttons(11) }],
    [
      'a long list item',
      {
        language: 'fr',
        types: {
          'twilio/list-picker': { body: 'x', button: 'y', items: [{ item: 'x'.repeat(25), id: '1' }] },
        },
      },
    ],
  ])('%s is no content', async (_, body) => {
    const s = await scene();
    await expect(s.twilio().content.v1.contents.create(body as unknown as NewContent)).rejects.toMatchObject({
      status: 400,
    });
  });

  test('approved content passes outside the window as a template, and a line break in it fails', async () => {
    const s = await withJean();
    const client = s.twilio();
    const { sid } = await client.content.v1.contents.create(
      content(
        {
          'twilio/quick-reply': {
            body: 'Bonjour {{1}}, votre mission commence demain.',
            actions: [{ type: 'QUICK_REPLY', title: 'Je serai là demain sûr', id: 'ok' }],
          },
        },
        { 1: 'Aline' },
      ),
    );
    const send = (name: string) =>
      client.messages.create({
        to,
        from,
        contentSid: sid,
        contentVariables: JSON.stringify({ 1: name }),
        statusCallback: `${s.productUrl}/status`,
      });
    await send('Jean');
    expect((await s.hook(statusOf('failed'))).form['ErrorCode']).toBe('63016');
    const asked = await client.content.v1
      .contents(sid)
      .approvalCreate.create({ name: 'mission_tomorrow_v1', category: 'UTILITY' } as never);
    expect(asked).toMatchObject({ status: 'received', name: 'mission_tomorrow_v1' });
    expect((await client.content.v1.contents(sid).approvalFetch().fetch()).whatsapp).toMatchObject({
      status: 'approved',
      category: 'UTILITY',
    });
    await send('Jean');
    await s.hook(statusOf('delivered'));
    expect(await s.messages('whatsapp', jean)).toMatchObject([
      { template: 'mission_tomorrow_v1', text: 'Bonjour Jean, votre mission commence demain.' },
    ]);
    await s.act('whatsapp', jean, 'press', { id: 'ok' });
    expect((await s.hook(({ form }) => form['ButtonPayload'] === 'ok')).form['MessageType']).toBe('button');
    await send('Jean\nHabimana');
    await s.hook(({ form }) => form['ErrorCode'] === '63013');
  });

  test('approvals can be held and decided; what Meta forbids is rejected', async () => {
    const s = await scene();
    const { contents } = s.twilio().content.v1;
    const approve = async (types: object, name: string) => {
      const { sid } = await contents.create(content(types));
      await contents(sid).approvalCreate.create({ name, category: 'UTILITY' } as never);
      return async () => (await contents(sid).approvalFetch().fetch()).whatsapp;
    };
    const list = await approve(
      { 'twilio/list-picker': { body: 'x', button: 'y', items: [{ item: 'a', id: 'a' }] } },
      'a_list',
    );
    expect(await list()).toMatchObject({ status: 'rejected' });
    await s.call('POST', 'approvals', { hold: true });
    const held = await approve({ 'twilio/text': { body: 'All is well with you.' } }, 'held');
    expect(await held()).toMatchObject({ status: 'received' });
    await s.call('POST', 'approvals', { content: 'held', status: 'paused' });
    expect(await held()).toMatchObject({ status: 'paused' });
    expect(
      (await s.twilio().content.v1.contentAndApprovals.list()).map(
        ({ approvalRequests }) => approvalRequests['status'],
      ),
    ).toEqual(['rejected', 'paused']);
  });

  test('is listed in pages and removed', async () => {
    const s = await scene();
    const { contents } = s.twilio().content.v1;
    for (const body of ['a', 'b', 'c']) await contents.create(content({ 'twilio/text': { body } }));
    const all = await contents.list({ pageSize: 2 });
    expect(all).toHaveLength(3);
    await contents(all[0]?.sid ?? '').remove();
    expect(await contents.list()).toHaveLength(2);
  });
});
