import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { heldUntil } from '../domain/quiet-hours.ts';
import { type Account, accountOf, isEnough } from './account.ts';
import { killReplicas, misbehave, restartDatabase } from './breaking.ts';
import { membersOf, prepareCalls, sendCall } from './coordinator.ts';
import { type ChaosDatabase, endings, openDatabase } from './database.ts';
import { openFrontDoor } from './front-door.ts';
import { receiptsLookedAt, tellWaiting, waiting } from './ledger-look.ts';
import { freePort } from './processes.ts';
import { type Random, seeded } from './random.ts';
import { type Replicas, superviseReplicas } from './replicas.ts';
import { nameOf, type Reference, script, withoutValues } from './script.ts';
import { type StandIns, startStandIns, type Who } from './stand-ins.ts';
import { type Talker, talk, watchPhones } from './talker.ts';

export type ChaosSettings = {
  /** How long everything is broken; preparing and drawing the balance come on top. */
  readonly seconds: number;
  readonly seed: number;
  /** Modules that every replica loads first: a deliberately broken build, for tests of the counting. */
  readonly preload: readonly string[];
  /** After the last accident, everything must have come to rest within this. */
  readonly drainMs?: number;
  /** Messages a second; lower where a broken build says too little to come up against {@link usualRates}. */
  readonly rates?: Rates;
  /** Progress, and what went wrong on the way. */
  readonly say: (line: string) => void;
};

/** Messages a second. Lower than the providers' own, so that a machine of two processors comes up against them. */
const usualRates = { whatsapp: 20, telegram: 16, slack: 10 } as const;
export type Rates = { readonly [kind in keyof typeof usualRates]: number };
/** Twilio's list may lag by this (rule 17). */
const listLagMs = 20_000;
/** So often, and a little more, the stand-ins ask the product for the time. */
const standInsAskMs = 1_200;
const kinds = ['whatsapp', 'telegram', 'slack'] as const;
const talkersAtOnce = 24;
const membersPerChannel = 6;
/** At most so long between two kills. */
const killEveryMs = 6_000;
/** By how much a run may be longer than asked for. */
const longer = 1.3;

/**
 * Three replicas of the product, one database, stand-ins in a process of their own. People talk, coordinators call,
 * everything breaks; then nothing does, until all has come to rest; then what the stand-ins received is counted.
 */
export async function runChaos(settings: ChaosSettings): Promise<Account> {
  const { seed, rates = usualRates } = settings;
  const begun = Date.now();
  const say = (line: string) => settings.say(`${((Date.now() - begun) / 1_000).toFixed(1)} s  ${line}`);
  const random = seeded(seed);
  const closing: (() => unknown)[] = [];
  const close = async () => {
    for (let next = closing.pop(); next; next = closing.pop()) await next();
  };
  // Somebody who interrupts us leaves no replicas behind.
  const interrupted = () => void close().finally(() => process.exit(130));
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    say(`seed ${seed}`);
    const database = await openDatabase();
    closing.push(() => database.remove());
    const names = ['one', 'two', 'three'];
    const ports = new Map<string, number>();
    for (const name of names) ports.set(name, await freePort());
    const door = await openFrontDoor([...ports.values()], random.branch('door'));
    closing.push(() => door.close());
    const standIns = await startStandIns(door.url, listLagMs, (line) => say(`stand-ins: ${line}`));
    closing.push(() => standIns.stop());
    const masterKey = randomBytes(32).toString('base64');
    const replicas = superviseReplicas({
      names,
      env: (name) => ({
        PORT: String(ports.get(name)),
        DATABASE_URL: database.url,
        SIMULATOR_URL: `${standIns.url}/via/${name}`,
        PUBLIC_BASE_URL: door.url,
        MASTER_KEY: masterKey,
        RATE_LIMITS: Object.entries(rates)
          .map(([channel, rate]) => `${channel}=${rate}`)
          .join(','),
        LOG_LEVEL: 'error',
      }),
      onLine: (name, line) => say(`${name}: ${line}`),
    });
    closing.push(() => replicas.stop());
    await replicas.allUp();
    say('three replicas serve');
    return await play({ ...settings, rates, say }, { door: door.url, database, standIns, replicas, random });
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
    await close();
  }
}

