import pg from 'pg';
import { onTestFinished } from 'vitest';
import type { Log } from '../../src/app/ports.ts';
import { openProduct } from '../../src/product.ts';
import { freshDatabase } from './database.ts';
import { controller } from './product-process.ts';

const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };
/** Working hours everywhere that people of these tests live. */
export const startsAt = '2027-03-02T10:00:00Z';

export const member = {
  name: 'Aline Uwase',
  channel: 'whatsapp',
  address: '+32470000001',
  locale: 'en',
  country: 'BE',
  profession: 'RN_GEN',
  years: 6,
  levels: { rw: 3, fr: 2, en: 3 },
} as const;

/** The whole product in this process, its stand-ins and a database of the test's own. */
export async function simulatedProduct() {
  const { url: databaseUrl, drop } = await freshDatabase();
  const product = await openProduct(
    {
      port: 0,
      dataDir: '.unused',
      databaseUrl,
      logLevel: 'error',
      telegram: { kind: 'simulated' },
      whatsapp: { kind: 'simulated' },
      slack: { kind: 'simulated' },
      simulated: true,
      masterKey: new Uint8Array(32).fill(7),
    },
    silent,
  );
  const db = new pg.Pool({ connectionString: databaseUrl, max: 4 });
  db.on('error', () => {}); // dropping the database ends its connections
  onTestFinished(async () => {
    await product.stop();
    await db.end();
    await drop();
  });
  const call = controller(product.url);
  await call('POST', 'clock', { to: startsAt });
  const at = (channel: string, address: string) => `people/${channel}/${encodeURIComponent(address)}`;
  return {
    url: product.url,
    databaseUrl,
    db,
    call,
    settle: () => call('POST', 'settle', {}),
    advance: (advance: string) => call('POST', 'clock', { advance }),
    say: (channel: string, address: string, text: string) =>
      call('POST', `${at(channel, address)}/say`, { text }),
    async sees(channel: string, address: string): Promise<{ text: string; template: string | null }[]> {
      const { messages } = await call('GET', `${at(channel, address)}/messages`);
      return messages as { text: string; template: string | null }[]; // documented in control.ts
    },
    /** What the coordinators' channel says. */
    async alerts(): Promise<string[]> {
      const { rows } = await db.query<{ plain: { key: string; params: object } }>(
        `SELECT plain FROM ledger WHERE plain->>'key' LIKE 'staff.%' ORDER BY id`,
      );
      return rows.map(({ plain }) => `${plain.key} ${Object.values(plain.params).toSorted().join(', ')}`);
    },
    /** A message that nobody wrote first, as a use case's or a broadcast's row. */
    async tell(personId: number, key: string, params: object, more: { class?: string; opens?: object } = {}) {
      const { now } = await call('GET', 'clock');
      const { rows } = await db.query<{ id: string }>(
        `INSERT INTO ledger (conversation_id, person_id, lane, class, key, lang, plain, opens, state, due_at, created_at)
         SELECT p.preferred_id, p.id, 'proactive', $2, $3, p.lang, $4, $5, 'queued', $6, $6 FROM person p WHERE p.id = $1 RETURNING id`,
        [personId, more.class ?? 'service', key, { key, params }, more.opens ?? null, now],
      );
      return Number(rows[0]?.id);
    },
    async ledger() {
      const { rows } = await db.query(
        `SELECT id::int, key, state, reason, form, replaces::int, attempts, handled_at IS NOT NULL AS handled FROM ledger
         WHERE key NOT LIKE 'staff.%' ORDER BY id`,
      );
      return rows as Line[]; // the columns above
    },
    async seed(members: readonly object[]): Promise<number[]> {
      await call('POST', 'seed', { members });
      const { rows } = await db.query<{ person_id: string }>('SELECT person_id FROM member ORDER BY id');
      return rows.map(({ person_id }) => Number(person_id));
    },
  };
}

export type Line = {
  readonly id: number;
  readonly key: string;
  readonly state: string;
  readonly reason: string | null;
  readonly form: string | null;
  readonly replaces: number | null;
  readonly attempts: number;
  readonly handled: boolean;
};
