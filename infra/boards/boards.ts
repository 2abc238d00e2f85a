/** One line of a graph: the query, and its legend. Grafana fills in `{{label}}`. */
export type Query = { expr: string; legend: string };
export type Unit = "short" | "s" | "bytes" | "percentunit" | "Bps";
export type Panel = { title: string; says: string; unit: Unit; queries: Query[] };
export type Board = { uid: string; title: string; panels: Panel[] };

/** Events per minute, averaged over five minutes. Per-second rates would be too small to read. */
const perMinute = (series: string, by: string) => `sum by (${by}) (rate(${series}[5m])) * 60`;
const quantile = (share: number, histogram: string, by = "") =>
  `histogram_quantile(${share}, sum by (${by}le) (rate(${histogram}_bucket[5m])))`;
const two = (histogram: string): Query[] => [
  { expr: quantile(0.5, histogram), legend: "half" },
  { expr: quantile(0.95, histogram), legend: "95 of 100" },
];

const MEETINGS: Board = {
  uid: "veet-meetings",
  title: "Veet: meetings",
  panels: [
    {
      title: "People by site",
      says: "Participants that LiveKit lists. A participant counts once for each leg, so in most meetings twice.",
      unit: "short",
      queries: [{ expr: "sum by (site, kind) (veet_people)", legend: "{{site}} {{kind}}" }],
    },
    {
      title: "Rooms by site",
      says: "LiveKit rooms with participants; kind lobby is where guests wait.",
      unit: "short",
      queries: [{ expr: "sum by (site, kind) (veet_rooms)", legend: "{{site}} {{kind}}" }],
    },
    {
      title: "Answers at the door, a minute",
      says: "joined is a new seat, returned one that was held. Only where the app serves metrics.",
      unit: "short",
      queries: [{ expr: perMinute("veet_entries_total", "outcome"), legend: "{{outcome}}" }],
    },
    {
      title: "Knocks and verdicts, a minute",
      says: "Many knocks without verdicts: hosts do not look, or a flood.",
      unit: "short",
      queries: [
        { expr: perMinute("veet_knocks_total", "kind"), legend: "knock of a {{kind}}" },
        { expr: perMinute("veet_verdicts_total", "verdict"), legend: "{{verdict}}" },
      ],
    },
    {
      title: "From knock to verdict",
      says: "How long guests wait for a host.",
      unit: "s",
      queries: two("veet_verdict_seconds"),
    },
    {
      title: "Signalling connections, a minute",
      says: "By the answer of the gatekeeper: 101 is let in, 403 has no right now, 429 too many from one address, 503 no answer from Redis or LiveKit.",
      unit: "short",
      queries: [{ expr: perMinute("veet_door_total", "site, status"), legend: "{{site}} {{status}}" }],
    },
    {
      title: "Refusals of the API by code, a minute",
      says: "docs/operations.md says what the codes mean.",
      unit: "short",
      queries: [{ expr: perMinute('veet_answers_total{code!="ok"}', "code"), legend: "{{code}}" }],
    },
    {
      title: "Time to an answer of the API",
      says: "Without the way to the browser.",
      unit: "s",
      queries: two("veet_answer_seconds"),
    },
  ],
};

const MACHINES: Board = {
  uid: "veet-machines",
  title: "Veet: machines",
  panels: [
    {
      title: "Time of Redis and of LiveKit's API, 95 of 100",
      says: "As seen from each process.",
      unit: "s",
      queries: [
        {
          expr: quantile(0.95, "veet_dependency_seconds", "process, site, dependency, "),
          legend: "{{dependency}} from {{process}} {{site}}",
        },
      ],
    },
    {
      title: "Failures of Redis and of LiveKit's API, a minute",
      says: "Above zero for minutes: no one enters there.",
      unit: "short",
      queries: [
        {
          expr: perMinute("veet_dependency_failures_total", "process, site, dependency"),
          legend: "{{dependency}} from {{process}} {{site}}",
        },
      ],
    },
    {
      title: "Time of a sweep, 95 of 100",
      says: "A removed participant who comes back past the door is evicted after at most this and two seconds.",
      unit: "s",
      queries: [{ expr: quantile(0.95, "veet_sweep_seconds", "site, "), legend: "{{site}}" }],
    },
    {
      title: "Evictions, and sweeps that failed, a minute",
      says: "Evictions all the time: webhooks fail, or LiveKit's secret has leaked.",
      unit: "short",
      queries: [
        { expr: perMinute("veet_evictions_total", "site"), legend: "evictions {{site}}" },
        { expr: perMinute("veet_sweep_failures_total", "site, part"), legend: "failed {{part}} {{site}}" },
      ],
    },
    {
      title: "Clock ahead of Redis's",
      says: "From 45 s on joins may fail.",
      unit: "s",
      queries: [{ expr: "max by (site, instance) (veet_clock_ahead_seconds)", legend: "{{site}} {{instance}}" }],
    },
    {
      title: "LiveKit answers",
      says: "1 is yes. A missing line is a gatekeeper that Prometheus does not reach.",
      unit: "short",
      queries: [{ expr: "min by (site, instance) (veet_livekit_up)", legend: "{{site}} {{instance}}" }],
    },
    {
      title: "Memory of our processes",
      says: "A gatekeeper is ended at 512 MB.",
      unit: "bytes",
      queries: [
        {
          expr: 'max by (process, instance) (process_resident_memory_bytes{process=~"app|gatekeeper"})',
          legend: "{{process}} {{instance}}",
        },
      ],
    },
    {
      title: "Delay of the event loop, 99 of 100",
      says: "Above 100 ms the process has too much to do.",
      unit: "s",
      queries: [
        { expr: "max by (process, instance) (nodejs_eventloop_lag_p99_seconds)", legend: "{{process}} {{instance}}" },
      ],
    },
    {
      title: "LiveKit: rooms and participants of its node",
      says: "LiveKit's own count.",
      unit: "short",
      queries: [
        { expr: "sum by (instance) (livekit_room_total)", legend: "rooms {{instance}}" },
        { expr: "sum by (instance) (livekit_participant_total)", legend: "participants {{instance}}" },
      ],
    },
    {
      title: "LiveKit: processor time",
      says: "1 is one core.",
      unit: "short",
      queries: [
        { expr: 'sum by (instance) (rate(process_cpu_seconds_total{job="livekit"}[5m]))', legend: "{{instance}}" },
      ],
    },
  ],
};

/** The operator's Grafana boards. `npm run boards` writes them to deploy/metrics. */
export const BOARDS: readonly Board[] = [MEETINGS, MACHINES];
