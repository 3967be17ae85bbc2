import { setTimeout as wait } from 'node:timers/promises';
import { createFaults, type Faults } from './faults.ts';
import { createHandedBook, type HandedBook } from './handed.ts';
import { createInFlight, type InFlight } from './in-flight.ts';
import {
  addressKey,
  type ChannelName,
  describeEntry,
  describePerson,
  type Entry,
  type Person,
} from './people.ts';
import type { Product, Timing } from './product.ts';
import { createTap, type Tap } from './tap.ts';

/** What the page hears while it happens. */
export type Happening =
  | { readonly type: 'person'; readonly person: ReturnType<typeof describePerson> }
  | {
      readonly type: 'message' | 'changed';
      readonly channel: ChannelName;
      readonly address: string;
      readonly message: ReturnType<typeof describeEntry>;
    }
  | { readonly type: 'typing' | 'home' | 'modal'; readonly channel: ChannelName; readonly address: string }
  | { readonly type: 'clock'; readonly now: string };

/** All that the stand-ins remember and share. Kept in memory. */
export type World = {
  readonly product: Product;
  readonly timing: Timing;
  /** Base of our own URLs, without a trailing slash. */
  readonly publicUrl: () => string;
  /** Programme time. */
  readonly now: () => Date;
  readonly people: ReadonlyMap<string, Person>;
  readonly inFlight: InFlight;
  readonly faults: Faults;
  readonly tap: Tap;
  readonly handed: HandedBook;
  /** Aborted when the simulator closes: ends every wait. */
  readonly closing: AbortSignal;
  addPerson(person: Person): void;
  find(channel: ChannelName, address: string): Person | undefined;
  /** Puts a message on a phone, or tells the page that one has changed. */
  arrive(person: Person, entry: Entry): void;
  changed(person: Person, entry: Entry): void;
  emit(happening: Happening): void;
  listen(listener: (happening: Happening) => void): () => void;
  /** Machine time. Resolves false when the simulator closed first. */
  pause(ms: number): Promise<boolean>;
  /** Runs work that the product is owed; `settle` waits for it. */
  owe(channel: ChannelName, work: () => Promise<unknown>): void;
};

export function createWorld(settings: {
  readonly now: () => Date;
  readonly product: Product;
  readonly timing: Timing;
  readonly publicUrl: () => string;
  readonly closing: AbortSignal;
  /** How many calls of the product are remembered. */
  readonly remembered?: number | undefined;
  /** Called with what no stand-in expected: a bug of ours. */
  readonly onBug: (error: unknown) => void;
}): World {
  const people = new Map<string, Person>();
  const listeners = new Set<(happening: Happening) => void>();
  const inFlight = createInFlight();
  const emit = (happening: Happening) => {
    for (const listener of listeners) listener(happening);
  };
  const tell = (type: 'message' | 'changed', { channel, address }: Person, entry: Entry) =>
    emit({ type, channel, address, message: describeEntry(entry) });
  return {
    product: settings.product,
    timing: settings.timing,
    publicUrl: settings.publicUrl,
    now: settings.now,
    closing: settings.closing,
    people,
    inFlight,
    faults: createFaults(Date.now),
    tap: createTap(settings.remembered),
    handed: createHandedBook(),
    addPerson(person) {
      people.set(addressKey(person.channel, person.address), person);
      emit({ type: 'person', person: describePerson(person) });
    },
    find: (channel, address) => people.get(addressKey(channel, address)),
    arrive(person, entry) {
      person.log.push(entry);
      tell('message', person, entry);
    },
    changed: (person, entry) => tell('changed', person, entry),
    emit,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    pause: (ms) => wait(ms, true, { signal: settings.closing, ref: false }).catch(() => false),
    owe(channel, work) {
      const leave = inFlight.enter(channel);
      work().catch(settings.onBug).finally(leave);
    },
  };
}
