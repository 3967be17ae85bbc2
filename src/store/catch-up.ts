import type pg from 'pg';
import type { Marks } from '../app/catch-up.ts';
import type { ChannelName } from '../app/ports.ts';

/** Keeps how far one account's missed events were caught up with. */
export function openCatchUp(db: Pick<pg.Pool, 'query'>, channel: ChannelName, account: string): Marks {
  return {
    async read() {
      const { rows } = await db.query<{ through: Date }>(
        `SELECT u.through FROM catch_up u JOIN account a ON a.id = u.account_id WHERE a.channel = $1 AND a.provider_id = $2`,
        [channel, account],
      );
      return rows[0]?.through ?? null;
    },
    async write(through) {
      await db.query(
        'INSERT INTO account (channel, provider_id) VALUES ($1, $2) ON CONFLICT (channel, provider_id) DO NOTHING',
        [channel, account],
      );
      await db.query(
        `INSERT INTO catch_up AS u (account_id, through) SELECT id, $3 FROM account WHERE channel = $1 AND provider_id = $2
         ON CONFLICT (account_id) DO UPDATE SET through = greatest(u.through, excluded.through)`,
        [channel, account, through],
      );
    },
  };
}
