import type pg from 'pg';
import type { Handed } from '../simulator/handed.ts';
import type { Rates } from './chaos.ts';
import type { Members } from './coordinator.ts';
import {
  aboveRate,
  copiesIn,
  firstCopies,
  isUnderWay,
  judgeTalk,
  type Outage,
  receiptsBack,
  sendsOf,
  unanswered,
  unknownOutcomes,
  type Verdict,
} from './judge.ts';
import type { Replicas } from './replicas.ts';
import { placeOf, type Reference } from './script.ts';
import type { StandIns } from './stand-ins.ts';
import type { Talker } from './talker.ts';

export type Check = {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
  readonly ok: boolean;
};
export type Account = {
  readonly ok: boolean;
  readonly checks: readonly Check[];
  readonly exposure: { readonly [what: string]: number };
  readonly seed: number;
};

/** What a run of the default length has to have lived through to count; a shorter one in proportion. */
const enough = { events: 2_000, kills: 20, unknownOutcomes: 50 } as const;
export const defaultSeconds = 150;

const kinds = ['whatsapp', 'telegram', 'slack'] as const;

export function isEnough(seconds: number, events: number, kills: number): boolean {
  const share = shareOf(seconds);
  return events >= enough.events * share && kills >= enough.kills * share;
}

const shareOf = (seconds: number) => Math.min(1, seconds / defaultSeconds);

/** Counts. Everything comes from the stand-ins' side, but where said otherwise. */
export async function accountOf(run: {
  readonly seed: number;
  readonly seconds: number;
  readonly rates: Rates;
  readonly standIns: StandIns;
  readonly db: pg.Pool;
  readonly talkers: readonly Talker[];
  readonly references: { readonly [kind in (typeof kinds)[number]]: Reference };
  readonly replicas: Replicas;
  readonly outages: readonly Outage[];
  readonly members: Members;
  readonly calls: readonly string[];
  readonly startedAt: number;
  readonly steppedBack: number;
  readonly drainMsOfOne: number;
  readonly unfinished: number;
  readonly say: (line: string) => void;
}): Promise<Account> {
  const { standIns, replicas, outages, talkers, say } = run;
  const sends = sendsOf(await standIns.requests());
  const during = sends.filter(({ at }) => at >= run.startedAt);
  const unknown = unknownOutcomes(during, replicas.kills, outages);
  const copies = copiesIn(sends);
  const copiesOn = (channel: string) => copies.filter(({ copy }) => copy.channel === channel);
  const open = unanswered(during, replicas.kills);
  // Telegram cannot be asked, so what may have been sent is sent once more (rule 17). Every copy needs its reason:
  // whoever sent it before cannot have known.
  const groundless = copiesOn('telegram').filter(({ before }) => before.some((send) => !unknown.has(send)));

  let verdict: Verdict = { lost: 0, unrecovered: 0, twice: 0, outOfOrder: 0, appliedOutOfOrder: 0 };
  const since = (at: number | null) =>
    at === null ? 'never' : `+${((at - run.startedAt) / 1_000).toFixed(1)}`;
  for (const talker of talkers) {
    const messages = firstCopies(sends, talker.who, await standIns.messages(talker.who));
    const one = judgeTalk(talker, messages, standIns.handed, run.references[talker.who.channel]);
    verdict = added(verdict, one);
    if (one.lost > 0) {
      const reference = run.references[talker.who.channel];
      for (const text of messages)
        if (!placeOf(reference, text, talker.name)) say(`not of the script: ${JSON.stringify(text)}`);
      const last = talker.done.at(-1)?.deed ?? '';
      const handed = standIns.handed.get(last);
      const tried = sends.filter(({ address }) => address === talker.who.address).slice(-3);
      say(
        `lost? deed ${last} of ${since(Date.parse(handed?.at ?? ''))} tried ${handed?.tries} acknowledged ${since(Date.parse(handed?.ackedAt ?? ''))}; last sends ${tried.map((send) => `${since(send.at)} ${send.via} ${send.made ?? 'made nothing'} ${send.isKnown ? '' : 'unknown'}`).join('; ')}`,
      );
    }
    if (Object.values(one).some((count) => count > 0))
      say(
        `${talker.who.channel} ${talker.who.address}: ${JSON.stringify(one)}; did ${talker.done.map(({ at, how, afterAck, uncertain, deed }) => `${at}${how === 'press' ? 'p' : ''}${afterAck ? 'q' : ''}${uncertain ? '?' : ''}${standIns.handed.get(deed)?.ackedAt == null ? '!' : ''}`).join(' ')}; saw ${messages.map((text) => text.slice(0, 24).replaceAll('\n', '/')).join(' | ')}`,
      );
  }
  const called = await judgeCalls(run, sends);
  const receipts = await receiptsOf(standIns);
  const ledger = await run.db.query<{ provider_id: string; state: string }>(
    'SELECT provider_id, state FROM ledger WHERE provider_id IS NOT NULL',
  );
  const states = new Map(ledger.rows.map(({ provider_id: id, state }) => [id, state]));
  const back = receiptsBack(receipts, states);
  if (copies.length > 0) {
    say(`kills: ${replicas.kills.map(({ name, at }) => `${name} ${since(at)}`).join(', ')}`);
    say(`database away: ${outages.map(({ from, to }) => `${since(from)} to ${since(to)}`).join(', ')}`);
  }
  for (const { copy, before } of copies) {
    const told = [...before, copy].map(
      (send) =>
        `${send.via} ${since(send.at)} answered ${since(send.answeredAt)}${send.isKnown ? '' : ' unknown'}`,
    );
    say(`seen again: ${copy.key.slice(0, 80)}: ${told.join('; ')}`);
  }
  await explain(run.db, say);

  const most = (name: string, value: number, limit = 0): Check => ({
    name,
    value,
    limit,
    ok: value <= limit,
  });
  const checks = [
    most('events acknowledged and lost', verdict.lost + called.lost),
    most('events never acknowledged and not recovered', verdict.unrecovered),
    most('turns applied twice', verdict.twice),
    most('messages seen twice on WhatsApp', copiesOn('whatsapp').length),
    most('messages seen twice on Slack', copiesOn('slack').length),
    most(
      'messages seen twice on Telegram',
      copiesOn('telegram').length,
      [...unknown].filter(({ channel }) => channel === 'telegram').length,
    ),
    most('messages seen twice on Telegram without an unknown outcome', groundless.length),
    most('order violations, inbound', verdict.appliedOutOfOrder),
    most('order violations, outbound', verdict.outOfOrder + called.outOfOrder),
    ...kinds.map((kind) =>
      most(
        `sends above the rate on ${kind}`,
        aboveRate(
          sends.filter(({ channel }) => channel === kind).map(({ at }) => at),
          run.rates[kind],
          standIns.stalls,
        ),
      ),
    ),
    most('receipts moved backwards', back.length + run.steppedBack),
    most('messages that never came to rest', run.unfinished),
    most('replicas that ended by themselves', replicas.crashes.length),
    most('milliseconds of a graceful end', run.drainMsOfOne, 10_000),
  ];

  const events = talkers.reduce((sum, { done }) => sum + done.length, 0);
  const share = shareOf(run.seconds);
  const exposure = {
    seconds: run.seconds,
    people: talkers.length,
    events,
    events_repeated: [...standIns.handed.values()].filter(({ tries }) => tries > 1).length,
    receipts: receipts.length,
    sends: during.length,
    kills: replicas.kills.length,
    sends_in_flight_at_a_kill: during.filter((send) => replicas.kills.some((kill) => isUnderWay(send, kill)))
      .length,
    unknown_outcomes: open.size,
    unrecorded_outcomes: unknown.size - open.size,
    database_restarts: outages.length,
    starts_without_database: replicas.failedStarts,
    calls_received: called.received,
    ms_stand_ins_stood_still: standIns.stalls.reduce((sum, { from, to }) => sum + to - from, 0),
  };
  const least = (name: string, value: number, wanted: number): Check => ({
    name: `exposure: ${name}`,
    value,
    limit: wanted,
    ok: value >= wanted,
  });
  const exposed = [
    least('events', events, Math.floor(enough.events * share)),
    least('kills', replicas.kills.length, Math.floor(enough.kills * share)),
    least('unknown outcomes', open.size, Math.floor(enough.unknownOutcomes * share)),
  ];
  const all = [...checks, ...exposed];
  return { ok: all.every(({ ok }) => ok), checks: all, exposure, seed: run.seed };
}

