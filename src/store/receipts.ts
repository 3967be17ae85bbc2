import type pg from 'pg';
import type { Receipt } from '../app/ports.ts';

/**
 * Receipts move a ledger row forward only, in whatever order and however often they come (rule 16):
 * a state is taken when it ranks above the present one; a failure counts until something was delivered.
 * A failure is final, too. Word that such a message arrived after all (30410 is only a provider's own time limit) leaves
 * it so, but nothing goes out in its place any more, and nobody is asked to decide.
 * Answers false when the same receipt was taken in before.
 */
export async function applyReceipt(
  db: pg.Pool,
  accountId: number,
  key: string,
  receipt: Receipt,
  now: Date,
): Promise<boolean> {
  const { rows } = await db.query<{ taken: boolean }>({
    name: 'receipt',
    text: `
      WITH new AS (INSERT INTO seen (account_id, key, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1),
      moved AS (
        UPDATE ledger l SET state = $6, provider_id = coalesce(l.provider_id, $5), reason = coalesce($7, l.reason),
          sent_at = coalesce(l.sent_at, $3), leased_until = NULL
        WHERE EXISTS (SELECT 1 FROM new) AND (l.id = $4 OR ($4 IS NULL AND l.provider_id = $5))
          AND array_position(${ranks}, l.state) < array_position(${ranks}, $6::text)
          AND NOT ($6 = 'failed' AND l.state IN ('delivered', 'read'))
        RETURNING l.id),
      arrived AS (
        UPDATE ledger l SET reason = '${arrived}', handled_at = coalesce(l.handled_at, $3), provider_id = coalesce(l.provider_id, $5)
        WHERE EXISTS (SELECT 1 FROM new) AND $6 IN ('delivered', 'read') AND (l.id = $4 OR ($4 IS NULL AND l.provider_id = $5))
          AND l.state = 'failed' AND l.reason IS DISTINCT FROM '${arrived}'
        RETURNING l.id),
      needless AS (
        UPDATE ledger r SET state = 'cancelled', reason = '${arrived}' FROM arrived
        WHERE r.replaces = arrived.id AND r.state IN ('queued', 'held') RETURNING r.id),
      needless_history AS (INSERT INTO transition (ledger_id, at, state, detail) SELECT id, $3, 'cancelled', '${arrived}' FROM needless),
      history AS (INSERT INTO transition (ledger_id, at, state, detail) SELECT id, $3, $6, $7 FROM moved)
      SELECT EXISTS (SELECT 1 FROM new) AS taken`,
    values: [
      accountId,
      key,
      now,
      receipt.ledgerId ?? null,
      receipt.providerId,
      receipt.state,
      receipt.code ?? null,
    ],
  });
  return rows[0]?.taken ?? false;
}

/** Why a failed message is nobody's concern any more, and its replacement was cancelled. */
export const arrived = 'arrived_after_all';

const ranks = `ARRAY['cancelled', 'queued', 'held', 'sending', 'unknown', 'sent', 'delivered', 'read', 'failed']`;
