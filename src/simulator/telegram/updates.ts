import { callProduct, createCourier, isSuccess } from '../deliver.ts';
import type { Handed } from '../handed.ts';
import type { World } from '../world.ts';

export type UpdateKind =
  | 'message'
  | 'edited_message'
  | 'callback_query'
  | 'my_chat_member'
  | 'message_reaction';
export type Update = { readonly update_id: number } & { readonly [kind in UpdateKind]?: unknown };

type Queued = {
  readonly update: Update;
  readonly lane: string;
  readonly expiresAt: number;
  readonly leave: () => void;
  readonly handed: Handed | undefined;
};
type Webhook = { readonly url: string; readonly secret: string | undefined };

export type Updates = {
  /**
   * Queues an update. `lane` is what keeps order among webhooks: the chat for messages and edits, something
   * of its own for presses and memberships. Dropped silently when the kind is not subscribed.
   */
  push(kind: UpdateKind, payload: unknown, lane: string, handed?: Handed): void;
  /** A long poll; `gone` ends it early. Refused while a webhook is set, or when a second poller comes. */
  poll(ask: {
    offset: number;
    limit: number;
    timeoutMs: number;
    gone: Promise<void>;
  }): Promise<{ updates: readonly Update[] } | { conflict: 'webhook' | 'poller' }>;
  allow(kinds: readonly string[] | undefined): void;
  setWebhook(webhook: Webhook | null, dropPending: boolean): void;
  info(): {
    url: string;
    pending: number;
    lastError: { at: Date; message: string } | null;
    allowed: readonly string[] | null;
  };
};

const unlessAsked: ReadonlySet<string> = new Set([
  'chat_member',
  'message_reaction',
  'message_reaction_count',
]);

/** A press older than this is gone, everything else is kept for a day (machine time). */
const lifetimeMs = (kind: UpdateKind) => (kind === 'callback_query' ? 150_000 : 24 * 3_600_000);

/** The update queue of one bot: kept until confirmed by offset, or delivered to the webhook with backoff. */
export function createUpdates(world: World): Updates {
  const courier = createCourier(world, 'telegram');
  const configured = world.product.telegramWebhook;
  let webhook: Webhook | null = configured ? { url: configured.url, secret: configured.secret } : null;
  let allowed: readonly string[] | null = null;
  let queue: Queued[] = [];
  let again: Update[] = [];
  // By machine time, so that stand-ins which start again never reuse a number that the product has seen.
  let nextId = Math.floor(Date.now() / 1000);
  let lastError: { at: Date; message: string } | null = null;
  let poller: { wake: (why: 'update' | 'conflict') => void } | null = null;
  const pumping = new Set<string>();

  const drop = (done: (item: Queued) => boolean) => {
    for (const item of queue) if (done(item)) item.leave();
    queue = queue.filter((item) => !done(item));
  };
  const expire = () => {
    const now = Date.now();
    drop(({ expiresAt }) => expiresAt <= now);
  };

  function enqueue(update: Update, kind: UpdateKind, lane: string, handed: Handed | undefined) {
    if (queue.some((item) => item.update.update_id === update.update_id)) {
      again.push(update); // the fault "duplicate": the same update comes twice
      return;
    }
    queue.push({
      update,
      lane,
      expiresAt: Date.now() + lifetimeMs(kind),
      leave: world.inFlight.enter('telegram'),
      handed,
    });
    if (webhook) void pump(lane);
    else poller?.wake('update');
  }

  /** Delivers one lane in order, one request in flight; a failing update holds back its lane alone. */
  async function pump(lane: string): Promise<void> {
    if (pumping.has(lane)) return;
    pumping.add(lane);
    let failures = 0;
    try {
      while (webhook && !world.closing.aborted) {
        expire();
        const item = queue.find((candidate) => candidate.lane === lane);
        if (!item) return;
        world.handed.tried(item.handed);
        const answer = await callProduct(world, {
          url: webhook.url,
          headers: {
            'content-type': 'application/json',
            ...(webhook.secret === undefined ? {} : { 'x-telegram-bot-api-secret-token': webhook.secret }),
          },
          body: JSON.stringify(item.update),
          timeoutMs: world.timing.telegramAckMs,
        });
        if (isSuccess(answer)) {
          failures = 0;
          world.handed.acknowledged(item.handed);
          const repeat = again.findIndex(({ update_id }) => update_id === item.update.update_id);
          if (repeat >= 0) again.splice(repeat, 1);
          else drop((candidate) => candidate === item);
          continue;
        }
        failures += 1;
        const message =
          answer.kind === 'answered'
            ? `Wrong response from the webhook: ${answer.status}`
            : answer.why === 'timeout'
              ? 'Read timeout expired'
              : 'Connection refused';
        lastError = { at: world.now(), message };
        const asked = answer.kind === 'answered' ? answer.retryAfter : null;
        const waitMs =
          asked === null ? world.timing.telegramRetryMs(failures) : Math.min(asked, 3_600) * 1000;
        if (!(await world.pause(waitMs))) return;
      }
    } finally {
      pumping.delete(lane);
    }
  }

  return {
    push(kind, payload, lane, handed) {
      if (allowed ? !allowed.includes(kind) : unlessAsked.has(kind)) return;
      let update: Update | undefined;
      courier.hand(() => {
        // Numbered as it enters the queue: confirming a number confirms all before it, also what would come later.
        update ??= { update_id: nextId++, [kind]: payload };
        enqueue(update, kind, lane, handed);
      }, lane);
    },
    async poll({ offset, limit, timeoutMs, gone }) {
      if (webhook) return { conflict: 'webhook' };
      poller?.wake('conflict');
      poller = null;
      expire();
      if (offset < 0) {
        const keep = new Set(queue.slice(offset));
        drop((item) => !keep.has(item));
      } else {
        // Asking for what follows is how a poller acknowledges.
        for (const { update, handed } of queue)
          if (update.update_id < offset) world.handed.acknowledged(handed);
        drop(({ update }) => update.update_id < offset);
      }
      const ready = () => [...again, ...queue.map(({ update }) => update)].slice(0, limit);
      let updates = ready();
      if (updates.length === 0 && timeoutMs > 0 && !world.closing.aborted) {
        const why = await new Promise<'update' | 'conflict'>((resolve) => {
          const timer = setTimeout(() => resolve('update'), timeoutMs);
          const mine = {
            wake: (reason: 'update' | 'conflict') => {
              clearTimeout(timer);
              resolve(reason);
            },
          };
          poller = mine;
          void gone.then(() => mine.wake('update'));
        });
        if (why === 'conflict') return { conflict: 'poller' };
        poller = null;
        updates = ready();
      }
      again = [];
      for (const { handed } of queue.slice(0, limit)) world.handed.tried(handed);
      return { updates };
    },
    allow(kinds) {
      if (kinds) allowed = kinds.length > 0 ? kinds : null;
    },
    setWebhook(next, dropPending) {
      webhook = next;
      if (dropPending) drop(() => true);
      if (webhook) for (const lane of new Set(queue.map((item) => item.lane))) void pump(lane);
    },
    info: () => ({ url: webhook?.url ?? '', pending: queue.length, lastError, allowed }),
  };
}
