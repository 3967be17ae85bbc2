import { describe, expect, test } from 'vitest';
import { templateHash } from '../../../src/channels/whatsapp/contents.ts';
import { outcomeOfCode, reactionOf } from '../../../src/channels/whatsapp/errors.ts';
import { plainForWhatsApp } from '../../../src/channels/whatsapp/escape.ts';
import { hearing, programmeNow } from '../hearing.ts';
import { delivery, rendered } from '../messages.ts';
import { accountSid, memoryContents, sender, whatsappAt } from '../providers.ts';
import { type RecordingServer, recordingServer } from '../recording-server.ts';

const person = 'whatsapp:+250788000001';

async function start(contents = memoryContents(), provision: 'auto' | 'manual' = 'auto') {
  let made = 0;
  const server = await recordingServer(({ path }) => {
    if (path !== '/v1/Content') return { status: 201, json: { sid: 'SM77', status: 'queued' } };
    made += 1;
    return { status: 201, json: { sid: `HX${made}` } };
  });
  const ear = hearing();
  return { server, ear, contents, channel: whatsappAt(server.url, ear, contents, provision) };
}

const forms = ({ requests }: RecordingServer) =>
  requests
    .filter(({ path }) => path.endsWith('/Messages.json'))
    .map(({ body }) => Object.fromEntries(new URLSearchParams(body)));
const made = ({ requests }: RecordingServer) =>
  requests.filter(({ path }) => path === '/v1/Content').map(({ body }) => JSON.parse(body));

describe('a message in a session', () => {
  test('carries the ledger id in its callback address', async () => {
    const { server, channel } = await start();
    const row = delivery(person, rendered('Muraho', 0));
    expect(await channel.send(row)).toEqual({ kind: 'sent', providerId: 'SM77' });
    expect(forms(server)).toEqual([
      {
        From: sender,
        To: person,
        Body: 'Muraho',
        StatusCallback: `https://bot.example.org/in/webhooks/whatsapp/status?m=${row.ledgerId}`,
      },
    ]);
    expect(server.requests[0]?.path).toBe(`/2010-04-01/Accounts/${accountSid}/Messages.json`);
  });

  test('goes to a business-scoped id as it was received', async () => {
    const { server, channel } = await start();
    await channel.send(delivery('whatsapp:BE.90311208655302741918', rendered('Muraho', 0)));
    expect(forms(server)[0]?.To).toBe('whatsapp:BE.90311208655302741918');
  });

  test('the same layout is made once, however many messages use it, also at once', async () => {
    const { server, channel, contents } = await start();
    await Promise.all(['A', 'B', 'C'].map((text) => channel.send(delivery(person, rendered(text, 3)))));
    await channel.send(delivery(person, rendered('D', 2)));
    await channel.send(delivery(person, rendered('E', 3), { lang: 'rw' }));
    expect(made(server).map(({ friendly_name, language }) => [friendly_name, language])).toEqual([
      ['intumwa_buttons_3_en', 'en'],
      ['intumwa_buttons_2_en', 'en'],
      ['intumwa_buttons_3_rw', 'rw_RW'],
    ]);
    expect([...contents.kept.values()]).toEqual(['HX1', 'HX2', 'HX3']);
    expect(made(server)[1]).toEqual({
      friendly_name: 'intumwa_buttons_2_en',
      language: 'en',
      variables: { 1: 'Text', 2: 'Choice 1', 3: 'choice-1', 4: 'Choice 2', 5: 'choice-2' },
      types: {
        'twilio/quick-reply': {
          body: '{{1}}',
          actions: [
            { type: 'QUICK_REPLY', title: '{{2}}', id: '{{3}}' },
            { type: 'QUICK_REPLY', title: '{{4}}', id: '{{5}}' },
          ],
        },
        'twilio/text': { body: '{{1}}' },
      },
    });
    expect(JSON.parse(forms(server)[3]?.ContentVariables ?? '')).toEqual({
      1: 'D',
      2: 'Choice 1',
      3: 'q7:demo.pick:c1',
      4: 'Choice 2',
      5: 'q7:demo.pick:c2',
    });
  });

  test('a layout that Twilio no longer has is made anew, and the message goes out once', async () => {
    const { server, channel, contents } = await start();
    await channel.send(delivery(person, rendered('A', 2)));
    let refused = 0;
    const well = server.answer;
    server.answer = (request) => {
      if (!request.body.includes('ContentSid=HX1&') && !request.body.endsWith('ContentSid=HX1'))
        return well(request);
      refused += 1;
      return { status: 400, json: { status: 400, code: 21655, message: 'no such content' } };
    };
    expect((await channel.send(delivery(person, rendered('B', 2)))).kind).toBe('sent');
    expect([refused, forms(server).at(-1)?.ContentSid, [...contents.kept.values()]]).toEqual([
      1,
      'HX2',
      ['HX2'],
    ]);
  });

  test('another process finds what this one made', async () => {
    const contents = memoryContents();
    const first = await start(contents);
    await first.channel.send(delivery(person, rendered('A', 5)));
    const second = await start(contents);
    await second.channel.send(delivery(person, rendered('B', 5)));
    expect(made(second.server)).toEqual([]);
    expect(forms(second.server)[0]?.ContentSid).toBe('HX1');
  });

  test('a layout that is not provisioned goes out as numbered text, and alerts', async () => {
    const { server, ear, channel } = await start(memoryContents(), 'manual');
    expect((await channel.send(delivery(person, rendered('Which one?', 2)))).kind).toBe('sent');
    expect(forms(server)[0]?.Body).toBe('Which one?\n\n1. Choice 1\n2. Choice 2');
    expect(ear.logged.map(({ level }) => level)).toEqual(['error']);
  });

  test('so does one that Twilio would not make, or whose id cannot be read', async () => {
    const broken = await start();
    broken.server.answer = ({ path }) =>
      path === '/v1/Content' ? { status: 500, text: 'oops' } : { status: 201, json: { sid: 'SM77' } };
    expect((await broken.channel.send(delivery(person, rendered('?', 2)))).kind).toBe('sent');
    expect(forms(broken.server)[0]?.Body).toContain('1. Choice 1');
    const contents = { find: () => Promise.reject(new Error('away')), keep: async () => undefined };
    const away = await start({ ...contents, kept: new Map() });
    expect((await away.channel.send(delivery(person, rendered('?', 2)))).kind).toBe('sent');
    expect(forms(away.server)[0]?.Body).toContain('1. Choice 1');
  });

  test('parts before the last say so in their callback address', async () => {
    const { server, channel } = await start();
    await channel.send(delivery(person, rendered('Uru rugendo ni rurerure. '.repeat(100), 0)));
    expect(
      forms(server).map(({ StatusCallback }) => new URL(StatusCallback ?? '').searchParams.get('part')),
    ).toEqual(['1', null]);
  });
});

