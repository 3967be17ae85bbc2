import { createHmac, randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { accounts } from './parts.ts';
import type { Contact } from './people.ts';
import { script } from './script.ts';

/** Somebody who goes through the script; `step` is where they are. */
export type Writer = Contact & { step: number };

export type Measured = { readonly perSecond: number; readonly latenciesMs: readonly number[] };

/**
 * Sends signed webhooks, so many at once, each for a person drawn at random who has no other under way, and waits
 * for each to be acknowledged. Bare sockets, since a client of more comfort would take the processor from what is
 * measured. Rejects at the first answer that is not 204.
 */
export async function sendWebhooks(
  url: string,
  writers: readonly Writer[],
  { atOnce, seconds }: { readonly atOnce: number; readonly seconds: number },
): Promise<Measured> {
  const { hostname, port } = new URL(url);
  const latenciesMs: number[] = [];
  const busy = new Set<Writer>();
  const draw = (): Writer => {
    for (;;) {
      const writer = writers[Math.floor(Math.random() * writers.length)];
      if (!writer) throw new Error('nobody to write');
      if (busy.has(writer)) continue;
      busy.add(writer);
      return writer;
    }
  };
  const started = performance.now();
  const until = started + seconds * 1000;

  await Promise.all(
    Array.from(
      { length: atOnce },
      () =>
        new Promise<void>((done, failed) => {
          const socket = connect(Number(port), hostname);
          socket.setNoDelay(true);
          let writer = draw();
          let sent = 0;
          let answer = '';
          const send = () => {
            sent = performance.now();
            socket.write(requestOf(writer));
          };
          socket.on('connect', send);
          socket.on('error', failed);
          socket.on('data', (bytes) => {
            answer += bytes.toString('latin1');
            if (!answer.includes('\r\n\r\n')) return;
            if (!answer.startsWith('HTTP/1.1 204')) {
              socket.destroy();
              failed(new Error(`a webhook was answered ${answer.slice(0, 60)}`));
              return;
            }
            answer = '';
            const now = performance.now();
            latenciesMs.push(now - sent);
            writer.step += 1;
            busy.delete(writer);
            if (now >= until) {
              socket.end();
              done();
              return;
            }
            writer = draw();
            send();
          });
        }),
    ),
  );
  return { perSecond: (latenciesMs.length * 1000) / (performance.now() - started), latenciesMs };
}

const path = '/webhooks/whatsapp';

function requestOf({ address, step }: Writer): string {
  const sid = `SM${randomBytes(16).toString('hex')}`;
  // In alphabetic order, as they are signed.
  const fields = [
    ['AccountSid', accounts.sid],
    ['ApiVersion', '2010-04-01'],
    ['Body', script[step % script.length] ?? ''],
    ['From', `whatsapp:${address}`],
    ['MessageSid', sid],
    ['MessageType', 'text'],
    ['NumMedia', '0'],
    ['NumSegments', '1'],
    ['ProfileName', 'Keza'],
    ['ReferralNumMedia', '0'],
    ['SmsMessageSid', sid],
    ['SmsSid', sid],
    ['SmsStatus', 'received'],
    ['To', accounts.sender],
    ['WaId', address.slice(1)],
  ] as const;
  const signed = `${accounts.publicUrl}${path}${fields.map(([name, value]) => name + value).join('')}`;
  const signature = createHmac('sha1', accounts.authToken).update(signed).digest('base64');
  const body = fields.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  return [
    `POST ${path} HTTP/1.1`,
    'Host: intumwa.example.org',
    'Content-Type: application/x-www-form-urlencoded; charset=utf-8',
    `X-Twilio-Signature: ${signature}`,
    `Content-Length: ${body.length}`,
    '',
    body,
  ].join('\r\n');
}
