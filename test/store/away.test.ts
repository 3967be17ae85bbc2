import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { isAway } from '../../src/store/away.ts';
import { openPrisma } from '../../src/store/prisma.ts';

/** A server that answers every connection as PostgreSQL does: with this error. */
async function answering(code: string): Promise<string> {
  const fields = ['SFATAL', 'VFATAL', `C${code}`, 'Mthe database system is starting up', ''];
  const body = Buffer.from(fields.map((field) => `${field}\0`).join(''));
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(body.length + 4, 1);
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(Buffer.concat([head, body])));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `postgres://nobody:nothing@127.0.0.1:${(server.address() as AddressInfo).port}/none`; // listens on a port
}

async function errorsOf(connectionString: string): Promise<readonly unknown[]> {
  const db = new pg.Pool({ connectionString });
  db.on('error', () => {});
  onTestFinished(() => db.end());
  return Promise.all(
    [db.query('SELECT 1'), openPrisma(db).hospital.count()].map((asked) =>
      asked.then(() => null).catch((error: unknown) => error),
    ),
  );
}

test.each([
  ['is starting up', '57P03', true],
  ['has no room', '53300', true],
  ['refuses the password', '28P01', false],
])('a database that %s (%s): away is %s, in pg’s words and in Prisma’s', async (_, code, away) => {
  const errors = await errorsOf(await answering(code));
  expect(errors.map(isAway)).toEqual([away, away]);
});

test('so is one that nobody runs', async () => {
  const errors = await errorsOf('postgres://nobody:nothing@127.0.0.1:1/none');
  expect(errors.map(isAway)).toEqual([true, true]);
});
