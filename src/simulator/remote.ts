import { z } from 'zod';
import type { Control } from './product.ts';

const clockAnswer = z.object({ now: z.iso.datetime() });
const counts = z.record(z.string(), z.number());

export type RemoteControl = Control & {
  /** Asks the product for its time; the answer holds until the next one. Never throws: it may be down. */
  refresh(): Promise<void>;
};

/** The levers of a product in another process, by its own /simulator routes. Its clock ticks as ours does. */
export function remoteControl(productUrl: string): RemoteControl {
  let offsetMs = 0;
  const learn = (answer: unknown) => {
    offsetMs = new Date(clockAnswer.parse(answer).now).getTime() - Date.now();
  };

  async function call(method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${productUrl}/simulator/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {}),
    });
    const answer: unknown = await response.json().catch(() => ({}));
    if (!response.ok)
      throw new Error(
        z.object({ error: z.string() }).safeParse(answer).data?.error ??
          `the product answered ${response.status}`,
      );
    return answer;
  }

  return {
    now: () => new Date(Date.now() + offsetMs),
    async moveTo(to) {
      learn(await call('POST', 'clock', { to: to.toISOString() }));
    },
    settle: async () => counts.parse(await call('POST', 'settle')),
    seed: (doc) => call('POST', 'seed', doc),
    refresh: () => call('GET', 'clock').then(learn, () => {}),
  };
}