/** What our own records say, for whoever looks into a violation; nothing is counted here. */
async function explain(db: pg.Pool, say: (line: string) => void): Promise<void> {
  const { rows } = await db.query<{ what: string; n: number }>(
    `SELECT concat_ws(' ', a.channel, l.state, l.reason) AS what, count(*)::int AS n FROM ledger l
     JOIN conversation c ON c.id = l.conversation_id JOIN account a ON a.id = c.account_id
     WHERE l.state NOT IN ('delivered', 'read') GROUP BY 1
     UNION ALL SELECT 'turns ' || kind, count(*)::int FROM turn GROUP BY 1 ORDER BY 1`,
  );
  say(`in our records: ${rows.map(({ what, n }) => `${what} ${n}`).join(', ')}`);
}

function added(a: Verdict, b: Verdict): Verdict {
  return {
    lost: a.lost + b.lost,
    unrecovered: a.unrecovered + b.unrecovered,
    twice: a.twice + b.twice,
    outOfOrder: a.outOfOrder + b.outOfOrder,
    appliedOutOfOrder: a.appliedOutOfOrder + b.appliedOutOfOrder,
  };
}

async function receiptsOf(standIns: StandIns): Promise<readonly Handed[]> {
  const { handed } = await standIns.call('GET', 'handed?after=0');
  return (handed as Handed[]).filter(({ what }) => what !== 'event');
}

/** A call goes to all of its members or to nobody, once, and the first before the second. */
async function judgeCalls(
  { standIns, members, calls }: { standIns: StandIns; members: Members; calls: readonly string[] },
  sends: ReturnType<typeof sendsOf>,
): Promise<{ lost: number; outOfOrder: number; received: number }> {
  const places = await Promise.all(
    members.map(async (who) => {
      const texts = firstCopies(sends, who, await standIns.messages(who));
      return calls.map((code) => texts.findIndex((text) => text.includes(code)));
    }),
  );
  let [lost, outOfOrder, received] = [0, 0, 0];
  for (const [i] of calls.entries()) {
    const got = places.filter((at) => (at[i] ?? -1) >= 0).length;
    received += got;
    if (got > 0) lost += members.length - got;
  }
  for (const [first = -1, second = -1] of places)
    if (first >= 0 && second >= 0 && second < first) outOfOrder += 1;
  return { lost, outOfOrder, received };
}
