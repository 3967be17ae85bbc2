import type pg from 'pg';

/** What the ledger knows of the messages that providers have, for the channels that ask them. */
export function openSent(db: Pick<pg.Pool, 'query'>) {
  return {
    async taken(providerIds: readonly string[], ledgerId: string): Promise<ReadonlySet<string>> {
      const { rows } = await db.query<{ id: string }>({
        name: 'taken',
        text: `SELECT provider_id AS id FROM ledger WHERE provider_id = ANY ($1) AND id <> $2
          UNION ALL SELECT provider_id FROM sent_part WHERE provider_id = ANY ($1)`,
        values: [providerIds, ledgerId],
      });
      return new Set(rows.map(({ id }) => id));
    },
    async parts(ledgerId: string): Promise<number> {
      const { rows } = await db.query<{ parts: number }>({
        name: 'sent_parts',
        text: 'SELECT coalesce(max(part) + 1, 0) AS parts FROM sent_part WHERE ledger_id = $1',
        values: [ledgerId],
      });
      return rows[0]?.parts ?? 0;
    },
    async keepPart(ledgerId: string, part: number, providerId: string): Promise<void> {
      await db.query({
        name: 'keep_part',
        text: 'INSERT INTO sent_part (ledger_id, part, provider_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
        values: [ledgerId, part, providerId],
      });
    },
  };
}
