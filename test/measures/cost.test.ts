import { expect, test } from 'vitest';
import { createMeasures } from '../../src/measures/measures.ts';
import { createMetrics } from '../../src/measures/metrics.ts';
import { createSpans } from '../../src/measures/traces.ts';

const turns = 2_000;
/** As a session in the middle of a form, 600 bytes. */
const session = JSON.stringify({
  lang: 'fr',
  asked: 20,
  stack: [
    {
      flow: 'registration',
      version: 1,
      answers: Object.fromEntries(Array.from({ length: 14 }, (_, i) => [`answer${i}`, 'yes'])),
      trail: Array.from({ length: 20 }, (_, i) => `answer${i}:q${i}`),
    },
  ],
});

test('to count, time and trace a turn without an SDK costs less than to read and write its session', async () => {
  const { turn } = createMeasures(createMetrics(), createSpans());
  const flows = ['hello', 'registration', 'availability', 'offer', 'sos'];
  const measured = await fastest(async (n) => {
    await turn('whatsapp', 'text', async (made) => {
      made.flow = flows[n % flows.length] ?? null;
      made.trips = 2;
      return 'kept';
    });
  });
  const bare = await fastest(async () => {
    await Promise.resolve('kept');
  });
  const json = await fastest(async () => {
    JSON.stringify(JSON.parse(session));
  });
  // Somewhat less than half of it, some 3 µs; a slow machine is slow at both.
  expect(measured - bare).toBeLessThan(json);
});

/** µs for one, in the fastest of many rounds: what else runs on this machine only ever adds. */
async function fastest(work: (n: number) => Promise<void>): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 30; round += 1) {
    const started = performance.now();
    for (let n = 0; n < turns; n += 1) await work(n);
    best = Math.min(best, ((performance.now() - started) * 1000) / turns);
  }
  return best;
}
