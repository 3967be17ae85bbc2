import type pg from 'pg';
import type { Clock } from '../app/ports.ts';

/** Content ids of one WhatsApp account, by what they say (rule 19). */
export function openContents(db: pg.Pool, account: string, clock: Clock) {
  const known = new Map<string, string>();
  return {
    async find(hash: string): Promise<string | null> {
      const cached = known.get(hash);
      if (cached) return cached;
      const { rows } = await db.query<{ sid: string }>(
        `SELECT c.sid FROM content c JOIN account a ON a.id = c.account_id WHERE a.channel = 'whatsapp' AND a.provider_id = $1 AND c.hash = $2`,
        [account, hash],
      );
      const sid = rows[0]?.sid ?? null;
      if (sid) known.set(hash, sid);
      return sid;
    },
    async keep(hash: string, sid: string, { name }: { readonly name: string }): Promise<void> {
      await db.query(`INSERT INTO account (channel, provider_id) VALUES ('whatsapp', $1) ON CONFLICT DO NOTHING`, [account]);
      await db.query(
        `INSERT INTO content (account_id, hash, sid, name, approved, at)
         SELECT id, $2, $3, $4, true, $5 FROM account WHERE channel = 'whatsapp' AND provider_id = $1
         ON CONFLICT (account_id, hash) DO UPDATE SET sid = excluded.sid, at = excluded.at`,
        [account, hash, sid, name, clock.now()],
      );
      known.set(hash, sid);
    },
  };
}
