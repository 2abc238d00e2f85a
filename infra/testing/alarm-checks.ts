import { APP_METRIC, STATE_METRIC } from "../prober.ts";
import type { Check } from "./check.ts";
import type { Graph } from "./graph.ts";
import { all, failing, one, sitesIn } from "./look.ts";

const alarm = (graph: Graph, name: string) => one(graph, "MetricAlarm", `Alarm-${name}`).inputs;

/** Whether and how alarms reach the operator. */
export const ALARM_CHECKS: Check[] = [
  {
    says: "[D53] CloudWatch can publish to every topic, and each topic mails the operator",
    find: (graph) => {
      const mailed = all(graph, "TopicSubscription").filter(({ inputs }) => inputs.protocol === "email");
      return [
        // CloudWatch cannot use AWS's own key, and that key's policy cannot be changed.
        ...failing(all(graph, "Topic"), ({ inputs }) => inputs.kmsMasterKeyId === undefined),
        ...failing(all(graph, "Topic"), ({ name }) =>
          mailed.some(({ inputs }) => inputs.topic.endsWith(`:${name}`) && inputs.endpoint === "operator@example.com"),
        ),
      ];
    },
    plant: [
      (graph) => void (one(graph, "Topic", "Alarms-use1").inputs.kmsMasterKeyId = "alias/aws/sns"),
      (graph) => void graph.splice(graph.indexOf(one(graph, "TopicSubscription", "Alarms-global")), 1),
    ],
  },
  {
    says: "[D53] an alarm's name contains its stage, its runbook and its subject",
    find: (graph) =>
      failing(
        all(graph, "MetricAlarm").filter(({ name }) => name.startsWith("Alarm-")),
        ({ name, inputs }) => inputs.name === `veet-production-${name.replace("Alarm-", "")}`,
      ),
    plant: [(graph) => void (alarm(graph, "nodes-busy-use1a").name = "nodes-busy-use1a")],
  },
  {
    says: "[D54] Upstash has the budget that the operator sets, and each region has an alarm for refused commands",
    find: (graph, codes) => [
      ...(one(graph, "RedisDatabase", "State").inputs.budget === 200 ? [] : ["the budget is Upstash's own"]),
      ...codes.filter((code) => alarm(graph, `state-unavailable-${code}`).metricName !== STATE_METRIC),
    ],
    plant: [
      (graph) => void delete (one(graph, "RedisDatabase", "State").inputs as { budget?: number }).budget,
      (graph) => void (alarm(graph, "state-unavailable-euw1").metricName = APP_METRIC),
    ],
  },
  {
    says: "[D64] each region has alarms on the prober's results for the app and its state",
    find: (graph, codes) =>
      codes.flatMap((code) =>
        [alarm(graph, `state-unavailable-${code}`), alarm(graph, `app-unreachable-${code}`)]
          .filter(({ namespace, dimensions: { Stage, From } }) => {
            return namespace !== "Veet" || Stage !== "production" || From !== code;
          })
          .map(({ name }) => name),
      ),
    plant: [(graph) => void (alarm(graph, "app-unreachable-use1").dimensions.From = "euw1")],
  },
  {
    says: "[D66] an alarm is raised when a site's nodes log an age of more than 35 days",
    find: (graph) =>
      sitesIn(graph).filter((site) => {
        const { logGroupName, pattern, metricTransformation } = one(graph, "LogMetricFilter", `Age-${site}`).inputs;
        const { namespace, metricName, dimensions, threshold, statistic } = alarm(graph, `nodes-old-${site}`);
        const isRead =
          logGroupName === `/veet/production/${site}` &&
          pattern === '{ $.event = "node.age" }' &&
          metricTransformation.value === "$.days" &&
          metricTransformation.dimensions?.Site === "$.site";
        const isWatched =
          namespace === metricTransformation.namespace &&
          metricName === metricTransformation.name &&
          dimensions.Site === site &&
          threshold === 35 &&
          statistic === "Maximum";
        return !isRead || !isWatched;
      }),
    plant: [
      (graph) => void (one(graph, "LogMetricFilter", "Age-use1a").inputs.pattern = "age"),
      (graph) => void (alarm(graph, "nodes-old-use1b").dimensions.Site = "use1a"),
    ],
  },
];
