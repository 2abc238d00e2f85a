/** A Prometheus alert. `page`: users cannot meet. `look`: an operator should check the cause within a day. */
export type Alert = { name: string; expr: string; minutes: number; severity: "page" | "look"; says: string };

const share = (failures: string, all: string) => `sum(rate(${failures}[5m])) / sum(rate(${all}[5m]))`;

export const ALERTS: readonly Alert[] = [
  {
    name: "VeetGatekeeperSilent",
    expr: 'up{job="gatekeeper"} == 0',
    minutes: 2,
    severity: "page",
    says: "Prometheus does not reach the gatekeeper of {{ $labels.instance }}: no one may be able to connect there.",
  },
  {
    name: "VeetAppSilent",
    expr: 'up{job="app"} == 0',
    minutes: 2,
    severity: "page",
    says: "Prometheus does not reach the app at {{ $labels.instance }}.",
  },
  {
    name: "VeetLiveKitDown",
    expr: "veet_livekit_up == 0",
    minutes: 1,
    severity: "page",
    says: "The LiveKit server behind the gatekeeper {{ $labels.instance }} ({{ $labels.site }}) does not answer.",
  },
  {
    name: "VeetRedisFails",
    expr: `${share('veet_dependency_failures_total{dependency="redis"}', 'veet_dependency_seconds_count{dependency="redis"}')} > 0.05`,
    minutes: 2,
    severity: "page",
    says: "More than 5 % of the questions to Redis fail: people do not get in.",
  },
  {
    name: "VeetSweepFails",
    expr: 'sum by (site) (rate(veet_sweep_failures_total{part="all"}[5m])) > 0',
    minutes: 5,
    severity: "page",
    says: "The sweep of {{ $labels.site }} fails: participants who were removed may come back past the door.",
  },
  {
    name: "VeetSweepSlow",
    expr: "histogram_quantile(0.95, sum by (site, le) (rate(veet_sweep_seconds_bucket[5m]))) > 2",
    minutes: 10,
    severity: "look",
    says: "A sweep of {{ $labels.site }} takes more than two seconds.",
  },
  {
    name: "VeetClocksApart",
    expr: "abs(veet_clock_ahead_seconds) > 30",
    minutes: 1,
    severity: "page",
    says: "The clock of {{ $labels.instance }} ({{ $labels.site }}) differs from Redis's by more than 30 s. Joins fail from 45 s on.",
  },
  {
    name: "VeetManyEvictions",
    expr: "sum by (site) (rate(veet_evictions_total[10m])) * 60 > 10",
    minutes: 10,
    severity: "look",
    says: "More than ten participants without a right to be there are evicted each minute: webhooks fail, or LiveKit's secret has leaked.",
  },
  {
    name: "VeetAppFails",
    expr: `${share('veet_answers_total{code=~"internal|unavailable|media_unavailable"}', "veet_answers_total")} > 0.05`,
    minutes: 5,
    severity: "page",
    says: "More than 5 % of the API's answers are errors of the service.",
  },
  {
    name: "VeetManyRateLimited",
    expr: `${share('veet_answers_total{code="rate_limited"}', "veet_answers_total")} > 0.2`,
    minutes: 10,
    severity: "look",
    says: "More than 20 % of the API's answers are refusals by a rate limit: a flood, or a company behind one address.",
  },
];

/** The alerts as a Prometheus rules file. JSON is valid YAML. */
export function alertRules(alerts: readonly Alert[] = ALERTS) {
  const rules = alerts.map(({ name, expr, minutes, severity, says }) => ({
    alert: name,
    expr,
    for: `${minutes}m`,
    labels: { severity },
    annotations: { summary: says },
  }));
  return { groups: [{ name: "veet", rules }] };
}
