import { setTimeout as pause } from 'node:timers/promises';
import type { ChannelName } from '../simulator/people.ts';
import type { ChaosDatabase, Ending } from './database.ts';
import type { Outage } from './judge.ts';
import type { Random } from './random.ts';
import type { Replicas } from './replicas.ts';
import type { StandIns } from './stand-ins.ts';

type Wish = {
  readonly fault: string;
  readonly weight: number;
  readonly only?: ChannelName;
  more?(r: Random): object;
};

/** What the providers do to us, and how often in relation to each other. */
const wishes: readonly Wish[] = [
  { fault: '429', weight: 4, more: (r) => ({ times: r.between(1, 3), retryAfter: r.between(1, 2) }) },
  { fault: '500', weight: 2 },
  { fault: '500-after-accept', weight: 4 },
  { fault: 'drop-after-accept', weight: 4 },
  { fault: 'slow-after-accept', weight: 3, more: (r) => ({ ms: r.between(500, 2_500) }) },
  { fault: 'timeout', weight: 1 },
  { fault: 'duplicate', weight: 6, more: (r) => ({ times: r.between(1, 4) }) },
  { fault: 'reorder', weight: 5, more: (r) => ({ times: r.between(1, 3) }) },
  { fault: 'lag', weight: 3, more: (r) => ({ ms: r.between(200, 2_500) }) },
  { fault: 'callback-first', weight: 2, only: 'whatsapp' },
];
const channels: readonly ChannelName[] = ['whatsapp', 'telegram', 'slack'];

type Breaking = {
  readonly standIns: StandIns;
  readonly random: Random;
  readonly isOver: () => boolean;
};

/** Asks the stand-ins to misbehave, a little at a time, until it is over. */
export async function misbehave({ standIns, random, isOver }: Breaking): Promise<void> {
  const weighted = wishes.flatMap((wish) => Array.from({ length: wish.weight }, () => wish));
  while (!isOver()) {
    const { fault, only, more } = random.pick(weighted);
    const channel = only ?? random.pick(channels);
    await standIns.call('POST', 'faults', { channel, fault, ...more?.(random) });
    await pause(random.between(250, 750));
  }
}

/**
 * Kills replicas. Every other time at any instant, and every other time between a provider's acceptance and our
 * writing it down: it is made to answer late, and the replica that waits for that answer dies.
 */
export async function killReplicas(
  { standIns, random, isOver }: Breaking,
  replicas: Replicas,
  everyMs: number,
): Promise<void> {
  let from = 0;
  while (!isOver()) {
    await pause(everyMs * (0.5 + random.next() * 0.5));
    if (isOver()) return;
    let victim: string | null = null;
    if (random.chance(0.5)) {
      from = (await standIns.requests(from)).at(-1)?.id ?? from;
      victim = await waitingOne(standIns, random, from, everyMs / 2);
    }
    // One is left to go on, or nothing would be under way when the next one dies. On a slow machine they start slowly.
    while (replicas.alive().length < 2 && !isOver()) await pause(100);
    const alive = replicas.alive();
    if (alive.length >= 2) await replicas.kill(alive.find((name) => name === victim) ?? random.pick(alive));
  }
}

/** A replica that waits for the answer to a send that was done already; null when none turns up in time. */
async function waitingOne(
  standIns: StandIns,
  random: Random,
  from: number,
  withinMs: number,
): Promise<string | null> {
  const channel = random.pick(channels);
  await standIns.call('POST', 'faults', { channel, fault: 'slow-after-accept', times: 2, ms: 1_500 });
  const until = Date.now() + withinMs;
  while (Date.now() < until) {
    const waiting = (await standIns.requests(from)).find(
      ({ made, answeredAt }) => made !== null && answeredAt === null,
    );
    if (waiting?.via) return waiting.via;
    await pause(40);
  }
  return null;
}

/** Takes the database away and brings it back, each way once, spread over the time. */
export async function restartDatabase(
  { isOver }: Breaking,
  database: ChaosDatabase,
  replicas: Replicas,
  endings: readonly Ending[],
  everyMs: number,
): Promise<readonly Outage[]> {
  const outages: Outage[] = [];
  for (const ending of endings) {
    await pause(everyMs);
    // Who is just starting gives up without a database, and would only have to start again.
    while (!isOver() && replicas.alive().length < 2) await pause(100);
    if (isOver()) break;
    const from = Date.now();
    await database.restart(ending);
    outages.push({ from, to: Date.now() });
  }
  return outages;
}