describe('a message outside the window', () => {
  const template = {
    key: 'travel.reminder.text',
    lang: 'fr',
    variables: ['M-0012', ' le 5 mai\n2031 ', ''],
    body: 'Mission {{1}}, le {{2}}, {{3}} : confirmez.',
    category: 'UTILITY',
    options: [{ id: 'yes', title: 'Oui' }],
  } as const;

  test('goes as its approved template, its values made fit for one', async () => {
    const { server, channel } = await start(memoryContents({ [templateHash(template)]: 'HX900' }));
    const row = delivery(person, rendered('…', 2), { windowOpen: false, template });
    expect(await channel.send(row)).toEqual({ kind: 'sent', providerId: 'SM77' });
    expect(forms(server)).toMatchObject([
      { ContentSid: 'HX900', ContentVariables: '{"1":"M-0012","2":"le 5 mai 2031","3":"-"}' },
    ]);
  });

  test('does not go without one', async () => {
    const { server, ear, channel } = await start(memoryContents(), 'manual');
    const closed = { kind: 'window_closed' };
    expect(
      await channel.send(delivery(person, rendered('Muraho', 0), { windowOpen: false, template })),
    ).toEqual(closed);
    expect(await channel.send(delivery(person, rendered('Muraho', 0), { windowOpen: false }))).toEqual(
      closed,
    );
    expect(server.requests).toEqual([]);
    expect(ear.logged.map(({ level }) => level)).toEqual(['error']);
  });

  test('makes a missing template where that is allowed, and waits where it is not approved yet', async () => {
    const approval = (status: string) => async () => {
      const { server, channel, contents } = await start();
      server.answer = ({ path, method }) => {
        if (path.endsWith('/Messages.json')) return { status: 201, json: { sid: 'SM77' } };
        if (method === 'GET') return { json: { sid: 'HX1', whatsapp: { status } } };
        return { status: 201, json: { sid: 'HX1', name: 'x', category: 'UTILITY', status: 'received' } };
      };
      const row = delivery(person, rendered('…', 2), { windowOpen: false, template });
      return { outcome: await channel.send(row), contents, server };
    };
    const granted = await approval('approved')();
    expect(granted.outcome.kind).toBe('sent');
    expect(granted.contents.kept.get(templateHash(template))).toBe('HX1');
    expect(made(granted.server)[0].types['twilio/quick-reply'].actions).toEqual([
      { type: 'QUICK_REPLY', title: 'Oui', id: 'yes' },
    ]);
    const pending = await approval('pending')();
    expect([pending.outcome.kind, pending.contents.kept.size]).toEqual(['window_closed', 0]);
  });

  test('is tried again where its template could not be looked up or made at this moment', async () => {
    const row = delivery(person, rendered('…', 2), { windowOpen: false, template });
    const again = { kind: 'not_sent', detail: 'content cannot be had now' };
    const find = () => Promise.reject(new Error('away'));
    const away = await start({ find, keep: async () => undefined, kept: new Map() }, 'manual');
    expect(await away.channel.send(row)).toEqual(again);
    const broken = await start();
    broken.server.answer = () => ({ status: 500, text: 'oops' });
    expect(await broken.channel.send(row)).toEqual(again);
  });

  test('a new wording is another template', () => {
    expect(templateHash({ ...template, body: 'Mission {{1}} : confirmez.' })).not.toBe(
      templateHash(template),
    );
    expect(templateHash({ ...template })).toBe(templateHash(template));
  });

  test('is held when Twilio knows better that the window is closed', async () => {
    const { server, channel } = await start();
    server.answer = () => ({ status: 400, json: { status: 400, code: 63016, message: 'outside' } });
    expect(await channel.send(delivery(person, rendered('Muraho', 0)))).toEqual({ kind: 'window_closed' });
  });
});

