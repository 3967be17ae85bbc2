import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { mostInASecond } from './statistics.ts';

/**
 * A lean Twilio: it takes every message and every content, and answers as Twilio does. The simulator's own stand-in
 * checks and remembers much more, and would be the ceiling of what is measured here.
 */
export async function standIn(_options: Readonly<Record<string, never>>) {
  let arrivals: number[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const url = request.url ?? '';
      if (url.endsWith('/Messages.json')) arrivals.push(performance.now());
      response.writeHead(201, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answerTo(url, body)));
    });
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  return {
    url: () => url,
    forget: () => {
      arrivals = [];
    },
    /** Messages since `forget`, over so many seconds, from the first on where `steady` is said. */
    count({ seconds }: { readonly seconds: number }) {
      const first = arrivals[0] ?? 0;
      const within = arrivals.filter((at) => at - first < seconds * 1000);
      return {
        all: arrivals.length,
        perSecond: within.length / seconds,
        mostInASecond: mostInASecond(within),
      };
    },
    messages: () => arrivals.length,
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer); // no encoding was set, so these are buffers
  return Buffer.concat(chunks).toString();
}

function answerTo(url: string, body: string): object {
  if (url.includes('/ApprovalRequests')) return { status: 'approved', whatsapp: { status: 'approved' } };
  if (url.endsWith('/Content')) return { sid: sid('HX') };
  const form = new URLSearchParams(body);
  return {
    account_sid: 'AC00000000000000000000000000000001',
    api_version: '2010-04-01',
    body: form.get('Body') ?? '',
    date_created: 'Tue, 02 Mar 2027 08:00:00 +0000',
    date_sent: null,
    date_updated: 'Tue, 02 Mar 2027 08:00:00 +0000',
    direction: 'outbound-api',
    error_code: null,
    error_message: null,
    from: form.get('From'),
    messaging_service_sid: null,
    num_media: '0',
    num_segments: '1',
    price: null,
    price_unit: null,
    sid: sid('MM'),
    status: 'queued',
    subresource_uris: {},
    to: form.get('To'),
    uri: '/2010-04-01/Accounts/AC00000000000000000000000000000001/Messages',
  };
}

function sid(prefix: string): string {
  return `${prefix}${randomBytes(16).toString('hex')}`;
}
