import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Random } from './random.ts';

export type FrontDoor = { readonly url: string; close(): void };

/**
 * What stands before replicas in earnest: one address, requests to any replica that takes the connection. One that
 * breaks off half-way is answered 502, because nobody knows what it had done; it is never tried elsewhere.
 */
export async function openFrontDoor(ports: readonly number[], random: Random): Promise<FrontDoor> {
  const server = createServer((asked, answer) => {
    const chunks: Buffer[] = [];
    asked.on('data', (chunk: Buffer) => chunks.push(chunk));
    asked.on('end', () => {
      const first = random.between(0, ports.length - 1);
      const order = ports.map((_, i) => ports[(first + i) % ports.length] ?? 0);
      pass(asked, Buffer.concat(chunks), answer, order);
    });
    asked.on('error', () => {});
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function pass(
  asked: IncomingMessage,
  body: Buffer,
  answer: ServerResponse,
  [port, ...others]: readonly number[],
): void {
  const give = (status: number) => {
    if (answer.headersSent) answer.destroy();
    else answer.writeHead(status).end();
  };
  if (port === undefined) return give(503);
  const { connection: _, ...headers } = asked.headers;
  const call = request({
    port,
    host: '127.0.0.1',
    method: asked.method,
    path: asked.url,
    headers,
    agent: false,
  });
  call.on('response', (response) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('end', () => {
      const { connection: __, 'transfer-encoding': ___, ...kept } = response.headers;
      answer.writeHead(response.statusCode ?? 502, kept).end(Buffer.concat(chunks));
    });
    response.on('error', () => give(502));
  });
  call.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ECONNREFUSED') pass(asked, body, answer, others);
    else give(502);
  });
  call.end(body);
}