describe('outcomeOfCode', () => {
  test.each([
    ['63016', 'window_closed'],
    ['21610', 'blocked'],
    ['63024', 'unreachable'],
    ['63018', 'throttled'],
    ['20003', 'misconfigured'],
    ['30410', 'unknown'],
    ['63021', 'rejected'],
    ['99999', 'rejected'],
  ])('%s is %s', (code, kind) => {
    expect(outcomeOfCode(code).kind).toBe(kind);
  });

  test('marketing that Meta held back is not tried again within a day', () => {
    expect(outcomeOfCode('63049')).toEqual({
      kind: 'throttled',
      scope: 'row',
      retryAfterMs: 24 * 3_600_000,
      detail: 'not_this_marketing:63049',
    });
    expect(reactionOf('63049')).toBe('not_this_marketing');
    expect(reactionOf('99999')).toBeNull();
  });
});

test('only an answer about our rate is about the account', () => {
  const scopes = ['20429', '14107', '63017', '63018', '63049', '63009'].map((code) => {
    const outcome = outcomeOfCode(code);
    return outcome.kind === 'throttled' && outcome.scope;
  });
  expect(scopes).toEqual(['account', 'account', 'row', 'row', 'row', 'row']);
});

describe('plainForWhatsApp', () => {
  test('words between marks stay plain, marks within words and addresses stay', () => {
    expect(plainForWhatsApp('*urgent* _now_ ~no~')).toBe('*\u200burgent* _\u200bnow_ ~\u200bno~');
    expect(plainForWhatsApp('file_name_here 2 * 3 * 4 https://example.org/_a_')).toBe(
      'file_name_here 2 * 3 * 4 https://example.org/_a_',
    );
  });
});

