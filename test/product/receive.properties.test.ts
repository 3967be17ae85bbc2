import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Inbound } from '../../src/app/ports.ts';
import { receiver } from '../../src/app/receive.ts';
import type { Store } from '../../src/app/store.ts';
import { detectLanguage } from '../../src/language/detect.ts';
import { createWords } from '../../src/locale.ts';
import { createMeasures } from '../../src/measures/measures.ts';
import { createMetrics } from '../../src/measures/metrics.ts';
import { createSpans } from '../../src/measures/traces.ts';
import { createProgram } from '../../src/program.ts';
import { testStore } from '../support/store.ts';

/**
 * Promises 1 and 2 by chance: events that come twice, at once, out of order and again after a crash, before or
 * after the commit, are applied once each, and none that was acknowledged is missing.
 */

const words = createWords(fileURLToPath(new URL('../../locales', import.meta.url)));
const program = createProgram(words);
const now = new Date('2027-02-10T09:00:00Z');
const silent = { info() {}, warn() {}, error() {} };

class Crash extends Error {}

/** A store whose saves fail now and then, before or after they took effect, as a killed process would see them. */
function crashing(store: Store, script: readonly ('fine' | 'before' | 'after')[]): Store {
  let call = 0;
  return {
    ...store,
    async save(wanted) {
      const fate = script[call++ % script.length] ?? 'fine';
      if (fate === 'before') throw new Crash();
      const saved = await store.save(wanted);
      if (fate === 'after') throw new Crash();
      return saved;
    },
  };
}

const says = [
  'Bonjour',
  'Muraho',
  '1',
  '2',
  'oui',
  'menu',
  'aide',
  'n’importe quoi',
  '12',
  'Retour',
  'Anne Uwera',
];
const plan = fc.record({
  // Who says what, each event with a number of deliveries; several are handed in at once.
  events: fc.array(
    fc.record({ who: fc.nat(2), text: fc.constantFrom(...says), deliveries: fc.integer({ min: 1, max: 3 }) }),
    { minLength: 1, maxLength: 12 },
  ),
  crashes: fc.array(fc.constantFrom('fine', 'fine', 'fine', 'before', 'after'), {
    minLength: 1,
    maxLength: 7,
  }),
  atOnce: fc.integer({ min: 1, max: 4 }),
});

test('every acknowledged event is applied exactly once, whatever is delivered twice or crashes', async () => {
  const { store, db } = await testStore();
  let run = 0;
  await fc.assert(
    fc.asyncProperty(plan, async ({ events, crashes, atOnce }) => {
      run += 1;
      const prefix = `r${run}`;
      const measures = createMeasures(createMetrics(), createSpans());
      const receive = receiver({
        store: crashing(store, crashes),
        program,
        classOf: (key) => words.classOf(key) ?? 'service',
        detect: detectLanguage,
        clock: { now: () => now },
        log: silent,
        measures,
        committed: () => {},
      });
      const inbounds = events.map(
        ({ who, text }, i): Inbound => ({
          channel: 'telegram',
          account: '7000000001',
          address: `${prefix}-${who}`,
          key: `${prefix}-${i}`,
          at: now,
          event: { kind: 'text', text },
        }),
      );
      const deliveries = events.flatMap(({ deliveries: n }, i) =>
        Array.from({ length: n }, () => inbounds[i]),
      );
      const acknowledged = new Set<string>();
      const deliver = async (inbound: Inbound | undefined) => {
        if (!inbound) return;
        await receive(inbound).then(
          () => acknowledged.add(inbound.key),
          () => {}, // not acknowledged: the provider comes again
        );
      };
      for (let i = 0; i < deliveries.length; i += atOnce)
        await Promise.all(deliveries.slice(i, i + atOnce).map(deliver));
      // Providers come again until they are acknowledged.
      for (let round = 0; round < 20 && acknowledged.size < inbounds.length; round += 1) {
        for (const inbound of inbounds) if (!acknowledged.has(inbound.key)) await deliver(inbound);
      }
      const { rows } = await db.query<{ key: string; turns: number }>(
        `SELECT s.key, count(*)::int AS turns FROM seen s WHERE s.key LIKE $1 GROUP BY 1`,
        [`${prefix}-%`],
      );
      expect(rows.map(({ key }) => key).sort()).toEqual(inbounds.map(({ key }) => key).sort());
      expect(acknowledged.size).toBe(inbounds.length);
      const total = await db.query<{ turns: number; seen: number }>(
        'SELECT (SELECT count(*)::int FROM turn) AS turns, (SELECT count(*)::int FROM seen) AS seen',
      );
      expect(total.rows[0]?.turns, 'one turn for every event, over all runs').toBe(total.rows[0]?.seen);
    }),
    { numRuns: 40, seed: 20261123 },
  );
}, 120_000);
