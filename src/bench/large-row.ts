import type pg from 'pg';
import { type Approved, approve, manyPeople } from './broadcast-row.ts';
import { benchDay } from './ground.ts';
import { type Contact, populate } from './people.ts';
import { atMost, type Row } from './row.ts';
import { median, percentile } from './statistics.ts';
import { fewPeople, medianRate, openTurns } from './turn-row.ts';
import type { Measured } from './webhook-load.ts';
import { withoutIndexes } from './without-indexes.ts';

/** How many different people write: more than any cache of keys or sessions holds. */
const writing = 20_000;

/** Turns and a broadcast again where there is much else: the same people as before would only warm the same pages. */
export const largeRow: Row = {
  what: 'the turn and the broadcast again beside a large past, contacts drawn at random from all',
  async measure(ground) {
    const { rounds, recipients, large } = ground.size;
    const started = performance.now();
    let contacts: readonly Contact[] = [];
    await ground.hastily(() =>
      ground.prepare('large', async (db) => {
        const oneIn = Math.max(1, Math.round(large.contacts / recipients));
        contacts = await populate(db, ground.seals, { contacts: large.contacts, oneIn, reachable: writing });
        await addPast(db, large);
      }),
    );
    const loadSeconds = (performance.now() - started) / 1000;
    ground.say(
      `  loaded ${large.contacts} contacts and ${large.messages} messages in ${loadSeconds.toFixed(0)} s`,
    );

    const fewContacts = await fewPeople(ground);
    const [small, big] = [
      await openTurns(ground, await ground.copyOf('few'), fewContacts),
      await openTurns(ground, ground.addressOf('large'), contacts),
    ];
    const turns = { small: [] as Measured[], large: [] as Measured[] };
    for (let round = 0; round < rounds; round += 1) {
      turns.small.push(await small.round());
      turns.large.push(await big.round());
    }
    await small.stop();
    await big.stop();

    await manyPeople(ground);
    const smallCalls: Approved[] = [];
    for (let round = 0; round < rounds; round += 1)
      smallCalls.push(await approve(ground, await ground.copyOf('many')));
    const call = await approve(ground, ground.addressOf('large'));

    const smallMs = median(smallCalls.map(({ ms }) => ms));
    const latencies = turns.large.flatMap(({ latenciesMs }) => latenciesMs);
    return {
      figures: {
        contacts: large.contacts,
        'past messages': large.messages,
        'loading took, s': loadSeconds,
        'turns/s': medianRate(turns.large),
        'p50, ms': percentile(latencies, 0.5),
        'p99, ms': percentile(latencies, 0.99),
        'turns/s on the small database': medianRate(turns.small),
        recipients: call.recipients,
        'approved and queued, ms': call.ms,
        'approved and queued on the small database, ms': smallMs,
      },
      checks: [
        atMost(
          'a turn, times the small database',
          median(turns.small.map((one, i) => one.perSecond / (turns.large[i]?.perSecond ?? 1))),
          1.25,
        ),
        atMost('the broadcast, times the small database', call.ms / smallMs, 2),
        atMost('memory grown by the broadcast, MiB', call.grownMiB, 64),
      ],
    };
  },
};

/**
 * Messages of the past with what each leaves behind: every second one was heard (its event id and its turn), every
 * second one was sent (its ledger row and a transition). Two connections load at once.
 */
async function addPast(
  db: pg.Pool,
  { contacts, messages }: { readonly contacts: number; readonly messages: number },
): Promise<void> {
  const past = `'${benchDay.toISOString()}'::timestamptz - interval '300 days' + g * interval '1 second'`;
  const who = `1 + (g * 7368787) % ${contacts}`;
  const half = `generate_series(1, ${Math.ceil(messages / 2)}::bigint) g`;
  await Promise.all([
    fill(
      db,
      ['seen', 'turn'],
      [
        `INSERT INTO seen (account_id, key, at) SELECT 1, 'SM' || md5(g::text), ${past} FROM ${half}`,
        `INSERT INTO turn (conversation_id, at, kind, event, flow, version, step_before, step_after, revision, trips)
       SELECT ${who}, ${past}, 'text', left(repeat(md5(g::text), 4), 100), 'menu', 1, 'home', 'dates', g % 40, 2 FROM ${half}`,
      ],
    ),
    fill(
      db,
      ['ledger', 'transition'],
      [
        `INSERT INTO ledger (conversation_id, turn_id, person_id, lane, class, key, lang, message, state, due_at, attempts, provider_id, tried_at, sent_at, created_at)
       SELECT ${who}, g, ${who}, 'reply', 'reply', 'menu.home.active.text', 'en', repeat(md5(g::text), 10),
         CASE WHEN g % 2 = 0 THEN 'read' ELSE 'delivered' END, ${past}, 1, 'MM' || md5((g + 1)::text), ${past}, ${past}, ${past}
       FROM ${half}`,
        `INSERT INTO transition (ledger_id, at, state) SELECT g, ${past}, 'delivered' FROM ${half}`,
      ],
    ),
  ]);
  await db.query('VACUUM (ANALYZE)');
}

function fill(db: pg.Pool, tables: readonly string[], statements: readonly string[]): Promise<void> {
  return withoutIndexes(db, tables, async (client) => {
    for (const text of statements) await client.query(text);
  });
}
