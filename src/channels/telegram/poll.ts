import { setTimeout as pause } from 'node:timers/promises';
import { type Api, GrammyError } from 'grammy';
import type { Log } from '../../app/ports.ts';
import { nameOf } from '../edge.ts';

/** The kinds of update that we read; Telegram keeps the others to itself. */
export const wantedUpdates = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const;

/** How polling goes: Telegram answers, or refuses us or fails, or this process does not poll. */
export type PollState = 'up' | 'down' | 'off';

export type Poller = {
  start(): void;
  /** Resolves when the last update in hand is done and no call is open. */
  stop(): Promise<void>;
};

/**
 * Fetches updates by long polling. An update is confirmed, by the offset of the next call, only after
 * `handle` resolved to true for it and for all before it: what was not kept is fetched again, and what
 * was kept is then recognised by its update id. One poller per bot (rule 29): main.ts holds the lease.
 *
 * Nothing but `stop` ends it: a refused token may be mended, and what a bug broke is fetched again. Each such time is
 * told once, until Telegram answers again.
 *
 * `api` must have a time limit above `holdSeconds`; `pauseMs` is machine time between failed tries, `refusedMs` after
 * a refusal of the token.
 */
export function poller({
  api,
  handle,
  log,
  polled = () => undefined,
  holdSeconds = 30,
  pauseMs = 1000,
  refusedMs = 60_000,
}: {
  readonly api: Api;
  readonly handle: (update: { readonly update_id: number }) => Promise<boolean>;
  readonly log: Log;
  /** Hears of every change. */
  readonly polled?: ((state: PollState) => void) | undefined;
  readonly holdSeconds?: number;
  readonly pauseMs?: number;
  readonly refusedMs?: number;
}): Poller {
  let stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();
  let state: PollState = 'off';
  const become = (now: PollState) => {
    if (now !== state) polled(now);
    state = now;
  };

  async function run(signal: AbortSignal): Promise<void> {
    const round = rounds(signal);
    let alerted = false;
    let broken = 0;
    let conflicts = 0;
    while (!signal.aborted) {
      const { kind, why, waitMs } = await round().catch((error: unknown) => {
        broken += 1;
        return {
          kind: 'broken' as const,
          why: nameOf(error),
          waitMs: Math.min(pauseMs * 2 ** broken, longestMs),
        };
      });
      if (signal.aborted) return;
      if (kind === 'fine') {
        if (alerted) log.info({ channel: 'telegram' }, 'polling goes on');
        alerted = false;
        broken = 0;
        conflicts = 0;
        become('up');
      } else if (kind === 'later') {
        log.warn({ channel: 'telegram', why }, 'poll failed');
        if (why === conflict) conflicts += 1;
        if (why !== conflict || conflicts > ownConflicts) become('down');
      } else {
        if (!alerted) log.error({ channel: 'telegram', why }, alerts[kind]);
        alerted = true;
        become('down');
      }
      await rest(waitMs, signal);
    }
  }

  /** Each call fetches once and hands in what came. */
  function rounds(signal: AbortSignal): () => Promise<Round> {
    let offset = 0;
    let webhookGone = false;
    return async () => {
      // A webhook that is still set would refuse every poll with 409.
      if (!webhookGone)
        webhookGone = await api.deleteWebhook(undefined, forGrammy(signal)).catch(() => false);
      const fetched = await fetchUpdates(api, offset, holdSeconds, signal);
      if (fetched.kind === 'refused') return { ...fetched, waitMs: refusedMs };
      if (fetched.kind === 'later') return { ...fetched, waitMs: fetched.afterMs ?? pauseMs };
      const next = await handleBatch(fetched.updates, handle);
      const last = fetched.updates.at(-1);
      if (next !== null) offset = next;
      return { kind: 'fine', why: '', waitMs: last && offset <= last.update_id ? pauseMs : 0 };
    };
  }

  return {
    start() {
      stopping = new AbortController();
      running = run(stopping.signal);
    },
    async stop() {
      stopping.abort();
      await running;
      become('off');
    },
  };
}

type Round = { readonly kind: 'fine' | 'later' | 'refused'; readonly why: string; readonly waitMs: number };

/** Another replica of ours that has not let go yet: its lease ends within so many. More are somebody else's. */
const conflict = 'conflict';
const ownConflicts = 20;
/** Between two tries after errors that nobody thought of. */
const longestMs = 60_000;
const alerts = {
  refused: 'the bot token is refused; it is tried again every minute',
  broken: 'polling broke; it goes on after a while',
} as const;

type Fetched =
  | { readonly kind: 'batch'; readonly updates: readonly { readonly update_id: number }[] }
  | { readonly kind: 'later'; readonly why: string; readonly afterMs?: number }
  | { readonly kind: 'refused'; readonly why: string };

async function fetchUpdates(
  api: Api,
  offset: number,
  timeout: number,
  signal: AbortSignal,
): Promise<Fetched> {
  try {
    const options = { offset, limit: 100, timeout, allowed_updates: wantedUpdates };
    return { kind: 'batch', updates: await api.getUpdates(options, forGrammy(signal)) };
  } catch (error) {
    if (signal.aborted) return { kind: 'batch', updates: [] };
    if (!(error instanceof GrammyError)) return { kind: 'later', why: nameOf(error) };
    const { error_code: code, parameters } = error;
    if (code === 401 || code === 404) return { kind: 'refused', why: String(code) };
    if (code === 409) return { kind: 'later', why: conflict };
    if (parameters.retry_after === undefined) return { kind: 'later', why: String(code) };
    return { kind: 'later', why: String(code), afterMs: parameters.retry_after * 1000 };
  }
}

/**
 * Hands a batch in, chats beside each other and each chat in order. Returns the offset that confirms
 * everything before the first update that was not kept, or null when that is the very first.
 */
async function handleBatch(
  updates: readonly { readonly update_id: number }[],
  handle: (update: { readonly update_id: number }) => Promise<boolean>,
): Promise<number | null> {
  const kept = new Set<number>();
  const chats = new Map<number, { readonly update_id: number }[]>();
  for (const update of updates) {
    const chat = chatOf(update);
    chats.set(chat, [...(chats.get(chat) ?? []), update]);
  }
  await Promise.all(
    [...chats.values()].map(async (ofOneChat) => {
      for (const update of ofOneChat) {
        if (!(await handle(update))) return;
        kept.add(update.update_id);
      }
    }),
  );
  let next: number | null = null;
  for (const { update_id } of updates) {
    if (!kept.has(update_id)) break;
    next = update_id + 1;
  }
  return next;
}

/** Only to keep one person's updates in order; an update whose sender is not found shares a queue. */
function chatOf(update: object): number {
  for (const kind of Object.values(update)) {
    if (typeof kind !== 'object' || kind === null) continue;
    const { chat, from } = kind as { chat?: { id?: unknown }; from?: { id?: unknown } }; // read only, checked below
    const id = from?.id ?? chat?.id;
    if (typeof id === 'number') return id;
  }
  return 0;
}

async function rest(ms: number, signal: AbortSignal): Promise<void> {
  if (ms === 0) return;
  await pause(ms, undefined, { signal }).catch(() => undefined);
}

/** grammY types the signal of an older polyfill, which differs from Node's by newer members only. */
function forGrammy(signal: AbortSignal): Parameters<Api['getUpdates']>[1] {
  // A signal of its own for each call: grammY never takes its listeners off, and ours lives as long as the poller.
  return AbortSignal.any([signal]) as unknown as Parameters<Api['getUpdates']>[1];
}
