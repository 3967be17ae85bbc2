import { context, ROOT_CONTEXT, SpanStatusCode, type TracerProvider, trace } from '@opentelemetry/api';

/** What a span may say: words of small known sets. There is no way to put anything about a person into one. */
export type SpanFacts = {
  readonly channel?: string;
  readonly kind?: string;
  readonly flow?: string;
  readonly outcome?: string;
};

export type Spans = {
  /**
   * Runs the work inside a span; `ended` says afterwards how it went, and whether that is a failure. A thrown
   * error is named by its class alone, since its message may quote what a person wrote.
   */
  inside<T>(
    name: SpanName,
    facts: SpanFacts,
    work: () => Promise<T>,
    ended: (result: T) => SpanFacts & { readonly failed?: boolean },
  ): Promise<T>;
};

export type SpanName = 'turn' | 'deliver' | 'wake';

/**
 * Spans through the OpenTelemetry API, which does nothing until an operator loads an SDK. A turn belongs to the
 * request that brought it, where one is traced; deliveries and timers start traces of their own, since what
 * happens to run first would otherwise be the parent of everything after it.
 */
export function createSpans(provider: Pick<TracerProvider, 'getTracer'> = trace): Spans {
  const tracer = provider.getTracer('intumwa');
  return {
    inside: (name, facts, work, ended) =>
      tracer.startActiveSpan(name, { attributes: facts, root: name !== 'turn' }, async (span) => {
        try {
          const result = await work();
          const { failed = false, ...more } = ended(result);
          span.setAttributes(more);
          if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
          return result;
        } catch (error) {
          span.setAttributes({ outcome: 'threw', 'error.type': nameOf(error) });
          span.setStatus({ code: SpanStatusCode.ERROR });
          throw error;
        } finally {
          span.end();
        }
      }),
  };
}

/** Runs what outlives the present span outside of it: a run of deliveries, kicked off by the turn that came first. */
export function apart(work: () => void): void {
  context.with(ROOT_CONTEXT, work);
}

/** The ids of the present span for a log line; nothing where no SDK is loaded. */
export function traceIds(): { trace_id?: string; span_id?: string } {
  const span = trace.getActiveSpan()?.spanContext();
  return span && trace.isSpanContextValid(span) ? { trace_id: span.traceId, span_id: span.spanId } : {};
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
