import type { Outcome } from '../app/ports.ts';
import type { Sent } from './edge.ts';

export type SendParts = (
  ledgerId: string,
  count: number,
  send: (index: number) => Promise<Outcome>,
) => Promise<Outcome>;

/**
 * Sends the parts of one ledger row in order and stops at the first that fails; the row's provider id is
 * that of the last part, which carries the choices. What the provider took is written down, so that the
 * row's next attempt goes on there, in whatever process. A part that could not be written down may go again,
 * unless a look-up finds it.
 */
export function partSender(sent: Sent): SendParts {
  return async (ledgerId, count, send) => {
    if (count === 1) return send(0);
    let index: number;
    try {
      index = Math.min(await sent.parts(ledgerId), count - 1);
    } catch {
      return { kind: 'not_sent', detail: 'its parts could not be looked up' };
    }
    for (; ; index += 1) {
      const outcome = await send(index);
      if (outcome.kind !== 'sent' || index >= count - 1) return outcome;
      await sent.keepPart(ledgerId, index, outcome.providerId).catch(() => undefined);
    }
  };
}
