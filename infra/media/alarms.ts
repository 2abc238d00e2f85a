import * as aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";
import { RUNBOOKS, type Runbook } from "#infra/runbooks.ts";
import type { Site } from "#infra/regions.ts";
import type { MediaSize, Stage } from "#infra/stage.ts";
import { BUSY_NETWORK_SHARE } from "./autoscaling.ts";
import { GATEKEEPER_MEMORY_MB } from "./service.ts";

/** Share of the memory that a node's containers may use. */
const MUCH_MEMORY_SHARE = 0.7;

type Watch = {
  namespace: string;
  metricName: string;
  dimensions?: Record<string, Input<string>>;
  statistic?: "Average" | "Sum" | "Maximum" | "Minimum";
  extendedStatistic?: string;
  above?: number;
  below?: number;
  /** The length of a period in minutes, and how many bad periods in a row raise the alarm. */
  minutes: number;
  times: number;
  /** Whether missing data raises the alarm. */
  isSilenceBad?: boolean;
};

/** Creates an alarm that names its runbook and mails the operator when it starts and when it ends. */
export function alarmer(stage: Stage, topic: aws.sns.Topic, provider: aws.Provider) {
  return (runbook: Runbook, subject: string, watch: Watch): void => {
    const { above, below, minutes, times, isSilenceBad = false, statistic, extendedStatistic, ...metric } = watch;
    const isAbove = above !== undefined;
    new aws.cloudwatch.MetricAlarm(
      `Alarm-${runbook}-${subject}`,
      {
        // Commands in docs/operations-aws.md find the alarm by this name, and it is in the mail's subject.
        name: `veet-${stage.name}-${runbook}-${subject}`,
        ...metric,
        ...(extendedStatistic ? { extendedStatistic } : { statistic: statistic ?? "Average" }),
        period: minutes * 60,
        evaluationPeriods: times,
        threshold: above ?? below ?? 0,
        comparisonOperator: isAbove ? "GreaterThanThreshold" : "LessThanThreshold",
        treatMissingData: isSilenceBad ? "breaching" : "notBreaching",
        alarmDescription: `${subject}: ${RUNBOOKS[runbook]} Runbook: docs/operations-aws.md#${runbook}`,
        alarmActions: [topic.arn],
        okActions: [topic.arn],
      },
      { provider },
    );
  };
}

/**
 * Mails one address about every alarm of a region. Not encrypted with `alias/aws/sns`: CloudWatch has no right to use that key, so no
 * alarm would be delivered, and the key's policy cannot be changed. Alarm texts contain no secrets.
 */
export function createTopic(code: string, email: string, provider: aws.Provider): aws.sns.Topic {
  const topic = new aws.sns.Topic(`Alarms-${code}`, {}, { provider });
  new aws.sns.TopicSubscription(
    `Alarms-${code}`,
    { topic: topic.arn, protocol: "email", endpoint: email },
    { provider },
  );
  return topic;
}

export type SiteParts = {
  cluster: aws.ecs.Cluster;
  service: aws.ecs.Service;
  machines: aws.autoscaling.Group;
  valkeyId: string;
  targets: { gatekeeper: aws.lb.TargetGroup; api: aws.lb.TargetGroup };
  signalling: aws.lb.LoadBalancer;
};
type Alarm = ReturnType<typeof alarmer>;

