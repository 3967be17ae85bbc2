import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { controller, killableProduct } from '../support/product-process.ts';

test('while the database is away webhooks are told to come again; afterwards everything goes on', async () => {
  let wire: Awaited<ReturnType<typeof cuttable>> | undefined;
  const product = await killableProduct(async (url) => {
    wire = await cuttable(url);
    return wire.url;
  });
  onTestFinished(() => wire?.close());
  await product.start();
  const call = controller(product.simulatorUrl);
  await call('POST', 'people', { channel: 'telegram', address: '700000001', locale: 'fr' });

  wire?.cut();
  expect((await slackEvent(product.productUrl)).status).toBe(503);
  expect((await fetch(`${product.productUrl}/healthz`)).status, 'the process is up').toBe(200);
  // Telegram's update is not confirmed, so it stays with Telegram.
  await call('POST', 'people/telegram/700000001/say', { text: 'Bonjour' });

  wire?.mend();
  await vi.waitFor(async () => {
    const { messages } = await call('GET', 'people/telegram/700000001/messages');
    expect(messages).toHaveLength(1);
  }, 40_000);
}, 90_000);

/** An event as Slack would sign it. */
async function slackEvent(productUrl: string): Promise<Response> {
  const { createHmac } = await import('node:crypto');
  const body = JSON.stringify({
    type: 'event_callback',
    team_id: 'T0INTUMWA',
    event_id: 'Ev0AWAY',
    event: {
      type: 'message',
      channel_type: 'im',
      channel: 'D0AMINA',
      user: 'U0AMINA',
      text: 'Bonjour',
      ts: '1800000000.000100',
      event_ts: '1800000000.000100',
    },
  });
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = `v0=${createHmac('sha256', 'simulated-signing-secret').update(`v0:${timestamp}:${body}`).digest('hex')}`;
  return fetch(`${productUrl}/webhooks/slack/events`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-slack-signature': signature,
      'x-slack-request-timestamp': timestamp,
    },
    body,
  });
}

/** The way to the database, which can be cut and mended. */
async function cuttable(databaseUrl: string) {
  const target = new URL(databaseUrl);
  const open = new Set<Socket>();
  let whole = true;
  const server = createServer((near) => {
    if (!whole) return void near.destroy();
    const far = connect(Number(target.port), target.hostname);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        open.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = new URL(databaseUrl);
  url.port = String(typeof address === 'object' && address ? address.port : 0);
  return {
    url: url.toString(),
    cut() {
      whole = false;
      for (const socket of open) socket.destroy();
    },
    mend() {
      whole = true;
    },
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}
