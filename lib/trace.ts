import "server-only";
import { count, timed } from "./metrics.ts";
import { traceEnv } from "./shared-env.ts";
import type { Note, SpanFacts, Tracer } from "./trace-otlp.ts";

let loading: Promise<Tracer> | undefined;
let loaded: Tracer | undefined;

/**
 * Runs a request as a span of its own, if traces are collected.
 *
 * Without OTEL_EXPORTER_OTLP_ENDPOINT nothing of OpenTelemetry is even loaded.
 *
 * @returns `flush` too, if there is something to send: a Lambda is suspended after its answer.
 */
export async function traceRequest<T>(
  name: string,
  facts: SpanFacts,
  run: (note: Note) => Promise<T>,
): Promise<{ result: T; flush?: () => Promise<void> }> {
  if (traceEnv().OTEL_EXPORTER_OTLP_ENDPOINT === undefined) return { result: await run(() => undefined) };
  loading ??= import("./trace-otlp.ts").then(({ createTracer }) => createTracer());
  loaded = await loading;
  return { result: await loaded.request(name, facts, run), flush: loaded.flush };
}

/**
 * Runs a part of a request that waits for another server: timed, and as a span within the request's. Starts right away, traced
 * or not.
 */
export function traceStep<T>(name: "redis" | "livekit", run: () => Promise<T>): Promise<T> {
  const counted = () =>
    run().catch((error: unknown) => {
      if (!isAbsent(error)) count("veet_dependency_failures_total", { dependency: name });
      throw error;
    });
  return timed("veet_dependency_seconds", { dependency: name }, () =>
    loaded ? loaded.step(name, counted) : counted(),
  );
}

/** LiveKit's "not found" is an answer: what was to be removed is gone. */
function isAbsent(error: unknown): boolean {
  return error instanceof Error && "status" in error && error.status === 404;
}
