import pg from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startJobs } from '../../src/jobs/worker.ts';
import { freshDatabase } from '../support/database.ts';

test('at start everything is looked after that could have been missed', async () => {
  const { url, drop } = await freshDatabase();
  const db = new pg.Pool({ connectionString: url, max: 4 });
  db.on('error', () => {}); // dropping the database ends its connections
  db.on('connect', (client) => client.on('error', () => {})); // as the product does; the worker asks for it
  const done: string[] = [];
  const jobs = await startJobs(
    db,
    {
      async sweep() {
        done.push('sweep');
        return null;
      },
      catchUp: async () => void done.push('catch up'),
      templates: async () => void done.push('templates'),
      retain: async () => void done.push('retention'),
    },
    { info() {}, warn() {}, error() {} },
  );
  onTestFinished(async () => {
    await jobs.stop();
    await db.end();
    await drop();
  });
  await vi.waitFor(
    () => expect(done).toEqual(expect.arrayContaining(['sweep', 'catch up', 'templates', 'retention'])),
    10_000,
  );
}, 20_000);
