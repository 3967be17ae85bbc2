import type pg from 'pg';
import type { Address, ChannelName } from '../app/ports.ts';
import type { Full, Queue, Row } from '../app/queue.ts';
import type { DataKey } from '../app/store.ts';
import type { Message } from '../engine/message.ts';
import { reachable } from './away.ts';
import { type Budgets, openBudgets } from './budgets.ts';
import { claimSql, lostSql, silencedSql } from './claim.ts';
import { isUnder, type Seals, unseal } from './seal.ts';
import { openSettle } from './settle.ts';

/**
 * The ledger as deliveries see it. `perSecond` is each channel's rate, `paced` the channels that want a pace in
 * every chat; a channel that is in neither is not held back. `coordinators` is the address of their channel.
 */
export function openQueue(
  db: pg.Pool,
  seals: Seals,
  perSecond: { readonly [channel in ChannelName]?: number } = {},
  paced: readonly ChannelName[] = [],
  coordinators: Address | null = null,
): Queue {
  const budgets: Budgets = openBudgets(db);
  const settle = openSettle(db, seals, budgets, coordinators);
  return {
    claim: (now, limit, { ordinary, urgent, everywhere } = noneFull) =>
      reachable(() => {
        const how = ordinary.length === 0 ? 'all' : everywhere ? 'urgent' : 'around';
        const full = how === 'all' ? [] : [ordinary, urgent];
        return take(db, seals, claimSql(limit, how), `claim_${limit}_${how}`, [now, paced, ...full]);
      }),
    lost: (now, limit) => reachable(() => take(db, seals, lostSql, 'lost', [now, limit])),
    turn: (row, still) => reachable(() => budgets.turn(row.accountId, perSecond[row.channel], still)),
    endTurns: () => budgets.stop(),
    settle: (changes, now) => reachable(() => settle(changes, now)),
    silenced: (row) =>
      reachable(async () => {
        const { rowCount } = await db.query({ name: 'silenced', text: silencedSql, values: [row.id] });
        return rowCount === 1;
      }),
    async counts() {
      const { rows } = await db.query<{ held: number; retrying: number; unknown: number }>(
        `SELECT count(*) FILTER (WHERE state = 'held')::int AS held, count(*) FILTER (WHERE state = 'queued')::int AS retrying,
           count(*) FILTER (WHERE state = 'unknown')::int AS unknown FROM ledger WHERE state IN ('held', 'queued', 'unknown')`,
      );
      return { held: rows[0]?.held ?? 0, retrying: rows[0]?.retrying ?? 0, unknown: rows[0]?.unknown ?? 0 };
    },
    async personName(personId) {
      const { rows } = await db.query<{ name: string | null; data_key: Buffer | null }>(
        'SELECT name, data_key FROM person WHERE id = $1',
        [personId],
      );
      const row = rows[0];
      return row?.name && row.data_key ? unseal(seals.unwrap(row.data_key), row.name) : null;
    },
    async travelPlan(assignmentId) {
      const { rows } = await db.query<{ plan: string | null; data_key: Buffer | null }>(
        'SELECT t.plan, p.data_key FROM travel t JOIN assignment a ON a.id = t.assignment_id JOIN person p ON p.id = a.person_id WHERE a.id = $1',
        [assignmentId],
      );
      const row = rows[0];
      if (!row?.plan || !row.data_key) return {};
      return JSON.parse(unseal(seals.unwrap(row.data_key), row.plan)) as { [key: string]: unknown };
    },
  };
}

const noneFull: Full = { ordinary: [], urgent: [], everywhere: false };

type Taken = {
  id: string;
  conversation_id: string;
  lang: Row['lang'];
  class: string;
  key: string;
  lane: string;
  attempts: number;
  message: string | null;
  plain: Row['plain'];
  opens: Row['opens'];
  form: Row['form'];
  may_repeat: boolean;
  was_held: boolean;
  with_person: boolean;
  awaited: boolean;
  tried_at: Date;
  since: Date;
  times: number;
  waited_ms: number;
  channel: ChannelName;
  account: string;
  account_id: number;
  address: string;
  data_key: Buffer;
  last_inbound_at: Date | null;
  flow: string | null;
  zone: string | null;
  host: boolean;
  silenced: boolean;
};

async function take(
  db: pg.Pool,
  seals: Seals,
  text: string,
  name: string,
  values: readonly unknown[],
): Promise<readonly Row[]> {
  const { rows } = await db.query<Taken>({ name, text, values: [...values] });
  return rows.map((row) => {
    const key = seals.unwrap(row.data_key);
    return {
      id: Number(row.id),
      conversationId: Number(row.conversation_id),
      to: { channel: row.channel, account: row.account, address: unseal(key, row.address) },
      lang: row.lang,
      class: row.class,
      key: row.key,
      lane: row.lane,
      attempts: row.attempts,
      ...wordsOf(row, key, seals),
      opens: row.opens,
      lastInboundAt: row.last_inbound_at,
      zone: row.zone,
      host: row.host,
      silenced: row.silenced,
      // Who answered the notice that something waits is not too busy to read it.
      busySince: row.flow !== null && row.lane === 'proactive' && !row.awaited ? row.last_inbound_at : null,
      channel: row.channel,
      accountId: row.account_id,
      form: row.form,
      triedAt: row.tried_at,
      since: row.since,
      times: row.times,
      waitedMs: row.waited_ms,
      mayRepeat: row.may_repeat,
      wasHeld: row.was_held,
      withPerson: row.with_person,
    };
  });
}

/** What the row says: a reply under the conversation's key, a proactive message under our own, a broadcast's in the open. */
function wordsOf({ message, plain }: Taken, key: DataKey, seals: Seals): Pick<Row, 'message' | 'plain'> {
  if (message === null) return { message: null, plain };
  if (!isUnder(seals.own, message))
    return { message: JSON.parse(unseal(key, message)) as Message, plain: null };
  return { message: null, plain: JSON.parse(unseal(seals.own, message)) as Row['plain'] };
}