describe('lookUp', () => {
  const listed = (body: string, date = 'Tue, 06 May 2031 07:08:30 +0000', sid = 'SM5') => ({
    json: {
      messages: [{ sid, body, date_created: date, direction: 'outbound-api' }],
      page: 0,
      page_size: 20,
    },
  });
  const question = { ...delivery(person, rendered('Muraho', 0), { ledgerId: '41' }), since: programmeNow };

  test('finds the message that did go out, and says when it did not', async () => {
    const { server, channel } = await start();
    server.answer = () => listed('Muraho');
    expect(await channel.lookUp(question)).toEqual({ kind: 'found', providerId: 'SM5' });
    expect(new URL(server.requests[0]?.path ?? '', server.url).searchParams.get('To')).toBe(person);
    server.answer = () => listed('Something else');
    expect(await channel.lookUp(question)).toEqual({ kind: 'absent' });
    // The choices that were numbered for want of a layout belong to it; other words do not.
    server.answer = () => listed('Muraho\n\n1. Choice 1\n2. Choice 2');
    expect((await channel.lookUp({ ...question, message: rendered('Muraho', 2) })).kind).toBe('found');
    expect((await channel.lookUp(question)).kind).toBe('absent');
    server.answer = () => listed('Muraho neza');
    expect((await channel.lookUp(question)).kind).toBe('absent');
    server.answer = () => listed('Muraho', 'Mon, 05 May 2031 07:08:30 +0000');
    expect(await channel.lookUp(question)).toEqual({ kind: 'absent' });
  });

  test('does not take another message with the same words for this one', async () => {
    const { server, ear, channel } = await start();
    // A moment earlier, within what clocks may differ: the ledger knows whose it is.
    server.answer = () => listed('Muraho', 'Tue, 06 May 2031 07:08:08 +0000', 'SM4');
    ear.held.add('SM4');
    expect(await channel.lookUp(question)).toEqual({ kind: 'absent' });
    // A while earlier nobody has to know.
    server.answer = () => listed('Muraho', 'Tue, 06 May 2031 07:07:59 +0000', 'SM3');
    expect(await channel.lookUp(question)).toEqual({ kind: 'absent' });
    // Without words it could be ours, unless it is known to be another.
    server.answer = () => listed('', 'Tue, 06 May 2031 07:08:10 +0000', 'SM4');
    expect(await channel.lookUp(question)).toEqual({ kind: 'absent' });
  });

  test('admits when it cannot tell', async () => {
    const { server, channel } = await start();
    server.answer = () => listed('');
    expect((await channel.lookUp(question)).kind).toBe('cannot_tell');
    server.answer = () => ({ status: 500, text: 'oops' });
    expect((await channel.lookUp(question)).kind).toBe('cannot_tell');
  });
});

describe('typing', () => {
  test('is asked for by the message that is being answered, and its failure is nobody’s trouble', async () => {
    const { server, channel } = await start();
    server.answer = () => ({ status: 500, text: 'oops' });
    await channel.typing?.(person, 'SM1');
    expect(server.requests.map(({ path, body }) => [path, body])).toEqual([
      ['/v2/Indicators/Typing.json', 'channel=whatsapp&messageId=SM1'],
    ]);
  });
});

describe('templates', () => {
  test('are made, handed in and looked after', async () => {
    const { server, channel } = await start();
    const source = {
      key: 'travel.reminder.text',
      lang: 'rw',
      category: 'UTILITY',
      body: 'Urugendo {{1}} ruri hafi.',
      samples: ['M-0001'],
      options: [{ id: 'yes', title: 'Yego' }],
    } as const;
    expect(await channel.templates.create(source)).toEqual({ sid: 'HX1' });
    expect(made(server)[0]).toMatchObject({
      friendly_name: 'intumwa_travel_reminder_text',
      language: 'rw_RW',
      variables: { 1: 'M-0001' },
    });
    server.answer = () => ({ status: 201, json: { name: 'x', category: 'UTILITY', status: 'received' } });
    expect(await channel.templates.submit('HX1', 'travel_reminder_1', 'UTILITY')).toBe('submitted');
    expect(server.requests.at(-1)).toMatchObject({
      path: '/v1/Content/HX1/ApprovalRequests/whatsapp',
      body: '{"name":"travel_reminder_1","category":"UTILITY"}',
    });
    server.answer = () => ({
      json: { sid: 'HX1', whatsapp: { status: 'rejected', rejection_reason: 'INVALID_FORMAT' } },
    });
    expect(await channel.templates.approvalOf('HX1')).toEqual({
      status: 'rejected',
      reason: 'INVALID_FORMAT',
    });
  });
});
