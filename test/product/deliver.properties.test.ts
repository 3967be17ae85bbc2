import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deliverer } from '../../src/app/deliver.ts';
import type { Address, Channel, ChannelName, Outcome, Receipt } from '../../src/app/ports.ts';
import type { Preparing } from '../../src/app/prepare.ts';
import type { Queue } from '../../src/app/queue.ts';
import { type LookUp, reconciler } from '../../src/app/reconcile.ts';
import type { Deed } from '../../src/domain/model.ts';
import { render } from '../../src/engine/render.ts';
import { createWords } from '../../src/locale.ts';
import { createMeasures } from '../../src/measures/measures.ts';
import { createMetrics } from '../../src/measures/metrics.ts';
import { createSpans } from '../../src/measures/traces.ts';
import { createProgram } from '../../src/program.ts';
import { loadRequest, testStore, turnOf } from '../support/store.ts';

/**
 * Promises 3, 4 and 5 by chance: providers that refuse, stay silent, or accept and say so too late; processes that
 * die before, during and after a send; receipts in any order, twice, and before the answer to our own request. The
 * provider here is one that remembers what it really accepted; the database, the ledger and both replicas are real.
 */

const words = createWords(fileURLToPath(new URL('../../locales', import.meta.url)));
const program = createProgram(words);
const measures = createMeasures(createMetrics(), createSpans());
const silent = { info() {}, warn() {}, error() {} };

class Crash extends Error {}

/** What a call of the provider comes to. `taken` and `died_after` were accepted, and we do not hear of it. */
const fates = ['sent', 'throttled', 'refused', 'silent', 'taken', 'died_before', 'died_after'] as const;
type Fate = (typeof fates)[number];
const accepted: readonly Fate[] = ['sent', 'taken', 'died_after'];
const unheard: readonly Fate[] = ['silent', 'taken', 'died_before', 'died_after'];

type Call = { readonly row: string; readonly address: string; readonly fate: Fate };

/** Remembers every call; answers from the script, and in the end always well, as providers do. */
function provider(
  name: ChannelName,
  script: readonly Fate[],
  misfortunes: number,
  taken: (row: string, address: string) => Promise<void>,
) {
  const calls: Call[] = [];
  const channel: Channel = {
    name,
    account: 'ours',
    limits: { text: 1600, buttons: { max: 3, label: 20 }, list: null },
    async send({ ledgerId, address }): Promise<Outcome> {
      const fate = calls.length < misfortunes ? (script[calls.length % script.length] ?? 'sent') : 'sent';
      calls.push({ row: ledgerId, address, fate });
      if (accepted.includes(fate)) await taken(ledgerId, address);
      if (fate === 'died_before' || fate === 'died_after') throw new Crash();
      if (fate === 'silent' || fate === 'taken') return { kind: 'unknown', detail: 'timeout' };
      if (fate === 'throttled') return { kind: 'throttled', scope: 'account', retryAfterMs: 1 };
      if (fate === 'refused') return { kind: 'not_sent', detail: 'overloaded' };
      return { kind: 'sent', providerId: `p${ledgerId}` };
    },
  };
  const lookUp: LookUp = async ({ ledgerId }) =>
    calls.some((call) => call.row === ledgerId && accepted.includes(call.fate))
      ? { kind: 'found', providerId: `p${ledgerId}` }
      : { kind: 'absent' };
  return { channel, lookUp, calls };
}

/** A ledger whose writer now and then dies before or after what became of a send is written down. */
function crashing(queue: Queue, script: readonly ('fine' | 'before' | 'after')[]) {
  let call = 0;
  const unwritten: string[] = [];
  const ledger: Queue = {
    ...queue,
    async settle(changes, now) {
      const fate = script[call++ % script.length] ?? 'fine';
      if (fate === 'before') {
        unwritten.push(...changes.map(({ row }) => String(row.id)));
        throw new Crash();
      }
      await queue.settle(changes, now);
      if (fate === 'after') throw new Crash();
    },
  };
  return { ledger, unwritten };
}

const receiptStates = ['sent', 'delivered', 'read'] as const;
const plan = fc.record({
  channel: fc.constantFrom<ChannelName>('whatsapp', 'telegram'),
  messages: fc.array(
    fc.record({ who: fc.nat(2), lane: fc.constantFrom('reply' as const, 'urgent' as const) }),
    { minLength: 1, maxLength: 10 },
  ),
  fates: fc.array(fc.constantFrom<Fate>('sent', 'sent', ...fates), { minLength: 1, maxLength: 9 }),
  misfortunes: fc.nat(12),
  // Two in a row would hold an address up beyond the two minutes that rule 15 allows, and then order is not promised.
  settles: fc
    .array(fc.constantFrom('fine' as const, 'before' as const, 'after' as const), {
      minLength: 0,
      maxLength: 3,
    })
    .map((some) => some.flatMap((fate) => [fate, 'fine' as const, 'fine' as const]).concat('fine')),
  /** Twilio's callback may come before the answer to our own request (rule 17). */
  early: fc.boolean(),
  /** Who says STOP while all this goes on. */
  stops: fc.option(fc.nat(2), { nil: null, freq: 2 }),
  receipts: fc.array(fc.constantFrom(...receiptStates), { minLength: 0, maxLength: 6 }),
});