type Stage = {
  /** The address of the replicas' front door. */
  readonly door: string;
  readonly database: ChaosDatabase;
  readonly standIns: StandIns;
  readonly replicas: Replicas;
  readonly random: Random;
};

async function play(
  { seconds, seed, say, preload, rates, drainMs = 100_000 }: ChaosSettings & { readonly rates: Rates },
  stage: Stage,
): Promise<Account> {
  const { database, standIns, replicas, random } = stage;
  const db = new pg.Pool({ connectionString: database.url, max: 2 });
  db.on('error', () => {});
  try {
    await startOn(standIns, stage.door, workingMorning(await clockOf(standIns)));
    const members = membersOf(membersPerChannel);
    const calls = await prepareCalls(standIns, members);
    const phones = watchPhones(standIns);
    const references = await learn(standIns);
    // What a broken build does to this way is no measure of anything, so it is broken from here on.
    if (preload.length > 0) await replicas.breakWith(preload);
    say('the way through the script is known; now everything breaks');

    const startedAt = Date.now();
    let isGivenUp = false;
    const talkers: Talker[] = [];
    // A machine that has other things to do gets a little longer to live through enough.
    const isOver = () => {
      const lasted = (Date.now() - startedAt) / 1_000;
      const events = talkers.reduce((sum, { done }) => sum + done.length, 0);
      return (
        lasted >= seconds && (lasted >= seconds * longer || isEnough(seconds, events, replicas.kills.length))
      );
    };
    const queue = async (kind: (typeof kinds)[number], lane: number) => {
      while (!isOver()) {
        const talker = await newTalker(standIns, kind, talkers);
        await talk(talker, {
          standIns,
          phones,
          reference: references[kind],
          random: random.branch(`talker ${talker.name}`),
          isOver,
          isGivenUp: () => isGivenUp,
        });
        await pause(lane);
      }
    };
    const talking = kinds.flatMap((kind) =>
      Array.from({ length: talkersAtOnce }, (_, lane) => queue(kind, lane)),
    );
    // Whatever fails here is told below; until then nobody waits for it.
    for (const each of talking) each.catch(() => {});
    const breaking = { standIns, random: random.branch('breaking'), isOver };
    const isOut = (code: string) => async () => {
      const shown = await Promise.all(members.map((who) => standIns.messages(who)));
      return shown.some((messages) => messages.some(({ text }) => text.includes(code)));
    };
    const calling = (async () => {
      for (const code of calls) {
        await pause(seconds * 200);
        await sendCall(standIns, code, isOut(code), isOver);
      }
    })();
    const looking = receiptsLookedAt(db, isOver);
    const [, , outages] = await Promise.all([
      misbehave(breaking),
      killReplicas({ ...breaking, random: random.branch('killing') }, replicas, killEveryMs),
      restartDatabase(breaking, database, replicas, endings, (seconds * 1_000) / (endings.length + 1)),
      calling,
    ]);

    const until = Date.now();
    say('nothing breaks any more; coming to rest');
    await standIns.call('DELETE', 'faults');
    await replicas.allUp();
    // Twilio does not repeat what it could not deliver; whoever starts asks for it, once the list shows it.
    await pause(listLagMs);
    const drainMsOfOne = await replicas.retire(random.pick(replicas.names));
    await replicas.allUp();
    const deadline = Date.now() + drainMs - listLagMs;
    const restless = () => talkers.filter(({ state }) => state === 'talking').length;
    const long = until + drainMs / 2;
    let told = false;
    while (Date.now() < deadline && (restless() > 0 || (await waiting(db)) > 0)) {
      if (!told && Date.now() > long) await tellWaiting(db, say);
      told ||= Date.now() > long;
      await pause(250);
    }
    say(
      `at rest after ${Math.round((Date.now() - until) / 1_000)} s; ${restless()} still wait for an answer`,
    );
    isGivenUp = true;
    await Promise.all(talking);
    await standIns.call('POST', 'settle', {}).catch(() => say('the stand-ins did not come to rest'));
    await standIns.refreshHanded();
    if ((await waiting(db)) > 0) await tellWaiting(db, say);
    return await accountOf({
      seed,
      seconds,
      rates,
      standIns,
      db,
      talkers,
      references,
      replicas,
      outages,
      members,
      calls,
      startedAt,
      steppedBack: await looking,
      drainMsOfOne,
      unfinished: await waiting(db),
      say,
    });
  } finally {
    await db.end();
  }
}

