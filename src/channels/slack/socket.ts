import { SocketModeClient } from '@slack/socket-mode';
import type { Log } from '../../app/ports.ts';
import { nameOf } from '../edge.ts';
import type { Dispatch } from './dispatch.ts';
import { quietLogger } from './logger.ts';

export type Socket = { start(): Promise<void>; stop(): Promise<void> };

/**
 * Listens in Socket Mode and acknowledges an envelope only after what it carried is kept (rule 29);
 * Bolt's own receiver would do so before. What is not acknowledged comes again over another connection.
 */
export function socket(
  appToken: string,
  slackApiUrl: string | undefined,
  dispatch: Dispatch,
  log: Log,
): Socket {
  const client = new SocketModeClient({
    appToken,
    logger: quietLogger(log),
    ...(slackApiUrl === undefined ? {} : { clientOptions: { slackApiUrl } }),
  });
  client.on('slack_event', (envelope: Envelope) => {
    void handle(envelope, dispatch).catch((error: unknown) => {
      log.error({ channel: 'slack', error: nameOf(error) }, 'envelope not acknowledged');
    });
  });
  client.on('error', (error: unknown) =>
    log.warn({ channel: 'slack', error: nameOf(error) }, 'socket broke'),
  );
  return {
    async start() {
      await client.start();
    },
    async stop() {
      await client.disconnect();
    },
  };
}

/** What the client emits for every envelope; its own types leave it open. */
type Envelope = {
  readonly type: string;
  readonly body: unknown;
  readonly ack: (payload?: Record<string, unknown> | string) => Promise<void>;
  readonly retry_num?: number;
  readonly retry_reason?: string;
};

const kinds: ReadonlyMap<string, Parameters<Dispatch>[0]> = new Map([
  ['events_api', 'event'],
  ['interactive', 'interactive'],
  ['slash_commands', 'command'],
] as const);

async function handle(
  { type, body, ack, retry_num, retry_reason }: Envelope,
  dispatch: Dispatch,
): Promise<void> {
  const kind = kinds.get(type);
  if (kind === undefined) return;
  const retry = {
    ...(retry_num === undefined ? {} : { retryNum: retry_num }),
    ...(retry_reason === undefined ? {} : { retryReason: retry_reason }),
  };
  const answer = await dispatch(kind, body, retry);
  if (answer.status !== 200) return;
  if (typeof answer.body === 'string') return ack(answer.body);
  // Answers of listeners are JSON objects by Slack's rules.
  return ack(answer.body as Record<string, unknown> | undefined);
}
