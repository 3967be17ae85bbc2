import { randomBytes, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { World } from '../world.ts';
import type { Ack } from './push.ts';

export type Sockets = {
  areOpen(): boolean;
  /** A WebSocket URL for one connection, as apps.connections.open hands it out. */
  url(): Promise<string>;
  /** Sends one envelope on one connection and waits three seconds for its acknowledgement. */
  send(envelope: {
    readonly type: 'events_api' | 'interactive' | 'slash_commands';
    readonly payload: unknown;
    readonly retry: { readonly attempt: number; readonly reason: string } | null;
  }): Promise<Ack>;
  /** Asks every connection to come back, as Slack does all the time. */
  refresh(): void;
};

/** Socket Mode on a port of its own, opened when the first app asks for it, so that any HTTP server will do. */
export function createSockets(world: World): Sockets {
  const open: WebSocket[] = [];
  const acks = new Map<string, (ack: Ack) => void>();
  const tickets = new Set<string>();
  let listening: Promise<WebSocketServer> | undefined;

  function listen(): Promise<WebSocketServer> {
    listening ??= new Promise((resolve, reject) => {
      const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
      server.once('listening', () => resolve(server));
      server.once('error', reject);
      server.on('connection', (socket, request) => {
        const ticket = new URL(request.url ?? '/', 'ws://local').searchParams.get('ticket') ?? '';
        if (!tickets.delete(ticket)) return socket.close(4003, 'invalid ticket');
        open.push(socket);
        const beat = setInterval(() => socket.ping(), 10_000);
        beat.unref();
        socket.on('close', () => {
          clearInterval(beat);
          open.splice(open.indexOf(socket), 1);
        });
        socket.on('message', (data) => readAck(String(data)));
        socket.send(
          JSON.stringify({
            type: 'hello',
            num_connections: open.length,
            debug_info: { host: 'simulator', approximate_connection_time: 18_060 },
            connection_info: { app_id: 'A0INTUMWA' },
          }),
        );
      });
      world.closing.addEventListener('abort', () => {
        for (const socket of server.clients) socket.terminate();
        server.close();
      });
    });
    return listening;
  }

  function readAck(raw: string): void {
    const message: unknown = JSON.parse(raw);
    if (typeof message !== 'object' || message === null || !('envelope_id' in message)) return;
    const { envelope_id: id, payload = null } = message as { envelope_id: unknown; payload?: unknown };
    acks.get(String(id))?.({ ok: true, body: payload });
  }

  return {
    areOpen: () => open.length > 0,
    async url() {
      const server = await listen();
      const ticket = randomBytes(16).toString('hex');
      tickets.add(ticket);
      // address() is a string only for a pipe.
      const { port } = server.address() as AddressInfo;
      return `ws://127.0.0.1:${port}/link/?ticket=${ticket}&app_id=A0INTUMWA`;
    },
    send({ type, payload, retry }) {
      const socket = open[Math.floor(Math.random() * open.length)];
      if (!socket) return Promise.resolve({ ok: false, why: 'dispatch_failed' });
      const id = randomUUID();
      return new Promise((resolve) => {
        const finish = (ack: Ack) => {
          acks.delete(id);
          clearTimeout(timer);
          resolve(ack);
        };
        const timer = setTimeout(
          () => finish({ ok: false, why: 'operation_timeout' }),
          world.timing.slackAckMs,
        );
        world.closing.addEventListener('abort', () => finish({ ok: false, why: 'dispatch_failed' }), {
          once: true,
        });
        socket.once('close', () => finish({ ok: false, why: 'dispatch_failed' }));
        acks.set(id, finish);
        socket.send(
          JSON.stringify({
            envelope_id: id,
            type,
            payload,
            accepts_response_payload: type !== 'events_api',
            ...(retry ? { retry_attempt: retry.attempt, retry_reason: retry.reason } : {}),
          }),
        );
      });
    },
    refresh() {
      for (const socket of open)
        socket.send(
          JSON.stringify({
            type: 'disconnect',
            reason: 'refresh_requested',
            debug_info: { host: 'simulator' },
          }),
        );
    },
  };
}
