import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { openPool } from './ground.ts';
import { accounts, cpuMs } from './parts.ts';
import type { Contact } from './people.ts';
import type { Recorded } from './script.ts';

export type StatementsOptions = {
  readonly databaseUrl: string;
  readonly contacts: readonly Contact[];
  readonly recorded: Recorded;
};

/**
 * The floor of a turn: a bare server that checks one HMAC and runs the product's two statements with the payloads
 * that the product sent for the same script. No turn can be made durable with less.
 */
export async function statements({ databaseUrl, contacts, recorded }: StatementsOptions) {
  const db = openPool(databaseUrl);
  const { rows } = await db.query<{ id: number }>(`SELECT id FROM account WHERE provider_id = $1`, [
    accounts.sender,
  ]);
  const account = rows[0]?.id ?? 0;
  const known = new Map(
    contacts.map(({ id, address, addressIndex }) => [
      address,
      { id, addressIndex, index: Buffer.from(addressIndex, 'hex'), step: 0 },
    ]),
  );
  const server = createServer((request, response) => {
    void take(request, response);
  });

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer); // no encoding was set, so these are buffers
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    form.sort();
    let signed = `${accounts.publicUrl}${request.url}`;
    for (const [name, value] of form) signed += name + value;
    const signature = createHmac('sha1', accounts.authToken).update(signed).digest('base64');
    const contact = known.get(form.get('From')?.replace('whatsapp:', '') ?? '');
    const key = form.get('MessageSid') ?? '';
    if (signature !== request.headers['x-twilio-signature'] || !contact) {
      response.writeHead(403).end();
      return;
    }
    const loaded = await db.query<{ conversation: { id: number; revision: number } }>({
      ...recorded.load,
      values: [account, [contact.index], key, null, new Date()],
    });
    const { id, revision } = loaded.rows[0]?.conversation ?? { id: 0, revision: -1 };
    const payload = recorded.payloads[contact.step % recorded.payloads.length];
    contact.step += 1;
    if (!payload) throw new Error('no payload was recorded');
    const conversation = {
      ...payload.conversation,
      id,
      revision,
      address_index: `\\x${contact.addressIndex}`,
      person_id: id,
    };
    const saved = await db.query<{ saved: { kind: string } }>({
      ...recorded.save,
      values: [JSON.stringify({ ...payload, seen: { account, key }, conversation })],
    });
    response.writeHead(saved.rows[0]?.saved.kind === 'saved' ? 204 : 500).end();
  }

  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  return { url: () => url, cpuMs };
}
