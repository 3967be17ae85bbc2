import { expect, test } from 'vitest';
import { type Outcome, type Standing, Unavailable } from '../../src/app/ports.ts';
import { createMeasures } from '../../src/measures/measures.ts';
import { createMetrics } from '../../src/measures/metrics.ts';
import { createSpans } from '../../src/measures/traces.ts';

const standing: Standing = {
  queued: 3,
  sending: 1,
  unknown: 0,
  held: new Map([
    ['quiet_hours', 2],
    ['busy', 1],
  ]),
  oldestQueuedSeconds: 61.5,
  tickets: { open: 2, assigned: 1 },
  timersOverdue: 4,
};

function measured() {
  const metrics = createMetrics();
  let ms = 0;
  const measures = createMeasures(metrics, createSpans(), () => ms);
  return { metrics, measures, pass: (more: number) => (ms += more) };
}

test('a turn counts by channel, flow and outcome, with its time and its round trips', async () => {
  const { metrics, measures, pass } = measured();
  const received = await measures.turn('telegram', 'text', async (made) => {
    made.flow = 'hello';
    made.trips = 2;
    pass(30);
    return 'kept';
  });
  expect(received).toBe('kept');
  const page = await metrics.page(null);
  expect(page).toContain('intumwa_turns_total{channel="telegram",flow="hello",outcome="kept"} 1');
  expect(page).toContain('intumwa_turn_seconds_bucket{le="0.02",channel="telegram"} 0');
  expect(page).toContain('intumwa_turn_seconds_bucket{le="0.05",channel="telegram"} 1');
  expect(page).toContain('intumwa_turn_trips_bucket{le="2"} 1');
});

test('what a turn throws is counted by its kind and thrown on', async () => {
  const { metrics, measures } = measured();
  const away = measures.turn('slack', 'text', () => Promise.reject(new Unavailable('away')));
  await expect(away).rejects.toThrow(Unavailable);
  const bug = measures.turn('slack', 'text', () => Promise.reject(new RangeError('bug')));
  await expect(bug).rejects.toThrow(RangeError);
  const page = await metrics.page(null);
  expect(page).toContain('intumwa_turns_total{channel="slack",flow="none",outcome="unavailable"} 1');
  expect(page).toContain('intumwa_turns_total{channel="slack",flow="none",outcome="threw"} 1');
});

test('the Telegram poller shows while it is in this process', async () => {
  const { metrics } = measured();
  const line = async () => /^intumwa_telegram_polling .*$/m.exec(await metrics.page(null))?.[0];
  expect(await line()).toBeUndefined();
  metrics.polled('down');
  expect(await line()).toBe('intumwa_telegram_polling 0');
  metrics.polled('up');
  expect(await line()).toBe('intumwa_telegram_polling 1');
  metrics.polled('off');
  expect(await line()).toBeUndefined();
});

test('a delivery counts by what the provider said, and what it did not take is its error', async () => {
  const { metrics, measures } = measured();
  const about = { kind: 'reply', flow: null };
  const outcomes: Outcome[] = [
    { kind: 'sent', providerId: 'SM1' },
    { kind: 'throttled', scope: 'account', retryAfterMs: 1 },
    { kind: 'rejected', detail: 'no' },
  ];
  for (const outcome of outcomes)
    expect(await measures.sending('whatsapp', about, async () => outcome)).toBe(outcome);
  measures.receipt('whatsapp', 'read');
  measures.receipt('whatsapp', 'failed');
  const page = await metrics.page(null);
  expect(page).toContain('intumwa_deliveries_total{channel="whatsapp",outcome="sent"} 1');
  expect(page).toContain('intumwa_receipts_total{channel="whatsapp",state="read"} 1');
  expect(page.match(/^intumwa_provider_errors_total.*/gm)).toEqual([
    'intumwa_provider_errors_total{channel="whatsapp",what="throttled"} 1',
    'intumwa_provider_errors_total{channel="whatsapp",what="rejected"} 1',
    'intumwa_provider_errors_total{channel="whatsapp",what="failed_later"} 1',
  ]);
});

test('timers count by line, events of adapters by name', async () => {
  const { metrics, measures } = measured();
  await measures.timer('offer.remind24', async () => 'fired');
  measures.count('telegram.ignored.bot');
  measures.count('telegram.ignored.bot');
  const page = await metrics.page(null);
  expect(page).toContain('intumwa_timers_total{line="offer.remind24",outcome="fired"} 1');
  expect(page).toContain('intumwa_events_total{channel="telegram",what="ignored.bot"} 2');
});

test('what waits is as the database says, and absent when it cannot be asked', async () => {
  const { metrics } = measured();
  const page = await metrics.page(standing);
  expect(page.match(/^intumwa_(?:database|ledger|tickets|timers_overdue).*/gm)).toEqual([
    'intumwa_database_up 1',
    'intumwa_ledger_rows{state="queued"} 3',
    'intumwa_ledger_rows{state="held"} 3',
    'intumwa_ledger_rows{state="sending"} 1',
    'intumwa_ledger_rows{state="unknown"} 0',
    'intumwa_ledger_held_rows{reason="quiet_hours"} 2',
    'intumwa_ledger_held_rows{reason="busy"} 1',
    'intumwa_ledger_oldest_queued_seconds 61.5',
    'intumwa_tickets_open{status="open"} 2',
    'intumwa_tickets_open{status="assigned"} 1',
    'intumwa_timers_overdue 4',
  ]);
  expect((await metrics.page(null)).match(/^intumwa_(?:database|ledger|tickets|timers_overdue).*/gm)).toEqual(
    ['intumwa_database_up 0'],
  );
  const later = await metrics.page({ ...standing, held: new Map() });
  expect(later).not.toContain('quiet_hours');
});

test('a label that runs wild ends as "other"', async () => {
  const { metrics, measures } = measured();
  for (let n = 0; n < 1_000; n += 1) {
    measures.count(`slack.made_up_${n}`);
    await measures.timer(`line ${n}`, async () => 'fired');
    metrics.turn('slack', `flow ${n}`, 'kept', 0.01, 2);
  }
  const page = await metrics.page(null);
  for (const metric of ['events', 'timers', 'turns']) {
    const series = page.match(new RegExp(`^intumwa_${metric}_total\\{.*`, 'gm')) ?? [];
    expect(series, metric).toHaveLength(201);
    expect(series.at(-1)).toMatch(/"other".* 800$/);
  }
});

test('two products in one process count apart', async () => {
  const [one, two] = [measured(), measured()];
  one.measures.count('slack.kept');
  expect(await two.metrics.page(null)).not.toContain('what="kept"');
});
