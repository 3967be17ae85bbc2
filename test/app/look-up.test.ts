import { expect, test } from 'vitest';
import type { Template } from '../../src/app/ports.ts';
import type { Queue, Row } from '../../src/app/queue.ts';
import { type LookUp, reconciler } from '../../src/app/reconcile.ts';

const triedAt = new Date('2027-03-01T09:00:00Z');
const row = {
  id: 41,
  to: { channel: 'whatsapp', account: 'whatsapp:+14155238886', address: '+32470000001' },
  channel: 'whatsapp',
  lang: 'en',
  class: 'service',
  attempts: 1,
  message: { parts: [{ key: 'offer.ended.text' }] },
  opens: null,
  form: null,
  triedAt,
  waitedMs: 6_000,
} as unknown as Row; // what a look-up reads of it
const template = { key: 'offer.ended.text', body: 'The offer has ended.\n\nIntumwa' } as Template;

/** What the provider is asked about one lost row. */
async function askedAbout(lost: Row) {
  const asked: Parameters<LookUp>[0][] = [];
  const queue = { lost: async () => [lost], settle: async () => {} } as Partial<Queue> as Queue;
  const look = reconciler({
    queue,
    program: null as never,
    words: {
      render: () => ({ text: 'The offer has ended.', choices: [], listButton: '' }),
      template: () => template,
    },
    lookUps: new Map([
      [
        lost.channel,
        async (question) => {
          asked.push(question);
          return { kind: 'absent' };
        },
      ],
    ]),
    clock: { now: () => new Date(triedAt.getTime() + 6_000) },
    log: { info() {}, warn() {}, error() {} },
    random: () => 0.5,
  });
  await look();
  return asked[0];
}

test.each([
  ['outside the window', null],
  ['in a session', new Date(triedAt.getTime() - 3_600_000)],
  ['to somebody who has written meanwhile', new Date(triedAt.getTime() + 3_000)],
])('WhatsApp is asked about a row %s by its words and by its template', async (_, lastInboundAt) => {
  expect(await askedAbout({ ...row, lastInboundAt })).toMatchObject({
    ledgerId: '41',
    since: triedAt,
    message: { text: 'The offer has ended.' },
    template,
  });
});

test('another channel has no templates', async () => {
  const slack = { ...row, channel: 'slack', lastInboundAt: null } as const;
  expect(await askedAbout(slack)).not.toHaveProperty('template');
});
