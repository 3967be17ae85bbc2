import { ROOT_CONTEXT, type Span, type SpanOptions, type Tracer, trace } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import type { Outcome } from '../../src/app/ports.ts';
import { createMeasures } from '../../src/measures/measures.ts';
import { createMetrics } from '../../src/measures/metrics.ts';
import { createSpans } from '../../src/measures/traces.ts';

test('turn, deliver and wake become spans with words of known sets', async () => {
  const { provider, spans } = recorder();
  const measures = createMeasures(createMetrics(), createSpans(provider));
  await measures.turn('telegram', 'text', async (made) => {
    made.flow = 'hello';
    return 'kept';
  });
  const sent: Outcome = { kind: 'sent', providerId: '4711' };
  await measures.sending('slack', { kind: 'call', flow: 'call' }, async () => sent);
  await measures.timer('offer.remind24', async () => 'fired');
  expect(spans).toEqual([
    {
      name: 'turn',
      root: false,
      ended: true,
      failed: false,
      attributes: { channel: 'telegram', kind: 'text', flow: 'hello', outcome: 'kept' },
    },
    {
      name: 'deliver',
      root: true,
      ended: true,
      failed: false,
      attributes: { channel: 'slack', kind: 'call', flow: 'call', outcome: 'sent' },
    },
    {
      name: 'wake',
      root: true,
      ended: true,
      failed: false,
      attributes: { kind: 'offer.remind24', outcome: 'fired' },
    },
  ]);
});

test('a span that fails says so without the words of the error', async () => {
  const { provider, spans } = recorder();
  const measures = createMeasures(createMetrics(), createSpans(provider));
  const turn = measures.turn('whatsapp', 'text', () =>
    Promise.reject(new RangeError('no day called Espérance')),
  );
  await expect(turn).rejects.toThrow(RangeError);
  const refused: Outcome = { kind: 'rejected', detail: 'no number +32470998877' };
  await measures.sending('whatsapp', { kind: 'reply', flow: null }, async () => refused);
  expect(spans).toMatchObject([
    { name: 'turn', ended: true, failed: true, attributes: { outcome: 'threw', 'error.type': 'RangeError' } },
    { name: 'deliver', ended: true, failed: true, attributes: { outcome: 'rejected' } },
  ]);
  expect(JSON.stringify(spans)).not.toMatch(/Espérance|32470998877/);
});

type Recorded = {
  name: string;
  root: boolean;
  ended: boolean;
  failed: boolean;
  attributes: { [name: string]: unknown };
};

/** The part of an SDK that we use, which keeps what it is told, all of it. */
function recorder() {
  const spans: Recorded[] = [];
  const open = (name: string, { attributes = {}, root = false }: SpanOptions): Span => {
    const recorded: Recorded = { name, root, ended: false, failed: false, attributes: { ...attributes } };
    spans.push(recorded);
    const span: Span = {
      ...trace.wrapSpanContext({ traceId: '1'.repeat(32), spanId: '1'.repeat(16), traceFlags: 1 }),
      setAttributes(more) {
        Object.assign(recorded.attributes, more);
        return span;
      },
      setStatus({ code, message }) {
        recorded.failed = code === 2;
        if (message !== undefined) recorded.attributes['message'] = message;
        return span;
      },
      recordException(exception) {
        recorded.attributes['exception'] = String(exception);
      },
      end() {
        recorded.ended = true;
      },
    };
    return span;
  };
  const tracer = {
    startSpan: (name: string, options: SpanOptions = {}) => open(name, options),
    startActiveSpan: (name: string, options: SpanOptions, work: (span: Span) => unknown) =>
      work(open(name, options)),
  } as Tracer; // the interface overloads; this is the one form that we call
  return { spans, provider: { getTracer: () => tracer }, root: ROOT_CONTEXT };
}