export function watchSite(alarm: Alarm, site: string, size: MediaSize, parts: SiteParts): void {
  const balancer = { LoadBalancer: parts.signalling.arnSuffix };
  const doors = { ...balancer, TargetGroup: parts.targets.gatekeeper.arnSuffix };
  const nodes = { ...balancer, TargetGroup: parts.targets.api.arnSuffix };
  const elb = {
    namespace: "AWS/ApplicationELB",
    statistic: "Minimum" as const,
    minutes: 1,
    times: 3,
    isSilenceBad: true,
  };
  alarm("too-few-doors", site, { ...elb, metricName: "HealthyHostCount", dimensions: doors, below: size.minNodes });
  alarm("too-few-nodes", site, { ...elb, metricName: "HealthyHostCount", dimensions: nodes, below: size.minNodes });
  const service = { ClusterName: parts.cluster.name, ServiceName: parts.service.name };
  alarm("nodes-busy", site, {
    namespace: "AWS/ECS",
    metricName: "CPUUtilization",
    dimensions: service,
    above: 70,
    minutes: 5,
    times: 3,
  });
  // The containers' memory on the fullest node. Only Container Insights reports it in bytes, for the largest task.
  alarm("memory-full", site, {
    namespace: "ECS/ContainerInsights",
    metricName: "MemoryUtilized",
    dimensions: service,
    statistic: "Maximum",
    above: Math.round((size.livekitMemoryMb + GATEKEEPER_MEMORY_MB) * MUCH_MEMORY_SHARE),
    minutes: 1,
    times: 3,
  });
  alarm("network-full", site, {
    namespace: "AWS/EC2",
    metricName: "NetworkOut",
    dimensions: { AutoScalingGroupName: parts.machines.name },
    above: size.baselineBytesPerSecond * 60 * BUSY_NETWORK_SHARE,
    minutes: 1,
    times: 15,
  });
  const valkey = { namespace: "AWS/ElastiCache", dimensions: { CacheClusterId: `${parts.valkeyId}-001` } };
  alarm("valkey-strained", `${site}-memory`, {
    ...valkey,
    metricName: "DatabaseMemoryUsagePercentage",
    above: 70,
    minutes: 5,
    times: 3,
  });
  alarm("valkey-strained", `${site}-engine`, {
    ...valkey,
    metricName: "EngineCPUUtilization",
    above: 70,
    minutes: 5,
    times: 3,
  });
}

/** Nodes are patched once a month by replacing them (see the runbook); this leaves five days to do it. */
const OLD_DAYS = 35;

/** Reads the node age that gatekeepers log. */
export function watchAge(
  alarm: Alarm,
  stage: Stage,
  site: Site,
  logs: aws.cloudwatch.LogGroup,
  provider: aws.Provider,
) {
  const metric = { namespace: `Veet/${stage.name}`, name: "NodeAgeDays" };
  new aws.cloudwatch.LogMetricFilter(
    `Age-${site.name}`,
    {
      logGroupName: logs.name,
      pattern: '{ $.event = "node.age" }',
      metricTransformation: { ...metric, value: "$.days", dimensions: { Site: "$.site" } },
    },
    { provider },
  );
  alarm("nodes-old", site.name, {
    namespace: metric.namespace,
    metricName: metric.name,
    dimensions: { Site: site.name },
    statistic: "Maximum",
    above: OLD_DAYS,
    minutes: 1_440,
    times: 1,
  });
}

/** Creates a metric from the gatekeepers' clock warnings, and an alarm on it. */
export function watchClocks(
  alarm: Alarm,
  site: string,
  logGroup: aws.cloudwatch.LogGroup,
  provider: aws.Provider,
): void {
  const metric = { namespace: "Veet", name: `ClocksApart-${site}` };
  new aws.cloudwatch.LogMetricFilter(
    `ClocksApart-${site}`,
    {
      name: `clocks-apart-${site}`,
      logGroupName: logGroup.name,
      pattern: '{ $.event = "gatekeeper.clocks-apart" }',
      metricTransformation: { ...metric, value: "1" },
    },
    { provider },
  );
  const { namespace, name: metricName } = metric;
  alarm("clocks-apart", site, { namespace, metricName, statistic: "Sum", above: 0, minutes: 5, times: 1 });
}

export function watchRegion(
  alarm: Alarm,
  code: string,
  signalling: aws.lb.LoadBalancer,
  certificateArn: Input<string>,
): void {
  const dimensions = { LoadBalancer: signalling.arnSuffix };
  alarm("signalling-errors", code, {
    namespace: "AWS/ApplicationELB",
    metricName: "HTTPCode_ELB_5XX_Count",
    dimensions,
    statistic: "Sum",
    above: 20,
    minutes: 5,
    times: 2,
  });
  alarm("certificate-ends", code, {
    namespace: "AWS/CertificateManager",
    metricName: "DaysToExpiry",
    dimensions: { CertificateArn: certificateArn },
    statistic: "Minimum",
    below: 21,
    minutes: 1440,
    times: 1,
  });
}
