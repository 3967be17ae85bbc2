import type { ChannelName } from './people.ts';
import type { World } from './world.ts';

export type Answer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly body: string;
      readonly retryAfter: number | null;
      readonly noRetry: boolean;
    }
  | { readonly kind: 'failed'; readonly why: 'timeout' | 'connection' };

/** One HTTP call to the product. A redirect counts as an answer: providers do not follow it to a new place. */
export async function callProduct(
  world: World,
  request: {
    readonly url: string;
    readonly headers: Record<string, string>;
    readonly body: string;
    readonly timeoutMs: number;
  },
): Promise<Answer> {
  try {
    const response = await fetch(request.url, {
      method: 'POST',
      // A string body keeps the content type as given; Slack's parsers refuse an added charset.
      headers: request.headers,
      body: request.body,
      redirect: 'manual',
      signal: AbortSignal.any([world.closing, AbortSignal.timeout(request.timeoutMs)]),
    });
    const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
    return {
      kind: 'answered',
      status: response.status,
      body: await response.text(),
      retryAfter: Number.isFinite(retryAfter) ? retryAfter : null,
      noRetry: response.headers.get('x-slack-no-retry') === '1',
    };
  } catch (error) {
    const isTimeout = error instanceof DOMException && error.name === 'TimeoutError';
    return { kind: 'failed', why: isTimeout ? 'timeout' : 'connection' };
  }
}

export const isSuccess = (answer: Answer) =>
  answer.kind === 'answered' && answer.status >= 200 && answer.status < 300;

/** How long a thing waits for the next one to overtake it, in milliseconds of machine time. */
const reorderPatienceMs = 300;

export type Courier = {
  /**
   * Hands `deliver` over at once, or as the faults of the channel say: late, twice, or after the next one.
   * `lane` keeps things together that the provider itself never reorders (null: nothing is kept).
   */
  hand(deliver: () => void, lane?: string): void;
};

/** The road to the product on one channel, with the accidents that were asked for. */
export function createCourier(world: World, channel: ChannelName): Courier {
  let held: { lane: string | undefined; release: () => void } | undefined;
  return {
    hand(deliver, lane) {
      const leave = world.inFlight.enter(channel);
      const go = () => {
        deliver();
        if (world.faults.take(channel, 'duplicate')) deliver();
        leave();
      };
      const lag = world.faults.take(channel, 'lag');
      if (lag) {
        void world.pause(lag.ms).then(go);
        return;
      }
      const earlier = held;
      held = undefined;
      if (!earlier && world.faults.take(channel, 'reorder')) {
        const mine = { lane, release: go };
        held = mine;
        void world.pause(reorderPatienceMs).then(() => {
          if (held !== mine) return;
          held = undefined;
          go();
        });
        return;
      }
      if (earlier && lane !== undefined && earlier.lane === lane) {
        earlier.release();
        go();
        return;
      }
      go();
      earlier?.release();
    },
  };
}
