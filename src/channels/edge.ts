import { type Clock, type Inbound, type Log, type Receive, Unavailable } from '../app/ports.ts';

/** What every adapter is handed by main.ts. `clock` is programme time; `count` feeds a counter by name. */
export type Edge = {
  readonly receive: Receive;
  readonly clock: Clock;
  readonly log: Log;
  readonly count: (what: string) => void;
  readonly sent: Sent;
};

/** What the ledger knows of the messages that providers have. */
export type Sent = {
  /** Those of the provider's ids that are known: of other rows, and of parts, this row's too. */
  taken(providerIds: readonly string[], ledgerId: string): Promise<ReadonlySet<string>>;
  /** How many parts of a row, from the first, the provider is known to have. */
  parts(ledgerId: string): Promise<number>;
  /** The provider has this part, counted from 0. The last one is the row itself and is not kept here. */
  keepPart(ledgerId: string, part: number, providerId: string): Promise<void>;
};

/** What reading a provider's event gives: something for the conversation, or a reason to count it and go on. */
export type Read =
  | { readonly kind: 'inbound'; readonly inbound: Inbound }
  | { readonly kind: 'ignored'; readonly why: string };

/**
 * Runs a translation. One that throws can never succeed on a second delivery, so it is counted and
 * acknowledged: an event that is resent for ever would block the whole chat.
 */
export function readSafely(edge: Edge, channel: string, read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    edge.log.error({ channel, error: nameOf(error) }, 'event could not be translated');
    return { kind: 'ignored', why: 'untranslatable' };
  }
}

/**
 * Hands one event in. True means that it is kept (or was before), so the provider may be told so;
 * false means that it is not kept and the provider must come again.
 */
export async function take(edge: Edge, read: Read, channel: string): Promise<boolean> {
  if (read.kind === 'ignored') {
    edge.count(`${channel}.ignored.${read.why}`);
    return true;
  }
  try {
    edge.count(`${channel}.${await edge.receive(read.inbound)}`);
    return true;
  } catch (error) {
    // Anything but Unavailable is a bug of ours in keeping the event; it is not kept either way,
    // and "acknowledged means kept" holds for bugs too.
    const expected = error instanceof Unavailable;
    edge.count(`${channel}.${expected ? 'unavailable' : 'not_kept'}`);
    edge.log[expected ? 'warn' : 'error'](
      { channel, error: nameOf(error) },
      'event not kept, provider asked to resend',
    );
    return false;
  }
}

/** The name of an error is safe to log; its message may quote what a person wrote. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
