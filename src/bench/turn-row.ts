import { type Child, startChild } from './children.ts';
import { type Ground, openPool } from './ground.ts';
import { type Contact, populate } from './people.ts';
import { atLeast, atMost, type Result, type Row } from './row.ts';
import { record } from './script.ts';
import { median, percentile } from './statistics.ts';
import { type Measured, sendWebhooks, type Writer } from './webhook-load.ts';

const atOnce = 32;

/** A signed webhook over HTTP to the committed answer, beside the same two statements behind a bare server. */
export const turnRow: Row = {
  what: `durable turn: signed Twilio webhook over HTTP to committed answer, ${atOnce} at once`,
  async measure(ground) {
    const contacts = await fewPeople(ground);
    const recorded = await record(whereOf(ground, await ground.copyOf('few')), contacts[0] ?? nobody);
    const floorUrl = await ground.copyOf('few');
    const floor = await startChild('statements', { databaseUrl: floorUrl, contacts, recorded });
    const product = await openTurns(ground, await ground.copyOf('few'), contacts);
    const floors = await shooter(floor, contacts);
    const found = { product: [] as Round[], floor: [] as Round[] };
    for (let round = 0; round < ground.size.rounds; round += 1) {
      found.floor.push(await floors(ground));
      found.product.push(await product.round());
    }
    await floor.stop();
    const share = await product.stop();
    const busy = await withDelivery(ground, contacts);
    return summed(found, busy, share);
  },
};

/** The people of the small database. */
export async function fewPeople(ground: Ground): Promise<readonly Contact[]> {
  const { contacts } = ground.size;
  await ground.prepare('few', async (db) => {
    few.set(ground, await populate(db, ground.seals, { contacts, oneIn: 1, reachable: contacts }));
  });
  return few.get(ground) ?? [];
}
const few = new WeakMap<Ground, readonly Contact[]>();
const nobody: Contact = { id: 0, address: '', addressIndex: '' };

export function whereOf({ masterKey, since }: Ground, databaseUrl: string) {
  return { databaseUrl, masterKey, since };
}

/** A product on that database, asked for a round of turns at a time. */
export async function openTurns(ground: Ground, databaseUrl: string, contacts: readonly Contact[]) {
  const product = await startChild('replica', {
    ...whereOf(ground, databaseUrl),
    twilioUrl: 'http://127.0.0.1:9',
    delivers: false,
  });
  const shoot = await shooter(product, contacts);
  return {
    round: () => shoot(ground),
    /** Answers which share of the turns took two trips to the database (rule 7). */
    async stop(): Promise<number> {
      await product.stop();
      const db = openPool(databaseUrl, 1);
      const { rows } = await db.query<{ share: number }>(
        "SELECT avg((trips <= 2)::int)::float8 AS share FROM turn WHERE at > (SELECT max(at) FROM turn) - interval '10 minutes'",
      );
      await db.end();
      return rows[0]?.share ?? 0;
    },
  };
}

/** Rounds of webhooks at a server, with what they cost it. */
async function shooter(server: Child<'replica' | 'statements'>, contacts: readonly Contact[]) {
  const writers: Writer[] = contacts.map((contact) => ({ ...contact, step: 0 }));
  const url = await server.ask('url');
  let warm = 0;
  return async ({ size }: Ground): Promise<Round> => {
    const patience = performance.now() + 15_000;
    while (warm < size.warmTurns && performance.now() < patience)
      warm += (await sendWebhooks(url, writers, { atOnce, seconds: 0.5 })).latenciesMs.length;
    await sendWebhooks(url, writers, { atOnce, seconds: size.warmSeconds });
    const before = await server.ask('cpuMs');
    const measured = await sendWebhooks(url, writers, { atOnce, seconds: size.seconds });
    const cpuMs = (await server.ask('cpuMs')) - before;
    return { ...measured, cpuMsEach: cpuMs / measured.latenciesMs.length };
  };
}

export type Round = Measured & { readonly cpuMsEach: number };

async function withDelivery(ground: Ground, contacts: readonly Contact[]): Promise<Round> {
  const standIn = await startChild('standIn', {});
  const product = await startChild('replica', {
    ...whereOf(ground, await ground.copyOf('few')),
    twilioUrl: await standIn.ask('url'),
    delivers: true,
  });
  const measured = await (await shooter(product, contacts))(ground);
  await product.stop();
  await standIn.stop();
  return measured;
}

function summed(
  { product, floor }: { readonly product: readonly Round[]; readonly floor: readonly Round[] },
  busy: Round,
  share: number,
): Result {
  const rate = medianRate(product);
  const floorRate = medianRate(floor);
  const latencies = product.flatMap(({ latenciesMs }) => latenciesMs);
  const [p50, p99] = [percentile(latencies, 0.5), percentile(latencies, 0.99)];
  const floorLatencies = floor.flatMap(({ latenciesMs }) => latenciesMs);
  return {
    figures: {
      'turns/s': rate,
      'p50, ms': p50,
      'p99, ms': p99,
      'processor time of the process, ms a turn': median(product.map(({ cpuMsEach }) => cpuMsEach)),
      'floor/s': floorRate,
      'floor p50, ms': percentile(floorLatencies, 0.5),
      'floor p99, ms': percentile(floorLatencies, 0.99),
      'floor processor time of the process, ms a turn': median(floor.map(({ cpuMsEach }) => cpuMsEach)),
      'with delivery on/s': busy.perSecond,
      'with delivery on p50, ms': percentile(busy.latenciesMs, 0.5),
      'with delivery on p99, ms': percentile(busy.latenciesMs, 0.99),
    },
    checks: [
      // Taken in turns, so that what else the machine does weighs on both alike.
      atLeast(
        'of the floor',
        median(product.map((one, i) => one.perSecond / (floor[i]?.perSecond ?? 1))),
        0.6,
      ),
      atMost('p99 in p50', p99 / p50, 4),
      atLeast('share of turns with two round trips to the database', share, 0.9),
    ],
  };
}

export function medianRate(measured: readonly Measured[]): number {
  return median(measured.map(({ perSecond }) => perSecond));
}
