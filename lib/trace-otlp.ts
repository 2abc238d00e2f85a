import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { type Context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";

/** What a span may contain: our own words and numbers, never what came with a request. */
export type SpanFacts = Record<string, string | number>;
/** Adds facts to the current span. */
export type Note = (facts: SpanFacts) => void;
export type Tracer = ReturnType<typeof createTracer>;

/** A collector that takes longer loses spans, in milliseconds: on Lambda the answer waits until they are sent. */
const TIMEOUT_MS = 1_000;

/**
 * Sends spans to the collector of OTEL_EXPORTER_OTLP_ENDPOINT, which the library reads itself.
 *
 * It is not registered globally: Next and other libraries would find it and add addresses that open a meeting.
 */
export function createTracer() {
  const contexts = new AsyncLocalStorage<Context>();
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ "service.name": "veet" }),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ timeoutMillis: TIMEOUT_MS }) })],
  });
  const tracer = provider.getTracer("veet");

  async function span<T>(
    name: string,
    options: { kind: SpanKind; attributes?: SpanFacts },
    run: (note: Note) => Promise<T>,
  ): Promise<T> {
    const parent = contexts.getStore() ?? ROOT_CONTEXT;
    const current = tracer.startSpan(name, options, parent);
    try {
      return await contexts.run(trace.setSpan(parent, current), () =>
        run((facts) => void current.setAttributes(facts)),
      );
    } catch (error) {
      // Its name only: messages quote their input.
      current.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : typeof error });
      throw error;
    } finally {
      current.end();
    }
  }

  return {
    request: <T>(name: string, attributes: SpanFacts, run: (note: Note) => Promise<T>) =>
      span(name, { kind: SpanKind.SERVER, attributes }, run),
    /** Work outside of any request, such as after the answer, is not traced. */
    step: <T>(name: string, run: () => Promise<T>): Promise<T> =>
      contexts.getStore() === undefined ? run() : span(name, { kind: SpanKind.CLIENT }, run),
    flush: () => provider.forceFlush({ timeoutMillis: TIMEOUT_MS }),
  };
}
