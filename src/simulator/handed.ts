import type { ChannelName } from './people.ts';

/** One thing that we owe the product, and whether it took it: what acknowledgements are judged by. */
export type Handed = {
  readonly id: number;
  readonly channel: ChannelName;
  readonly address: string;
  /** What the control API answered for the deed; of a receipt, the message that it is about. */
  readonly deed: string;
  /** `event` for what a person did, else the state that a receipt tells. */
  readonly what: string;
  /** Machine time, ISO. */
  readonly at: string;
  /** How often it was put before the product. */
  tries: number;
  /** Machine time of the first acknowledgement; null while there is none. */
  ackedAt: string | null;
  /** Grows over all of them with every change, so that a reader can ask for what is new. */
  changed: number;
};

export type HandedBook = {
  add(thing: Pick<Handed, 'channel' | 'address' | 'deed' | 'what'>): Handed;
  /** It is put before the product once more. */
  tried(handed: Handed | undefined): void;
  /** The product said yes to it. */
  acknowledged(handed: Handed | undefined): void;
  list(changedAfter: number): readonly Handed[];
};

/** Only the last `capacity` are remembered: the book of a run, not of a deployment. */
export function createHandedBook(capacity = 100_000): HandedBook {
  let kept: Handed[] = [];
  let nextId = 1;
  let changes = 0;
  const touch = (handed: Handed) => {
    changes += 1;
    handed.changed = changes;
  };
  return {
    add(thing) {
      const at = new Date().toISOString();
      const handed: Handed = { ...thing, id: nextId++, at, tries: 0, ackedAt: null, changed: 0 };
      touch(handed);
      kept.push(handed);
      if (kept.length >= capacity * 2) kept = kept.slice(-capacity);
      return handed;
    },
    tried(handed) {
      if (!handed) return;
      handed.tries += 1;
      touch(handed);
    },
    acknowledged(handed) {
      if (!handed || handed.ackedAt !== null) return;
      handed.ackedAt = new Date().toISOString();
      touch(handed);
    },
    list: (after) => kept.filter(({ changed }) => changed > after),
  };
}
