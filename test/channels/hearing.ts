import type { Inbound, Received } from '../../src/app/ports.ts';
import { Unavailable } from '../../src/app/ports.ts';
import type { Edge } from '../../src/channels/edge.ts';

/** Programme time in these tests, far from machine time so that mixing the two shows. */
export const programmeNow = new Date('2031-05-06T07:08:09.000Z');

export type Hearing = Edge & {
  readonly heard: Inbound[];
  readonly counted: string[];
  readonly logged: { level: string; facts: object; text: string }[];
  /** How many of the next events meet an unreachable database. */
  unavailable: number;
  /** Programme time, for us and the stand-ins. */
  now: Date;
  /** Provider ids that the ledger holds for other messages. */
  readonly held: Set<string>;
  /** Resolves when the condition holds; looks again after every event and every count. */
  until(condition: () => boolean): Promise<void>;
};

/** The product's side of an adapter: keeps what it hears, and knows a key that it heard before. */
export function hearing(): Hearing {
  const waiting: { condition: () => boolean; resolve: () => void }[] = [];
  const look = () => {
    for (const each of waiting.splice(0)) {
      if (each.condition()) each.resolve();
      else waiting.push(each);
    }
  };
  const log = (level: string) => (facts: object, text: string) => {
    self.logged.push({ level, facts, text });
    look();
  };
  const parts = new Map<string, number>();
  const self: Hearing = {
    heard: [],
    counted: [],
    logged: [],
    unavailable: 0,
    held: new Set(),
    sent: {
      taken: async (providerIds) => new Set(providerIds.filter((id) => self.held.has(id))),
      parts: async (ledgerId) => parts.get(ledgerId) ?? 0,
      async keepPart(ledgerId, part, providerId) {
        parts.set(ledgerId, Math.max(part + 1, parts.get(ledgerId) ?? 0));
        self.held.add(providerId);
      },
    },
    now: programmeNow,
    clock: { now: () => self.now },
    log: { info: log('info'), warn: log('warn'), error: log('error') },
    count: (what) => {
      self.counted.push(what);
      look();
    },
    async receive(inbound): Promise<Received> {
      if (self.unavailable > 0) {
        self.unavailable -= 1;
        throw new Unavailable('the database is away');
      }
      const known = self.heard.some(({ key }) => key === inbound.key);
      if (!known) self.heard.push(inbound);
      look();
      return known ? 'duplicate' : 'kept';
    },
    until: (condition) =>
      new Promise((resolve) => {
        waiting.push({ condition, resolve });
        look();
      }),
  };
  return self;
}
