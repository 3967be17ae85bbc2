import type { Outcome } from '../app/ports.ts';

// Only long messages that failed half-way are kept, so this is never near full.
const remembered = 1000;

export type SendParts = (
  ledgerId: string,
  count: number,
  send: (index: number) => Promise<Outcome>,
) => Promise<Outcome>;

/**
 * Sends the parts of one ledger row in order and stops at the first that fails; the row's provider id is
 * that of the last part, which carries the choices. It remembers how far a row came, so that the row's next
 * attempt in this process goes on there instead of repeating the first parts; another process repeats them.
 */
export function partSender(): SendParts {
  const done = new Map<string, number>();
  return async (ledgerId, count, send) => {
    for (let index = done.get(ledgerId) ?? 0; ; index += 1) {
      const outcome = await send(index);
      if (outcome.kind !== 'sent') return outcome;
      if (index >= count - 1) {
        done.delete(ledgerId);
        return outcome;
      }
      done.set(ledgerId, index + 1);
      const [oldest] = done.keys();
      if (done.size > remembered && oldest !== undefined) done.delete(oldest);
    }
  };
}
