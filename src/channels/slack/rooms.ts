import type { webApi } from '@slack/bolt';
import type { Outcome } from '../../app/ports.ts';
import { outcomeOfFailure } from './classify.ts';

/** Where a message to an address goes: a channel (`C…`, `G…`, `D…`), and a thread in it. */
export type Room = { readonly channel: string; readonly thread?: string };

export type Rooms = {
  /** `U…` and `W…` are people, whose direct channel is opened once; `C…` or `C…:<thread ts>` is taken as it is. */
  find(address: string): Promise<Room | { readonly failed: Outcome }>;
  /** Forgets the direct channel of a person, when Slack no longer knows it. */
  forget(address: string): void;
};

// A cache, not a store: a direct channel that fell out is opened again, which changes nothing at Slack.
const remembered = 10_000;

export function rooms(client: webApi.WebClient): Rooms {
  const direct = new Map<string, string>();
  return {
    async find(address) {
      const [id = '', thread] = address.split(':');
      if (!/^[UW]/.test(id)) return thread === undefined ? { channel: id } : { channel: id, thread };
      const known = direct.get(id);
      if (known !== undefined) return { channel: known };
      try {
        const { channel } = await client.conversations.open({ users: id });
        if (channel?.id === undefined)
          return { failed: { kind: 'not_sent', detail: 'conversation_without_id' } };
        if (direct.size >= remembered) direct.clear();
        direct.set(id, channel.id);
        return { channel: channel.id };
      } catch (error) {
        const failed = outcomeOfFailure(error);
        // Whatever became of the opening, the message itself has not left.
        return { failed: failed.kind === 'unknown' ? { kind: 'not_sent', detail: failed.detail } : failed };
      }
    },
    forget(address) {
      direct.delete(address);
    },
  };
}
