import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";
import { METRICS, type MetricName, type MetricPlan, type ProcessName, type Recorder } from "./metrics.ts";

/**
 * In seconds. Redis answers within milliseconds when it is near and within 100 ms from another region; a step gives up after
 * some 2.2 s.
 */
const BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Everything that a process measures, as Prometheus reads it. */
export type Metrics = { record: Recorder; contentType: string; print: () => Promise<string> };

/**
 * Creates the metrics of a process, its own and those of Node. Counters begin at 0 with all their labels: Prometheus sees no
 * increase in a series that begins at 1.
 *
 * @param always - Labels that each series carries, such as the site.
 */
export function createMetrics(process: ProcessName, always: Record<string, string> = {}): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ process, ...always });
  collectDefaultMetrics({ register: registry });
  const recorders = new Map(
    Object.entries<MetricPlan>(METRICS)
      .filter(([, plan]) => plan.of.includes(process))
      .map(([name, plan]) => [name as MetricName, create(name, plan, registry)]),
  );
  return {
    record: (name, labels, value) => recorders.get(name)?.(labels, value),
    contentType: registry.contentType,
    print: () => registry.metrics(),
  };
}

function create(name: string, { type, help, labels, buckets }: MetricPlan, registry: Registry) {
  const options = { name, help, labelNames: Object.keys(labels), registers: [registry] };
  switch (type) {
    case "counter": {
      const counter = new Counter(options);
      for (const each of combinations(labels)) counter.inc(each, 0);
      return (given: Record<string, string>, by: number) => counter.inc(given, by);
    }
    case "gauge": {
      const gauge = new Gauge(options);
      return (given: Record<string, string>, value: number) => gauge.set(given, value);
    }
    case "histogram": {
      const histogram = new Histogram({ ...options, buckets: [...(buckets ?? BUCKETS)] });
      for (const each of combinations(labels)) histogram.zero(each);
      return (given: Record<string, string>, seconds: number) => histogram.observe(given, seconds);
    }
    default:
      return type satisfies never;
  }
}

/** Every combination of labels that a metric can have. */
export function combinations(labels: MetricPlan["labels"]): Record<string, string>[] {
  return Object.entries(labels).reduce<Record<string, string>[]>(
    (some, [label, values]) => some.flatMap((one) => values.map((value) => ({ ...one, [label]: value }))),
    [{}],
  );
}
