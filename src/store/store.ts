import type pg from 'pg';
import type { ChannelName } from '../app/ports.ts';
import type { DataKey, Save, Store } from '../app/store.ts';
import { reachable } from './away.ts';
import { addressOf, load } from './load.ts';
import { openQueries } from './queries.ts';
import { applyReceipt } from './receipts.ts';
import { save } from './save.ts';
import { type Seals, seal } from './seal.ts';

/** The use cases' store over one pool. `coordinators` is the address of their channel, where there is one. */
export function openStore(
  db: pg.Pool,
  seals: Seals,
  coordinators: { channel: ChannelName; account: string; address: string } | null,
): Store {
  const ask = openQueries(db, seals);
  const accounts = new Map<string, Promise<number>>();
  const accountId = (channel: ChannelName, providerId: string) => {
    const name = `${channel} ${providerId}`;
    const known = accounts.get(name) ?? ensureAccount(db, channel, providerId);
    accounts.set(name, known);
    known.catch(() => accounts.delete(name));
    return known;
  };
  let post: Promise<number | null> | null = null;
  const coordinatorsId = () => {
    post ??= coordinators ? ensureConversation(db, seals, coordinators, accountId) : Promise.resolve(null);
    post.catch(() => (post = null));
    return post;
  };
  return {
    load: (request) =>
      reachable(async () =>
        load(db, seals, await accountId(request.address.channel, request.address.account), request),
      ),
    loadConversation: (id, now) =>
      reachable(async () => {
        const address = await addressOf(db, seals, id);
        return (
          address &&
          load(db, seals, address.accountId, { address, key: '', repliesTo: null, now, lang: address.lang })
        );
      }),
    query: (need, now, loaded) => reachable(() => ask(need, now, loaded)),
    save: (wanted) =>
      reachable(async () => save(db, seals, await withKeys(db, seals, wanted), await coordinatorsId())),
    receipt: (address, key, receipt, now) =>
      reachable(async () =>
        applyReceipt(db, await accountId(address.channel, address.account), key, receipt, now),
      ),
    block: (address, key, blocked, now) =>
      reachable(async () => {
        const id = await accountId(address.channel, address.account);
        const index = seals.index(`address ${address.channel}`, address.address);
        const { rows } = await db.query<{ taken: boolean }>(
          `WITH new AS (INSERT INTO seen (account_id, key, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1),
           changed AS (UPDATE conversation SET blocked_at = CASE WHEN $4 THEN $3::timestamptz END WHERE account_id = $1 AND address_index = $5)
           SELECT EXISTS (SELECT 1 FROM new) AS taken`,
          [id, key, now, blocked, index],
        );
        return rows[0]?.taken ?? false;
      }),
  };
}

/** Deeds on other people's sealed columns need their keys: a host answers into a member's readiness row. */
async function withKeys(db: pg.Pool, seals: Seals, wanted: Save): Promise<Save> {
  const made = new Set<number>();
  const owners = new Set<number>();
  for (const deed of wanted.deeds) {
    if (deed.kind === 'insert' && deed.table === 'person') made.add(deed.id);
    else if (deed.kind === 'insert' || deed.kind === 'update') {
      const owner = deed.owner ?? (deed.table === 'person' ? deed.id : undefined);
      if (owner !== undefined) owners.add(owner);
    }
  }
  const missing = [...owners].filter((id) => !made.has(id) && !wanted.keys.has(id));
  if (missing.length === 0) return wanted;
  const { rows } = await db.query<{ id: string; data_key: Buffer | null }>(
    'SELECT id, data_key FROM person WHERE id = ANY($1)',
    [missing],
  );
  const keys = new Map<number, DataKey>(wanted.keys);
  for (const { id, data_key } of rows) if (data_key) keys.set(Number(id), seals.unwrap(data_key));
  return { ...wanted, keys };
}

async function ensureAccount(db: pg.Pool, channel: ChannelName, providerId: string): Promise<number> {
  await db.query('INSERT INTO account (channel, provider_id) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    channel,
    providerId,
  ]);
  const { rows } = await db.query<{ id: number }>(
    'SELECT id FROM account WHERE channel = $1 AND provider_id = $2',
    [channel, providerId],
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error(`no account ${channel} ${providerId}`);
  return id;
}

async function ensureConversation(
  db: pg.Pool,
  seals: Seals,
  { channel, account, address }: { channel: ChannelName; account: string; address: string },
  accountId: (channel: ChannelName, providerId: string) => Promise<number>,
): Promise<number> {
  const id = await accountId(channel, account);
  const index = seals.index(`address ${channel}`, address);
  const { key, wrapped } = seals.newKey();
  const session = seal(key, JSON.stringify({ lang: 'en', asked: 0, stack: [] }));
  await db.query(
    `INSERT INTO conversation (account_id, address_index, address, data_key, lang, session, created_at) VALUES ($1, $2, $3, $4, 'en', $5, to_timestamp(0)) ON CONFLICT DO NOTHING`,
    [id, index, seal(key, address), wrapped, session],
  );
  const { rows } = await db.query<{ id: string }>(
    'SELECT id FROM conversation WHERE account_id = $1 AND address_index = $2',
    [id, index],
  );
  return Number(rows[0]?.id);
}
