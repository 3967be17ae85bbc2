import { setTimeout as pause } from 'node:timers/promises';
import { approve } from './broadcast-row.ts';
import { startChild } from './children.ts';
import { type Ground, openPool } from './ground.ts';
import { populate } from './people.ts';
import { atLeast, type Row } from './row.ts';
import { median } from './statistics.ts';
import { whereOf } from './turn-row.ts';

/** A replica empties the ledger through Twilio's SDK, beside the same SDK calls alone. */
export const dispatchRow: Row = {
  what: 'dispatch: the ledger through the real Twilio SDK to a stand-in without limits (a bare server, not the simulator)',
  async measure(ground) {
    await waitingRows(ground);
    const standIn = await startChild('standIn', {});
    const twilioUrl = await standIn.ask('url');
    const rates: number[] = [];
    const floors: number[] = [];
    for (let round = 0; round < ground.size.rounds; round += 1) {
      floors.push(await callAlone(ground, twilioUrl));
      const url = await ground.copyOf('waiting');
      const product = await startChild('replica', { ...whereOf(ground, url), twilioUrl, delivers: true });
      await standIn.ask('forget');
      await product.ask('deliver');
      const sent = async () => ({ n: await standIn.ask('messages'), at: performance.now() });
      await pause(ground.size.warmSeconds * 2000);
      const before = await sent();
      await pause(ground.size.seconds * 1000);
      const after = await sent();
      await product.stop();
      const left = await stillWaiting(url);
      if (left === 0) ground.say(`  the ledger ran empty: with more rows waiting the figure would be higher`);
      rates.push(((after.n - before.n) * 1000) / (after.at - before.at));
    }
    await standIn.stop();
    return {
      figures: { 'sent/s': median(rates), 'floor/s': median(floors) },
      checks: [atLeast('of the floor', median(rates.map((rate, i) => rate / (floors[i] ?? 1))), 0.5)],
    };
  },
};

/** A database with a broadcast approved and not begun, every recipient's key and address real. */
export function waitingRows(ground: Ground): Promise<void> {
  const { waiting } = ground.size;
  return ground.prepare('waiting', async (db) => {
    await populate(db, ground.seals, { contacts: waiting, oneIn: 1, reachable: waiting });
    await approve(ground, ground.addressOf('waiting'));
    await db.query('ANALYZE');
  });
}

async function callAlone(ground: Ground, twilioUrl: string): Promise<number> {
  const databaseUrl = await ground.copyOf('waiting');
  const calls = await startChild('sdk', {
    ...whereOf(ground, databaseUrl),
    twilioUrl,
    delivers: false,
    messages: 500,
  });
  await calls.ask('run', { seconds: ground.size.warmSeconds * 2 });
  const rate = await calls.ask('run', { seconds: ground.size.seconds });
  await calls.stop();
  return rate;
}

async function stillWaiting(url: string): Promise<number> {
  const db = openPool(url, 1);
  const { rows } = await db.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM ledger WHERE state = 'queued'`,
  );
  await db.end();
  return rows[0]?.n ?? 0;
}
