import type pg from 'pg';
import type { DeadLetter } from '../app/desk/ports.ts';
import type { Save, Saved } from '../app/store.ts';
import { replaceRow } from './follow-up.ts';
import { arrived } from './receipts.ts';
import { save } from './save.ts';
import type { Seals } from './seal.ts';

/** A dead letter as SQL writes it, `where` put in; nothing else took its place, and it is not too old to matter. */
export const deadLetterSql = (where: string): string => `
SELECT jsonb_build_object('id', l.id, 'conversationId', l.conversation_id, 'key', l.key, 'reason', coalesce(l.reason, ''),
  'at', coalesce(l.tried_at, l.created_at), 'channel', a.channel, 'optedOut', p.opted_out_at IS NOT NULL AND l.class <> 'reply',
  'name', p.name, 'key_', p.data_key, 'country', m.country,
  'code', coalesce(m.code, (SELECT h.code FROM host_contact y JOIN hospital h ON h.id = y.hospital_id WHERE y.person_id = p.id ORDER BY y.id DESC LIMIT 1))) AS it
FROM ledger l JOIN conversation c ON c.id = l.conversation_id JOIN account a ON a.id = c.account_id
LEFT JOIN person p ON p.id = coalesce(l.person_id, c.person_id) LEFT JOIN member m ON m.person_id = p.id
WHERE l.state = 'failed' AND l.reason IS DISTINCT FROM '${arrived}' AND NOT EXISTS (SELECT 1 FROM ledger r WHERE r.replaces = l.id) AND ${where}`;

export type RawDeadLetter = Omit<DeadLetter, 'name'> & {
  readonly name: string | null;
  readonly key_: string | null;
};

/** Saves, and puts a new row in the place of one that failed; `stale` when something else has taken its place. */
export async function sendAgain(
  db: pg.Pool,
  seals: Seals,
  coordinators: number | null,
  wanted: Save,
  id: number,
): Promise<Saved> {
  const client = await db.connect();
  try {
    await client.query('BEGIN');
    // `save` only queries, which a client does as a pool does.
    const saved = await save(client as unknown as pg.Pool, seals, wanted, coordinators);
    const made =
      saved.kind === 'saved' &&
      (await replaceRow(
        client,
        id,
        { form: null, dueAt: wanted.at, conversationId: null, anew: true },
        wanted.at,
      ));
    await client.query(made ? 'COMMIT' : 'ROLLBACK');
    if (saved.kind !== 'saved') return saved;
    return made ? { ...saved, queued: saved.queued + 1 } : { kind: 'stale' };
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {}); // the first error tells more
    throw error;
  } finally {
    client.release();
  }
}
