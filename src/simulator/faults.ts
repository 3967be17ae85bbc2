import type { ChannelName } from './people.ts';

/**
 * The first seven strike calls of the product (by default only those that send a message), the rest strike
 * what goes to the product.
 */
export const faultKinds = [
  'timeout', // accepted, never answered, nothing done
  '429',
  '500', // nothing done
  'drop-after-accept', // done, then the connection breaks
  '500-after-accept', // done, then a 500
  'slow-after-accept', // done at once, answered `ms` later
  'window-closed', // WhatsApp: the message fails with 63016 whatever our clock says
  'callback-first', // WhatsApp: all receipts before the create answer
  'duplicate', // delivered twice
  'reorder', // delivered after the next one
  'lag', // delivered late; Twilio's list lags too
] as const;
export type FaultKind = (typeof faultKinds)[number];

export type Fault = {
  readonly channel: ChannelName;
  readonly fault: FaultKind;
  /** Strikes left; Infinity when limited by time alone. */
  left: number;
  /** Machine time in milliseconds after which it is over. */
  readonly until: number;
  /** Provider's method that it strikes, `*` for all; null for those that send. */
  readonly method: string | null;
  /** How late, for `lag` and `slow-after-accept`. */
  readonly ms: number;
  /** Seconds, for `429`. */
  readonly retryAfter: number;
};

export type Faults = {
  add(fault: Fault): void;
  clear(): void;
  list(): readonly Fault[];
  /** Uses up one strike, or undefined when this call is spared. */
  take(channel: ChannelName, kind: FaultKind, method?: string): Fault | undefined;
};

/** Methods whose failure costs a message: what a fault strikes unless it names another. */
const sends: ReadonlySet<string> = new Set(['sendMessage', 'Messages.create', 'chat.postMessage']);

export const isSend = (method: string) => sends.has(method);

export function createFaults(machineNow: () => number): Faults {
  let faults: Fault[] = [];
  const strikes = (fault: Fault, method: string | undefined) => {
    if (method === undefined || fault.method === '*') return true;
    return fault.method === null ? sends.has(method) : fault.method === method;
  };
  return {
    add: (fault) => {
      faults.push(fault);
    },
    clear: () => {
      faults = [];
    },
    list: () => faults,
    take(channel, kind, method) {
      faults = faults.filter(({ left, until }) => left > 0 && until > machineNow());
      const found = faults.find(
        (fault) => fault.channel === channel && fault.fault === kind && strikes(fault, method),
      );
      if (found) found.left -= 1;
      return found;
    },
  };
}