/** Rule 16, to the letter. A row comes into being as `queued`. */
const moves: { readonly [from: string]: readonly string[] } = {
  queued: ['held', 'sending', 'cancelled'],
  sending: ['sent', 'unknown', 'queued', 'failed'],
  unknown: ['sent', 'queued', 'failed'],
  sent: ['delivered', 'read', 'failed'],
  delivered: ['read'],
  read: [],
  failed: [],
  cancelled: [],
};

test('every message is accepted once, in order, whatever the provider and our processes do', async () => {
  const { store, queue, db } = await testStore();
  let run = 0;
  await fc.assert(
    fc.asyncProperty(plan, async (given) => {
      run += 1;
      let now = new Date(Date.parse('2027-03-01T09:00:00Z'));
      const clock = { now: () => now };
      const tell = (row: string, address: string, state: Receipt['state'], key: string) => {
        const receipt: Receipt = { ledgerId: row, providerId: `p${row}`, state };
        const who = { channel: given.channel, account: `${given.channel} ours`, address };
        return store.receipt(who, key, receipt, now);
      };
      const { channel, lookUp, calls } = provider(
        given.channel,
        given.fates,
        given.misfortunes,
        async (row, address) => {
          if (given.early && given.channel === 'whatsapp') await tell(row, address, 'sent', `p${row}:sent`);
        },
      );
      const { ledger, unwritten } = crashing(queue, given.settles);
      const preparing: Preparing = {
        queue: ledger,
        program,
        words: {
          render: (message, row) => render(message, row.lang, words.write),
          template: () => null,
        },
      };
      const replica = () =>
        deliverer({
          ...preparing,
          channels: new Map([[channel.name, channel]]),
          clock,
          log: silent,
          measures,
          random: () => 0.5,
        });
      const replicas = [replica(), replica()];
      const ask = reconciler({
        ...preparing,
        lookUps: new Map(given.channel === 'telegram' ? [] : [[channel.name, lookUp]]),
        clock,
        log: silent,
        random: () => 0.5,
      });

      const addresses = [0, 1, 2].map(
        (who): Address => ({
          channel: given.channel,
          account: `${given.channel} ours`,
          address: `${run}-${who}`,
        }),
      );
      for (const [who, address] of addresses.entries()) {
        const id = 1000 + run * 3 + who;
        const person: Deed = {
          kind: 'insert',
          table: 'person',
          id,
          row: { lang: 'fr', zone: 'Europe/Berlin' },
        };
        const loaded = await store.load(loadRequest(`p${run}-${who}`, now, address));
        const deeds: Deed[] = [person, { kind: 'link', personId: id }];
        await store.save(turnOf(loaded, `p${run}-${who}`, now, { deeds, messages: [] }));
      }
      for (const [i, { who, lane }] of given.messages.entries()) {
        const address = addresses[who];
        if (!address) throw new Error('three people');
        const loaded = await store.load(loadRequest(`r${run}-${i}`, now, address));
        const turn = turnOf(loaded, `r${run}-${i}`, now);
        await store.save({
          ...turn,
          messages: turn.messages.map((message) => ({ ...message, lane, class: lane })),
        });
        replicas[i % 2]?.kick();
      }

      const stopped = given.stops === null ? undefined : addresses[given.stops];
      const stoppedId = 1000 + run * 3 + (given.stops ?? 0);
      let callsBefore = 0;
      const onTheirWay = new Set<string>();
      if (stopped) {
        const loaded = await store.load(loadRequest(`s${run}`, now, stopped));
        const set = { opted_out_at: now.toISOString() };
        const deeds: Deed[] = [{ kind: 'update', table: 'person', id: stoppedId, revision: 0, set }];
        await store.save(turnOf(loaded, `s${run}`, now, { deeds, messages: [] }));
        const { rows: left } = await db.query<{ id: string }>(
          "SELECT id FROM ledger WHERE person_id = $1 AND state = 'sending'",
          [stoppedId],
        );
        for (const { id } of left) onTheirWay.add(id);
        callsBefore = calls.length;
      }

      // Half a minute at a time goes by on both clocks, until everything has come to rest.
      let waiting = 1;
      for (let round = 0; round < 120 && waiting > 0; round += 1) {
        await Promise.all(replicas.map((one) => one.idle()));
        await ask().catch((error) => {
          if (!(error instanceof Crash)) throw error;
        });
        now = new Date(now.getTime() + 30_000);
        await db.query(
          `UPDATE ledger SET leased_until = leased_until - interval '30 seconds', blocks_until = blocks_until - interval '30 seconds'
           WHERE state IN ('sending', 'unknown')`,
        );
        const { rows } = await db.query<{ n: number }>(
          "SELECT count(*)::int AS n FROM ledger WHERE state IN ('queued', 'sending', 'unknown')",
        );
        waiting = rows[0]?.n ?? 0;
      }
      expect(waiting, 'everything comes to rest').toBe(0);
      await Promise.all(replicas.map((one) => one.stop()));

      const { rows } = await db.query<{ id: string; state: string; lane: string; address: string }>(
        `SELECT l.id, l.state, l.lane, c.id AS address FROM ledger l JOIN conversation c ON c.id = l.conversation_id
         JOIN account a ON a.id = c.account_id
         WHERE l.id = ANY ($1) ORDER BY l.id`,
        [[...new Set(calls.map(({ row }) => row))]],
      );
      const never = await db.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM ledger WHERE person_id = $1 AND state = 'cancelled' AND NOT id = ANY ($2)`,
        [stoppedId, rows.map(({ id }) => id)],
      );
      const untried = never.rows[0]?.n ?? 0;
      expect(rows.length + untried, 'each message was tried, or stopped').toBe(given.messages.length);
      for (const { id, lane } of rows) {
        const after = calls
          .slice(callsBefore)
          .filter((call) => call.row === id && call.address === stopped?.address);
        // Whatever had been taken when STOP was kept may still leave, once.
        if (stopped && lane === 'urgent')
          expect(after.length, `${id} after STOP`).toBeLessThanOrEqual(onTheirWay.has(id) ? 1 : 0);
      }
      for (const { id, state } of rows) {
        const own = calls.filter(({ row }) => row === id);
        const times = own.filter(({ fate }) => accepted.includes(fate)).length;
        const blind =
          own.filter(({ fate }) => unheard.includes(fate)).length +
          unwritten.filter((row) => row === id).length;
        if (given.channel === 'whatsapp')
          expect(times, `${id} ${state}`).toBe(state === 'failed' || state === 'cancelled' ? 0 : 1);
        else {
          expect(times - 1, `${id} repeats`).toBeLessThanOrEqual(blind);
          if (state !== 'failed' && state !== 'cancelled') expect(times, `${id} ${state}`).toBeGreaterThan(0);
        }
      }
      for (const address of new Set(calls.map((call) => call.address)))
        for (const lane of ['reply', 'urgent']) {
          const of = new Set(rows.filter((row) => row.lane === lane).map(({ id }) => id));
          const first = calls
            .filter((call) => call.address === address && of.has(call.row) && accepted.includes(call.fate))
            .map(({ row }) => Number(row))
            .filter((row, i, all) => all.indexOf(row) === i);
          expect(first, `${address} ${lane}`).toEqual(first.toSorted((a, b) => a - b));
        }

      const heard = rows.filter(({ state }) => state === 'sent').map(({ id }) => id);
      for (const row of heard) {
        const { address = '' } = calls.find((one) => one.row === row) ?? {};
        for (const [i, state] of given.receipts.entries()) await tell(row, address, state, `p${row}:${i}`);
      }
      const rank = (state: string) => receiptStates.indexOf(state as (typeof receiptStates)[number]);
      const furthest = Math.max(0, ...given.receipts.map(rank));
      const after = await db.query<{ id: string; state: string }>(
        'SELECT id, state FROM ledger WHERE id = ANY ($1)',
        [heard],
      );
      for (const { id, state } of after.rows) expect(rank(state), `${id} ${state}`).toBe(furthest);

      const history = await db.query<{ ledger_id: string; states: string[] }>(
        'SELECT ledger_id, array_agg(state ORDER BY id) AS states FROM transition WHERE ledger_id = ANY ($1) GROUP BY 1',
        [rows.map(({ id }) => id)],
      );
      for (const { ledger_id: id, states } of history.rows) {
        expect(states.filter((state) => state === 'sent').length, `${id} sent`).toBeLessThanOrEqual(1);
        for (const [i, to] of states.entries()) {
          const from = i === 0 ? undefined : states[i - 1];
          if (from !== undefined && from !== to)
            expect(moves[from], `${id}: ${states.join(' → ')}`).toContain(to);
        }
      }
    }),
    { numRuns: 60, seed: 20261127 },
  );
}, 180_000);
