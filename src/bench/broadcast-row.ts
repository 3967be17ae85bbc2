import { startChild } from './children.ts';
import { type Ground, openPool } from './ground.ts';
import { populate } from './people.ts';
import { atMost, type Row } from './row.ts';
import { median } from './statistics.ts';
import { whereOf } from './turn-row.ts';

/** From a coordinator's approval to all rows queued, beside one INSERT … SELECT of as many rows. */
export const broadcastRow: Row = {
  what: 'broadcast: approve to all rows queued, beside one INSERT … SELECT of as many',
  async measure(ground) {
    await manyPeople(ground);
    const approvals: Approved[] = [];
    const floors: number[] = [];
    for (let round = 0; round < ground.size.rounds; round += 1) {
      const url = await ground.copyOf('many');
      approvals.push(await approve(ground, url));
      floors.push(await insertAsMany(await ground.copyOf('many'), url));
    }
    const ms = median(approvals.map((approval) => approval.ms));
    const floor = median(floors);
    const grown = Math.max(...approvals.map(({ grownMiB }) => grownMiB));
    return {
      figures: {
        recipients: approvals[0]?.recipients ?? 0,
        'approved and queued, ms': ms,
        'floor, ms': floor,
        'memory grown, MiB': grown,
      },
      checks: [
        atMost('of the floor', median(approvals.map((one, i) => one.ms / (floors[i] ?? 1))), 2),
        atMost('memory grown, MiB', grown, 64),
      ],
    };
  },
};

export type Approved = { readonly ms: number; readonly recipients: number; readonly grownMiB: number };

/** Everybody in it belongs to the audience of its mission. */
export function manyPeople(ground: Ground): Promise<void> {
  const { recipients } = ground.size;
  return ground.prepare('many', async (db) => {
    await populate(db, ground.seals, { contacts: recipients, oneIn: 1, reachable: 0 });
  });
}

export async function approve(ground: Ground, databaseUrl: string): Promise<Approved> {
  const desk = await startChild('desk', whereOf(ground, databaseUrl));
  try {
    const broadcast = await desk.ask('ask', { mission: 'M-2027-01' });
    return await desk.ask('approve', { broadcast });
  } finally {
    await desk.stop();
  }
}

/** The floor: the rows that the broadcast made, made again in a database like the one it began with. */
async function insertAsMany(url: string, broadcastUrl: string): Promise<number> {
  const made = openPool(broadcastUrl, 1);
  const { rows } = await made.query<{ plain: object; opens: object; at: Date; key: string; n: string }>(
    `SELECT plain, opens, created_at AS at, key, count(*) AS n FROM ledger WHERE broadcast_id IS NOT NULL GROUP BY 1, 2, 3, 4`,
  );
  await made.end();
  const [row] = rows;
  if (!row) throw new Error('the broadcast made no rows');
  const db = openPool(url, 1);
  await db.query('SELECT 1');
  const started = performance.now();
  const { rowCount } = await db.query(
    `WITH made AS (
       INSERT INTO ledger (conversation_id, turn_id, person_id, lane, class, key, lang, plain, opens, state, due_at, created_at, broadcast_id)
       SELECT c.id, 1, c.person_id, 'proactive', 'call', $1, c.lang, $2, $3, 'queued', $4, $4, 1
       FROM conversation c ORDER BY c.id LIMIT $5 RETURNING id, state)
     INSERT INTO transition (ledger_id, at, state) SELECT id, $4, state FROM made`,
    [row.key, JSON.stringify(row.plain), JSON.stringify(row.opens), row.at, Number(row.n)],
  );
  const ms = performance.now() - started;
  await db.end();
  if (rowCount !== Number(row.n)) throw new Error(`the floor made ${rowCount} rows instead of ${row.n}`);
  return ms;
}
