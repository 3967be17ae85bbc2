import type pg from 'pg';

/** What the ledger knows of the messages that providers have, for the channels that ask them. */
export function openSent(db: Pick<pg.Pool, 'query'>) {
  return {
    async taken(providerIds: readonly string[], ledgerId: string): Promise<ReadonlySet<string>> {
      const { rows } = await db.query<{ id: string }>({
        name: 'taken',
        text: 'SELECT provider_id AS id FROM ledger WHERE provider_id = ANY ($1) AND id <> $2',
        values: [providerIds, ledgerId],
      });
      return new Set(rows.map(({ id }) => id));
    },
  };
}