async function newTalker(
  standIns: StandIns,
  channel: (typeof kinds)[number],
  talkers: Talker[],
): Promise<Talker> {
  const index = talkers.length;
  const address =
    { whatsapp: '+32471', telegram: '7015', slack: 'U0TALK' }[channel] + String(index).padStart(6, '0');
  const talker: Talker = { who: { channel, address }, name: nameOf(index), done: [], state: 'talking' };
  talkers.push(talker);
  await standIns.call('POST', 'people', { channel, address, locale: 'en', channels: [] });
  return talker;
}

/** One person on each channel goes through the script while nothing is broken: what each deed brings. */
async function learn(standIns: StandIns): Promise<{ readonly [kind in (typeof kinds)[number]]: Reference }> {
  const learnt = async (kind: (typeof kinds)[number]): Promise<Reference> => {
    const who: Who = {
      channel: kind,
      address: { whatsapp: '+32479000000', telegram: '7019000000', slack: 'U0CALM' }[kind],
    };
    const name = nameOf(470 + kinds.indexOf(kind));
    await standIns.call('POST', 'people', { ...who, locale: 'en', channels: [] });
    for (const [i, { say }] of script.entries()) {
      await standIns.act(who, 'say', { text: say.replace('{name}', name) });
      let seen = await standIns.messages(who);
      for (let tries = 0; tries < 200 && seen.length <= i; tries += 1) {
        await pause(50);
        seen = await standIns.messages(who);
      }
      if (seen.length !== i + 1)
        throw new Error(`"${say}" brought ${seen.length - i} messages on ${kind}: ${seen.at(-1)?.text}`);
    }
    const messages = await standIns.messages(who);
    const numbers = messages
      .map(({ text }) => /(\d+)\/14\n/.exec(text)?.[1])
      .filter((number) => number !== undefined);
    if (numbers.join() !== '1,2,3,4,5,6,7,8,9,10,11,12,13,14')
      throw new Error(`the questions are not numbered one after the other: ${numbers.join()}`);
    return messages.map(({ text }) => withoutValues(text, name));
  };
  const [whatsapp, telegram, slack] = await Promise.all([
    learnt('whatsapp'),
    learnt('telegram'),
    learnt('slack'),
  ]);
  return { whatsapp, telegram, slack };
}

/**
 * Moves the clock, and waits until whichever replica opens the front door tells the new time: the stand-ins take theirs
 * from there, and one that is behind would have people write days before they are answered.
 */
async function startOn(standIns: StandIns, door: string, morning: Date): Promise<void> {
  await standIns.call('POST', 'clock', { to: morning.toISOString() });
  for (let agreed = 0; agreed < 30; ) {
    await pause(50);
    const { now } = (await (await fetch(`${door}/simulator/clock`)).json()) as { now: string }; // documented in the README
    agreed = new Date(now) >= morning ? agreed + 1 : 0;
  }
  await pause(standInsAskMs);
}

async function clockOf(standIns: StandIns): Promise<Date> {
  return new Date(String((await standIns.call('GET', 'clock'))['now']));
}

/** The next weekday at eleven in Kigali, when nothing routine is held back. */
function workingMorning(now: Date): Date {
  for (let day = 1; ; day += 1) {
    const at = new Date(now.getTime() + day * 86_400_000);
    at.setUTCHours(9, 0, 0, 0);
    const isWeekend = at.getUTCDay() === 0 || at.getUTCDay() === 6;
    if (!isWeekend && !heldUntil('call', { zone: 'Africa/Kigali', host: true }, at)) return at;
  }
}
