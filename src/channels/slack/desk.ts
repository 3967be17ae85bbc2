import { webApi } from '@slack/bolt';
import type { SlackDesk } from '../../app/ports.ts';
import { outcomeOfFailure } from './classify.ts';
import type { Rooms } from './rooms.ts';

/**
 * The coordinators' port. Its calls are not ledgered (rule 18): the last state wins, and a failure is a
 * value that names Slack's own word (`expired_trigger_id`, `hash_conflict` …).
 */
export function desk(client: webApi.WebClient, rooms: Rooms): SlackDesk {
  // Each argument is built by the coordinators' pages; the SDK's types want every block spelled out.
  return {
    async post({ to, text, blocks, thread }) {
      const room = await rooms.find(to);
      if ('failed' in room)
        return { ok: false, error: 'detail' in room.failed ? room.failed.detail : room.failed.kind };
      const threadTs = thread ?? room.thread;
      const message = {
        channel: room.channel,
        text,
        blocks,
        ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
      };
      return attempt(async () => {
        const { channel, ts } = await client.chat.postMessage(message as webApi.ChatPostMessageArguments);
        return { channel: channel ?? room.channel, ts: ts ?? '' };
      });
    },
    update: ({ channel, ts, text, blocks }) =>
      attempt(async () => {
        await client.chat.update({ channel, ts, text, blocks } as webApi.ChatUpdateArguments);
        return {};
      }),
    ephemeral: ({ channel, user, text, blocks }) =>
      attempt(async () => {
        await client.chat.postEphemeral({ channel, user, text, blocks } as webApi.ChatPostEphemeralArguments);
        return {};
      }),
    open: ({ triggerId, view }) =>
      attempt(async () => {
        const opened = await client.views.open({
          trigger_id: triggerId,
          view,
        } as unknown as webApi.ViewsOpenArguments);
        return { viewId: opened.view?.id ?? '', hash: opened.view?.hash ?? '' };
      }),
    updateView: ({ viewId, hash, view }) =>
      attempt(async () => {
        const change = { view_id: viewId, view, ...(hash === undefined ? {} : { hash }) };
        const updated = await client.views.update(change as unknown as webApi.ViewsUpdateArguments);
        return { viewId: updated.view?.id ?? viewId, hash: updated.view?.hash ?? '' };
      }),
    publish: ({ user, view }) =>
      attempt(async () => {
        await client.views.publish({ user_id: user, view } as unknown as webApi.ViewsPublishArguments);
        return {};
      }),
  };
}

type Failed = { readonly ok: false; readonly error: string; readonly retryAfterMs?: number };

async function attempt<T extends object>(
  call: () => Promise<T>,
): Promise<({ readonly ok: true } & T) | Failed> {
  try {
    return { ok: true, ...(await call()) };
  } catch (error) {
    if (error instanceof webApi.WebAPIPlatformError) return { ok: false, error: error.data.error };
    const outcome = outcomeOfFailure(error);
    if (outcome.kind === 'throttled')
      return {
        ok: false,
        error: 'ratelimited',
        ...(outcome.retryAfterMs !== null && { retryAfterMs: outcome.retryAfterMs }),
      };
    return { ok: false, error: 'detail' in outcome ? outcome.detail : outcome.kind };
  }
}
