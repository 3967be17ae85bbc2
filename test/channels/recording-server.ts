import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export type Recorded = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

/** `reset` closes the connection after the request was read, as a provider does that dies half-way. */
export type Reply =
  | { status?: number; headers?: Record<string, string>; json?: unknown; text?: string }
  | 'reset';

export type RecordingServer = {
  readonly url: string;
  readonly requests: Recorded[];
  /** What is answered from now on; a request may be told apart by its path. */
  answer: (request: Recorded) => Reply | Promise<Reply>;
};

/** A real HTTP server that remembers what it was asked and answers as the test says. Closed after the test. */
export async function recordingServer(answer: RecordingServer['answer']): Promise<RecordingServer> {
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', async () => {
      const request = {
        method: incoming.method ?? '',
        path: incoming.url ?? '',
        headers: incoming.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      recording.requests.push(request);
      const reply = await recording.answer(request);
      if (reply === 'reset') {
        incoming.socket.destroy();
        return;
      }
      const { status = 200, headers = {}, json, text } = reply;
      const type = json === undefined ? 'text/plain' : 'application/json';
      response.writeHead(status, { 'content-type': type, ...headers });
      response.end(json === undefined ? (text ?? '') : JSON.stringify(json));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server that listens has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  const recording: RecordingServer = { url: `http://127.0.0.1:${port}`, requests: [], answer };
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return recording;
}

/** An address where nobody listens. */
export async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // as above
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
