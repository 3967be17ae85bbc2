import type { App } from '@slack/bolt';
import { type Edge, readSafely, take } from '../edge.ts';
import { readAction, readEvent, type SlackIdentity, type SlackRead } from './read.ts';

export type Retry = { readonly retryNum?: number; readonly retryReason?: string };

/**
 * What to answer Slack. `body` becomes the HTTP body or the payload of a Socket Mode acknowledgement;
 * a status other than 200 means no acknowledgement at all.
 */
export type Answer = { readonly status: 200 | 500 | 503; readonly body?: unknown };

export type Dispatch = (
  kind: 'event' | 'interactive' | 'command',
  body: unknown,
  retry?: Retry,
) => Promise<Answer>;

// Slack waits three seconds; a listener that needs longer goes on after the answer.
const patienceMs = 2500;

/**
 * Decides who hears something from Slack: a person's conversation (kept before it is acknowledged), or the
 * coordinators' listeners on the Bolt app, whose `ack` is the answer.
 */
export function dispatcher(edge: Edge, us: SlackIdentity, bolt: App): Dispatch {
  return async (kind, body, retry = {}) => {
    const read = translate(edge, us, kind, body);
    if (read.kind !== 'coordinator') return { status: (await take(edge, read, 'slack')) ? 200 : 503 };
    return listen(bolt, body, kind, retry);
  };
}

function translate(edge: Edge, us: SlackIdentity, kind: string, body: unknown): SlackRead {
  let coordinator = false;
  const now = edge.clock.now();
  const read = readSafely(edge, 'slack', () => {
    const found: SlackRead =
      kind === 'event'
        ? readEvent(body, us, now)
        : kind === 'interactive'
          ? readAction(body, us, now)
          : { kind: 'coordinator' };
    coordinator = found.kind === 'coordinator';
    return found.kind === 'coordinator' ? { kind: 'ignored', why: 'coordinator' } : found;
  });
  return coordinator ? { kind: 'coordinator' } : read;
}

async function listen(
  bolt: App,
  body: unknown,
  kind: string,
  { retryNum, retryReason }: Retry,
): Promise<Answer> {
  if (typeof body !== 'object' || body === null) return { status: 200 };
  let timer: NodeJS.Timeout | undefined;
  const answer = await new Promise<Answer>((resolve) => {
    const unheard: Answer = { status: mustBeAcked(kind, body) ? 500 : 200 };
    timer = setTimeout(() => resolve(unheard), patienceMs);
    const ack = async (response?: unknown): Promise<void> => {
      // An event has no answer to carry, so it waits for its listeners and is resent when they crash us.
      if (kind !== 'event')
        resolve(response === undefined ? { status: 200 } : { status: 200, body: response });
    };
    const event = {
      body,
      ack,
      ...(retryNum === undefined ? {} : { retryNum }),
      ...(retryReason === undefined ? {} : { retryReason }),
    };
    bolt.processEvent(event).then(
      () => resolve(unheard),
      () => resolve({ status: mustBeAcked(kind, body) ? 500 : 200 }),
    );
  });
  clearTimeout(timer);
  return answer;
}

/** A command or a form that nobody took must not look as if it had worked; Slack never repeats these. */
function mustBeAcked(kind: string, body: object): boolean {
  return kind === 'command' || (kind === 'interactive' && 'type' in body && body.type === 'view_submission');
}
