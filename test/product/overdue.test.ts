import pg from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import { unlessBusy } from '../../src/store/lease.ts';
import { killableProduct } from '../support/product-process.ts';
import { testStore } from '../support/store.ts';

test('a timer whose replica was killed while firing it fires within 30 s, once, although no alarm rings any more', async () => {
  const product = await killableProduct();
  const db = new pg.Pool({ connectionString: product.databaseUrl, max: 4 });
  db.on('error', () => {}); // the database is dropped by force
  onTestFinished(() => db.end());
  await product.startReplica('one');
  await product.startReplica('other');
  // From here on every job that is to wake somebody is lost, like those of a worker that died.
  await db.query(`
    CREATE FUNCTION no_job() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
    CREATE TRIGGER no_job BEFORE INSERT ON graphile_worker._private_jobs FOR EACH ROW EXECUTE FUNCTION no_job();`);

  await db.query(
    "INSERT INTO timer (subject_kind, subject_id, line, due_at) VALUES ('mission', 1, 'call.close', '2020-01-01')",
  );
  const holding = await db.connect();
  await holding.query("BEGIN; SELECT id FROM timer WHERE line = 'call.close' FOR UPDATE");
  const stuck =
    "SELECT DISTINCT application_name AS name FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
  let dying = '';
  await vi.waitFor(async () => {
    const { rows } = await db.query<{ name: string }>(stuck);
    expect(rows).toHaveLength(1);
    dying = rows[0]?.name ?? '';
  }, 17_000);
  await product.killReplica(dying);
  const killedAt = Date.now();
  await db.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1', [
    dying,
  ]);
  await holding.query('ROLLBACK');
  holding.release();

  await vi.waitFor(async () => {
    const { rows } = await db.query(
      "SELECT fired_at IS NOT NULL AS fired FROM timer WHERE line = 'call.close'",
    );
    expect(rows).toEqual([{ fired: true }]);
  }, 40_000);
  expect(Date.now() - killedAt).toBeLessThan(30_000);
  const { rows } = await db.query("SELECT count(*)::int AS n FROM turn WHERE flow = 'call.close'");
  expect(rows).toEqual([{ n: 1 }]);
}, 120_000);

test('of several at once one does it; who dies in the middle keeps the others away for a while only', async () => {
  const { db } = await testStore();
  let running = 0;
  let most = 0;
  const work = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((done) => setTimeout(done, 100));
    running -= 1;
    return 'done';
  };
  const all = await Promise.all([1, 2, 3].map(() => unlessBusy(db, 'look', 10_000, work)));
  expect(all.toSorted()).toEqual(['done', null, null]);
  expect(most).toBe(1);
  await expect(unlessBusy(db, 'look', 10_000, () => Promise.reject(new Error('a bug')))).rejects.toThrow();
  expect(await unlessBusy(db, 'look', 10_000, work), 'whoever fails lets go').toBe('done');

  void unlessBusy(db, 'look', 300, () => new Promise(() => {}));
  await vi.waitFor(async () => expect((await db.query('SELECT 1 FROM lease')).rows).toHaveLength(1));
  expect(await unlessBusy(db, 'look', 300, work)).toBeNull();
  await vi.waitFor(async () => expect(await unlessBusy(db, 'look', 300, work)).toBe('done'), 2_000);
});
